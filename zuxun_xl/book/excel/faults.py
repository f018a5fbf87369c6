"""What Excel throws at programs, as Chinese sentences that say what to do. Known situations are rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from zuxun_xl.errors import ExcelError

_NO_SUCH_MEMBER = frozenset({-2147352570, -2147352573})
_BUSY = "Excel 正忙，或有单元格正在编辑、有对话框开着", "请按 Enter 或 Esc 结束编辑、关掉对话框，再点一次按钮。"
_CLOSED = "工作簿或 Excel 已经关闭", "请重新打开工作簿，再点一次按钮。"


@dataclass(frozen=True, slots=True)
class Situation:
    """A known failure.

    Attributes:
        codes: Excel's numbers for it, of the call or of the cause.
        words: a pattern of what Excel says; empty if the number is enough.
        message, remedy: what the user is told; ``{sheet}`` is where it happened.
    """

    codes: frozenset[int]
    words: str
    message: str
    remedy: str


_FAILED = frozenset({-2146827284})
"""Excel's error 1004, which is everything and nothing: what it says decides."""

SITUATIONS = (
    Situation(frozenset({-2147418111, -2147417846, -2146777998}), "", *_BUSY),
    Situation(frozenset({-2147023174, -2147023170, -2147417848, -2146827864, -2147220995}), "", *_CLOSED),
    Situation(frozenset({-2147352565}), "", "找不到要处理的工作表{sheet}，可能刚被删除或改名", "请确认工作表还在，再点一次按钮。"),
    Situation(_FAILED, "工作簿.*保护|workbook.*protected|structure", "工作簿的结构有保护，不能增删工作表", "请在“审阅”里撤消工作簿保护，再试。"),
    Situation(_FAILED, "保护|protected", "工作表{sheet}有保护，不能改写", "请在“审阅”里撤消工作表保护，再试。"),
    Situation(_FAILED, "只读|read.?only", "工作簿是以只读方式打开的", "请另存一份，或关闭后重新打开。"),
    Situation(_FAILED, "合并|merged", "工作表{sheet}里有合并单元格挡住了写入", "请取消那里的合并，再试。"),
    Situation(_FAILED, "数组|array", "工作表{sheet}里有数组公式挡住了写入", "请把那片数组公式改成普通公式，再试。"),
    Situation(frozenset({-2147024882}), "", "内存不够，Excel 没有做完", "请关掉其他工作簿，再试。"),
)


@contextmanager
def speaking_chinese(sheet: str = "") -> Iterator[None]:
    """Errors of Excel come out as ``ExcelError``; all others as they are.

    Args:
        sheet: the sheet that is worked on, for the message.
    """
    try:
        yield
    except Exception as fault:
        if not isinstance(getattr(fault, "hresult", None), int):
            raise
        raise in_chinese(fault, sheet) from None


def in_chinese(fault: Any, sheet: str) -> ExcelError:  # noqa: ANN401  # an error of pywin32, which is not here on other systems
    """The error for the user."""
    details = getattr(fault, "excepinfo", None) or ()
    numbers = {fault.hresult, *(part for part in details if isinstance(part, int))}
    said = " ".join(part for part in details if isinstance(part, str))
    where = f"“{sheet}”" if sheet else ""
    for each in SITUATIONS:
        if numbers & each.codes and re.search(each.words, said, re.IGNORECASE):
            return ExcelError(f"{each.message.format(sheet=where)}。", each.remedy)
    cause = next((number for number in reversed(details) if isinstance(number, int) and number), fault.hresult)
    place = f"工作表{where}，" if where else ""
    return ExcelError(f"Excel 没有做完这一步（{place}代码 {cause & 0xFFFFFFFF:08X}）。", "请结束正在进行的编辑，再试；仍不行请保存后重新打开工作簿。")


def optional(thing: Any, member: str) -> Any:  # noqa: ANN401  # Excel's own object
    """A member that only newer versions of Excel have; ``None`` in older ones."""
    try:
        return getattr(thing, member)
    except AttributeError:
        return None
    except Exception as fault:
        if getattr(fault, "hresult", None) in _NO_SUCH_MEMBER:
            return None
        raise
