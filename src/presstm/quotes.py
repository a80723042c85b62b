"""Quotations: what is quoted directly or indirectly, by whom, and terms in guillemets that quote nobody.

Offsets leave the marks out. A stretch between marks is **direct** if a verb of speech, a colon after a speaker or selon X goes
with it, if it is a clause of its own, or if it is longer than `max_term_words`. It is a **term** if it is short and none of
this holds, if a word for works or names introduces it (un livre intitulé « … »), if "ces" points at it as a known label, or if
the article puts the same short words in marks twice. A short fragment is direct where a speaker's verb governs it: "elle
dénonce une « précarité organisée »" (les « … » and ces « … » only after a verb that judges), where it begins like no label: « que deux pauses par jour », « une bande d'amateurs », or where selon X or que
goes with it and it begins with the verb or with its determiner: selon X, « des dizaines de dossiers » sont en cours. A name alone in marks
(« Le Courrier ») and the title in a reference (lire aussi « … ») are no row. **Indirect** speech is selon X, d'après X, pour X, X affirme que,
X assure avoir, promet de, "…, note X", and comme le note X, ….
"""

from __future__ import annotations

import functools
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from presstm import parts, tables
from presstm.naming import people
from presstm.naming.names import slug, slug_of
from presstm.parts import Part
from presstm.quoting import attribution as attributions
from presstm.quoting import dialogues, guillemets, headlines, indirect, kinds, subjects, works
from presstm.quoting.attribution import Attribution
from presstm.quoting.clauses import Clauses
from presstm.quoting.guillemets import Quoted
from presstm.quoting.noun_phrases import DETERMINERS, NAMED, Phrase
from presstm.quoting.speakers import Reader, Speaker, Study
from presstm.quoting.speech import Cues, load
from presstm.running import batches as cached
from presstm.running.batch_work import Make, Narrow, Work
from presstm.settings import QuotesSettings

load_cues = load

_AND = re.compile(
    r"(?:,?\s?(?:et|ou|ni)|,)\s(?:(?:à|de|par|pour|comme|d['’])\s?)?(?:(?:une?|des?|du|aux?|les?|la|l['’]|sa|son|ses|leurs?)\s?)?"
)
_OPENING = '«“"-–—'
_CLOSING = ' \u00a0\u202f»”"'
_ARTICLES = ("", "le", "la", "les", "l'", "l’")
_FEW = 8  # words before a quotation that only say what it is about
_BACK = 3  # paragraphs before a list of quotations in which who says them may be named
_GOING_ON = frozenset("poursuivre ajouter reprendre enchaîner continuer".split())
_NO_SPEAKER = Speaker(None, "")


class Quote(NamedTuple):
    """A row of table quotes, without its article and sentence."""

    start: int
    end: int
    kind: str
    speaker: str | None = None
    speaker_text: str | None = None
    cue: str | None = None


def find(
    articles: pa.Table,
    sentences: pa.Table,
    tokens: pa.Table,
    mentions: pa.Table,
    entities: pa.Table,
    cues: Cues,
    settings: QuotesSettings,
) -> pa.Table:
    """Find the quotations of every article.

    Args:
        articles, sentences, tokens, mentions, entities: tables of these names.
        cues: the words that introduce speech (`load_cues`); `study` names the entity whose report "le rapport" means where
            an article names nobody with it.
        settings: `max_term_words` is the length up to which marks may hold a term.

    Returns:
        Table quotes.
    """
    names = dict(zip(entities["entity_id"].to_pylist(), entities["name"].to_pylist(), strict=True))
    study = _study(names, cues)
    rows: list[dict[str, Any]] = []
    for title, body in parts.read(articles, sentences, tokens, mentions):
        reader = Reader(title, body, cues, names, study)
        found = {part.name: _PartReader(reader, part, settings).quotes() for part in (title, body) if part.sentences}
        if "title" in found:
            found["title"] = headlines.repeated(title, found["title"], body, found.get("body", []))
            found["title"] = headlines.speakers(title, found["title"], body, found.get("body", []))
        if "body" in found:
            found["body"] = headlines.subheads(body, found["body"])
            found["body"] = headlines.repeated(body, found["body"], body, found["body"])
            found["body"] = headlines.in_body(title, body, found["body"])
        for part in (title, body):
            rows += [_row(part, quote) for quote in found.get(part.name, [])]
    return tables.from_rows("quotes", rows)


def _study(entities: Iterable[str], cues: Cues) -> Study:
    """The study among entity ids; ids come from canonical names, whatever name the corpus shows."""
    by_name = {slug_of(entity): entity for entity in entities}
    entity = by_name.get(slug(cues.study or ""))
    report = by_name.get(slug(f"{cues.study} (rapport)")) if entity else None
    return Study(entity, report, frozenset(by_name[name] for name in map(slug, cues.study_bodies) if name in by_name))


def work(entities: pa.Table, cues: Path, settings: QuotesSettings) -> Work:
    """Finding the quotations of a corpus batch by batch: table quotes of each.

    Args:
        entities: table entities of the whole corpus.
        cues: file of the words that introduce speech.
        settings: of the stage.

    Raises:
        SettingsError: the file is not valid.
    """
    read = {"articles": None, "sentences": None, "tokens": None, "mentions": None}
    same: list[str | bytes] = [cached.code(sys.modules[__name__]), cues.read_bytes(), cached.settings(settings)]
    study = _study(entities["entity_id"].to_pylist(), load_cues(cues))
    narrow = functools.partial(_with_entities, study=frozenset(filter(None, study[:2])))
    return Work("quotes", read, _finder, (cues, settings), same, entities.select(["entity_id", "name"]), narrow)


def _finder(cues: Path, settings: QuotesSettings) -> Make:
    words = load_cues(cues)
    return lambda batch: {"quotes": find(**batch, cues=words, settings=settings)}


def _with_entities(entities: pa.Table, study: frozenset[str]) -> Narrow:
    """Adds the entities that `find` has to know: so a batch is not read again because others name somebody new."""
    known = entities.select(["entity_id", "name"]).combine_chunks()
    row = {entity: number for number, entity in enumerate(known["entity_id"].to_pylist())}

    def narrow(batch: cached.Batch) -> dict[str, pa.Table]:
        named = {*batch["mentions"]["entity_id"].unique().to_pylist(), *study}
        return {**batch, "entities": known.take(pa.array(sorted(row[one] for one in named if one in row), pa.int64()))}

    return narrow


def metrics(quotes: pa.Table) -> dict[str, Any]:
    """Number of quotations by kind, and of direct ones whose speaker is an entity."""
    rows = quotes.select(["kind", "speaker"]).to_pylist()
    kinds = Counter(row["kind"] for row in rows)
    named = sum(row["kind"] == "direct" and row["speaker"] is not None for row in rows)
    return {**{kind: kinds[kind] for kind in ("direct", "indirect", "term")}, "direct_with_speaker": named}


def _row(part: Part, quote: Quote) -> dict[str, Any]:
    where = {"article_id": part.article_id, "part": part.name, "sentence_id": part.sentence_at(quote.start).id}
    words = quote.speaker_text
    if quote.speaker is None and words and re.split(r"\W", words, maxsplit=1)[0].lower() in DETERMINERS:
        words = words[0].lower() + words[1:]  # Une conseillère, at the head of a sentence, is une conseillère
    return {**where, **quote._asdict(), "speaker_text": words}


@dataclass
class _PartReader:
    """Reads the quotations of one part, from its first to its last character."""

    reader: Reader
    part: Part
    settings: QuotesSettings
    found: list[Quote] = field(default_factory=list)

    def quotes(self) -> list[Quote]:
        part = self.part
        spans = guillemets.find(part.text)
        self.clauses = Clauses(self.reader, part, spans)
        self.interviewee = dialogues.interviewee(self.reader, part, spans) if part.name == "body" else None
        self.persons = {mention.entity_id for mention in part.mentions if mention.label == "PER"}
        self.filled: Quote | None = None  # the last quotation that was a paragraph of its own
        self.repeated = Counter(headlines.normal(part.text[span.start : span.end]) for span in spans)
        replies = dialogues.find(self.reader, part, spans) if part.name == "body" else []
        events: list[tuple[int, int, Any]] = [(span.start, -span.end, span) for span in spans]
        events += [(reply.start, -reply.end, reply) for reply in replies]
        inside = 0
        for _, _, event in sorted(events, key=lambda item: item[:2]):
            if isinstance(event, Quoted):
                self._quoted(event, nested=event.depth > 0 or event.start < inside)
            else:
                speaker = event.speaker or _NO_SPEAKER
                self._keep(Quote(event.start, event.end, "direct", speaker.entity_id, speaker.text or None, event.cue))
                inside = max(inside, event.end)
        self._speakers_named_after()
        self.found += self._indirect()
        unique: dict[tuple[int, int], Quote] = {}
        for quote in self.found:
            unique.setdefault((quote.start, quote.end), quote)
        return sorted(unique.values())

    def _keep(self, quote: Quote) -> None:
        self.found.append(quote)
        self.reader.speaks(self.part, quote.end, quote.speaker)

    # --- text between marks ---

    def _quoted(self, span: Quoted, *, nested: bool) -> None:
        if works.is_reference(self.part.text, span):
            return
        attribution = attributions.find(self.clauses, span, nested=nested)
        repeated = self.repeated[headlines.normal(self.part.text[span.start : span.end])] > 1
        stretch = kinds.Stretch(self.clauses, span, attribution, nested, repeated, self.settings.max_term_words)
        if kinds.kind(stretch) == "term":
            if self._is_name(span):
                return
            joined = self._joined(span)
            if joined is not None:
                self._keep(joined._replace(start=span.start, end=span.end))
                return
            self.found.append(Quote(span.start, span.end, "term"))
            return
        speaker, cue = _NO_SPEAKER, None
        if attribution is not None:
            speaker, cue = self._speaker(span, attribution), attribution.cue
        elif not nested:
            speaker = self._inherited(span)
        quote = Quote(span.start, span.end, "direct", speaker.entity_id, speaker.text or None, cue)
        self.filled = quote if self._fills(span) else self.filled
        self._keep(quote)

    def _joined(self, span: Quoted) -> Quote | None:
        """The fragment somebody is quoted with that "et" joins to this one: redoute une « … » et des « … »."""
        last = self.found[-1] if self.found else None
        if last is None or last.kind != "direct" or last.end > span.outer_start:
            return None
        if last.cue is None or last.cue in works.PROPOSING:
            return None  # promet une « … » et des « … »
        return last if _AND.fullmatch(self.part.text[last.end : span.outer_start].lstrip(_CLOSING)) else None

    def _is_name(self, span: Quoted) -> bool:
        """Whether the marks hold the name of an outlet, a platform, a body or a person and no more: « Le Courrier »."""
        mention = self.part.mention_at(span.start) or self.part.mention_at(span.end - 1)
        if mention is None or mention.label not in NAMED:
            return False
        around = self.part.text[span.start : mention.start] + self.part.text[mention.end : span.end]
        return around.strip().lower() in _ARTICLES

    # --- speakers ---

    def _speaker(self, span: Quoted, attribution: Attribution) -> Speaker:
        if attribution.by_author:
            return _NO_SPEAKER
        if attribution.phrase is not None and attribution.phrase.head == "on":  # dit-on
            start, _ = self.part.paragraphs[self.part.paragraph_at(span.start)]
            house = subjects.house(self.clauses, start, span.outer_start)
            return self.reader.resolve(self.part, house or attribution.phrase, span.outer_start)
        last = self._goes_on(span, attribution)
        if last is not None:
            return Speaker(last.speaker, last.speaker_text or "")
        if attribution.phrase is not None:
            return self.reader.resolve(self.part, attribution.phrase, span.outer_start)
        inherited = self._inherited(span)
        last = next((quote for quote in reversed(self.found) if quote.kind == "direct"), None)
        if inherited.text or last is None or self.part.paragraph_at(last.end) < self.part.paragraph_at(span.start) - 1:
            return inherited
        return Speaker(last.speaker, last.speaker_text or "")  # Et de conclure : « … »

    def _goes_on(self, span: Quoted, attribution: Attribution) -> Quote | None:
        """The last quotation, if a verb for going on says that who spoke in it does: poursuit-il."""
        phrase = attribution.phrase
        last = next((quote for quote in reversed(self.found) if quote.kind == "direct"), None)
        if phrase is None or phrase.kind != "pronoun" or attribution.cue not in _GOING_ON or last is None:
            return None
        near = self.part.paragraph_at(last.end) >= self.part.paragraph_at(span.start) - _BACK
        goes_on = last.speaker in self.persons and self.reader.persons.goes_on(last.speaker, phrase.head)
        return last if near and goes_on else None

    def _speakers_named_after(self) -> None:
        """Give a quotation whose speaker nothing names the one of the next, which follows in its paragraph or, if it fills its
        own, begins the next one: « … » / « … », confirme X."""
        places = [at for at, quote in enumerate(self.found) if quote.kind == "direct"]
        for at, following in reversed(list(pairwise(places))):
            quote, source = self.found[at], self.found[following]
            if (
                quote.speaker is not None
                or quote.speaker_text is not None
                or source.speaker is None
                or source.start < quote.end
            ):
                continue
            between = self.part.text[quote.end : source.start]
            near = "\n" not in between or not any(map(str.isalpha, between))
            if (
                near
                and source.cue
                and not any(m.label == "PER" for m in self.part.mentions_between(quote.end, source.start))
            ):
                self.found[at] = quote._replace(speaker=source.speaker, speaker_text=source.speaker_text)

    def _inherited(self, span: Quoted) -> Speaker:
        """The speaker of a quotation that names none: who speaks or is named in its paragraph, or spoke just before it."""
        part = self.part
        paragraph = part.paragraph_at(span.start)
        start, end = part.paragraphs[paragraph]
        last = next((quote for quote in reversed(self.found) if quote.kind == "direct" and quote.end <= span.start), None)
        fills = self._fills(span)
        if fills and self.interviewee is not None:
            return self.interviewee
        since = last.end if last is not None and last.start >= start else start
        person = headlines.FIRST_PERSON.search(part.text, span.start, span.end) is not None
        named = subjects.last(self.clauses, since, span.outer_start, person=person)
        if named is not None:
            return self.reader.resolve(part, named)
        if last is not None and last.start >= start:
            return Speaker(last.speaker, last.speaker_text or "")
        if not any(map(str.isalnum, part.text[start : span.outer_start])):
            follower = subjects.first(self.clauses, span.outer_end, end) or subjects.whose_words(
                self.clauses, span.outer_end
            )
            if follower is not None:
                return self.reader.resolve(part, follower)
            credited = self._credited(paragraph) if fills else None
            if credited is not None:
                return self.reader.resolve(part, credited)
            if last is not None and part.paragraph_at(last.start) >= paragraph - 1:
                return self._told_since(last, span) or Speaker(last.speaker, last.speaker_text or "")
            if fills and last is not None and self.filled is last and part.paragraph_at(last.start) >= paragraph - 2:
                told = self._told_since(last, span) if person else None
                return told or Speaker(last.speaker, last.speaker_text or "")
            listed = part.text[start] in "-–—•"
            for before in range(paragraph - 1, max(-1, paragraph - 1 - (_BACK if listed else 1)), -1):
                named = subjects.last(self.clauses, *part.paragraphs[before], person=person)
                if named is not None:
                    return self.reader.resolve(part, named)
        return self._only_one(span) if person or fills else _NO_SPEAKER

    def _credited(self, paragraph: int) -> Phrase | None:
        """Whose name stands on the line above or below a quotation that is a paragraph: on the same side as for the first of a
        list of them."""
        first = paragraph
        while (
            first > 1
            and subjects.name_line(self.clauses, first - 1)
            and self.part.text[self.part.paragraphs[first - 2][0]] in _OPENING
        ):
            first -= 2
        above = subjects.name_line(self.clauses, first - 1) is not None
        return subjects.name_line(self.clauses, paragraph - 1 if above else paragraph + 1)

    def _told_since(self, last: Quote, span: Quoted) -> Speaker | None:
        """The person whom the text between two quotations is about, if anybody is."""
        told = subjects.last(self.clauses, last.end, span.outer_start, person=True)
        if told is None or not (told.mention is None or people.is_subject(self.part, told.mention)):
            return None
        return self.reader.resolve(self.part, told)

    def _only_one(self, span: Quoted) -> Speaker:
        """The only person who is quoted before, for a quotation with hardly a word around it: « Sur le salaire, « … »."""
        start, _ = self.part.paragraphs[self.part.paragraph_at(span.start)]
        before = self.part.tokens_between(start, span.outer_start)
        if len(before) > _FEW or any("VerbForm=Fin" in token.morph for token in before):
            return _NO_SPEAKER
        quoted = {quote.speaker: quote for quote in self.found if quote.kind == "direct" and quote.speaker in self.persons}
        if len(quoted) != 1:
            return _NO_SPEAKER
        (only,) = quoted.values()
        return Speaker(only.speaker, only.speaker_text or "")

    def _fills(self, span: Quoted) -> bool:
        """Whether the quotation is its paragraph, but for a dash or a mark around it."""
        return headlines.fills(self.part, span.outer_start, span.outer_end)

    # --- indirect speech ---

    def _indirect(self) -> Iterator[Quote]:
        direct: list[tuple[int, int]] = []
        for start, end in sorted((quote.start, quote.end) for quote in self.found if quote.kind == "direct"):
            if not direct or end > direct[-1][1]:  # nested ones left out
                direct.append((start, end))
        for start, end, phrase, cue in indirect.find(self.clauses, direct):
            speaker = self.reader.resolve(self.part, phrase)
            if speaker.text:
                yield Quote(start, end, "indirect", speaker.entity_id, speaker.text, cue)
