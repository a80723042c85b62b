import datetime

import pytest

from presstm import form_counts, lexical
from presstm.errors import SettingsError
from presstm.settings import TopicsSettings
from tests.small_corpus import read_tables

ARTICLES = {
    "b": {
        "outlet": "Un",
        "text": "Le Chat dort. Il mange 3 souris.",
        "authors": ["X", "Y"],
        "day": datetime.date(2019, 5, 1),
    },
    "a": {"outlet": "Deux", "text": "Le chien dort.", "authors": ["X"], "day": datetime.date(2020, 1, 31)},
    "c": {"text": "Un chat."},
}
DEFAULT = TopicsSettings()


def counted(settings=DEFAULT, articles=ARTICLES):
    read = read_tables(articles)
    return read, lexical.lexical([form_counts.counted(read["tokens"], settings)], read["sentences"], read["reuse"], settings)


def members(name):
    read, table = counted()
    (found,) = lexical.groupings(read, table.corpus, [name])
    rows, columns = found.members.nonzero()
    ids = table.corpus.article_ids.to_pylist()
    return sorted((ids[row], found.groups[column]) for row, column in zip(rows, columns, strict=True))


def test_forms_are_counted_by_sentence_in_sorted_order():
    _, table = counted()
    assert table.forms.to_pylist() == ["chat", "chien", "dort", "il", "le", "mange", "souris", "un"]
    assert table.counts.toarray().tolist() == [
        [0, 1, 1, 0, 1, 0, 0, 0],
        [1, 0, 1, 0, 1, 0, 0, 0],
        [0, 0, 0, 1, 0, 1, 1, 0],
        [1, 0, 0, 0, 0, 0, 0, 1],
    ]
    assert table.words.tolist() == [3, 3, 4, 2]


def test_counts_do_not_depend_on_the_order_of_rows():
    _, one = counted()
    _, other = counted(articles=dict(reversed(ARTICLES.items())))
    assert one.forms == other.forms
    assert (one.counts != other.counts).nnz == 0


def test_numbers_signs_and_single_letters_do_not_count():
    _, table = counted(articles={"a": {"text": "Le 5 n a u2 x1 été."}})
    assert table.forms.to_pylist() == ["le", "été"]
    assert table.words.tolist() == [7]


def test_parts_of_speech_and_unit_can_be_chosen():
    _, table = counted(TopicsSettings(pos=("VERB",)))
    assert len(table.forms) == 0
    assert table.counts.shape == (4, 0)
    _, table = counted(TopicsSettings(unit="form", pos=()))
    assert "chat" in table.forms.to_pylist()


def test_groups_come_from_columns_dates_and_lists():
    assert members("outlet") == [("a", "Deux"), ("b", "Un"), ("c", "unknown")]
    assert members("year") == [("a", "2020"), ("b", "2019"), ("c", "unknown")]
    assert members("month") == [("a", "2020-01"), ("b", "2019-05"), ("c", "unknown")]
    assert members("authors") == [("a", "X"), ("b", "X"), ("b", "Y"), ("c", "unknown")]


@pytest.mark.parametrize("name", ["outlets", "text", "n_words", "article_id"])
def test_a_grouping_that_is_none_gets_one_line(name):
    with pytest.raises(SettingsError, match=f"unknown grouping {name} .known: .*outlet.*theme") as error:
        members(name)
    assert "\n" not in str(error.value)
