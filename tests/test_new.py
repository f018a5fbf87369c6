"""``zuxun new``: where the workbook goes, what it takes over, what it never overwrites."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from zuxun_xl.book.file import FileBook
from zuxun_xl.build.templates.plans import HEAD_ROW
from zuxun_xl.cli import cli
from zuxun_xl.errors import CallError, ZuxunError
from zuxun_xl.forms.registers import ROSTER
from zuxun_xl.periods import month
from zuxun_xl.settings import Settings
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.yearplan import year_plan
from zuxun_xl.workbooks import sample_path


def new(*arguments: object) -> str:
    result = CliRunner().invoke(cli, ["new", *map(str, arguments)], standalone_mode=False)
    if isinstance(result.exception, ZuxunError):
        raise result.exception
    assert result.exception is None, result.exception
    return result.output


def it_lays_down_four_groups_where_nothing_is_known(tmp_path: Path):
    told = new(tmp_path / "台账", "--year", 2027, "--name", "春华营业部")
    book = FileBook(tmp_path / "台账" / "2027年春华营业部经营台账.xlsx")
    assert "先做什么" in told
    assert [book.grid("附表四").value(row, 1) for row in range(HEAD_ROW + 2, HEAD_ROW + 7)] == ["一组", "二组", "三组", "四组", "合计"]


def it_prints_one_json_object(tmp_path: Path):
    told = json.loads(new(tmp_path, "--year", 2027, "--groups", "甲组，乙组", "--unit", "万元", "--month", 3, "--json"))
    assert (told["groups"], told["people"], Path(told["out"]).name) == (["甲组", "乙组"], 0, "2027年经营台账.xlsx")
    assert "（2027年3月）" in str(FileBook(Path(told["out"])).grid("附表四").value(1, 1))


def it_overwrites_nothing_and_keeps_a_backup_when_asked_to(tmp_path: Path):
    arguments = (tmp_path, "--year", 2027)
    new(*arguments)
    with pytest.raises(CallError, match="已经有"):
        new(*arguments)
    new(*arguments, "--groups", "甲组", "--replace")
    assert sorted(path.name.partition(".")[2][:2] for path in tmp_path.iterdir()) == ["xl", "备份"]


@pytest.mark.parametrize("name", ["../../逃跑", "a/b\\c", "CON", "很长" * 100])
def it_never_leaves_the_folder(name: str, tmp_path: Path):
    new(tmp_path / "里", "--year", 2027, "--name", name)
    assert [path.parent for path in tmp_path.rglob("*.xlsx")] == [tmp_path / "里"]


def it_takes_over_what_the_old_book_knows(tmp_path: Path):
    told = json.loads(new(tmp_path, "--year", 2027, "--from", sample_path(), "--json"))
    old = Ledger(FileBook(sample_path()))
    agents = [agent for agent in old.department.people.agents.values() if agent.in_force(old.as_of)]
    book = FileBook(Path(told["out"]))
    assert (told["department"], told["people"]) == ("秋实营业部", len(agents))
    codes = [row[1] for row in book.grid("花名册").rows[HEAD_ROW:] if row[1]]
    assert sorted(map(str, codes)) == sorted(agent.code for agent in agents)
    assert len(book.grid("花名册").rows[HEAD_ROW - 1]) == len(ROSTER.fields)
    plan = year_plan(old, 2027)
    for group in told["groups"]:
        assert plan.entries["附表二", group, 1, "计划期初人力"] == len(old.department.in_force(group, old.as_of))
        assert plan.entries["附表一", group, 5, "上年同期FYP"] == old.measures(month(2026, 5))[group]["FYP"]


def it_asks_for_group_names_that_can_be_used(tmp_path: Path):
    with pytest.raises(CallError, match="组名"):
        new(tmp_path, "--year", 2027, "--groups", " , ")
    assert list(tmp_path.iterdir()) == []
    assert Settings().workdays.is_holiday(month(2027, 1).start)
