"""A press-review page: title, "Outlet, date", extract, repeated; longer pieces behind a lead-in that names the outlet.

    Headline                                In the daily X, the journalist Y presented our study:
    Outlet, 24 mai 2019                     Headline
    Extract …                               Paragraphs …
                                            Read more.

Everything else on the page (its heading, leftovers of links, announcements) is rejected with a reason. Where
all items have one paragraph, what follows the last one is the foot of the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from presstm.formats import Item, Reject, is_call, text
from presstm.pages.decode import one_line

_MEDIUM = r"(?:quotidien|journal|magazine|hebdomadaire|mensuel|hebdo|site(?: d['’]information)?|titre|média|revue|radio|chaîne|blog|portail)"
_OUTLET = r"(?P<outlet>(?:L[ea]s? |L['’])?[A-ZÀ-Ý0-9][\w’'&.-]*(?: (?:[A-ZÀ-Ý0-9][\w’'&.-]*|d[ueao]s?|de la|et|&)){0,5})"
_LEAD = re.compile(
    rf"\b(?i:le|la|du|au|dans le|sur le|par le|un|une|l['’])\s*(?i:{_MEDIUM})\s+(?:(?i:en ligne|suisse|belge|français|économique)\s+)?{_OUTLET}"
)
_LEAD_VERB = re.compile(
    r"interview|entretien|présent|publi|compte[- ]rendu|article|consacr|repris|reprend|parl|écri|signe|titr|relat|rapport|évoqu|analys",
    re.IGNORECASE,
)
_MIN_ITEMS = 2
_LEAD_WORDS = 45


def found_in(content: str) -> list[Item | Reject] | None:
    """The `items` of a text that is a press review or a piece behind a lead-in; None of another one."""
    found = text.paragraphs(content)
    places = range(len(found))
    reviewed = sum(is_item(found, n) for n in places) >= _MIN_ITEMS or any(_is_lead(found, n) for n in places)
    return items(found) if reviewed else None


def items(found: Sequence[str]) -> list[Item | Reject]:
    """Items and rejects of the paragraphs of a page, in their order; every paragraph is in exactly one of them."""
    results: list[Item | Reject] = []
    pending: list[str] = []  # paragraphs that belong to nothing yet
    last = max((n for n in range(len(found)) if is_item(found, n) or _is_lead(found, n)), default=0)
    longest = 1  # paragraphs of an extract so far

    def flush() -> None:
        results.extend(_rejects(pending))
        pending.clear()

    n = 0
    while n < len(found):
        head = _head(found, n)
        if head is not None or _is_lead(found, n):
            flush()
            begin, most = n, 1 if n == last and longest == 1 else len(found)
            item, n = _item(found, n, head, most) if head is not None else _led(found, n)
            longest = max(longest, n - begin - 2)
            results.append(item)
        elif text.is_leftover(found[n]):
            flush()
            results.append(Reject("not_article", f"leftover of a link: {found[n]}"))
            n += 1
        else:
            pending.append(found[n])
            n += 1
    flush()
    return results


def is_item(found: Sequence[str], n: int) -> bool:
    """Whether an item begins with paragraph `n`."""
    return _head(found, n) is not None


def _head(found: Sequence[str], n: int) -> text.Dateline | None:
    """The dateline of the item that begins with paragraph `n`, if one does."""
    if n + 2 >= len(found):
        return None
    title, line, extract = found[n : n + 3]
    head = text.dateline(line)
    return head if head is not None and head.outlet is not None and not text.is_dateline(title) and extract else None


def _is_lead(found: Sequence[str], n: int) -> bool:
    """A short paragraph that names an outlet and says that it wrote, followed by a headline and a text."""
    if n + 2 >= len(found) or len(found[n].split()) > _LEAD_WORDS:
        return False
    named = _LEAD.search(found[n]) is not None and _LEAD_VERB.search(found[n]) is not None
    return named and text.looks_like_title(found[n + 1]) and not text.is_dateline(found[n + 2])


def _item(found: Sequence[str], n: int, head: text.Dateline, most: int) -> tuple[Item, int]:
    """An item with up to `most` paragraphs of extract: to the next title, leftover or lead-in."""
    end = n + 3
    while end < min(len(found), n + 2 + most) and (_continues(found, end) or (end > n + 3 and _is_subheading(found, end))):
        end += 1
    item = Item(
        "\n\n".join(found[n + 2 : end]),
        one_line(found[n]),
        outlet=head.outlet,
        authors=head.authors,
        published=head.published,
        method="press-review",
        warnings=(head.warning,) if head.warning else (),
    )
    return item, end


def _led(found: Sequence[str], n: int) -> tuple[Item, int]:
    match = _LEAD.search(found[n])
    assert match is not None
    end = n + 3
    while end < len(found) and not (is_item(found, end) or _is_lead(found, end) or text.is_leftover(found[end])):
        end += 1
    item = Item(
        "\n\n".join(found[n + 2 : end]),
        one_line(found[n + 1]),
        outlet=one_line(match["outlet"]),
        method="press-review",
    )
    return item, end


def _continues(found: Sequence[str], n: int) -> bool:
    """Whether paragraph `n` still belongs to the extract before it: neither the beginning of another item nor a call."""
    others = text.is_leftover(found[n]), is_item(found, n), _is_lead(found, n), text.looks_like_title(found[n])
    return not any(others) and not is_call("", found[n])


def _is_subheading(found: Sequence[str], n: int) -> bool:
    """Whether paragraph `n`, behind several of an item, parts it from more of the same, and is not the title of another."""
    others = text.is_leftover(found[n]), is_item(found, n), _is_lead(found, n)
    return not any(others) and n + 1 < len(found) and text.looks_like_title(found[n]) and _continues(found, n + 1)


def _rejects(pending: Sequence[str]) -> list[Item | Reject]:
    if not pending:
        return []
    whole = " ".join(pending)
    if is_call(pending[0], whole):
        return [Reject("not_article", f"a call for participants: {pending[0][:120]}")]
    return [Reject("not_article", f"text of the page around its items: {pending[0][:120]}")]
