"""Small edits of XML as bytes: attributes, escaping, prefixes. Parts are spliced, never parsed into trees and written anew."""

from __future__ import annotations

import re
from functools import lru_cache

from zuxun_xl.errors import FileError

_ENTITY = re.compile(r"&(#[xX][0-9a-fA-F]+|#[0-9]+|amp|lt|gt|quot|apos);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_HEX_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ROOT = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?[A-Za-z_]")
_BOM16 = (b"\xff\xfe", b"\xfe\xff")


def escape(text: str) -> bytes:
    """Text as XML character data, fit for attributes in double quotes too."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").encode()


def unescape(data: bytes) -> str:
    """Character data or an attribute's value as text."""
    text = data.decode()
    return _ENTITY.sub(_entity, text) if "&" in text else text


def _entity(match: re.Match[str]) -> str:
    name = match[1]
    if name[0] != "#":
        return _ENTITIES[name]
    return chr(int(f"0{name[1:]}", 0) if name[1] in "xX" else int(name[1:]))


def encode_string(text: str) -> bytes:
    """A cell's text as character data; what XML cannot hold becomes ``_xHHHH_`` as in Excel."""
    return escape(_NOT_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", text))


def decode_string(data: bytes) -> str:
    """A cell's text from character data: the reverse of :func:`encode_string`."""
    text = unescape(data)
    return _HEX_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


@lru_cache(maxsize=256)
def _attribute_pattern(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"\s" + name + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def attribute(tag: bytes, name: bytes) -> bytes | None:
    """Raw value of an attribute of a start tag; ``name`` is a regular expression."""
    match = _attribute_pattern(name).search(tag)
    if match is None:
        return None
    return match[2] if match[1] is None else match[1]


def text_attribute(tag: bytes, name: bytes) -> str:
    """Value of an attribute as text; empty when it is missing."""
    return unescape(attribute(tag, name) or b"")


def without_attribute(tag: bytes, name: bytes) -> bytes:
    """The tag without that attribute."""
    return _attribute_pattern(name).sub(b"", tag, count=1)


def with_attribute(tag: bytes, name: bytes, value: bytes) -> bytes:
    """The tag with that attribute set, at its old place or at the end."""
    new = b" " + name + b'="' + value + b'"'
    replaced, found = _attribute_pattern(name).subn(lambda _: new, tag, count=1)
    if found:
        return replaced
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:end].rstrip() + new + tag[end:]


def plain(xml: bytes, part: str) -> bytes:
    """The part without comments and CDATA, which carry nothing but could mislead a bytes search; UTF-8 only."""
    if xml.startswith(_BOM16) or b"\x00" in xml[:4] or re.search(rb"encoding=[\"'](?!utf-?8|us-ascii)", xml[:200], re.IGNORECASE):
        raise FileError(f"部件 {part} 不是 UTF-8 编码，不能安全改写。", "请用 Excel 或 WPS 打开后另存为 .xlsx 再试。")
    if b"<!" not in xml:
        return xml
    xml = _COMMENT.sub(b"", _CDATA.sub(lambda match: escape(match[1].decode()), xml))
    if b"<!" in xml:
        raise FileError(f"部件 {part} 含有文档类型声明（DTD），不予处理。", "请用 Excel 或 WPS 打开后另存为 .xlsx 再试。")
    return xml


def prefix(xml: bytes) -> bytes:
    """Namespace prefix of the part's root element with its colon: ``b""`` or e.g. ``b"x:"``."""
    match = _ROOT.search(xml)
    return match[1] + b":" if match and match[1] else b""


def add_prefix(xml: bytes, name: bytes) -> bytes:
    """The prefix put before every element name of an unprefixed fragment."""
    return re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1" + name, xml) if name else xml
