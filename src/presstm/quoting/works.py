"""Whether what stands between marks is the title of a work, a name or a label, by the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from presstm.quoting.clauses import Clauses
from presstm.quoting.guillemets import Quoted

_METALANGUAGE = frozenset(
    "mot mots terme termes expression formule mention notion concept slogan hashtag label titre".split()
)
_LABELS = frozenset("dit dite dits dites soi-disant prétendu prétendue prétendus prétendues".split())
_EDITED = frozenset("publier lire écrire présenter".split())
_REFERS = re.compile(r"(?:\(|\A|\n)\W*(?:(?:à )?(?:re)?(?:lire|voir|écouter)|cf)\b[^.;:!?()«»\n]*:?[^.;:!?()«»\n]*\Z", re.I)
_BANNERS = frozenset(
    "banderole banderoles pancarte pancartes affiche affiches tract tracts mur murs autocollant autocollants drapeau drapeaux".split()
)
_SHOWN = frozenset("lire lit lisait affiche affichent affichait proclame proclament proclamait inscrit écrit".split())
_CHANTED = ("scander",)
PROPOSING = (
    "proposer",
    "promettre",
    "suggérer",
    "recommander",
    "préconiser",
    "prôner",
    "réclamer",
    "souhaiter",
    "vouloir",
    "annoncer",
)
_ADVISING = frozenset("proposer suggérer recommander préconiser conseiller".split())
_CREATING = frozenset("créer instaurer instituer introduire fonder lancer établir".split())
_PUBLISHED = re.compile(
    r"\s?,?\s?\([^)\n]{0,60}\b(?:19|20)\d\d\)|\s?[,(]\s?(?:(?:aux |chez )?éditions?\b|éd\.)|\s?[,(][^.;:!?\n]{0,60},\s\d+\s(?:p\.|pages\b)",
    re.I,
)
_ON_A_SUBJECT = frozenset(  # la mission d'information sur « … »
    "mission commission colloque débat conférence séminaire atelier journée table groupe loi projet proposition rapport étude enquête".split()
)
_POSTS = frozenset(
    "emploi emplois poste postes statut statuts rôle rôles métier métiers fonction fonctions catégorie".split()
)
_SENTENCE_END = re.compile(r"[.!?…]\Z")
_SAID = frozenset("on personne est sont était étaient être souvent".split())  # est souvent dit « … »
_CHARGED = ("coupable", "accus", "poursuivi", "inculp", "condamn", "soupçonn", "mis", "chef", "délit", "prévenu")
_CHARGE_LINKS = frozenset(["de", "d", "'", "pour", "du"])


def is_reference(text: str, span: Quoted) -> bool:
    """Whether the marks hold the title of another article that a line or a bracket refers to: (lire aussi « … »)."""
    return _REFERS.search(text[max(0, span.outer_start - 80) : span.outer_start]) is not None


def is_displayed(clauses: Clauses, span: Quoted) -> bool:
    """Whether a slogan stands between the marks: scandent « … », on lit « … » sur une banderole."""
    if not clauses.part.text[span.start].isupper():
        return False
    words = clauses.part.words
    clause = clauses.before(span.outer_start)
    near = [words[index].low for index in clause[-8:]]
    chanted = bool(clause) and clauses.cues.forms.get(near[-1], "") in _CHANTED
    return chanted or bool(_BANNERS.intersection(words[index].low for index in clause) and _SHOWN.intersection(near))


def proposes_a_measure(clauses: Clauses, span: Quoted) -> bool:
    """Whether the marks name what somebody proposes to bring about, or what it is like: propose de créer une « … »."""
    words = clauses.part.words
    near = [words[index].low for index in clauses.before(span.outer_start)[-10:]]
    if len(near) < 3:
        return False
    if _qualifies(clauses, span, near):
        return True
    if near[-1] not in ("un", "une"):
        return False
    brought = near[-2] in _CREATING or near[-4:-1] == ["mettre", "en", "place"]
    return brought and any(clauses.cues.forms.get(word) in PROPOSING for word in near[:-2])


def _qualifies(clauses: Clauses, span: Quoted, near: Sequence[str]) -> bool:
    """Whether one adjective qualifies what somebody advises to do something with: propose de distinguer le travail « gratuit »."""
    tokens = clauses.part.tokens_between(span.start, span.end)
    noun = clauses.part.token_at(clauses.part.words[clauses.part.word_index(span.outer_start) - 1].start)
    if len(tokens) != 1 or tokens[0].pos != "ADJ" or noun is None or noun.pos != "NOUN":
        return False
    return any(clauses.cues.forms.get(word) in _ADVISING and after in ("de", "d") for word, after in pairwise(near))


def is_a_charge(clauses: Clauses, span: Quoted) -> bool:
    """Whether the marks name what somebody is accused of: coupable de « … », poursuivie pour « … »."""
    words = clauses.part.words
    near = [words[index] for index in clauses.before(span.outer_start)[-5:]]
    charged = any(word.low.startswith(_CHARGED) and not clauses.is_finite(word) for word in near[:-1])
    return charged and near[-1].low in _CHARGE_LINKS


def names_a_work(clauses: Clauses, span: Quoted) -> bool:
    """Whether a word for works, names or labels introduces the marks, or its publisher, pages or year follow them."""
    words, text = clauses.part.words, clauses.part.text
    if _PUBLISHED.match(text, span.outer_end):
        return True
    capital = text[span.start].isupper() or text[span.start] == "#"
    clause = clauses.before(span.outer_start)[-6:]
    near = [words[index].low for index in clause]
    says = bool(near) and clauses.is_finite(words[clause[-1]]) and not _SAID & set(near)
    if (
        near
        and capital
        and clauses.cues.forms.get(near[-1]) in _EDITED
        and not _SENTENCE_END.search(text[span.start : span.end])
    ):
        return True
    if len(near) > 1 and near[-1] in _CHARGE_LINKS and near[-2] in _POSTS and not capital:
        return True
    if near and ((near[-1] in _LABELS and not says) or (near[-1] == "sur" and _ON_A_SUBJECT & set(near[-5:-1]))):
        return True
    for index in reversed(clause):
        low = words[index].low
        if low in clauses.cues.naming and not clauses.calls_for(index):
            return True
        if low in clauses.cues.works and index >= clause[-1] - 2 and (capital or low in _METALANGUAGE):
            return True
        if low in (",", ":", ";"):
            break
        if clauses.is_finite(words[index]):
            break
    return bool(
        re.match(
            r"\s?[,:]?\s(?:un|une|son|le|la|l[’']|premier|nouveau)?\s?(?:livre|ouvrage|essai|roman|film|documentaire|album|conférence|exposition)\b",
            text[span.outer_end : span.outer_end + 40],
        )
    )
