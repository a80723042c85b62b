"""Nasty files around one invented article: what a crawl, a browser or a broken export may leave on a disk.

`CASES` gives, per name of a file, its bytes and what must become of it: ARTICLE (the article, whole), CLEAN (the article without
SECRET), a reason, a set of reasons, or ANY (an article or a reject, but an answer).
"""

from __future__ import annotations

import gzip
import json
import random

PARAGRAPHS = (
    "Le conseil municipal de Valmorne a voté mardi soir la réouverture de la passerelle de l’Ourse, fermée depuis l’automne.",
    "Les travaux ont duré sept mois, car les piles de l’ouvrage avaient été creusées par la crue, explique l’ingénieure Odette Marchal.",
    "« On pouvait passer la main dans la pierre », raconte-t-elle, encore étonnée que la passerelle ait tenu tout l’hiver.",
    "La commune a payé 412 000 euros, dont la moitié vient de la région ; le reste sera remboursé en quinze ans.",
)
TITLE = "La passerelle de l’Ourse rouvre"
SECRET = "ceci ne doit pas sortir du tout"
ARTICLE, CLEAN, ANY = "article", "clean", "any"
REJECTED = frozenset({"unreadable"}) | frozenset(
    {"no_text", "empty", "too_short", "not_article", "incomplete_text", "unsupported_format", "too_complex"}
)


def paragraphs(tag: str = "p") -> str:
    return "\n".join(f"<{tag}>{paragraph}</{tag}>" for paragraph in PARAGRAPHS)


def page(body: str | None = None, head: str = "", doctype: str = "<!DOCTYPE html>", body_attributes: str = "") -> str:
    inside = f"<main><h1>{TITLE}</h1>{body if body is not None else paragraphs()}</main>"
    return (
        f'{doctype}<html lang="fr"><head><title>{TITLE}</title>{head}</head><body {body_attributes}>{inside}</body></html>'
    )


def _json_ld(value: object) -> str:
    raw = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{raw}</script>'


def _after(text: str) -> str:
    return page(paragraphs() + text)


def _before(text: str) -> str:
    return page(text + paragraphs())


def _second(text: str) -> str:
    first, *rest = paragraphs().split("\n")
    return page(first + text + "\n".join(rest))


def _depth(tag: str, levels: int) -> str:
    return page(f"<{tag}>" * levels + paragraphs() + f"</{tag}>" * levels)


def cases() -> dict[str, tuple[bytes, object]]:
    """Every nasty file."""
    chance = random.Random(7)
    noise = bytes(chance.randrange(256) for _ in range(20_000))
    long = "x" * 1_000_000
    text: dict[str, tuple[str, object]] = {
        # nesting
        **{f"div-{n}": (_depth("div", n), ARTICLE) for n in (100, 252, 253, 260, 2_000, 10_000)},
        **{f"{tag}-3000": (_depth(tag, 3_000), ARTICLE) for tag in ("span", "b", "section", "blockquote", "font")},
        "tables-in-tables": (page("<table><tr><td>" * 400 + paragraphs() + "</td></tr></table>" * 400), ARTICLE),
        "lists-in-lists": (page("<ul><li>" * 400 + paragraphs() + "</li></ul>" * 400), ANY),
        "unclosed-div-5000": (page("<div>" * 5_000 + paragraphs()), ARTICLE),
        "closed-too-often": (_before("</div></p></span>" * 2_000), ARTICLE),
        "unclosed-p": (page("<p>" + "<p>".join(PARAGRAPHS)), ARTICLE),
        "nothing-closed": (f"<html><body><h1>{TITLE}<p>" + "<p>".join(PARAGRAPHS), ARTICLE),
        "misnested": (page(paragraphs().replace("<p>", "<b><i><p>").replace("</p>", "</b></i></p>")), ARTICLE),
        # size and number
        "million-br": (_after("<br>" * 1_000_000), frozenset({"too_complex"})),
        "200000-paragraphs": (page("<p>Un mot.</p>" * 200_000), frozenset({"too_complex"})),
        "20000-spans": (_after("<span>a</span>" * 20_000), ANY),
        "100000-attributes": (_before("<div " + " ".join(f"a{n}=1" for n in range(100_000)) + "></div>"), frozenset({"too_complex"})),
        "5000-classes": (_before('<div class="' + " ".join(f"c{n}" for n in range(5_000)) + '"></div>'), ARTICLE),
        "long-attribute": (_before(f'<div data-x="{long}"></div>'), ARTICLE),
        "base64-image": (_second(f'<img src="data:image/png;base64,{long * 3}" alt="">'), ARTICLE),
        "one-line": (_after(" " * 5_000_000), ARTICLE),
        "long-word": (_after(f"<p>{long}</p>"), ARTICLE),
        "guillemets": (_after("<p>" + "«" * 16_000 + "</p>"), ARTICLE),
        "inline-script-11-mb": (_before("<script>var x = '" + "a" * 11_000_000 + "';</script>"), ARTICLE),
        "inline-style-11-mb": (page(head="<style>" + "a{b:c}" * 2_000_000 + "</style>"), ARTICLE),
        "many-less-than": (_after("<p>" + "a < b " * 20_000 + "</p>"), ANY),
        "only-less-than": ("<html>" + "<" * 500_000, ANY),
        "many-comments": (_before("<!-- c -->" * 100_000), ARTICLE),
        "many-entities": (_after("<p>" + "&eacute;" * 50_000 + "</p>"), ARTICLE),
        # raw text, comments and the like
        "comment-unclosed": (_after(f"<!-- {SECRET}"), ARTICLE),
        "comment-with-markup": (_before(f"<!-- <p>{SECRET}</p> -->"), CLEAN),
        "comment-dashes": (_before(f"<!-- a -- b > <p>{SECRET}</p> -->"), CLEAN),
        "comment-bang": (_before(f"<!-- <p>{SECRET}</p> --!>"), CLEAN),
        "comment-empty": (_before("<!--><!---->"), ARTICLE),
        "conditional-comment": (_before(f"<!--[if IE]><p>{SECRET}</p><![endif]-->"), CLEAN),
        "conditional-revealed": (_before("<![if !IE]><p></p><![endif]>"), ARTICLE),
        "script-in-comment": (_before("<!-- <script> -->"), ARTICLE),
        "comment-in-script": (_before(f"<script><!-- <p>{SECRET}</p> --></script>"), CLEAN),
        "script-with-markup": (_before(f'<script>document.write("<p>{SECRET}</p>")</script>'), CLEAN),
        "script-unclosed": (_after(f"<script>{SECRET}"), CLEAN),
        "style-unclosed": (_after(f"<style>{SECRET}"), CLEAN),
        "textarea": (_after(f"<textarea><p>{SECRET}</p></textarea>"), CLEAN),
        "title-unclosed": (f"<html><head><title>{TITLE}<body>{paragraphs()}", ANY),
        "plaintext": (page(paragraphs() + "<plaintext>"), ARTICLE),
        "cdata": (_before(f"<![CDATA[ {SECRET} ]]>"), ANY),
        "processing-instruction": (_before("<?php echo 1; ?>"), ARTICLE),
        "quote-unclosed": (_after(f'<a href="x>{SECRET}'), ANY),
        "tag-unclosed": (_after("<p class='a'"), ARTICLE),
        "noscript-text": (f"<html><body><h1>{TITLE}</h1><noscript>{paragraphs()}</noscript></body></html>", ARTICLE),
        "shadow-root": (f'<html><body><div><template shadowrootmode="open">{paragraphs()}</template></div></body></html>', ARTICLE),
        "template": (_after(f"<template><p>{SECRET}</p></template>"), CLEAN),
        "svg-text": (_after(f"<svg><text>{SECRET}</text></svg>"), CLEAN),
        "iframe": (_after(f'<iframe srcdoc="<p>{SECRET}</p>">{SECRET}</iframe>'), CLEAN),
        # hidden text
        "hidden": (_second(f"<p hidden>{SECRET}</p>"), CLEAN),
        "hidden-empty-value": (_second(f'<p hidden="">{SECRET}</p>'), CLEAN),
        "aria-hidden": (_second(f'<p aria-hidden="true">{SECRET}</p>'), CLEAN),
        "display-none": (_second(f'<p style="color:red; DISPLAY : none">{SECRET}</p>'), CLEAN),
        "visibility-hidden": (_second(f'<p style="visibility:hidden">{SECRET}</p>'), CLEAN),
        "hidden-around": (_second(f"<div hidden><div><p>{SECRET}</p></div></div>"), CLEAN),
        "body-hidden-until-script": (page(body_attributes='style="visibility: hidden"'), ARTICLE),
        "dialog": (_second(f"<dialog><p>{SECRET}</p></dialog>"), CLEAN),
        # characters
        "reference-1": (_second("<p>Un signe &#1; de plus dans cette phrase du journal.</p>"), ARTICLE),
        "reference-0": (_second("<p>Un signe &#0; de plus dans cette phrase du journal.</p>"), ARTICLE),
        "reference-hex-1f": (_second("<p>Un signe &#x1F; de plus dans cette phrase du journal.</p>"), ARTICLE),
        "reference-surrogate": (_second("<p>Un signe &#xD800; de plus dans cette phrase du journal.</p>"), ARTICLE),
        "reference-huge": (_second("<p>Un signe &#99999999999; de plus dans cette phrase du journal.</p>"), ARTICLE),
        "reference-unknown": (_second("<p>Un signe &inconnu; de plus dans cette phrase du journal.</p>"), ARTICLE),
        "controls": (_second("<p>Un \x01\x02\x1b signe de plus dans la phrase.</p>"), ARTICLE),
        "zero-width": (page(paragraphs().replace("passerelle", "pas\u200bse\u00adrelle")), ARTICLE),
        "right-to-left": (page(paragraphs().replace("passerelle", "\u202epasserelle\u202c")), ARTICLE),
        "decomposed": (page(paragraphs().replace("é", "e\u0301").replace("à", "a\u0300")), ARTICLE),
        "no-break-spaces": (page(paragraphs().replace(" »", "\u00a0»").replace("412 000", "412\u202f000")), ANY),
        "line-separators": (page(paragraphs().replace("</p>", "</p>\u2028")), ARTICLE),
        "private-use": (_after("<p>\ue000\uf8ff</p>"), ARTICLE),
        "emoji": (_after("<p>👩\u200d🔧🇫🇷</p>"), ARTICLE),
        # declarations
        "xhtml": (page(doctype='<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'), ARTICLE),
        "internal-subset": (page(doctype='<!DOCTYPE html [<!ENTITY a "b"><!ENTITY x SYSTEM "file:///etc/passwd">]>', body=paragraphs() + "<p>&x;</p>"), ARTICLE),
        "entity-bomb": (page(doctype="<!DOCTYPE html [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)) + "]>", body=paragraphs() + "<p>&a11;</p>"), ARTICLE),
        "frameset": ('<html><head><title>Cadres</title></head><frameset cols="20%,80%"><frame src="a.html"><frame src="b.html"></frameset></html>', REJECTED),
        "meta-refresh": ('<html><head><meta http-equiv="refresh" content="0;url=/x"></head><body></body></html>', REJECTED),
        "meta-refresh-article": (page(head='<meta http-equiv="refresh" content="300">'), ARTICLE),
        "import-loop": (page(head='<style>@import url("self.html");</style><link rel="stylesheet" href="self.html">'), ARTICLE),
        "base": (page(head='<base href="http://[">'), ARTICLE),
        "bad-links": (_after('<p><a href="http://[::1">lien</a></p>'), ARTICLE),
        "amp": (page().replace("<html ", "<html amp ").replace("<main>", "<amp-story><main>"), ARTICLE),
        "two-bodies": (page().replace("<main>", "<body class=x><main>"), ARTICLE),
        "two-pages": (page() + page(), ARTICLE),
        "bad-language": (page().replace('lang="fr"', 'lang="xx-\x01"'), ARTICLE),
        # text without paragraphs
        "br-only": (page("<br><br>".join(PARAGRAPHS)), ARTICLE),
        "single-br": (page("<div>" + "<br>".join(PARAGRAPHS) + "</div>"), ARTICLE),
        "one-span": (page("<span>" + " ".join(PARAGRAPHS) + "</span>"), ARTICLE),
        "body-text": (f"<html><body>{' '.join(PARAGRAPHS)}</body></html>", ARTICLE),
        "divs": (page(paragraphs("div")), ARTICLE),
        "custom-elements": (page(paragraphs("x-para")), ARTICLE),
        "pre": (page("<pre>" + "\n\n".join(PARAGRAPHS) + "</pre>"), ARTICLE),
        "list-items": (page("<ul>" + paragraphs("li") + "</ul>"), ARTICLE),
        "definition": (page("<dl>" + paragraphs("dd") + "</dl>"), ANY),
        "everything-linked": (page(f'<a href="/x">{paragraphs()}</a>'), ANY),
        "word-by-word": (page("".join("<p>" + " ".join(f"<span>{w}</span>" for w in p.split(" ")) + "</p>" for p in PARAGRAPHS)), ARTICLE),
        # structured data
        "json-broken": (page(head=_json_ld('{"@type": "NewsArticle", "headline": "x')), ARTICLE),
        "json-deep": (page(head=_json_ld("[" * 100_000 + "]" * 100_000)), ARTICLE),
        "json-deep-objects": (page(head=_json_ld('{"@graph":' * 5_000 + "{}" + "}" * 5_000)), ARTICLE),
        "json-huge": (page(head=_json_ld({"@type": "NewsArticle", "x": "y" * 3_000_000})), ARTICLE),
        "json-graphs": (page(head=_json_ld([{"@graph": [{"@type": ["NewsArticle", "Thing"], "headline": TITLE, "datePublished": "2019-05-24"}]}])), ARTICLE),
        "json-wrong-types": (page(head=_json_ld({"@type": "NewsArticle", "headline": {"a": 1}, "author": [None, 3, {"name": [4]}], "datePublished": 5, "publisher": [[]], "url": {}, "inLanguage": 7, "articleSection": {"x": []}, "mainEntityOfPage": 3, "isAccessibleForFree": [1]})), ARTICLE),
        "json-numbers": (page(head=_json_ld("9" * 100_000)), ARTICLE),
        "json-nan": (page(head=_json_ld('{"@type": "NewsArticle", "wordCount": NaN, "headline": "\\ud800"}')), ARTICLE),
        "json-in-comment": (page(head=_json_ld("<!-- " + json.dumps({"@type": "NewsArticle", "headline": TITLE}) + " -->")), ARTICLE),
        "json-million-nodes": (page(head=_json_ld([{"@type": "NewsArticle"}] * 60_000)), ARTICLE),
        "meta-empty": (page(head='<meta><meta name content><meta property="og:title">'), ARTICLE),
        "date-impossible": (page(head='<meta property="article:published_time" content="2019-02-30">'), ARTICLE),
        "date-absurd": (page(head='<meta property="article:published_time" content="99999-99-99T99:99">'), ARTICLE),
        # no articles
        "404": ("<html><head><title>Page introuvable</title></head><body><h1>Erreur 404</h1><p>La page que vous cherchez n’existe pas ou a été déplacée.</p></body></html>", REJECTED),
        "login": ("<html><head><title>Connexion</title></head><body><h1>Connexion</h1><form><label>Adresse</label><input></form><p>Pour accéder à votre espace, saisissez votre mot de passe ; il vous a été envoyé par courrier.</p></body></html>", REJECTED),
        "index": ("<html lang=fr><head><title>Toute l’actualité</title></head><body>" + "".join(f'<article><h2><a href="/{n}">Titre de l’article numéro {n} du journal</a></h2><p>{p}</p></article>' for n, p in enumerate(PARAGRAPHS * 3)) + "</body></html>", REJECTED),
        "gallery": ("<html lang=fr><body><h1>La crue en images</h1>" + "<figure><img src=x><figcaption>La passerelle vue du pont, mardi.</figcaption></figure>" * 20 + "</body></html>", REJECTED),
        "only-script": ("<html><body><script>render()</script><div id=app></div></body></html>", REJECTED),
        "spaces": ("<html><body>" + "&nbsp; " * 1_000 + "</body></html>", REJECTED),
        "english": (page("<p>The town council voted on Tuesday evening to reopen the footbridge, which had been closed since the autumn because of the flood.</p>" * 4).replace(TITLE, "The bridge opens"), frozenset({"not_french"})),
        "lorem": (page("<p>Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore.</p>" * 5), ANY),
    }  # fmt: skip
    # An XHTML page as it is served, with each encoding; `é` and `’` tell them apart.
    plain = page().replace("’", "'").replace("œ", "oe")
    data: dict[str, tuple[bytes, object]] = {
        "latin-1-undeclared": (plain.encode("latin-1"), ARTICLE),
        "cp1252-undeclared": (page().encode("cp1252"), ARTICLE),
        "cp1252-labelled-utf-8": (page(head="<meta charset=utf-8>").encode("cp1252"), ARTICLE),
        "utf-8-labelled-latin-1": (page(head="<meta charset=iso-8859-1>").encode(), ARTICLE),
        "cp1252-labelled-latin-1": (page(head="<meta charset=iso-8859-1>").encode("cp1252"), ARTICLE),
        "latin-9": (page(head="<meta charset=iso-8859-15>").replace("’", "'").encode("iso-8859-15"), ARTICLE),
        "utf-8-bom": (b"\xef\xbb\xbf" + page().encode(), ARTICLE),
        "utf-8-two-boms": (b"\xef\xbb\xbf\xef\xbb\xbf" + page().encode(), ARTICLE),
        "utf-16-bom": (page().encode("utf-16"), ARTICLE),
        "utf-16-le": (page().encode("utf-16-le"), ARTICLE),
        "utf-16-be": (page().encode("utf-16-be"), ARTICLE),
        "utf-16-labelled-utf-8": (page(head="<meta charset=utf-8>").encode("utf-16-le"), ARTICLE),
        "utf-32": (page().encode("utf-32"), ARTICLE),
        "charset-unknown": (page(head="<meta charset=martien>").encode("cp1252"), ARTICLE),
        "charset-utf-7": (page(head="<meta charset=utf-7>").encode(), ARTICLE),
        "charset-base64": (page(head="<meta charset=base64>").encode("cp1252"), ARTICLE),
        "one-bad-byte": (page().encode().replace("étonnée".encode(), b"\xe9tonn\xc3\xa9e"), ARTICLE),
        "cut-in-a-character": (page().encode() + b"\xc3", ARTICLE),
        "nuls": (page().encode().replace(b"<p>", b"<p>\0"), ARTICLE),
        "lone-surrogate": (page(paragraphs() + "<p>\ud800</p>").encode("utf-8", "surrogatepass"), ARTICLE),
        "mixed": (page().encode() + "<p>Après</p>".encode("cp1252"), ARTICLE),
        "ebcdic": (page().replace("’", "'").encode("cp500"), ANY),
        "empty": (b"", frozenset({"empty"})),
        "blank": (b" \n\t ", frozenset({"empty"})),
        "only-nuls": (b"\0" * 10_000, REJECTED),
        "one-byte": (b"<", REJECTED | {"not_french"}),
        "png": (b"\x89PNG\r\n\x1a\n" + noise, REJECTED | {"not_french"}),
        "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + noise, REJECTED | {"not_french"}),
        "zip": (b"PK\x03\x04" + noise, REJECTED | {"not_french"}),
        "gzip": (gzip.compress(page().encode(), mtime=0), ANY),
        "random": (noise, REJECTED | {"not_french"}),
        "exe": (b"MZ\x90\0\x03\0\0\0" + noise, REJECTED | {"not_french"}),
        "json": (json.dumps({"a": [1, 2]}).encode(), REJECTED | {"not_french"}),
    }
    return {
        **{f"{name}.html": (content.encode("utf-8", "surrogatepass"), wanted) for name, (content, wanted) in text.items()},
        **{f"{name}.html": found for name, found in data.items()},
    }
