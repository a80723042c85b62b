"""The offer to read the rest at the end of a text, as pages, copies, feeds and tables of articles keep it."""

from __future__ import annotations

from dataclasses import replace

from presstm.formats import Item, Reject
from presstm.pages import site_voice


def without_note(result: Item | Reject) -> Item | Reject:
    """The item without an offer at its end, its access `partial`; what has none, or says itself that it is whole, is returned as it is."""
    if isinstance(result, Reject) or result.access == "full":
        return result
    text, signal = site_voice.without_offer(result.text)
    if signal is None:
        return result
    if not text:
        return Reject("no_text", f"nothing but a note for subscribers: {signal}")
    return replace(result, text=text, access="partial", access_signal=result.access_signal or signal)
