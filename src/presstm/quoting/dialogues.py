"""Direct speech without quotation marks: answers of an interview, lines of dialogue after a dash, and posts signed below.

An article is an interview if its title has the form "Name : quotation" or announces questions, or if its first or last lines
say interview, entretien or propos recueillis, and at least two short paragraphs that end in "?" are followed by paragraphs
that do not. An answer runs to the next question; in a box "Trois questions à X" within an article it is one paragraph. In a
transcript, three paragraphs and more begin with the name of who speaks and a colon, and one speaks twice; a turn is a paragraph. A
dialogue is two lines or more in a row that begin with a dash, end a sentence and address somebody (with a hyphen, most of
them), or one such line with an inverted verb of speech. A post is a paragraph whose next one signs it: "— Name (@account)".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from presstm.parts import Part
from presstm.quoting.clauses import Clauses
from presstm.quoting.guillemets import Quoted
from presstm.quoting.headlines import FIRST_PERSON
from presstm.quoting.speakers import Reader, Speaker

_INTERVIEW = re.compile(r"\b(?:interview|entretien|propos recueillis|recueilli(?:s|e)? par|questions à)\b", re.I)
_BOX = re.compile(r"\W*(?P<questions>(?:\d+|deux|trois|quatre|cinq|six|sept)\s+questions à\b\W*)?", re.I)
_BYLINE = re.compile(
    r"^\W*(?:propos recueillis|recueilli|interview (?:réalisée|par)|entretien réalisé|lire aussi|à lire)", re.I
)
_LABEL = re.compile(r"(?:R[ée]ponse|R|[^\W\d_][\w.’' -]{0,40}?)\s?(?:[:：]|\. ?[–—]|[–—])\s+")
_TURN = re.compile(r"(?P<who>[A-ZÀ-Þ][^:.!?«»\n]{0,40}?|(?:[A-ZÀ-Þ]\.\s?){1,3})(?:\s?\([^()\n]{1,40}\))?\s?:\s+(?=\S)")
_DASH = re.compile(r"[—–-]\s")
_ADDRESS = re.compile(r"[?!]|\b(?:je|j|tu|t|toi|moi|vous|nous|mon|ma|ton|ta|votre|oui|non)\b", re.I)
_TO_YOU = re.compile(r"\b(?:vous|votre|vos)\b", re.I)
_I = re.compile(r"\b(?:je|j|moi|mon|ma|mes|nous|notre|nos)\b", re.I)
_QUESTION = 300  # characters
_PROMPT = 160  # characters of what asks without a question mark
_SIGNED = re.compile(r"[—–-]\s?([^()@\n]{2,60}?)\s?\(@\w+\)")
_ANSWERS = 2  # quoted answers that make an interview
_TURNS = 3  # paragraphs that make a transcript


class Reply(NamedTuple):
    """Direct speech without marks."""

    start: int
    end: int
    speaker: Speaker | None
    cue: str | None


def find(reader: Reader, body: Part, spans: Sequence[Quoted]) -> list[Reply]:
    """Answers and lines of dialogue of the body; what stands in quotation marks as a whole is left to those."""
    covered = {span.start for span in spans}
    answers = _transcript(reader, body) or list(_answers(reader, body)) or _boxed(body)
    replies = [*answers, *_dialogue(reader, body, spans), *_posts(reader, body)]
    return [reply for reply in replies if reply.start not in covered and not _in_marks(body, reply)]


def _in_marks(body: Part, reply: Reply) -> bool:
    text = body.text[reply.start : reply.end]
    return text[:1] in '«“"' and text.rstrip(".")[-1:] in '»”"'


def _transcript(reader: Reader, body: Part) -> list[Reply]:
    """The turns of a transcript: X (il rit) : …; who asks may be an outlet, by its initials."""
    found = [match for start, end in body.paragraphs if (match := _TURN.match(body.text, start, end))]
    ends = dict(body.paragraphs)
    speakers = {match["who"]: _named(reader, body, match) for match in found}
    turns = [(match, speaker) for match in found if (speaker := speakers[match["who"]]) is not None]
    several = {speaker.entity_id or speaker.text for _, speaker in turns}
    several.update(who for who, n in Counter(match["who"] for match in found).items() if n > 1 and speakers[who] is None)
    if len(turns) < _TURNS or len(several) in (1, len(turns)):
        return []
    return [Reply(match.end(), ends[match.start()], speaker, None) for match, speaker in turns]


def _named(reader: Reader, body: Part, turn: re.Match[str]) -> Speaker | None:
    """Who speaks in a turn: a person, or somebody by what they are."""
    who = turn["who"].strip()
    last = body.mention_at(turn.end("who") - 1)
    inside = last is not None and last.label == "PER" and last.end <= turn.end("who")
    entity = last.entity_id if last is not None and inside else reader.persons.called(who)
    if entity is not None:
        return Speaker(entity, who)
    words = re.findall(r"[\w-]+", who.lower())
    human = bool(words) and (reader.grammar.is_human(words[-1]) or words[0] in reader.cues.genders)
    return Speaker(None, who.lower() if who.isupper() else who) if human else None


def _boxed(body: Part) -> Iterator[Reply]:
    """Answers of an interview within an article: one paragraph after each question below a line "Trois questions à X" or, of two
    answers and more, "X, avocate"."""
    lines, asked = body.paragraphs, _asked(body)
    for at, (start, end) in enumerate(lines):
        head = _BOX.match(body.text, start, end)
        mention = body.mention_at(head.end()) if head is not None and end - start <= _PROMPT else None
        if head is None or mention is None or mention.label != "PER" or body.text[end - 1] in ".!?…:»":
            continue
        turns = []
        while at + 2 < len(lines) and asked[at + 1] and not asked[at + 2]:
            at += 2
            turns.append(at)
        if head["questions"] or len(turns) > 1:
            yield from (Reply(*lines[turn], Speaker(mention.entity_id, mention.text), None) for turn in turns)


def _answers(reader: Reader, body: Part) -> Iterator[Reply]:
    lines, asked = body.paragraphs, _asked(body)
    turns = [i for i, is_question in enumerate(asked[:-1]) if is_question and not asked[i + 1]]
    if len(turns) < 2 or not (_is_interview(reader.title, body) or _is_addressed(body, turns)):
        return
    speaker = _interviewee(reader, body)
    for turn in turns:
        last = turn + 1
        while last + 1 < len(lines) and not asked[last + 1] and not _BYLINE.match(body.text[slice(*lines[last + 1])]):
            last += 1
        start, end = lines[turn + 1][0], lines[last][1]
        if _BYLINE.match(body.text[start:end]):
            continue
        label = _LABEL.match(body.text, start, end)
        if label is not None and label.group()[0].isupper() and len(label.group().split()) <= 5:
            start = label.end()
        yield Reply(start, end, speaker, None)


def interviewee(reader: Reader, body: Part, spans: Sequence[Quoted]) -> Speaker | None:
    """Who answers, where at least two questions are followed by paragraphs in quotation marks; None in other articles."""
    whole = {span.start for span in spans}
    quoted = [start in whole or start + 1 in whole or start + 2 in whole for start, _ in body.paragraphs]
    asked = _asked(body)
    answers = sum(question and answer for question, answer in zip(asked[:-1], quoted[1:], strict=True))
    return _interviewee(reader, body) if answers >= _ANSWERS else None


def _asked(body: Part) -> list[bool]:
    """For each paragraph, whether it asks: a question, or after an answer a few words to "vous" that a longer one answers."""
    lines = [body.text[start:end] for start, end in body.paragraphs]
    asked = [_is_question(line) for line in lines]
    asked_before = bool(asked) and asked[0]
    for at in range(1, len(lines) - 1):
        among_answers = asked_before and not asked[at - 1] and not asked[at] and not asked[at + 1]
        if among_answers and len(lines[at]) <= _PROMPT and len(lines[at + 1]) > len(lines[at]):
            asked[at] = lines[at].endswith("…") or bool(_TO_YOU.search(lines[at]) and not _I.search(lines[at]))
        asked_before = asked_before or asked[at]
    return asked


def _is_question(text: str) -> bool:
    return len(text) <= _QUESTION and text.rstrip(' »”"*').endswith("?") and text[:1] not in "«“—"


def _is_interview(title: Part, body: Part) -> bool:
    edges = [body.text[start:end] for start, end in [*body.paragraphs[:2], *body.paragraphs[-1:]]]
    named = any(
        mention.label == "PER" and re.match(r"[^:\n]{0,60}:\s?[«“\"]", title.text[mention.end :])
        for mention in title.mentions
    )
    return named or any(_INTERVIEW.search(text) for text in (title.text, *edges))


def _is_addressed(body: Part, turns: Sequence[int]) -> bool:
    """Whether the turns show an interview: a person's name before an answer, or three questions of which two say "vous", or one
    where an answer says "je"."""
    answers = (body.paragraphs[turn + 1][0] for turn in turns)
    labelled = any(
        (mention := body.mention_at(start)) is not None
        and mention.label == "PER"
        and re.match(r"\s?[–—:]\s", body.text[mention.end :]) is not None
        for start in answers
    )
    asking = [_TO_YOU.search(body.text, *body.paragraphs[turn]) is not None for turn in turns]
    personal = (FIRST_PERSON.search(body.text, *body.paragraphs[turn + 1]) is not None for turn in turns)
    return labelled or (len(turns) > 2 and (sum(asking) > 1 or (any(asking) and any(personal))))


def _interviewee(reader: Reader, body: Part) -> Speaker | None:
    for part in (reader.title, body):
        for mention in part.mentions:
            before = part.text[max(0, mention.start - 30) : mention.start]
            if mention.label == "PER" and not re.search(r"recueilli|\bpar\s*$", before, re.I):
                return Speaker(mention.entity_id, mention.text)
    return None


def _dialogue(reader: Reader, body: Part, spans: Sequence[Quoted]) -> Iterator[Reply]:
    clauses = Clauses(reader, body, spans)
    run: list[tuple[int, int]] = []
    for start, end in [*body.paragraphs, (0, 0)]:
        if start < end and _DASH.match(body.text, start) and body.text[end - 1] in ".?!…":
            run.append((start, end))
            continue
        replies = [_reply(clauses, body, start, end) for start, end in run]
        spoken = sum(_ADDRESS.search(body.text, start, end) is not None for start, end in run)
        least = len(run) / 2 if run and body.text[run[0][0]] == "-" else 0  # hyphens are of lists, too
        if any(reply.cue for reply in replies) or (len(run) > 1 and spoken > least):
            yield from (reply for reply in _alternating(replies) if reply.start < reply.end)
        run = []


def _alternating(replies: Sequence[Reply]) -> Iterator[Reply]:
    """The lines of two who speak in turn: where lines name one speaker alone at every other place, the others there are theirs."""
    named = [{reply.speaker for reply in replies[first::2] if reply.speaker is not None} for first in (0, 1)]
    for at, reply in enumerate(replies):
        own, others = named[at % 2], named[1 - at % 2]
        alone = len(own) == 1 and not own & others
        yield reply._replace(speaker=next(iter(own))) if reply.speaker is None and alone else reply


def _posts(reader: Reader, body: Part) -> Iterator[Reply]:
    for (start, end), below in pairwise(body.paragraphs):
        signed = _SIGNED.match(body.text, *below)
        if signed is not None:
            mention = body.mention_at(signed.start(1))
            entity = mention.entity_id if mention is not None else reader.persons.called(signed[1].title())
            yield Reply(start, end, Speaker(entity, signed[1]), None)


def _reply(clauses: Clauses, body: Part, start: int, end: int) -> Reply:
    """The line without its dash and without the words that attribute it at its end."""
    match = _DASH.match(body.text, start)
    start = match.end() if match else start
    words = body.words
    for index in range(body.word_index(start) + 1, body.word_index(end) - 1):
        if words[index].low not in (",", "?", "!", "…"):
            continue
        verb = clauses.verb(index + 1)
        if verb is None:
            continue
        phrase = verb.subject or clauses.reader.grammar.subject_after(body, verb.end, strict=True)
        if phrase is not None and phrase.end <= end and phrase.head not in ("je", "nous"):
            stop = words[index].start if words[index].low == "," else words[index].end
            return Reply(start, stop, clauses.reader.resolve(body, phrase, start), verb.lemma)
    return Reply(start, end, None, None)
