import pytest

from presstm.pages import page


def texts(content: str) -> list[str]:
    return [block.text for block in page.blocks(page.parse(page.prepare(content)))]


def test_blocks_come_in_reading_order_with_their_links():
    found = page.blocks(page.parse(page.prepare('<div>un<p>deux <a href="x">trois</a></p>quatre</div>')))
    assert [block.text for block in found] == ["un", "deux trois", "quatre"]
    assert [block.linked for block in found] == [0, 5, 0]


def test_line_break_ends_a_paragraph_after_a_sentence_only():
    assert texts("<p>Une phrase.<br>Une autre<br>qui continue.</p>") == ["Une phrase.", "Une autre qui continue."]
    assert texts("<p>Un titre<br><br>Du texte</p>") == ["Un titre", "Du texte"]


def test_scripts_and_comments_are_cut_and_json_ld_is_kept():
    source = page.prepare(
        '<p>a</p><script>"<p>b</p>"</script><!-- <p>c</p> --><script type="application/ld+json">{"d": 1}</script><p>e</p>'
    )
    assert source.linked_data == ('{"d": 1}',)
    assert [block.text for block in page.blocks(page.parse(source))] == ["a", "e"]


@pytest.mark.parametrize("tag", ["div", "span", "section"])
def test_text_below_the_depth_of_parsers_is_kept(tag):
    assert texts(f"<{tag}>" * 3000 + "<p>tout au fond</p>" + f"</{tag}>" * 3000) == ["tout au fond"]


@pytest.mark.parametrize(
    "attribute", ["hidden", 'hidden=""', 'aria-hidden="true"', 'style="display: none"', 'style="Visibility:hidden;"']
)
def test_hidden_elements_are_no_text(attribute):
    assert texts(f"<p>a</p><p {attribute}>b</p>c") == ["a", "c"]


def test_what_is_found_by_searching_is_not_hidden():
    assert texts('<p hidden="until-found">a</p>') == ["a"]


def test_references_to_control_characters_are_dropped():
    assert texts("<p>a&#1;b&#x1f;c&#xD800;d&#99999999999;e &eacute;&#233;</p>") == ["abcde éé"]


@pytest.mark.parametrize(
    "content",
    ["<p>a</p>" * 70_000, "<div " + " ".join(f"a{n}=1" for n in range(2_000)) + ">", "<br>" * 150_000],
    ids=["elements", "attributes", "breaks"],
)
def test_pages_beyond_measure_are_refused(content):
    with pytest.raises(page.TooComplex):
        page.prepare(content)


def test_nothing_to_parse_is_no_tree():
    assert page.parse(page.prepare("")) is None


def test_noscript_is_unveiled_on_demand():
    assert texts("<noscript><p>a</p></noscript><p>b</p>") == ["b"]
    assert texts(page.unveiled("<noscript><p>a</p></noscript><p>b</p>")) == ["a", "b"]


@pytest.mark.parametrize(
    "call",
    [
        "<a href='#n1'>1</a>",
        "<sup><a href='#n1'>1</a></sup>",
        " <a href='#n1'><sup>1</sup></a>",
        " <span class='ref'>[<a href='#n1'>1</a>]</span>",
        " <a href='#n1'>(2)</a>",
    ],
)
def test_calls_of_footnotes_are_no_part_of_the_number_before_them(call):
    (text,) = texts(f"<p>La halle a reçu 1 204 tonnes{call}, dit le rapport.</p>")
    assert text.replace(" ,", ",") == "La halle a reçu 1 204 tonnes, dit le rapport."


def test_a_number_with_a_link_that_is_a_word_of_the_sentence_stays():
    assert texts("<p>Selon l'article <a href='#a5'>5</a> du statut.</p>") == ["Selon l'article 5 du statut."]
    assert texts("<p>En <a href='#a'>2019</a><a href='/b'>3</a> fois.</p>") == ["En 20193 fois."]


def test_preformatted_text_has_paragraphs_at_blank_lines_and_not_at_its_width():
    found = texts(
        "<div>Un\n\ntitre</div><pre>\nUne phrase finie.\nUne autre, qui\ncontinue.\n\n \nUn second <b>alinéa\n\net</b> un autre.</pre><p>Fin\n\nici</p>"
    )
    assert found == ["Un titre", "Une phrase finie. Une autre, qui continue.", "Un second alinéa", "et un autre.", "Fin ici"]


def test_a_gloss_above_a_word_is_no_part_of_it():
    tree = page.parse(page.prepare("<p>Le <ruby>sabotier<rp>(</rp><rt>artisan</rt><rp>)</rp></ruby> du village</p>"))
    assert [block.text for block in page.blocks(tree)] == ["Le sabotier du village"]


def test_a_line_that_is_a_day_is_a_block_of_its_own():
    assert texts("<td>Des sacs<br>24 mai 2019<br>Une phrase qui<br>continue le 24 mai 2019.</td>") == [
        "Des sacs",
        "24 mai 2019",
        "Une phrase qui continue le 24 mai 2019.",
    ]


def test_french_letters_whose_references_were_escaped_twice_are_letters():
    assert texts("<p>La crue d&amp;eacute;borde &amp;agrave; midi &amp;amp; le soir.</p>") == [
        "La crue déborde à midi &amp; le soir."
    ]
