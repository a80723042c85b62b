"""Where the forms of corrections stand in the texts, whether or not anything else was found there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from presstm.naming import spans
from presstm.naming.gazetteer import Entry, Gazetteer
from presstm.naming.linking import Mention
from presstm.naming.overrides import NO_ENTITY, Overrides
from presstm.naming.spans import Span
from presstm.parts import Part, Sentence

Find = Callable[[Sequence[Part], str], list[Mention]]


def finder(corrections: Overrides) -> Find:
    """What finds the forms of corrections, as strong forms of the gazetteer, in the title and body of an article and given its source."""
    forms: dict[str, Gazetteer] = defaultdict(Gazetteer)
    for row in corrections.rows.values():
        forms[row.source].add(row.form, Entry(row.name, row.label))

    def find(both: Sequence[Part], source: str) -> list[Mention]:
        known = [forms[one] for one in (source, "") if one in forms]
        return [
            Mention(part.article_id, sentence.id, part.name, part.text[span.start : span.end], span)
            for part in both
            for sentence in part.sentences
            for span in spans.without_overlap([_spelt(part, sentence, known)])
        ]

    return find


def _spelt(part: Part, sentence: Sentence, known: Iterable[Gazetteer]) -> Iterator[Span]:
    for forms in known:
        words = part.words[part.word_index(sentence.start) : part.word_index(sentence.end)]
        for match in forms.matches(part.text, words):
            label = match.forms[0].entry.label
            yield Span(words[match.first].start, words[match.last - 1].end, label, "override", sure=True)


def merge(found: list[Mention], corrected: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    """The mentions with those of corrections in the place of what overlaps them, and the corrections that have a place.

    A form within a longer name has none: it is a part of that. Where just the form was found already that mention stays, for others
    are linked by it.
    """
    if not corrected:
        return found, []
    touched = {(one.article_id, one.part) for one in corrected}
    here: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in found:
        if (mention.article_id, mention.part) in touched:
            here[mention.article_id, mention.part].append(mention)
    placed = []
    for one in sorted(corrected, key=lambda one: one.span.start - one.span.end):
        start, end = one.span[:2]
        near = here[one.article_id, one.part]
        holds = [mention.text for mention in near if mention.span.start <= start and end <= mention.span.end]
        if not holds:
            near[:] = [mention for mention in near if mention.span.end <= start or end <= mention.span.start]
            near += [one] if one.span.label != NO_ENTITY else []
        if not holds or holds == [one.text]:
            placed.append(one)
    others = [mention for mention in found if (mention.article_id, mention.part) not in touched]
    merged = [*others, *(mention for near in here.values() for mention in near)]
    return sorted(merged, key=lambda mention: (mention.article_id, mention.sentence_id, mention.span.start)), placed
