"""Where a site speaks to its reader for itself: the offer that ends the open part of an article, and pages that are nothing else.

What is sold and how is worded anew by every outlet. What these words do is the same: they say "you", name a price, an account or a
formula, and the rest that is to be read; they stand in an element of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from presstm.pages.decode import one_line
from presstm.pages.page import Block, names_of

_YOU = re.compile(r"\b(?:vous|votre|vos)\b|-vous\b|\b(?!(?:chez|assez|rendez)\b)\w{3,}ez\b", re.I)
_HOUSE = re.compile(
    r"\b(?:nous|notre|nos)\b|\b(?:cet?|cette) (?:site|page|article|contenu|rubrique|document|service|adresse)\b|"
    r"\b(?:la page|l['’]article|l['’]adresse|le contenu) (?:que vous|demandé)",
    re.I,
)
_PRICE = re.compile(r"\d ?(?:€|euros?\b|\$|CHF\b|F ?CFA\b)|\b(?:CHF|€|\$) ?\d", re.I)
_ACCOUNT = re.compile(
    r"abonn|compte\b|connect|identifi|inscri|session\b|essai\b|pass\b|formule|offres?\b|tarif|engagement|membres?\b|premium|illimité|"
    r"kiosque|liseuse|édition (?:papier|numérique|du jour)|lecteurs|communauté|achet|crédit\b|mobile money|orange money",
    re.I,
)
_READ = (
    r"(?:articles?|textes?|contenus?|sujets?|papiers?|reportages?|récits?|entretiens?|enquêtes?|décryptages?|analyses?)\b"
)
_NO_OTHER = r"(?! (?:de|du|des|d['’])\b)"  # la fin de l'exposition
_WHOLE = r"(?:en entier|en totalité|en intégralité|l['’]intégralité|la totalité|la fin|le reste)"
_REST = re.compile(  # of what is to be read: that there is a suite, the whole of a text, a limit of what is free, a bar
    rf"\b(?:lire|lisez|voir|découvr\w+|d[ée]bloqu\w+|accéde\w+ à|connaître) la suite\b|\bla suite (?:de (?:cet|l['’])|est|vous|après|pour|contre|dès)\b|"
    rf"(?:%|\b{_WHOLE}) (?:de (?:ce|cet|cette|votre|nos|l['’])|du|d['’]un) ?{_READ}|\b{_READ} .{{0,20}}\b{_WHOLE}|\bce qui suit\b|"
    rf"\b(?:lire|lisez|parcour\w+|retrouve[rz]|découvr\w+)\b.{{0,40}}\b{_WHOLE}{_NO_OTHER}|\brest(?:e|ent)\b.{{0,15}}\bà (?:lire|découvrir|parcourir)\b|"
    rf"\b(?:pour|de|à) (?:continuer|poursuivre)(?: ?[,:.!]|$)|\b(?:continue[rz]|poursui\w+) (?:(?:la|votre|sa|cette) (?:lecture\b|{_READ})|à (?:nous )?lire)|"
    rf"d[ée](?:bloqu|verrouill)ez\b|\b(?:cet?|cette|l['’]|le|la) ?{_READ}.{{0,30}}\b(?:réservée?s?|verrouillée?|payante?|accès (?:restreint|limité))|"
    rf"\b{_READ} (?:complet|intégral|gratuit|offert|verrouillé|réservé|payant)e?s?\b{_NO_OTHER}|\b(?:quota|limite) (?:de lecture|(?:de|d['’]) ?{_READ})|"
    r"\bversion (?:longue|intégrale|complète)\b|\b(?:lisez|lire) un extrait\b",
    re.I,
)
_LOCK = re.compile(r"(?:^|[\s_-])(?:pay-?wall|piano|poool|premium|locked|restricted)(?:$|[\s_-])", re.I)  # class of a bar
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”")
_SENTENCE = re.compile(r"(?<=[.!?…])[\s»]+|\n+")
_BUTTON_WORDS, _PRICE_WORDS = 8, 12  # of a line without a full stop, or with a price, at most
_MOST_BLOCKS = 8  # of an offer
_SPOKEN = 0.6  # share of the words of a page that are said to the reader
_UNKEPT = (None, "unseen", "selling", "paywall", "link")  # why a block that belongs to an offer may have been left out
_WEB = re.compile(
    r"\b(?:(site|page|article|contenu|compte|adresse|lien|navigateur|navigation|connexion|cookie|traceur|témoin|donnée|courriel|e-?mail|serveur|moteur|robot|"
    r"terminal|partenaire|formule|offre|newsletter|lettre|préférence|écran|réseau|rédaction|journal|publication|choix)s?\b|(?!abonder)(abonn|inscri|"
    r"désinscri|publicit|acc[eéè]|personnalis|identifi|recharge|redirig|maintenance|consult|engagement|consent|résili|dépubli|navig))|"
    r"(mot de passe|vie privée|en ligne|liste blanche)",
    re.I,
)


def offer_at_end(found: Sequence[Block], kept: Sequence[bool], noise: Sequence[str | None]) -> tuple[list[bool], str | None]:
    """The blocks kept without an offer at their end, and the words of that offer: it says that there is more of the article to read.

    An offer is a run of lines said to the reader, or buttons, after the last sentence of the article, apart from its paragraphs.
    """
    numbers = [number for number, keep in enumerate(kept) if keep]
    if not numbers:
        return list(kept), None
    start = len(numbers)
    while start > 1 and len(numbers) - start < _MOST_BLOCKS and _is_said(found[numbers[start - 1]].text):
        start -= 1
    paragraph = found[numbers[start - 1]]
    run = numbers[start:]
    if not all(_is_apart(found[number], paragraph) for number in run):
        run, paragraph = [], found[numbers[-1]]
    for number in range(numbers[-1] + 1, min(numbers[-1] + 1 + _MOST_BLOCKS, len(found))):
        if noise[number] not in _UNKEPT or not _is_said(found[number].text):
            break
        if _is_apart(found[number], paragraph):
            run.append(number)
    words = "\n".join(found[number].text for number in run)
    sold = _PRICE.search(words) or _ACCOUNT.search(words)
    if not _REST.search(words) or not (sold or any(_is_locked(found[number]) for number in run)):
        return list(kept), None
    return [keep and number not in run for number, keep in enumerate(kept)], one_line(words)[:100]


def speaks_of_itself(text: str) -> bool:
    """Whether a text is nothing but what a site says to its reader: a wall, an error, a form, terms of use.

    Most of its sentences are said to the reader (one in three) or of the page (one at least); two words or more are of the web; nobody is
    quoted.
    """
    sentences = [one for one in map(str.strip, _SENTENCE.split(text)) if one]
    if not sentences or any(len(quote.split()) > 6 for quote in _QUOTED.findall(text)):
        return False
    whole = [one for one in sentences if len(one.split()) > 3]
    said = [one for one in whole if _YOU.search(one) or _HOUSE.search(one)]
    you, house = (sum(pattern.search(one) is not None for one in whole) for pattern in (_YOU, _HOUSE))
    words = {next(filter(None, match.groups())).casefold() for match in _WEB.finditer(text)}
    return len(words) > 1 and house > 0 and 3 * you >= len(whole) and _words(said) >= _SPOKEN * _words(whole)


def _is_said(text: str) -> bool:
    """Whether most of a line is said to the reader, or is a button or a price."""
    bare = _QUOTED.sub("", text)
    sentences = [one for one in _SENTENCE.split(bare) if one.strip()]
    said = [one for one in sentences if _YOU.search(one) or _HOUSE.search(one) or _is_button(one.strip())]
    return len(bare) >= 0.7 * len(text) and 2 * _words(said) >= _words(sentences)


def _is_button(line: str) -> bool:
    words = len(re.findall(r"\w+", line))
    return (words <= _BUTTON_WORDS and not line.endswith((".", "»"))) or (
        words <= _PRICE_WORDS and _PRICE.search(line) is not None
    )


def _is_apart(block: Block, paragraph: Block) -> bool:
    """Whether a block stands in another element than a paragraph of the article, or is none."""
    return block.tag != paragraph.tag or block.element.getparent() is not paragraph.element.getparent()


def _is_locked(block: Block) -> bool:
    """Whether the element of a block, or one of two around it, is called a bar."""
    around = [block.element, *block.element.iterancestors()][:3]
    return any(map(_LOCK.search, map(names_of, around)))


def _words(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)
