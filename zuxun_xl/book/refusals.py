"""Sentences with which both adapters refuse a change: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable

from zuxun_xl.errors import CallError, FileError


def in_array(where: str) -> FileError:
    """For a cell of an array formula, a data table or a spilt result."""
    return FileError(f"{where} 在数组公式（或模拟运算表）里，不能单独改写。", "请先在 Excel 里把这片数组公式改成普通公式。")


def in_merge(where: str) -> FileError:
    """For a cell that a merged one hides."""
    return FileError(f"{where} 在合并单元格里，又不是左上角那一格。", "请取消合并，或改写左上角的单元格。")


def is_table_heading(where: str) -> FileError:
    """For a heading of a table object."""
    return FileError(f"{where} 是“表格”的标题，改写会损坏表格。", "请在 Excel 里改标题，或把表格转换为区域。")


def in_pivot(where: str) -> FileError:
    """For a cell of a pivot table."""
    return FileError(f"{where} 在数据透视表里，不能改写。", "请写到透视表以外的单元格。")


def unknown_sheet(book: str, name: str, names: Iterable[str]) -> FileError:
    """For a sheet that the workbook does not have."""
    return FileError(f"《{book}》里没有工作表“{name}”。", f"现有工作表：{'、'.join(names)}。")


def no_address(sheet: str, cell: str) -> CallError:
    """For what is no address of a cell."""
    return CallError(f"“{cell}”不是单元格地址（工作表“{sheet}”）。", "地址形如 B4。")


def out_of_range(sheet: str, cell: str, rows: int, columns: int) -> FileError:
    """For an address beyond the last cell of a sheet."""
    return FileError(f"{sheet}!{cell} 超出了工作表的范围。", f"最多 {rows} 行、{columns} 列。")


def replaced_and_changed(sheet: str) -> FileError:
    """For a sheet that is to be replaced whole and changed in single cells."""
    return FileError(f"工作表“{sheet}”既要整张替换又要改个别单元格。", "请分两次保存。")


def name_too_long(sheet: str, name: str) -> FileError:
    """For a name that refers to more than a formula can hold."""
    return FileError(f"工作表“{sheet}”的名称 {name} 指向的区域太多，Excel 放不下。", "请分开记录。")


def no_note(sheet: str, obstacle: str) -> FileError:
    """For a sheet on which no note can be put."""
    return FileError(f"工作表“{sheet}”{obstacle}。", "请只标颜色，不加批注。")
