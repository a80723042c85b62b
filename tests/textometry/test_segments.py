import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from presstm import form_counts, lexical
from presstm.settings import TopicsSettings
from presstm.textometry import segments
from tests.small_corpus import read_tables


def sentence(length, word="mot"):
    return " ".join([word] * length) + "."


def cut(articles, words=10):
    read = read_tables(articles)
    counted = lexical.lexical(
        [form_counts.counted(read["tokens"], TopicsSettings())], read["sentences"], read["reuse"], TopicsSettings()
    )
    found = segments.segments(counted, read["sentences"], words)
    ids = counted.corpus.article_ids.to_pylist()
    texts = [
        articles[ids[article]]["title" if title else "text"]
        for article, title in zip(found.article, found.title, strict=True)
    ]
    return [text[start:end] for text, start, end in zip(texts, found.start, found.end, strict=True)], found, counted


def sizes(*lengths, words=10):
    texts, _, _ = cut({"a": {"text": " ".join(sentence(length) for length in lengths)}}, words)
    return [text.count("mot") for text in texts]


def test_a_segment_ends_at_the_sentence_end_nearest_to_its_length():
    assert sizes(4, 4, 4, 4, 4) == [12, 8]
    assert sizes(6, 6, 6) == [12, 6]
    assert sizes(9, 9) == [9, 9]
    assert sizes(30, 5, 5) == [30, 10]


def test_a_short_rest_joins_the_segment_before():
    assert sizes(10, 10, 3) == [10, 13]
    assert sizes(10, 10, 5) == [10, 10, 5]
    assert sizes(3) == [3]


def test_segments_do_not_cross_articles_or_titles():
    texts, found, _ = cut(
        {"b": {"text": sentence(3, "b")}, "a": {"title": "Titre", "text": sentence(3, "a") + " " + sentence(8, "a")}}
    )
    assert texts == ["Titre", "a a a. a a a a a a a a.", "b b b."]
    assert found.title.tolist() == [True, False, False]
    assert found.sentence.tolist() == [0, 1, 1, 2]


@given(st.lists(st.lists(st.integers(1, 25), min_size=1, max_size=12), min_size=1, max_size=4), st.integers(5, 30))
def test_segments_are_whole_runs_of_sentences(lengths, words):
    articles = {f"{i:02}": {"text": " ".join(sentence(each) for each in article)} for i, article in enumerate(lengths)}
    _, found, counted = cut(articles, words)
    assert (np.diff(found.sentence, prepend=0) >= 0).all()
    assert found.sentence.max() == len(found.article) - 1
    assert (found.article[found.sentence] == counted.corpus.article).all()
    held = found.holding(counted.counts)
    assert held.max() == 1
    per_segment = np.bincount(found.sentence, counted.words)
    first = np.unique(found.sentence, return_index=True)[1]
    for number in range(1, len(first)):
        if found.article[number] == found.article[number - 1]:
            before, following = per_segment[number - 1], counted.words[first[number]]
            assert abs(before - words) < abs(before + following - words)


@given(st.lists(st.integers(0, 8), min_size=1, max_size=20), st.integers(1, 12), st.integers(1, 4))
def test_contexts_join_neighbours_until_they_hold_enough(forms, least, articles):
    held = sparse.csr_array(np.array([[int(j < n) for j in range(8)] for n in forms], np.int32))
    article = np.sort(np.arange(len(forms)) % articles)
    found = segments.contexts(held, article, least)
    assert (np.diff(found, prepend=0) <= 1).all()
    assert found[0] == 0
    size = np.bincount(found, forms)
    of_context = article[np.unique(found, return_index=True)[1]]
    assert (article == of_context[found]).all()
    single = np.bincount(of_context) == 1
    assert (size[~single[of_context]] >= least).all()


def test_no_sentences_give_no_segments():
    texts, _, _ = cut({"a": {"text": ""}})
    assert texts == []
