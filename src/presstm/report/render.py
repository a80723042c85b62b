"""Rendering of pages, in which those of articles and lines of evidence come from the content cache where their articles stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata, resources
from itertools import groupby

from presstm import report
from presstm.report import articles, shards
from presstm.report.material import Material
from presstm.report.pages import Lines, Page, Renderer
from presstm.running import batches, cache, kept

_SHOWN = ("articles", "reuse", "sentences", "mentions", "quotes", "figures", "present")


@dataclass(frozen=True)
class Rendering:
    """The pages of one report."""

    material: Material
    renderer: Renderer

    def articles(self) -> Iterator[tuple[str, bytes]]:
        """Pages of all articles, in batches of those whose ids begin alike."""
        material = self.material
        for inside in self._batches:

            def make(inside: list[str] = inside) -> dict[str, bytes]:
                pages = (articles.page(material, article_id) for article_id in inside)
                return {page.path: self.renderer.page(page) for page in pages}

            around = [material.family(article_id) or "" for article_id in inside]
            named = [material.entity_name(entity) for entity in self._entities(inside)]
            depends = ["articles", *self._same, *(self._digest[one] for one in inside), *around, "", *named]
            yield from kept.files(material.cache, depends, make).items()

    def data(self) -> Iterator[tuple[str, bytes]]:
        """data/sentences-<n>.js, and the other files that pages load."""
        material = self.material
        for number, inside in enumerate(material.shards):
            path = f"data/sentences-{number}.js"

            def make(path: str = path, inside: list[str] = inside) -> dict[str, bytes]:
                return {path: shards.script("sentences", shards.sentences(material, inside))}

            depends = [path, *self._same, *(f"{material.place[one]} {self._digest[one]}" for one in inside)]
            yield from kept.files(material.cache, depends, make).items()
        yield from shards.files(material)

    def page(self, page: Page) -> tuple[str, bytes]:
        """Any other page."""
        if page.lines is not None:
            return page.path, self.renderer.page(page, self._lines(page, page.lines))
        if page.depends is None:
            return page.path, self.renderer.page(page)
        digests = [self._digest[article_id] for article_id in sorted(page.depends.articles())]
        depends = [page.path, page.template, page.title, *self._same, *page.depends.parts(), *digests]
        made = kept.files(self.material.cache, depends, lambda: {page.path: self.renderer.page(page)})
        return page.path, made[page.path]

    def _lines(self, page: Page, lines: Lines) -> list[str]:
        wanted = [f"{self._digest[article_id]}\n{key}" for article_id, key in lines.wanted()]
        file = ["lines", page.path, *self._same]
        return kept.lines(self.material.cache, file, wanted, lambda number: self.renderer.line(page, lines.values(number)))

    @cached_property
    def _same(self) -> list[str]:
        """What all pages depend on: code, templates and settings."""
        material = self.material
        templates = resources.files("presstm.report") / "templates"
        sources = [one.read_text(encoding="utf-8") for one in sorted(templates.iterdir(), key=str) if one.is_file()]
        themes = [f"{theme}\n{material.theme_name(theme)}" for theme in material.themes]
        return [
            batches.code(report),
            *(metadata.version(name) for name in ("jinja2", "markupsafe")),
            cache.key(sources),
            material.settings.model_dump_json(),
            self.renderer.edition,
            cache.key(themes),
        ]

    @cached_property
    def _batches(self) -> list[list[str]]:
        digits = batches.digits(len(self.material.articles))
        return [list(inside) for _, inside in groupby(sorted(self.material.articles), key=lambda one: one[:digits])]

    @cached_property
    def _digest(self) -> dict[str, str]:
        """A hash of all that is known of each article."""
        found = [self.material.by_article(name).digests() for name in _SHOWN]
        return {article_id: cache.key(each.get(article_id, "") for each in found) for article_id in self.material.articles}

    def _entities(self, inside: list[str]) -> list[str]:
        """Entities that the articles name or quote."""
        found: set[str] = set()
        for name, column in (("mentions", "entity_id"), ("quotes", "speaker")):
            part = self.material.by_article(name).span(inside)
            if part is not None:
                found |= set(part[column].unique().drop_null().to_pylist())
        return sorted(found)
