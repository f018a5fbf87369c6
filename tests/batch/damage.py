"""What supervisors do to templates: each damage done to a copy the way a person would do it in a spreadsheet program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from zuxun_xl.build.templates.plans import HEAD_ROW

Damage = Callable[[Any], None]
"""Changes an opened workbook."""


def column(sheet: Any, key: str) -> int:
    """Number of a template's column by its key."""
    return next(int(cell.column) for cell in sheet[HEAD_ROW - 1] if cell.value == f"ZX:{key}")


def row(sheet: Any, label: str) -> int:
    """Number of a template's row by its month."""
    return next(int(cell.row) for cell in sheet["B"] if cell.value == label)


def put(form: str, label: str, key: str, value: Any) -> Damage:
    """Types a value into a cell of 附表一 or 附表二."""

    def damage(book: Any) -> None:
        sheet = book[form]
        sheet.cell(row(sheet, label), column(sheet, key)).value = value

    return damage


def head(form: str, key: str, value: str) -> Damage:
    """Types over a heading."""

    def damage(book: Any) -> None:
        sheet = book[form]
        sheet.cell(HEAD_ROW, column(sheet, key)).value = value

    return damage


def without_column(form: str, key: str) -> Damage:
    def damage(book: Any) -> None:
        book[form].delete_cols(column(book[form], key))

    return damage


def without_row(form: str, label: str) -> Damage:
    def damage(book: Any) -> None:
        book[form].delete_rows(row(book[form], label))

    return damage


def merged(form: str, first: tuple[str, str], last: tuple[str, str]) -> Damage:
    def damage(book: Any) -> None:
        sheet = book[form]
        sheet.merge_cells(
            start_row=row(sheet, first[0]), start_column=column(sheet, first[1]),
            end_row=row(sheet, last[0]), end_column=column(sheet, last[1]),
        )

    return damage


def inserted_column(form: str, before: str) -> Damage:
    """A column of remarks put in; formulas elsewhere are values by then, as when a program pastes them."""

    def damage(book: Any) -> None:
        sheet = book[form]
        place = column(sheet, before)
        sheet.insert_cols(place)
        sheet.cell(HEAD_ROW, place).value = "我的备注"
        sheet.cell(HEAD_ROW + 1, place).value = "有把握"

    return damage


def inserted_row(form: str, before: str) -> Damage:
    def damage(book: Any) -> None:
        sheet = book[form]
        place = row(sheet, before)
        sheet.insert_rows(place)
        sheet.cell(place, 3).value = "看这里"

    return damage


def without_sheet(name: str) -> Damage:
    def damage(book: Any) -> None:
        del book[name]

    return damage


def renamed_sheet(form: str, name: str) -> Damage:
    def damage(book: Any) -> None:
        book[form].title = name

    return damage


def other_group(form: str, name: str) -> Damage:
    def damage(book: Any) -> None:
        sheet = book[form]
        for number in range(HEAD_ROW + 1, sheet.max_row + 1):
            sheet.cell(number, 1).value = name

    return damage


def retyped(form: str, key: str, text: Callable[[Any], str]) -> Damage:
    """All months of a column typed anew as text."""

    def damage(book: Any) -> None:
        sheet = book[form]
        place = column(sheet, key)
        for month in range(1, 13):
            cell = sheet.cell(row(sheet, f"{month}月"), place)
            cell.value = text(cell.value)

    return damage


def without_person(number: int) -> Damage:
    def damage(book: Any) -> None:
        book["附表三"].delete_rows(HEAD_ROW + number)

    return damage


def nothing(_book: Any) -> None:
    """Opened and saved by another program, nothing else."""


def damaged(path: Path, damage: Damage) -> None:
    """Does it to a file."""
    book = openpyxl.load_workbook(path)
    damage(book)
    book.save(path)
