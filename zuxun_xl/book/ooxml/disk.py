"""Writing a file whole: beside, flushed, checked, renamed over; the previous file stays as a dated backup."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import time
from datetime import datetime
from typing import TYPE_CHECKING

from zuxun_xl.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_TEMPORARY = ".~zuxun-"
_STALE_AFTER = 3600
_TRIES = 5
_PAUSE = 0.2


def write_whole(out: Path, data: bytes, check: Callable[[Path], None]) -> Path:
    """Put a file in place at once or not at all; returns the path really written.

    Args:
        out: where it shall stand.
        data: its bytes.
        check: called with the temporary file before it takes its place.
    """
    if out.is_symlink():
        out = out.resolve()
    sweep(out.parent)
    temporary = out.parent / f"{_TEMPORARY}{secrets.token_hex(6)}{out.suffix}"
    try:
        _write(temporary, data)
        check(temporary)
        return _move(temporary, out, data)
    except OSError as error:
        raise FileError(f"不能写入《{out}》：{error.strerror or error}。", "请检查磁盘空间、文件夹是否存在和有无写入权限。") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove temporary files of ours that a run that was killed left more than an hour ago."""
    for path in folder.glob(f"{_TEMPORARY}*"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _STALE_AFTER:
                path.unlink()


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _move(temporary: Path, out: Path, data: bytes) -> Path:
    """Rename over the target; a target that another program holds is tried again, then left alone for a name beside it."""
    for attempt in range(_TRIES):
        try:
            return _replace(temporary, out, data)
        except PermissionError:
            if attempt < _TRIES - 1:
                time.sleep(_PAUSE)
    return _replace(temporary, out.with_name(f"{out.stem}(结果){out.suffix}"), data)


def _replace(temporary: Path, out: Path, data: bytes) -> Path:
    backup = None
    if out.exists():
        shutil.copymode(out, temporary)
        backup = _back_up(out) if out.read_bytes() != data else None
    try:
        os.replace(temporary, out)  # noqa: PTH105  # the same, but patched by tests under this name
    except OSError:
        if backup is not None:
            backup.unlink(missing_ok=True)
        raise
    _sync_folder(out.parent)
    return out


def _back_up(path: Path) -> Path:
    """Keep the present file beside under a dated name."""
    stem = f"{path.stem}.备份{datetime.now():%Y%m%d-%H%M%S}"
    number = 1
    while (backup := path.with_name(f"{stem}{'' if number == 1 else f'-{number}'}{path.suffix}")).exists():
        number += 1
    try:
        backup.hardlink_to(path)
    except OSError:
        shutil.copy2(path, backup)
    return backup


def _sync_folder(folder: Path) -> None:
    """Make the rename itself last; Windows does so by itself and cannot open folders."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
