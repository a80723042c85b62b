"""HTML pages from templates: everything is escaped, and a content security policy names what may run."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from typing import Any, Protocol

import jinja2
from markupsafe import Markup

from presstm import __version__, addresses
from presstm.report import filters
from presstm.report.charts import Chart
from presstm.report.material import Material, safe_name


class Depends(Protocol):
    """What a page depends on: the articles whose contents it shows, and all else that is not the same for all pages."""

    def articles(self) -> Iterable[str]:
        """Ids of the articles."""
        ...

    def parts(self) -> Iterable[str]:
        """All else."""
        ...


class Lines(Protocol):
    """Lines of a page that come from the cache one by one: each shows the contents of one article."""

    def wanted(self) -> Sequence[tuple[str, str]]:
        """For each line, the id of its article, and all else that it depends on and that is not the same for all pages."""
        ...

    def values(self, number: int) -> Mapping[str, Any]:
        """What the macro of line.html is given for a line."""
        ...


@dataclass(frozen=True)
class Page:
    """A page to be written: its path in the report, its template and the template's values, or what makes them when it is
    written; `depends` tells what a page that may come from the cache depends on, `lines` what the template gets as `lines`."""

    path: str
    template: str
    title: str
    values: Mapping[str, Any] | Callable[[], Mapping[str, Any]] = field(default_factory=dict)
    depends: Depends | None = None
    lines: Lines | None = None


@dataclass(frozen=True)
class Section:
    """A section of the first page; `key` names its template, its anchor and its title in the strings."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
    pages: tuple[Page, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True)
class Renderer:
    """Templates and what every page shares."""

    material: Material

    @cached_property
    def environment(self) -> jinja2.Environment:
        """Jinja2 with autoescape everywhere and undefined names as errors."""
        words = self.material.words
        environment = jinja2.Environment(
            loader=jinja2.PackageLoader("presstm.report"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals.update(
            t=words.text,
            m=self.material,
            language=self.material.settings.language,
            share_mode=self.material.settings.text,
            linked=filters.linked,
            select=filters.link,
            select_sentences=filters.sentences,
            edition=self.edition,
        )
        environment.filters.update(
            number=words.number,
            percent=words.percent,
            interval=words.interval,
            signed=words.signed,
            unit=words.unit,
            probability=words.probability,
            first_upper=lambda text: text[:1].upper() + text[1:],
            date=words.date,
            month=words.month,
            safe_name=safe_name,
            link=addresses.web_address,
            json=lambda value: json.dumps(value, ensure_ascii=False),
            outlet_kind=words.outlet_kind,
        )
        return environment

    @cached_property
    def edition(self) -> str:
        """The last day of the corpus and the version, for the head of printed pages: no day of today, so that bytes stay."""
        material = self.material
        days = [row["published"] for row in material.articles.values() if row["published"]]
        last = material.words.text("until", day=material.words.date(max(days))) if days else ""
        return f"{last} presstm {__version__}".strip()

    def first_page(self, title: str, sections: list[Section]) -> bytes:
        """index.html: all sections, with style and script inside, so that the file stands alone."""
        style, script = asset("report.css"), asset("report.js")
        return self._render(
            "index.html",
            title=title,
            sections=sections,
            root="",
            style=Markup(style),
            script=Markup(script),
            policy=_policy(_hash(script), _hash(style)),
        )

    def page(self, page: Page, lines: Sequence[str] = ()) -> bytes:
        """A page other than the first one; style and script are files beside it."""
        values = page.values() if callable(page.values) else page.values
        made = [Markup(line) for line in lines]
        return self._render(page.template, title=page.title, root=_root(page), policy=_policy(), lines=made, **values)

    def line(self, page: Page, values: Mapping[str, Any]) -> str:
        """One of the lines of a page."""
        return str(self._line(_root(page), **values))

    @cached_property
    def _line(self) -> Callable[..., str]:
        return self.environment.get_template("line.html").module.line  # type: ignore[attr-defined, no-any-return]

    def _render(self, template: str, **values: Any) -> bytes:
        text = self.environment.get_template(template).render(**values)
        return text.encode("utf-8", "replace")


def asset(name: str) -> str:
    """Text of a file in assets/."""
    return (resources.files("presstm.report") / "assets" / name).read_text(encoding="utf-8")


def _root(page: Page) -> str:
    return "../" * page.path.count("/")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _policy(script: str = "", style: str = "") -> str:
    """Nothing may load but files beside the page, and what is inside the page and has one of the hashes."""
    return (
        f"default-src 'none'; script-src 'self'{script and ' '}{script}; style-src 'self'{style and ' '}{style}; "
        "img-src 'self'; base-uri 'none'; form-action 'none'"
    )
