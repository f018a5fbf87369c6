"""The one sheet of the add-in: settings that xlwings reads, Chinese sentences, and help of the functions for the function wizard."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from zuxun_xl import __version__
from zuxun_xl.build.addin import glue
from zuxun_xl.build.addin.wrappers import LONGEST_HELP
from zuxun_xl.functions.catalogue import FUNCTIONS
from zuxun_xl.functions.function import CATEGORY

UDF_MODULES = "zuxun_xl.udfs.functions"
ANYWHERE = "pythonw"
"""The interpreter of an add-in that was built but not installed: whatever Windows finds."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TEXTS_AT, _FUNCTIONS_AT = 4, 7
"""Columns D and G; settings stand in A and B, without a gap, as xlwings wants them."""

Value = str | bool


def settings(interpreter: str = ANYWHERE) -> dict[str, Value]:
    """Every setting that the glue asks for, so that none is looked up elsewhere."""
    return {
        "INTERPRETER_WIN": interpreter, "INTERPRETER_MAC": "", "INTERPRETER": interpreter, "PYTHONPATH": "",
        "ADD_WORKBOOK_TO_PYTHONPATH": "false", "UDF MODULES": UDF_MODULES, "USE UDF SERVER": True, "DEBUG UDFS": False, "SHOW CONSOLE": False,
        "CONDA PATH": "", "CONDA ENV": "", "LICENSE_KEY": "", "TEMP DIR": "%TEMP%",
        "ONEDRIVE_CONSUMER_WIN": "", "ONEDRIVE_COMMERCIAL_WIN": "", "SHAREPOINT_WIN": "",
        "ONEDRIVE_CONSUMER_MAC": "", "ONEDRIVE_COMMERCIAL_MAC": "", "SHAREPOINT_MAC": "",
    }


def texts() -> dict[str, str]:
    """Sentences of the VBA, and the versions the add-in was built from."""
    return {
        "title": "组训助手",
        "no_workbook": "请先打开一本台账，再按这个按钮。",
        "failed": "这个按钮没有运行成功，多半是 Python 没有启动。请在命令行运行 zuxun doctor，照它写的办法处理。原因：",
        "version": __version__,
        "xlwings": glue.installed(),
    }


def help_rows() -> list[list[str]]:
    """Name, category, description and the arguments' descriptions of every function, none longer than Excel takes."""
    return [
        [function.name, CATEGORY, _short(f"{function.title}：{function.help}"), *(_short(each.help) for each in function.parameters)]
        for function in FUNCTIONS.values()
    ]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_HELP else text[: LONGEST_HELP - 1] + "…"


def defined_names() -> dict[str, str]:
    """Names by which the VBA finds its tables."""
    rows = help_rows()
    last = _letters(_FUNCTIONS_AT + max(map(len, rows)))
    return {
        "zx_functions": f"'{glue.SHEET}'!${_letters(_FUNCTIONS_AT)}$1:${last}${len(rows)}",
        "zx_texts": f"'{glue.SHEET}'!${_letters(_TEXTS_AT)}$1:${_letters(_TEXTS_AT + 1)}${len(texts())}",
    }


def sheet_xml(code_name: str, interpreter: str) -> bytes:
    """The worksheet part."""
    blocks: list[tuple[int, Sequence[Sequence[Value]]]] = [
        (1, list(settings(interpreter).items())), (_TEXTS_AT, list(texts().items())), (_FUNCTIONS_AT, help_rows()),
    ]
    cells: dict[int, list[str]] = {}
    for left, rows in blocks:
        for row, values in enumerate(rows, start=1):
            cells.setdefault(row, []).extend(_cell(f"{_letters(left + at)}{row}", value) for at, value in enumerate(values) if value != "")
    data = "".join(f'<row r="{row}">{"".join(cells[row])}</row>' for row in sorted(cells))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{_MAIN}"><sheetPr codeName="{code_name}"/>'
        f'<sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetData>{data}</sheetData></worksheet>'
    ).encode()


def _cell(address: str, value: Value) -> str:
    if isinstance(value, bool):
        return f'<c r="{address}" t="b"><v>{value:d}</v></c>'
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def _letters(column: int) -> str:
    return chr(64 + column) if column <= 26 else _letters((column - 1) // 26) + chr(65 + (column - 1) % 26)  # noqa: PLR2004 - the alphabet


def read_sheet(part: bytes) -> dict[int, dict[str, Value]]:
    """Row → column letters → value of a worksheet part that ``sheet_xml`` wrote."""
    rows: dict[int, dict[str, Value]] = {}
    for cell in ET.fromstring(part).iter(f"{{{_MAIN}}}c"):  # noqa: S314 - our own file; expat refuses entity bombs
        match = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r", ""))
        if match is not None:
            text = "".join(node.text or "" for node in cell.iter() if node.tag.endswith(("}t", "}v")))
            rows.setdefault(int(match[2]), {})[match[1]] = text == "1" if cell.get("t") == "b" else text
    return rows


def pairs(rows: Mapping[int, Mapping[str, Value]], left: str = "A", right: str = "B") -> dict[str, Value]:
    """A two-column table of the sheet."""
    return {str(row[left]): row.get(right, "") for row in rows.values() if left in row}


def stated(part: bytes) -> dict[str, Value]:
    """What an add-in says of itself: its versions and its sentences."""
    return pairs(read_sheet(part), _letters(_TEXTS_AT), _letters(_TEXTS_AT + 1))


def stated_help(part: bytes) -> list[list[str]]:
    """The help rows of an add-in."""
    rows = read_sheet(part)
    columns = [_letters(_FUNCTIONS_AT + at) for at in range(30)]
    return [[str(row[column]) for column in columns if column in row] for row in rows.values() if columns[0] in row]
