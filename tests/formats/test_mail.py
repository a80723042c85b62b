import quopri
from datetime import date
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presstm import readers
from presstm.formats import Item, mail
from presstm.settings import ExtractSettings

SETTINGS = ExtractSettings()
PARAGRAPHS = [
    f"Le {n}e coursier de Valmorne a posé son sac devant la halle, mardi à l'aube, et personne n'est venu le lui reprendre."
    for n in range(2, 8)
]
PAGE = f"<html lang='fr'><head><meta charset='utf-8'><title>Des sacs</title></head><body><article><h1>Des sacs</h1>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}</article></body></html>"


def saved(encoding: str = "quoted-printable", charset: str = "utf-8") -> bytes:
    """A page as browsers save it in one file."""
    body = quopri.encodestring(PAGE.encode(charset)) if encoding == "quoted-printable" else PAGE.encode(charset)
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://courrier.example/sacs\r\nSubject: =?utf-8?Q?Des=20sacs?=\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----B"\r\n\r\n------B\r\n'
        f'Content-Type: text/html; charset="{charset}"\r\nContent-Transfer-Encoding: {encoding}\r\n'
        "Content-Location: https://courrier.example/sacs\r\n\r\n"
    )
    return (
        head.encode()
        + body
        + b"\r\n------B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n------B--\r\n"
    )


@pytest.mark.parametrize("encoding", ["quoted-printable", "binary"])
def test_a_page_saved_as_one_file(encoding):
    (item,) = readers.read(saved(encoding), SETTINGS).results
    assert item.text.split("\n\n") == PARAGRAPHS
    assert (item.title, item.url) == ("Des sacs", "https://courrier.example/sacs")


def test_an_email_with_an_article_as_text():
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@courrier.example", "b@courrier.example", "Des sacs à la halle"
    message.set_content("\n\n".join(PARAGRAPHS))
    (item,) = readers.read(message.as_bytes(), SETTINGS).results
    assert (item.title, item.text.split("\n\n")) == ("Des sacs à la halle", PARAGRAPHS)


def test_a_text_that_begins_with_fields_is_no_message():
    assert not mail.is_message(f"Titre: Des sacs\nDate: 24 mai 2019\n\n{PARAGRAPHS[0]}".encode())


def test_a_message_without_text_is_rejected():
    head = b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n"
    (result,) = readers.read(head + b"--B\nContent-Type: image/png\n\nx\n--B--\n", SETTINGS).results
    assert result.reason == "no_text"


DATA = saved()


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(DATA) - 1), st.binary(max_size=4))
def test_damage_never_raises(place, wrong):
    for data in (DATA[:place], DATA[:place] + wrong + DATA[place + 1 :]):
        result = mail.read(data)
        assert isinstance(result, mail.Content) or result.reason in ("no_text", "unreadable")


def test_a_nested_message_is_searched():
    outer = (
        b"From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=O\n\n--O\nContent-Type: message/rfc822\n\n"
    )
    (result,) = readers.read(outer + DATA + b"\n--O--\n", SETTINGS).results
    assert isinstance(result, Item)


@pytest.mark.parametrize("name", [b"Content-Location: ", b"Subject: "])
def test_a_damaged_field_costs_no_page(name):
    start = saved().rindex(name) + len(name)
    end = saved().index(b"\r\n", start)
    (item,) = readers.read(saved()[:start] + b"=?utf-8?b?a?=" + saved()[end:], SETTINGS).results
    assert isinstance(item, Item)


def test_a_mailbox_has_an_article_for_each_message():
    envelope = b"From a@b.example Fri May 24 10:00:00 2019\n"
    (item,) = readers.read(envelope + DATA + b"\n", SETTINGS).results
    assert item == readers.read(DATA, SETTINGS).results[0]
    plain = f"Subject: Tr: Des sacs\nDate: Thu, 23 May 2019 23:30:00 +0200\n\n{PARAGRAPHS[0]}\n\n>From Valmorne, en 2019, rien.\n\n".encode()
    first, second = readers.read(envelope + plain + envelope + DATA + b"\n", SETTINGS).results
    assert (first.title, first.text.split("\n\n")) == ("Des sacs", [PARAGRAPHS[0], "From Valmorne, en 2019, rien."])
    assert (first.published, first.warnings) == (date(2019, 5, 23), ("the day is that of the message",))
    assert second == item


def test_the_day_on_which_a_page_was_saved_is_none_of_its_article():
    data = saved().replace(b"MIME-Version", b"Date: Fri, 24 May 2019 10:00:00 +0200\r\nMIME-Version", 1)
    (item,) = readers.read(data, SETTINGS).results
    assert item.published is None


def test_a_message_with_an_impossible_day_has_none():
    message = f"From: a@b.example\nSubject: Des sacs\nDate: le 40 mai\nContent-Type: text/plain\n\n{PARAGRAPHS[0]}\n"
    assert readers.read(message.encode(), SETTINGS).results[0].published is None


def test_an_alert_of_beginnings_of_texts_is_no_article():
    teasers = "".join(
        f"<p><a href='https://heron.example/{n}'>Des sacs, {n}</a><br>Le Héron<br>{p[:90]}...</p>"
        for n, p in enumerate(PARAGRAPHS)
    )
    message = EmailMessage()
    message["Subject"] = "Alerte : coursiers"
    message.set_content(f"<html><body><h2>Alerte</h2>{teasers}</body></html>", subtype="html")
    assert [result.reason for result in readers.read(bytes(message), SETTINGS).results] == ["not_article"]


def test_a_text_that_a_message_repeats_has_no_signs_before_its_lines():
    message = EmailMessage()
    message["Subject"] = "Tr: Des sacs"
    cited = "\n\n".join(("Des sacs", *PARAGRAPHS)).replace(" halle, ", " halle,\n")
    message.set_content("".join(f"> {line}\n" for line in cited.split("\n")))
    (item,) = readers.read(bytes(message), SETTINGS).results
    assert (item.title, item.text.split("\n\n")) == ("Des sacs", PARAGRAPHS)


def test_the_documents_of_a_database_in_a_page_saved_as_one_file():
    documents = "".join(
        f"<div class='article frArticle'><table><tr><td class='index'><b>HD</b></td><td><b>Des sacs, {n}</b></td></tr><tr><td class='index'><b>SN"
        f"</b></td><td>Le Héron</td></tr><tr><td class='index'><b>PD</b></td><td>2{n} mai 2019</td></tr><tr><td class='index'><b>TD</b></td><td>"
        f"<p class='articleParagraph frarticleParagraph'>{PARAGRAPHS[n]}</p></td></tr><tr><td class='index'><b>AN</b></td><td>Document "
        f"HERON00020190524abc0000{n}</td></tr></table></div>"
        for n in range(3)
    )
    message = EmailMessage()
    message["Subject"] = "Factiva"
    message.set_content(f"<html><body>{documents}</body></html>", subtype="html")
    found = readers.read(bytes(message), SETTINGS).results
    assert [(item.title, item.text) for item in found] == [(f"Des sacs, {n}", PARAGRAPHS[n]) for n in range(3)]
