"""An article page: its body by agreement of extractors with rules for French pages, its metadata as the page declares it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from presstm import addresses
from presstm.formats import Item, Reject, addresses_reader, is_call, press_review
from presstm.pages import body, bylines, french_pages, page, page_data, page_metadata, saved_pages, site_voice
from presstm.pages.decode import one_line
from presstm.pages.page import HEADINGS, Block

_LINKS = 4  # linked headings that make a list
_REVIEWED = 2  # items of a press review at least,
_REVIEW_WORDS = 40  # and words of each on the average: less is a list of beginnings of articles
_HEAD = 3  # blocks among which a byline may stand
_ERROR_PAGE = re.compile(
    r"^(?:(?:erreur|error) )?(?:404\b(?!\s(?!page|erreur|error|not|non|oups)\w)|[45]\d\d(?:\s*[|–—:·-]|$))|(?:page|article|document|contenu)\s+(?:est\s+|demandée?\s+(?:est\s+)?|que vous .{0,30})?(?:introuvable|non trouvée?|inexistante?|n['’](?:existe|est) (?:pas|plus))|"
    r"\bnot found\b|^erreur (?:\d{3}|serveur|interne)|^page indisponible",
    re.I,
)
_LOST = re.compile(
    r"(?:désolée?s?,? )?(?:la|cette) page (?:que vous (?:avez )?(?:recherch|demand|cherch|souhait)\w+|demandée?)\b|vous n['’](?:avez|êtes) pas (?:accès|l['’]autorisation|autorisée?|les droits)\b",
    re.I,
)  # the beginning of an error page
_OF = r"(?: (?:et )?(?:d['’]|de |du |des |au )[\w.]+)*"
_SERVICE = re.compile(
    rf"(?:mentions légales|conditions générales{_OF}|(?:notre )?politique (?:de confidentialité|(?:de|des|en matière de) (?:cookies|données)){_OF}|gestion des cookies|plan du site|(?:\d[\d\s]*)?résultats? (?:de (?:la |votre )?recherche )?pour\s?[«“:].{{0,80}})(?:\s[|–—-]\s.{{1,40}})?\W*",
    re.I,
)
_DESK = re.compile(
    r"(?:mot de passe oublié|(?:toutes )?(?:nos|les) (?:newsletters|lettres d['’]information)|(?:nos |les )?offres d['’]abonnement|(?:nous )?contacte[rz](?:-nous)?)\W*",
    re.I,
)
# A whole title: "Connexion" is a wall, "Connexion perdue à la mairie" is news.
_WALL = re.compile(
    r"(?:se connecter(?: à .{0,30})?|connexion|identification|(?:identifiez|connectez)-vous(?: (?:à|pour|avec) (?:votre|accéder|continuer|lire|commenter)\b.{0,40})?|cr[ée]e[rz] (?:un|votre|mon) compte.{0,20}|v[ée]rification(?: de s[ée]curit[ée])?|un instant|just a moment|captcha|"
    r"acc[èe]s (?:restreint|limité|refusé|interdit)|(?:avant de continuer|avant d['’]accéder|nous respectons votre vie privée|le respect de votre vie privée).{0,40}|are you .{0,10}(?:human|robot)|êtes-vous un (?:robot|être humain|humain)|(?:confirmez|prouvez|vérifions|veuillez confirmer|merci de confirmer) que vous (?:n['’]êtes pas un robot|êtes (?:un )?humain)|(?:votre )?(?:accès|session) (?:a (?:été )?|est )?(?:bloqué|suspendu|expiré)e?|merci (?:de|pour) votre (?:inscription|abonnement|commande|message)|vérification en cours|aucun résultat\b.{0,40}|access denied|attention required.{0,20})\W*",
    re.I,
)

_ASKS = "a page that asks to log in or to agree"
_LIST = "a list of links to articles"
_CONSENT = re.compile(
    r"\bnous\b.{0,60}\b(?:utilis|dépos|stock|recour)\w+ (?:à )?(?:des|les|ces) (?:cookies|traceurs)|"
    r"\b(?:accept|refus)\w+ (?:tous |les |ces |l['’]ensemble des )+(?:cookies|traceurs)",
    re.I,
)
_COOKIES = re.compile(r"\b(?:cookies?|traceurs?|consentement|partenaires|publicités?|données)\b", re.I)
_OUR_PARTNERS = re.compile(
    r"\b(?:nos (?:\d+ )?partenaires et nous|nous et nos (?:\d+ )?partenaires|vos choix|votre consentement)\b", re.I
)


def read(content: str, url: str | None, profile: str) -> list[Item | Reject]:
    """Read one page (decoded text): one item or reject, or the items of a press review.

    Scripts that hold the text until a browser runs them (`noscript`, `template`) are looked into if there is no other text.
    """
    result = _read(content, url, profile)
    if isinstance(result, list):
        return result
    if (
        isinstance(result, Reject)
        and (result.reason == "no_text" or result.detail == _LIST)
        and (shown := page.unveiled(content)) != content
    ):
        second = _read(shown, url, profile)
        return [second if isinstance(second, Item) else result]
    return [result]


def _read(content: str, url: str | None, profile: str) -> Item | Reject | list[Item | Reject]:
    try:
        source = page.prepare(content)
    except page.TooComplex as error:
        return Reject("too_complex", str(error))
    tree = page.parse(source)
    if tree is None:
        return Reject("empty", "no element")
    saved_pages.unframe(tree)
    found = page.blocks(tree)
    if (review := _review(found)) is not None:
        return review
    meta = page_metadata.read(tree, source.linked_data, found, url or saved_pages.address(content))
    result = _shown(tree, found, dict(meta), profile)
    if isinstance(result, Item) or result.reason not in ("no_text", "incomplete_text"):
        return result
    text = "\n\n".join(one for one in page_data.find(source.linked_data, source.scripts) if not french_pages.line(one))
    if not text and result.reason == "no_text" and any(french_pages.line(block.text) == "notice" for block in found):
        return Reject("not_article", _ASKS)
    if not text and result.reason == "no_text" and sum(map(body.is_linked_heading, found)) >= _LINKS:
        return Reject("not_article", _LIST)
    if not text or is_call(meta["title"], text):
        return result
    return Item(text=text, method="html:data", **_stated(meta.pop("free")), **meta)


def _review(found: Sequence[Block]) -> list[Item | Reject] | None:
    """The items of a page that is a press review: headings, lines "Outlet, date" and texts, which hold most of its prose."""
    blocks = [
        block for block in found if not any(map(french_pages.element_label, [block.element, *block.element.iterancestors()]))
    ]
    lines = [block.text for block in blocks]
    heads = [n for n, block in enumerate(blocks) if block.tag in HEADINGS and press_review.is_item(lines, n)]
    prose = [n for n, block in enumerate(blocks) if body.is_prose(block)]
    hosts = {addresses.split(link.get("href")).hostname for n in heads for link in blocks[n].element.iter("a")}
    if len(heads) < _REVIEWED or not prose or len(hosts) == 1:  # headlines that link to one site are its own
        return None
    results = press_review.items(lines[heads[0] : prose[-1] + 1])
    words = sum(len(result.text.split()) for result in results if isinstance(result, Item))
    whole = sum(len(lines[n].split()) for n in prose)
    return results if words >= _REVIEW_WORDS * len(heads) and words >= 0.7 * whole else None


def _shown(tree: Any, found: Sequence[Block], meta: dict[str, Any], profile: str) -> Item | Reject:
    """The article that a page shows."""
    if tree.find(".//frame") is not None and not any(map(body.is_prose, found)):
        return Reject("no_text", "a frameset: the text is in other pages")
    if not found:
        return Reject("no_text", "no visible text")
    chosen = body.find(tree, found, profile)
    blocks = _without_head(chosen.blocks, meta)
    text = "\n\n".join(block.text for block in blocks)
    words = len(text.split())
    if (reason := _no_article(meta["title"], meta["published"], text, blocks, found)) is not None:
        return Reject("not_article" if text else "no_text", reason)
    if words < body.INCOMPLETE * chosen.prose:
        return Reject("incomplete_text", f"{words} words found of {chosen.prose} in the prose of the page")
    access = _access(meta.pop("free"), chosen)
    return Item(text=text, method=f"html:{profile}", **access, **meta)


def _without_head(blocks: Sequence[Block], meta: dict[str, Any]) -> list[Block]:
    """Without title, standfirst, byline and date repeated before the text.

    A standfirst that is not marked as one in the page stays: pages declare their first paragraph as a description.
    """
    kept = list(blocks)
    standfirst = one_line(meta["standfirst"] or "").casefold()
    while kept:
        first = one_line(kept[0].text).casefold()
        names = [name.casefold() for name in meta["authors"]]
        byline = len(first.split()) <= 10 and (first.startswith("par ") or any(name in first for name in names))
        title = kept[0].tag == "h1" or first == meta["title"].casefold()
        marked = first == standfirst and (kept[0].tag in HEADINGS or page_metadata.is_standfirst(kept[0].element))
        if not (title or byline or marked):
            break
        kept.pop(0)
    # A standfirst that stays may stand before the byline; one that says who the author is may be the last line.
    edges = {*range(_HEAD), len(kept) - 1 if kept and kept[-1].text.endswith(")") else 0}
    known = [name for name in (*meta["authors"], meta["outlet"]) if name]
    return [block for n, block in enumerate(kept) if n not in edges or not bylines.is_byline(block.text, known)]


def _no_article(
    title: str, published: date | None, text: str, blocks: Sequence[Block], found: Sequence[Block]
) -> str | None:
    """Why a page is no article, or None."""
    if (reason := about_site(title, text, undated=published is None)) is not None:
        return reason
    if not text:
        return "no article text found"
    if is_call(title, text):
        return "a call for participants"
    prose = [block for block in blocks if body.is_prose(block) or body.holds_sentences(block) or body.is_sentence(block)]
    if not prose or 2 * sum(len(block.text.split()) for block in prose) < len(text.split()):
        return "short lines, no prose"
    if _is_index(title, blocks, found) or _is_alert(blocks):
        return _LIST
    return None


def about_site(title: str, text: str, *, undated: bool = False) -> str | None:
    """Why a text is the site's own, an error, a wall or a form, or None; a page without a day is doubtful, a plain text is not."""
    words = len(text.split())
    # An error or a wall has no day, and an article of that name speaks to nobody.
    doubtful = undated or addresses_reader(text)
    if words < 150 and (_LOST.match(text) or (doubtful and _ERROR_PAGE.search(title))):
        return "an error page"
    if words < 150 and doubtful and _WALL.fullmatch(title):
        return _ASKS
    if words < 300 and _is_consent(title, text):
        return _ASKS
    if words < 150 and undated and site_voice.speaks_of_itself(text):
        return "a page of the site's own words"
    if _SERVICE.fullmatch(title) or (doubtful and _DESK.fullmatch(title)):
        return "a page about the site"
    return None


def _is_consent(title: str, text: str) -> bool:
    """Whether a short text asks its reader to accept cookies: it says so to them, or each paragraph is about that."""
    if _CONSENT.search(text) and (not title or addresses_reader(text)):
        return True
    return _OUR_PARTNERS.search(text) is not None and all(map(_COOKIES.search, text.split("\n\n")))


def _is_index(title: str, blocks: Sequence[Block], found: Sequence[Block]) -> bool:
    """Whether linked headings stand between the kept blocks, at least four, and never 60 words of text between two.

    If the kept blocks begin below the linked heading of another article, in a box without a headline, they are looked for in the whole page.
    """
    numbers = {id(block): number for number, block in enumerate(found)}
    kept = {id(block) for block in blocks}
    links = run = longest = 0
    first, last = max(0, numbers[id(blocks[0])] - 1), numbers[id(blocks[-1])]
    around = set(found[first].element.iterancestors())
    box = next((element for element in blocks[0].element.iterancestors() if element in around), None)
    teased = body.is_linked_heading(found[first]) and one_line(found[first].text) != title
    teased = teased and box is not None and box.find(".//h1") is None
    for block in found if teased else found[first : last + 1]:
        if body.is_linked_heading(block):
            links, run = links + 1, 0
        elif id(block) in kept:
            run += len(block.text.split())
            longest = max(longest, run)
    return links >= _LINKS and longest < 60


def _is_alert(blocks: Sequence[Block]) -> bool:
    """Whether most of the blocks, at least four, are beginnings of texts: they break off with dots."""
    broken = [block for block in blocks if block.text.endswith(("...", "…"))]
    return len(broken) >= 4 and 2 * sum(len(block.text) for block in broken) > sum(len(block.text) for block in blocks)


def _access(free: bool | None, chosen: body.Body) -> dict[str, Any]:
    if free is not False and chosen.offer:
        return {"access": "partial", "access_signal": chosen.offer}
    return _stated(free)


def _stated(free: bool | None) -> dict[str, Any]:
    """Access as the page's metadata state it."""
    access = "unknown" if free is None else "full" if free else "partial"
    return {"access": access, "access_signal": None if free is None else "isAccessibleForFree"}
