"""xlwings Lite code in a workbook: embedded, brought up to date, taken out; whatever else the workbook has stays byte for byte.

Lite keeps its files as properties of its own web extension: ``main.py``, ``requirements.txt`` and a few notes of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zuxun_xl.book.ooxml.webextensions import Extension, added, dropped, extensions, free_part
from zuxun_xl.build.lite_code import REQUIREMENTS, is_unaltered, main_py, version_of
from zuxun_xl.errors import FileError

if TYPE_CHECKING:
    from zuxun_xl.book.ooxml.package import Package
    from zuxun_xl.book.ooxml.webextensions import Parts

ADD_IN = "wa200008175"
"""Id of xlwings Lite in the Office store."""

PYODIDE, LITE = "0.27.5", "1.0.0.0-35"
"""Versions that are noted in a workbook where Lite has noted none; those of a public workbook, Lite asks for newer ones by itself."""

_CODE, _PACKAGES = "main.py", "requirements.txt"
_ITS_OWN = {_CODE, _PACKAGES, "requirements-pinned.txt", "pyodideVersion", "addinVersion", "xlwingsWorkbookId", "xlwingsSettingsWorkbook"}
_WIDTH = 438
_NEW = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<we:webextension xmlns:we="http://schemas.microsoft.com/office/webextensions/webextension/2010/11"'
    b' id="{2F5B3C1A-7D4E-5A60-9B21-5A5855580001}"><we:reference id="%(id)s" version="1.0.0.0" store="zh-CN" storeType="OMEX"/>'
    b'<we:alternateReferences><we:reference id="%(id)s" version="1.0.0.0" store="%(store)s" storeType="OMEX"/></we:alternateReferences>'
    b"<we:properties></we:properties><we:bindings/>"
    b'<we:snapshot xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></we:webextension>'
) % {b"id": ADD_IN.encode(), b"store": ADD_IN.upper().encode()}


def present(package: Package) -> str | None:
    """The version of our code that a workbook carries; ``None`` for none."""
    found = _lite(package)
    return version_of(_code(found)) if found else None


def embedded(package: Package, *, replace: bool = False) -> Parts:
    """The parts that change when our code is embedded, or brought up to date; none where it is already there.

    Args:
        package: the workbook.
        replace: take our code's place even where someone altered it in Lite.

    Raises:
        FileError: Lite code of the user's own is there, or ours was altered.
    """
    code, old = main_py(), _lite(package)
    if old is None:
        new = Extension(free_part(package), _NEW).with_properties(
            {_CODE: code, _PACKAGES: _with_ours(""), "pyodideVersion": PYODIDE, "addinVersion": LITE},
        )
        return added(package, new, _WIDTH)
    if _code(old).strip():
        _check_ours(package, old, replace=replace)
    renewed = old.with_properties({_CODE: code, _PACKAGES: _with_ours(str(old.properties.get(_PACKAGES, "")))})
    return {old.part: renewed.xml} if renewed != old else {}


def removed(package: Package, *, replace: bool = False) -> Parts:
    """The parts that change when our code is taken out; Lite itself goes too where it holds nothing else.

    Args:
        package: the workbook.
        replace: take it out even where someone altered it in Lite.

    Raises:
        FileError: none of our code is there, or it was altered.
    """
    old = _lite(package)
    if old is None or not _code(old).strip():
        raise FileError(f"《{package.name}》里没有 Lite 代码。", "不用取出。")
    _check_ours(package, old, replace=replace)
    if old.properties.keys() <= _ITS_OWN and _without_ours(str(old.properties.get(_PACKAGES, ""))) == "":
        return dropped(package, old)
    return {old.part: old.without_properties(_CODE).xml}


def _lite(package: Package) -> Extension | None:
    return next((each for each in extensions(package) if each.is_of(ADD_IN)), None)


def _code(extension: Extension) -> str:
    return str(extension.properties.get(_CODE, ""))


def _check_ours(package: Package, extension: Extension, *, replace: bool) -> None:
    """Refuse to touch code that is not ours, or no longer just ours."""
    code = _code(extension)
    if version_of(code) is None:
        raise FileError(
            f"《{package.name}》里已有别的 Lite 代码（main.py，{len(code.splitlines())}行），没有改动。",
            "要两样都用：zuxun lite --code 组训助手.py 写出代码，在 Lite 里新建一个 .py 文件贴进去；或在没有 Lite 代码的副本上嵌入。",
        )
    if not replace and not is_unaltered(code):
        raise FileError(
            f"《{package.name}》里的组训助手代码在 Lite 里改动过，没有替换。", "先把自己写的部分另存出来，再加 --replace 重做；它会丢掉这些改动。"
        )


def _name(line: str) -> str:
    """The package that a line of requirements.txt names; empty for none."""
    found = re.match(r"\s*([\w.-]+)", line)
    return found[1].lower().replace("_", "-") if found else ""


def _with_ours(requirements: str) -> str:
    """Requirements with what our code needs; lines that are there stay as they are."""
    named = {_name(line) for line in requirements.splitlines()}
    missing = [line for line in REQUIREMENTS if _name(line) not in named]
    return requirements if not missing else "\n".join([*requirements.splitlines(), *missing]) + "\n"


def _without_ours(requirements: str) -> str:
    """What requirements name beside our own and what Lite brings along."""
    ours = {_name(line) for line in REQUIREMENTS}
    return "\n".join(line for line in requirements.splitlines() if _name(line) and _name(line) not in ours)
