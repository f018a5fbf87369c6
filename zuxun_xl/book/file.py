"""A workbook on disk, without Excel: read through calamine, saved by changing only the parts that a ChangeSet touches; new ones."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, cast

from zuxun_xl.book.grid import Grid, Scalar
from zuxun_xl.book.layout import USUAL_WIDTH
from zuxun_xl.book.ooxml.beside import beside
from zuxun_xl.book.ooxml.compose import composed
from zuxun_xl.book.ooxml.contents import Contents
from zuxun_xl.book.ooxml.damage import refusing_damage
from zuxun_xl.book.ooxml.disk import write_whole
from zuxun_xl.book.ooxml.draft import Draft
from zuxun_xl.book.ooxml.edit import edited
from zuxun_xl.book.ooxml.faults import with_errors
from zuxun_xl.book.ooxml.formulas import formula_texts
from zuxun_xl.book.ooxml.gate import check_dtd, check_extent, check_unsigned, open_package
from zuxun_xl.book.ooxml.markup import attribute
from zuxun_xl.book.ooxml.notes import note_obstacle
from zuxun_xl.book.ooxml.package import RE_SAVE, Package
from zuxun_xl.book.ooxml.verify import verify
from zuxun_xl.cells import address
from zuxun_xl.errors import CallError, FileError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from python_calamine import CalamineSheet, CalamineWorkbook

    from zuxun_xl.book.changes import BookSpec, ChangeSet
    from zuxun_xl.book.port import Beside


_PROTECTED = re.compile(rb"<(?:\w+:)?sheetProtection\b[^>]*\bsheet=[\"'](?:1|true)[\"']")


def create(spec: BookSpec, out: Path) -> Path:
    """Write a new workbook; a file that stands there is kept as a dated backup beside it. Returns the path really written."""
    if not out.parent.is_dir():
        raise _no_folder(out)
    return write_whole(out, composed(spec), _check_readable)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, where they are not there yet; raises ``CallError`` where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise CallError(f"“{folder}”是文件，不是文件夹。", "请另给一个文件夹。") from None
    except OSError as error:
        raise CallError(f"不能建文件夹“{folder}”：{error.strerror or error}。", "请检查路径和写入权限。") from None


def _check_readable(path: Path) -> None:
    with refusing_damage(path.name):
        Contents(open_package(path))


def _no_folder(out: Path) -> FileError:
    return FileError(f"文件夹“{out.parent}”不存在。", "请先建好文件夹，或换一个位置。")


class FileBook:
    """A workbook file. Opening reads it once into memory and never touches it; ``save`` writes another or replaces it."""

    def __init__(self, path: Path, package: Package | None = None) -> None:
        self.path = path
        self._package = package or open_package(path)
        with refusing_damage(path.name):
            self._contents = Contents(self._package)
        self._grids: dict[str, Grid] = {}
        self._calamine: CalamineWorkbook | None = None

    @property
    def name(self) -> str:
        """File name without its folder."""
        return self.path.name

    @property
    def package(self) -> Package:
        """The parts of the file."""
        return self._package

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """Names of the worksheets in tab order."""
        return tuple(self._contents.worksheets)

    def grid(self, sheet: str) -> Grid:
        """Values of one sheet from A1 on; raises ``KeyError`` for an unknown name."""
        if self._known(sheet) not in self._grids:
            with refusing_damage(self.name):
                self._grids[sheet] = self._read(sheet)
        return self._grids[sheet]

    def formulas(self, sheet: str) -> Mapping[tuple[int, int], str]:
        """Formula texts without ``=`` by position, shared formulas spelt out; raises ``KeyError`` for an unknown name."""
        with refusing_damage(self.name):
            return formula_texts(self._contents.formulas(self._known(sheet)))

    def uncalculated(self, sheet: str) -> tuple[str, ...]:
        """Addresses of formula cells for which the file holds no value; in the grid they are ``None``."""
        with refusing_damage(self.name):
            missing = [cell for cell in self._contents.formulas(self._known(sheet)) if not cell.calculated]
            part = self._contents.sheet(sheet)
            filled = {(cell.row, cell.column) for formula in missing if formula.fills for cell in part.cells_in(formula.fills)}
        return tuple(address(*position) for position in sorted(filled | {cell.position for cell in missing}))

    def is_protected(self, sheet: str) -> bool:
        """Whether a sheet's locked cells cannot be changed."""
        return _PROTECTED.search(self._package.peek(self._contents.worksheets[self._known(sheet)])) is not None

    def hidden_rows(self, sheet: str) -> frozenset[int]:
        """Rows of a sheet that are hidden, by hand or by a filter."""
        with refusing_damage(self.name):
            return self._contents.sheet(self._known(sheet)).hidden_rows

    def column_width(self, sheet: str, column: int) -> float:
        """Width of a 1-based column in characters; Excel's usual one where the sheet states none."""
        return float(self._contents.sheet(self._known(sheet)).column_attribute(column, b"width") or USUAL_WIDTH)

    def changed(self, changes: ChangeSet) -> FileBook:
        """The workbook as it will be with these changes, in memory; only to be read, since no file holds it."""
        with refusing_damage(self.name):
            parts = edited(self._contents, changes, self.grid).finished()
        return FileBook(self.path, Package(self._package.rewritten(parts), self.name))

    def number_format(self, sheet: str, row: int, column: int) -> str:
        """Number format of a cell as Excel's code; ``General`` where it has none."""
        cell = self._contents.sheet(self._known(sheet)).cell((row, column))
        style = None if cell is None else attribute(cell.tag, b"s")
        with refusing_damage(self.name):
            return "General" if style is None else self._contents.styles.code(int(style))

    def note_obstacle(self, sheet: str) -> str:
        """Why no note can be put on the cells of a sheet without harm, as a Chinese phrase; empty if it can."""
        with refusing_damage(self.name):
            return note_obstacle(self._contents, self._known(sheet))

    def sheet_name(self, sheet: str, name: str) -> str | None:
        """What a name local to a sheet refers to, or ``None``."""
        return self._contents.workbook.local_name(sheet, name)

    def arrays(self, sheet: str) -> tuple[tuple[int, int, int, int], ...]:
        """Areas that one array formula fills each."""
        with refusing_damage(self.name):
            return tuple(cell.area for cell in self._contents.formulas(self._known(sheet)) if cell.kind == "array" and cell.area)

    def beside(self) -> tuple[Beside, ...]:
        """Formulas outside cells."""
        with refusing_damage(self.name):
            return tuple(beside(self._contents))

    def save(self, changes: ChangeSet, out: Path, *, replace: bool = False) -> Path:
        """Write the workbook with these changes; returns the path really written.

        Args:
            changes: what shall change; nothing gives a plain copy.
            out: target; a file that stands there is kept as a dated backup beside it.
            replace: must be given when the target is this very file.
        """
        self._check_target(out, replace=replace)
        with refusing_damage(self.name):
            draft = edited(self._contents, changes, self.grid)
            parts = draft.finished()
        return self._write(out, draft, parts)

    def save_parts(self, parts: dict[str, bytes | None], out: Path) -> Path:
        """Write the workbook with whole parts replaced, added or (``None``) removed: what lies beside the sheets.

        Every other part stays byte for byte; the target is treated as ``save`` treats it. Raises ``FileError`` for a signed workbook.
        """
        self._check_target(out, replace=False)
        if parts:
            check_unsigned(self._package)
        return self._write(out, Draft(self._contents), parts)

    def _write(self, out: Path, draft: Draft, parts: dict[str, bytes | None]) -> Path:
        data = self._package.rewritten(parts) if parts else self._package.data
        self._check_unchanged()
        return write_whole(out, data, lambda path: verify(path, draft, parts))

    def _known(self, sheet: str) -> str:
        if sheet not in self._contents.worksheets:
            raise KeyError(sheet)
        return sheet

    def _read(self, sheet: str) -> Grid:
        part = self._contents.worksheets[sheet]
        xml = self._package.peek(part)
        check_dtd(self._package, part, xml)
        check_extent(self._package, sheet, xml)
        source = self._open(sheet)
        rows = [[None if value == "" else value for value in row] if "" in row else row for row in source.to_python(skip_empty_area=False)]
        merges = tuple((top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in source.merged_cell_ranges or ())
        hidden = next(entry.hidden for entry in self._contents.workbook.sheets if entry.name == sheet)
        return Grid(sheet, with_errors(cast("list[list[Scalar]]", rows), xml, part), merges, hidden)

    def _open(self, sheet: str) -> CalamineSheet:
        import python_calamine

        try:
            if self._calamine is None:
                self._calamine = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(self._package.data))
            return self._calamine.get_sheet_by_name(sheet)
        except python_calamine.CalamineError as error:
            raise FileError(f"《{self.name}》的“{sheet}”读不出来（{error}）。", RE_SAVE) from None

    def _check_target(self, out: Path, *, replace: bool) -> None:
        if out.suffix.lower() != self.path.suffix.lower():
            raise CallError(f"结果文件《{out.name}》的扩展名应与原文件相同。", f"请改用 {self.path.suffix}。")
        if out.exists() and out.samefile(self.path) and not replace:
            raise CallError(f"结果文件就是原文件《{out.name}》。", "请另给一个文件名，或明确要求替换原文件。")
        if not out.parent.is_dir():
            raise _no_folder(out)

    def _check_unchanged(self) -> None:
        if not self.path.exists() or self.path.read_bytes() != self._package.data:
            raise FileError(f"《{self.name}》在打开之后被改动过，没有保存。", "请重新运行，以便按最新内容处理。")
