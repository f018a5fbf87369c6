"""The command line as scripts and trainers use it: JSON, exit codes, clear sentences, an untouched original."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from zuxun_xl.book.changes import Change, ChangeSet
from zuxun_xl.book.file import FileBook

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def zuxun() -> Run:
    """Runs the command in a process of its own."""

    def call(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "zuxun_xl", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=cwd)

    return call


@pytest.fixture
def book(sample_path: Path, tmp_path: Path) -> Path:
    """A copy of the sample ledger."""
    return Path(shutil.copy(sample_path, tmp_path / "台账.xlsx"))


def digest(path: Path) -> str:
    """Checksum of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def parts(path: Path) -> dict[str, bytes]:
    """Unzipped parts by name."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def it_prints_one_json_object_and_nothing_else(zuxun: Run, book: Path) -> None:
    done = zuxun("kpi", book, "--period", "2026-10", "--by", "group", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    result = json.loads(done.stdout)
    assert result["period"] == "2026-10"
    assert result["kpi"]["全部"]["脱落率"] == pytest.approx(0.036145, abs=1e-6)
    assert result["kpi"]["一组"]["measures"]["期初人力"] == 22


def it_lists_the_catalogue(zuxun: Run) -> None:
    done = zuxun("kpi", "--list")
    assert done.returncode == 0
    assert "脱落率 = 脱落人数 / 平均人力" in done.stdout
    assert "ZX_ATTRITION" in done.stdout


def it_shows_which_tables_it_recognised(zuxun: Run, book: Path) -> None:
    done = zuxun("tables", book, "--json")
    tables = {entry["form"]: entry for entry in json.loads(done.stdout)["tables"] if entry["used"]}
    assert {"花名册", "保单明细", "附表一", "附表五"} <= set(tables)
    assert tables["保单明细"]["rows"] == 2087
    assert tables["保单明细"]["columns"]["首年保费"] == "首年保费"
    assert "花名册" in zuxun("tables", book).stdout


def it_asks_and_remembers_answers_in_the_workbook(zuxun: Run, book: Path, tmp_path: Path) -> None:
    renamed, answered = tmp_path / "改名.xlsx", tmp_path / "已答.xlsx"
    FileBook(book).save(ChangeSet((Change("保单明细", "B3", None, "归档日期", "测试"),)), renamed)
    asked = json.loads(zuxun("adopt", renamed, "--json").stdout)
    assert asked["questions"] == [{
        "id": "Q1", "kind": "表头", "target": "保单明细.承保日期", "sheet": "保单明细", "cell": "B3", "taken": None,
        "question": "保单明细没有承保日期这一列，相近的表头有“归档日期”。是哪一列？",
        "options": [{"answer": 1, "value": "归档日期", "samples": ["2026-01-04", "2026-01-05", "2026-01-06"]}],
    }]
    assert zuxun("kpi", renamed, "--period", "2026-10").returncode == 3
    once = zuxun("adopt", renamed, "--answer", "Q1=1")
    assert "加 -o" in once.stderr
    assert zuxun("adopt", renamed, "--answer", "Q1=1", "-o", answered).returncode == 0
    kpis = [zuxun("kpi", path, "--period", "2026-10", "--json").stdout for path in (book, answered)]
    assert kpis[0] == kpis[1]
    again = tmp_path / "再来.xlsx"
    zuxun("adopt", answered, "-o", again)
    assert parts(again) == parts(answered)
    assert zuxun("adopt", book, "--answer", "Q1=1").returncode == 2


def it_tells_what_it_recognised_in_a_few_lines_a_table(zuxun: Run, book: Path) -> None:
    done = zuxun("adopt", book)
    assert (done.returncode, done.stderr) == (0, "")
    assert "■ 保单明细：“保单明细”第3行表头，2087行，把握97%" in done.stdout
    assert "首年保费〔元·单位说明〕" in done.stdout
    assert "没有拿不准的地方。" in done.stdout
    assert len(done.stdout.splitlines()) < 60


def it_runs_the_whole_job_into_a_new_file(zuxun: Run, book: Path, tmp_path: Path) -> None:
    before, out = digest(book), tmp_path / "结果.xlsx"
    done = zuxun("run", book, "--period", "2026-10", "-o", out)
    assert (done.returncode, done.stdout) == (0, "")
    assert "附表一546格" in done.stderr
    assert f"结果：{out}" in done.stderr
    assert len(done.stderr.splitlines()) < 25
    assert digest(book) == before
    again = tmp_path / "再来.xlsx"
    assert zuxun("run", book, "--period", "2026-10", "-o", again).returncode == 0
    assert parts(out) == parts(again), "running twice gives the same bytes"
    third = tmp_path / "第三次.xlsx"
    assert zuxun("run", out, "--period", "2026-10", "-o", third).returncode == 0
    assert parts(third) == parts(out), "running on its own output changes nothing"


def it_changes_only_the_parts_it_must(zuxun: Run, book: Path, tmp_path: Path) -> None:
    out = tmp_path / "结果.xlsx"
    zuxun("run", book, "--period", "2026-10", "-o", out)
    before, after = parts(book), parts(out)
    assert set(before) - set(after) == set()
    assert sorted(set(after) - set(before)) == ["xl/worksheets/sheet15.xml"]
    forms = {f"xl/worksheets/sheet{number}.xml" for number in (8, 9, 11, 12)}
    allowed = {*forms, "xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    assert {name for name in before if before[name] != after[name]} == allowed


def it_writes_nothing_on_a_dry_run(zuxun: Run, book: Path) -> None:
    done = zuxun("run", book, "--period", "2026-10", "--dry-run")
    assert done.returncode == 0
    assert "附表一!I4" in done.stdout
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def it_previews_as_json(zuxun: Run, book: Path) -> None:
    done = zuxun("fill", book, "--period", "2026-10", "--dry-run", "--json")
    changes = json.loads(done.stdout)["changes"]
    assert {"sheet", "cell", "old", "new", "why"} == set(changes[0])
    assert {kpi["key"] for kpi in json.loads(zuxun("kpi", "--list", "--json").stdout)["kpi"]} >= {"脱落率", "举绩率"}


def it_names_the_result_after_the_period_by_default(zuxun: Run, book: Path) -> None:
    assert zuxun("fill", book, "--period", "2026-10").returncode == 0
    assert (book.parent / "台账（2026-10）.xlsx").is_file()


def it_diagnoses_as_json(zuxun: Run, book: Path) -> None:
    done = zuxun("diagnose", book, "--period", "2026-01..2026-10", "--json")
    problems = json.loads(done.stdout)["problems"]
    assert {"group", "problem", "state", "tests", "causes", "measures"} <= set(problems[0])
    assert {(p["group"], p["problem"]) for p in problems if p["state"] == "红"} >= {("二组", "脱落率较高"), ("四组", "件均保费偏低")}


def it_exits_with_1_when_check_finds_an_error(zuxun: Run, book: Path, tmp_path: Path) -> None:
    assert zuxun("check", book).returncode == 0
    wrong = tmp_path / "错.xlsx"
    changes = (Change("保单明细", "I5", None, "三百", "测试"), Change("保单明细", "K6", None, "999999999", "测试"))
    FileBook(book).save(ChangeSet(changes), wrong)
    done = zuxun("check", wrong, "--json")
    assert done.returncode == 1
    found = [(f["code"], f["level"], f["sheet"], f["cell"]) for f in json.loads(done.stdout)["findings"] if f["level"] == "错"]
    assert found == [("R103", "错", "保单明细", "I5"), ("R101", "错", "保单明细", "K6")]
    listed = zuxun("check", wrong, "-o", tmp_path / "校验.xlsx")
    assert (listed.returncode, FileBook(tmp_path / "校验.xlsx").sheet_names[-1]) == (1, "校验结果")
    assert zuxun("run", wrong, "--period", "2026-10", "-o", tmp_path / "结果.xlsx").returncode == 0, "findings never stop the job"


def it_repairs_and_marks_in_a_copy_and_never_in_the_workbook_itself(zuxun: Run, book: Path, tmp_path: Path) -> None:
    wrong, out = tmp_path / "错.xlsx", tmp_path / "结果.xlsx"
    changes = (Change("保单明细", "I5", None, "0.026万", "测试"), Change("保单明细", "K6", None, "999999999", "测试"))
    FileBook(book).save(ChangeSet(changes), wrong)
    before = digest(wrong)
    listed = json.loads(zuxun("check", wrong, "--fix", "--dry-run", "--json").stdout)
    repair = {"sheet": "保单明细", "cell": "I5", "old": "0.026万", "new": 260.0, "why": "按本列单位（元）改为数字"}
    assert listed["repairs"] == [repair]
    assert {path.name for path in tmp_path.iterdir()} == {book.name, wrong.name}
    done = zuxun("check", wrong, "--fix", "--mark", "-o", out, "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout) == {**listed, "out": str(out)}
    sheet: Any = openpyxl.load_workbook(out)["保单明细"]
    assert (sheet["I5"].value, sheet["I5"].comment) == (260, None)
    assert "[错] R101" in sheet["K6"].comment.text
    assert sheet["K6"].fill.fgColor.rgb == "FFFFC7CE"
    refused = zuxun("check", wrong, "--mark", "-o", wrong)
    assert (refused.returncode, digest(wrong)) == (2, before)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("kpi", "{book}", "--period", "十月"), "看不懂期间“十月”"),
        (("kpi", "{book}", "--period", "2027-01"), "还没有记录"),
        (("kpi",), "没有指定工作簿"),
        (("kpi", "{book}", "--as-of", "昨天"), "“昨天”不是日期"),
        (("run", "{book}", "--period", "2026-10", "-o", "{book}"), "不能就是原文件"),
        (("run", "{book}", "--wrong"), "没有选项 --wrong"),
        (("走", "{book}"), "没有命令"),
        (("fill",), "缺少工作簿"),
        (("run", "{book}", "--period", "2026-10", "--formulas", "magic"), "--formulas"),
    ],
)
def it_says_what_is_wrong_with_a_call(zuxun: Run, book: Path, arguments: tuple[str, ...], words: str) -> None:
    before = digest(book)
    done = zuxun(*(text.format(book=book) for text in arguments))
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert digest(book) == before


def truncated(path: Path, sample: Path) -> None:
    path.write_bytes(sample.read_bytes()[:150_000])


def old_format(path: Path, _: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096)


def empty(path: Path, _: Path) -> None:
    path.write_bytes(b"")


def text(path: Path, _: Path) -> None:
    path.write_text("工号,姓名\n1,张三\n", encoding="utf-8")


def nothing_known(path: Path, _: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.add_worksheet("随便").write(0, 0, "没有表")


def no_policies(path: Path, sample: Path) -> None:
    changes = tuple(Change("保单明细", f"{letters}3", None, "无", "测试") for letters in "BCDEFGHIJ")
    FileBook(sample).save(ChangeSet(changes), path)


def no_premium_column(path: Path, sample: Path) -> None:
    FileBook(sample).save(ChangeSet((Change("保单明细", "I3", None, "第九列", "测试"),)), path)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (truncated, "不完整"), (old_format, "xls"), (empty, "空"), (text, "不是"), (nothing_known, "没有找到花名册"),
        (no_policies, "保单明细"), (no_premium_column, "缺少：首年保费"),
    ],
)
@pytest.mark.parametrize("command", [("run", "--period", "2026-10"), ("check", "--json"), ("kpi", "--period", "2026-10", "--json")])
def it_refuses_a_broken_file_in_one_chinese_sentence(
    zuxun: Run, sample_path: Path, tmp_path: Path, damage: Callable[[Path, Path], None], words: str, command: tuple[str, ...]
) -> None:
    path = tmp_path / "坏.xlsx"
    damage(path, sample_path)
    before = digest(path)
    done = zuxun(command[0], path, *command[1:])
    assert done.returncode == 3, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert digest(path) == before
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def it_says_so_when_the_file_is_not_there(zuxun: Run, tmp_path: Path) -> None:
    done = zuxun("run", tmp_path / "没有.xlsx")
    assert done.returncode == 3
    assert "没有.xlsx" in done.stderr


def it_runs_the_demo_on_the_shipped_sample(zuxun: Run, tmp_path: Path) -> None:
    done = zuxun("demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    out = next((tmp_path / "out").glob("*.xlsx"))
    assert str(out.name) in done.stderr
    assert "诊断表" in FileBook(out).sheet_names


def it_never_shows_a_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from zuxun_xl import cli

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("张三 13800000000")

    monkeypatch.setattr(cli.cli, "main", broken)
    assert cli._guarded([]) == 3
    shown = capsys.readouterr().err
    assert "程序内部出错" in shown
    assert "13800000000" not in shown, "nothing of the user's data"
