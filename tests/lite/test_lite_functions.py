"""The code for xlwings Lite, run as Lite runs it: in a CPython of its own and, where npm's Pyodide is at hand, under Pyodide."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from zuxun_xl.build.lite_code import entries_module, main_py, written
from zuxun_xl.diagnosis.lookup import problems
from zuxun_xl.functions.catalogue import FUNCTIONS
from zuxun_xl.functions.function import Parameter
from zuxun_xl.functions.values import ERRORS, MISSING

HERE, ROOT = Path(__file__).parent, Path(__file__).parents[2]
ROWS = 1_000
NUMBERS = (0, 1, 3, 4, 12.5, 40, 42, 1e9, -7, 0.1)
WORDS = (
    *("", "春", "12", "1,200", "手册", "期初", "期末", "月度", "LIMRA", "举绩率", "脱落率", "增员率偏低", "高", "低"),
    *("2026-10", "2026Q3", "2026-10-08", True, None),
)
ERROR_CELLS = [{"type": "Error", "basicValue": text} for text in sorted(ERRORS)]
SCRIPTS = {
    "指标表": {"区域": "A2:F4", "工作表": "台账"}, "速查": {"问题": "举绩率偏低"}, "分解目标": {"总额": 100, "权重区域": "b3:b5"},
}
LEDGER = {
    "台账": [
        ["十月", None, None, None, None, None], ["组", "月初人力", "期末人力", "脱落", "FYP", "计划FYP"],
        ["=一组", 40, 42, 4, 90_000, 100_000], ["二组", 0, 0, "#N/A", 5, 0], ["三组", 1, 1, 1, 1, 1],
    ],
    "速查": [["自己写的"]],
}


def _cell(chance: random.Random) -> Any:
    number, word, error = chance.choice(NUMBERS), chance.choice(WORDS), chance.choice(ERROR_CELLS)
    return chance.choice((number, number, chance.uniform(0, 1e6), word, error))


def _argument(parameter: Parameter, chance: random.Random) -> list[list[Any]]:
    return [[_cell(chance)] for _ in range(chance.randint(1, 8) if parameter.area else ROWS)]


def _job() -> dict[str, Any]:
    """Each function on whole columns of a thousand rows, on single cells, and with all that may be left out left out; all scripts."""
    chance, calls = random.Random(20261001), []  # noqa: S311  # figures for a test
    for function in FUNCTIONS.values():
        calls.append([function.name, [_argument(parameter, chance) for parameter in function.parameters]])
        for _ in range(40):
            calls.append([function.name, [_cell(chance) for _ in function.parameters]])
            calls.append([function.name, [_cell(chance) for parameter in function.parameters if not parameter.optional]])
    scripts = [[name, LEDGER, arguments] for name, arguments in SCRIPTS.items()]
    areas: list[dict[str, Any]] = [{"区域": "A2:F4", "工作表": "总账"}, {"区域": "全部"}, {"区域": "A3:A4"}]
    scripts += [["指标表", LEDGER, arguments] for arguments in areas]
    return {"code": main_py(), "calls": calls, "scripts": [*scripts, ["分解目标", LEDGER, {"总额": 1, "权重区域": "A3:A4"}]]}


def _expected(name: str, arguments: list[Any]) -> Any:
    """What the function itself gives for the cells of a call, as Lite hands them over and takes them back."""
    function, given = FUNCTIONS[name], []
    for cells, parameter in zip(arguments, function.parameters, strict=False):
        rows = cells if isinstance(cells, list) else [[cells]]
        lone = len(rows) == 1 and rows[0][0] is None
        given.append(MISSING if lone and parameter.optional else [[_handed(cell) for cell in row] for row in rows])
    result = function(*given)
    return [[_taken(cell) for cell in row] for row in result] if isinstance(result, list) else _taken(result)


def _handed(cell: Any) -> Any:
    return cell["basicValue"] if isinstance(cell, dict) else None if cell == "" else cell


def _taken(cell: Any) -> Any:
    if not isinstance(cell, str) or not cell.startswith("#"):
        return cell
    return {"type": "Error", "basicValue": "#VALUE!" if cell in {"#SPILL!", "#CALC!", "#GETTING_DATA"} else str(cell)}


def _pyodide() -> Path:
    """The folder of npm's package ``pyodide``; skips where it or node is missing."""
    home = Path(os.environ.get("PYODIDE_HOME", ROOT))
    found = next((place for place in (home, home / "node_modules" / "pyodide") if (place / "pyodide.mjs").is_file()), None)
    if found is None or shutil.which("node") is None:
        pytest.skip("NOT RUN UNDER PYODIDE: needs node, and PYODIDE_HOME naming a folder where `npm install pyodide` was run")
    return found


def _ran(command: list[str], job: dict[str, Any]) -> dict[str, Any]:
    done = subprocess.run(command, input=json.dumps(job), capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@pytest.fixture(scope="module")
def job() -> dict[str, Any]:
    return _job()


@pytest.fixture(scope="module")
def plain(job: dict[str, Any]) -> dict[str, Any]:
    """The job in a CPython that knows zuxun_xl only from main.py."""
    program = (
        "import json, sys; sys.meta_path = [each for each in sys.meta_path if 'editable' not in repr(each)]\n"
        f"sys.path.insert(0, {str(HERE)!r}); import host; result = host.run(json.load(sys.stdin))\n"
        "assert '.zip' in sys.modules['zuxun_xl'].__file__; print(json.dumps(result))"
    )
    return _ran([sys.executable, "-W", "error", "-c", program], job)


def it_keeps_the_entries_up_to_date():
    assert entries_module() == written(entries_module()), "run make workbooks"


def it_registers_every_function_under_its_name_and_the_scripts_in_chinese(plain: dict[str, Any]):
    assert sorted(plain["functions"]) == sorted(FUNCTIONS)
    assert sorted(plain["scripts"]) == sorted(SCRIPTS)


def it_shows_what_the_functions_give_on_a_thousand_rows_each(job: dict[str, Any], plain: dict[str, Any]):
    assert sum(len(result) for result in plain["results"] if isinstance(result, list) and len(result) == ROWS) >= 30 * ROWS
    different = [call[0] for call, result in zip(job["calls"], plain["results"], strict=True) if _plain(_expected(*call)) != _plain(result)]
    assert different == []


def _plain(result: Any) -> Any:
    """As JSON has it: 1.0 and True differ."""
    return json.dumps(result, ensure_ascii=False)


def it_lays_results_of_scripts_on_new_sheets(plain: dict[str, Any]):
    (_, kpis), (said, looked_up), (_, spread), *_ = plain["shown"]
    assert kpis["指标表"] == [["组", "FYP计划达成率", "脱落率"], ["'=一组", 0.9, 4 / 41], ["二组", "#N/A", "#N/A"]]
    problem = next(each for each in problems() if each.name == "举绩率偏低")
    assert said == f"速查：{len(problem.causes) + len(problem.measures) + 1}行，在新工作表“速查2”里。\n"
    assert looked_up["速查2"][1] == ["可能原因", problem.causes[0].id, problem.causes[0].text]
    assert spread["分解目标"] == [[98], [0], [2]]
    assert all({name: sheets[name] for name in LEDGER} == LEDGER for _, sheets in plain["shown"]), "nothing that was there changes"


def it_says_in_chinese_what_is_wrong_with_a_script_and_writes_nothing(plain: dict[str, Any]):
    wrong = plain["shown"][3:]
    assert all(set(sheets) == set(LEDGER) for _, sheets in wrong)
    starts = (
        "指标表：没有工作表“总账”。现有：台账、速查。", "指标表：“全部”不是区域。", "指标表：区域里没有能算出指标的项目。",
        "分解目标：算不出来（#VALUE!）",
    )
    assert [said.startswith(start) for (said, _), start in zip(wrong, starts, strict=True)] == [True] * 4


def it_offers_the_problems_of_the_lookup():
    assert ", ".join(f'"{problem.name}"' for problem in problems()) in entries_module()


def it_gives_the_same_under_pyodide(job: dict[str, Any], plain: dict[str, Any]):
    command = ["node", str(HERE / "pyodide.mjs"), str(_pyodide()), sysconfig.get_paths()["purelib"], str(HERE / "host.py")]
    there = _ran(command, job)
    for key in ("functions", "scripts", "results", "shown"):
        assert _plain(there[key]) == _plain(plain[key]), key
    assert there["seconds"]["load"] < 1, "loading main.py imports nothing of zuxun_xl"
