"""The names of one article: in each sentence, then those seen once looked for everywhere, and the acronyms it explains."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence, Set

from presstm import acronyms, linking, names, spans
from presstm.gazetteer import Entry, Gazetteer
from presstm.linking import Mention
from presstm.parts import Part
from presstm.spans import Span


def find(both: Sequence[Part], known: Gazetteer, common: Set[str]) -> tuple[list[Mention], dict[str, str]]:
    """Mentions of an article, and the long name of the key of every acronym that it explains.

    Args:
        both: its title and its body.
        known: known names and first names.
        common: folded words that the corpus has in lower case as well.
    """
    found: dict[str, list[Span]] = {}
    explained: dict[str, str] = {}
    for part in both:
        taken = [span for sentence in part.sentences for span in spans.find(part, sentence, known, common)]
        for pair in acronyms.find(part.text):
            long, short = (part.text[slice(*where)] for where in pair)
            form = next(iter([*known.of(long), *known.of(short)]), None)
            entry = form.entry if form else None
            explained[names.key(short)] = entry.name if entry else linking.clean(long)
            for start, end in pair:
                label = entry.label if entry else "ORG"
                taken = _with(taken, Span(start, end, label, "context", sure=True, entry=entry))
        found[part.name] = [span for span in taken if _in_one_sentence(part, span)]
    again = _seen(both, found, common)
    mentions = []
    for part in both:
        for span in _more(part, found[part.name], again):
            sentence = part.sentence_at(span.start)
            mentions.append(Mention(part.article_id, sentence.id, part.name, part.text[span.start : span.end], span))
    return mentions, explained


def _with(taken: Sequence[Span], span: Span) -> list[Span]:
    """The spans with one more, in place of those that it overlaps."""
    return sorted([*(other for other in taken if span.end <= other.start or other.end <= span.start), span])


def _in_one_sentence(part: Part, span: Span) -> bool:
    sentence = part.sentence_at(span.start)
    return sentence.start <= span.start and span.end <= sentence.end


def _seen(both: Sequence[Part], found: dict[str, list[Span]], common: Set[str]) -> Gazetteer:
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
    spans_here = list(taken)
    for sentence in part.sentences:
        words = [word for word in part.words if sentence.start <= word.start < sentence.end]
        for match in seen.matches(part.text, words):
            start, end = words[match.first].start, words[match.last - 1].end
            if not any(start < span.end and span.start < end for span in spans_here) and part.text[start].isupper():
                spans_here.append(Span(start, end, match.forms[0].entry.label, "name"))
    return sorted(spans_here)
