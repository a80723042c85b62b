from __future__ import annotations

import re
from importlib import import_module
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from presstm import language

_LETTERS = "a-zàâéèêëîïôœùûç\u0100-\u017fα-ω"
_PATTERN = f"(?iu)(?:^[{_LETTERS}]+-[{_LETTERS}]+$|aujourd[’'][{_LETTERS}]+|[^{_LETTERS}]+quelqu[{_LETTERS}]*)"


def test_patterns_compiled_with_character_classes_worked_out_once_match_the_same() -> None:
    compiler: Any = import_module("re._compiler")
    calls: list[object] = []
    real = compiler._optimize_charset

    def counted(*given: object) -> Any:
        calls.append(given)
        return real(*given)

    compiler._optimize_charset = counted
    try:
        re.purge()
        with language._charsets_once():
            once = re.compile(_PATTERN)
        few = len(calls)
        assert compiler._optimize_charset is counted
        re.purge()
        plain = re.compile(_PATTERN)
    finally:
        compiler._optimize_charset = real
    assert few < len(calls) - few

    @given(st.text(alphabet="aAàÀŒœſsKk-’'1 quelqu", max_size=20))
    def same(text: str) -> None:
        found = [plain.search(text), once.search(text)]
        assert len({match and match.span() for match in found}) == 1

    same()
