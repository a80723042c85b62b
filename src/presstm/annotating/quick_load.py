"""Load a spaCy model in half the time: the same model, without what loading does for nothing.

Each context below wraps a function or a class of a library while the model is loaded, and is left out where that function is
not there; what is loaded is the same.
"""

from __future__ import annotations

import contextlib
import importlib
import re
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

_LONG_PATTERN = 100_000  # characters
_PRIVATE = 0xE000  # characters that stand for nothing
_CLASS = re.compile(r"\\.|\[(?:\\.|[^\]\\])+\]", re.DOTALL)
_UNSURE = re.compile(r"\[\^?\]|\(\?#|[\ue000-\uf8ff]")  # where `_CLASS` could be wrong


def load(name: str) -> Any:
    """The model of package `name`, with all its components."""
    with _without_commands(), _classes_once(), _plain_tables():
        package = importlib.import_module(name)
        nlp = package.load(exclude=["strings"])
    if _knows_labels(nlp):
        return nlp
    with _classes_once(), _plain_tables():
        return package.load()


def _knows_labels(nlp: Any) -> bool:
    """Whether the model can name its labels without its list of strings.

    The list holds the words of all texts that the model was made of (700,000 for French), which take half a second and 130 MB;
    a string that turns up in a text, or that a component sets, is known from then on, and the hash of a string needs no list.
    """
    strings = nlp.vocab.strings
    labels = (label for part in ("parser", "ner") if part in nlp.pipe_names for label in nlp.get_pipe(part).labels)
    return all(label in strings for label in labels)


@contextlib.contextmanager
def _without_commands() -> Iterator[None]:
    """Let `import spacy` leave out its command line, which imports web clients and more: as long as all the rest."""
    if "spacy" in sys.modules:
        yield
        return
    commands, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")

    def real(*values: Any, **named: Any) -> Any:
        return importlib.import_module("spacy.cli.info").info(*values, **named)

    commands.__path__ = []
    info.__dict__["info"] = real
    stand_ins = {"spacy.cli": commands, "spacy.cli.info": info}
    sys.modules.update(stand_ins)
    try:
        importlib.import_module("spacy")
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
    yield


@contextlib.contextmanager
def _classes_once() -> Iterator[None]:
    """Let `re` read and work out each character class once while the tokenizer's patterns are compiled.

    The French one of 1.4 million characters holds the same class of all letters 800 times; going through it each time takes
    longer than all the rest of the import. The patterns are the same.
    """
    compiler: Any = importlib.import_module("re._compiler")
    parser: Any = importlib.import_module("re._parser")
    parse, work_out = getattr(parser, "parse", None), getattr(compiler, "_optimize_charset", None)
    if parse is None or work_out is None:
        yield
        return
    known: dict[Any, Any] = {}

    def once(charset: Any, *rest: Any) -> Any:
        key = (id(charset), *map(id, rest))
        if key not in known:
            known[key] = (work_out(charset, *rest), charset, rest)  # kept, so that no other gets their ids
        return known[key][0]

    def parsed(pattern: Any, flags: int = 0, state: Any = None) -> Any:
        if isinstance(pattern, str) and len(pattern) > _LONG_PATTERN and state is None:
            found = parse_long(pattern, flags, parse)
            if found is not None:
                return found
        return parse(pattern, flags, state)

    parser.parse, compiler._optimize_charset = parsed, once
    try:
        yield
    finally:
        parser.parse, compiler._optimize_charset = parse, work_out


def parse_long(pattern: str, flags: int, parse: Callable[..., Any]) -> Any:
    """What `parse(pattern, flags)` gives, each class parsed once; None where that cannot be said for sure."""
    if _UNSURE.search(pattern):
        return None
    letters: dict[str, str] = {}

    def letter(match: re.Match[str]) -> str:
        found = match.group()
        return letters.setdefault(found, chr(_PRIVATE + len(letters))) if found[0] == "[" else found

    short = _CLASS.sub(letter, pattern)
    if len(letters) > 1000:
        return None
    try:
        tree = parse(short, flags)
        classes = {ord(stand_in): parse(text).data[0] for text, stand_in in letters.items()}
        if tree.state.flags & re.VERBOSE:
            return None
        tree.data = _put_back(tree.data, classes)
    except (re.error, _Unsure):
        return None
    tree.state.str = pattern
    return tree


class _Unsure(Exception):
    pass


def _put_back(part: Any, classes: dict[int, Any]) -> Any:
    """`part` of a parsed pattern, with the classes for the letters that stood for them."""
    if hasattr(part, "data"):
        part.data = _put_back(part.data, classes)
        return part
    if isinstance(part, tuple) and len(part) == 2:
        name = str(part[0])
        if name == "LITERAL":
            return classes.get(part[1], part)
        if name == "IN" and any(str(one[0]) == "LITERAL" and one[1] in classes for one in part[1]):
            raise _Unsure
    if isinstance(part, list | tuple):
        return type(part)(_put_back(one, classes) for one in part)
    return part


@contextlib.contextmanager
def _plain_tables() -> Iterator[None]:
    """Let look-up tables be dicts, filled at once, not entry by entry in order and through a filter that no lemmatizer asks."""
    try:
        lookups: Any = importlib.import_module("spacy.lookups")
        old, number = lookups.Table, importlib.import_module("spacy.strings").get_string_id
    except (ImportError, AttributeError):
        yield
        return

    class Plain(dict[int, Any]):
        """Values by the hash of a string, to be asked for by either, as in `spacy.lookups.Table`."""

        def __getitem__(self, key: str | int) -> Any:
            return dict.__getitem__(self, number(key))

        def __setitem__(self, key: str | int, value: Any) -> None:
            dict.__setitem__(self, number(key), value)

        def __contains__(self, key: object) -> bool:
            return dict.__contains__(self, number(key))

        def get(self, key: str | int, default: Any = None) -> Any:
            return dict.get(self, number(key), default)

    def table(name: str | None = None, data: Any = None) -> Any:
        return Plain(data) if data and all(type(key) is int for key in data) else old(name, data)

    lookups.Table = table
    try:
        yield
    finally:
        lookups.Table = old
