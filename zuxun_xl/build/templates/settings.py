"""The sheet 设置: every setting with its default and meaning, and the lists that entries are chosen from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zuxun_xl import settings
from zuxun_xl.book.changes import Entry
from zuxun_xl.book.layout import height_of
from zuxun_xl.build.templates.canvas import Canvas
from zuxun_xl.build.templates.lists import list_name, lists_of
from zuxun_xl.cells import address
from zuxun_xl.kpi.catalogue import HANDBOOK, KPIS

NAME = "设置"
_HEAD = 4
_NAMES, _MEANINGS, _GAP, _LIST = 17.0, 52.0, 3.0, 12.0
_FIRST_LIST = 6
_ROOM = 40
"""Entries that a list may have."""
_EXAMPLES = ("偏低界限", "偏高界限", "小样本人力", "轮值最高占比", "收入系数", "平均佣金率", "目标件均保费", "每件面谈")
"""Settings whose defaults are examples that every department must replace by its own."""


def settings_sheet(groups: tuple[str, ...]) -> Canvas:
    """The sheet."""
    lists = lists_of(groups)
    canvas = Canvas(NAME, (_NAMES, 14.0, _MEANINGS, 8.0, _GAP, *[_LIST] * len(lists)))
    canvas.put(1, 1, "设置和选项", "heading")
    canvas.put(2, 1, "黄底的格可以改。左边是口径、界限和节假日，工具每次运行都按这里算；右边是各表下拉选项，可以在下面接着写，不要留空行。", "note")
    for column, text in enumerate(("名称", "值", "含义", "示例"), start=1):
        canvas.put(_HEAD, column, text, "head")
    for row, (name, value, meaning, example, choices) in enumerate(_rows(), start=_HEAD + 1):
        for column, (content, look) in enumerate(((name, "text"), (value, "input:center"), (meaning, "text"), (example, "center")), start=1):
            canvas.put(row, column, content, look)
        canvas.heights[row] = height_of([(meaning, _MEANINGS)])
        if choices:
            canvas.entries.append(Entry(address(row, 2), {"validate": "list", "source": choices}))
    for column, (name, entries) in enumerate(lists.items(), start=_FIRST_LIST):
        canvas.put(_HEAD, column, name, "head")
        for row in range(_HEAD + 1, _HEAD + 1 + _ROOM):
            place = row - _HEAD - 1
            canvas.put(row, column, entries[place] if place < len(entries) else None, "input:center")
    canvas.options |= {"freeze": (_HEAD, 1), "repeat_rows": (_HEAD, _HEAD), "locked": True, "one_page": True, "paper": 8}
    return canvas


def list_names(groups: tuple[str, ...]) -> Mapping[str, str]:
    """Defined name of each list → the filled part of its column."""
    names = {}
    for column, name in enumerate(lists_of(groups), start=_FIRST_LIST):
        first, last = (f"'{NAME}'!{address(row, column, absolute=True)}" for row in (_HEAD + 1, _HEAD + _ROOM))
        whole = f"{first}:{last.partition('!')[2]}"
        names[list_name(name)] = f"{first}:INDEX({whole},MAX(1,COUNTA({whole})))"
    return names


def _rows() -> Iterator[tuple[str, str | float | None, str, str | None, list[str]]]:
    """Name, value, meaning, mark of an example, choices."""
    general = settings.variant_setting("指标名")
    for name in settings.names():
        if name != general:
            value = settings.default(name)
            shown = value if isinstance(value, int | float | str) else None
            yield name, shown, settings.MEANINGS[name], "示例" if name in _EXAMPLES else None, []
    for kpi in KPIS.values():
        if kpi.variants:
            texts = {HANDBOOK: kpi.formula, **kpi.variants}
            meaning = "；".join(f"{variant}：{formula.replace(' ', '')}" for variant, formula in texts.items())
            yield settings.variant_setting(kpi.key), HANDBOOK, f"{settings.MEANINGS[general]}{meaning}", None, list(texts)
