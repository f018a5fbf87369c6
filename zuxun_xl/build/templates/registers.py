"""Raw tables as sheets: headings, column styles and validations for two thousand rows, nothing written below the headings but what is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from zuxun_xl.book.changes import Content, Entry
from zuxun_xl.build.templates.canvas import Canvas
from zuxun_xl.build.templates.lists import chosen
from zuxun_xl.build.templates.looks import number_look
from zuxun_xl.build.templates.plans import HEAD_ROW, heading
from zuxun_xl.cells import address
from zuxun_xl.forms.blanks import Field
from zuxun_xl.forms.form import Form
from zuxun_xl.forms.registers import Register
from zuxun_xl.units import DATE, PERCENT, TEXT, Unit

LAST_ROW = 2000
"""Validations reach so far."""

_CODES = frozenset({"工号", "保单号", "联系电话"})
_WORDS = frozenset({"备注", "险种名称", "批阅"})
_FIRST_DAY = date(1940, 1, 1)
_MOST = 1e9


def register_sheet(register: Register, department: str, year: int, rows: Sequence[Mapping[str, Content]] = ()) -> Canvas:
    """The sheet of a raw table.

    Args:
        register: its blank.
        department, year: whose it is.
        rows: records that are known already, by column key.
    """
    form = register.form
    canvas = Canvas(form.key, [each.width for each in register.fields])
    canvas.across(1, f"{department}{year}年{form.title}", "title", 30)
    for column in range(1, len(register.fields) + 1):
        canvas.put(2, column, register.note if column == 1 else None, "note")
        canvas.put(3, column, None, "note")
    for number, each in enumerate(register.fields, start=1):
        heading(canvas, number, each.key, form.by_key[each.key].heading, each)
    canvas.heights |= {2: 18, 3: 6, HEAD_ROW: 24}
    canvas.hidden.append(HEAD_ROW - 1)
    looks = [_look(form, each) for each in register.fields]
    for row, record in enumerate(rows, start=HEAD_ROW + 1):
        for number, each in enumerate(register.fields, start=1):
            canvas.put(row, number, record.get(each.key), looks[number - 1])
    for number, each in enumerate(register.fields, start=1):
        area = f"{address(HEAD_ROW + 1, number)}:{address(LAST_ROW, number)}"
        canvas.entries += [Entry(area, options) for options in _options(each, form.by_key[each.key].unit)]
    last = address(LAST_ROW, len(register.fields))
    canvas.options |= {
        "freeze": (HEAD_ROW, register.freeze), "repeat_rows": (HEAD_ROW, HEAD_ROW), "filter": f"{address(HEAD_ROW, 1)}:{last}",
        "column_styles": tuple(looks),
    }
    return canvas


def _look(form: Form, each: Field) -> str:
    unit = form.by_key[each.key].unit
    if each.key in _CODES:
        return "plain:code"
    if unit is TEXT:
        return "plain:words" if each.key in _WORDS else "plain:center"
    return f"plain:{number_look(unit, 1, quiet=False)}"


def _options(each: Field, unit: Unit) -> Sequence[Mapping[str, object]]:
    """What may be entered into a column; most tables are pasted, so that an odd entry is asked about and not refused."""
    told = {"input_title": each.key, "input_message": each.help} if each.help else {}
    soft = {"error_type": "warning", "error_title": f"{each.key}不对"}
    if each.choices:
        return ({**chosen(each.choices), **told},)
    if unit is DATE:
        return ({"validate": "date", "criteria": ">", "value": _FIRST_DAY, "error_message": "请填日期，例如 2027-3-8。", **soft, **told},)
    if unit is PERCENT:
        return ({"validate": "decimal", "criteria": "between", "minimum": -1, "maximum": 1, "error_message": "请填百分数，例如 25%。", **soft, **told},)
    if unit is TEXT:
        return ({"validate": "any", **told},) if told else ()
    return (
        {"validate": "decimal", "criteria": "between", "minimum": -_MOST, "maximum": _MOST, "error_message": "请填数字，不带文字。", **soft, **told},
    )
