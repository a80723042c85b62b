"""What browsers, tools and archives add to a page that they save: its address, a frame of their own, a folder of its parts.

The folder is named after the page; it holds images, scripts, frames and advertisements.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Any

from presstm import addresses
from presstm.formats import Reject

_FOLDER = re.compile(r"(.+)[_ -](?:files|fichiers|dateien|archivos)", re.I)
_ADDRESS = re.compile(  # Internet Explorer and Chrome, SingleFile, HTTrack; WebScrapBook, Save Page WE
    r"""<!--\s*(?:saved from url=\(\d+\)|(?:Page saved with|Archive processed by) SingleFile\s+url:\s*|Mirrored from (?=\S+ by HTTrack))(?P<comment>[^\s<>]+)|"""
    r"""<html\b[^<>]*?\sdata-scrapbook-source\s*=\s*["'](?P<attribute>[^\s"'<>]+)|<meta name=["']savepage-url["'] content=["'](?P<meta>[^\s"'<>]+)""",
    re.I,
)
_HEAD = 20_000  # characters of a page in which its address stands
_TOOLBARS = "//*[@id='wm-ipp-base' or @id='wm-ipp' or @id='wm-ipp-print']"  # of the Wayback Machine


def address(content: str) -> str | None:
    """The address that was written into a page when it was saved; None without one, or if it was a file."""
    if (match := _ADDRESS.search(content, 0, _HEAD)) is None:
        return None
    found = match["comment"] or unescape(match["attribute"] or match["meta"])
    found = found if re.match(r"\w+:", found) else f"http://{found}"
    return addresses.original(found) if addresses.web_address(found) else None


def unframe(tree: Any) -> None:
    """Drop what archives put around a page, and what archive.today declares of its copy in the place of the page."""
    for toolbar in tree.xpath(_TOOLBARS):
        toolbar.drop_tree()
    for link in tree.xpath("//link[@rel='bookmark' or @rel='canonical']"):
        copied = link.get("href") or ""
        if (page := addresses.original(copied)) != copied and "web.archive.org" not in copied[:30]:
            for declared in tree.xpath("//*[@id='HEADER'] | //meta[@property or @itemprop] | //link[@rel='canonical']"):
                declared.drop_tree()
            link.attrib.update({"rel": "canonical", "href": page})
            tree.insert(0, link)
            return


def page_of(folder: str, beside: Collection[str]) -> str | None:
    """The page whose parts a folder of this name holds, if one of the names beside it is such a page."""
    match = _FOLDER.fullmatch(folder)
    pages = (f"{match[1]}{ending}" for ending in (".html", ".htm", ".xhtml", ".HTML", ".HTM")) if match else ()
    return next((page for page in pages if page in beside), None)


def refused(folder: Path) -> Reject | None:
    """The reject that stands for a folder of parts of a page, or None if it is no such folder."""
    if _FOLDER.fullmatch(folder.name) is None or folder.is_symlink() or not folder.is_dir():
        return None
    page = page_of(folder.name, {path.name for path in folder.parent.iterdir()})
    return None if page is None else _reject(page, sum(path.is_file() for path in folder.rglob("*")))


def in_archive(names: Iterable[str]) -> tuple[frozenset[str], list[Reject]]:
    """Members of an archive that are parts of pages in it, and a reject for each folder of them."""
    paths = {name: PurePosixPath(name) for name in names if not name.endswith("/")}
    beside: dict[PurePosixPath, set[str]] = {}
    for path in paths.values():
        beside.setdefault(path.parent, set()).add(path.name)
    folders: dict[PurePosixPath, list[str]] = {}
    for name, path in paths.items():
        above = (one for one in reversed(path.parents) if page_of(one.name, beside.get(one.parent, ())))
        if (folder := next(above, None)) is not None:  # the outermost
            folders.setdefault(folder, []).append(name)
    rejects = [_reject(page_of(one.name, beside[one.parent]) or "", len(inside)) for one, inside in sorted(folders.items())]
    return frozenset(name for inside in folders.values() for name in inside), rejects


def _reject(page: str, count: int) -> Reject:
    return Reject("not_article", f"{count} file{'s' if count > 1 else ''} that a browser saved with {page[-150:]}")
