"""The add-in in the folder that Excel opens at its start: put there whole, taken away again, looked at."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zuxun_xl.book.ooxml.disk import write_whole
from zuxun_xl.build.addin import package, sheet
from zuxun_xl.build.addin.check import faults
from zuxun_xl.errors import CallError, FileError

KEPT = "zuxun_backup"
"""Beside XLSTART, never in it: Excel opens whatever lies there."""


@dataclass(frozen=True, slots=True)
class Installed:
    """What an add-in file says of itself; ``ours`` is whether zuxun_xl built it."""

    path: Path
    ours: bool = False
    version: str = ""
    xlwings: str = ""
    interpreter: str = ""
    faults: tuple[str, ...] = ()


def start_folder(appdata: str | None) -> Path:
    """XLSTART of the user.

    Raises:
        CallError: there is none on this system.
    """
    if not appdata:
        raise CallError("这台电脑不是 Windows，没有 Excel 的启动文件夹。", "请用 --to 目录 指明放到哪里。")
    return Path(appdata) / "Microsoft" / "Excel" / "XLSTART"


def build(out: Path) -> Path:
    """A checked add-in file; one that stood there is kept beside."""
    return write_whole(out, checked(package.addin()), lambda _: None)


def checked(data: bytes) -> bytes:
    """The same bytes, if nothing is wrong with them."""
    if found := faults(data):
        raise FileError(f"生成的加载项没有通过检查：{found[0].message}", "请按 requirements.lock 重新安装，再试一次。")
    return data


def install(folder: Path, interpreter: str) -> tuple[Path, Path | None]:
    """Where the add-in now stands, and where the file that stood there before is kept."""
    data, target = checked(package.addin(interpreter)), folder / package.NAME
    kept = folder.parent / KEPT
    try:
        folder.mkdir(parents=True, exist_ok=True)
        kept.mkdir(exist_ok=True)
        before = _keep(target, kept) if target.exists() and target.read_bytes() != data else None
        staged = write_whole(kept / f"{os.getpid()}-{package.NAME}", data, lambda _: None)
        try:
            staged.replace(target)
        finally:
            staged.unlink(missing_ok=True)
    except OSError as error:
        raise _held(target, error) from error
    return target, before


def uninstall(folder: Path) -> Path | None:
    """The add-in that was taken away; ``None`` if there was none.

    Raises:
        FileError: the file of that name is not ours.
    """
    target = folder / package.NAME
    if not target.exists():
        return None
    if not look(target).ours:
        raise FileError(f"《{target}》不是本工具放的，没有删除。", "确实不要，请自己删除。")
    try:
        target.unlink()
    except OSError as error:
        raise _held(target, error) from error
    return target


def look(path: Path) -> Installed:
    """What an add-in file says of itself, and what is wrong with it."""
    try:
        data = path.read_bytes()
        part = package.parts_of(data)[package.SHEET_PART]
        said, settings = sheet.stated(part), sheet.pairs(sheet.read_sheet(part))
    except (OSError, KeyError, FileError, SyntaxError):
        return Installed(path, faults=("这个文件不是本工具的加载项。",))
    return Installed(
        path, "version" in said and settings.get("UDF MODULES") == sheet.UDF_MODULES, str(said.get("version", "")), str(said.get("xlwings", "")),
        str(settings.get("INTERPRETER_WIN", "")), tuple(fault.message for fault in faults(data)),
    )


def _keep(target: Path, kept: Path) -> Path:
    backup = kept / f"{target.stem}.备份{datetime.now():%Y%m%d-%H%M%S-%f}{target.suffix}"
    shutil.copy2(target, backup)
    return backup


def _held(target: Path, error: OSError) -> FileError:
    return FileError(f"不能改动《{target}》：{error.strerror or error}。", "请先关闭所有 Excel 窗口，再试一次。")
