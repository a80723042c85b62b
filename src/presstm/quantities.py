"""From the numbers of a sentence to quantities: what is measured or counted, ranges, hedges, and what is no quantity at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from presstm import numbers, phrases
from presstm.facts import Facts
from presstm.numbers import Number
from presstm.parts import Part, Sentence

OTHER = "other"  # a unit that the study does not count

_S = r"[\s\u00a0\u2007\u2009\u202f]"


def _pattern(text: str) -> re.Pattern[str]:
    """A pattern in which ␣ stands for any space and ’ for either apostrophe."""
    return re.compile(text.replace("␣", _S).replace("’", "['’]"), re.I | re.X)


_MEASURE = _pattern(r"""
    ␣*(?:
    (?P<percent> % | pour␣cents?\b | p\.␣?100 )
    | (?P<EUR> € | euros?\b | EUR\b | balles\b(?=␣(?:l[aes]|les|par|pour|de␣l’)\b) ) (?:␣?(?P<cents>\d\d)\b(?!␣?%))?
    | (?P<USD_cents> cent(?:ime)?s?␣(?:de␣dollars?|américains?)\b )
    | (?P<cent> centimes?\b(?:␣d’euros?\b)? | cents?\b(?!␣?\w*aine) | cts?\b | c€ )
    | (?P<USD> \$ | dollars?\b | USD\b )
    | (?P<CHF> francs?\b(?:␣suisses)? | CHF\b )
    | (?P<hours> heures?\b | h\b(?!␣?\d) )
    | (?P<minutes> minutes?\b | min\b )
    | (?P<seconds> secondes?\b )
    | (?P<days> jours?\b ) | (?P<weeks> semaines?\b ) | (?P<months> mois\b )
    | (?P<km> km\b | kilomètres?\b )
    | (?P<times> fois␣(?:plus|moins|mieux)\b )
    )""")
_OF_MEASURE = _pattern(
    r"␣* (?: d’(?=euros?\b|heures?\b) | de␣+(?=dollars?\b|francs?\b|centimes?\b|minutes?\b|secondes?\b) )"
)
_AND_A_HALF = _pattern(r"␣et␣demie?\b")
_SIGN_BEFORE = re.compile(r"([€$])\s?\Z")
_VAGUE = _pattern(
    r"\b(?P<hedge>quelques|plusieurs)␣+ (?:(?P<cents>centimes?)|(?P<EUR>euros)|(?P<hours>heures)|(?P<minutes>minutes))\b (?:␣d’euros?)?"
)

_ONE = _pattern(r"\bune?(?=␣(?:(?:(?:et|à|ou)␣\w+␣)?(?:euro|dollar|franc|centime)s?|heure␣par␣(?:jour|semaine|mois))\b)")

_PERIODS = {
    "heure": "hour", "h": "hour", "horaire": "hour", "jour": "day", "journée": "day", "quotidien": "day", "semaine": "week", "hebdomadaire": "week",
    "mois": "month", "mensuel": "month", "an": "year", "année": "year", "annuel": "year",
}  # fmt: skip
_PERIOD_AFTER = _pattern(r"""
    ^␣l[ae]␣(?P<length>journée|semaine|mois)\b(?!␣(?:derni|prochain|suivant|pass|précéd|où|de␣|d’))
    | ^[^.,;:!?()«»\d]{0,40}? (?:\bpar␣ | \bchaque␣ | \bà␣la␣ | ␣?/␣? | \bl’ )(?P<period>heure|h|jour|semaine|mois|an|année)\b
    | ^␣(?P<adjective>mensuel|hebdomadaire|quotidien|annuel|horaire|bruts?␣mensuel)""")
_TASK_AFTER = _pattern(r"""^␣(?:(?:nets?|bruts?)␣)? (?: l’(?:unité|image|annotation) | pièce | du␣clic
    | (?:la|par|chaque)␣(?:(?:micro-?)?tâche|course|mission|livraison|pièce|image|photo|vidéo|annotation|clic|test) )\b""")
_THING_AFTER = _pattern(r"␣(?:l[ae]␣|l’|d’|de␣)\w+")
_PERIOD_BEFORE = _pattern(r"\b(?P<adjective>mensuel|hebdomadaire|quotidien|annuel|horaire)\w*\b [^.,;:!?()«»\d]{0,40}\Z")

_MONEY = ("EUR", "cents", "USD", "USD cents", "CHF")
_UNITS = (
    "percent",
    "USD_cents",
    "cent",
    "EUR",
    "USD",
    "CHF",
    "hours",
    "minutes",
    "seconds",
    "days",
    "weeks",
    "months",
    "km",
    "times",
)
_LONG = ("days", "weeks", "months")
_TIMES = ("hours", "minutes", "seconds", *_LONG)
_MOMENT_BEFORE = _pattern(r"""\b(?: il␣y␣a | d’ici(?:␣à)? | dans | après | avant | sous | en | voilà | voici | à
    | au␣bout␣d(?:e\b|’) | les? | ces | des | prochaine?s | premiers?|premières? | derniers?|dernières? )␣+
    (?:(?:environ|moins␣de|plus␣de|quelque|près␣de)␣+)?\Z""")  # when something happens, no length of work
_MOMENT_AFTER = _pattern(r"^␣(?:après|avant|plus␣t(?:ôt|ard)|auparavant|durant␣laquelle|derniers?|prochains?|suivants?)\b")
_DAYS_OF_SEVEN = _pattern(r"\b(?P<days>\d|[a-z]+)(?:␣?jours?|␣?j)␣?(?:sur|/)␣?(?:sept|7)(?:␣?j(?:ours?)?)?\b")

_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_NO_QUANTITY_BEFORE = _pattern(rf"""(?:
    [^\W\d] | [/+@°§\#] | \d[.,:/] | (?:[^\W\d]|\d{4})-
    | (?: n°|\b(?:articles?|art\.|alinéa|paragraphe|chapitre|pages?|p\.|numéro|lot|projet|version|top|tome|acte|étape|jours?
      |loi|décret|niveau|rue|route|bus|ligne|tram|salle|bâtiment|figure|tableau|catégorie|groupe|article␣L\.
      |âgée?s?(?:␣de)?|noté|note␣de|score␣de|{_MONTHS}) )␣*
    | \d␣?h␣?
    )\Z""")
_NO_QUANTITY_AFTER = _pattern(rf"""
    (?: e|er|re|ère|ème|è|nde?)\b | (?:er)?␣+(?:{_MONTHS})\b | ␣?ans\b(?!␣(?:plus|moins)) | ␣?[/:]\d | -\d+- | ° | ␣?(?:h|heures)␣?\d\d\b
    | (?:␣\d\d){{2,}} | [^\W\d_]{{4,}} | ␣?(?:kg|kilo(?!m)\w*|mètres?|degrés?|Go|pixels?|voix)\b""")
_NOT_A_CENT = _pattern(
    r"(?:\bn(?:e␣|’)[^.;:!?]{0,40}\b(?:pas|jamais|plus) | \bsans) \b(?:␣(?!plus|moins)\w+){0,4}␣\Z"
)  # jamais un centime
_SIZE_BEFORE = _pattern(r"""\b(?:entreprises?|sociétés?|structures?|établissements?|firmes?|tpe|pme)␣(?:de|d’|occupant|employant|comptant|ayant)␣*
    (?:(?:plus|moins)␣de␣|au␣(?:moins|plus)␣)\Z""")  # what defines a class of firms
_CLOCK_BEFORE = _pattern(r"(?<!minutes␣)(?<!secondes␣)\b(?:à|vers|dès|avant|après|il␣est|minuit␣à)␣+\Z")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")

_HEDGE = _pattern(r"""\b(?P<hedge>
    (?:pas␣)?(?:plus|moins)␣d(?:e\b|’) | (?:près|autour|pas␣loin|aux␣alentours|de␣l’ordre|au-delà|au-dessous|au-dessus)␣d(?:e\b|’)
    | (?:un␣peu␣)?(?:plus|moins)␣d(?:e\b|’) | au␣(?:moins|plus|maximum|minimum) | environ | quelque | jusqu’à | à␣peine | presque
    | à␣peu␣près | quasi(?:ment)? | seulement | guère␣(?:que|plus␣de)? | (?:ne|n’y)␣dépass\w+(?:␣guère)? | dépass\w+(?:␣guère)? | (?:n’)?excèd\w+(?:␣pas)? | avoisin\w+
    | approch\w+ | parfois | en␣moyenne | voire | au␣mieux | au␣pire | au␣bas␣mot | tout␣au␣plus | tout␣juste | estimée?s?␣à
    | (?:(?:il␣y␣(?:en␣)?|y␣)aurait | seraient | serait | atteindrait | \w+[ei]rai(?:t|ent))
    ) ␣* (?:les?␣|ces␣|des␣)?\Z""")
_HEDGE_AFTER = _pattern(
    r"^␣* (?P<hedge>environ|(?:au␣)?(?:grand␣)?maximum|(?:au␣)?minimum|au␣bas␣mot|tout␣au␣plus|au␣moins(?!␣une?␣fois)|en␣moyenne|à␣peine|seulement)\b"
)

_NUMBER_OF = _pattern(r"␣*(?:le␣(?:nombre|total)|la␣part)␣(?:total␣)?(?:de␣(?:la␣|l’)?|d’|des␣)")
_SCALE = re.compile(r"\b(mille|million|milliard)s?\b", re.I)
_JOIN = _pattern(r"␣*(?:(?P<dash>[-–—])|(?P<word>à|et|ou))␣*\Z")
_OPEN = _pattern(r"\b(?:(?P<between>entre)|de)␣+\Z")
_ENDS = r"(?:e|ent|é|ée|és|ées|a|er|era|eront|ait|aient|èrent|erait|eraient)"
_CHANGE = _pattern(rf"""\b(?: (?P<by>augment{_ENDS}|progress{_ENDS}|bondi\w*) | (?:port|relev|(?:re)?mont|grimp){_ENDS} | passage
    | (?:est|sont|était|étaient|être|étant|sera|seront|serait)␣(?:\w+␣)?passée?s? | (?P<spend>pass{_ENDS}) )\b
    [^.;:!?()«»\d]{{0,50}} \bd(?:e␣|’) \Z""")  # from one value to another: passé de 10 à 15 %
_SPENT_ON = _pattern(r"[^.,;:!?]{0,25}?␣(?:à(?!␣(?:partir|compter))|aux?|sur|dans|devant|derrière)␣")
_TO = _pattern(r"␣*à␣+(?:(?:près␣de|plus␣de|moins␣de|environ|quelque)␣+)?\Z")
_FROM = _pattern(r"\bd(?:e␣+|’)\Z")
_AND_OR = _pattern(r"␣+(?:et|ou)␣+\Z")
_PEOPLE = _pattern(r"""\b(?:on␣est|on␣était|nous␣sommes|nous␣étions|vous␣êtes|(?:ils|elles)␣(?:sont|étaient|seraient|seront)|parmi␣(?:eux|elles),?)␣
    (?:(?:environ|près␣de|plus␣de|moins␣de|quelque|aujourd’hui|désormais|déjà)␣)*\Z""")
_OF_THEM = _pattern(r"␣d’entre␣(?:eux|elles)\b")
_ANAPHORIC = _pattern(r"\b(?:les|ces|des|leurs|nos|ses|mes|vos|aux)␣+(?:\w+␣+)?\Z")
_NAMED = _pattern(r"""\b(?:sont|étaient|seraient|seront)␣+(?:(?:environ|près␣de|plus␣de|moins␣de|quelque|désormais)␣)*\Z
    | \b(?:(?:on|nous|vous|ils?|elles?|qui|y|j’)␣?(?:[mtsn]’|lui␣|leur␣)?en␣+(?:[^\W\d]+␣+){0,2}|en␣(?:a|ont|avait|avaient)␣)
    (?:compt|recens|identifi|dénombr|repér|employ|emploie|rencontr|interrog|rest)\w*␣+(?:[^\W\d]+␣+){0,2}\Z""")
_CONTRE = _pattern(r"\b(?:contre␣(?:(?:environ|seulement)␣)?|parfois␣|voire␣)\Z")
_OR_EVEN = _pattern(r",?␣(?:parfois|voire|puis|ou)␣(?:même␣)?")
_DES = _pattern(r"␣(?:des|de␣ces|sur␣les)␣")
_DONT = _pattern(r"\b(?:dont|parmi␣l\w+)␣(?:\w+␣(?:de␣)?)?\Z")
_FOR = _pattern(r"␣(?:de␣|d’|pour␣|nets?\b|bruts?\b)")
_OUT_OF = _pattern(r"(?:\A|[.,;:!?«»(–—\n]␣*|\b(?:et|mais|que)␣)(?:sur|parmi)␣(?:[^\W\d]+␣){0,4}\Z")
_BY = _pattern(
    r"\b(?:en|soit␣une)␣(?:\w+␣)?(?:hausse|baisse|progression|augmentation|recul|repli|chute|diminution)␣d(?:e␣|’)(?:\w+␣de␣)?\Z"
)
_PARTITIVE = _pattern(r"␣(?:des␣|d’entre␣|de␣(?:ses|leurs|ces|nos|mes|vos)␣)")
_COMPOUND = re.compile(r"(?:[-'’]\w+)+")
_REACH = 80  # characters around a number in which words qualify it
_OF = ("de", "d", "des", "du", "pour", "parmi")
_SMALLER = {
    ("cents", "EUR"): 100,
    ("USD cents", "USD"): 100,
    ("minutes", "hours"): 60,
    ("seconds", "minutes"): 60,
    ("seconds", "hours"): 3600,
}
_MANNER = ("façon", "manière", "moyenne")
_BROKEN = frozenset({"VERB", "AUX", "PRON", "SCONJ", "CCONJ", "NUM"})


@dataclass(frozen=True)
class Quantity:
    """A quantity in a part.

    `unit` is a unit of facts.MEASURES, `cents`, `share`, a key of Facts.counted, or empty where the number stands alone.
    """

    start: int
    end: int
    value: float | None
    high: float | None
    unit: str
    per: str | None = None
    hedge: str | None = None
    alone: bool = False  # the number stands alone: a counted unit is taken over from another number
    spelled: bool = False  # in words
    anaphoric: bool = False  # after the, these: said before, so a small count is no new assertion
    noun: str = ""  # that is counted
    people: bool = False  # with a pronoun for people: ils sont 300, 300 d’entre eux
    named: bool = False  # counts what was named before: on en compte 300, les livreurs sont 300
    clause: str = ""  # of an amount of money: the words of its clause before it, and what it is said to be for after it
    complement: str = ""  # of a share: the words between "of" and its noun, with it
    of: Quantity | None = None  # what it is a part or a change of: 900 livreurs, dont deux; 400 euros, en hausse de 4 %


def read(part: Part, sentence: Sentence, facts: Facts) -> list[Quantity]:
    """The quantities of a sentence in reading order.

    Dates, ages, clock times, ordinals, addresses and numbers of articles are left out, and so are counts of what the study
    does not count.
    """
    text = part.text[sentence.start : sentence.end]
    found = _days_of_seven(text, sentence) if "7" in text or "sept" in text else []
    found += [
        quantity
        for quantity in _measured(part, sentence, facts)
        if not any(quantity.start < days.end and days.start < quantity.end for days in found)
    ]
    for match in _VAGUE.finditer(text):
        unit = next(name for name in ("cents", "EUR", "hours", "minutes") if match[name])
        start, end = match.start() + sentence.start, match.end() + sentence.start
        if not any(quantity.start < end and start < quantity.end for quantity in found):
            per = _period(part.text, start, end, sentence)
            found.append(Quantity(start, end, None, None, unit, per, match["hedge"].lower()))
    found = _shared(part.text, _ranges(part.text, sorted(found, key=lambda quantity: quantity.start)))
    return [quantity for quantity in _inherited(part.text, found, facts) if quantity.unit != OTHER]


def _days_of_seven(text: str, sentence: Sentence) -> list[Quantity]:
    """Six jours sur sept, 7j/7."""
    found = []
    for match in _DAYS_OF_SEVEN.finditer(text):
        days = int(match["days"]) if match["days"].isdigit() else numbers.read_words(match["days"])
        if days is not None and 1 <= days <= 7:
            start, end = (offset + sentence.start for offset in match.span())
            found.append(Quantity(start, end, days, None, "days", "week", spelled=not match["days"].isdigit()))
    return found


def _measured(part: Part, sentence: Sentence, facts: Facts) -> Iterator[Quantity]:
    text = part.text[sentence.start : sentence.end]
    ones = [Number(match.start(), match.end(), 1, "words") for match in _ONE.finditer(text)]
    taken = 0
    for number in sorted([*numbers.scan(text), *ones]):
        start, end = number.start + sentence.start, number.end + sentence.start
        quantity = _quantity(part, sentence, number._replace(start=start, end=end), facts) if start >= taken else None
        if quantity is not None:
            taken = quantity.end
            yield quantity


def _quantity(part: Part, sentence: Sentence, number: Number, facts: Facts) -> Quantity | None:
    before = part.text[max(sentence.start, number.start - _REACH) : number.start]
    after = part.text[number.end : min(sentence.end, number.end + _REACH)]
    shift = _OF_MEASURE.match(after)
    match = _MEASURE.match(after, shift.end() if shift else 0)
    if _is_no_quantity(before, after, part.text[number.start : number.end], number, match):
        return None
    value, end, noun = number.value, number.end, ""
    if match:
        unit, value, length = _in_measure(number.value, match, after)
        end = number.end + length
    elif sign := _SIGN_BEFORE.search(before):
        unit = "EUR" if sign[1] == "€" else "USD"
    elif number.kind in ("fraction", "ratio"):
        unit = "share"
    else:
        unit, noun = ("", "") if _OF_THEM.match(after) else _counted(part, sentence, number.end, facts)
    period = _period(part.text, number.start, end, sentence) if match and unit not in ("%", "times") else None
    if period is None and unit in _MONEY and _TASK_AFTER.match(part.text[end : sentence.end]):
        period = "task"
    if unit == "km" and period is None:
        return None  # a distance, but no rate of work
    hedge = _HEDGE.search(before) or _HEDGE_AFTER.match(part.text[end : min(end + _REACH, sentence.end)])
    return Quantity(
        number.start,
        end,
        value,
        None,
        unit,
        period,
        hedge=_hedge(hedge, part.text[number.start : number.end], number),
        alone=not unit,
        spelled=number.kind != "digits",
        anaphoric=bool(_ANAPHORIC.search(before) or _PARTITIVE.match(after)),
        noun=noun,
        people=not unit and bool(_PEOPLE.search(before) or _OF_THEM.match(after)),
        named=not unit and bool(_NAMED.search(before)),
        clause=_clause(before, part.text[end : sentence.end]) if unit in _MONEY else "",
        complement=_complement(part, sentence, number, end) if unit in ("%", "share") else "",
    )


def _in_measure(value: float | None, match: re.Match[str], after: str) -> tuple[str, float | None, int]:
    """The unit of a measure, the value with the cents or the half behind it, and how far all this goes on after the number."""
    name = next(name for name in _UNITS if match[name])
    unit = {"percent": "%", "cent": "cents", "USD_cents": "USD cents"}.get(name, name)
    if match["cents"] and value is not None:
        value += int(match["cents"]) / 100
    if (half := _AND_A_HALF.match(after, match.end())) and value is not None:
        return unit, value + 0.5, half.end()
    return unit, value, match.end()


def _hedge(found: re.Match[str] | None, text: str, number: Number) -> str | None:
    if found:
        return " ".join(found["hedge"].lower().split())
    return text.split()[0].lower() if number.kind == "vague" else None


def _is_no_quantity(before: str, after: str, text: str, number: Number, measure: re.Match[str] | None) -> bool:
    if number.kind not in ("digits", "words"):
        return False
    if _SIZE_BEFORE.search(before) or _NO_QUANTITY_BEFORE.search(before) or _NO_QUANTITY_AFTER.match(after):
        return True
    if measure is not None and any(measure[name] for name in _LONG):
        return bool(_MOMENT_BEFORE.search(before) or _MOMENT_AFTER.match(after[measure.end() :]))
    if measure is None:
        return bool(_YEAR.fullmatch(text))
    rest = after[measure.end() :]
    if re.match(rf"{_S}près\b", rest):
        return True
    one = number.value == 1 and number.kind == "words"
    no_quantity = _CLOCK_BEFORE.search(before) if measure["hours"] else one and _NOT_A_CENT.search(before)
    return bool(no_quantity and not _PERIOD_AFTER.match(rest))


def _period(text: str, start: int, end: int, sentence: Sentence) -> str | None:
    after, before = text[end : min(end + _REACH, sentence.end)], text[max(sentence.start, start - _REACH) : start]
    match = _PERIOD_AFTER.match(after) or _PERIOD_BEFORE.search(before)
    if match is None:
        return None
    found = match.groupdict()
    return _PERIODS[next(filter(None, found.values())).lower().split()[-1]]


def _counted(part: Part, sentence: Sentence, end: int, facts: Facts) -> tuple[str, str]:
    """The unit of the noun that a number counts, and the noun; OTHER for another noun, empty for none."""
    number_of = _NUMBER_OF.match(part.text, end)
    if number_of is not None:
        return _counted(part, sentence, number_of.end(), facts)  # 290 000 le nombre de logements
    opened = ""
    for token in part.tokens_between(end, min(end + _REACH, sentence.end))[:8]:
        low = token.text.lower().rstrip("'’")
        words = phrases.words(part.text[token.start : min(token.start + 60, sentence.end)])
        for unit, nouns in facts.counted.items():
            if token.text[0].isalnum() and any(phrases.at(noun, words, 0) for noun in nouns):
                return unit, token.text
        if token.pos in _BROKEN or (token.pos == "ADP" and low not in _OF) or (token.pos == "DET" and opened not in _OF):
            return "", ""
        if token.pos == "PUNCT" and token.text not in "«“\"'(’”»" and not (token.text == "," and not opened):
            return "", ""
        if opened == "," and low not in ("pour", "parmi"):
            return "", ""
        if token.pos in ("NOUN", "PROPN", "X"):
            return ("", "") if low in _MANNER else (OTHER, token.text)
        opened = low
    return "", ""


def _clause(before: str, after: str) -> str:
    """Where an amount says what it is the price of: un café à 80 centimes, 80 centimes le café."""
    what = _THING_AFTER.match(after)
    return re.split(r"[.,;:!?()«»]", before)[-1] + (what[0] if what else "")


def _complement(part: Part, sentence: Sentence, number: Number, end: int) -> str:
    """What a share is a share of: "of the workers", or the noun inside "one worker in five"; empty if it is not said."""
    inside = part.text[number.start : number.end]
    if number.kind == "ratio":
        noun = re.search(rf"{_S}(.*){_S}sur{_S}", inside)
        return noun[1] if noun else ""
    tokens = part.tokens_between(end, min(end + _REACH, sentence.end))[:8]
    if not tokens or tokens[0].text.lower().rstrip("'’") not in ("de", "d", "des", "du"):
        return ""
    for token in tokens[1:]:
        if token.pos in ("NOUN", "PROPN", "PRON"):
            whole = _COMPOUND.match(part.text, token.end)  # main-d'œuvre
            return part.text[tokens[0].start : whole.end() if whole else token.end] if token.pos != "PRON" else ""
    return ""


def _ranges(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Join "entre 20 et 60 heures", "de 10 à 20 euros", "4 ou 5", "10-20 %" into one quantity each, but no list or change."""
    joined: list[Quantity] = []
    for quantity in found:
        low = _converted(joined[-1], quantity.unit) if joined else None
        if low is not None and not _ends_list(text, joined, quantity) and _is_range(text, low, quantity):
            assert low.value is not None
            opened = _OPEN.search(text[max(0, low.start - 10) : low.start])
            hedge = "entre" if opened and opened["between"] else low.hedge
            scale = _SCALE.search(text[quantity.start : quantity.end])
            factor = {"mille": 1e3, "million": 1e6, "milliard": 1e9}[scale[1].lower()] if scale and low.value < 1000 else 1
            unit = quantity.unit or low.unit
            joined[-1] = replace(
                quantity, start=low.start, value=low.value * factor, high=quantity.value, unit=unit, hedge=hedge
            )
        else:
            joined.append(quantity)
    return joined


def _converted(low: Quantity, unit: str) -> Quantity:
    """The quantity in a larger unit, where the two convert: entre 50 centimes et 2 euros."""
    factor = _SMALLER.get((low.unit, unit))
    return low if factor is None or low.value is None else replace(low, value=round(low.value / factor, 6), unit=unit)


def _is_range(text: str, low: Quantity, high: Quantity) -> bool:
    if low.high is not None or low.value is None or high.value is None or low.value >= high.value:
        return False
    if low.unit not in ("", high.unit) and high.unit:
        return False
    match = _JOIN.match(text[low.end : high.start])
    if match is None or _is_change(text, low, high):
        return False
    opened = _OPEN.search(text[max(0, low.start - 10) : low.start])
    return match["word"] not in ("et", "Et") or bool(opened and opened["between"])


def _ends_list(text: str, before: Sequence[Quantity], last: Quantity) -> bool:
    """Whether a quantity is the last of three or more: 5, 10 ou 20 euros."""
    if len(before) < 2 or before[-2].unit not in ("", last.unit):
        return False
    return text[before[-2].end : before[-1].start].strip() == "," and bool(_AND_OR.match(text[before[-1].end : last.start]))


def _shared(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Give a bare number the unit of the one that it goes to or is listed with: passé de 10 à 15 %, 5, 10 ou 20 euros."""
    shared, listed = list(found), False
    for index in reversed(range(len(found) - 1)):
        number, following = found[index], shared[index + 1]
        gap = text[number.end : following.start]
        listed = bool(_AND_OR.match(gap)) or (listed and gap.strip() == ",")
        changed = bool(_TO.match(gap) and _FROM.search(text[max(0, number.start - 10) : number.start]))
        if changed and not number.unit and not following.unit:
            shared[index : index + 2] = [replace(number, named=True), replace(following, named=True)]
        elif number.unit == following.unit and not number.per and _OR_EVEN.fullmatch(gap):
            shared[index] = replace(number, per=following.per)  # 3 euros, parfois 4 euros de l'heure
        elif not number.unit and (listed or changed):
            shared[index] = replace(
                number, unit=following.unit, per=following.per, noun=following.noun, alone=following.alone
            )
    return shared


def _is_change(text: str, low: Quantity, high: Quantity) -> bool:
    """Whether something goes from one value to the other; "augmenté de 10 à 15 %", "passe de 2 à 3 heures au volant" are ranges."""
    found = _CHANGE.search(text[max(0, low.start - _REACH) : low.start])
    if found is None or (found["by"] and high.unit == "%"):
        return False
    return not (found["spend"] and high.unit in _TIMES and _SPENT_ON.match(text[high.end : high.end + _REACH]))


def _inherited(text: str, found: Sequence[Quantity], facts: Facts) -> list[Quantity]:
    """Give a number that stands alone the unit of the counted number that it is a part of, or of the one before it."""
    completed: list[Quantity] = []
    last: Quantity | None = None
    for index, quantity in enumerate(found):
        before = text[max(0, quantity.start - 40) : quantity.start]
        previous = completed[-1] if completed else None
        following = found[index + 1] if index + 1 < len(found) else None
        if following and _DES.fullmatch(text, quantity.end, following.start):
            quantity = _part_of(following, quantity)  # quatorze des 23 plateformes
        elif (whole := _whole(text, quantity, previous, last, facts)) is not None:
            quantity = _part_of(whole, quantity)
        elif previous and not quantity.unit and _CONTRE.search(before):
            quantity = replace(quantity, unit=previous.unit, alone=False)  # 40 euros contre 30 l'an dernier, parfois 20
        elif previous and quantity.unit in ("%", "share") and _BY.search(before):
            quantity = replace(quantity, of=previous)  # 400 euros, en hausse de 4 %
        elif not quantity.unit and last and quantity.value is not None and quantity.value >= 10:
            quantity = replace(quantity, unit=last.unit)
        last = quantity if quantity.unit in facts.counted else last
        completed.append(quantity)
    return completed


def _whole(text: str, part: Quantity, previous: Quantity | None, counted: Quantity | None, facts: Facts) -> Quantity | None:
    """What a number is a part of, said before it: the quantity before it, or the last that was counted."""
    money = previous if previous and previous.unit in _MONEY else None
    if part.unit in ("", OTHER, *facts.counted) and _DONT.search(text, max(0, part.start - 40), part.start):
        of_money = money and _FOR.match(text, part.end)  # 90 euros, dont 20 de primes
        return money if of_money else counted
    if previous is None or part.unit:
        return None
    if _OUT_OF.search(text, max(0, previous.start - 40), previous.start):
        return previous  # sur douze plateformes, trois ont signé
    return money if part.named else None  # de 50 euros, il en reste 30


def _part_of(whole: Quantity, part: Quantity) -> Quantity:
    smaller = None not in (whole.value, part.value) and part.value < whole.value  # type: ignore[operator]
    return replace(part, unit=whole.unit, noun=whole.noun, of=whole if smaller else None)
