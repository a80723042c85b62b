import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from presstm import form_counts
from presstm.networks import units
from presstm.settings import TopicsSettings
from tests.small_corpus import read_tables

SETTINGS = TopicsSettings()
WORDS = ("Chat", "chien", "ÉTÉ", "aujourd’hui", "5", "x", "b2b", "deux")
texts = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5), min_size=1, max_size=3).map(
    lambda sentences: " ".join(" ".join(words) + "." for words in sentences)
)
corpora = st.dictionaries(st.text("abcd", min_size=1, max_size=2), texts.map(lambda text: {"text": text}), max_size=6)


def matrix(parts, read):
    corpus = units.corpus_of(read["sentences"], read["reuse"])
    forms, counts, words = form_counts.together(parts, corpus)
    return forms.to_pylist(), counts.toarray().tolist(), words.tolist()


def by_hand(read):
    """What stands in each sentence, in order, by plain loops."""
    found, words = {}, {}
    for row in read["tokens"].to_pylist():
        where = row["article_id"], row["sentence_id"]
        words[where] = words.get(where, 0) + any(c.isalnum() for c in row["text"])
        if sum(c.isalpha() for c in row["lemma"]) > 1 and row["pos"] == "NOUN":
            form = row["lemma"].lower().replace("’", "'")
            found[form, where] = found.get((form, where), 0) + 1
    forms = sorted({form for form, _ in found}, key=lambda form: form.encode())
    return (
        forms,
        [[found.get((form, where), 0) for form in forms] for where in sorted(words)],
        [words[w] for w in sorted(words)],
    )


@given(corpora)
def test_counts_are_those_of_plain_loops(corpus):
    read = read_tables(corpus)
    assert matrix([form_counts.counted(read["tokens"], SETTINGS)], read) == by_hand(read)


@given(corpora, st.integers(0, 2**32))
def test_batches_counted_in_any_cut_and_order_of_rows_give_what_the_whole_gives(corpus, seed):
    read = read_tables(corpus)
    random = np.random.default_rng(seed)
    tokens = read["tokens"].take(pa.array(random.permutation(len(read["tokens"]))))
    batch = dict(zip(corpus, random.integers(0, 3, len(corpus)).tolist(), strict=True))
    of_row = np.array([batch[key] for key in tokens["article_id"].to_pylist()], np.int64)
    parts = [form_counts.counted(tokens.filter(pa.array(of_row == number)), SETTINGS) for number in range(3)]
    assert matrix(parts, read) == matrix([form_counts.counted(read["tokens"], SETTINGS)], read)


def test_forms_of_reprints_alone_are_no_forms():
    read = read_tables({"a": {"text": "Le chat."}, "b": {"text": "Un chien.", "cluster": "a"}})
    assert matrix([form_counts.counted(read["tokens"], SETTINGS)], read) == (["chat", "le"], [[1, 1]], [2])


def test_a_batch_that_did_not_change_is_not_counted_again(tmp_path, monkeypatch):
    read = read_tables({"a": {"text": "Le chat."}, "b": {"text": "Un chien."}})
    parts = [{"tokens": read["tokens"].slice(0, 3)}, {"tokens": read["tokens"].slice(3)}]
    cold = matrix(form_counts.count(parts, SETTINGS, tmp_path), read)
    calls = []
    counted = form_counts.counted
    monkeypatch.setattr(form_counts, "counted", lambda *given: calls.append(given) or counted(*given))
    assert matrix(form_counts.count(parts, SETTINGS, tmp_path), read) == cold
    assert not calls
    matrix(form_counts.count([parts[0], {"tokens": read["tokens"].slice(4)}], SETTINGS, tmp_path), read)
    assert len(calls) == 1
    matrix(form_counts.count(parts, TopicsSettings(unit="form"), tmp_path), read)
    assert len(calls) == 3
