"""xlwings' part of the add-in: its template of the installed version, and what is changed in its VBA before it goes to a user.

The template is taken from the installed package (BSD; its licence stands at the head of its module and stays there). Two things are changed.
The project's name, which names the sheet of settings. And who may call it: in an add-in every public function can be called by a cell of any
workbook, and settings are read from the workbook in front first — a stranger's workbook could run what it likes. So all procedures
but two become private, ``RunPython`` refuses cells, and settings come from the add-in only.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from zuxun_xl.errors import FileError

PROJECT = "zuxun"
SHEET = f"{PROJECT}.conf"
MODULE = "xlwings"
SAMPLE = "RibbonMyAddin"
TEMPLATE = "quickstart_addin_ribbon.xlam"
OPEN_TO_US = ("RunPython", "XLPy")

_GUARD = '    If TypeName(Application.Caller) = "Range" Then Exit Function'
_CHANGES = (
    ('PROJECT_NAME As String = "myaddin"', f'PROJECT_NAME As String = "{PROJECT}"', 1),
    ("SheetExists(ActiveWorkbook, PROJECT_NAME", "SheetExists(ThisWorkbook, PROJECT_NAME", 1),
    ("GetConfigFromSheet(ActiveWorkbook)", "GetConfigFromSheet(ThisWorkbook)", 2),
    ("Public Function RunPython(PythonCommand As String)\n", f"Public Function RunPython(PythonCommand As String)\n{_GUARD}\n", 1),
)
"""Text of the glue → ours, and how often it stands there."""

_PROCEDURE = re.compile(r"^(\s*)(?:Public )?((?:Function|Sub|Declare (?:PtrSafe )?Function)) (\w+)", re.MULTILINE)


def installed() -> str:
    """The version of xlwings in this environment."""
    return version("xlwings")


def template() -> bytes:
    """xlwings' own add-in template, from the installed package (which is found, not imported)."""
    found = find_spec("xlwings")
    path = Path(found.origin).with_name(TEMPLATE) if found and found.origin else Path(TEMPLATE)
    if not path.exists():
        raise FileError("没有找到 xlwings 的加载项模板。", "请重新安装：pip install -r requirements.lock。")
    return path.read_bytes()


def ours(source: str) -> str:
    """The glue as it is shipped.

    Raises:
        FileError: this version of xlwings words it differently; the list of changes must be looked through.
    """
    for old, new, times in _CHANGES:
        if source.count(old) != times:
            raise FileError(f"xlwings {installed()} 的 VBA 与预期不同（{old.strip()}）。", "请按 requirements.lock 里的版本安装 xlwings。")
        source = source.replace(old, new)
    return _PROCEDURE.sub(_private, source)


def _private(match: re.Match[str]) -> str:
    indent, kind, name = match.groups()
    return f"{indent}{'Public' if name in OPEN_TO_US else 'Private'} {kind} {name}"


def open_procedures(source: str) -> list[str]:
    """Names of procedures that anyone may call."""
    return [match[3] for match in _PROCEDURE.finditer(source)]


def guarded(source: str) -> bool:
    """Whether ``RunPython`` refuses cells, and settings come from the add-in only."""
    return _GUARD in source and not re.search(r"(SheetExists|GetConfigFromSheet)\(ActiveWorkbook(, PROJECT_NAME|\))", source)


def glue_version(source: str) -> str:
    """The version that a glue text says it is of."""
    found = re.search(r'XLWINGS_VERSION As String = "([^"]+)"', source)
    return found[1] if found else ""
