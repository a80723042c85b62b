"""Spans of a sentence that may name something: known names, names by their shape, and what the language model found, mended."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from presstm.naming import inhabitants, long_bodies, name_context, name_shapes, names
from presstm.naming.gazetteer import CONTRACTED, Entry, Form, Gazetteer
from presstm.parts import JOINED_PRONOUN, Part, Sentence, Token, Word

_TITLES = name_context.TITLES | frozenset("president presidente ministre senateur senatrice depute deputee".split())
_OFFICES = _TITLES | frozenset(
    "vice premier premiere ministre ministres etat secretaire general generale - vice-premier vice-premiere".split()
)
_EDGES = frozenset(
    "de du des d' a au aux en l' le la les un une et ou par pour sur dans chez avec selon que qu' cette ce".split()
)
_NEVER_ALONE = frozenset(("ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NUM", "PRON", "SCONJ", "VERB"))
_GENERIC = frozenset(
    "lire voir aussi etat etats eglise region regions departement constitution budget republique nation ndlr".split()
)
_OPENERS = frozenset(  # words that begin a sentence before a comma or a colon and name nobody
    "debout assis assise seul seule seuls seules resultat exemple bilan objectif consequence preuve bref idem exit merci bonjour stop faux "
    "vrai ok buzz alerte edito verdict detail precision football rugby basket handball volley hockey tennis cyclisme natation athletisme "
    "judo boxe voile ski petanque justice sante social politique culture economie environnement microtravail micro-travail travail emploi livraison uberisation numerique "
    "digital teletravail entreprises societe temoignage temoignages portrait enquete decryptage analyse interview entretien tribune chronique recit billet reportage".split()
)
_CLITICS = frozenset("n' ne se s' en y".split())  # between a subject and its verb
_CENTURY = re.compile(r"[IVX]+e")
_PARTICIPLE = re.compile(r"\w{3,}ée?s?")
_BRANCHES = frozenset("locale departementale regionale syndicale nationale".split())  # of a body, after its noun
_TERRITORIES = frozenset("etat region departement province canton ville commune metropole".split())
_ARTICLES = frozenset(("le", "la", "les", "l'", "du", "au", "aux", "des"))
_PARTICLES = frozenset("ben bin de da di du el al la le van von".split())
_ENUMERATED = re.compile(r"\s?(?:,|,? et|,? ou)\s(?:les? |la |l['’])?", re.I)
_ACRONYM = re.compile(r"[A-ZÀ-Þ]{1,3}[&-]?[A-ZÀ-Þ]{1,4}|[A-ZÀ-Þ]{2,}\w*(?:-[A-ZÀ-Þ]{2,}\w*)+")
_STATES = frozenset(
    "annoncer lancer proposer revendiquer assurer affirmer indiquer supprimer verser payer exiger renvoyer contester".split()
)
_SPEAKS = frozenset(
    "dire declarer dementir denoncer justifier refuser regretter repondre retorquer".split()
)  # no place, where unknown
_CAPITAL_ARTICLE = re.compile(r"\b(?:L[ea]s? |L['’])$")
_HOUR = re.compile(r"\d\s?(?:h|heures|:)(?:\s?\d\d)?\s?[–—:-]\s?\Z")  # 20 h 55 – Arte.
_WITH_ARTICLE = re.compile(r"L[ea]s? |L['’]")
_GOES_ON = re.compile(r"\s(?:de la |de l['’]|d['’]|de |du |des )[A-ZÀ-Þ]")
_DAYS = frozenset("lundi mardi mercredi jeudi vendredi samedi dimanche hier demain".split())
_SPACES = (" ", "\u00a0")
_PLACED = re.compile(r"\s(?:de|du|des|d['’])\s?(?:la |l['’])?$")
_SITE = re.compile(r"\w\.[a-z]{2,4}$")
_PRESS_BEFORE = frozenset(
    "dans selon par pour a journal quotidien site journaliste journalistes enquete article une edition lecteurs colonnes "
    "redaction apres equipe directeur directrice redacteur redactrice confreres chronique tribune chroniqueur editorialiste "
    "interview entretien lecteur correspondant correspondante abonnes numero couverture hors-serie page pages plateau "
    "dossier dossiers titre titres portrait reportage billet editorial archives".split()
)

_AFTER_IMPERATIVE = re.compile(JOINED_PRONOUN)
_GLUED_TITLE = re.compile(r"(?:MM?|Mmes?|Mlles?|Dr|Me)\.(?=[A-ZÀ-ÖØ-Þ][a-zà-ÿ])")


class Span(NamedTuple):
    """Characters [start, end) of a part that name something; `entry` if known, `sure` if its label is beyond a vote."""

    start: int
    end: int
    label: str
    method: str
    sure: bool = False
    entry: Entry | None = None


def find(part: Part, sentence: Sentence, known: Gazetteer, common: Container[str]) -> list[Span]:
    """Spans of a sentence, in order, without overlap.

    Args:
        part: the part in which the sentence lies.
        sentence: one of its sentences.
        known: known names and first names.
        common: folded words that the corpus has in lower case as well.
    """
    tokens = part.tokens_between(sentence.start, sentence.end)
    here = part.text[sentence.start : sentence.end]
    persons = [
        Span(sentence.start + phrase.start, sentence.start + phrase.end, phrase.label, "context", sure=True)
        for phrase in _shaped(here, known, common, begins=not part.text[: sentence.start].strip())
    ]
    long_names = list(long_bodies.find(part.text, sentence.start, sentence.end))
    institutions = [
        Span(phrase.start, phrase.end, phrase.label, "context", sure=True)
        for phrase in name_shapes.institutions(part.text, tokens, sentence.start, sentence.end)
    ]
    institutions += [
        Span(phrase.start, phrase.end, phrase.label, "context", sure=True)
        for phrase in name_shapes.outlets(part.text, sentence.start, sentence.end)
        if not known.first_names & {names.fold(part.text[phrase.start : phrase.end].split()[0])}
    ]
    institutions += [
        Span(
            phrase.start,
            phrase.end,
            phrase.label,
            "context",
            sure=True,
            entry=_body(part.text[phrase.start : phrase.end], known),
        )
        for phrase in name_shapes.joined(part.text, sentence.start, sentence.end)
    ]
    institutions = [_before_person(span, persons, part.text) for span in institutions]
    introduced = [
        _spelt(Span(phrase.start, phrase.end, phrase.label, "context"), part.text, known)
        for phrase in name_shapes.introduced(tokens)
    ]
    modelled = [span for run in _runs(tokens) if (span := _mended(part, tokens, run, known, common)) is not None]
    words = part.words[part.word_index(sentence.start) : part.word_index(sentence.end)]
    certain = _known(part, words, tokens, known, without_overlap((persons,)), modelled)
    certain = _with_branches(certain, part.text)
    places = [span for span in certain if span.label == "LOC"]
    others = [
        _grown(span, modelled, certain, persons, part.text)
        for span in certain
        if span.label != "LOC" and not _is_part(span, institutions, long_names)
    ]
    longer = [span for span in modelled if span.label != "MISC" and _holds_place(span, places, part.text)]
    introduced = [_before_place(span, places, part.text) for span in introduced]
    missed = _first_names(tokens, known, common)
    missed += [_missed(tokens, at) for at in range(1, len(tokens)) if _is_missed(tokens, at, common)]
    longer += [span for span in introduced if _ends_with_place(span, places, part.text)]
    found = without_overlap((others, institutions, persons, longer, places, introduced, modelled, missed))
    full = [
        _without_title(_with_point(_without_ex(span, part.text), part.text), part.text)
        for span in with_given_names(part, found, known, common)
    ]
    return _alike(_with_first(full, tokens, part.text, common), part.text, known)


def _body(text: str, known: Gazetteer) -> Entry | None:
    """The known body of this name, if there is one."""
    return next((form.entry for form in known.of(text) if form.entry.label == "ORG"), None)


def _with_first(spans: list[Span], tokens: Sequence[Token], text: str, common: Container[str]) -> list[Span]:
    """The spans, and the unknown word that begins a sentence before a platform in an enumeration: X, Clickworker et …"""
    first = next((span for span in spans), None)
    if not tokens or first is None or first.label != "PLATFORM" or tokens[0].end > first.start:
        return spans
    word = tokens[0].text
    plain = not word[0].isupper() or not word.isalpha() or len(word) < 4 or names.fold(word) in common
    if plain or tokens[0].pos in _NEVER_ALONE or not _ENUMERATED.fullmatch(text[tokens[0].end : first.start]):
        return spans
    return [Span(tokens[0].start, tokens[0].end, "PLATFORM", "model"), *spans]


def _shaped(text: str, known: Gazetteer, common: Container[str], *, begins: bool) -> Iterator[name_shapes.Phrase]:
    """What the shape of a sentence alone says: persons, and the dateline where the text `begins` with it."""
    if begins:
        yield from name_shapes.dateline(text)
        for phrase in name_shapes.dated(text):
            if not any(form.entry.label == "LOC" for form in known.of(text[phrase.start : phrase.end])):
                yield phrase
    for phrase in name_shapes.persons(text, known.first_names):
        if not name_context.is_firm(text[phrase.start : phrase.end].split()):
            yield phrase
    for phrase in name_shapes.aged(text):
        if not any(names.fold(word) in common for word in text[phrase.start : phrase.end].split()):
            yield phrase


def _before_person(span: Span, persons: Sequence[Span], text: str) -> Span:
    """The span of a body without the person right after its own name: à l'Agence Ardenne Jeanne Vial; but la Fondation Paul Vial."""
    for person in persons:
        named = text[span.start : person.start].split()
        if person.label == "PER" and span.start < person.start < span.end and len(named) > 1 and named[-1][0].isupper():
            return span._replace(end=span.start + len(text[span.start : person.start].rstrip()))
    return span


def _is_part(span: Span, institutions: Sequence[Span], long_names: Sequence[tuple[int, int]]) -> bool:
    """Whether a known body is only whose institution it is, the ONU of "Conseil de sécurité de l'ONU", or a known name is but a part
    of a longer one: ministère de l'Économie, des Finances et de la Relance."""
    inside = span.label == "ORG" and any(one.start < span.start and span.end <= one.end for one in institutions)
    return inside or any(start <= span.start and span.end <= end and span[:2] != (start, end) for start, end in long_names)


def _without_title(span: Span, text: str) -> Span:
    """The span of a person without a form of address that is written together with the name: "M.Vial"."""
    title = _GLUED_TITLE.match(text, span.start, span.end) if span.label == "PER" else None
    return span._replace(start=title.end()) if title else span


def _without_ex(span: Span, text: str) -> Span:
    """The span without what says that the name is a former one: ex-X."""
    return span._replace(start=span.start + 3) if text[span.start : span.start + 3].lower() == "ex-" else span


def _with_point(span: Span, text: str) -> Span:
    """The span of a person with the point of the initial that ends it: "Karim B."."""
    initial = span.label == "PER" and text[span.end : span.end + 1] == "." and text[span.end - 2 : span.end - 1] in _SPACES
    return span._replace(end=span.end + 1) if initial and text[span.end - 1].isupper() else span


def with_given_names(part: Part, spans: Sequence[Span], known: Gazetteer, common: Container[str]) -> list[Span]:
    """The spans, those of persons with the capitalised word that stands before them as a first name does."""
    return [_with_given_name(part, span, spans[at - 1].end if at else 0, known, common) for at, span in enumerate(spans)]


def _with_given_name(part: Part, span: Span, taken: int, known: Gazetteer, common: Container[str]) -> Span:
    if span.label != "PER" or span.entry is not None or span.start < 3 or part.text[span.start - 1] not in " \u00a0":
        return span
    begin, *rest = part.text[span.start : span.end].split()
    if rest and names.fold(begin) not in _PARTICLES and _is_person(begin, known):
        return span  # it has its first name
    token = part.token_at(span.start - 2)
    if token is None or token.start < taken or token.end != span.start - 1 or token.pos != "PROPN":
        return span
    alone = token.start == 0 or part.text[token.start - 1] not in "-‑"
    given = alone and token.text.istitle() and token.text.isalpha() and len(token.text) > 2
    word = names.fold(token.text)
    if not given or word in common or word in _TITLES or word in inhabitants.NAMES or word in _GENERIC:
        return span
    return span._replace(start=token.start, sure=True)


def _alike(spans: Sequence[Span], text: str, gazetteer: Gazetteer | None = None) -> list[Span]:
    """The spans, the unsure ones of an enumeration (A, B et C) with the type of a platform in it, or of most of it.

    One known name is not enough if it may be a word or a namesake: then the context, or a second known one, must say platform.
    """
    found = list(spans)
    known = {span.entry.name for span in spans if span.entry is not None and span.label == "PLATFORM"}
    for at in [*range(len(found)), *reversed(range(len(found)))]:
        span = found[at]
        if span.sure or span.method != "model" or span.label == "MEDIA" or _is_full_person(span, text):
            continue
        for near in (at - 1, at + 1):
            other = found[near] if 0 <= near < len(found) else span
            between = text[min(span.end, other.end) : max(span.start, other.start)]
            told = other.method == "context" or len(known) > 1 or (gazetteer is not None and _is_own(other, text, gazetteer))
            if other.label == "PLATFORM" and told and _ENUMERATED.fullmatch(between):
                found[at] = span._replace(label="PLATFORM", method="context")
    for run in _enumerations(found, text):
        (label, count), *_ = Counter(span.label for span in found[run]).most_common()
        if label != "MISC" and count * 2 > run.stop - run.start > 2:
            found[run] = [span if span.sure or span.method != "model" else span._replace(label=label) for span in found[run]]
    return found


def _is_own(span: Span, text: str, known: Gazetteer) -> bool:
    """Whether a known name is nothing else."""
    forms = list(known.of(text[span.start : span.end])) if span.entry is not None else []
    return bool(forms) and not any(form.weak for form in forms)


def _is_full_person(span: Span, text: str) -> bool:
    return span.label == "PER" and " " in text[span.start : span.end]


def _enumerations(spans: Sequence[Span], text: str) -> Iterator[slice]:
    """Runs of spans that commas, "et" and "ou" join."""
    first = 0
    for at in range(1, len(spans) + 1):
        if at == len(spans) or not _ENUMERATED.fullmatch(text[spans[at - 1].end : spans[at].start]):
            yield slice(first, at)
            first = at


def without_overlap(groups: Iterable[Iterable[Span]]) -> list[Span]:
    """Spans in order; where two overlap, that of the earlier group stays, within a group the longer one."""
    taken: list[Span] = []
    for group in groups:
        for span in sorted(group, key=lambda span: (span.start - span.end, span.start)):
            at = bisect_left(taken, (span.end,))
            if at == 0 or taken[at - 1].end <= span.start:
                taken.insert(at, span)
    return taken


# --- known names ---


def _known(
    part: Part,
    words: Sequence[Word],
    tokens: Sequence[Token],
    known: Gazetteer,
    persons: Sequence[Span],
    modelled: Sequence[Span],
) -> list[Span]:
    found = []
    for match in known.matches(part.text, words):
        start, end = words[match.first].start, words[match.last - 1].end
        found.append((start, end, match.forms))
    beside = {form.entry.label for *_, forms in found for form in forms if not form.weak}
    marked = {(span.start, span.end) for span in modelled if span.label in ("ORG", "MISC")}
    strong = {start for start, _, forms in found if any(not form.weak for form in forms)}
    spans = []
    for start, end, forms in found:
        form = _meant(forms, part, tokens, start, end, persons, marked, beside, strong)
        if form is not None:
            spans.append(Span(start, end, form.entry.label, "gazetteer", sure=True, entry=form.entry))
    return spans


def _meant(
    forms: Sequence[Form],
    part: Part,
    tokens: Sequence[Token],
    start: int,
    end: int,
    persons: Sequence[Span],
    marked: Set[tuple[int, int]],
    beside: Set[str],
    strong: Set[int],
) -> Form | None:
    """The form that the text means, or None where it means something else.

    `beside` are the types surely named in the sentence, `strong` where its sure names start.
    """
    if any(end - start < span.end - span.start for span in _across(persons, start, end)):
        return None
    for form in forms:
        if not form.weak:
            return form
    first, last = token_range(tokens, start, end)
    if last < len(tokens) and name_context.low(tokens[last]) in _BRANCHES:
        return None  # l'Union locale X
    cue = name_context.label(tokens, first, last)
    before = name_context.low(tokens[first - 1]) if first > 0 else ""
    if before in ("un", "une") and part.text[start:end].isupper():
        return None  # une API
    place = _contracted(forms, before)
    if place is not None and not _beside_capital(tokens, first, last, persons):
        return place
    forms = [form for form in forms if not _lacks_article(form)]
    for form in forms:
        platform = form.entry.label == "PLATFORM" and cue == "ORG"  # which is a firm as well
        if form.entry.label == cue or platform or (cue == "PER" and _is_party(form, tokens, first)):
            return form
    if _beside_capital(tokens, first, last, persons) or cue == "PER":
        return None
    if "PLATFORM" in beside and first > 0:
        for form in forms:
            if form.entry.label == "PLATFORM":
                return form
    if forms and (first == 0 or tokens[first - 1].text in ("«", "“", ":", "–", "—", "-")):
        if _is_subject(tokens, first, last) or _is_joined(tokens, last, strong):
            return forms[0]
        told = (last - first > 1 and (start, end) in marked) or _HOUR.search(part.text, max(0, start - 20), start)
        return forms[0] if told and forms[0].entry.label == "MEDIA" else None
    homonyms = len({form.entry.label == "LOC" for form in forms}) > 1
    for form in forms:
        if not homonyms or (form.entry.label == "LOC") == name_context.says_where(tokens, first):
            if form.entry.label != "MEDIA" or _cited(form, tokens, first):
                return form
            return form if (start, end) in marked and tokens[first].ent.endswith("ORG") and before not in _ARTICLES else None
    return None


def _lacks_article(form: Form) -> bool:
    return form.entry.label == "LOC" and form.entry.name.startswith(CONTRACTED) and not form.text.startswith(CONTRACTED)


def _contracted(forms: Sequence[Form], before: str) -> Form | None:
    """The place whose own article stands before the rest of its name, contracted or not: "au Mans", "des Lilas"."""
    number = {"au": "Le ", "du": "Le ", "le": "Le ", "aux": "Les ", "des": "Les ", "les": "Les "}.get(before)
    fitting = (form for form in forms if number and _lacks_article(form) and form.entry.name.startswith(number))
    return next(fitting, None)


def _is_party(form: Form, tokens: Sequence[Token], first: int) -> bool:
    """Whether an acronym after what somebody is says of which body: la sénatrice PS Léa Morlin."""
    return form.entry.label == "ORG" and form.text.isupper() and tokens[first - 1].text.islower()


def _is_subject(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a verb follows at once, as it follows no common noun without an article: "Orange supprime des postes"."""
    while last < len(tokens) and name_context.low(tokens[last]) in _CLITICS:
        last += 1
    follows = last < len(tokens) and tokens[last].pos in ("VERB", "AUX") and tokens[last].text.islower()
    return follows and tokens[first].pos in ("PROPN", "NOUN", "ADJ", "X")


def _is_joined(tokens: Sequence[Token], last: int, strong: Set[int]) -> bool:
    """Whether "et", "ou" or a comma joins a sure name: Meta et Google."""
    joins = last + 1 < len(tokens) and tokens[last].text in ("et", "ou", ",", "&")
    return joins and tokens[last + 1].start in strong


def _cited(form: Form, tokens: Sequence[Token], first: int) -> bool:
    """Whether a weak outlet name is used as one: with its own capital article, or with an article after a press word."""
    if form.text.split("'")[0].split()[0] in ("Le", "La", "Les", "L"):
        return True
    at = first - 1
    contracted = name_context.low(tokens[at])
    if contracted == "au":
        return True
    if sum(word[0].isupper() for word in form.text.split()) > 1:
        return True
    if contracted in _ARTICLES and at > 0:
        at -= 1
    elif contracted in _ARTICLES:
        return False
    if name_context.low(tokens[at]) in ("de", "d'") and at > 0:
        at -= 1  # les lecteurs de X, but not le buste de X
    if name_context.low(tokens[at]) in _PRESS_BEFORE or (contracted in ("du", "des") and tokens[at].text == "autre"):
        return True  # un titre du Monde, un autre des Échos
    return tokens[first].pos != "PRON" and (tokens[at].pos == "VERB" or tokens[at].text in (",", "(", "et"))


def _beside_capital(tokens: Sequence[Token], first: int, last: int, persons: Sequence[Span]) -> bool:
    """Whether a capitalised word stands directly before (but for the first of the sentence) or after, and begins no person."""
    before = first > 1 and tokens[first - 1].text[0].isupper() and tokens[first - 1].end + 1 == tokens[first].start
    after = last < len(tokens) and tokens[last].text[0].isupper()
    return before or (after and not _across(persons, tokens[last].start, tokens[last].end))


def _with_branches(certain: Sequence[Span], text: str) -> list[Span]:
    """The known names, a body and the place right after it as one: "Uber France", "France Bleu Mayenne".

    A branch of a firm or platform is that firm; a local station is an outlet of its own.
    """
    found: list[Span] = []
    for span in certain:
        body = found[-1] if found else None
        if body is not None and span.label == "LOC" and _has_branch(text, body, span):
            found[-1] = body._replace(end=span.end, entry=None if body.label == "MEDIA" else body.entry)
        else:
            found.append(span)
    return found


def _has_branch(text: str, body: Span, place: Span) -> bool:
    name = text[body.start : body.end]
    return body.label in ("ORG", "PLATFORM", "MEDIA") and text[body.end : place.start] in _SPACES and not name.isupper()


def _before_place(span: Span, places: Sequence[Span], text: str) -> Span:
    """The span without "de" and a known place at its end: le supermarché X de Brest."""
    for place in _across(places, span.start + 1, span.end):
        linked = _PLACED.search(text[: place.start], span.start)
        if place.end == span.end and linked and linked.end() == place.start:
            return span._replace(end=linked.start())
    return span


def _grown(span: Span, modelled: Sequence[Span], certain: Sequence[Span], persons: Sequence[Span], text: str) -> Span:
    """A known name with what the model adds to it, unless that is another known name: "Google France", "L'Écho de Valmorne"."""
    for other in _across(modelled, span.start, span.end):
        added = text[span.end : other.end]
        if _across(certain, other.start, other.end) != [span] or _across(persons, span.end, other.end):
            continue
        if span.label == "MEDIA" and _GOES_ON.match(added) and _WITH_ARTICLE.match(text, span.start):
            return other._replace(start=span.start, label="MEDIA", sure=True)
        if other.start == span.start and other.label == "ORG" and any(char.isupper() for char in added):
            return other._replace(label=span.label if span.label != "PLATFORM" else "ORG", sure=True)
    return span


def _across(ordered: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Those of the spans, in order and without overlap, that share a character with [start, end)."""
    first = bisect_right(ordered, start, key=lambda span: span.end)
    return ordered[first : bisect_left(ordered, end, key=lambda span: span.start)]


def _holds_place(span: Span, places: Sequence[Span], text: str) -> bool:
    """Whether the model has a longer name around a known place: "Paris Habitat", "Banque de Lyon"."""
    inside = _across(places, span.start, span.end)
    return text[span.start].isupper() and any(
        span.start <= place.start and place.end <= span.end and span[:2] != place[:2] for place in inside
    )


def _ends_with_place(span: Span, places: Sequence[Span], text: str) -> bool:
    """Whether a body that a noun introduces has a known place as the last word of its name: la fédération Voltéo Europe."""
    inside = _across(places, span.start + 1, span.end)
    body = span.label in ("ORG", "PLATFORM", "MEDIA") and len(inside) == 1 and inside[0].start > span.start
    return (
        body and inside[0].end == span.end and text[inside[0].start - 1] in _SPACES and text[inside[0].start - 2].isalnum()
    )


# --- the model's names ---


def _runs(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Token ranges of the entities that the model found, cut at dashes with space around them, which join no name."""
    runs: list[tuple[int, int]] = []
    for index, token in enumerate(tokens):
        if not token.ent or _is_apart(tokens, index):
            continue
        if token.ent.startswith("I-") and runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return runs


def _is_apart(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token is a dash with space before and after it."""
    dash = tokens[at].text in ("-", "–", "—") and 0 < at < len(tokens) - 1
    return dash and tokens[at - 1].end < tokens[at].start and tokens[at].end < tokens[at + 1].start


def _mended(
    part: Part, tokens: Sequence[Token], run: tuple[int, int], known: Gazetteer, common: Container[str]
) -> Span | None:
    """The model's span without titles, articles and punctuation around the name; None if no name is left."""
    label = tokens[run[0]].ent[2:]
    first, last = _trimmed(tokens, run, label)
    if first == last or _is_no_name(part, tokens, first, last, known, common):
        return None
    start, end = tokens[first].start, tokens[last - 1].end
    if _SITE.search(part.text[start:end]) and label in ("LOC", "PER"):
        label = "MISC"
    cue = _cue(tokens, first, last, label, part.text[start:end], known, common)
    guessed = cue or _without_cue(tokens, first, last, label, part.text[start:end])
    return _spelt(Span(start, end, guessed, "context" if cue else "model"), part.text, known)


def _trimmed(tokens: Sequence[Token], run: tuple[int, int], label: str) -> tuple[int, int]:
    """The tokens [first, last) of the name within what the model found."""
    first, last = run
    while first < last and (_is_edge(tokens, first) or name_context.low(tokens[first]) in _TITLES):
        first += 1
    while first < last and tokens[first].text.islower() and tokens[first].pos in ("ADJ", "NOUN", "VERB"):
        if label == "LOC" and not name_context.is_role(tokens[first]):
            break  # lac d'Orsanne, but la maire d'Orsanne
        first += 1
    if last - first > 2 and _is_head(tokens[first], label) and name_context.low(tokens[first + 1]) in ("de", "d'", "du"):
        first += 2
    while last > first and _is_after_name(tokens, last - 1):
        last -= 1
    while first < last and _is_edge(tokens, first):
        first += 1
    if label == "PER":
        while last > first and (tokens[last - 1].text.isdigit() or _is_small(tokens[last - 1])):
            last -= 1
        last = first + name_context.person_end([token.text for token in tokens[first:last]])
    return first, last


def _is_after_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether the last token is no part of the name: a mark, a small word, a verb, a day."""
    verb = tokens[at].pos == "VERB" and tokens[at].text.islower()
    return verb or _is_edge(tokens, at) or tokens[at].text in _DAYS


def _is_no_name(
    part: Part, tokens: Sequence[Token], first: int, last: int, known: Gazetteer, common: Container[str]
) -> bool:
    """Whether tokens [first, last) name nothing: no capital, an office, a common word, an imperative."""
    text = part.text[tokens[first].start : tokens[last - 1].end]
    if not any(char.isupper() for char in text) or "\n" in text:
        return True
    if all(names.fold(token.text) in _OFFICES for token in tokens[first:last]) or name_context.is_portfolio(tokens, first):
        return True
    if last - first == 1 and _is_common(tokens, first, known, common):
        return True
    return _is_imperative(tokens, first) and not any(token.text[0].isupper() for token in tokens[first + 1 : last])


def _cue(
    tokens: Sequence[Token], first: int, last: int, label: str, text: str, known: Gazetteer, common: Container[str]
) -> str | None:
    """The type that the words around or the words of the name say, if they say one; `label` is the model's."""
    cue = name_context.label(tokens, first, last)
    single = last - first == 1
    if cue is None and label in ("ORG", "MISC") and first == 1 and tokens[0].text == "Sur":
        cue = "PLATFORM"  # Sur X les clients paient moins
    if single and cue in (None, "ORG") and _is_person(text, known):
        cue = "PER"
    if cue is not None or label not in ("LOC", "MISC"):
        return cue
    if _is_body(tokens, first, last, label, text):
        return "ORG"
    if name_context.has_trade(text.split()):
        return None
    if _is_motto(tokens, first, last):
        return None
    somebody = _is_somebody(tokens, first) if single else _is_full_name(tokens, first, last, common)
    return "PER" if somebody else None


def _without_cue(tokens: Sequence[Token], first: int, last: int, label: str, text: str) -> str:
    """The type of a name of which nothing around says it."""
    if name_context.has_trade(text.split()):
        label = "ORG"
    if label != "PER" and _is_motto(tokens, first, last):
        label = "MISC"
    if last - first == 1 and first > 0 and label in ("PER", "MISC"):
        before = tokens[first - 1].text.lower()
        if before in ("à", "depuis", "vers") or (label == "PER" and before.replace("’", "'") in _ARTICLES):
            return "LOC"  # "à Orsanne", "la Fourge": persons take no article
    return label


def _is_motto(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the words begin what guillemets hold, where only the first, a noun, has a capital: « Justice sociale en berne »."""
    close = next((at for at in range(last, len(tokens)) if tokens[at].text in ("»", "”")), None)
    if close is None or first == 0 or tokens[first - 1].text not in ("«", "“") or last - first < 2:
        return False
    small = all(token.text.islower() for token in tokens[first + 1 : close] if token.text[0].isalpha())
    return small and tokens[first].pos == "NOUN"


def _is_somebody(tokens: Sequence[Token], at: int) -> bool:
    """Whether an unknown single name without article is the subject of what people do."""
    before = name_context.low(tokens[at - 1]) if at else ""
    named = tokens[at].text.istitle() and tokens[at].text.isalpha() and before not in _ARTICLES | _EDGES
    return named and name_context.is_human_subject(tokens, at + 1)


def _is_full_name(tokens: Sequence[Token], first: int, last: int, common: Container[str]) -> bool:
    """Whether two or three unknown words with capitals are a person: whose opinion it is (selon X,), or who does what people do."""
    parts = tokens[first:last]
    titled = last - first < 4 and all(token.text.istitle() and token.text.isalpha() for token in parts)
    if not titled or any(names.fold(token.text) in common for token in parts):
        return False
    before = name_context.low(tokens[first - 1]) if first else ""
    after = tokens[last].text if last < len(tokens) else ""
    opinion = before in ("selon", "pour", "d'apres") and after in (",", "(")
    return opinion or (before not in _ARTICLES and name_context.is_human_subject(tokens, last))


def _is_head(token: Token, label: str) -> bool:
    """Whether a noun and "de" before a name are no part of it: Gérante de X, l'État d'Arizona."""
    if token.text in ("Internet", "Web"):
        return True  # le site Internet de X
    return name_context.is_role(token) if label != "LOC" else names.fold(token.text) in _TERRITORIES


def _is_small(token: Token) -> bool:
    """Whether the last word of a person's name is none: lower case, and an adjective, a noun or an adverb."""
    return token.text.islower() and token.pos in ("ADJ", "NOUN", "ADV", "VERB")


def _is_body(tokens: Sequence[Token], first: int, last: int, label: str, text: str) -> bool:
    """Whether an unknown place or thing is rather a body: an acronym, what one cites (selon X), what acts like a firm."""
    before = name_context.low(tokens[first - 1]) if first else ""
    if _ACRONYM.fullmatch(text) and before not in ("a", "en", "vers", "depuis"):
        return label == "LOC"
    if label == "MISC" and before in ("selon", "d'apres"):
        return True
    if first > 1 and before in inhabitants.NAMES and name_context.low(tokens[first - 2]) in ("le", "la", "l'"):
        return tokens[first - 1].text.islower()  # le lyonnais X, l'alsacienne X
    verb = next((token for token in tokens[last : last + 2] if token.pos in ("VERB", "AUX")), None)
    subject = tokens[first].dep.startswith("nsubj") or first == 0
    states = _STATES | _SPEAKS if label == "MISC" else _STATES
    return subject and verb is not None and names.fold(verb.lemma) in states


def _is_missed(tokens: Sequence[Token], at: int, common: Container[str]) -> bool:
    """Whether a single word within a sentence is a name by its capital, its tag, and by never being in lower case."""
    token, before = tokens[at], tokens[at - 1]
    named = (
        token.pos not in _NEVER_ALONE
        and not token.ent
        and token.text.isalpha()
        and token.text.istitle()
        and len(token.text) > 2
    )
    within = before.text[-1].isalnum() or before.text in (",", "'", "’") or before.text.endswith(("'", "’"))
    if not (named and within):
        return False
    word = names.fold(token.text)
    return word not in common and word not in _GENERIC and not inhabitants.is_one(word, name_context.low(before))


def _missed(tokens: Sequence[Token], at: int) -> Span:
    token, before = tokens[at], tokens[at - 1].text.lower().replace("’", "'")
    place = before in ("à", "depuis", "vers")
    person = token.dep.startswith("nsubj") and before not in _ARTICLES
    label = name_context.label(tokens, at, at + 1) or ("LOC" if place else "PER" if person else "MISC")
    return Span(token.start, token.end, label, "model")


def _first_names(tokens: Sequence[Token], known: Gazetteer, common: Container[str]) -> list[Span]:
    """The first word of a sentence where it is a first name alone, and the subject."""
    if not tokens or tokens[0].ent or not tokens[0].text.istitle() or names.fold(tokens[0].text) in common:
        return []
    subject = tokens[0].dep.startswith("nsubj") and _is_person(tokens[0].text, known)
    return [Span(tokens[0].start, tokens[0].end, "PER", "context")] if subject else []


def _spelt(span: Span, text: str, known: Gazetteer) -> Span:
    """The span as a known name of its type, if it is one but for a slip of spelling; with the article that the name has."""
    article = _CAPITAL_ARTICLE.search(text, max(0, span.start - 4), span.start)
    for start in (article.start(), span.start) if article else (span.start,):
        near = known.near(text[start : span.end])
        guessed = span.label in ("ORG", "LOC", "MISC") or (span.method == "model" and " " not in text[span.start : span.end])
        if near is not None and (guessed or span.label == near.label):
            return Span(start, span.end, near.label, "gazetteer", sure=True, entry=near)
    return span


def _is_person(text: str, known: Gazetteer) -> bool:
    return name_shapes.is_first_name(names.fold(text.split()[0]), known.first_names)


def _is_edge(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token is no part of a name at its end: a mark, or a small word but for "De" and "La" within a sentence."""
    text = tokens[at].text
    if not any(char.isalnum() for char in text):
        return True
    begins = at == 0 or not (tokens[at - 1].text[0].isalnum() or tokens[at - 1].text == ",")
    return names.fold(text.replace("’", "'")) in _EDGES and (begins or text[0].islower())


def _is_common(tokens: Sequence[Token], at: int, known: Gazetteer, common: Container[str]) -> bool:
    """Whether a single word is no name: a word of grammar, an inhabitant, or a common word that begins the sentence."""
    token = tokens[at]
    word = names.fold(token.text)
    if name_shapes.is_first_name(word, known.first_names):
        return False
    before = name_context.low(tokens[at - 1]) if at > 0 else ""
    if word in _GENERIC or inhabitants.is_one(word, before) or _CENTURY.fullmatch(token.text):
        return True
    begins = at == 0 or (not tokens[at - 1].text[0].isalnum() and tokens[at - 1].text not in (",", "(", "-"))
    if begins and (word in _OPENERS or _opens_clause(tokens, at)):
        return True
    if token.pos in _NEVER_ALONE and (begins or word in common):
        return True
    return begins and (word in common or token.pos not in ("PROPN", "X"))


def _is_imperative(tokens: Sequence[Token], at: int) -> bool:
    """Whether a pronoun is joined to the word: Méfiez-vous, Regardez-la."""
    after = ["".join(token.text for token in tokens[at + 1 : at + count]) for count in (2, 3)]
    return any(map(_AFTER_IMPERATIVE.fullmatch, after)) and tokens[at + 1].start == tokens[at].end


def _opens_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sentence begins with a participle: "Contactée, X …", "Interrogé par …"."""
    follows = at + 1 < len(tokens) and (tokens[at + 1].text == "," or tokens[at + 1].text.lower() in ("par", "à", "sur"))
    return follows and _PARTICIPLE.fullmatch(tokens[at].text) is not None


def token_range(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """Tokens [first, last) that overlap characters [start, end)."""
    return bisect_right(tokens, start, key=lambda token: token.end), bisect_left(tokens, end, key=lambda token: token.start)
