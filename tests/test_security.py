"""The threats of docs/security.md: every test that it names exists, and those that no other file holds are here."""

import ast
import re
import time
from pathlib import Path

import pytest

from presstm import kwic, readers
from presstm import settings as reading
from presstm.errors import SettingsError
from presstm.formats import Item
from presstm.settings import ExtractSettings
from tests import small_study
from tests.formats import test_factiva, test_feed, test_nexis

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| threat ")]
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
SOURCES = sorted((ROOT / "src").rglob("*.py")) + sorted((ROOT / "pipelines").glob("*.py"))


def test_every_threat_names_a_test():
    assert len(ROWS) > 20
    assert [row for row in ROWS if not re.search(r"\| `tests/[\w/]+\.py::test_\w+`[^|]*\|$", row)] == []


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_named_test_exists(file, name):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert name in [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]


def test_nothing_unpickles_or_evaluates():
    forbidden = {"pickle", "cPickle", "dill", "marshal", "shelve", "joblib", "cloudpickle"}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not forbidden & {name.partition(".")[0] for name in names}, path
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in ("eval", "exec", "yaml.unsafe_load", "yaml.full_load", "os.system"), path
                assert not any(word.arg in ("shell", "allow_pickle") for word in node.keywords), path


def test_yaml_makes_no_objects(tmp_path):
    made = tmp_path / "made"
    (tmp_path / "params.yaml").write_text(
        f"engine: !!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path ['{made}']]\n"
    )
    with pytest.raises(SettingsError):
        reading.load(tmp_path / "params.yaml", ())
    assert not made.exists()


def entity(document: str, root: str, secret: Path, text: str) -> bytes:
    """`document` with an external entity declared, and `text` replaced by it."""
    declared = f'<!DOCTYPE {root} [<!ENTITY outside SYSTEM "{secret.as_uri()}">]>'
    head, found, rest = re.sub("<!DOCTYPE[^>]*>]>", "", document).partition(f"<{root}")
    assert found
    assert text in rest
    return (head + declared + found + rest.replace(text, f"{text} &outside;", 1)).encode()


@pytest.mark.parametrize("kind", ["feed", "atom", "factiva", "docx"])
def test_an_external_entity_is_not_read(tmp_path, kind):
    secret = tmp_path / "secret.txt"
    secret.write_text("mot-de-passe-de-valmorne")
    if kind == "docx":
        from tests.formats.test_fuzz import WRAPPED

        document = test_nexis.DOCUMENT.decode()
        data = WRAPPED["nexis-docx"](
            entity(document, re.search(r"<([\w:]+)[ >]", document.partition("?>")[2])[1], secret, "Les coursiers")
        )
    else:
        document, root, text = {
            "feed": (test_feed.RSS, "rss", "Les coursiers"),
            "atom": (test_feed.ATOM, "feed", "Les coursiers"),
            "factiva": (
                test_factiva.XML,
                re.search(r"<([\w:]+)[ >]", test_factiva.XML.partition("?>")[2])[1],
                "Les coursiers",
            ),
        }[kind]
        data = entity(document, root, secret, text)
    results = readers.read(data, ExtractSettings(profile="fast")).results
    assert results
    assert "mot-de-passe" not in repr(results)
    assert any(isinstance(result, Item) for result in results)


def test_a_pattern_that_would_never_end_ends():
    study = small_study.made([{**small_study.ARTICLES[0], "body": [["a" * 5_000 + "!"]]}])
    started = time.process_time()
    assert kwic.lines(study["articles"], study["sentences"], kwic.Query(r"(a+)+$", by="regex")) == []
    assert time.process_time() - started < 5
