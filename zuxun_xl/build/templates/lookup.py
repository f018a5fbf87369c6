"""The sheet 速查表: the handbook's problems, causes and measures with their ids."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from zuxun_xl.book.layout import height_of
from zuxun_xl.build.templates.canvas import Canvas
from zuxun_xl.forms.catalogue import LOOKUP
from zuxun_xl.diagnosis.lookup import Cause, Measure, Problem, lookup

_HEAD = 4
_WIDTHS = (14.0, 46.0, 62.0)


def lookup_sheet() -> Canvas:
    """The sheet."""
    canvas = Canvas(LOOKUP.key, _WIDTHS)
    canvas.across(1, LOOKUP.title, "title", 30)
    canvas.put(2, 1, f"摘自《{lookup().source.strip('《》')}》；编号供附表五、诊断表引用。带★的措施有硬性数字。", "note")
    for column, key in enumerate(("问题", "原因", "措施"), start=1):
        canvas.put(_HEAD, column, LOOKUP.by_key[key].heading, "head")
    row = _HEAD
    for problem in lookup().problems:
        for place, (cause, measure) in enumerate(zip_longest(_causes(problem), _measures(problem))):
            row += 1
            canvas.put(row, 1, problem.name, "label" if place else "sum:center")
            for column, text in ((2, cause), (3, measure)):
                canvas.put(row, column, text, "text")
            canvas.heights[row] = height_of([(text or "", width) for text, width in zip((cause, measure), _WIDTHS[1:], strict=True)])
    canvas.options |= {"freeze": (_HEAD, 1), "repeat_rows": (_HEAD, _HEAD), "landscape": True}
    return canvas


def _causes(problem: Problem) -> Iterator[str]:
    for cause in problem.causes:
        yield _cause(cause)
        yield from map(_cause, cause.parts)


def _cause(cause: Cause) -> str:
    return f"{cause.id} {cause.group + '：' if cause.group else ''}{cause.text}"


def _measures(problem: Problem) -> Iterator[str]:
    yield from map(_measure, problem.measures)
    if problem.factors:
        yield "设定月增员目标要考虑："
        yield from (f"{factor.id} {factor.text}" for factor in problem.factors)


def _measure(measure: Measure) -> str:
    return f"{measure.id} {measure.group + '：' if measure.group else ''}{measure.text}{'★' if measure.check else ''}"
