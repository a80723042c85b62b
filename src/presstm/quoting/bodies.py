"""Which body a noun takes up: l'entreprise, le syndicat, le quotidien; and which one stands behind le rapport, les auteurs.

A body is introduced by the noun before its name (la start-up X), by one after it (X, une start-up de Y) or by its own first
word (Conseil de …). A noun takes up the last body that it introduced. Without one, a word for firms takes up the last body
that nothing says to be something else, and one for outlets the last outlet.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from presstm.naming import people
from presstm.naming.name_context import PLATFORM_NOUNS
from presstm.parts import Mention, Part
from presstm.quoting.speech import Cues

PROJECTS = frozenset({"projet", "programme"})
_GENERIC = frozenset(["", "organisation", "institution", "instance", "organisme", "structure", "équipe"])
_UNIQUE = frozenset(  # bodies that a text names when it means them
    "ministère gouvernement tribunal cour mairie préfecture police parquet sénat assemblée région département ville défense accusation".split()
)
_PLATFORMS = PLATFORM_NOUNS | {"site"}
_DECIDING = frozenset("tribunal cour conseil commission autorité parquet comité".split())
_OWNER = re.compile(r"\s(?:(?:du|de la|de l['’]|de|d['’]|des)\s?)?")  # between a document and whose it is
_APPOSED = re.compile(r"\s?[,(–—-]\s?(?:(?:un|une|le|la|l['’]|cette|ce)\s?)?(?:\w+\s)?([\w-]+)")
_ARTICLE = re.compile(r"(?:\b(?:l[ae]|les)\s|\bl['’])\Z")
_WORDS = re.compile(r"[\w-]+")
_MEMORY = 40  # bodies that a noun may refer to

Far = Callable[[Part, int], bool]


@dataclass
class Bodies:
    """The bodies that an article names, in reading order, with a position that grows through title and body."""

    found: list[tuple[int, Part, Mention]]
    names: dict[str, str]  # entity_id -> name
    cues: Cues
    _introduced: dict[str, set[str]] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Number the bodies."""
        self._at = [position for position, _, _ in self.found]

    def before(self, position: int) -> list[tuple[int, Part, Mention]]:
        """The last bodies named before a position, the nearest first."""
        last = bisect_left(self._at, position)
        return self.found[max(0, last - _MEMORY) : last][::-1]

    def introduced(self, entity_id: str) -> set[str]:
        """Nouns that say what an entity is."""
        if self._introduced is None:
            self._introduced = {}
            for _, part, mention in self.found:
                known = self._introduced.setdefault(mention.entity_id, set())
                known.update(self._nouns(part, mention))
        return self._introduced.get(entity_id, set())

    def _nouns(self, part: Part, mention: Mention) -> Iterator[str]:
        bodies = self.cues.bodies
        yield from bodies & set(_WORDS.findall(self.names.get(mention.entity_id, mention.text).lower())[:2])
        before = _WORDS.findall(part.text[max(0, mention.start - 40) : mention.start].lower())[-2:]
        yield from bodies & set(before)
        after = _APPOSED.match(part.text[mention.end : mention.end + 60].lower())
        if after is not None and after[1] in bodies:
            yield after[1]

    def last(self, position: int, noun: str = "", far: Far | None = None) -> str | None:
        """The last body named that `noun` may take up, none that is `far`."""
        near = _subjects_first(item for item in self.before(position) if far is None or not far(item[1], item[2].start))
        for _, _, mention in near:
            known = self.introduced(mention.entity_id)
            if noun in known or (noun in _PLATFORMS and mention.label == "PLATFORM"):
                return mention.entity_id
        if noun in _UNIQUE:
            return None
        fitting = [(part, mention) for _, part, mention in near if self._fits(noun, mention)]
        bare = (m for part, m in fitting if noun in self.cues.firms and not _ARTICLE.search(part.text[: m.start][-4:]))
        chosen = next(bare, fitting[0][1] if fitting else None)  # Wazzup, but le Cnam, la CGT
        return chosen.entity_id if chosen else None

    def _fits(self, noun: str, mention: Mention) -> bool:
        known = self.introduced(mention.entity_id)
        if mention.label == "MEDIA":
            return noun in self.cues.outlets
        if noun in _GENERIC:
            return True
        if noun in _PLATFORMS:  # an institution, which has a longer name or an acronym, is none
            return bool(known & self.cues.firms) or (not known and mention.text.isalnum() and not mention.text.isupper())
        if noun == "groupe" and "filiale" in known:
            return False
        if noun in self.cues.firms:
            return not known or bool(known & self.cues.firms)
        return not known and mention.label != "PLATFORM" and noun not in self.cues.outlets

    def court(self, position: int) -> str | None:
        """The last body named that decides: a court, a council, a commission."""
        deciding = (m.entity_id for _, _, m in self.before(position) if _DECIDING & self.introduced(m.entity_id))
        return next(deciding, None)

    def behind(self, position: int, nouns: frozenset[str]) -> str | None:
        """The body most often named in one sentence with one of `nouns` (documents, authors) or with a project.

        Bodies named before the position count, or else those after it; the later one of two. A body whose name follows the
        noun (l'étude du collectif X, le projet X) counts more, a platform less: it is what is studied.
        """
        after = bisect_left(self._at, position)
        earlier = self._most_linked(self.before(position)[::-1], nouns)
        return earlier or self._most_linked(self.found[after : after + _MEMORY], nouns)

    def _most_linked(self, found: list[tuple[int, Part, Mention]], nouns: frozenset[str]) -> str | None:
        votes: dict[str, float] = {}
        for _, where, mention in found:
            if mention.label == "MEDIA":
                continue
            sentence = where.sentence_at(mention.start)
            here = {token.text.lower(): token.start for token in where.tokens_between(sentence.start, sentence.end)}
            near = [(start + len(noun), noun) for noun, start in here.items() if noun in nouns or noun in PROJECTS]
            owned = [noun for end, noun in near if _OWNER.fullmatch(where.text[end : max(end, mention.start)])]
            if near:
                linked = 0.3 if mention.label == "PLATFORM" else 1.0
                weight = 4.0 if PROJECTS & set(owned) else 3.0 if owned else linked
                votes[mention.entity_id] = votes.pop(mention.entity_id, 0.0) + weight
        return max(reversed(votes), key=lambda entity_id: votes[entity_id]) if votes else None


def _subjects_first(found: Iterable[tuple[int, Part, Mention]]) -> list[tuple[int, Part, Mention]]:
    """Bodies, the nearest first, with the subjects of each sentence before what else it names."""
    sentences = itertools.groupby(found, key=lambda item: (item[1].name, item[1].sentence_at(item[2].start).id))
    return [item for _, here in sentences for item in sorted(here, key=lambda item: not people.is_subject(*item[1:]))]
