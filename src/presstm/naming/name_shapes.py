"""Names that have a shape: first and last name of a person, and institutions such as "tribunal judiciaire de X"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from presstm.naming import long_bodies, name_context, names
from presstm.parts import Token

_CAP = r"[A-ZÀ-ÖØ-Þ]\w*(?:[’'-]\w+)*"
_PARTICLE = (
    r"(?:(?:de la|de|du|des|von der|van der|van den|von|van|ben|bin|el|al|da|dos|di|della|le|la) |(?:de l|d|[Oo])['’])"
)
_GAP = r"[ \u00a0\u202f]"
_PERSON = re.compile(
    rf"(?<![\w’'-])(?P<first>{_CAP})(?:{_GAP}[A-Z]\.)*{_GAP}{_PARTICLE}?{_CAP}(?:{_GAP}{_CAP}){{0,2}}(?![\w-])"
)
_INITIALS = re.compile(
    rf"(?<![\w.’'-])(?!MM?\.{_GAP})[A-ZÉ]\.{_GAP}?(?:-?[A-Z]\.{_GAP}?)?{_PARTICLE}?[A-ZÀ-ÖØ-Þ][a-zà-ÿ][\w’'-]+"
)
_FOREIGN = re.compile(  # Jelle Van Damme, Anna von Holm: the particle says that it is a person
    rf"(?<![\w’'-])(?P<first>{_CAP}){_GAP}(?:[Vv]an(?:{_GAP}de[nr]?)?|[Vv]on(?:{_GAP}der)?|Ould|Abou|Bin|Ben){_GAP}{_CAP}(?![\w-])"
)
_NO_GIVEN = frozenset(
    "avec pour selon chez contre mais et ou car si que quand comme apres avant depuis pendant malgre sans sauf entre vers outre le la les "
    "un une des ce cet cette son sa ses leur leurs notre nos votre vos mon ma mes de du au aux en dans par sur sous lui elle il".split()
)
_OF = r"(?:(?:de la|de|du|des|à la|à|aux|au) |(?:de l|d|à l)['’])"
_HEADS = (
    r"université|haute école|école(?: \w+)?|faculté|institut|lycée|collège|"
    r"tribunal(?: judiciaire| administratif| de commerce| correctionnel| de grande instance| d['’]instance| du travail| fédéral)?|"
    r"cour d['’]appel|cour administrative d['’]appel|cour d['’]assises|"
    r"conseil (?:de prud['’]hommes|des prud['’]hommes|régional|départemental|général|municipal)|"
    r"chambre (?:de commerce(?: et d['’]industrie)?|d['’]agriculture|de métiers(?: et de l['’]artisanat)?|régionale des comptes)|"
    r"ministère|secrétariat d['’]état|centre hospitalier(?: universitaire)?|hôpital|chu|rectorat|académie|mairie|parquet|"
    r"(?<=\bla )(?:sous-préfecture|préfecture(?: de police)?|métropole)|communauté (?:de communes|d['’]agglomération|urbaine)|"
    r"caisse (?:primaire )?d['’](?:assurance maladie|allocations familiales)|agence régionale de santé|office de tourisme|cci|cpam|ars|"
    r"collectif|syndicat|observatoire|fondation|chaire|(?<=\baux )éditions"
)
_RIGHT = (
    r"(?: (?:étrangères|sociales|européennes|intérieures|publics?|publiques?|nationale|supérieur|"
    r"occidentale|orientale|méridionale|septentrionale|libre|populaire)(?![\w-]))?"
)
_BODY = (  # bodies that are one of a kind, also written without a capital
    r"(?i:inspection du travail|parlement (?:européen|fédéral)|commission européenne|conseil (?:d['’]état|constitutionnel|européen)|"
    r"agence régionale de santé|parquet national financier|"
    r"département (?:d['’]état|de la (?:défense|justice)|du (?:travail|commerce|trésor))|"
    r"délégation aux droits des femmes|commission des (?:affaires (?:sociales|économiques|européennes)|lois)|"
    r"cour (?:de cassation|des comptes|suprême|de justice de l['’]union européenne|européenne des droits de l['’]homme)|"
    r"gendarmerie nationale|police nationale|assemblée nationale|banque (?:mondiale|centrale européenne)|"
    r"ministère (?:[a-zà-ÿ-]+ )?(?:de l['’](?:intérieur|économie|éducation(?: nationale)?|emploi|enseignement supérieur|agriculture|écologie|industrie)|"
    r"de la (?:justice|santé|culture|défense|transition écologique)|du (?:travail|budget|numérique|logement|commerce)|"
    r"des (?:affaires (?:étrangères|sociales)|transports|finances|solidarités|armées|sports)))(?![\w-])"
)
_TERRITORY = (
    rf"(?:(?<=\b[Ll]a )|(?<=\bau )|(?<=\b[Ll]e )|(?<=\bdu ))(?:(?:Ville|Métropole|Département) {_OF}|Région {_OF}?){_CAP}"
)
_NAMED = rf"(?:(?i:université|agence régionale de santé)|ARS) {_CAP}(?:[ -](?:{_OF}?{_CAP}|\d\d?\b))*"
_CLUB = (  # of a sport
    rf"(?:(?:AC|AJ|AS|EA|FC|OGC|RC|SC|US|Racing(?: Club)?|Olympique|Girondins) (?:{_OF})?(?!Open\b){_CAP}|"
    r"(?:Stade|Olympique|Racing) [a-zà-ÿ]+(?:ais|ois|ain|ien)(?![\w-]))"
)
_INSTITUTION = re.compile(
    rf"(?<![\w-])(?:(?i:{_HEADS}) (?:[a-zà-ÿ-]+ )?{_OF}{_CAP}(?:[ -]{_OF}?{_CAP})*{_RIGHT}|{_TERRITORY}|{_NAMED}|{_CLUB}|{_BODY})"
)
_OUTLET = re.compile(
    rf"(?<![\w-])(?:(?!(?:Une?|Lundi|Mardi|Mercredi|Jeudi|Vendredi|Samedi|Dimanche)\b){_CAP}[ -]){{1,2}}(?:Matin|Soir|Hebdo|News|Infos?|TV|FM|Magazine|Mag|Actu)(?:[ -]{_CAP}){{0,2}}(?![\w-])"
    rf"|(?<![\w-])(?:(?:Le|La){_GAP}|L['’])(?:Courrier|Gazette|Écho|Éveil|Dépêche|Voix|Nouvelliste|Télégramme|Républicain|Messager){_GAP}"
    rf"(?:(?:de|du|des|de{_GAP}la){_GAP}|(?:de{_GAP}l|d)['’])?{_CAP}"
    rf"|(?:\b(?:Le|La){_GAP}|(?<=\b[aAdD]u )|(?<=\b[aAdD]u «.))(?:Quotidien|Journal){_GAP}(?:(?:de|du|des|de{_GAP}la){_GAP}|(?:de{_GAP}l|d)['’]){_CAP}"
)
_PARTY = r"(?:[A-ZÀ-Þ]\w?[A-ZÀ-Þ]\w{0,4}|[a-z]{1,3}[A-ZÀ-Þ]\w{0,3})"
_JOINED = re.compile(rf"(?<![\w-]){_PARTY}(?:-{_PARTY}){{2,}}(?![\w-])")
_DATED = re.compile(  # an outlet and a day, as a text begins
    rf"(?P<outlet>(?!Par\b)(?:(?:L[ae]s?){_GAP}|L['’])?{_CAP}(?:[ -]{_CAP}){{0,3}}),{_GAP}(?:(?:le|du){_GAP})?\d{{1,2}}(?:er)?{_GAP}[a-zà-ÿ]{{3,9}}\.?{_GAP}(?:19|20)\d\d\b"
)
_AGED = re.compile(  # no person has an article: la Toulousaine, 34 ans,
    rf"(?<![\w-])(?<!\b[LlCc][ae] )(?<!tte )(?<!\b[Ll]['’])"
    rf"(?P<name>(?!(?:Mme|Mlle|Madame|Monsieur|Me|Maître|Dr|Pr|L[ae]|Ce|Cette|Une?)\b){_CAP}(?: {_CAP})?), (?:âgée?s? de )?\d{{1,2}} ans(?=[,)])"
)
_DATELINE = re.compile(
    rf"(?P<place>{_CAP}(?:[ -]{_CAP})*)(?:,? (?:le )?\d{{1,2}}(?:er)? \w+(?: \d{{4}})?)? \((?P<agency>[A-ZÀ-Þ]\w{{1,11}}(?: {_CAP}){{0,2}})\) ?[—–-]"
)
_STREET = re.compile(
    rf"(?<![\w-])(?:(?:(?i:rue|avenue|boulevard|allée|square|quai|gare) (?:(?:de la|de|du|des) |(?:de l|d)['’])?"
    rf"|(?<!en )(?i:place|cours|chemin|impasse|faubourg) )(?![A-Z]{{2}})(?:(?:[A-Z]\.[ -]?)*|\d\d?(?:er)?-){_CAP}(?: {_CAP})*"
    r"|(?:\d\d?|[IVX]+)(?:er|e|ème) arrondissement\b)"
)
_CAPITAL_HEADS = frozenset(
    "Association Fédération Syndicat Collectif Observatoire Institut Chambre Union Confédération Conseil Comité Centre Autorité "
    "Agence Office Fondation Commission Direction Ligue Mouvement Mission Cour Tribunal École Ecole Université Laboratoire Caisse "
    "Fonds Organisation Bureau Secrétariat Ministère Coordination Intersyndicale Mutuelle Académie Groupement Réseau Haut Haute "
    "Inspection Société Maison".split()
)
_VERBS = frozenset(
    "juge note pointe critique demande annonce reclame releve cite lance propose attaque conteste estime".split()
)
_RIGHT_AFTER = {"site": "ORG", "sites": "ORG", "plan": "MISC", "operation": "MISC", "dispositif": "MISC"}  # plan Marshall
_TERRITORIES = frozenset("region ville metropole departement commune etat".split())
_LINKS = frozenset("de du des d' la l' le les pour en et".split())
_COMPLEMENTS = frozenset("en du des sans pour".split())  # between a common noun and what completes it as a name
_MAX_TOKENS = 14


class Phrase(NamedTuple):
    """Characters [start, end) of a text, and the type they name."""

    start: int
    end: int
    label: str


def persons(text: str, first_names: Set[str]) -> Iterator[Phrase]:
    """First and last names ("Jeanne de Morvan", "J.-P. Morvan"); the first name must be among `first_names` (folded)."""
    at = 0
    while match := _PERSON.search(text, at):
        given = names.fold(match["first"])
        if is_first_name(given, first_names):
            at = match.start() + _length(match.group())
            yield Phrase(match.start(), at, "PER")
        else:
            at = match.end("first")
    for match in _FOREIGN.finditer(text):
        if names.fold(match["first"]) not in _NO_GIVEN | name_context.TITLES:
            yield Phrase(match.start(), match.end(), "PER")
    for match in _INITIALS.finditer(text):
        yield Phrase(match.start(), match.end(), "PER")


def aged(text: str) -> Iterator[Phrase]:
    """Persons whose age follows their name: Maëva, 34 ans,"""
    for match in _AGED.finditer(text):
        yield Phrase(match.start("name"), match.end("name"), "PER")


def dateline(text: str) -> Iterator[Phrase]:
    """Where and by which agency an article was written, as it begins: Lyon, 3 mars 2021 (AFP) -"""
    match = _DATELINE.match(text)
    if match is not None:
        yield Phrase(match.start("place"), match.end("place"), "LOC")
        yield Phrase(match.start("agency"), match.end("agency"), "MEDIA")


def dated(text: str) -> Iterator[Phrase]:
    """The outlet before the day with which an article begins: Le Courrier de Tercy, 3 mars 2021."""
    match = _DATED.match(text)
    if match is not None:
        yield Phrase(match.start("outlet"), match.end("outlet"), "MEDIA")


def outlets(text: str, start: int, end: int) -> Iterator[Phrase]:
    """Outlets by the words of their names: Valmorne-Matin, Le Courrier de Tercy."""
    for match in _OUTLET.finditer(text, start, end):
        yield Phrase(match.start(), match.end(), "MEDIA")


def joined(text: str, start: int, end: int) -> Iterator[Phrase]:
    """Each of the bodies whose acronyms hyphens join: une liste LR-UDI-MoDem; a name of its own has two at most (CFE-CGC)."""
    for match in _JOINED.finditer(text, start, end):
        for acronym in re.finditer(r"\w+", match.group()):
            yield Phrase(match.start() + acronym.start(), match.start() + acronym.end(), "ORG")


def _length(name: str) -> int:
    """Characters of a person's name before a title or credit that follows it."""
    words = list(re.finditer(r"\S+", name))
    return words[name_context.person_end([word.group() for word in words]) - 1].end()


def is_first_name(word: str, first_names: Set[str]) -> bool:
    """Whether a folded word is a first name, or two joined by a hyphen."""
    return word in first_names or ("-" in word and all(part in first_names for part in word.split("-")))


def institutions(text: str, tokens: Sequence[Token], start: int, end: int) -> Iterator[Phrase]:
    """Institutions and streets in a sentence [start, end): a head that a name completes, or one in capitals with its words."""
    named = set(long_bodies.find(text, start, end))
    yield from (Phrase(*where, "ORG") for where in sorted(named))
    for pattern, label in ((_INSTITUTION, "ORG"), (_STREET, "LOC")):
        for match in pattern.finditer(text, start, end):
            verbal = any(token.pos == "VERB" and match.start() < token.start < match.end() for token in tokens)
            if not verbal and match.span() not in named:
                yield Phrase(match.start(), match.end(), label)  # but not employée de mairie vit à X
    for first, token in enumerate(tokens):
        head = token.text.removeprefix("ex-")
        if head in _CAPITAL_HEADS and (first > 0 or token.ent):
            last = _extent(tokens, first)
            if last > first + 1:
                yield Phrase(token.end - len(head), tokens[last - 1].end, "ORG")


def _extent(tokens: Sequence[Token], first: int) -> int:
    """One past the last token of the institution whose head is tokens[first]."""
    last = at = first + 1
    while at < min(len(tokens), first + _MAX_TOKENS):
        token, word = tokens[at], names.fold(tokens[at].text.replace("’", "'"))
        fights = word == "contre" and tokens[at - 1].text == "lutte"  # l'Office central de lutte contre la corruption
        if word in _LINKS or fights:
            following = tokens[at + 1] if at + 1 < len(tokens) else None
            if following is None or (word == "et" and not _continues(following)):
                break
            if word == "et" and any(names.fold(token.text) in _TERRITORIES for token in tokens[at + 2 : at + 4]):
                break  # l'Agence nationale du sport et de la région X
        elif token.pos in ("NOUN", "ADJ", "PROPN") and token.text[0].isalpha():
            follows = last == at and last > first + 1 and token.text[0].islower()
            if follows and (tokens[at - 1].text[0].isupper() or word in _VERBS):
                break  # la Fédération du numérique juge
            last = at + 1
        else:
            break
        at += 1
    while (
        last < len(tokens)
        and tokens[last].start == tokens[last - 1].end
        and "-"
        in (
            tokens[last].text[0],
            tokens[last - 1].text[-1],
        )
    ):
        last += 1  # Nouvelle-Aquitaine, in two tokens or three
    return last


def _continues(token: Token) -> bool:
    """Whether the token after "et" belongs to the same name: "Chambre de commerce et d'industrie"."""
    return names.fold(token.text.replace("’", "'")) in ("de", "des", "du", "d'") or (
        token.pos in ("NOUN", "ADJ") and token.text.islower()
    )


def introduced(tokens: Sequence[Token]) -> Iterator[Phrase]:
    """Capitalised words right after a noun or title that says what they name: "la société X", "l'hebdomadaire Le Y", "M. Z"."""
    for at, token in enumerate(tokens):
        titled = name_context.is_title(token)
        noun = name_context.noun_at(tokens, at)
        label = "PER" if titled else _RIGHT_AFTER.get(noun) or name_context.noun_label(noun)
        if label is None or (label == "PER") != titled or not (titled or token.text.islower()):
            continue
        first = at + 1
        if not titled and first < len(tokens):
            web = name_context.low(tokens[first]) in ("internet", "web")
            first += web or (tokens[first].pos == "ADJ" and tokens[first].text.islower())
        if not titled and first + 1 < len(tokens) and name_context.low(tokens[first]) in ("de", "d'"):
            first, label = _after_trade(tokens, first, label)
        while first < len(tokens) and tokens[first].text in ("«", "“", '"', "."):
            first += 1
        particle = titled and first < len(tokens) and tokens[first].text.replace("’", "'") in ("de", "d'", "le", "la")
        last = _capitals_end(tokens, first + particle)
        if label == "ORG" and not token.text.endswith(("s", "x")):
            last = _with_complement(tokens, first, last)
        if label in ("ORG", "MEDIA") and not token.text.endswith(("s", "x")):
            last = _with_second(tokens, first, last)
        if label == "ORG" and last > first and name_context.label(tokens, first, last) == "PLATFORM":
            label = "PLATFORM"  # la start-up X, qui met en relation
        if label in ("ORG", "PLATFORM") and last > first and name_context.is_outlet(tokens, first, last):
            label = "MEDIA"  # l'application Radio X
        if label == "MISC":
            if last > first == at + 1 and len(tokens[first].text) > 1:  # but plan B, plan social X
                yield Phrase(token.start, tokens[last - 1].end, label)
        elif last > first + particle:
            yield Phrase(tokens[first].start, tokens[last - 1].end, label)


def _after_trade(tokens: Sequence[Token], first: int, label: str) -> tuple[int, str]:
    """Past the trade of a firm, from tokens[first] on, "de": la société de conseil X, la chaîne de magasins X; and the type then."""
    last, trade = first + 1, name_context.low(tokens[first + 1])
    while (
        last < min(len(tokens) - 1, first + 5) and tokens[last].text.islower() and tokens[last].pos in ("NOUN", "ADJ", "ADP")
    ):
        last += 1
    if last == first + 1 or tokens[last - 1].pos == "ADP" or not tokens[last].text[0].isupper():
        return first, label
    if name_context.low(tokens[first - 1]) == "site":
        return last, "MEDIA" if trade in name_context.NEWS else "PLATFORM" if trade in name_context.SITES else label
    if name_context.low(tokens[first - 1]) == "chaine" and trade not in name_context.BROADCASTS:
        return last, "ORG"
    return last, label


def _with_complement(tokens: Sequence[Token], first: int, last: int) -> int:
    """One past the small words that complete a name of one common noun: l'association Droits en ligne."""
    if last != first + 1 or tokens[first].pos != "NOUN" or last + 1 >= len(tokens):
        return last
    linked = name_context.low(tokens[last]) in _COMPLEMENTS
    return last + 2 if linked and tokens[last + 1].pos == "NOUN" and tokens[last + 1].text.islower() else last


def _with_second(tokens: Sequence[Token], first: int, last: int) -> int:
    """One past "et Y" in "l'association X et Y": a noun in the singular has one name."""
    joined = first < last < len(tokens) - 1 and tokens[last].text in ("et", "&") and tokens[last + 1].text[0].isupper()
    return _capitals_end(tokens, last + 1) if joined else last


def _capitals_end(tokens: Sequence[Token], first: int) -> int:
    """One past the last of the capitalised words from `first` on, those joined by "de", "&" or a hyphen too."""
    last = first
    while last < min(len(tokens), first + _MAX_TOKENS) and tokens[last].text[0].isupper():
        last += 1
        while (
            last < min(len(tokens), first + _MAX_TOKENS)
            and tokens[last].start == tokens[last - 1].end
            and "-" in (tokens[last].text[0], tokens[last - 1].text[-1])
        ):
            last += 1
        joined = last + 1 < len(tokens) and name_context.low(tokens[last]) in ("de", "d'", "du", "des", "der", "den", "&")
        if joined and tokens[last + 1].text[0].isupper():
            last += 1
    elided = last == first + 1 and tokens[first].text.endswith(("'", "’"))
    return first if elided or (last > first and tokens[last - 1].pos in ("PRON", "DET")) else last
