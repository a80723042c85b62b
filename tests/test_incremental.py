"""After any sequence of edits to the corpus, a run with the cache of the runs before gives what a run from nothing gives."""

import shutil
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from presstm import schemas, study, tables
from presstm import settings as loading

pytestmark = pytest.mark.slow

PARAGRAPHS = (
    "Près de 120 livreurs de Valmorne réclament un contrat de travail. « Nous n’avons aucune garantie », explique Jeanne Morvan.",
    "Selon Jeanne Morvan, l’application Colibri Express a déconnecté 15 000 travailleurs. Mme Morvan parle de précarité.",
    "Le marché de Valmorne quitte la place de l’Église. La mairie promet un fléchage, et les maraîchers attendent de voir.",
    "Derrière la machine, des ouvriers invisibles corrigent des milliers de phrases. Ils sont payés 21 euros par mois.",
    "Les Roues libres (RL) saisissent la justice. RL dénonce « une loi sans effet », et Morvan avec elles.",
    "L’intelligence artificielle apprend de ces « fantômes », affirme Sami Delorme. L’algorithme ne connaît pas la nuit.",
)
OPENINGS = (
    "La Gazette imaginaire, 24 mai 2019",
    "Le Courrier de nulle part, 1er juin 2020",
    "Octets perdus, 3 juillet 2019",
)

contents = st.tuples(st.sampled_from(OPENINGS), st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=4))
edits = st.lists(st.tuples(st.integers(0, 5), st.none() | contents), min_size=1, max_size=4)


def apply(corpus, number, content):
    """Write article `number`, new or changed, or delete it."""
    path = corpus / f"{number}.txt"
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.write_text("\n\n".join([f"Article numéro {number}", content[0], *content[1]]), encoding="utf-8")


def run(folder, corpus):
    loaded = loading.load(study.shipped() / "params.yaml", ["topics.min_segments=8", "topics.max_segments=100"])
    quick = {
        "topics": loaded.topics.model_copy(update={"shuffles": 2, "resamples": 2}),
        "network": loaded.network.model_copy(update={"min_clusters": 1, "resamples": 2}),
    }
    ours = study.Study(
        root=study.shipped(),
        corpus=corpus,
        out=folder,
        cache=folder / ".cache",
        settings=loaded.model_copy(update=quick),
        say=lambda line: None,
    )
    for stage in study.STAGES:
        study.run_stage(ours, stage)


def files(folder):
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".parquet" and ".cache" not in path.parts
    }


def test_edits_give_what_a_run_from_nothing_gives(tmp_path):
    deadline = time.monotonic() + 120

    @settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
    @given(edits)
    def check(sequence):
        if time.monotonic() > deadline:
            return  # a slow machine tries fewer sequences
        corpus, warm, cold = (tmp_path / name for name in ("corpus", "warm", "cold"))
        for folder in (corpus, warm, cold):
            shutil.rmtree(folder, ignore_errors=True)
        corpus.mkdir()
        for number in range(4):
            apply(corpus, number, (OPENINGS[number % 3], PARAGRAPHS[number : number + 3]))
        for edit in (None, *sequence):
            if edit is not None:
                apply(corpus, *edit)
            if any(corpus.iterdir()):
                run(warm, corpus)
        if not any(corpus.iterdir()):
            return
        run(cold, corpus)
        for name in schemas.TABLES:
            assert tables.read(warm, name).equals(tables.read(cold, name)), name
        assert files(warm) == files(cold)

    check()
