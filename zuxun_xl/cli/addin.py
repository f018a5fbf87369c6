"""The commands ``addin`` and ``doctor``: the Excel add-in built, installed, taken away; what keeps it from working."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from zuxun_xl.cli.root import cli

_TO = click.option(
    "--to", metavar="目录", type=click.Path(path_type=Path), help="放到哪个目录，默认是 Excel 的启动文件夹 XLSTART"
)
_JSON = click.option("--json", "as_json", is_flag=True, help="只输出一个JSON对象")


@cli.group(help="Excel 加载项：生成、安装、卸载、查看。")
def addin() -> None:
    """The group of commands."""


@addin.command(help="生成加载项文件 zuxun.xlam；在任何系统上都能生成。")
@click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path), default="zuxun.xlam", help="生成到哪里")
@_JSON
def build(out: Path, as_json: bool) -> None:
    """``zuxun addin build``."""
    from zuxun_xl import console
    from zuxun_xl.build.addin import install as place

    path = place.build(out)
    if as_json:
        console.print_json({"out": str(path)})
    else:
        console.say(f"已生成：{path}。装到 Excel：zuxun addin install。")


@addin.command(help="生成 LibreOffice（25.2 或更新）的扩展 zuxun.oxt：同样的 ZX_ 函数。")
@click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path), default="zuxun.oxt", help="生成到哪里")
@_JSON
def oxt(out: Path, as_json: bool) -> None:
    """``zuxun addin oxt``."""
    from zuxun_xl import console
    from zuxun_xl.build.oxt.package import write
    from zuxun_xl.errors import FileError

    if out.suffix.lower() != ".oxt" or not out.parent.is_dir():
        raise FileError(f"不能生成“{out}”。", "扩展名要是 .oxt，文件夹要先建好。")
    write(out)
    if as_json:
        console.print_json({"out": str(out)})
    else:
        console.say(f"已生成：{out}。在 LibreOffice 里双击它，或用 工具→扩展程序→添加，重开后可用 ZX_ 函数。")


@addin.command(help="安装加载项：放进 Excel 的启动文件夹，记下这里的 Python；原来的文件另存备份。")
@_TO
@_JSON
def install(to: Path | None, as_json: bool) -> None:
    """``zuxun addin install``."""
    from zuxun_xl import console
    from zuxun_xl.build.addin import install as place

    path, before = place.install(_folder(to), sys.executable)
    if as_json:
        console.print_json({"out": str(path), "backup": str(before) if before else None, "interpreter": sys.executable})
        return
    console.say(f"已安装：{path}（用 {sys.executable}）")
    if before:
        console.say(f"原来的文件留在：{before}")
    console.say("下一步：关闭所有 Excel 窗口再打开，功能区会多一个“组训助手”选项卡。没有出现，请运行 zuxun doctor。")


@addin.command(help="卸载加载项：只删除本工具放的那一个文件。")
@_TO
@_JSON
def uninstall(to: Path | None, as_json: bool) -> None:
    """``zuxun addin uninstall``."""
    from zuxun_xl import console
    from zuxun_xl.build.addin import install as place

    path = place.uninstall(_folder(to))
    if as_json:
        console.print_json({"removed": str(path) if path else None})
    else:
        console.say(f"已卸载：{path}。重开 Excel 生效。" if path else "没有安装，不用卸载。")


@addin.command(help="查看装的是哪一版、用哪个 Python、有没有问题。")
@_TO
@_JSON
def status(to: Path | None, as_json: bool) -> None:
    """``zuxun addin status``."""
    from zuxun_xl import __version__, console
    from zuxun_xl.build.addin import glue, package
    from zuxun_xl.build.addin import install as place

    path = _folder(to) / package.NAME
    found = place.look(path) if path.exists() else None
    same = found is not None and (found.version, found.xlwings) == (__version__, glue.installed())
    if as_json:
        said = {name: getattr(found, name) for name in ("ours", "version", "xlwings", "interpreter", "faults")} if found else {}
        known = {"path": str(path), "installed": found is not None, "current": same, "available": __version__}
        console.print_json({**known, **said})
        return
    if found is None:
        console.say(f"没有安装（{path}）。安装：zuxun addin install。")
        return
    console.say(f"已安装：{path}，zuxun {found.version or '?'}，xlwings {found.xlwings or '?'}")
    console.say(f"Python：{found.interpreter or '?'}")
    now = f"现在是 zuxun {__version__}，xlwings {glue.installed()}"
    console.say("版本一致。" if same else f"版本不一致：{now}。请运行 zuxun addin install。")
    for fault in found.faults:
        console.say(f"  {fault}")


@cli.command(help="体检：Python、xlwings、Excel 还是 WPS、宏设置、加载项；每一项写明怎么处理。")
@_JSON
def doctor(as_json: bool) -> None:
    """``zuxun doctor``."""
    from zuxun_xl import console
    from zuxun_xl.build.addin.health import examine
    from zuxun_xl.build.addin.machine import ThisMachine

    readings = examine(ThisMachine())
    if as_json:
        console.print_json({"checks": [{"name": r.name, "verdict": r.verdict, "seen": r.seen, "cure": r.cure} for r in readings]})
        return
    for reading in readings:
        console.say(f"{reading.verdict}　{reading.name}：{reading.seen}")
        if reading.cure:
            console.say(f"　　　　→ {reading.cure}")


def _folder(to: Path | None) -> Path:
    from zuxun_xl.build.addin.install import start_folder

    return to or start_folder(os.environ.get("APPDATA") if os.name == "nt" else None)
