"""The documents say what the programs do: derived pages are up to date, the README names every command and shows real output."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from zuxun_xl import settings
from zuxun_xl.build import docs
from zuxun_xl.cli import cli
from zuxun_xl.kpi.catalogue import KPIS
from zuxun_xl.tasks.rules import rules

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", docs.pages())
def it_keeps_the_derived_pages_up_to_date(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == docs.pages()[name], "run make workbooks"


def it_lists_every_rule_and_every_kpi() -> None:
    page, kpis = docs.pages()["rules.md"], docs.pages()["kpi.md"]
    assert all(f"| {code} |" in page for code in rules())
    assert all(f"`{kpi.function}`" in kpis for kpi in KPIS.values())


@pytest.mark.parametrize("command", cli.commands)
def it_names_every_command_in_the_readme(command: str) -> None:
    assert f"`zuxun {command}" in README


def it_names_every_setting_in_the_readme() -> None:
    named = [name.removeprefix("口径.") for name in settings.names() if name != "调休上班日" and "指标名" not in name]
    assert [name for name in named if name not in README] == []


def it_shows_in_the_readme_what_the_command_really_prints(sample_path: Path, tmp_path: Path) -> None:
    shown = re.search(r"它会说：\n\n```\n(.*?)```", README, re.DOTALL)
    assert shown is not None
    command = [sys.executable, "-m", "zuxun_xl", "run", str(sample_path), "--period", "2026-10", "-o", str(tmp_path / "结果.xlsx")]
    printed = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stderr
    assert shown[1].splitlines()[:-1] == printed.splitlines()[:-1], "all but the path of the result"


def it_points_to_pictures_and_pages_that_exist() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
