"""The house's floors: imports run downwards only, and starting a command loads nothing heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "zuxun_xl").rglob("*.py"))
HEAVY = {"pandas", "numpy", "xlwings", "openpyxl", "dask"}


def it_keeps_the_floors_of_the_design() -> None:
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def it_never_imports_the_folder_that_excel_loads() -> None:
    """`udfs/` lies outside the package's folder, where import-linter does not look."""
    guilty = [f"{path.relative_to(ROOT)}: {name}" for path in MODULES for name in _imports(path) if _is_udfs(name)]
    assert guilty == []


@pytest.mark.parametrize("arguments", [["--help"], ["kpi", "--help"]])
def it_shows_help_without_loading_anything_heavy(arguments: list[str]) -> None:
    program = f"import sys; sys.argv = {['zuxun', *arguments]!r}; from zuxun_xl.cli import main; main()"
    result = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert "Usage" in result.stdout or "用法" in result.stdout
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in result.stderr.splitlines() if line.startswith("import time:")}
    assert "click" in loaded
    assert loaded & HEAVY == set()


def _imports(path: Path) -> list[str]:
    """Every module name that a file imports; its own folder's relative imports count as well."""
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names]
    return names


def _is_udfs(name: str) -> bool:
    return "udfs" in name.split(".")
