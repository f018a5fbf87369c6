"""The structure of a built add-in, requirement by requirement: what Excel would repair, refuse or silently leave out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from zuxun_xl.build.addin import glue, package, ribbon, sheet, vba, wrappers
from zuxun_xl.errors import FileError
from zuxun_xl.functions.catalogue import FUNCTIONS

_TYPES = {
    "/xl/workbook.xml": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
    f"/{package.VBA_PART}": "application/vnd.ms-office.vbaProject",
}
_NOTICES = {glue.MODULE: "Copyright (C) 2014-present, Zoomer Analytics LLC", "Dictionary": "(c) Tim Hall"}
_DOCUMENTS = ("ThisWorkbook", package.SHEET_CODE_NAME)
_MODULES = {*_DOCUMENTS, *package.SOURCES, wrappers.MODULE, glue.MODULE, "Dictionary"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One requirement that is not met; the code is stable, the sentence says what."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Addin:
    """An add-in taken apart."""

    package: bytes
    parts: dict[str, bytes]
    modules: dict[str, str]
    sheet: bytes = field(repr=False)

    def text(self, name: str) -> str:
        """A part as text; empty where it is missing."""
        return self.parts.get(name, b"").decode("utf-8", "replace")


def faults(data: bytes) -> list[Fault]:
    """Everything that is wrong with an add-in file; nothing if it is as it should be."""
    try:
        parts = package.parts_of(data)
        taken = Addin(data, parts, vba.read_modules(data), parts[package.SHEET_PART])
    except FileError as error:
        return [Fault("A01", error.message)]
    except KeyError:
        return [Fault("A01", "加载项里没有设置表。")]
    return [Fault(code, f"{message}。") for code, check in CHECKS.items() for message in check(taken)]


def _types(addin: Addin) -> Iterator[str]:
    for name, kind in _TYPES.items():
        if f'PartName="{name}" ContentType="{kind}"' not in addin.text("[Content_Types].xml"):
            yield f"{name} 的内容类型不对"


def _relation(addin: Addin) -> Iterator[str]:
    targets = re.findall(rf'Type="{re.escape(package.UI_RELATION)}" Target="([^"]+)"', addin.text("_rels/.rels"))
    if targets != [package.RIBBON] or "2006/relationships/ui/extensibility" in addin.text("_rels/.rels"):
        yield "功能区应当只有一个关系，指向 customUI14.xml"
    if {name for name in addin.parts if name.startswith("customUI/")} != {package.RIBBON}:
        yield "功能区应当只有 customUI14.xml 一个部件"


def _ribbon(addin: Addin) -> Iterator[str]:
    yield from ribbon.faults(addin.parts.get(package.RIBBON, b""))


def _callbacks(addin: Addin) -> Iterator[str]:
    if next(ribbon.faults(addin.parts.get(package.RIBBON, b"")), None):
        return
    for name in {button["onAction"] for button in ribbon.buttons(addin.parts[package.RIBBON]).values()}:
        found = [1 for text in addin.modules.values() if re.search(rf"^Public Sub {name}\(control As Object\)$", text, re.MULTILINE)]
        if len(found) != 1:
            yield f"按钮要调用的 {name}(control As Object) 应当正好有一个"


def _code_names(addin: Addin) -> Iterator[str]:
    stated = re.findall(r'<workbookPr[^>]* codeName="([^"]*)"', addin.text("xl/workbook.xml"))
    stated += re.findall(r'<sheetPr codeName="([^"]*)"', addin.sheet.decode("utf-8"))
    if tuple(stated) != _DOCUMENTS or any(name not in addin.modules for name in _DOCUMENTS):
        yield f"codeName 与文档模块不一致：{'、'.join(stated)}"


def _modules(addin: Addin) -> Iterator[str]:
    if set(addin.modules) != _MODULES:
        yield f"VBA 模块多了或少了：{'、'.join(sorted(set(addin.modules) ^ _MODULES))}"
    yield from (f"模块名 {name} 太长" for name in addin.modules if len(name) > wrappers.LONGEST_NAME)
    yield from (f"模块 {name} 的名称与内容不符" for name, text in addin.modules.items() if f'VB_Name = "{name}"' not in text)


def _lines(addin: Addin) -> Iterator[str]:
    for name, text in addin.modules.items():
        if not text.isascii():
            yield f"模块 {name} 里有中文，到 Excel 里会变成问号"
        if any(len(line) > wrappers.LONGEST_LINE for line in text.split("\n")):
            yield f"模块 {name} 有超过{wrappers.LONGEST_LINE}个字符的行"
        if re.search(rf"(?: _\n[^\n]*){{{wrappers.MOST_CONTINUATIONS + 1}}}", text):
            yield f"模块 {name} 续行超过{wrappers.MOST_CONTINUATIONS}次"


def _wrappers(addin: Addin) -> Iterator[str]:
    text = addin.modules.get(wrappers.MODULE, "")
    found = dict(re.findall(r"^Public Function (\w+)\((.*)\) As Variant$", text, re.MULTILINE))
    wanted = {function.name: wrappers.signature(function) for function in FUNCTIONS.values()}
    yield from (f"函数 {name} 的参数与声明不符" for name in sorted(wanted.keys() | found.keys()) if wanted.get(name) != found.get(name))
    yield from (f"函数 {name} 没有调用 Python" for name in wanted if wrappers.wrapper(FUNCTIONS[name]) not in text)


def _reserved(_: Addin) -> Iterator[str]:
    for function in FUNCTIONS.values():
        yield from (f"{function.name} 的参数名 {each.name} 是 VBA 保留字" for each in function.parameters if each.name in wrappers.RESERVED)


def _settings(addin: Addin) -> Iterator[str]:
    found, wanted = sheet.pairs(sheet.read_sheet(addin.sheet)), sheet.settings()
    free = {"INTERPRETER_WIN", "INTERPRETER"}
    yield from (f"设置 {key} 不对" for key in wanted if key not in free and found.get(key) != wanted[key])
    yield from (f"设置 {key} 是空的" for key in free if not found.get(key))
    if f'<sheet name="{glue.SHEET}"' not in addin.text("xl/workbook.xml") or addin.text("xl/workbook.xml").count("<sheet ") != 1:
        yield f"应当只有一张名为 {glue.SHEET} 的表"


def _help(addin: Addin) -> Iterator[str]:
    if sheet.stated_help(addin.sheet) != sheet.help_rows():
        yield "函数说明与声明不一致"
    if any(len(text) > wrappers.LONGEST_HELP for row in sheet.stated_help(addin.sheet) for text in row):
        yield f"函数说明超过{wrappers.LONGEST_HELP}个字符"
    names = dict(re.findall(r'<definedName name="(\w+)">([^<]*)<', addin.text("xl/workbook.xml")))
    if names != sheet.defined_names():
        yield "说明表的名称不对"


def _glue(addin: Addin) -> Iterator[str]:
    text = addin.modules.get(glue.MODULE, "")
    if glue.glue_version(text) != glue.installed():
        yield f"加载项按 xlwings {glue.glue_version(text) or '?'} 生成，现在装的是 {glue.installed()}"
    if sorted(glue.open_procedures(text)) != sorted(glue.OPEN_TO_US) or not glue.guarded(text):
        yield "别的工作簿可以借加载项运行程序"
    if f'PROJECT_NAME As String = "{glue.PROJECT}"' not in text:
        yield "设置表的名称与 VBA 不一致"


def _notices(addin: Addin) -> Iterator[str]:
    yield from (f"模块 {name} 的许可声明不见了" for name, notice in _NOTICES.items() if notice not in addin.modules.get(name, ""))


def _integrity(addin: Addin) -> Iterator[str]:
    yield from (f"文件结构：{message.rstrip('.')}" for message in vba.faults_of(addin.package))


CHECKS: dict[str, Callable[[Addin], Iterator[str]]] = {
    "A02": _types, "A03": _relation, "A04": _ribbon, "A05": _callbacks, "A06": _code_names, "A07": _modules, "A08": _lines,
    "A09": _wrappers, "A10": _reserved, "A11": _settings, "A12": _help, "A13": _glue, "A14": _notices, "A15": _integrity,
}
"""Code → requirement, in the order in which faults are told."""
