"""Office add-ins that a workbook brings along: its web extension parts, found, added and taken out again.

The package points to one part of task panes, which points to a web extension for each pane; an extension names its add-in and keeps
the add-in's settings as properties whose values are JSON. What other add-ins have there stays as it is.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zuxun_xl.book.ooxml.markup import add_prefix, escape, plain, prefix, text_attribute
from zuxun_xl.book.ooxml.relations import (
    NO_RELATIONS,
    TYPES,
    appended,
    free_identifier,
    ids_in,
    relations,
    relations_part,
    with_override,
    with_relation,
    without_override,
    without_relation,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zuxun_xl.book.ooxml.package import Package

Parts = dict[str, bytes | None]
"""Part → its new content; ``None`` removes it."""

_BASE = "http://schemas.microsoft.com/office/2011/relationships/"
_PANES, _EXTENSION = "webextensiontaskpanes", "webextension"
_TYPE = "application/vnd.ms-office.%s+xml"
_FOLDER = "xl/webextensions"
_PANES_NAMESPACE = "http://schemas.microsoft.com/office/webextensions/taskpanes/2010/11"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_QUOTED = rb"(?:[^>\"']|\"[^\"]*\"|'[^']*')*"
_PROPERTY = re.compile(rb"<(?:[\w.-]+:)?property\s" + _QUOTED + rb"(?:/>|>\s*</(?:[\w.-]+:)?property>)")
_PROPERTIES = re.compile(rb"<(?:[\w.-]+:)?properties[\s/>]")
_BINDINGS = re.compile(rb"(?=<(?:[\w.-]+:)?bindings[\s/>])")
_REFERENCE = re.compile(rb"<(?:[\w.-]+:)?reference\s" + _QUOTED + rb">")
_PANE = re.compile(rb"<(?:[\w.-]+:)?taskpane\s.*?</(?:[\w.-]+:)?taskpane>", re.DOTALL)
_PANE_RELATION = re.compile(rb"[\w.-]+:id\s*=\s*[\"']([^\"']*)")


@dataclass(frozen=True, slots=True)
class Extension:
    """A web extension.

    Attributes:
        part: where it is stored.
        xml: its text.
    """

    part: str
    xml: bytes

    def is_of(self, add_in: str) -> bool:
        """Whether it belongs to an add-in of the Office store, by the add-in's id."""
        return any(text_attribute(tag, b"id").lower() == add_in for tag in _REFERENCE.findall(self.xml))

    @property
    def properties(self) -> dict[str, Any]:
        """What the add-in keeps, read from JSON; the text itself where it is none."""
        return {text_attribute(tag, b"name"): _value(text_attribute(tag, b"value")) for tag in _PROPERTY.findall(self.xml)}

    def with_properties(self, properties: Mapping[str, Any]) -> Extension:
        """The extension in which these properties are set, at their places or at the end."""
        xml, left = self.xml, dict(properties)

        def replaced(match: re.Match[bytes]) -> bytes:
            name = text_attribute(match[0], b"name")
            return add_prefix(_tag(name, left.pop(name)), prefix(xml)) if name in left else match[0]

        xml = _PROPERTY.sub(replaced, xml)
        if left and _PROPERTIES.search(xml) is None:
            xml = _BINDINGS.sub(add_prefix(b"<properties></properties>", prefix(xml)), xml, count=1)
        added = b"".join(_tag(name, value) for name, value in left.items())
        return Extension(self.part, appended(xml, added, b"properties") if added else xml)

    def without_properties(self, *names: str) -> Extension:
        """The extension without some properties."""
        return Extension(self.part, _PROPERTY.sub(lambda match: b"" if text_attribute(match[0], b"name") in names else match[0], self.xml))


def _value(text: str) -> Any:  # noqa: ANN401  # whatever JSON holds
    try:
        return json.loads(text)
    except ValueError:
        return text


def _tag(name: str, value: object) -> bytes:
    return b'<property name="%s" value="%s"/>' % (escape(name), escape(json.dumps(value, ensure_ascii=False)))


def extensions(package: Package) -> list[Extension]:
    """The web extensions of a workbook in the order of their task panes."""
    panes = _panes_part(package)
    parts = [each.target for each in relations(package, panes) if each.kind == _EXTENSION and each.target in package] if panes else []
    return [Extension(part, plain(package.read(part), part)) for part in parts]


def _panes_part(package: Package) -> str:
    """The part of the task panes; empty where there is none."""
    return next((each.target for each in relations(package, "") if each.kind == _PANES and each.target in package), "")


def free_part(package: Package) -> str:
    """Name for a further web extension."""
    number = 1
    while (part := f"{_FOLDER}/webextension{number}.xml") in package:
        number += 1
    return part


def added(package: Package, extension: Extension, width: int) -> Parts:
    """What changes when an extension with a closed task pane of that width joins the workbook."""
    parts: Parts = {extension.part: extension.xml}
    types = with_override(plain(package.read(TYPES), TYPES), extension.part, _TYPE % _EXTENSION)
    panes = _panes_part(package)
    if not panes:
        panes, roots = f"{_FOLDER}/taskpanes.xml", relations_part("")
        xml = _HEAD + b'<wetp:taskpanes xmlns:wetp="%s"></wetp:taskpanes>' % _PANES_NAMESPACE.encode()
        types = with_override(types, panes, _TYPE % _PANES)
        whole = plain(package.read(roots), roots)
        parts[roots] = with_relation(whole, free_identifier(ids_in(whole)), _PANES, f"/{panes}", _BASE)
    else:
        xml = plain(package.read(panes), panes)
    where = relations_part(panes)
    links = plain(package.read(where), where) if where in package else NO_RELATIONS
    identifier = free_identifier(ids_in(links))
    parts[where] = with_relation(links, identifier, _EXTENSION, f"/{extension.part}", _BASE)
    parts[panes] = appended(xml, _pane(identifier, width, len(_PANE.findall(xml)) + 1), b"taskpanes")
    return {**parts, TYPES: types}


def _pane(identifier: str, width: int, row: int) -> bytes:
    namespace = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        b'<taskpane dockstate="right" visibility="0" width="%d" row="%d"><webextensionref xmlns:r="%s" r:id="%s"/></taskpane>'
        % (width, row, namespace, escape(identifier))
    )


def dropped(package: Package, extension: Extension) -> Parts:
    """What changes when an extension leaves the workbook with its task pane; the last one takes the part of the panes along."""
    panes = _panes_part(package)
    where = relations_part(panes)
    identifier = next(each.id for each in relations(package, panes) if each.target == extension.part)
    types = without_override(plain(package.read(TYPES), TYPES), extension.part)
    parts: Parts = {extension.part: None}
    if len(relations(package, panes)) == 1:
        roots = relations_part("")
        parts |= {panes: None, where: None, roots: without_relation(plain(package.read(roots), roots), _PANES)}
        return {**parts, TYPES: without_override(types, panes)}
    parts[where] = without_relation(plain(package.read(where), where), _EXTENSION, identifier)
    parts[panes] = _PANE.sub(lambda match: b"" if _is_pane_of(match[0], identifier) else match[0], plain(package.read(panes), panes))
    return {**parts, TYPES: types}


def _is_pane_of(pane: bytes, identifier: str) -> bool:
    found = _PANE_RELATION.search(pane)
    return found is not None and found[1].decode() == identifier
