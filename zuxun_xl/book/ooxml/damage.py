"""Damage that shows only while a part is read ends in a FileError, never in a traceback."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from zuxun_xl.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def refusing_damage(name: str) -> Iterator[None]:
    """Turn what malformed text or numbers raise into a refusal, and so calamine's panics, which are no ``Exception``."""
    try:
        yield
    except (ValueError, OverflowError, RecursionError) as error:
        raise _refusal(name) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _refusal(name) from error


def _refusal(name: str) -> FileError:
    return FileError(f"《{name}》的内容有损坏，读不下去。", "请从备份恢复，或用 Excel 的“打开并修复”后另存再试。")
