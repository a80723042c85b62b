import io
import zipfile

import pytest

from presstm import readers
from presstm.formats import Item, press_review
from presstm.settings import ExtractSettings

SENTENCES = [
    f"Le {n}e tisserand de Valmorne a plié son métier sous les halles, et la mairie ne sait pas encore qui le lui rachètera."
    for n in range(2, 30)
]


def review(lengths: list[int], foot: str = "") -> tuple[str, list[str]]:
    """A page of items with so many paragraphs each, and their texts."""
    rest = iter(SENTENCES)
    texts = ["\n".join(next(rest) for _ in range(length)) for length in lengths]
    items = [
        f"Des métiers sous les halles, {n}\nLe Héron de Valmorne, {n} mai 2019\n{text}"
        for n, text in enumerate(texts, start=1)
    ]
    return "\n\n".join(["REVUE DE PRESSE", *items, foot]).strip(), [text.replace("\n", "\n\n") for text in texts]


def read(content: str) -> tuple[list[str], list[str]]:
    """Texts of items and details of rejects."""
    found = press_review.found_in(content)
    assert found is not None
    return [one.text for one in found if isinstance(one, Item)], [one.detail for one in found if not isinstance(one, Item)]


@pytest.mark.parametrize("lengths", [[1, 1, 1], [3, 1, 2], [6, 6, 6], [1, 9, 4]])
def test_items_have_all_their_paragraphs_however_many(lengths):
    content, texts = review(lengths)
    kept, rejected = read(content)
    assert kept == texts
    assert rejected == ["text of the page around its items: REVUE DE PRESSE"]


def test_the_foot_of_a_page_of_extracts_is_no_part_of_the_last_one():
    foot = "Ces extraits ont été réunis par les amis de la halle, qui tiennent le reste à la disposition de chacun."
    content, texts = review([1, 1, 1], foot)
    kept, rejected = read(content)
    assert kept == texts
    assert foot in rejected[-1]


def test_a_call_between_items_is_no_part_of_the_one_before_it():
    call = (
        "Vous tissez chez vous et votre métier est à l'arrêt ? Accepteriez-vous de nous le raconter ? Vous pouvez nous écrire, "
        "votre nom restera entre nous : halles@heron.example."
    )
    content, texts = review([2, 2, 2])
    kept, _ = read(content.replace("\n\nDes métiers sous les halles, 3", f"\n\n{call}\n\nDes métiers sous les halles, 3"))
    assert kept == texts


def test_a_subheading_within_an_item_is_one_of_its_paragraphs():
    content, texts = review([6, 6])
    headed = [text.split("\n\n") for text in texts]
    for lines in headed:
        content = content.replace(lines[3], f"Des voix contre\n{lines[3]}")
        lines.insert(3, "Des voix contre")
    assert read(content)[0] == ["\n\n".join(lines) for lines in headed]


def test_a_press_review_in_a_word_file_an_rtf_or_a_message_has_the_same_items():
    content, texts = review([2, 1, 3])
    letters = "".join(letter if letter.isascii() else f"\\'{letter.encode('cp1252').hex()}" for letter in content)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as word:
        runs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in content.split("\n") if line)
        word.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{runs}</w:body></w:document>',
        )
    message = (
        f"From: a@heron.example\nSubject: revue\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{content}"
    )
    for data in (packed.getvalue(), ("{\\rtf1\\ansi " + letters.replace("\n", "\\par ") + "}").encode(), message.encode()):
        results = readers.read(data, ExtractSettings()).results
        assert [one.text for one in results if isinstance(one, Item)] == texts
