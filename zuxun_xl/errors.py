"""The errors a user may see: one Chinese sentence, what to do next, and the exit code of the command.

Exceptions are for broken files and wrong calls only; what is merely wrong *in* a workbook is a finding.
"""

from __future__ import annotations

from pathlib import Path


class ZuxunError(Exception):
    """Base of all errors shown to users; ``code`` is stable, for scripts and for asking for help.

    Args:
        message: one Chinese sentence that says what is wrong and where.
        remedy: one Chinese sentence that says what to do next.
    """

    code = "E300"
    exit_code = 3

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}{self.remedy}"


class CallError(ZuxunError):
    """The command was called wrongly: an unknown period, a missing option (exit code 2)."""

    code = "E200"
    exit_code = 2


class FileError(ZuxunError):
    """The workbook cannot be read or written: damaged, encrypted, another format, locked (exit code 3)."""

    code = "E310"


class MissingTableError(FileError):
    """The workbook is readable but lacks a table or column without which nothing can be computed (exit code 3)."""

    code = "E320"


class ExcelError(FileError):
    """Excel refuses what was asked of the open workbook: busy, closed, protected (exit code 3)."""

    code = "E330"


class FormulaError(ZuxunError):
    """A formula text of the catalogue is not in the allowed language (a programming error, exit code 3)."""

    code = "E390"


def place_of_fault(error: BaseException) -> str:
    """Kind and place of an unexpected error, without anything from the user's data."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace is not None else "?"
    return f"{type(error).__name__}，{place}"
