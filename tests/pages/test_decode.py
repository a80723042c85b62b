import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm.pages import decode

FRENCH = "Près de l’étang, un bœuf ; « où est passé l’été ? » demanda-t-elle — 5 €."
WORDS = st.text(st.sampled_from("abcdefgh éèàçùêôœ’«»€ \n"), min_size=1)


@given(st.text(st.characters(exclude_categories=["Cs", "Cn", "Co", "Cc"])))
def test_utf8_comes_back_as_it_was(text):
    assert decode.decode(text.encode())[0] == text.removeprefix("\ufeff")


@given(WORDS)
def test_windows_1252_comes_back_as_it_was(text):
    assert decode.decode(("Été à " + text).encode("cp1252"))[0] == "Été à " + text


@given(WORDS, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_byte_order_mark_decides(text, encoding):
    assert decode.decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_utf16_and_utf32_without_a_mark_are_seen(encoding):
    assert decode.decode(FRENCH.encode(encoding)) == (FRENCH, [])


def test_declared_charset_counts_after_utf8_and_latin1_means_windows_1252():
    page = f'<meta charset="iso-8859-1">{FRENCH}'
    assert decode.decode(page.encode("cp1252"))[0] == page
    assert decode.decode(page.encode())[0] == page
    greek = '<meta charset="iso-8859-7">αβγ'
    assert decode.decode(greek.encode("iso-8859-7"))[0] == greek


def test_wrong_declaration_gives_no_mojibake():
    page = f"<meta charset=utf-8>{FRENCH}"
    assert decode.decode(page.encode("cp1252"))[0] == page


@pytest.mark.parametrize("bad", [b"\xe9", b"\xff", b"\xc3", b"\xe2\x80"])
def test_one_bad_byte_spoils_nothing_else(bad):
    text, warnings = decode.decode(FRENCH.encode() + bad + FRENCH.encode())
    assert text.startswith(FRENCH)
    assert text.endswith(FRENCH)
    assert warnings


def test_encoded_surrogates_are_dropped():
    assert decode.decode(FRENCH.encode() + b"\xed\xa0\x80" + b"!")[0] == FRENCH + "!"


@given(st.text())
def test_clean_is_composed_and_stable(text):
    cleaned = decode.clean(text)
    assert decode.clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not set(cleaned) & set("\0\r\u00ad\u200b\u200d\u2028\ufeff\ud800")


def test_clean_keeps_no_break_spaces_and_one_line_does_not():
    assert decode.clean("10\u00a0%\u202f!") == "10\u00a0%\u202f!"
    assert decode.one_line(" Un\u00a0titre\n\t« long\u202f» ") == "Un titre « long »"


@pytest.mark.parametrize(
    "name", ["undefined", "idna", "punycode", "utf-7", "unicode_escape", "hex", "zip", "utf-16", "x\0y", "é", ""]
)
def test_a_charset_that_no_page_can_be_in_is_none(name):
    assert name == "idna" or decode.charset(name) is None  # which agrees with ASCII, and then fails
    page = f'<meta charset="{name}">{FRENCH}'
    if name.isascii():
        assert decode.decode(page.encode("cp1252"))[0] == page


@given(st.lists(st.tuples(WORDS, st.booleans()), min_size=1))
def test_rows_of_files_in_utf8_and_windows_1252_are_each_read_as_they_are(rows):
    rows = [("ÀÉà" * 3 * sum(len(text) for text, _ in rows), False), *rows]
    data = b"".join(text.encode("utf-8" if wide else "cp1252") + b"\n" for text, wide in rows)
    text, warnings = decode.decode(data)
    assert text == "".join(text + "\n" for text, _ in rows)
    assert bool(warnings) == any(wide and not text.isascii() for text, wide in rows)


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_french_in_the_code_page_of_dos_or_of_old_macintoshes_is_read(encoding):
    text = "Près de l'étang, un élève a été « pressé » : où est passé le château, dès l'été ?"
    assert decode.decode(text.encode(encoding))[0] == text
    for other in ("ÉCOLE « FERMÉE » À L’ÉTÉ", "Five years – and then… nothing – as they say…", "5 € – 6 € – 7 €"):
        assert decode.decode(other.encode("cp1252"))[0] == other


@pytest.mark.parametrize("once", ["cp1252", "latin-1"])
def test_text_that_was_encoded_twice_is_read_as_what_it_was(once):
    text = "Près de l'étang, un élève a été pressé à la fin de l'été, çà et là."
    found, warnings = decode.decode(text.encode().decode(once, "replace").encode())
    assert (found, len(warnings)) == (text, 1)


def test_a_text_that_speaks_of_what_is_encoded_twice_keeps_it():
    text = "Le logiciel imprime « Ã© » pour un « é »."
    assert decode.decode(text.encode()) == (text, [])
