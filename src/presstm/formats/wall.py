"""The note at the end of a text that the rest of it is for subscribers, as copies, feeds and tables of articles keep it."""

from __future__ import annotations

import re
from dataclasses import replace

from presstm.formats import Item, Reject
from presstm.pages.decode import one_line

_READERS = r"(?:aux|à nos|pour nos|pour les) (?:seuls |lecteurs )?(?:abonné(?:\W?e)?\W?s|adhérents|membres|inscrits)(?: (?:du|de la|au) .{2,40})?"
_SUBSCRIBERS = r"(?:aux|à nos) (?:seuls )?abonné(?:\W?e)?\W?s"  # an agenda has what is for members
_PIECE = r"(?:cet |l['’]\s?|notre )?article|ce contenu|contenu|le texte|ce texte"
_CUT = (
    r"il (?:vous )?reste .{0,12}\d+(?:[.,]\d+)? ?% (?:de .{3,30} )?à (?:lire|découvrir|parcourir)|"
    rf"(?:la |lire la |la lecture de la )?suite (?:de (?:cet |l['’]\s?)article )?(?:(?:vous )?est )?réservée {_READERS}|"
    rf"(?:{_PIECE})(?: intégral| complet)? (?:(?:vous )?est )?(?:réservé|en accès réservé) {_READERS}|(?:accès )?réservé {_SUBSCRIBERS}|"
    rf"(?:{_PIECE}) est (?:payant|en accès (?:limité|payant))|"
    r"pour (?:lire|découvrir|accéder à) (?:la suite|l['’]intégralité|l['’]article|cet article).{0,60}\b(?:abonnez|connectez|identifiez|inscrivez)-vous.{0,40}|"
    r"(?:abonnez|connectez|identifiez|inscrivez)-vous (?:pour|et) (?:lire|continuer|poursuivre|découvrir|accéder à|débloquer) (?:la|votre|l['’]|cet|sa).{2,40}"
)
_BESIDE = r"(?:déjà|pas encore) abonné(?:\W?e)?|(?:se connecter|s['’]identifier|s['’]abonner|je m['’]abonne|abonnez-vous|connectez-vous|lire la suite|lire l['’]article)"
_EDGES = r"[\s\W]*"
_NOTE = re.compile(rf"{_EDGES}(?:(?P<cut>{_CUT})|{_BESIDE}){_EDGES}", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:(?<=[.!?…\])])\s+|\n+)(?=\S)|\s+(?=Il vous reste \d)")
_LONGEST = 200  # characters of a note
_MOST = 6  # sentences that the notes of one text have


def without_note(result: Item | Reject) -> Item | Reject:
    """The item without such notes at its end, its access `partial`; what has none is returned as it is.

    A note is a whole sentence, and nothing but others like it follows: an article about subscriptions keeps its sentences.
    """
    if isinstance(result, Reject) or result.method.startswith("html:"):
        return result
    end, signal = len(result.text), None
    for _ in range(_MOST):
        start = max((match.end() for match in _SENTENCE.finditer(result.text, max(0, end - 2 * _LONGEST), end)), default=0)
        note = _NOTE.fullmatch(result.text, start, end) if 0 < end - start <= _LONGEST else None
        if note is None:
            break
        signal = note["cut"] or signal
        end = start
        while end and result.text[end - 1].isspace():
            end -= 1
    if signal is None:
        return result
    if not end:
        return Reject("no_text", f"nothing but a note for subscribers: {one_line(signal)}")
    return replace(result, text=result.text[:end], access="partial", access_signal=one_line(signal))
