"""LibreOffice behind a pipe: loads workbooks, recalculates, returns every value as JSON.

Run by the system's own Python, the only one that has ``uno``. Reads one JSON request a line from stdin and writes one
JSON answer a line to stdout, until stdin ends. Knows nothing of the project, so that it stays an independent witness.
"""

import contextlib
import ctypes
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.sheet.FormulaResult import ERROR

START_SECONDS = 60
RESTART = 81  # exit code of soffice.bin when it has laid out a new profile and wants to be started again
PR_SET_PDEATHSIG = 1
LOGICAL = 1024  # com.sun.star.util.NumberFormat.LOGICAL
CELL_CONTENT = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags VALUE, DATETIME, STRING, FORMULA
ERRORS = {503: "#NUM!", 521: "#NULL!", 524: "#REF!", 525: "#NAME?", 532: "#DIV/0!", 32767: "#N/A"}
FILTERS = {"pdf": "calc_pdf_Export", "xlsx": "Calc MS Excel 2007 XML"}
VALUE_ERRORS = {502, 504, 507, 508, 509, 516, 517, 518, 519, 526}


def main() -> None:
    """Start LibreOffice, then answer requests until stdin ends."""
    _die_with_parent()
    program, profile, *extensions = sys.argv[1:]
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints must not look like an answer
    office = _Office(program, profile, *extensions)
    with office as desktop:
        _send(answers, {"version": office.version})
        for line in sys.stdin:
            try:
                _send(answers, {"result": _answer(desktop, json.loads(line))})
            except Exception as error:  # noqa: BLE001 - every failure is an answer, the worker lives on
                _send(answers, {"error": f"{type(error).__name__}: {error}"})


def _send(stream: Any, answer: dict[str, Any]) -> None:
    stream.write(json.dumps(answer) + "\n")
    stream.flush()


def _die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent dies, so that no office is left behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class _Office:
    """One soffice.bin with a profile of its own, reached through a named pipe."""

    def __init__(self, program: str, profile: str, extensions: str = "") -> None:
        self._pipe = f"zuxun-{os.getpid()}"
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the office
        self._command = [
            program,
            f"-env:UserInstallation={pathlib.Path(profile).as_uri()}",
            *([f"-env:BUNDLED_EXTENSIONS={pathlib.Path(extensions).as_uri()}"] if extensions else []),
            f"--accept=pipe,name={self._pipe};urp;StarOffice.ComponentContext",
            *("--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"),
        ]
        self._process = self._start()
        self._desktop: Any = None
        self.version = ""

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - no threads here
        )

    def __enter__(self) -> Any:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() == RESTART:
                self._process = self._start()
            elif self._process.returncode is not None:
                break
            with contextlib.suppress(NoConnectException):
                context = resolver.resolve(f"uno:pipe,name={self._pipe};urp;StarOffice.ComponentContext")
                self._desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
                self.version = _version(context)
                return self._desktop
            time.sleep(0.05)
        self._process.kill()
        self._log.seek(0)
        message = f"LibreOffice did not start: {self._log.read().decode(errors='replace')[-2000:]}"
        raise RuntimeError(message)

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(Exception):  # it may hang up while it says yes
            self._desktop.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()


def _version(context: Any) -> str:
    """The version as the user knows it: ``7.4``, ``25.2``."""
    settings = context.ServiceManager.createInstanceWithContext("com.sun.star.configuration.ConfigurationProvider", context)
    where = PropertyValue("nodepath", 0, "/org.openoffice.Setup/Product", 0)
    product = settings.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", (where,))
    return str(product.getPropertyValue("ooSetupVersion"))


def _answer(desktop: Any, request: dict[str, Any]) -> Any:
    properties = {"Hidden": True, "ReadOnly": True, "MacroExecutionMode": 0, "UpdateDocMode": 0}
    document = desktop.loadComponentFromURL(pathlib.Path(request["path"]).as_uri(), "_blank", 0, _properties(properties))
    if document is None:
        message = "LibreOffice cannot open this file"
        raise ValueError(message)
    try:
        if request.get("recalculate", True):
            document.calculateAll()
        if request["do"] == "values":
            if request.get("bare"):
                return {sheet.Name: _bare_values(sheet) for sheet in document.Sheets}
            logical = _logical_formats(document)
            return {sheet.Name: _sheet_values(sheet, logical) for sheet in document.Sheets}
        for name, cells in request.get("cells", {}).items():
            _type_in(document.Sheets.getByName(name), cells)
        document.storeToURL(pathlib.Path(request["out"]).as_uri(), _properties({"FilterName": FILTERS[request["do"]]}))
        return None
    finally:
        document.close(True)  # UNO knows no keywords


def _type_in(sheet: Any, cells: dict[str, Any]) -> None:
    """Contents as a person types them: numbers as numbers, everything else as text."""
    for place, content in cells.items():
        cell = sheet.getCellRangeByName(place)
        if isinstance(content, str):
            cell.setString(content)
        else:
            cell.setValue(content)


def _properties(values: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


def _used(sheet: Any) -> Any:
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    return sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)


def _bare_values(sheet: Any) -> "dict[str, Any]":
    """Numbers and texts in one question: no errors, and truth values as numbers."""
    rows = _used(sheet).DataArray
    names = [_letters(column) for column in range(len(rows[0]))]
    return {
        names[column] + str(row): value
        for row, values in enumerate(rows, start=1) for column, value in enumerate(values) if value not in ("", None)
    }


def _sheet_values(sheet: Any, logical: set[int]) -> dict[str, Any]:
    """Values of the cells that are not blank, by address; dates are serial numbers."""
    area = _used(sheet)
    names = [_letters(column) for column in range(area.RangeAddress.EndColumn + 1)]
    truths = _logical_constants(sheet, logical)
    cells: dict[str, Any] = {}
    for row, (values, formulas) in enumerate(zip(area.DataArray, area.FormulaArray, strict=True)):
        for column, (value, formula) in enumerate(zip(values, formulas, strict=True)):
            if formula == "" and value == "":
                continue
            cell = names[column] + str(row + 1)
            if value in (0.0, 1.0) and (
                cell in truths or (_is_formula(formula) and sheet.getCellByPosition(column, row).NumberFormat in logical)
            ):
                cells[cell] = bool(value)
            else:
                cells[cell] = value
    cells.update(_errors(sheet))
    return cells


def _is_formula(text: str) -> bool:
    return text.startswith(("=", "{="))


def _errors(sheet: Any) -> dict[str, str]:
    found = {}
    for area in sheet.queryFormulaCells(ERROR).RangeAddresses:
        for row in range(area.StartRow, area.EndRow + 1):
            for column in range(area.StartColumn, area.EndColumn + 1):
                code = sheet.getCellByPosition(column, row).getError()
                found[_letters(column) + str(row + 1)] = "#VALUE!" if code in VALUE_ERRORS else ERRORS.get(code, f"Err:{code}")
    return found


def _logical_formats(document: Any) -> set[int]:
    formats = document.NumberFormats
    return set(formats.queryKeys(LOGICAL, uno.createUnoStruct("com.sun.star.lang.Locale"), False))


def _logical_constants(sheet: Any, logical: set[int]) -> set[str]:
    """Addresses of the cells that are formatted as TRUE/FALSE: a typed truth value is a number in that format."""
    found: set[str] = set()
    for group in sheet.UniqueCellFormatRanges:
        if group.getByIndex(0).NumberFormat in logical:
            for area in group.queryContentCells(CELL_CONTENT).RangeAddresses:
                for row in range(area.StartRow, area.EndRow + 1):
                    found.update(_letters(column) + str(row + 1) for column in range(area.StartColumn, area.EndColumn + 1))
    return found


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


if __name__ == "__main__":
    main()
