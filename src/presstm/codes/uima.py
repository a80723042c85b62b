"""The sample as a UIMA CAS for INCEpTION, and the codes back: one span per sentence, with a checkbox per theme."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from presstm.codes import NONE, Code, Item, themes_of
from presstm.codes.formats import Files, Shown
from presstm.errors import InputError

_TYPE = "webanno.custom.ThemeCode"
_TAG = "{http:///webanno/custom.ecore}ThemeCode"
_XMI = "http://www.omg.org/XMI"
_CAS = "http:///uima/cas.ecore"
_UIMA = "http://uima.apache.org/resourceSpecifier"
_MAX_BYTES = 500_000_000


def to_xmi(items: Sequence[Item], themes: Sequence[str], shown: Shown) -> Files:
    """One document with all sentences in their context, and its type system. Offsets count UTF-16 units, as UIMA does."""
    from lxml import etree

    from presstm.exports import xml_text

    root = etree.Element(f"{{{_XMI}}}XMI", nsmap={"xmi": _XMI, "cas": _CAS, "custom": "http:///webanno/custom.ecore"})
    root.set(f"{{{_XMI}}}version", "2.0")
    etree.SubElement(root, f"{{{_CAS}}}NULL").set(f"{{{_XMI}}}id", "0")
    text, length, members = [], 0, []
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
        for label in (*themes, NONE):
            span.set(_feature(label), str(label in shown.get(item.key, ())).lower())
        members.append(str(number))
    sofa = etree.SubElement(root, f"{{{_CAS}}}Sofa", sofaNum="1", sofaID="_InitialView", mimeType="text")
    sofa.set(f"{{{_XMI}}}id", "1")
    sofa.set("sofaString", "".join(text))
    etree.SubElement(root, f"{{{_CAS}}}View", sofa="1", members=" ".join(members))
    xmi = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return {"inception.xmi": xmi, "TypeSystem.xml": _type_system(themes)}


def _type_system(themes: Sequence[str]) -> bytes:
    features = [("key", "uima.cas.String"), *((_feature(label), "uima.cas.Boolean") for label in (*themes, NONE))]
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
            given = themes_of([one for one in (*themes, NONE) if span.get(_feature(one)) == "true"], themes, where)
            if given is not None:
                found.append(Code(span.get("key"), who, given))
    return found


def _documents(name: str, data: bytes, coder: str) -> Iterator[tuple[str, str, bytes]]:
    """(place, coder, XMI) of a file; zips may hold zips."""
    if not data.startswith(b"PK"):
        yield name, coder, data
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = sorted(archive.infolist(), key=lambda one: one.filename)
            if sum(one.file_size for one in members) > _MAX_BYTES:
                raise InputError(f"{name}: too large when unpacked")
            for one in members:
                path = PurePosixPath(one.filename)
                if path.suffix in (".xmi", ".zip"):
                    who = path.stem if path.suffix == ".zip" or path.parent.name else coder
                    yield from _documents(f"{name}/{one.filename}", archive.read(one), who)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise InputError(f"{name}: no readable zip ({error})") from None


def _flat(text: str) -> str:
    return re.sub(r"\s", " ", text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _feature(label: str) -> str:
    return re.sub(r"\W", "_", label, flags=re.ASCII)
