"""What a site says to its reader for itself: the offer to read the rest of an article that is only begun, and pages that are nothing else.

What is sold and how is worded anew by every outlet. What these words do is the same: they speak to the reader or of this article, they
say that there is more of it to read, and what it is to be had for (a price, an account, a formula).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from presstm.pages.decode import one_line
from presstm.pages.page import HEADINGS, Block, names_of

_YOU = re.compile(r"\b(?:vous|votre|vos)\b|-vous\b|\b(?!(?:chez|assez|rendez)\b)\w{3,}ez\b", re.I)
_HOUSE = re.compile(
    r"\b(?:nous|notre|nos)\b|\b(?:cet?|cette) (?:site|page|article|contenu|récit|reportage|rubrique|document|service|adresse)\b|"
    r"\b(?:la page|l['’]article|l['’]adresse|le contenu) (?:que vous|demandé)",
    re.I,
)
_PRICE = re.compile(r"\d ?(?:€|euros?\b|\$|CHF\b|F ?CFA\b)|\b(?:CHF|€|\$) ?\d", re.I)
_ACCOUNT = re.compile(  # what the rest is to be had for
    r"\b(?:abonn|compte\b|connect|identifi|inscri|session\b|essai\b|pass\b|formule|offres?\b|tarif|engagement|membres?\b|premium|illimité|"
    r"kiosque|liseuse|édition (?:papier|numérique|du jour)|lecteurs|communauté|ach[eè]t|crédits?\b|points\b|mobile money|orange money|"
    r"adh[ée]r|carte\b|mot de passe|code\b|command|contribut|soutien|soutenez|une publicité|cookies|rejoign|gratuit|mois (?:est )?offert)",
    re.I,
)
_READ = r"(?:articles?|textes?|contenus?|sujets?|papiers?|reportages?|récits?|entretiens?|interviews?|histoires?|enquêtes?|dossiers?|décryptages?|analyses?)\b"
_THIS = rf"(?:(?:cet?|cette)(?: seule?)? {_READ}|l['’] ?article\b)"
_NO_OTHER = rf"(?! (?:de|du|des|d['’])\b(?! (?:{_THIS}|cette page)))"  # la fin de l'exposition
_WHOLE = r"(?:en entier|en totalité|en intégralité|l['’]intégralité|la totalité|la fin|le reste|le début)"
_READERS = r"(?:aux|à nos|pour nos|pour les) (?:seuls |lecteurs )?(?:abonné(?:\W?e)?\W?s|adhérents|membres|inscrits|lecteurs (?:premium|connectés))(?: (?:du|de la|au) .{2,40})?"
_LEFT = re.compile(r"il vous reste\b.{0,30}?\d+ ?%(?= (?:de .{3,30} )?à (?:lire|découvrir|parcourir))", re.I)
_OF_THIS = rf"(?:de |d['’])(?:{_THIS}|(?:nos|un) {_READ})"
_REST = re.compile(  # that there is more of this article: its suite, its whole, a bar, a limit of what is free
    r"\b(?:(?:lire|lisez|voir|retrouve[rz]|découvr\w+|d[ée]bloqu\w+|accéde\w+ à|accès à|connaître) la suite\b|"
    rf"(?:la|sa) suite (?:de {_THIS}|est (?:réservée|payante|à lire|accessible|disponible)|vous (?:est|attend)|après (?!(?:cette|la) (?:pub|annonce))|pour \d|contre|dès|en vous)|"
    rf"ce qui suit\b|{_WHOLE} {_OF_THIS}|{_WHOLE} du {_READ}|article .{{0,20}}\b{_WHOLE}|lecture partielle\b|"
    rf"(?:lire|lisez|parcour\w+|retrouve[rz]|découvr\w+|connaître|affich\w+)\b(?:(?!\bnos\b|\btou[st]\b|journal).){{0,40}}\b{_WHOLE}{_NO_OTHER}|"
    r"mots(?: de .{3,30})? à (?:lire|découvrir|parcourir)\b|rest(?:e|ent)\b.{0,15} à lire\b|"
    r"pour (?:continuer|poursuivre)(?= ?[,:.!]|$)|(?:continue[rz]|poursui\w+) (?:(?:la|votre|sa|cette) (?:lecture|article)\b|à (?:nous )?lire\b(?! (?:vos|des|les|son|leurs?)\b))|"
    rf"d[ée](?:bloqu|verrouill)e[rz] (?:{_THIS}|la lecture|l['’]accès)|(?:pour|de|d['’]) ?(?:lire|ouvrir|afficher|déplier|consulter|accéder à) {_THIS}|"
    rf"{_THIS}.{{0,30}}\b(?:réservée?|exclusi\w+|verrouillée?|payante?|accès (?:restreint|limité))\b|"
    rf"ach[eè]te[rz](?:-l[ea]\b| {_THIS})|{_READ} à l['’]unité|(?:vous offrir|accès à) cet article\b|retrouver l['’]accès\b|"
    rf"(?:articles?|contenus?) (?:complet|intégral|gratuit|offert|verrouillé|réservé|payant)s?\b{_NO_OTHER}|(?:quota|limite) (?:de lecture|(?:de|d['’]) ?{_READ})|"
    r"version (?:longue|intégrale|complète)\b|vous lisez un extrait\b)|"
    rf"% (?:{_OF_THIS}|(?:de .{{3,30}} )?à (?:lire|découvrir|parcourir)\b|restants?\b)|^suite de {_THIS}",
    re.I,
)
_PART = rf"(?:(?:la |lire la |la lecture de la )?suite|l['’]accès à (?:la suite|{_WHOLE})|{_WHOLE}|(?:la )?version (?:complète|intégrale|longue))(?: (?:de )?{_THIS})?"
_NOTE = re.compile(  # a whole sentence, said of this article and of who may read it
    rf"\W*(?:(?:{_PART}|(?:{_THIS}|(?:notre |le )?{_READ})(?: intégral| complet)?) (?:(?:vous )?est )?(?:exclusivement )?(?:réservée?|en accès réservé|accessible) {_READERS}|"
    rf"(?:accès )?réservé (?:aux|à nos) (?:seuls )?abonné(?:\W?e)?\W?s|(?:{_THIS}|le texte) est (?:payant|en accès (?:limité|payant))|"
    rf"l['’]accès à {_WHOLE} de {_THIS}.{{0,40}}|{_PART} .{{0,20}}nécessite un abonnement|pour (?:lire|découvrir|accéder à) (?:la suite|l['’]intégralité)\b.{{0,120}})\W*",
    re.I,
)
_ASKS = re.compile(  # how a line beside it begins
    r"\W*(?:(?:déjà|pas encore) abonnée?\b|vous (?:êtes|avez) déjà (?:abonné|un compte|inscrit)|(?:abonnez-vous|s['’]abonner|je m['’]abonne)\b(?! (?:à|au|aux)\b(?! (?:notre|nos|partir)))|"
    r"(?:connectez|identifiez|inscrivez)-vous (?:pour|à|gratuit|sur)|(?:accédez (?:à|gratuitement|immédiatement)|profitez)\b.*(?:abonn|\d ?€|offre|articles)|offre (?:spéciale|découverte|d['’]abonnement)|sans engagement)",
    re.I,
)
_BADGE = re.compile(
    r"\W*(?:(?:article|contenu|accès) réservé\b.{0,25}|réservé (?:aux|à nos) abonn.{1,8}|article abonnés?)\W*", re.I
)  # beside a headline too
_OPEN = re.compile(  # of an article that may be read whole
    r"\baccès libre|\blibre accès|\bvous (?:est|a été) offert|\b(?:est|a été) offerte? par\b|\bmerci d['’]être abonné|\bfai(?:tes|re) un don\b|"
    r"\bvous (?:venez de lire|avez lu|avez pu lire) (?:gratuitement|librement|cet|l['’]|notre)|\bil vous reste (?:[1-9]|une?|deux|trois|quatre) (?:seul )?articles?\b",
    re.I,
)
_OTHER = re.compile(  # for something else than to read it
    r"\bcomment(?:er|aires?)\b|\bréagir\b|\bréactions?\b|\bécoute[rz]\b|\btélécharge|\bimprime|\bpartage[rz]\b|(?<!vous )\boffrir\b|\bpodcasts?\b|\bvidéos?\b|\bchaîne\b|\bnewsletters?\b|\bbesoin\b|\baide[rz]\b",
    re.I,
)
_LOCK = re.compile(r"(?:^|[\s_-])(?:pay-?wall|piano|poool|premium|locked|restricted)(?:$|[\s_-])", re.I)  # class of a bar
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”")
_QUOTING = re.compile(r"[«»“”]")  # left over: a sentence within a quotation
_SENTENCE = re.compile(r"(?<=[.!?…])[\s»]+|\n+")
_ENDS = re.compile(r"(?:(?<=[.!?…\])])\s+|\n+)(?=\S)|(?<![«“\"])\s+(?=Il vous reste \d)")
_LONGEST, _MOST_LINES = 1000, 12  # characters and sentences of an offer, at most
_BUTTON_WORDS, _PRICE_WORDS = 8, 12  # of a line without a full stop, or with a price, at most
_MOST_BLOCKS = 8  # of an offer
_SPOKEN = 0.6  # share of the words of a page that are said to the reader
_WEB = re.compile(
    r"\b(?:(site|page|article|contenu|compte|adresse|lien|navigateur|navigation|connexion|cookie|traceur|témoin|donnée|courriel|e-?mail|serveur|moteur|robot|"
    r"terminal|partenaire|formule|offre|newsletter|lettre|préférence|écran|réseau|rédaction|journal|publication|choix)s?\b|(?!abonder)(abonn|inscri|"
    r"désinscri|publicit|acc[eéè]|personnalis|identifi|recharge|redirig|maintenance|consult|engagement|consent|résili|dépubli|navig))|"
    r"(mot de passe|vie privée|en ligne|liste blanche)",
    re.I,
)


def offer_at_end(found: Sequence[Block], kept: Sequence[bool]) -> tuple[list[bool], str | None]:
    """The blocks kept without an offer at their end, and what it says.

    An offer is a run of lines said to the reader behind the last paragraph of the article, kept or not. If one that is kept does not
    stand apart from the paragraphs, each of its sentences must be said so.
    """
    numbers = [number for number, keep in enumerate(kept) if keep]
    if not numbers:
        return list(kept), None
    for told in (_is_said, _is_all_said):
        said = [*takewhile(lambda number: told(found[number].text), numbers[:0:-1][:_MOST_BLOCKS])]  # noqa: B023
        paragraph = numbers[-len(said) - 1]
        if all(_is_apart(found[number], found[paragraph]) for number in said):
            break
    next_ones = range(numbers[-1] + 1, min(numbers[-1] + 1 + _MOST_BLOCKS, len(found)))
    behind = [*takewhile(lambda number: _is_said(found[number].text) and not _leads_on(found[number]), next_ones)]
    if behind and behind[-1] + 1 < len(found) and _leads_on(found[behind[-1] + 1]):
        behind.pop()  # the heading of links
    run = [
        number
        for number in (*range(paragraph + 1, numbers[-1] + 1), *behind)
        if kept[number] or (_is_said(found[number].text) and _may_belong(found[number]))
    ]
    signal = offer([found[number].text for number in run], locked=any(_is_locked(found[number]) for number in run))
    return [keep and (signal is None or number not in run) for number, keep in enumerate(kept)], signal


def without_offer(text: str) -> tuple[str, str | None]:
    """A text without an offer at its end, and what it says: whole sentences, each said to the reader or of this article."""
    starts = [0, *(match.end() for match in _ENDS.finditer(text, max(0, len(text) - _LONGEST)))]
    lines = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    run = [*takewhile(_is_addressed, lines[: -_MOST_LINES - 1 : -1])][::-1]
    while run and not any(pattern.search(run[0]) for pattern in (_HOUSE, _REST, _ACCOUNT, _PRICE)):
        run.pop(0)  # a subheading
    signal = offer(run)
    return (text, None) if signal is None else (text[: len(text) - sum(map(len, run))].rstrip(), signal)


def offer(lines: Sequence[str], *, locked: bool = False) -> str | None:
    """What lines that a site says offer: more of the article and, two lines from that at most, what for (or `locked`: behind a bar)."""
    if any(map(_OPEN.search, lines)):
        return None
    for number, line in enumerate(lines):
        if (left := _LEFT.search(line)) or _NOTE.fullmatch(line):
            return _signal(left.group() if left else line)
        beside = "\n".join(lines[max(0, number - 2) : number + 3])
        if _REST.search(line) and not _OTHER.search(line) and (locked or _PRICE.search(beside) or _ACCOUNT.search(beside)):
            return _signal(line)
    return None


def is_of_offer(text: str) -> bool:
    """Whether a line is an offer by itself, or one of the lines that stand beside it."""
    return (any(pattern.match(text) for pattern in (_ASKS, _BADGE)) or offer([text]) is not None) and _is_all_said(text)


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


def _signal(words: str) -> str:
    return one_line(words).strip(" .…[]()")[:100]


def _is_said(text: str) -> bool:
    """Whether most of a line is said to the reader, or its end is and tells of the rest."""
    bare = _QUOTED.sub("", text)
    sentences = [one for one in _SENTENCE.split(bare) if one.strip()]
    said = list(filter(_is_addressed, sentences))
    most = 2 * _words(said) >= _words(sentences) or (said[-1:] == sentences[-1:] and _REST.search(said[-1]) is not None)
    return len(bare) >= 0.7 * len(text) and most


def _is_all_said(text: str) -> bool:
    return all(_is_addressed(one) for one in _SENTENCE.split(text) if one.strip())


def _is_addressed(sentence: str) -> bool:
    """Whether a sentence is said to the reader or of this page, or is a button, a price or a badge."""
    bare = _QUOTED.sub("", sentence).strip()
    said = _YOU.search(bare) or _HOUSE.search(bare) or _is_button(bare) or _NOTE.fullmatch(bare) or _BADGE.fullmatch(bare)
    return bool(said) and len(bare) >= 0.7 * len(sentence.strip()) and _QUOTING.search(bare) is None


def _may_belong(block: Block) -> bool:
    """Whether a block that was left out may belong to an offer: no link to another article, no badge of one."""
    own = 2 * block.linked < len(block.text) or _YOU.search(block.text) or not _REST.search(block.text)
    return bool(own) and _BADGE.fullmatch(block.text) is None


def _leads_on(block: Block) -> bool:
    """Whether a block is a link in a list or a heading, as to other articles or pages."""
    parent = block.element.getparent()
    tags = {block.tag, None if parent is None else parent.tag}
    return block.linked >= 0.8 * len(block.text) and not tags.isdisjoint({"li", *HEADINGS})


def _is_button(line: str) -> bool:
    words, ends = len(re.findall(r"\w+", line)), line.endswith((".", "»"))
    if words > _BUTTON_WORDS or ends:
        return words <= _PRICE_WORDS and bool(_PRICE.search(line) or (_ACCOUNT.search(line) and not ends))
    return True


def _is_apart(block: Block, paragraph: Block) -> bool:
    """Whether a block stands in another element than a paragraph of the article, or is none."""
    return block.tag != paragraph.tag or block.element.getparent() is not paragraph.element.getparent()


def _is_locked(block: Block) -> bool:
    """Whether the element of a block, or one of two around it, is called a bar."""
    around = [block.element, *block.element.iterancestors()][:3]
    return any(map(_LOCK.search, map(names_of, around)))


def _words(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)
