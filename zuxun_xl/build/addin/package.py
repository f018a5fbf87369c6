"""The add-in as a package: xlwings' template with our modules, our ribbon and our sheet; the same parts at every build."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from importlib import resources
from xml.sax.saxutils import escape

from zuxun_xl import __version__
from zuxun_xl.build.addin import glue, sheet, vba, wrappers
from zuxun_xl.errors import FileError

NAME = "zuxun.xlam"
RIBBON = "customUI/customUI14.xml"
SHEET_PART = "xl/worksheets/sheet1.xml"
VBA_PART = "xl/vbaProject.bin"
SHEET_CODE_NAME = "Sheet2"
SOURCES = ("ZxCalls", "ZxRibbon", "ZxSetup")
UI_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"

_DATE = (2026, 1, 1, 0, 0, 0)
_OLD_RIBBON, _STRINGS = "customUI/customUI.xml", "xl/sharedStrings.xml"
_NOTICE = (
    "组训助手加载项，MIT 许可。VBA 模块 xlwings（Copyright (C) 2014-present, Zoomer Analytics LLC，BSD 3-Clause，有改动）"
    "和 Dictionary（Copyright (c) Tim Hall，MIT）的许可全文见各模块开头。"
)


def addin(interpreter: str = sheet.ANYWHERE) -> bytes:
    """The add-in file; ``interpreter`` is the python.exe it shall run."""
    base = glue.template()
    parts = parts_of(base)
    parts[VBA_PART] = parts_of(vba.with_modules(base, _modules(vba.read_modules(base)), (glue.SAMPLE,)))[VBA_PART]
    del parts[_OLD_RIBBON], parts[_STRINGS]
    parts[RIBBON] = source("ribbon.xml").encode()
    parts[SHEET_PART] = sheet.sheet_xml(SHEET_CODE_NAME, interpreter)
    parts["docProps/core.xml"] = _core()
    for name, edits in _EDITS.items():
        parts[name] = _edited(name, parts[name].decode("utf-8"), edits)
    return packed(parts)


def source(name: str) -> str:
    """A text of ``udfs/``."""
    return resources.files("zuxun_xl.udfs").joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _modules(shipped: Mapping[str, str]) -> dict[str, str]:
    bodies = {glue.MODULE: glue.ours(shipped[glue.MODULE]), "ThisWorkbook": source("ThisWorkbook.bas"), wrappers.MODULE: wrappers.module_text()}
    return bodies | {name: source(f"{name}.bas") for name in SOURCES}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a package: content types first, then by name, all of one date."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name in sorted(parts, key=lambda each: (each != "[Content_Types].xml", each != "_rels/.rels", each)):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            file.writestr(entry, parts[name])
    return out.getvalue()


def _core() -> bytes:
    stamp = "2026-01-01T00:00:00Z"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>组训助手</dc:title>'
        f"<dc:subject>zuxun_xl {__version__}</dc:subject><dc:creator>zuxun_xl</dc:creator><dc:description>{escape(_NOTICE)}</dc:description>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified></cp:coreProperties>'
    ).encode()


def _named() -> str:
    names = sheet.defined_names().items()
    return "<definedNames>" + "".join(f'<definedName name="{name}">{escape(place)}</definedName>' for name, place in names) + "</definedNames>"


_EDITS: dict[str, tuple[tuple[str, str], ...]] = {
    "[Content_Types].xml": ((r'<Override PartName="/xl/sharedStrings\.xml"[^>]*/>', ""),),
    "_rels/.rels": ((r'Target="customUI/customUI\.xml"', f'Target="{RIBBON}"'),),
    "xl/_rels/workbook.xml.rels": ((r'<Relationship [^>]*Target="sharedStrings\.xml"[^>]*/>', ""),),
    "xl/workbook.xml": (
        (r"<mc:AlternateContent.*?</mc:AlternateContent>", ""),
        (r'name="_myaddin\.conf"', f'name="{glue.SHEET}"'),
        (r"<definedNames ?/>", _named()),
    ),
}
"""What is changed in parts of the template: pattern → text, each found exactly once."""


def _edited(name: str, text: str, edits: tuple[tuple[str, str], ...]) -> bytes:
    for pattern, new in edits:
        text, times = re.subn(pattern, lambda _, new=new: new, text, flags=re.DOTALL)  # type: ignore[misc]  # bound at once
        if times != 1:
            raise FileError(f"xlwings {glue.installed()} 的加载项模板与预期不同（{name}）。", "请按 requirements.lock 里的版本安装 xlwings。")
    return text.encode()


def parts_of(package: bytes) -> dict[str, bytes]:
    """Name → content of every part.

    Raises:
        FileError: it is no package, or holds a part twice.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as file:
            names = file.namelist()
            parts = {name: file.read(name) for name in names}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        raise FileError("这个文件不是加载项。", "请运行 zuxun addin build 重新生成。") from error
    if len(parts) < len(names):
        raise FileError("加载项里有重复的部件。", "请运行 zuxun addin build 重新生成。")
    return parts
