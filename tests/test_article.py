"""Title and body as one text: order, quotations, distances."""

from presstm.article import Article
from tests import tokens

TITLE = tokens.part("Jeanne Vial parle", name="title", names={"Jeanne Vial": "PER"})
BODY = tokens.part("Il vient. « Rien ne va. Rien. » Il dort. Wazzup part.", names={"Wazzup": "ORG"})
ARTICLE = Article(TITLE, BODY)


def test_positions_grow_from_the_title_to_the_end_of_the_body():
    assert ARTICLE.order(TITLE, 0) < ARTICLE.order(TITLE, 10) < ARTICLE.order(BODY, 0) < ARTICLE.order(BODY, 10)


def test_mentions_of_some_labels_come_in_reading_order():
    assert [mention.text for _, _, mention in ARTICLE.labelled(("ORG", "PER"))] == ["Jeanne Vial", "Wazzup"]
    assert ARTICLE.labelled(("LOC",)) == []


def test_knows_what_stands_between_marks():
    assert ARTICLE.is_quoted(BODY, BODY.text.index("Rien"))
    assert not ARTICLE.is_quoted(BODY, BODY.text.index("dort"))


def test_sentences_that_begin_in_a_quotation_are_no_distance():
    text = BODY.text
    assert ARTICLE.sentences_between(BODY, 0, BODY, text.index("Il dort")) == 2
    assert ARTICLE.sentences_between(BODY, 0, BODY, text.index("Wazzup")) == 3
    assert ARTICLE.sentences_between(TITLE, 0, BODY, 0) == 1
