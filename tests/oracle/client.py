"""A second opinion on every formula: LibreOffice, kept running in a process of its own.

>>> with Oracle() as oracle:                                   # doctest: +SKIP
...     oracle.values("台账.xlsx")["附表一"]["I4"]
"""

from __future__ import annotations

import contextlib
import json
import re
import selectors
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    import os
    from types import TracebackType
    from typing import Self

    Value = float | str | bool

SYSTEM_PYTHON = "/usr/bin/python3"
WORKER = Path(__file__).with_name("worker.py")
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}  # another Python in PATH breaks LibreOffice's own
ALIASES = ("微软雅黑", "Microsoft YaHei", "宋体", "SimSun", "等线", "DengXian", "黑体", "SimHei")
FONT = "Noto Sans CJK SC"
BARE_NAMES = (24, 8)  # the first version that surely finds an add-in's functions by their bare names in an .xlsx file
_FORMULA = re.compile(rb"<f\b[^>]*>[^<]*</f>")
_BARE = re.compile(rb"(?<![\w.])(?=ZX_\w+\()")
_PREFIX = b"ORG.ZUXUN.CALC.FUNCTIONS."


class OracleError(Exception):
    """LibreOffice could not be started, or could not do what was asked."""


def missing() -> str | None:
    """Say what keeps the oracle from working on this machine, or None."""
    if _program() is None:
        return "LibreOffice (soffice) is not installed"
    if not Path(SYSTEM_PYTHON).exists():
        return f"{SYSTEM_PYTHON} does not exist"
    probe = subprocess.run([SYSTEM_PYTHON, "-I", "-c", "import uno"], env=ENVIRONMENT, capture_output=True, check=False)
    return f"{SYSTEM_PYTHON} has no module uno (python3-uno)" if probe.returncode else None


class Oracle:
    """One LibreOffice, started at the first question and again after it died; on request with an extension (.oxt)."""

    def __init__(self, timeout: float = 120, extension: str | os.PathLike[str] | None = None) -> None:
        self._timeout = timeout
        self._extension = extension
        self._version = (0, 0)
        self._worker: subprocess.Popen[bytes] | None = None
        self._home: tempfile.TemporaryDirectory[str] | None = None

    def values(self, path: str | os.PathLike[str], *, recalculate: bool = True, bare: bool = False) -> dict[str, dict[str, Value]]:
        """Values by sheet and address, recalculated from scratch unless told otherwise.

        Numbers and dates are floats (dates as serial numbers), errors are text such as ``#N/A``; a blank cell is absent.
        Without recalculation the values are those stored in the file. ``bare`` is fast for very many cells: errors are left out and
        truth values are numbers.
        """
        request = {"do": "values", "path": str(Path(path).resolve()), "recalculate": recalculate, "bare": bare}
        result: dict[str, dict[str, Value]] = self._ask(request)
        return result

    def pdf(self, path: str | os.PathLike[str], out: str | os.PathLike[str]) -> Path:
        """Print the whole workbook as it would be printed, into the PDF file ``out``."""
        target = Path(out).resolve()
        self._ask({"do": "pdf", "path": str(Path(path).resolve()), "recalculate": False, "out": str(target)})
        return target

    def save(
        self, path: str | os.PathLike[str], out: str | os.PathLike[str], cells: dict[str, dict[str, float | str]] | None = None
    ) -> Path:
        """Save as a workbook of its own making, after typing contents into cells (sheet → address → content)."""
        target = Path(out).resolve()
        self._ask({"do": "xlsx", "path": str(Path(path).resolve()), "recalculate": True, "out": str(target), "cells": cells or {}})
        return target

    def png(self, path: str | os.PathLike[str], folder: str | os.PathLike[str], dpi: int = 70) -> list[Path]:
        """Pictures of the printed pages, in order (needs poppler-utils)."""
        target = Path(folder)
        with tempfile.TemporaryDirectory() as scratch:
            pdf = self.pdf(path, Path(scratch) / "book.pdf")
            subprocess.run(["/usr/bin/pdftoppm", "-png", "-r", str(dpi), pdf, target / "page"], check=True)
        return sorted(target.glob("page-*.png"))

    def close(self) -> None:
        """End LibreOffice and remove its profile."""
        if self._worker is not None:
            for stream in (self._worker.stdin, self._worker.stdout):
                if stream is not None:
                    with contextlib.suppress(BrokenPipeError):  # a request that a dead worker never read
                        stream.close()
            try:
                self._worker.wait(timeout=15)  # the closed stdin tells it to go
            except subprocess.TimeoutExpired:
                self._worker.kill()
                self._worker.wait()
            self._worker = None
        if self._home is not None:
            self._home.cleanup()
            self._home = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _ask(self, request: dict[str, Any]) -> Any:
        if not Path(request["path"]).exists():  # LibreOffice would only say that it cannot open it
            raise FileNotFoundError(request["path"])
        worker = self._worker or self._start()
        assert worker.stdin is not None
        if self._extension is not None and self._version < BARE_NAMES:
            request = {**request, "path": str(self._with_long_names(Path(request["path"])))}
        try:
            worker.stdin.write(json.dumps(request).encode() + b"\n")
            worker.stdin.flush()
        except BrokenPipeError:
            self.close()
            message = "LibreOffice's worker has died"
            raise OracleError(message) from None
        answer = self._receive()
        if "error" in answer:
            raise OracleError(answer["error"])
        return answer["result"]

    def _start(self) -> subprocess.Popen[bytes]:
        program = _program()
        if program is None:
            message = "LibreOffice is not installed"
            raise OracleError(message)
        self._home = tempfile.TemporaryDirectory(prefix="zuxun-oracle-")
        home = Path(self._home.name)
        (home / "fonts.conf").write_text(_fonts(), encoding="utf-8")
        extensions = []
        if self._extension is not None:
            with zipfile.ZipFile(self._extension) as package:
                package.extractall(home / "extensions" / "zx")
            description = home / "extensions" / "zx" / "description.xml"  # the version it demands would keep an old LibreOffice from it
            description.write_bytes(re.sub(rb"<dependencies>.*</dependencies>\n", b"", description.read_bytes()))
            extensions = [str(home / "extensions")]
        self._worker = subprocess.Popen(
            [SYSTEM_PYTHON, "-I", str(WORKER), program, str(home / "profile"), *extensions],
            env={**ENVIRONMENT, "HOME": str(home), "FONTCONFIG_FILE": str(home / "fonts.conf")},
            cwd=home,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        major, minor, *_ = self._receive()["version"].split(".")
        self._version = (int(major), int(minor))
        return self._worker

    def _with_long_names(self, path: Path) -> Path:
        """A copy in which formulas name the extension's functions in full, as old versions want it."""
        assert self._home is not None
        copy = Path(self._home.name) / path.name
        with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
            for part in source.infolist():
                content = source.read(part)
                if part.filename.startswith("xl/worksheets/"):
                    content = _FORMULA.sub(lambda formula: _BARE.sub(_PREFIX, formula[0]), content)
                target.writestr(part, content)
        return copy

    def _receive(self) -> dict[str, Any]:
        """One line from the worker; a silent or dead worker is ended and reported."""
        assert self._worker is not None
        assert self._worker.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self._worker.stdout, selectors.EVENT_READ)
            line = self._worker.stdout.readline() if selector.select(self._timeout) else b""
        if not line:
            self._worker.kill()
            self.close()
            message = f"LibreOffice gave no answer within {self._timeout:g} s, or died"
            raise OracleError(message)
        answer: dict[str, Any] = json.loads(line)
        return answer


def _program() -> str | None:
    """Path of soffice.bin itself: the soffice script starts a second process that would outlive us."""
    script = shutil.which("soffice", path=ENVIRONMENT["PATH"])
    program = Path(script).resolve().with_name("soffice.bin") if script else None
    return str(program) if program is not None and program.exists() else None


def _fonts() -> str:
    aliases = "".join(
        f"<alias binding='same'><family>{escape(name)}</family><prefer><family>{FONT}</family></prefer></alias>" for name in ALIASES
    )
    return (
        "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'>"
        f"<fontconfig><include ignore_missing='yes'>/etc/fonts/fonts.conf</include>{aliases}</fontconfig>"
    )
