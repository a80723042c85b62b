"""CSV tables and JSON (an array of objects, or one object a line) with a row per article."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from presstm import variables
from presstm.formats import Item, Reject, fields, markup
from presstm.pages.decode import clean, one_line

# Names of columns (folded) that are understood without being told, the best first.
NAMES = {
    "text": "text texte body corps content contenu fulltext full_text texte_integral texte_complet article_text texte_de_l_article "
    "corps_de_l_article contenu_de_l_article content_html content_text body_html article",
    "title": "title titre headline intitule",
    "outlet": "outlet source media journal publication newspaper titre_de_presse nom_du_journal media_name publication_title source_name "
    "publisher support series",
    "published": "published date publication_date date_publication date_de_publication pubdate date_parution date_de_parution "
    "publish_date published_at publishedat datepublished date_published isipubdate",
    "authors": "authors author auteurs auteur author_s auteur_s byline signature",
    "url": "url link lien adresse permalink article_url source_url web_url weburl",
    "section": "section rubrique",
    "language": "language langue lang",
    "standfirst": "standfirst chapo chapeau subtitle sous_titre",
    "id": "id doc_id document_id identifiant",
}
_MAX_DEPTH = 20  # of lists and objects in one cell
_LOOKED_AT = 100_000  # characters that tell whether a text is a table
_ABOVE = 10  # lines among which a header is looked for
_DELIMITERS = ",;\t|"
_STATED = re.compile(r"\n*\"?sep=[,;\t|]\"?\n")  # a line for Excel
_ESCAPED = re.compile(r'(?<!\\)((?:\\\\)*)\\"')  # a quotation mark behind a backslash that is none of a pair
_SINGLE = re.compile(r"\s*(?:[^'\n]+\n)?'(?:[^'\n]|'')*'\s*[,;\t|]")  # the beginning of a table in single quotation marks
_ENDS = re.compile(r"[\r\n\v\f\u2028\u2029]+")
_WRITTEN_ENDS = re.compile(r"(?:(?:\\r)?\\n)+(?=\s*(?:[A-ZÀ-Ý«“\"-]|$))")  # of lines, as programs print them
_COMMA = re.compile(r"\s*,\s*")
_JSON = json.JSONDecoder(parse_int=str, parse_float=str)  # as printed: an identifier may have more digits than a number may
_OPEN = "its quotation mark is never closed: it reaches to the end of the table, which may break off here"
_MARKUP = re.compile(r"<(?:p|br|div|span|b|i|em|strong|a)\b[^<>]*>", re.I)


def is_json(content: str) -> bool:
    """Whether a text is JSON: objects, one a line or in an array."""
    head = content.lstrip()
    if head[:1] == "[":
        return re.match(r"\[\s*\{", head) is not None
    if head[:1] != "{":
        return False
    try:
        return isinstance(json.loads(head.split("\n", 1)[0]), dict)
    except (ValueError, RecursionError):
        return re.match(r"\{\s*\"", head) is not None


def is_csv(content: str, columns: Mapping[str, str]) -> bool:
    """Whether a text is a table: a header that names at least two known columns, or lines with equally many separators."""
    whole = len(content) <= _LOOKED_AT
    content = _from_header(_singles_doubled(_STATED.sub("", content[:_LOOKED_AT], count=1)), columns)
    lines = [line for line in content.split("\n")[:50] if line.strip()]
    if not lines:
        return False
    header = _header(lines[0])
    if len(header) < 2:
        return False
    if any(len(cell) > 60 for cell in header):  # a row of texts: a table whose columns have no names
        delimiter = _delimiter(lines[0])
        return lines[0].count(f'"{delimiter}"') >= 2 and _is_quoted(content, len(header), delimiter, whole=whole)
    known = _mapping(header, columns)
    if ("text" in known or len(known) >= 2) and (len(known) == len(header) > 2 or _fits(content, len(header))):
        return True
    if re.search(r"[{}()<>=\[\]]", lines[0]):  # program code
        return False
    delimiter = _delimiter(lines[0])
    if _is_quoted(content, len(header), delimiter, whole=whole):
        return True
    counts = {line.count(delimiter) for line in lines[:6]}
    return len(lines) > 3 and len(counts) == 1 and (delimiter != "," or min(counts) > 1)


def _from_header(content: str, columns: Mapping[str, str]) -> str:
    """A table without what stands above its header ("Revue de presse;;;"): up to a line that names the texts and two more columns."""
    above = 0
    for line in content[:_LOOKED_AT].split("\n", _ABOVE)[:_ABOVE]:
        known = _mapping(_header(line), columns)
        if "text" in known and len(known) > 2:
            return content[above:]
        above += len(line) + 1
    return content


def _fits(content: str, width: int) -> bool:
    """Whether most of the first rows have as many cells as the header: a headline may read "Corps, travail"."""
    content = content.lstrip("\n")
    rows = _first_rows(content, _delimiter(content.split("\n", 1)[0]))
    return rows is not None and 2 * sum(len(row) == width for row in rows) >= len(rows)


def _first_rows(content: str, delimiter: str) -> list[list[str]] | None:
    """The rows among the first that are not empty, but for the header; None if they cannot be read."""
    try:
        reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
        return [row for row, _ in zip(reader, range(20), strict=False) if row][1:]
    except csv.Error:
        return None


def _is_quoted(content: str, width: int, delimiter: str, *, whole: bool) -> bool:
    """Whether all of the first rows, some with cells in quotation marks, are as wide as the header; the last may be cut."""
    content = content.lstrip("\n")
    header, _, below = content.partition("\n")
    if f" {delimiter}" in header or re.search(rf'(?:^|{re.escape(delimiter)})"', below, re.M) is None:  # prose has a space
        return False
    rows = _first_rows(content, delimiter)
    if rows is None:
        return False
    if len(rows) > 1 and not whole:
        rows.pop()
    return len(rows) >= (2 if delimiter == "," else 1) and width > 2 and all(len(row) == width for row in rows)


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


def _header(line: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=_delimiter(line)), [])]
    except csv.Error:
        return []


def _mapping(names: Iterable[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Field -> column: as told, else by the known names."""
    plain = {variables.plain(name): name for name in reversed(list(names)) if name}
    found = {}
    for field, known in NAMES.items():
        wanted = [variables.plain(columns[field])] if field in columns else known.split()
        if (name := next((plain[one] for one in wanted if one in plain), None)) is not None:
            found[field] = name
    return found


def read_csv(content: str, columns: Mapping[str, str]) -> list[Item | Reject]:
    """Items and rejects of a table, one for each row."""
    csv.field_size_limit(2**31 - 1)
    content = _from_header(_singles_doubled(_STATED.sub("", content, count=1)).lstrip("\n"), columns)
    delimiter = _delimiter(content.split("\n", 1)[0])
    content = _with_double_quotes(content, delimiter)
    reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=delimiter, restkey="")
    try:
        names = [name.strip() for name in reader.fieldnames or ()]
        reader.fieldnames = names
        rows = [{key: value for key, value in row.items() if key} for row in reader]
    except csv.Error as error:
        return [Reject("unreadable", f"not CSV that can be read: {error}")]
    found = list(items(rows, columns, "csv", names)) or [Reject("empty", "a table without rows")]
    if isinstance(found[-1], Item) and _is_open(content, delimiter):
        found[-1] = replace(found[-1], warnings=(*found[-1].warnings, _OPEN))
    return found


def _singles_doubled(content: str) -> str:
    """A table whose cells stand between single quotation marks, which most rows agree on, with double ones."""
    if not _SINGLE.match(content):
        return content
    delimiter = _delimiter(content.lstrip().split("\n", 1)[0])
    try:
        rows = [row for row in csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, quotechar="'") if row]
    except csv.Error:
        return content
    if len(rows[0]) < 2 or 2 * sum(len(row) == len(rows[0]) for row in rows) < len(rows):
        return content
    doubled = io.StringIO()
    csv.writer(doubled, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return doubled.getvalue()


def _with_double_quotes(content: str, delimiter: str) -> str:
    """A table whose quotation marks stand behind backslashes, as databases write them, if more rows are as wide as the header then."""
    if '\\"' not in content:
        return content
    doubled = _ESCAPED.sub(r'\1""', content)

    def fitting(content: str) -> int:
        rows = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
        try:
            width = len(next(rows))
            return sum(len(row) == width for row in rows)
        except csv.Error:
            return 0

    return doubled if fitting(doubled) > fitting(content) else content


def _is_open(content: str, delimiter: str) -> bool:
    """Whether the last cell begins with a quotation mark that is never closed."""
    try:
        for _ in csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def read_json(content: str, columns: Mapping[str, str]) -> list[Item | Reject]:
    """Items and rejects of JSON, one for each object; a line that cannot be read is one, and so is the rest of an array."""
    content = content.strip()
    try:
        whole = _JSON.decode(content)
        rows = whole if isinstance(whole, list) else _listed(whole, columns)
    except (ValueError, RecursionError):
        rows = list(_members(content) if content.startswith("[") else _lines(content))
    return list(items(rows, columns, "json")) or [Reject("empty", "no objects")]


def _listed(whole: Any, columns: Mapping[str, str]) -> list[Any]:
    """An object as the only row; or the rows in it, if it is no more than the wrapper of a list of objects."""
    if isinstance(whole, dict) and "text" not in _mapping(whole, columns):
        lists = [value for value in whole.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
        if len(lists) == 1:
            feed = "jsonfeed" in str(whole.get("version"))
            return [{"source": whole.get("title"), **row} for row in lists[0] if isinstance(row, dict)] if feed else lists[0]
    return [whole]


def _lines(content: str) -> Iterator[Any]:
    """What each line holds, or why it cannot be read."""
    for line in content.split("\n"):
        if line.strip():
            try:
                yield _JSON.decode(line)
            except (ValueError, RecursionError) as error:
                yield f"not JSON: {error}"


def _members(content: str) -> Iterator[Any]:
    """Members of an array up to one that cannot be read; last, why."""
    place = len(content) - len(content[1:].lstrip())
    try:
        while True:
            value, place = _JSON.raw_decode(content, place)
            yield value
            comma = _COMMA.match(content, place)
            if comma is None:
                yield "no JSON from here on: the array breaks off"
                return
            place = comma.end()
    except (ValueError, RecursionError) as error:
        yield f"no JSON from here on: {error}"


def read_rows(rows: Sequence[Sequence[str]], columns: Mapping[str, str], method: str) -> list[Item | Reject]:
    """Items and rejects of a sheet, one for each row below the one that names the columns; none of an empty sheet."""
    known = (_mapping(row, columns) for row in rows[:_ABOVE])
    head = next((n for n, found in enumerate(known) if "text" in found and len(found) > 1), 0)
    names = [cell.strip() for cell in rows[head]] if rows else []
    below = [dict(zip(names, row, strict=False)) for row in rows[head + 1 :] if any(cell.strip() for cell in row)]
    return list(items(below, columns, method, names)) if names else []


def items(
    rows: Sequence[Any], columns: Mapping[str, str], method: str, names: Sequence[str] | None = None
) -> Iterator[Item | Reject]:
    """Items and rejects of rows: objects with values by the names of their columns, which are those in the rows if not given."""
    if names is None:
        names = list(dict.fromkeys(str(key) for row in rows if isinstance(row, dict) for key in row))
    known = _mapping(names, columns)
    if names and "text" not in known:
        shown = ", ".join(name[:40] for name in names[:10])
        if "url" in known:
            yield Reject("link_only", "a table of addresses without text: fetch them with presstm fetch")
        else:
            yield Reject(
                "unsupported_format", f"a table without a column of texts (found: {shown}): name it in extract.columns"
            )
        return
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            yield Reject("unreadable", f"row {number}: {row if isinstance(row, str) else 'no object'}"[:300])
            continue
        values = {field: _value(row.get(name)) for field, name in known.items()}
        if (own := values.get("id", "")) and seen.setdefault(own, number) != number:
            yield Reject("duplicate", f"row {number} has the id {own[:100]} of row {seen[own]}")
            continue
        further = {name: _value(row.get(name)) for name in names if name not in known.values()}
        yield _item(number, values, variables.written(further), method)


def _value(value: Any, depth: int = 0) -> str:
    if depth > _MAX_DEPTH:
        return ""
    if isinstance(value, list):
        return "; ".join(_value(one, depth + 1) for one in value)
    if isinstance(value, dict):
        return _value(value.get("name", ""), depth + 1)
    return "" if value is None else clean(str(value))


def _line(value: str) -> str:
    """A value on one line, without markup."""
    tree = markup.html_tree(f"<div>{value}</div>") if _MARKUP.search(value) else None
    return one_line(value) if tree is None else markup.text_of(tree)


def _item(number: int, values: Mapping[str, str], further: tuple[str, ...], method: str) -> Item | Reject:
    text = values["text"]
    if _MARKUP.search(text):
        tree = markup.html_tree(f"<div>{text}</div>")
        found = [] if tree is None else markup.paragraphs(tree)
    else:
        found = [line.strip() for line in (_ENDS if _ENDS.search(text) else _WRITTEN_ENDS).split(text) if line.strip()]
    if not found:
        return Reject("no_text", f"row {number} has no text")
    published, warning = fields.day(values.get("published", ""))
    return Item(
        "\n\n".join(found),
        _line(values.get("title", "")),
        standfirst=_line(values.get("standfirst", "")) or None,
        outlet=one_line(values.get("outlet", "")) or None,
        authors=fields.authors(values.get("authors", "")),
        published=published,
        url=values.get("url", "").strip() or None,
        language=fields.language(values.get("language", "")),
        section=one_line(values.get("section", "")) or None,
        method=method,
        warnings=(warning,) if warning else (),
        variables=further,
    )
