"""Relationships and content types: which part leads to which, and of what kind each is."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zuxun_xl.book.ooxml.markup import add_prefix, escape, plain, prefix, text_attribute

if TYPE_CHECKING:
    from zuxun_xl.book.ooxml.package import Package

TYPES = "[Content_Types].xml"
WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
RELATION_BASE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
"""A relationships part without relationships."""
_RELATION = re.compile(rb"<(?:[\w.-]+:)?Relationship\s[^>]*>")
_OVERRIDE = re.compile(rb"<(?:[\w.-]+:)?Override\s[^>]*?(?:/>|></(?:[\w.-]+:)?Override>)")


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship of a part.

    Attributes:
        id: e.g. ``rId3``.
        kind: last word of its type: ``worksheet``, ``table`` …
        target: part it leads to; empty for an external one.
    """

    id: str
    kind: str
    target: str


def relations_part(part: str) -> str:
    """Name of the part that holds a part's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(package: Package, part: str) -> list[Relation]:
    """Relationships of a part; of the whole package for ``""``."""
    where = relations_part(part)
    if where not in package:
        return []
    return [_relation(tag, posixpath.dirname(part)) for tag in _RELATION.findall(plain(package.read(where), where))]


def _relation(tag: bytes, folder: str) -> Relation:
    target = text_attribute(tag, b"Target")
    kind = text_attribute(tag, b"Type").rpartition("/")[2]
    if text_attribute(tag, b"TargetMode") == "External":
        return Relation(text_attribute(tag, b"Id"), kind, "")
    return Relation(text_attribute(tag, b"Id"), kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))


def ids_in(xml: bytes) -> set[str]:
    """Ids of the relationships in a relationships part."""
    return {text_attribute(tag, b"Id") for tag in _RELATION.findall(xml)}


def with_relation(xml: bytes, identifier: str, kind: str, target: str, base: str = RELATION_BASE) -> bytes:
    """The relationships part with one more at its end; the target is absolute (``/xl/…``), ``base`` is what its type begins with."""
    tag = b'<Relationship Id="%s" Type="%s" Target="%s"/>' % (escape(identifier), escape(base + kind), escape(target))
    return appended(xml, tag, b"Relationships")


def without_relation(xml: bytes, kind: str, identifier: str = "") -> bytes:
    """The relationships part without those of one kind, or without the one of them that has an id."""

    def kept(match: re.Match[bytes]) -> bytes:
        goes = text_attribute(match[0], b"Type").endswith(f"/{kind}") and identifier in ("", text_attribute(match[0], b"Id"))
        return b"" if goes else match[0]

    return _RELATION.sub(kept, xml)


def with_override(xml: bytes, part: str, content_type: str) -> bytes:
    """The content types with the entry of a part at their end."""
    return appended(xml, b'<Override PartName="/%s" ContentType="%s"/>' % (escape(part), escape(content_type)), b"Types")


def with_default(xml: bytes, extension: str, content_type: str) -> bytes:
    """The content types in which all parts of a file extension are of a kind, unless they say it already."""
    tags = re.findall(rb"<(?:[\w.-]+:)?Default\s[^>]*>", xml)
    if any(text_attribute(tag, b"Extension").lower() == extension for tag in tags):
        return xml
    tag = add_prefix(b'<Default Extension="%s" ContentType="%s"/>' % (extension.encode(), content_type.encode()), prefix(xml))
    root = re.search(rb"<(?:[\w.-]+:)?Types(?:\s[^>]*)?>", xml)
    where = root.end() if root else 0
    return xml[:where] + tag + xml[where:]


def without_override(xml: bytes, part: str) -> bytes:
    """The content types without the entry of a part."""
    wanted = f"/{part}".lower()
    return _OVERRIDE.sub(lambda match: b"" if text_attribute(match[0], b"PartName").lower() == wanted else match[0], xml)


def content_type(xml: bytes, part: str) -> str:
    """Content type that an ``Override`` gives to a part; empty without one."""
    pattern = rb"<(?:[\w.-]+:)?Override\s[^>]*>"
    tags = (tag for tag in re.findall(pattern, xml) if text_attribute(tag, b"PartName").lower() == f"/{part}".lower())
    return next((text_attribute(tag, b"ContentType") for tag in tags), "")


def free_identifier(used: set[str]) -> str:
    """A relationship id that is not taken."""
    number = len(used) + 1
    while f"rId{number}" in used:
        number += 1
    return f"rId{number}"


def appended(xml: bytes, tag: bytes, root: bytes) -> bytes:
    """Unprefixed elements put before the end of the root element, in its namespace."""
    name = prefix(xml)
    xml = re.sub(rb"(<%s%s(?:\s[^>]*?)?)\s*/>" % (name, root), rb"\1></%s%s>" % (name, root), xml, count=1)
    head, closing, tail = xml.rpartition(b"</" + name + root)
    return head + add_prefix(tag, name) + closing + tail
