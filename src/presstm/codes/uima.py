"""The sample as a UIMA CAS for INCEpTION, and the codes back: one span per sentence, with a checkbox per theme."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from presstm.codes import NONE, Code, Item, themes_of, zips
from presstm.codes.formats import Files, Shown
from presstm.errors import InputError
from presstm.phrases import unaccented

_TYPE = "webanno.custom.ThemeCode"
_TAG = "{http:///webanno/custom.ecore}ThemeCode"
_XMI = "http://www.omg.org/XMI"
_CAS = "http:///uima/cas.ecore"
_UIMA = "http://uima.apache.org/resourceSpecifier"
_TAKEN = ("key", "sofa", "begin", "end")  # what every span has


def to_xmi(items: Sequence[Item], themes: Sequence[str], shown: Shown) -> Files:
    """One document with all sentences in their context, and its type system. Offsets count UTF-16 units, as UIMA does."""
    from lxml import etree

    from presstm.exports import xml_text

    root = etree.Element(f"{{{_XMI}}}XMI", nsmap={"xmi": _XMI, "cas": _CAS, "custom": "http:///webanno/custom.ecore"})
    root.set(f"{{{_XMI}}}version", "2.0")
    etree.SubElement(root, f"{{{_CAS}}}NULL").set(f"{{{_XMI}}}id", "0")
    text, length, members = [], 0, []
    features = _features(themes)
    for number, item in enumerate(items, 3):
        context, sentence = (
            _flat(xml_text(one)) for one in (" … ".join(filter(None, (item.title, item.previous))), item.sentence)
        )
        before = f"{context}\n→ " if context else "→ "
        begin = length + _units(before)
        end = begin + _units(sentence)
        text.append(f"{before}{sentence}\n\n")
        length = end + 2
        span = etree.SubElement(root, _TAG, sofa="1", begin=str(begin), end=str(end), key=item.key)
        span.set(f"{{{_XMI}}}id", str(number))
        for label, feature in features.items():
            span.set(feature, str(label in shown.get(item.key, ())).lower())
        members.append(str(number))
    sofa = etree.SubElement(root, f"{{{_CAS}}}Sofa", sofaNum="1", sofaID="_InitialView", mimeType="text")
    sofa.set(f"{{{_XMI}}}id", "1")
    sofa.set("sofaString", "".join(text))
    etree.SubElement(root, f"{{{_CAS}}}View", sofa="1", members=" ".join(members))
    xmi = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return {"inception.xmi": xmi, "TypeSystem.xml": _type_system(themes)}


def _type_system(themes: Sequence[str]) -> bytes:
    features = [("key", "uima.cas.String"), *((name, "uima.cas.Boolean") for name in _features(themes).values())]
    made = "".join(
        f"<featureDescription><name>{name}</name><description/><rangeTypeName>{kind}</rangeTypeName></featureDescription>"
        for name, kind in features
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<typeSystemDescription xmlns="{_UIMA}"><types><typeDescription>'
        f"<name>{_TYPE}</name><description/><supertypeName>uima.tcas.Annotation</supertypeName>"
        f"<features>{made}</features></typeDescription></types></typeSystemDescription>\n"
    ).encode()


def from_xmi(name: str, data: bytes, themes: Sequence[str], coder: str) -> list[Code]:
    """Codes of an XMI file, or of a zip of them, in which each file is named for its coder.

    Raises:
        InputError: a file is no XMI of this layer.
    """
    from lxml import etree

    found = []
    features = _features(themes)
    for file, who, content in _documents(name, data, coder):
        try:
            root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
        except etree.XMLSyntaxError as error:
            raise InputError(f"{file}: no XML ({error})") from None
        spans = list(root.iter(_TAG))
        if not spans:
            raise InputError(f"{file}: no annotation of type {_TYPE}")
        for span in spans:
            where = f"{file}, line {span.sourceline}"
            if not span.get("key"):
                raise InputError(f"{where}: a span without key")
            given = themes_of([label for label, feature in features.items() if span.get(feature) == "true"], themes, where)
            if given is not None:
                found.append(Code(span.get("key"), who, given))
    return found


def _documents(name: str, data: bytes, coder: str, depth: int = 2) -> Iterator[tuple[str, str, bytes]]:
    """(place, coder, XMI) of a file; zips may hold zips, `depth` of them in each other."""
    if not data.startswith(b"PK"):
        yield name, coder, data
        return
    found = list(zips.members(name, data, (".xmi", ".zip") if depth else (".xmi",)))
    for path, content in found:
        who = path.stem if path.suffix == ".zip" or path.parent.name or len(found) > 1 else coder
        yield from _documents(f"{name}/{path}", content, who, depth - 1)


def _flat(text: str) -> str:
    return re.sub(r"\s", " ", text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _features(themes: Sequence[str]) -> dict[str, str]:
    """The name of each label's feature: a letter, then letters, digits and _; the same whatever the order of the themes."""
    found: dict[str, str] = {}
    for label in (NONE, *sorted(themes)):
        first = re.sub(r"\W", "_", unaccented(label), flags=re.ASCII)
        first = first if first[:1].isalpha() else f"t_{first}"
        names = itertools.chain([first], (f"{first}_{number}" for number in itertools.count(2)))
        found[label] = next(name for name in names if name not in (*_TAKEN, *found.values()))
    return {label: found[label] for label in (*themes, NONE)}
