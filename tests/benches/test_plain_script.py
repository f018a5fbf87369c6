"""A yardstick that computes something else measures nothing: the plain script's figures are the true ones."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from tests.benches import plain_script

if TYPE_CHECKING:
    from pathlib import Path

Figures = dict[tuple[int, int], plain_script.Figures]


@pytest.fixture(scope="module")
def filled(sample_path: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Figures, Path]:
    """The figures by span of months, and the saved workbook."""
    target = tmp_path_factory.mktemp("plain") / "out.xlsx"
    return plain_script.run(str(sample_path), str(target)), target


def it_computes_the_true_figures(filled: tuple[Figures, Path], truth: dict[str, Any]) -> None:
    compared = 0
    for (first, last), figures in filled[0].items():
        name = f"2026-{first:02d}" if first == last else f"2026-Q{last // 3}"
        for part in ("periods", "attendance", "activity"):
            for group, row in truth[part].get(name, {}).items():
                same = [measure for measure in figures[group] if measure in row]
                assert {key: figures[group][key] for key in same} == pytest.approx({key: row[key] for key in same}), (name, group)
                compared += len(same)
    assert compared == 7 * (13 * 15 + 2 * 5)


def it_fills_the_weeks(filled: tuple[Figures, Path], truth: dict[str, Any]) -> None:
    sheet = openpyxl.load_workbook(filled[1])["附表四"]
    groups = truth["weeks_2026-10"][0]["groups"]
    for week, (offset, group) in itertools.product(range(4), enumerate(groups)):
        row = 5 + 9 * week + offset
        expected = truth["weeks_2026-10"][week]["groups"][group]
        assert sheet.cell(row, 2).value == (None if group == "全部" else group)
        actual = {plain_script.WEEK_COLUMNS[column]: sheet.cell(row, column).value for column in plain_script.WEEK_COLUMNS}
        flat = {**expected, **expected["出勤"], **expected["活动"]}
        assert actual == {name: flat[name] for name in actual}
        ratios = [sheet.cell(row, column).value for column in (5, 18, 26)]
        assert ratios == pytest.approx([expected["FYP达成率"], expected["出勤"]["出勤率"], expected["月累计达成率"]], abs=1e-6)


def it_fills_the_kpis(filled: tuple[Figures, Path], truth: dict[str, Any]) -> None:
    sheet = openpyxl.load_workbook(filled[1])["附表五"]
    whole = truth["periods"]["2026-10"]["全部"]
    written = {sheet.cell(row, 3).value: sheet.cell(row, 11).value for row in range(4, 28)}
    kpis = {name: value for name, value in whole["KPI"].items() if not isinstance(value, dict)}
    assert {name: written[name] for name in kpis} == pytest.approx(kpis, abs=1e-6)
