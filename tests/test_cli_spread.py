"""``zuxun spread`` as trainers and scripts use it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tasks.emptied import emptied
from zuxun_xl.book.file import FileBook
from zuxun_xl.tasks.ledger import Ledger


def zuxun(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs the command in a process of its own."""
    command = [sys.executable, "-m", "zuxun_xl", "spread", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def blank(sample_path: Path, tmp_path: Path) -> Path:
    """The sample without its plan of FYP."""
    return emptied(sample_path, tmp_path / "台账.xlsx", {"附表一": ["计划FYP"]})


def it_shows_a_table_and_writes_the_result(blank: Path, tmp_path: Path) -> None:
    done = zuxun(blank, "--total", "694.3万", "-o", tmp_path / "结果.xlsx")
    assert (done.returncode, "6,943,000" in done.stdout, "附表一84格" in done.stderr) == (0, True, True)
    table = Ledger(FileBook(tmp_path / "结果.xlsx")).tables["附表一"]
    year = [value for group, value in zip(table.column("月份"), table.column("计划FYP"), strict=True) if group.id == "2026"]
    assert len(year) == 7


def it_writes_nothing_in_a_dry_run(blank: Path) -> None:
    done = zuxun(blank, "--total", "600万", "--dry-run", "--json")
    result = json.loads(done.stdout)
    assert (done.returncode, result["out"], result["figures"]["全部"]["2026"]) == (0, None, 6_000_000)
    february = {scope: figures["2026-02"] for scope, figures in result["figures"].items()}
    assert sum(february.values()) == 2 * february["全部"]
    assert [path.name for path in blank.parent.iterdir()] == ["台账.xlsx"]


def it_plans_one_person_without_a_workbook() -> None:
    done = zuxun("--person", "--income", "12万", "--rates", "收入系数=1.5,佣金率=20%,件均=4000", "--json")
    steps = {step["name"]: step["value"] for step in json.loads(done.stdout)["steps"]}
    assert {name: steps[name] for name in ("FYC", "FYP", "件数")} == {"FYC": 80_000, "FYP": 400_000, "件数": 100}


def it_plans_one_person_by_the_workbooks_records(sample_path: Path) -> None:
    done = zuxun(sample_path, "--person", "--income", "12万", "--agent", "530100102")
    assert done.returncode == 0
    assert "（本人）" in done.stdout


def it_writes_no_file_where_the_total_contradicts_what_is_typed(sample_path: Path, tmp_path: Path) -> None:
    done = zuxun(sample_path, "--total", "500万", "-o", tmp_path / "结果.xlsx")
    assert (done.returncode, "S101" in done.stderr, list(tmp_path.iterdir())) == (0, True, [])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "没有指定工作簿"),
        (["--person"], "没有给出年收入"),
        (["--person", "--income", "很多"], "--income 的值“很多”不是数字"),
        (["--person", "--income", "12万", "--rates", "系数=1"], "没有“系数”这个比率"),
        (["--person", "--income", "12万", "--agent", "1"], "要有工作簿"),
        (["BOOK", "--weights", "一组"], "看不懂权重“一组”"),
        (["BOOK", "--step", "0", "--total", "100"], "不是正数"),
        (["BOOK", "--person", "--income", "12万", "--agent", "查无此人"], "花名册里没有“查无此人”"),
    ],
)
def it_says_what_is_wrong_with_the_call(arguments: list[str], message: str, sample_path: Path) -> None:
    done = zuxun(*(sample_path if argument == "BOOK" else argument for argument in arguments))
    assert done.returncode == 2
    assert message in done.stderr
