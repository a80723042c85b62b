import jinja2
import pytest
from hypothesis import settings

# First calls import heavy libraries, so a deadline per example would measure imports; equal runs find equal faults.
settings.register_profile("presstm", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("presstm")


@pytest.fixture(scope="session", autouse=True)
def templates_compiled_once():
    """Each report compiles its templates, two thirds of the time that a small one takes: here once for all of them."""
    compile_template = jinja2.Environment.compile
    known = {}

    def compiled(environment, source, name=None, filename=None, *rest):
        key = (source, name, filename, *rest, environment.autoescape, environment.trim_blocks, environment.lstrip_blocks)
        if key not in known:
            known[key] = compile_template(environment, source, name, filename, *rest)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", compiled)
        yield
