"""Title and body of an article read as one text: what comes before what, what is quoted, how far apart two places are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from presstm.parts import Mention, Part
from presstm.quoting import guillemets

Place = tuple[int, Part, Mention]  # position of a mention, its part, the mention


@dataclass
class Article:
    """The two parts of an article."""

    title: Part
    body: Part

    def order(self, part: Part, offset: int) -> int:
        """A number that grows from the first character of the title to the last of the body."""
        return offset if part is self.title else offset + len(self.title.text) + 1

    def labelled(self, labels: Sequence[str]) -> list[Place]:
        """Mentions with one of the labels, in reading order."""
        return [
            (self.order(part, mention.start), part, mention)
            for part in (self.title, self.body)
            for mention in part.mentions
            if mention.label in labels
        ]

    def is_quoted(self, part: Part, offset: int) -> bool:
        """Whether `offset` stands between quotation marks."""
        starts, ends = self._marks[part.name]
        position = bisect_right(starts, offset) - 1
        return position >= 0 and offset < ends[position]

    def sentences_between(self, where: Part, start: int, part: Part, offset: int) -> int:
        """Sentences from one place to a later one; those that begin within a quotation do not count."""
        before = self._open[where.name][where.sentence_at(start).id - where.sentences[0].id]
        last = part.sentence_at(offset)
        here = self._open[part.name][last.id - part.sentences[0].id]
        return here - before if where is part else here

    @cached_property
    def _marks(self) -> dict[str, tuple[list[int], list[int]]]:
        found = {
            part.name: [span for span in guillemets.find(part.text) if span.depth == 0] for part in (self.title, self.body)
        }
        return {name: ([span.start for span in spans], [span.end for span in spans]) for name, spans in found.items()}

    @cached_property
    def _open(self) -> dict[str, list[int]]:
        """By part, for each sentence, the number of sentences up to it that do not begin within a quotation."""
        counts: dict[str, list[int]] = {}
        for part in (self.title, self.body):
            count, found = 0, []
            for sentence in part.sentences:
                count += not self.is_quoted(part, sentence.start - 1)
                found.append(count)
            counts[part.name] = found
        return counts
