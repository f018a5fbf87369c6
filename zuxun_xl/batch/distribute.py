"""Copies for the supervisors: one locked template a group, all of one issue."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from zuxun_xl.book.changes import BookSpec
from zuxun_xl.book.file import create, make_folder
from zuxun_xl.build.templates.meta import SUPERVISOR, Meta
from zuxun_xl.build.templates.supervisor import supervisor_book
from zuxun_xl.errors import CallError
from zuxun_xl.forms.planned import YearPlan, digest

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DEVICES = frozenset({"CON", "PRN", "AUX", "NUL", *(f"{name}{number}" for name in ("COM", "LPT") for number in range(1, 10))})
_LONGEST = 60


def distribute(plan: YearPlan, folder: Path, issue: str, scale: int = 1, told: Callable[[Path], None] | None = None) -> list[Path]:
    """Writes a copy for each group and returns where they lie.

    Args:
        plan: what is known already, for all groups.
        folder: where they go; made if it is not there.
        issue: id that all copies share; a later one must sort behind an earlier one.
        scale: 1 for 元, 10 000 for 万元.
        told: called with each copy as it is written.

    Raises:
        CallError: there is no group to hand anything out to.
    """
    if not plan.groups:
        raise CallError("没有可下发的组：花名册里没有在职人员。", "请核对花名册的组别和离司日期。")
    make_folder(folder)
    written = []
    for name, spec in copies(plan, issue, scale):
        written.append(create(spec, folder / name))
        if told:
            told(written[-1])
    return written


def copies(plan: YearPlan, issue: str, scale: int = 1) -> Iterator[tuple[str, BookSpec]]:
    """File name and description of each group's copy."""
    taken: set[str] = set()
    for group in plan.groups:
        own = plan.of_group(group)
        stem = stem_for(f"{plan.year}年目标计划_{group}", taken)
        meta = Meta(SUPERVISOR, issue, plan.department, plan.year, group, plan.groups, scale, own.people, digest(own.entries))
        yield f"{stem}.xlsx", supervisor_book(own, meta)


def stem_for(text: str, taken: set[str]) -> str:
    """A text as a file name that every system takes and that differs from those taken, which it joins."""
    stem = _NOT_IN_NAMES.sub("_", unicodedata.normalize("NFC", text)).strip(" .")[:_LONGEST].strip(" .") or "_"
    stem = f"_{stem}" if stem.upper().partition(".")[0] in _DEVICES else stem
    number, plain = 2, stem
    while stem.lower() in taken:
        stem, number = f"{plain}_{number}", number + 1
    taken.add(stem.lower())
    return stem
