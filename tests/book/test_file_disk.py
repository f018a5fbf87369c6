"""Saving whole or not at all: backups, full disks, files held by others, sources that changed."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.book.ooxml_books import changes, with_rows
from zuxun_xl.book.changes import ChangeSet
from zuxun_xl.book.file import FileBook
from zuxun_xl.book.ooxml import disk
from zuxun_xl.errors import FileError

ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.fixture
def path(tmp_path):
    return with_rows(tmp_path / "台账.xlsx", ROW)


def names(folder):
    return sorted(entry.name for entry in folder.iterdir())


def it_keeps_the_previous_file_as_a_dated_backup(path):
    before = path.read_bytes()
    assert FileBook(path).save(changes(A1=2), path, replace=True) == path
    kept, backup = names(path.parent)
    assert re.fullmatch(r"台账\.备份\d{8}-\d{6}\.xlsx", backup)
    assert (path.parent / backup).read_bytes() == before
    assert FileBook(path.parent / kept).grid("表").rows == [[2.0]]


def it_never_overwrites_a_backup(path):
    for number in range(4):
        FileBook(path).save(changes(A1=number + 5), path, replace=True)
    values = {FileBook(entry).grid("表").rows[0][0] for entry in path.parent.iterdir()}
    assert values == {1.0, 5.0, 6.0, 7.0, 8.0}


def it_leaves_no_backup_when_the_result_is_the_same(path):
    out = path.with_name("out.xlsx")
    for _ in range(3):
        FileBook(path).save(changes(A1=2), out)
    assert names(path.parent) == ["out.xlsx", "台账.xlsx"]


def it_never_changes_the_source_by_opening_or_saving_elsewhere(path):
    before, stamp = path.read_bytes(), path.stat().st_mtime_ns
    FileBook(path).save(changes(A1=2), path.with_name("out.xlsx"))
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, stamp)


def it_opens_and_reads_files_that_are_write_protected(path):
    path.chmod(0o400)
    assert FileBook(path).grid("表").rows == [[1.0]]


def it_refuses_when_the_source_changed_meanwhile(path):
    book = FileBook(path)
    with_rows(path, ROW.replace("<v>1", "<v>9"))
    with pytest.raises(FileError, match="被改动过"):
        book.save(changes(A1=2), path.with_name("out.xlsx"))
    assert names(path.parent) == ["台账.xlsx"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def it_leaves_everything_as_it_was_when_the_disk_is_full(path, monkeypatch, step):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    before = path.read_bytes()
    book = FileBook(path)
    monkeypatch.setattr(os, step, full)
    with pytest.raises(FileError, match="不能写入"):
        book.save(changes(A1=2), path, replace=True)
    assert path.read_bytes() == before
    assert not any(name.startswith(".~") for name in names(path.parent))


def it_writes_beside_when_the_target_is_held_by_another_program(path, monkeypatch):
    real = os.replace

    def held(source, target):
        if target.name == "台账.xlsx":
            raise PermissionError(errno.EACCES, "in use")
        real(source, target)

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr(disk, "_PAUSE", 0)
    out = FileBook(path).save(changes(A1=2), path, replace=True)
    assert out.name == "台账(结果).xlsx"
    assert FileBook(out).grid("表").rows == [[2.0]]
    assert FileBook(path).grid("表").rows == [[1.0]]


def it_sweeps_only_old_temporary_files_of_ours(path):
    old, fresh, foreign = (path.with_name(name) for name in (".~zuxun-old.xlsx", ".~zuxun-new.xlsx", "~$台账.xlsx"))
    for file in (old, fresh, foreign):
        file.write_bytes(b"x")
    for file in (old, foreign):
        os.utime(file, (time.time() - 7200, time.time() - 7200))
    FileBook(path).save(ChangeSet(), path.with_name("out.xlsx"))
    assert (old.exists(), fresh.exists(), foreign.exists()) == (False, True, True)


@pytest.mark.parametrize("call", range(1, 8))
def it_leaves_the_old_or_the_new_workbook_whole_when_killed(path, call):
    """The process kills itself at its n-th call of a file operation during the save."""
    program = f"""
import os, pathlib, signal
from zuxun_xl.book.changes import Change, ChangeSet
from zuxun_xl.book.file import FileBook
book = FileBook(pathlib.Path({str(path)!r}))
count = 0
def watch(module, name):
    real = getattr(module, name)
    def call(*args, **options):
        global count
        count += 1
        if count == {call}:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **options)
    setattr(module, name, call)
for module, name in [(os, "fsync"), (os, "replace"), (pathlib.Path, "open"), (pathlib.Path, "hardlink_to"), (pathlib.Path, "unlink")]:
    watch(module, name)
book.save(ChangeSet((Change("表", "A1", 1, 2, ""),)), book.path, replace=True)
"""
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, cwd=Path(__file__).parents[2])
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr
    assert FileBook(path).grid("表").rows in ([[1.0]], [[2.0]])
    for entry in path.parent.glob("台账.备份*"):
        assert FileBook(entry).grid("表").rows == [[1.0]]


def it_replaces_the_file_behind_a_link_not_the_link(path):
    link = path.with_name("链.xlsx")
    link.symlink_to(path)
    FileBook(link).save(changes(A1=2), link, replace=True)
    assert link.is_symlink()
    assert FileBook(path).grid("表").rows == [[2.0]]
