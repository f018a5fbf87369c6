"""What a terminal shows: many findings of one kind do not bury the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zuxun_xl import console
from zuxun_xl.findings import Finding, Level

if TYPE_CHECKING:
    import pytest


def _findings(count: int) -> list[Finding]:
    return [Finding("V302", Level.WARNING, "附表三", f"G{row}", f"第{row}处。", "补足。") for row in range(1, count + 1)]


def it_shows_a_few_findings_of_a_kind_and_the_places_of_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    console.findings_table([*_findings(9), Finding("V602", Level.WARNING, "附表六", "H5", "少一次。", "补上。")])
    shown = capsys.readouterr().out
    assert "警 10 条" in shown
    assert "第4处。" in shown
    assert "第5处。" not in shown
    assert "同类还有5处：G5、G6、G7、G8、G9" in shown
    assert "附表六!H5" in shown


def it_shows_all_findings_where_they_are_few(capsys: pytest.CaptureFixture[str]) -> None:
    console.findings_table(_findings(5))
    shown = capsys.readouterr().out
    assert "第5处。" in shown
    assert "同类" not in shown
