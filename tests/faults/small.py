"""A small study that every fault is tried on, and what the tests ask about it. All names are invented."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARAMS = """\
themes: {min_group: 2}
topics: {permutations: 1, shuffles: 1, resamples: 2, min_count: 2, min_segments: 10}
network: {min_clusters: 1, resamples: 2, q_max: 1}
"""
COURT = (
    "Des livreurs devant les juges\n\nLa Gazette imaginaire, 24 mai 2019\n\n"
    "Près de 120 livreurs de Valmorne réclament un contrat de travail. « Nous n’avons aucune garantie », explique Jeanne "
    "Morvan, leur porte-parole. Selon elle, l’application les a déconnectés du jour au lendemain, sans un mot.\n\n"
    "L’entreprise Colibri Express conteste ces chiffres. L’audience est fixée au mois de juin, a dit le greffe.\n"
)
ARTICLES = {
    "tribunal.txt": COURT,
    "reprise.txt": COURT.replace("La Gazette imaginaire, 24", "Le Courrier de nulle part, 25"),
    "marche.txt": (
        "Le marché du samedi change de place\n\nLe Courrier de nulle part, 1er juin 2019\n\n"
        "Le marché de Valmorne quitte la place de l’Église. Les étals s’installeront le long du canal, où le stationnement "
        "est plus simple. La mairie promet un fléchage, et les maraîchers attendent de voir.\n"
    ),
    "voix.txt": (
        "Qui entraîne les assistants vocaux ?\n\nOctets perdus, 3 juillet 2019\n\n"
        "Derrière la machine, des ouvriers invisibles écoutent et corrigent des milliers de phrases. Ils sont payés quelques "
        "centimes par tâche. “On ne sait jamais pour qui on travaille”, raconte Sami Delorme, qui annote des sons. Jeanne "
        "Morvan demande une loi, et Colibri Express une intelligence artificielle plus sobre.\n"
    ),
    "vide.html": "",
}
PAGES = {
    "un.html": "La commune de Port-Chavel a voté la fermeture de l’école ; les parents s’organisent avec Jeanne Morvan.",
    "deux.html": "Colibri Express ouvre à Port-Chavel un centre de tri où travailleront 45 intérimaires, dit Sami Delorme.",
}


def make_corpus(folder: Path) -> Path:
    """The articles and an archive of two pages; one file is empty."""
    folder.mkdir(parents=True)
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in PAGES.items():
            page = f"<html lang=fr><body><main><h1>Nouvelles de {name[:-5]}</h1><p>{text}</p><p>{text[::-1]}</p></main>"
            archive.writestr(zipfile.ZipInfo(name), page.replace(text[::-1], "La suite est attendue dans la semaine."))
    (folder / "pages.zip").write_bytes(packed.getvalue())
    return folder


def make_study(root: Path) -> Path:
    """A study folder with that corpus, for the commands of single stages."""
    make_corpus(root / "corpus" / "raw")
    (root / "params.yaml").write_text(PARAMS, encoding="utf-8")
    return root


def presstm(*args: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Run presstm to its end."""
    with started(*args, **options) as process:
        out, err = process.communicate(timeout=600)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


@contextlib.contextmanager
def started(*args: object, **options: object) -> Iterator[subprocess.Popen[str]]:
    """A presstm that runs; killed at the end if it still does. Keywords in capitals are its environment."""
    environment = {name: str(value) for name, value in options.items() if name.isupper()}
    rest = {name: value for name, value in options.items() if not name.isupper()}
    command = [sys.executable, "-m", "presstm.cli", *map(str, args)]
    with subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **rest
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def run(corpus: Path, out: Path, params: Path, *args: object, **options: object) -> subprocess.CompletedProcess[str]:
    """`presstm run` with the settings of the small study."""
    return presstm("run", corpus, "--out", out, "--params", params, "--quiet", *args, **options)


def results(folder: Path) -> dict[str, str]:
    """Path -> hash of every visible file; the cache, which is no result, is hidden."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in name.parts):
            found[name.as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def leftovers(folder: Path) -> list[str]:
    """Hidden files and folders besides the cache."""
    return [path.name for path in folder.glob("**/.*") if ".cache" not in path.relative_to(folder).parts]


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """The single line of an error that the user is shown."""
    assert done.returncode == 1, (done.returncode, done.stderr)
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("presstm: ")
    return line
