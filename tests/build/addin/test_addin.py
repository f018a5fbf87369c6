"""The add-in: the same at every build, complete, read by two readers; the checker catches what breaks it."""

from __future__ import annotations

import importlib.util
import json
import re
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyopenvba.interpreter import Interpreter

from zuxun_xl.build.addin import check, glue, install, package, ribbon, sheet, vba, wrappers
from zuxun_xl.build.addin.health import CHECKS, examine
from zuxun_xl.cli import cli
from zuxun_xl.errors import FileError
from zuxun_xl.functions.catalogue import FUNCTIONS
from zuxun_xl.functions.values import ERRORS

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # olevba uses names that its parser library has renamed
    from oletools.olevba import VBA_Parser

BUILT = package.addin()
PARTS = package.parts_of(BUILT)
MODULES = vba.read_modules(BUILT)

BUTTONS = """zxSpread 分解目标 zxDistribute 下发模板 zxCollect 汇总收回 zxRun 一键填报 zxFill 填写附表 zxBridge 人力核对 zxCheck 校验 zxMark 校验并标记
zxFix 修正写法 zxDiagnose 诊断 zxKpi 指标一览 zxCalendar 核对行事历 zxAdopt 认表 zxFreeze 固化 zxThaw 恢复 zxUndo 撤销上次 zxLog 变更记录 zxDoctor 体检
zxHelp 使用说明""".split()


def it_builds_the_same_parts_twice_and_finds_nothing_wrong() -> None:
    assert package.parts_of(package.addin()) == PARTS
    assert check.faults(BUILT) == []


def it_is_read_by_a_second_reader_module_by_module() -> None:
    parser = VBA_Parser("zuxun.xlam", data=BUILT)
    seen = {Path(name).stem: code.replace("\r\n", "\n") for _, _, name, code in parser.extract_macros()}
    parser.close()
    assert {name: seen[name].strip() for name in MODULES} == {name: text.strip() for name, text in MODULES.items()}


def it_shows_the_buttons_that_were_agreed() -> None:
    shown = ribbon.buttons(PARTS[package.RIBBON])
    assert [text for name, button in shown.items() for text in (name, button["label"])] == BUTTONS
    assert {button["onAction"] for button in shown.values()} == {"ZxPress"}


def it_has_a_macro_for_every_button_and_no_other() -> None:
    macros = importlib.import_module("zuxun_xl.udfs.macros")
    assert set(macros.BUTTONS) == set(ribbon.buttons(PARTS[package.RIBBON]))
    assert callable(macros.press)


def it_runs_python_modules_that_exist() -> None:
    asked = re.findall(r'FunctionModule As String = "([\w.]+)"', MODULES["ZxCalls"])
    assert asked == [sheet.UDF_MODULES]
    assert importlib.util.find_spec(asked[0]) is not None


def it_redistributes_nothing_of_the_paid_part() -> None:
    assert not {"License", "Remote", "WebClient", "WebRequest"} & set(MODULES)
    assert sheet.settings()["LICENSE_KEY"] == ""
    ours = {name: text for name, text in MODULES.items() if name != glue.MODULE}
    assert [name for name, text in ours.items() if "xlwings.pro" in text or "LICENSE_KEY" in text] == []
    root = Path(package.__file__).parents[3]
    sources = [*root.glob("zuxun_xl/**/*.py"), *root.glob("udfs/*")]
    assert [str(path) for path in sources if path.is_file() and re.search(r"(import|from) xlwings\.(pro|server)", path.read_text("utf-8"))] == []


# ---------------------------------------------------------------------------------------------------------- mutations


def _part(name: str, old: str, new: str) -> Callable[[], bytes]:
    def change() -> bytes:
        text = PARTS[name].decode("utf-8")
        assert old in text
        return package.packed({**PARTS, name: text.replace(old, new, 1).encode()})

    return change


def _module(name: str, old: str, new: str) -> Callable[[], bytes]:
    def change() -> bytes:
        assert old in MODULES[name]
        return vba.with_modules(BUILT, {name: MODULES[name].replace(old, new, 1)}, ())

    return change


MUTATIONS = {
    "another content type": ("A02", _part("[Content_Types].xml", "addin.macroEnabled.main", "sheet.main")),
    "the ribbon of 2006 beside": ("A03", lambda: package.packed({**PARTS, "customUI/customUI.xml": b"<customUI/>"})),
    "a ribbon without relationship": ("A03", _part("_rels/.rels", package.UI_RELATION, "http://example.org/other")),
    "the namespace of 2006": ("A04", _part(package.RIBBON, "2009/07", "2006/01")),
    "a button twice": ("A04", _part(package.RIBBON, 'id="zxCheck"', 'id="zxFix"')),
    "an unknown picture": ("A04", _part(package.RIBBON, 'imageMso="Help"', 'imageMso="NoSuchPicture"')),
    "an attribute that does not exist": ("A04", _part(package.RIBBON, 'size="large"', 'colour="red" size="large"')),
    "a callback that is nowhere": ("A05", _part(package.RIBBON, 'onAction="ZxPress"', 'onAction="ZxPush"')),
    "another code name": ("A06", _part(package.SHEET_PART, 'codeName="Sheet2"', 'codeName="Sheet9"')),
    "a module less": ("A07", lambda: vba.with_modules(BUILT, {}, ("ZxSetup",))),
    "a line too long": ("A08", _module("ZxSetup", "Option Explicit\n", "Option Explicit\n'" + "x" * 1024 + "\n")),
    "too many continuations": ("A08", _module("ZxSetup", "Option Explicit\n", "Option Explicit\n'" + " _\nx" * 25 + "\n")),
    "a parameter less": ("A09", _module(wrappers.MODULE, "lost As Variant, ", "")),
    "another udf module": ("A11", _part(package.SHEET_PART, sheet.UDF_MODULES, "other.functions")),
    "the workbook's folder on the path": ("A11", _part(package.SHEET_PART, ">false<", ">true<")),
    "help lost": ("A12", _part(package.SHEET_PART, ">ZX_ATTRITION<", ">ZX_OTHER<")),
    "glue of another version": ("A13", _module(glue.MODULE, f'VERSION As String = "{glue.installed()}"', 'VERSION As String = "0.1.0"')),
    "a cell may run python": ("A13", _module(glue.MODULE, 'If TypeName(Application.Caller) = "Range" Then Exit Function', "")),
    "an open procedure": ("A13", _module(glue.MODULE, "Private Function ExecuteWindows", "Public Function ExecuteWindows")),
    "a notice lost": ("A14", _module(glue.MODULE, "Zoomer Analytics LLC", "someone")),
    "no package": ("A01", lambda: b"PK"),
}


@pytest.mark.parametrize("what", MUTATIONS)
def it_catches(what: str) -> None:
    code, change = MUTATIONS[what]
    assert code in {fault.code for fault in check.faults(change())}


def it_refuses_a_template_that_is_worded_differently() -> None:
    with pytest.raises(FileError):
        glue.ours("Public Const PROJECT_NAME")


# ------------------------------------------------------------------------------------------------------- run the VBA


@pytest.fixture(scope="module")
def machine() -> Interpreter:
    interpreter = Interpreter()
    interpreter.add_module(MODULES["ZxCalls"], name="ZxCalls")
    return interpreter


@pytest.mark.parametrize("text", sorted(ERRORS))
def it_turns_every_error_text_into_an_error_value(machine: Interpreter, text: str) -> None:
    assert type(machine.run("ZxShown", [text])).__name__ == "VBAErrorValue"


@pytest.mark.parametrize("value", ["#举绩", "健康", "", 0.5])
def it_leaves_other_values_alone(machine: Interpreter, value: object) -> None:
    assert machine.run("ZxShown", [value]) == value


def it_turns_error_texts_inside_areas() -> None:
    probe = 'Function Probe()\nDim area(0 To 1, 0 To 1) As Variant\narea(0, 0) = 1\narea(1, 1) = "#N/A"\nDim shown As Variant\n'
    probe += 'shown = ZxShown(area)\nProbe = IsError(shown(1, 1)) & shown(0, 0)\nEnd Function\n'
    probe += 'Function Row()\nRow = IsError(ZxShown(Array(1, "#DIV/0!"))(1))\nEnd Function\n'
    interpreter = Interpreter()
    interpreter.add_module(MODULES["ZxCalls"] + probe, name="ZxCalls")
    assert interpreter.run("Probe", []) == "True1"
    assert interpreter.run("Row", []) is True


# ------------------------------------------------------------------------------------------------- install and doctor


def it_installs_keeps_what_was_there_and_takes_only_its_own_away(tmp_path: Path) -> None:
    folder = tmp_path / "XLSTART"
    target, before = install.install(folder, r"C:\Python313\python.exe")
    assert before is None
    found = install.look(target)
    assert (found.ours, found.interpreter, found.faults) == (True, r"C:\Python313\python.exe", ())
    target.write_bytes(b"someone else's")
    with pytest.raises(FileError):
        install.uninstall(folder)
    _, before = install.install(folder, "python.exe")
    assert before is not None
    assert before.read_bytes() == b"someone else's"
    assert [path.name for path in folder.iterdir()] == [package.NAME], "Excel opens whatever lies there"
    assert install.uninstall(folder) == target
    assert install.uninstall(folder) is None


def it_says_on_the_command_line_what_is_installed(tmp_path: Path) -> None:
    told = json.loads(CliRunner().invoke(cli, ["addin", "status", "--to", str(tmp_path), "--json"]).stdout)
    assert told["installed"] is False
    assert CliRunner().invoke(cli, ["addin", "build", "-o", str(tmp_path / package.NAME)]).exit_code == 0
    told = json.loads(CliRunner().invoke(cli, ["addin", "status", "--to", str(tmp_path), "--json"]).stdout)
    assert (told["installed"], told["current"], told["faults"]) == (True, True, [])


class Pc:
    """A made-up Windows PC."""

    windows, python, bits, prefix = True, (3, 13), 64, r"C:\Python313"

    def __init__(self, registry: dict[str, str] | None = None, **changed: object) -> None:
        excel = {"HKCR Excel.Application\\CLSID ": "{1}", "HKCR CLSID\\{1}\\LocalServer32 ": r"C:\Office\EXCEL.EXE"}
        self.known = {**excel, **(registry or {})}
        self.executable = str(changed.get("executable", r"C:\Python313\python.exe"))
        self.mark = changed.get("zone")
        self.there = install.Installed(Path("zuxun.xlam"), True, "0.1.0", str(changed.get("built_with", "0.37.8")), self.executable)

    def package(self, name: str) -> str | None:
        return {"xlwings": "0.37.8", "pywin32": "311", "zuxun-xl": "0.1.0"}.get(name)

    def registry(self, root: str, key: str, name: str = "") -> str | None:
        return self.known.get(f"{root} {key} {name}")

    def variable(self, name: str) -> str:
        return r"C:\Users\a\OneDrive" if name == "OneDrive" else ""

    def exists(self, path: str) -> bool:
        return bool(path)

    def zone(self, path: str) -> int | None:
        return self.mark if path and isinstance(self.mark, int) else None

    def addin(self) -> install.Installed:
        return self.there


SECURITY = r"HKCU Software\Microsoft\Office\16.0\Excel\Security"


@pytest.mark.parametrize(
    ("pc", "wrong"),
    [
        (Pc(), []),
        (Pc({"HKCR CLSID\\{1}\\LocalServer32 ": r"C:\Kingsoft\WPS Office\et.exe"}), ["谁占着 Excel"]),
        (Pc({SECURITY + " RequireAddinSig": "1"}), ["加载项设置"]),
        (Pc({SECURITY + " VBAWarnings": "4", SECURITY + r"\Trusted Locations AllLocationsDisabled": "1"}), ["宏设置"]),
        (Pc(executable=r"C:\Users\a\WindowsApps\python.exe"), ["应用商店 Python"]),
        (Pc(executable=r"C:\Users\a\OneDrive\python.exe"), ["OneDrive"]),
        (Pc({r"HKLM SYSTEM\CurrentControlSet\Control\Nls\CodePage ACP": "1252"}, executable=r"C:\张三\python.exe"), ["Python 路径"]),
        (Pc(zone=3), ["网络标记"]),
        (Pc(built_with="0.30.0"), ["加载项版本"]),
    ],
)
def it_names_what_keeps_the_add_in_from_working_and_the_cure(pc: Pc, wrong: list[str]) -> None:
    readings = examine(pc)
    assert [reading.name for reading in readings if reading.verdict == "要处理"] == wrong
    assert all(reading.cure for reading in readings if reading.name in wrong)
    assert len(readings) == len(CHECKS)


def it_has_help_for_every_function() -> None:
    assert [row[0] for row in sheet.stated_help(PARTS[package.SHEET_PART])] == list(FUNCTIONS)
