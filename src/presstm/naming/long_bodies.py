"""Bodies whose names go on past commas and "et", or begin with an acronym: ministries, branches of unions, schools of a town."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CAP = r"[A-ZÀ-ÖØ-Þ]\w*(?:[’'-]\w+)*"
_OF = r"(?:(?:de la|du|des|de|à la|au|aux) |(?:de l|à l|d)['’])"
_PORTFOLIOS = (
    r"(?:plein[- ]emploi|emploi|travail|insertion|santé|solidarités?|prévention|économie|finances|relance|industrie|numérique|budget|justice|"
    r"souveraineté industrielle(?: et numérique)?|comptes publics|enseignement supérieur|recherche|innovation|éducation(?: nationale)?|"
    r"jeunesse|sports?|culture|communication|intérieur|outre-mer|armées|défense|affaires (?:étrangères|sociales|européennes)|europe|"
    r"transition (?:écologique|énergétique)|transports|logement|ville|cohésion (?:des territoires|sociale)|énergie|climat|écologie|"
    r"environnement|mer|agriculture|alimentation|forêt|commerce(?: extérieur)?|artisanat|tourisme|(?:fonction|action) publique|"
    r"transformation (?:et de la fonction publiques|publique)|dialogue social|formation professionnelle|apprentissage|familles?|handicap|autonomie|"
    r"égalité(?: entre les femmes et les hommes)?|personnes handicapées|droits des femmes|vie associative)(?![\w-])"
)
_MINISTRY = (
    rf"(?i:(?:ministère|secrétariat d['’]état)(?: (?!de\b|du\b|des\b|d['’])[a-zà-ÿ-]+)?(?: en charge)? {_OF}{_PORTFOLIOS}"
    rf"(?:(?:, et|,| et) {_OF}{_PORTFOLIOS})*)"
)
_UNION = r"(?:CGT|CFDT|FO|CFTC|CFE-CGC|UNSA|Unsa|SUD|Sud|CNT|Solidaires)"
_LEVEL = r"(?:UD|UL|UR|[Uu]nion (?:départementale|locale|régionale)|[Ff]édération|[Ss]ection(?: syndicale)?)"
_SECTOR = (
    r"(?:Commerces?|Rail|Santé|Éducation|Industrie|Informatique|Transports?|Cadres|Énergie|PTT|Étudiant\w*|Services?|Numérique|Livreurs|"
    r"Coursiers|Spectacle|Territoriaux|Conseil|Culture|Logistique|Intérim|Finances|Chimie|Métallurgie|Banques?|Assurances?|Journalistes)"
)
_BRANCH = (
    rf"(?:{_LEVEL} {_UNION} {_OF}{_CAP}(?:[ -]{_CAP})*|{_LEVEL} {_UNION}(?: {_SECTOR})?"
    rf"|{_UNION}[ -]{_SECTOR}(?:(?: et | & |-){_SECTOR})*(?: publi\w+)?)(?![\w-])"
)
_SCHOOL = rf"(?:INSA|IUT|IAE|IEP|IMT|UFR|Inspé|Crous|CROUS|Carsat|Dreets|DREETS|Direccte|DIRECCTE) (?:de |du |d['’])?{_CAP}(?: {_CAP})?"
_NAMES = re.compile(rf"(?<![\w-])(?:{_MINISTRY}|{_BRANCH}|{_SCHOOL})")


def find(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Characters of such bodies between `start` and `end` of a text."""
    for match in _NAMES.finditer(text, start, end):
        yield match.span()
