"""``zuxun doctor``: what keeps the add-in from working on a Windows PC; each check is data — name, reading, cure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import Literal, Protocol

from zuxun_xl.build.addin.install import Installed

Verdict = Literal["可以", "要处理", "不适用"]
Seen = tuple[Verdict, str]

_SECURITY = r"Software\Microsoft\Office\16.0\Excel\Security"
_POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"
_WPS = ("wps", "et.exe", "kingsoft", "kso")
_OLDEST = (3, 11)
_CHINESE = "936"
_INTERNET = 3


class Machine(Protocol):
    """What is asked of the computer; tests bring their own."""

    windows: bool
    python: tuple[int, int]
    bits: int
    executable: str
    prefix: str

    def package(self, name: str) -> str | None:
        """The version of an installed Python package."""

    def registry(self, root: str, key: str, name: str = "") -> str | None:
        """A value of the registry as text; root is HKCU, HKLM or HKCR."""

    def variable(self, name: str) -> str:
        """An environment variable, empty where there is none."""

    def exists(self, path: str) -> bool:
        """Whether a file is there."""

    def zone(self, path: str) -> int | None:
        """The zone from which Windows says a file came."""

    def addin(self) -> Installed | None:
        """The add-in in XLSTART."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check: what it is about, how it is read, what to do where it fails; ``excel`` ones mean nothing off Windows."""

    name: str
    read: Callable[[Machine], Seen]
    cure: str
    excel: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What a check found; ``cure`` is empty unless something is to be done."""

    name: str
    verdict: Verdict
    seen: str
    cure: str


def examine(machine: Machine) -> list[Reading]:
    """All checks on a machine."""
    return [_reading(check, machine) for check in CHECKS]


def _reading(check: Check, machine: Machine) -> Reading:
    if check.excel and not machine.windows:
        return Reading(check.name, "不适用", "这台电脑不是 Windows，加载项用不上；命令行照常可用", "")
    verdict, seen = check.read(machine)
    return Reading(check.name, verdict, seen, check.cure if verdict == "要处理" else "")


def _judged(fine: bool, seen: str) -> Seen:  # noqa: FBT001 - the verdict itself
    return ("可以" if fine else "要处理"), seen


def _python(machine: Machine) -> Seen:
    return _judged(machine.python >= _OLDEST, f"Python {machine.python[0]}.{machine.python[1]}，{machine.bits}位")


def _store(machine: Machine) -> Seen:
    where = machine.executable.lower()
    store = "windowsapps" in where or "pythonsoftwarefoundation" in where
    return _judged(not store, "应用商店的 Python" if store else "不是应用商店的 Python")


def _xlwings(machine: Machine) -> Seen:
    found = machine.package("xlwings")
    return _judged(found is not None, f"xlwings {found or '没有安装'}")


def _pywin32(machine: Machine) -> Seen:
    found = machine.package("pywin32")
    return _judged(found is not None, f"pywin32 {found or '没有安装'}")


def _library(machine: Machine) -> Seen:
    name = f"xlwings{_excel_bits(machine) or 64}-{machine.package('xlwings')}.dll"
    beside = PureWindowsPath(machine.executable).parent
    return _judged(any(machine.exists(str(folder / name)) for folder in (beside, beside.parent)), name)


def _excel_bits(machine: Machine) -> int | None:
    platform = machine.registry("HKLM", r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration", "Platform")
    platform = platform or machine.registry("HKLM", r"SOFTWARE\Microsoft\Office\16.0\Outlook", "Bitness")
    return {"x64": 64, "x86": 32}.get((platform or "").lower())


def _bitness(machine: Machine) -> Seen:
    bits = _excel_bits(machine)
    return "可以", f"Excel {bits}位" if bits else "没有读到 Excel 的位数，按64位对待"


def _owner(machine: Machine) -> Seen:
    identity = machine.registry("HKCR", r"Excel.Application\CLSID")
    server = machine.registry("HKCR", rf"CLSID\{identity}\LocalServer32") if identity else None
    if server is None:
        return "要处理", "没有找到 Excel"
    return _judged(not any(mark in server.lower() for mark in _WPS), f"Excel.Application 由 {server} 提供")


def _security(machine: Machine, name: str) -> str | None:
    return machine.registry("HKCU", _POLICY, name) or machine.registry("HKCU", _SECURITY, name)


def _macros(machine: Machine) -> Seen:
    state = _security(machine, "VBAWarnings")
    names = {"1": "全部启用", "2": "禁用并通知", "3": "只启用有签名的", "4": "全部禁用"}
    barred = machine.registry("HKCU", _SECURITY + r"\Trusted Locations", "AllLocationsDisabled")
    barred = machine.registry("HKCU", _POLICY + r"\Trusted Locations", "AllLocationsDisabled") or barred
    return _judged(not (state in {"3", "4"} and barred == "1"), f"宏：{names.get(state or '2', state)}；受信任位置{'已停用' if barred == '1' else '有效'}")


def _addins(machine: Machine) -> Seen:
    for name, what in (("DisableAllAddins", "所有加载项已停用"), ("RequireAddinSig", "只允许有签名的加载项")):
        if _security(machine, name) == "1":
            return "要处理", what
    return "可以", "允许加载项"


def _vbom(machine: Machine) -> Seen:
    return "可以", f"信任对 VBA 工程的访问：{'开' if _security(machine, 'AccessVBOM') == '1' else '关'}（本工具不需要）"


def _present(machine: Machine) -> Seen:
    found = machine.addin()
    return _judged(found is not None and found.ours, "没有安装" if found is None else str(found.path))


def _fresh(machine: Machine) -> Seen:
    found, now = machine.addin(), machine.package("xlwings")
    if found is None:
        return "不适用", "加载项没有安装"
    if found.faults:
        return "要处理", found.faults[0].rstrip("。")
    return _judged(found.xlwings == now and found.version == machine.package("zuxun-xl"), f"zuxun {found.version}，xlwings {found.xlwings}")


def _interpreter(machine: Machine) -> Seen:
    found = machine.addin()
    if found is None:
        return "不适用", "加载项没有安装"
    return _judged(machine.exists(found.interpreter), found.interpreter)


def _mark(machine: Machine) -> Seen:
    found = machine.addin()
    if found is None:
        return "不适用", "加载项没有安装"
    zone = machine.zone(str(found.path))
    return _judged(zone is None or zone < _INTERNET, "文件带有“来自网络”的标记" if zone is not None and zone >= _INTERNET else "没有被拦下")


def _onedrive(machine: Machine) -> Seen:
    folder = machine.variable("OneDrive")
    inside = bool(folder) and machine.executable.lower().startswith(folder.lower())
    return _judged(not inside, f"Python 在 OneDrive 里（{machine.executable}）" if inside else "Python 不在 OneDrive 里")


def _path(machine: Machine) -> Seen:
    page = machine.registry("HKLM", r"SYSTEM\CurrentControlSet\Control\Nls\CodePage", "ACP") or _CHINESE
    try:
        machine.executable.encode("utf-8" if page == "65001" else f"cp{page}")
    except (UnicodeEncodeError, LookupError):
        return "要处理", f"{machine.executable} 里有系统代码页 {page} 没有的字"
    return "可以", machine.executable


_AGAIN = "运行 zuxun addin install，再重开 Excel。"

CHECKS = (
    Check("Python 版本", _python, "从 python.org 安装 Python 3.11 或更新。", excel=False),
    Check("应用商店 Python", _store, "卸载应用商店的 Python，从 python.org 安装，再装一次本工具。"),
    Check("xlwings", _xlwings, "运行 pip install xlwings。", excel=False),
    Check("pywin32", _pywin32, "运行 pip install pywin32。"),
    Check("Excel 位数", _bitness, ""),
    Check("xlwings 动态库", _library, "重新安装 xlwings：pip install --force-reinstall xlwings；不要用 pip --user 安装。"),
    Check("谁占着 Excel", _owner, "WPS 接管了 Excel：打开 WPS 的“配置工具”，去掉对 Excel 文件的关联；没有 Excel 就用命令行处理文件。"),
    Check("宏设置", _macros, "Excel：文件→选项→信任中心→信任中心设置：启用受信任位置，或把宏设为“禁用并通知”。由公司统一管理的请找信息部门。"),
    Check("加载项设置", _addins, "Excel：文件→选项→信任中心→信任中心设置→加载项：去掉两个“要求/禁用”的勾。由公司统一管理的请找信息部门。"),
    Check("VBA 工程访问", _vbom, ""),
    Check("加载项", _present, _AGAIN),
    Check("加载项版本", _fresh, _AGAIN),
    Check("加载项用的 Python", _interpreter, _AGAIN),
    Check("网络标记", _mark, "在文件上点右键→属性→解除锁定，或运行 zuxun addin install 重新安装。"),
    Check("OneDrive", _onedrive, "把 Python 装到 OneDrive 以外的文件夹。"),
    Check("Python 路径", _path, "把 Python 装到只含英文字母的文件夹，例如 C:\\Python313。"),
)
"""In the order in which they are told."""
