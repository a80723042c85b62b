"""The names of one article: in each sentence, then those seen once looked for everywhere, and the acronyms it explains."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Sequence, Set

from presstm.naming import acronyms, clubs, common_acronyms, linking, mastheads, names, spans, taken_up
from presstm.naming.gazetteer import Entry, Gazetteer
from presstm.naming.linking import Mention
from presstm.naming.spans import Span
from presstm.parts import Part

_ARTICLE = re.compile(r"L(?:es?|a) (?=\S)")
_LETTERS = 4  # of an outlet's name at least that its own article is searched for


def find(
    both: Sequence[Part], known: Gazetteer, common: Container[str], outlet: str | None = None
) -> tuple[list[Mention], dict[str, str]]:
    """Mentions of an article, and the long name of the key of every acronym that it explains.

    Args:
        both: its title and its body.
        known: known names and first names.
        common: folded words that the corpus has in lower case as well.
        outlet: of the article, which its text may name.
    """
    found: dict[str, list[Span]] = {}
    explained: dict[str, str] = {}
    pairs = {part.name: list(acronyms.find(part.text)) for part in both}
    nouns = common_acronyms.used_as_nouns((part.text for part in both), known) | {
        part.text[slice(*pair.short)].rstrip("s")
        for part in both
        for pair in pairs[part.name]
        if common_acronyms.names_a_thing(part.text[slice(*pair.long)])
    }
    outlets = {} if outlet is None else {outlet: Entry(linking.clean(outlet), "MEDIA")}
    heads = {part.name: _mastheads(part, known, common) for part in both}
    for part in both:
        outlets |= {part.text[span.start : span.end]: span.entry for span in heads[part.name] if span.entry is not None}
    for part in both:
        taken = [span for sentence in part.sentences for span in spans.find(part, sentence, known, common)]
        acronymic: list[Span] = []
        things: list[tuple[int, int]] = []
        for pair in pairs[part.name]:
            long, short = (part.text[slice(*where)] for where in pair)
            form = next(iter([*known.of(long), *known.of(short)]), None)
            entry = form.entry if form else None
            if entry is None and short.rstrip("s") in nouns:
                things += pair
                continue
            explained[names.key(short)] = entry.name if entry else linking.clean(long)
            for start, end in pair:
                label = entry.label if entry else "ORG"
                acronymic.append(Span(start, end, label, "context", sure=True, entry=entry))
        taken = [span for span in taken if not _is_thing(part, span, nouns, things, known)]
        named = [span for outlet, entry in outlets.items() for span in _of_outlet(part, outlet, entry, known, common)]
        taken = spans.without_overlap((acronymic, heads[part.name], named, taken))
        found[part.name] = taken_up.typed(part, [span for span in taken if _in_one_sentence(part, span)], known.first_names)
    found = clubs.typed(both, found)
    again = _seen(both, found, common)
    mentions = []
    for part in both:
        for span in spans.with_given_names(part, _more(part, found[part.name], again), known, common):
            sentence = part.sentence_at(span.start)
            mentions.append(Mention(part.article_id, sentence.id, part.name, part.text[span.start : span.end], span))
    return mentions, explained


def _is_thing(part: Part, span: Span, nouns: Set[str], things: Sequence[tuple[int, int]], known: Gazetteer) -> bool:
    """Whether the span is an acronym for a thing or a status, or the long form of one."""
    text = part.text[span.start : span.end]
    if span.entry is not None or (len(text) > 1 and not text[:2].isupper() and not things):
        return False
    inside = any(start <= span.start and span.end <= end for start, end in things)
    return inside or text.rstrip("s") in nouns or common_acronyms.listed(text.rstrip("s"), known)


def _mastheads(part: Part, known: Gazetteer, common: Container[str]) -> list[Span]:
    """The outlets in the head and at the foot of a part; what is known as something else is none."""
    found = []
    for start, end in mastheads.find(part.text, known.first_names, common):
        forms = known.of(part.text[start:end])
        entry = next((form.entry for form in forms if form.entry.label == "MEDIA"), None)
        if entry is None and any(not form.weak for form in forms):
            continue
        entry = entry or Entry(linking.clean(part.text[start:end]), "MEDIA")
        found.append(Span(start, end, "MEDIA", "context", sure=True, entry=entry))
    return found


def _of_outlet(part: Part, outlet: str, entry: Entry, known: Gazetteer, common: Container[str]) -> list[Span]:
    """Where the article names its own outlet, if that is no known one and no word of the language."""
    if len(outlet) < _LETTERS or any(form.entry.label == "MEDIA" for form in known.of(outlet)):
        return []
    if (" " not in outlet and names.fold(outlet) in common) or not outlet[0].isupper():
        return []
    article = _ARTICLE.match(outlet)
    spelt = _pattern(outlet)
    if article is not None and outlet[article.end()].isupper():
        spelt += rf"|(?:(?<=\b[AaDd]u )|(?<=\b[AaDd](?:ux|es) )){_pattern(outlet[article.end() :])}"
    return [Span(*match.span(), "MEDIA", "context", sure=True, entry=entry) for match in re.finditer(spelt, part.text)]


def _pattern(name: str) -> str:
    apostrophes = re.escape(name).replace("’", "'").replace("'", "['’]")
    return rf"(?<![\w-]){apostrophes}(?![\w-])"


def _in_one_sentence(part: Part, span: Span) -> bool:
    sentence = part.sentence_at(span.start)
    return sentence.start <= span.start and span.end <= sentence.end


def _seen(both: Sequence[Part], found: dict[str, list[Span]], common: Container[str]) -> Gazetteer:
    """The unknown names of the article, and the last names of its persons, as a gazetteer of its own."""
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    people: dict[str, None] = {}
    for part in both:
        for span in found[part.name]:
            text = linking.clean(part.text[span.start : span.end])
            if span.label == "PER" and " " in text and span.sure:
                people[text] = None
            if span.entry is None and (" " in text or (len(text) > 2 and names.fold(text) not in common)):
                labels[text][span.label] += linking.weight(span)
    seen = Gazetteer()
    for text, votes in sorted(labels.items()):
        label = min(votes, key=lambda label: (-votes[label], label))
        seen.add(text, Entry(text, label))
    for full in people:
        last = full.split(" ", 1)[1].split()[-1]
        if len(last) > 2 and last[0].isupper() and names.fold(last) not in common:
            seen.add(last, Entry(full, "PER"))
    return seen


def _more(part: Part, taken: Sequence[Span], seen: Gazetteer) -> list[Span]:
    """The spans of a part with those that spell a name of `seen` where nothing was found."""
    again = []
    for sentence in part.sentences:
        words = part.words[part.word_index(sentence.start) : part.word_index(sentence.end)]
        for match in seen.matches(part.text, words):
            start, end = words[match.first].start, words[match.last - 1].end
            if part.text[start].isupper():
                again.append(Span(start, end, match.forms[0].entry.label, "name"))
    return spans.without_overlap((taken, again))
