"""The command ``zuxun``: parse, call a task, show, apply. One module a group of verbs; every error ends here.

Exit codes: 0 done, 1 findings of level 错 in ``check``, 2 wrong call, 3 unreadable file.
"""

from __future__ import annotations

import gc
import os
import re
import sys

import click

from zuxun_xl.cli import addin, adopting, checking, collecting, freezing, ledger, lite, making, people, plan
from zuxun_xl.cli.root import cli
from zuxun_xl.errors import CallError, ZuxunError, place_of_fault

__all__ = ["addin", "adopting", "checking", "cli", "collecting", "freezing", "ledger", "lite", "main", "making", "people", "plan"]

_BROKEN_PIPE = 141


def main() -> None:
    """Entry point: every error becomes one Chinese sentence and an exit code; no traceback reaches a user."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    gc.disable()  # one short job a process: collecting costs a tenth of it and frees nothing
    sys.exit(_guarded(sys.argv[1:]))


def _guarded(arguments: list[str]) -> int:
    try:
        return int(cli.main(arguments, prog_name="zuxun", standalone_mode=False) or 0)
    except ZuxunError as error:
        return _fail(f"[{error.code}] {error}", error.exit_code)
    except click.UsageError as error:
        return _fail(f"[{CallError.code}] 命令写法不对：{_usage(error)}。用 zuxun --help 或 zuxun 命令 --help 查看写法。", 2)
    except (click.Abort, KeyboardInterrupt):
        return _fail("已中止，没有写入任何文件。", 2)
    except BrokenPipeError:
        return _BROKEN_PIPE
    except Exception as error:
        if os.environ.get("ZUXUN_DEBUG"):
            raise
        return _fail(f"[E999] 程序内部出错（{place_of_fault(error)}），没有改动原文件。请把这行文字和所用的命令告诉维护者。", 3)


def _fail(message: str, code: int) -> int:
    sys.stderr.write(message + "\n")
    return code


def _usage(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}"
        case click.MissingParameter():
            name = _name(error)
            return f"缺少 {name}" if name.startswith("-") else f"缺少{name}"
        case click.BadParameter():
            return f"{_name(error)} 的值不对（{_in_chinese(error.message)}）"
    return _in_chinese(error.message)


def _name(error: click.BadParameter) -> str:
    """An option as it is typed, an argument as the help calls it."""
    if error.param is None:
        return "参数"
    option = isinstance(error.param, click.Option)
    return error.param.opts[-1] if option or error.ctx is None else error.param.make_metavar(error.ctx)


_CHINESE = (
    (r"No such command (.+?)\.?", r"没有命令 \1"), (r"Got unexpected extra arguments? \((.+)\)", r"多了参数 \1"),
    (r"(.+) is not in the range (.+?)\.?", r"\1 不在 \2 之内"), (r"(.+) is not a valid integer\.?", r"\1 不是整数"),
    (r"(.+) is not one of (.+?)\.?", r"没有 \1，可选 \2"), (r"Option '(.+)' requires an argument\.?", r"\1 后面要有值"),
)


def _in_chinese(message: str) -> str:
    """What the command line's library says of a wrong call, in Chinese."""
    for pattern, chinese in _CHINESE:
        if match := re.fullmatch(pattern, message):
            return match.expand(chinese)
    return message
