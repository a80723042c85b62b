"""Acronyms that are common nouns: statuses, contracts, taxes, things (un CDI, le SMIC, des VTC). They name no organisation.

Some are listed; of the others an article tells, by using them as nouns: an organisation has no plural and no indefinite article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from presstm.naming import names
from presstm.naming.gazetteer import Gazetteer

_LISTED = frozenset(
    # contracts, statuses, people
    "CDD CDDI CDI CUI VTC LOTI SDF PDG DG DGA DRH DAF DSI RH PME TPE ETI PMI EURL SARL SAS SASU SCOP SCIC ONG VRP VIP SAV HLM BTP "
    "CSP EPCI ESS GIE OPA ZUP ZAC ZFE QPV ETP RTT BD TJM CV CB RIB RDV JO QG "
    # wages, benefits, taxes
    "SMIC SMIG RMI RSA ASS ARE AAH APL ACRE ARCE ACCRE CMU PUMA TVA CSG CRDS CFE IR ISF IFI PIB PNB CICE CIR CPF CET CESU PER PEA PERP "
    "TVS PPV TTC HT "
    # dialogue and dismissal
    "NAO PSE RCC APC CSE CE CHSCT IRP EPI PV DUERP GPEC PIC "
    # diplomas, studies
    "BAC BEP BTS CAP DUT BUT IUT DEUG DEA DESS MBA ECTS QCM TP TD "
    # technology
    "IA IHM TIC NTIC API SDK PC SMS MMS GPS USB PDF CD DVD TV VOD SVOD URL HTML HTTP QR RFID NFC LED LCD CPU GPU LLM GPT SEO FAQ CGU CGV "
    "VPN IP OS UX UI SIM SUV RGPD GDPR CAPTCHA HIT HITS WIFI VAE VTT CO2 ADN VIH IVG PMA GPA AVC TOC "
    # texts, times
    "LOM QPC DPEF PLFSS PLF PJL PPL ANI GMT UTC NB".split()
)
_THINGS = frozenset(
    "accord allocation brevet certificat code compte conditions contrat contribution cotisation credit dispositif equivalent "
    "impot indemnite intelligence loi negociation negociations plan prestation prime programme reglement revenu salaire systeme "
    "taxe technologie vehicule vehicules voiture voitures zone".split()
)
_DETERMINERS = frozenset(
    "les des ces aux mes tes ses nos vos leurs un une chaque quelques plusieurs certains certaines differents differentes deux trois "
    "quatre cinq dix cent mille".split()
)
_ACRONYM = re.compile(r"(?<![\w-])(?P<acronym>[A-ZÀ-Þ]{2,6})(?P<plural>s?)(?![\w-])")
_LONGEST = 12  # characters of a determiner and a space


def listed(text: str, known: Gazetteer) -> bool:
    """Whether a word is a listed common noun, and no form of a name that is known for sure."""
    return text in _LISTED and not any(not form.weak for form in known.of(text))


def used_as_nouns(texts: Iterable[str], known: Gazetteer) -> frozenset[str]:
    """Unknown acronyms that the texts use in the plural or with an indefinite article: "les NAO", "un HIT", "ces HITs"."""
    found = {
        match["acronym"]
        for text in texts
        for match in _ACRONYM.finditer(text)
        if match["plural"] or _determined(text[max(0, match.start() - _LONGEST) : match.start()])
    }
    return frozenset(acronym for acronym in found if not known.of(acronym))


def _determined(before: str) -> bool:
    """Whether the text ends with a determiner of nouns or a number, and a space."""
    *_, word = re.split(r"[^\w]", before[:-1]) if before[-1:] in (" ", "\u00a0") else [""]
    return word.isdigit() or names.fold(word) in _DETERMINERS


def names_a_thing(long: str) -> bool:
    """Whether the long form of an acronym is headed by what is no body: "Revenu de solidarité active"."""
    return names.fold(long.split()[0]) in _THINGS
