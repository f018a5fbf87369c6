"""Compare two ways of doing a thing by timing them in turns: on a shared machine only the ratio means something."""

from __future__ import annotations

import statistics
import subprocess
import time
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Comparison:
    """Medians in seconds of ours and of the yardstick, and how often the one fits into the other."""

    name: str
    ours: float
    yardstick: float
    ratio: float
    """Median over the pairs of yardstick ÷ ours: above 1, ours is faster."""
    goal: float
    """The ratio that we want to reach."""


def compare(name: str, ours: Callable[[], object], yardstick: Callable[[], object], *, goal: float, pairs: int = 7) -> Comparison:
    """Run both once to warm the caches, then in turns; each pair gives one ratio, the median of them counts."""
    ours()
    yardstick()
    times = [(_seconds(ours), _seconds(yardstick)) for _ in range(pairs)]
    return Comparison(
        name,
        statistics.median(own for own, _ in times),
        statistics.median(other for _, other in times),
        statistics.median(other / own for own, other in times),
        goal,
    )


def command(*arguments: str) -> Callable[[], object]:
    """Whole life of a process, start-up included; a failing one stops the benchmark."""
    return lambda: subprocess.run(arguments, stdout=subprocess.DEVNULL, check=True)


def table(comparisons: Iterable[Comparison]) -> str:
    """Lay the comparisons out as plain text, Chinese counted as two columns wide."""
    rows = [("对比", "本项目", "参照", "参照÷本项目", "目标")]
    rows += [(c.name, f"{c.ours * 1000:,.0f} ms", f"{c.yardstick * 1000:,.0f} ms", f"{c.ratio:.2f}×", f"≥{c.goal:g}×") for c in comparisons]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(_line(row, widths) for row in rows)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)]
    return "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
