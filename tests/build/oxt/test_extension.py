"""The LibreOffice extension as a file: whole, the same each time, and nothing in it that LibreOffice's Python lacks."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from zuxun_xl.build.oxt.package import modules, parts, write
from zuxun_xl.build.oxt.texts import INTERFACE, NAMES
from zuxun_xl.functions.catalogue import FUNCTIONS
from zuxun_xl.workdays import Workdays

PARTS = parts()
MODULES = {name: content.decode() for name, content in PARTS.items() if name.endswith(".py")}


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("oxt")
    write(folder / "zuxun.oxt")
    with zipfile.ZipFile(folder / "zuxun.oxt") as package:
        package.extractall(folder / "whole")
    return folder / "whole"


def it_is_the_same_file_each_time(tmp_path: Path) -> None:
    for name in ("a.oxt", "b.oxt"):
        write(tmp_path / name)
    assert (tmp_path / "a.oxt").read_bytes() == (tmp_path / "b.oxt").read_bytes()


def it_declares_every_function_with_its_parameters() -> None:
    interface = PARTS[INTERFACE].decode()
    declared = {name: text.count("[in] any ") for name, text in re.findall(r"(ZX_\w+)\(([^)]*)\)", interface)}
    assert declared == {function.name: len(function.parameters) for function in FUNCTIONS.values()}
    assert re.findall(r"\bany ([a-z]\w*_\w*)", interface) == [], "a small name with an underscore makes the whole library unreadable"
    names = PARTS[NAMES].decode()
    assert all(function.title in names and f'oor:name="{function.name}"' in names for function in FUNCTIONS.values())


def it_holds_only_what_is_well_formed() -> None:
    for name, content in PARTS.items():
        if name.endswith((".xcu", ".xml")):
            ET.fromstring(content)  # noqa: S314 - our own


def it_lists_every_part_that_must_be_registered() -> None:
    manifest = PARTS["META-INF/manifest.xml"].decode()
    named = re.findall(r'full-path="([^"]+)"', manifest)
    assert set(named) <= set(PARTS)
    assert {INTERFACE, NAMES} <= set(named)


def it_takes_along_what_the_functions_import_and_no_more() -> None:
    assert {"zuxun_xl.functions.catalogue", "zuxun_xl.diagnosis.judge", "zuxun_xl.workdays"} <= set(modules())
    assert not [module for module in modules() if module.split(".")[1:2] in (["book"], ["records"], ["tasks"], ["forms"], ["cli"])]


@pytest.mark.parametrize("name", MODULES)
def it_can_be_read_by_python_3_10(name: str) -> None:
    ast.parse(MODULES[name], feature_version=(3, 10))


def it_runs_alone_with_the_standard_library(unpacked: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); sys.modules['tomllib'] = None\n"
        "from zuxun_xl.functions.catalogue import FUNCTIONS as F\n"
        "import json; print(json.dumps([F['ZX_ATTRITION'](4, 40, 42), F['ZX_WORKDAYS']('2026-10-01', '2026-10-31'),"
        " F['ZX_CAUSES']('ZY', 1), F['ZX_WORKDAYS']('2040-10-01', '2040-10-31')]))"
    )
    command = [sys.executable, "-I", "-S", "-c", program, str(unpacked / "pythonpath")]
    shown = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert shown == [4 / 41, 18, "ZY-C1 增员活动量不足", "#VALUE!"]


def it_knows_the_workdays_that_the_calendar_knows() -> None:
    stored = json.loads(PARTS["pythonpath/zuxun_xl/workdays.json"])
    calendar, on, off = Workdays(), set(stored["on"]), set(stored["off"])
    for day in (date.fromordinal(n) for n in range(date(2024, 1, 1).toordinal(), date(2028, 1, 1).toordinal())):
        works = str(day) in on or (day.weekday() < 5 and str(day) not in off)
        assert works == calendar.is_workday(day), day


@pytest.mark.parametrize(("name", "code"), [("zuxun.oxt", 0), ("zuxun.zip", 3), ("没有/zuxun.oxt", 3)])
def it_is_made_by_a_command(tmp_path: Path, name: str, code: int) -> None:
    command = [sys.executable, "-m", "zuxun_xl", "addin", "oxt", "-o", str(tmp_path / name), "--json"]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == code
    assert (tmp_path / name).exists() is (code == 0)
    assert "Traceback" not in result.stderr
