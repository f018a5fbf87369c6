"""The gate at opening: what is no workbook, or a dangerous one, is turned away with its true type and the way out."""

from __future__ import annotations

import re
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING

from zuxun_xl.book.ooxml.package import RE_SAVE, Package
from zuxun_xl.cells import column_letters, column_number
from zuxun_xl.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAX_FILE = 256 << 20
MAX_INFLATED = 512 << 20
MAX_ENTRIES = 10_000
MAX_CELLS = 20_000_000
_SUSPECT_SIZE = 64 << 20
_SUSPECT_RATIO = 200
_ZIP, _OLE2 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_FILES = (
    ((_OLE2,), "旧版 Excel（.xls）或 WPS（.et）格式", RE_SAVE),
    ((b"\x09\x08\x10\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00"), "早期的 .xls 格式", RE_SAVE),
    ((b"%PDF",), " PDF 文件", "请向提供者索取 .xlsx 原表。"),
    ((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head"), "网页（HTML），系统导出时只改了扩展名", RE_SAVE),
    ((b"<?xml",), " XML 文本", RE_SAVE),
)
_OTHER_ZIPS = {
    "word/document.xml": "Word 文档（.docx）",
    "ppt/presentation.xml": "PowerPoint 演示文稿（.pptx）",
    "xl/workbook.bin": "Excel 二进制工作簿（.xlsb）",
    "content.xml": "OpenDocument 文件（.ods）",
    "index/document.iwa": "Numbers 表格",
}
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_FAR = rb"r\s*=\s*[\"'](?:[A-Za-z]{3}|[A-Za-z]*[0-9]{5})"
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br\s*=\s*[\"']([0-9]+)")
_UNNUMBERED = re.compile(rb"<(?:\w+:)?c(?:>|\s(?![^>]*\br\s*=))")
_VALUED = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]+)([0-9]+)[\"'](?:[^>]*[^/>])?>")


def open_package(path: Path) -> Package:
    """The package of a workbook that may be opened; raises ``FileError`` for anything else. The file is only read."""
    data = _read(path)
    if not data.startswith(_ZIP):
        raise _not_a_zip(path.name, data)
    try:
        package = Package(data, path.name)
    except (zipfile.BadZipFile, UnicodeDecodeError, ValueError, NotImplementedError, OSError):
        raise FileError(f"《{path.name}》不完整：压缩结构已损坏，可能没有下载完。", "请重新下载或复制此文件后再试。") from None
    _check_entries(path.name, package.entries)
    _check_kind(package)
    return package


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise FileError(f"《{path.name}》超过 {MAX_FILE >> 20} MB，不予打开。", "请把历年数据拆成几个工作簿后再试。")
        return path.read_bytes()
    except FileNotFoundError:
        raise FileError(f"找不到文件《{path}》。", "请检查路径和文件名。") from None
    except IsADirectoryError:
        raise FileError(f"《{path}》是文件夹，不是工作簿。", "请给出 .xlsx 或 .xlsm 文件。") from None
    except PermissionError:
        raise FileError(f"没有权限读取《{path}》。", "请关闭正在使用它的程序，或检查文件权限。") from None


def _not_a_zip(name: str, data: bytes) -> FileError:
    """The error for a file that is no zip at all: by its first bytes."""
    if not data:
        return FileError(f"《{name}》是空文件（0 字节）。", "可能没有下载完，请重新下载或从备份恢复。")
    if data.startswith(_OLE2) and "EncryptedPackage".encode("utf-16-le") in data:
        return FileError(f"《{name}》已加密，需要密码。", "请在 Excel 或 WPS 中打开，取消打开密码后另存再试。")
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for starts, kind, remedy in _OTHER_FILES:
        if data.startswith(starts) or head.startswith(starts):
            return FileError(f"《{name}》其实是{kind}，不是 .xlsx 工作簿。", remedy)
    if b"\x00" not in data[:4096] or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return FileError(f"《{name}》其实是文本文件（如 .csv），不是工作簿。", "请用 Excel 的“数据→自文本”导入后另存为 .xlsx 再试。")
    return FileError(f"《{name}》不是 Excel 工作簿，认不出它的格式。", RE_SAVE)


def _check_entries(name: str, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse zip-level tricks: too many, too large, overlapping, duplicate or straying entries."""
    if len(entries) > MAX_ENTRIES:
        raise FileError(f"《{name}》含有 {len(entries)} 个部件，超过上限 {MAX_ENTRIES}，不予打开。", RE_SAVE)
    if sum(entry.file_size for entry in entries) > MAX_INFLATED or any(map(_is_bomb, entries)):
        raise FileError(f"《{name}》解压后过大，疑似压缩炸弹，不予打开。", "请确认文件来源；确属正常时请拆分后再试。")
    seen: set[str] = set()
    for entry in entries:
        part = entry.filename
        if part.startswith(("/", "\\")) or "\\" in part or ":" in part or ".." in part.split("/") or entry.orig_filename != part:
            raise FileError(f"《{name}》含有越界的部件名 {part!r}，不予打开。", RE_SAVE)
        if part.lower() in seen:
            raise FileError(f"《{name}》含有重复的部件 {part}，不知以哪一个为准。", RE_SAVE)
        if entry.flag_bits & 0x1:
            raise FileError(f"《{name}》的压缩包设了密码。", "请去掉密码后再试。")
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise FileError(f"《{name}》的部件 {part} 用了 Excel 不支持的压缩方式。", RE_SAVE)
        seen.add(part.lower())
    for before, after in pairwise(sorted(entries, key=lambda entry: entry.header_offset)):
        if before.header_offset + before.compress_size + 30 > after.header_offset:
            raise FileError(f"《{name}》的部件互相重叠，疑似压缩炸弹，不予打开。", RE_SAVE)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > _SUSPECT_SIZE and entry.file_size > _SUSPECT_RATIO * max(entry.compress_size, 1)


def _check_kind(package: Package) -> None:
    """Refuse other kinds of zip files and packages that lack what every workbook has."""
    for part, kind in _OTHER_ZIPS.items():
        if part in package:
            raise FileError(f"《{package.name}》其实是 {kind}。", RE_SAVE)
    if "[Content_Types].xml" not in package or "_rels/.rels" not in package:
        raise FileError(f"《{package.name}》是压缩包，但里面不是 Excel 工作簿。", "请解压后选择其中的 .xlsx 文件。")


def check_strict(package: Package, workbook_xml: bytes) -> None:
    """Refuse the Strict variant of the format, which readers see differently."""
    if _STRICT in workbook_xml:
        remedy = "请在 Excel 中另存为“Excel 工作簿（*.xlsx）”，不要选“严格的 Open XML”。"
        raise FileError(f"《{package.name}》是“严格 Open XML”格式，各软件读法不一。", remedy)


def check_unsigned(package: Package) -> None:
    """Refuse to alter a signed workbook: its signature would no longer hold."""
    if any(part.lower().startswith("_xmlsignatures/") for part in package):
        raise FileError(f"《{package.name}》带有数字签名，改写会使签名失效。", "请先在 Excel 里移除签名，或另存一份再试。")


def check_dtd(package: Package, part: str, content: bytes) -> None:
    """Refuse a document type declaration, the road of entity attacks."""
    if _DTD.search(content, 0, 4096):
        raise FileError(f"《{package.name}》的部件 {part} 含有文档类型声明（DTD），不予打开。", RE_SAVE)


def check_extent(package: Package, sheet: str, xml: bytes) -> None:
    """Refuse a sheet whose used cells span a box that no reader could hold in memory."""
    space = rb"\s" if any(xml.find(blank, 200) >= 0 for blank in (b"\n", b"\t", b"\r")) else b" "
    if re.search(space + _FAR, xml) is None or _fits(xml, space):
        return
    rows = columns = 0
    for match in _VALUED.finditer(xml):
        columns = max(columns, column_number(match[1].decode().upper()))
        rows = max(rows, int(match[2]))
    if _UNNUMBERED.search(xml):
        rows = max(rows, *map(int, _ROW.findall(xml)))
    if rows * columns > MAX_CELLS:
        raise FileError(
            f"《{package.name}》的“{sheet}”撑到了 {rows} 行 × {columns} 列，无法读取。",
            "请删除表格右侧和下方远处的零星内容，保存后再试。",
        )


def _fits(xml: bytes, space: bytes) -> bool:
    """Whether the box is surely small enough, found without looking at each cell of a long sheet."""
    rows = max(map(int, re.findall(rb"row r=\"([0-9]+)", xml)), default=1)
    columns = min(MAX_CELLS // max(rows, 1), 16384)
    beyond = space + rb"r\s*=\s*[\"'](?:(?:%s)[0-9]|[A-Za-z]*(?:%s)[\"'])"
    letters = _greater(column_letters(columns), "A-Za-z", lambda c: f"[{chr(ord(c) + 1)}-Z{chr(ord(c) + 33)}-z]" if c < "Z" else "")
    digits = _greater(str(rows), "0-9", lambda c: f"[{int(c) + 1}-9]" if c < "9" else "")
    return columns > 0 and re.search(beyond % (letters, digits), xml) is None


def _greater(text: str, alphabet: str, above: Callable[[str], str]) -> bytes:
    """A pattern of what is longer than ``text``, or as long and sorts after it."""
    longer = [f"[{alphabet}]{{{len(text) + 1},}}"]
    after = [text[:i] + above(c) + f"[{alphabet}]{{{len(text) - i - 1}}}" for i, c in enumerate(text) if above(c)]
    return "|".join(longer + after).encode()
