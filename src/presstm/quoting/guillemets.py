"""What stands between quotation marks, by the characters alone.

French, curly, straight and single marks are paired within a paragraph. Decisions where marks do not match:
- a mark that was opened goes on into the next paragraph only if that one begins with « or » (or “), or if its first mark closes;
- a mark that begins a paragraph goes on over paragraphs without any, up to a closing one that ends a paragraph;
- a mark that is closed nowhere ends with its paragraph if it began it or followed a colon, and is dropped otherwise;
- a closing mark of another kind closes when no closing mark of its own kind is left in the paragraph;
- a straight mark after a digit opens nothing (15");
- where more than 8 marks are open, the first and the last 7 count: whatever a text holds, quotations are no deeper than that.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from presstm.parts import stripped

_MARK = re.compile(r"<<|>>|[«»“”„‹›\"]")
_CLOSES = {"»": "«", "”": "“", "›": "‹", '"': '"'}
_CLOSED_BY = {opening: closing for closing, opening in _CLOSES.items()}
_DEEPEST = 8  # marks open at a time: each stretch is read whole, so all together may not be a square of the text
_NAMES = {"<<": "«", ">>": "»", "„": "“"}
_SOMETHING, _MORE = re.compile(r"\S"), re.compile(r"[^ .!?…]")  # in a stretch of the text, which is not copied for it
_SINGLE = re.compile(r"(?<![\w'’‘])[‘'](?=[^\W_])((?:[^‘’'\n«»“”\"]|(?<=\w)['’](?=\w)){1,200}?[\w.!?…%])[’'](?![\w'’])")


class Quoted(NamedTuple):
    """Text between marks: the text without white space around it (start, end), the text with marks, the nesting depth."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    depth: int = 0


@dataclass
class _Open:
    mark: str
    start: int  # of the mark
    inner: int  # after the mark
    tight: bool
    before: str  # last character before it that is no space


def find(text: str) -> list[Quoted]:
    """All quoted stretches, nested ones too, by start. Linear in the length of the text."""
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text) if match.group().strip()]
    marks = [_marks(text, start, end) for start, end in lines]
    marked = [number for number, line in enumerate(marks) if line]
    found: list[Quoted] = []
    stack: list[_Open] = []
    for number, (start, end) in enumerate(lines):
        line = marks[number]
        if stack and line and text[start : line[0][0]].strip() == "" and line[0][2] in ("«", "»", "“", '"'):
            line = line[1:]  # the mark repeated at the head of a paragraph of the same quotation
        _pair(text, line, stack, found, start)
        del stack[1:]
        after = bisect_right(marked, number)
        following = marked[after] if stack and after < len(marked) else None
        if stack and not (following is not None and _goes_on(text, stack[0], lines, marks, number, following)):
            opened = stack.pop()
            if opened.before in ("", ":"):
                _add(text, found, opened, end, end)
    _add_single(text, found)
    return _with_depth(sorted(set(found), key=lambda span: (span.outer_start, -span.outer_end)))


def _with_depth(spans: list[Quoted]) -> list[Quoted]:
    ends: list[int] = []
    found = []
    for span in spans:
        while ends and ends[-1] <= span.outer_start:
            ends.pop()
        found.append(span._replace(depth=len(ends)))
        ends.append(span.outer_end)
    return found


def _marks(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    found = _MARK.finditer(text, start, end)
    return [(match.start(), match.end(), _NAMES.get(match.group(), match.group())) for match in found]


def _pair(text: str, line: list[tuple[int, int, str]], stack: list[_Open], found: list[Quoted], line_start: int) -> None:
    left = {mark: sum(name == mark for _, _, name in line) for mark in _CLOSES}  # closing marks still to come
    for start, end, mark in line:
        if mark in left:
            left[mark] -= 1
        if mark in ("«", "“", "‹"):
            _open(text, mark, start, end, stack, line_start)
        elif mark == '"':
            _straight(text, start, end, stack, found, line_start, left)
        else:
            _close(text, mark, start, end, stack, found, line_start, left)


def _straight(
    text: str,
    start: int,
    end: int,
    stack: list[_Open],
    found: list[Quoted],
    line_start: int,
    left: dict[str, int],
) -> None:
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    opens = (before.isspace() or before in "([«“—–'’-/") and not after.isspace() and after not in ",;:!?)…"
    position = _position(stack, '"')
    if position >= 0:
        if opens and stack[position].tight and before != "-":
            del stack[position:]
            _open(text, '"', start, end, stack, line_start)
            return
        _close_at(text, position, start, end, stack, found)
    elif stack and not opens and after in " \n\t.,;:!?)…\u00a0\u202f" and not left[_CLOSED_BY[stack[-1].mark]]:
        _close_at(text, len(stack) - 1, start, end, stack, found)
    elif not before.isdigit() and (opens or after.isspace() or before.isspace() or before in "'’"):
        _open(text, '"', start, end, stack, line_start)


def _close(
    text: str,
    mark: str,
    start: int,
    end: int,
    stack: list[_Open],
    found: list[Quoted],
    line_start: int,
    left: dict[str, int],
) -> None:
    position = _position(stack, _CLOSES[mark])
    if position >= 0:
        _close_at(text, position, start, end, stack, found)
    elif stack and (stack[-1].mark == '"' or not left[_CLOSED_BY[stack[-1].mark]]):
        _close_at(text, len(stack) - 1, start, end, stack, found)
    elif mark == "”" and not (text[start - 1 : start] or " ").strip() and (text[end : end + 1] or " ").strip():
        _open(text, "“", start, end, stack, line_start)


def _position(stack: list[_Open], mark: str) -> int:
    return max((index for index, opened in enumerate(stack) if opened.mark == mark), default=-1)


def _close_at(text: str, position: int, start: int, end: int, stack: list[_Open], found: list[Quoted]) -> None:
    _add(text, found, stack[position], start, end)
    del stack[position:]


def _open(text: str, mark: str, start: int, end: int, stack: list[_Open], line_start: int) -> None:
    before = text[max(line_start, start - 5) : start].rstrip("—–- \t\u00a0\u202f\u2009")
    stack.append(_Open(mark, start, end, bool((text[end : end + 1] or " ").strip()), before[-1:]))
    if len(stack) > _DEEPEST:
        del stack[1]


def _goes_on(
    text: str,
    opened: _Open,
    lines: list[tuple[int, int]],
    marks: list[list[tuple[int, int, str]]],
    number: int,
    following: int,
) -> bool:
    """Whether what was opened goes on after line `number`; `following` is the next line with marks."""
    (start, end), (first, after, mark) = lines[following], marks[following][0]
    if not _SOMETHING.search(text, start, first):
        return following == number + 1 and (mark == opened.mark or (mark == "»" and opened.mark == "«"))
    if _CLOSES.get(mark) != opened.mark:
        return False
    ends = opened.before == "" and not _MORE.search(text, after, end)
    return ends or (mark != '"' and following == number + 1)


def _add(text: str, found: list[Quoted], opened: _Open, end: int, outer_end: int) -> None:
    start, end = stripped(text, opened.inner, end)
    if any(map(str.isalpha, text[start:end])):
        found.append(Quoted(start, end, opened.start, outer_end))


def _add_single(text: str, found: list[Quoted]) -> None:
    spans = sorted((quoted.outer_start, quoted.outer_end) for quoted in found)
    index, reach = 0, 0
    for match in _SINGLE.finditer(text):
        while index < len(spans) and spans[index][0] <= match.start():
            reach = max(reach, spans[index][1])
            index += 1
        nested = match.start() < reach
        if (not nested or match.end() < reach) and any(map(str.isalpha, match.group(1))):
            found.append(Quoted(match.start(1), match.end(1), match.start(), match.end()))
