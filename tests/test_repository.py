"""The repository itself: it works anywhere, so it names no machine, no index and no registry; its files keep their form."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST = 400  # lines of a module
FORBIDDEN = {
    "a registry's host": re.compile(r"\b(pypi|npmjs|pythonhosted|debian)\.(org|com|net)\b", re.IGNORECASE),
    "an index address": re.compile(r"--((extra-)?index-url|find-links|trusted-host)|\bindex-url\s*="),
    "a path of one machine": re.compile(r"(?<![\w.~*])/(root|work|tmp/v|home/\w+)/"),
}


def _committed() -> list[Path]:
    """Files that git has or would take; every file but the environment's where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not {".git", ".venv", "build", "out"} & set(path.relative_to(ROOT).parts)]
    return sorted(path for path in paths if path.is_file())


FILES = _committed()
PYTHON = [path for path in FILES if path.suffix == ".py"]


def _texts(path: Path) -> list[str]:
    """What can be read in a file; of a workbook every part."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            return [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
    return [path.read_bytes().decode("utf-8", "replace")]


@pytest.mark.parametrize("what", FORBIDDEN)
def it_names_nothing_of_the_machine_it_was_made_on(what: str) -> None:
    guilty = [
        f"{path.relative_to(ROOT)}: {found[0]}" for path in FILES for text in _texts(path) if (found := FORBIDDEN[what].search(text))
    ]
    assert guilty == []


def it_says_at_the_top_of_every_module_what_it_is() -> None:
    guilty = [str(path.relative_to(ROOT)) for path in PYTHON if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert guilty == []


def it_has_no_long_module() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in PYTHON}
    assert {name: length for name, length in lengths.items() if name.startswith("zuxun_xl/") and length > LONGEST} == {}


def it_keeps_vba_sources_in_ascii() -> None:
    """The VBA project is stored in a Western code page: Chinese would arrive in Excel as question marks."""
    guilty = [str(path.relative_to(ROOT)) for path in FILES if path.suffix == ".bas" and not path.read_bytes().isascii()]
    assert guilty == []


def it_installs_every_package_there_is() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    outside = set(settings["package-dir"]) - {"zuxun_xl"}
    packages = {".".join(path.parent.relative_to(ROOT).parts) for path in PYTHON if path.is_relative_to(ROOT / "zuxun_xl")}
    assert sorted(settings["packages"]) == sorted(packages | outside), "[tool.setuptools] packages in pyproject.toml"


def it_locks_every_dependency_with_a_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=\S)", lock) if entry.strip()]
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
    locked = {re.split(r"==| ;", entry)[0].lower() for entry in entries}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(name for extra in project["optional-dependencies"].values() for name in extra)]
    assert {re.split(r"[<>=!~;\[ ]", name)[0].lower() for name in wanted} - locked == set()
