"""Tables sentences and tokens built by hand, without a language model, for sentences whose parts of speech a test gives."""

import re

from presstm import parts

_WORD = re.compile(r"\d+(?:[\u00a0\u202f ]\d{3})*(?:,\d+)?|\w+['’]|\w+(?:-\w+)*|[^\w\s]")
_SENTENCE = re.compile(r"[^\s.?!\n](?:[^.?!\n]|[.?!](?!\s))*[.?!]?(?:\s?[»”])?|\S+")
_POS = {
    "de": "ADP", "d": "ADP", "des": "ADP", "du": "ADP", "à": "ADP", "par": "ADP", "en": "ADP", "pour": "ADP", "dans": "ADP", "contre": "ADP",
    "le": "DET", "la": "DET", "les": "DET", "ces": "DET", "un": "DET", "une": "DET", "et": "CCONJ", "ou": "CCONJ", "qui": "PRON",
    "que": "SCONJ", "il": "PRON", "elle": "PRON", "ils": "PRON", "dont": "PRON", "y": "PRON", "sont": "AUX", "est": "AUX",
}  # fmt: skip


def part(text, verbs="", others="", name="body", names=None):
    """A part cut into sentences at ". " and line ends; `names` (name -> type) become mentions, with the name as entity_id.

    Words are nouns unless they are in `verbs` (finite, or infinitives), in `others` (adjectives, adverbs) or function words.
    """
    mentions = [
        parts.Mention(match.start(), match.end(), match.group(), label, called)
        for called, label in (names or {}).items()
        for match in re.finditer(re.escape(called), text)
    ]
    sentences = [parts.Sentence(number, *match.span()) for number, match in enumerate(_SENTENCE.finditer(text))]
    tokens = [_token(match, verbs.split(), others.split(), number) for number, match in enumerate(_WORD.finditer(text))]
    return parts.Part("a" * 16, name, text, sentences or [parts.Sentence(0, 0, len(text))], tokens, sorted(mentions))


def _token(match, verbs, others, number):
    word = match.group()
    low = word.lower().rstrip("'’")
    pos = "VERB" if low in verbs else "ADJ" if low in others else _POS.get(low, "PROPN" if word[0].isupper() else "NOUN")
    pos = "NUM" if word[0].isdigit() else "PUNCT" if not word[0].isalnum() else pos
    form = "Inf" if low.endswith(("er", "ir", "dre")) else "Fin"
    morph = f"VerbForm={form}" if pos in ("VERB", "AUX") else ""
    return parts.Token(match.start(), match.end(), word, low, pos, morph, "dep", number)


def tables_of(title, body):
    """Tables articles, sentences, tokens, mentions and entities of an article given as two parts."""
    from presstm import tables

    fixed = {"language": "fr", "access": "full", "method": "test", "sha256": "", "authors": [], "warnings": [], "n_words": 0}
    article = {**fixed, "article_id": title.article_id, "source": "a.txt", "title": title.text, "text": body.text}
    sentences, tokens, mentions = [], [], []
    for part in (title, body):
        for sentence in part.sentences:
            where = {"article_id": part.article_id, "sentence_id": len(sentences), "part": part.name}
            sentences.append({**where, "paragraph": 0, "start": sentence.start, "end": sentence.end})
            inside = [token for token in part.tokens if sentence.start <= token.start < sentence.end]
            for number, token in enumerate(inside):
                tokens.append({**token._asdict(), **where, "token_id": number, "head": number, "ent": ""})
            inside = [mention for mention in part.mentions if sentence.start <= mention.start < sentence.end]
            mentions += [{**mention._asdict(), **where, "method": "gazetteer"} for mention in inside]
    known = {row["entity_id"]: row["label"] for row in mentions}
    counts = {"n_mentions": 1, "n_articles": 1, "n_clusters": 1}
    entities = [{"entity_id": name, "name": name, "label": label, **counts} for name, label in known.items()]
    rows = {"articles": [article], "sentences": sentences, "tokens": tokens, "mentions": mentions, "entities": entities}
    return {name: tables.from_rows(name, found) for name, found in rows.items()}
