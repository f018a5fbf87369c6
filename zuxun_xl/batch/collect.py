"""Collecting a folder of returned templates: every file read for itself, one board, one merged plan, repaired copies beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from zuxun_xl.batch.board import Board, Submission, assess
from zuxun_xl.batch.distribute import stem_for
from zuxun_xl.batch.returned import Returned, read_returned
from zuxun_xl.batch.summary import summary_book
from zuxun_xl.book.file import create, make_folder
from zuxun_xl.build.templates.supervisor import supervisor_book
from zuxun_xl.errors import CallError, FileError
from zuxun_xl.forms import returns as rules

_REPAIRED = "_修复"
_BOOKS = frozenset({".xlsx", ".xlsm"})
_OTHERS = frozenset({".xls", ".et", ".csv", ".ods", ".xlsb", ".numbers", ".zip", ".rar", ".pdf", ".doc", ".docx", ".htm", ".html"})
"""Kinds of files that a person may send instead; other files in the folder are none of our business."""


def files_in(folder: Path, out: Path | None = None) -> list[Path]:
    """The files of a folder and its subfolders that may be returned templates, in order of their names; not the result itself.

    Raises:
        FileError: the folder is not there.
        CallError: there is no such file in it.
    """
    if not folder.is_dir():
        raise FileError(f"文件夹“{folder}”不存在。", "请检查路径。")
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and _is_returned(path.relative_to(folder)))
    found = [path for path in files if out is None or path.resolve() != out.resolve()]
    if not found:
        raise CallError(f"文件夹“{folder}”里没有主管交来的表。", "请把收到的 .xlsx 文件放进这个文件夹。")
    return found


def _is_returned(path: Path) -> bool:
    """Whether it may be a person's file: none that another program has open, no backup, no copy that was repaired earlier."""
    known = path.suffix.lower() in _BOOKS | _OTHERS and not path.name.startswith(("~$", "."))
    return known and ".备份" not in path.name and not any(part.endswith(_REPAIRED) for part in path.parts[:-1])


def read_all(paths: Sequence[Path], told: Callable[[Path], None] | None = None) -> list[Returned]:
    """Reads each file; one that breaks the reader is named and stops no other."""
    returns = []
    for path in paths:
        if told:
            told(path)
        try:
            returned = read_returned(path)
            returns += [] if returned is None else [returned]
        except Exception as error:  # noqa: BLE001  # whatever a stranger's file holds, the other files still count
            reason = f"读取时出错（{type(error).__name__}）。"
            returns.append(Returned(path, findings=(rules.UNREADABLE.at("", reason=reason, remedy="请用 Excel 另存一次再交。"),)))
    return returns


def collect(
    folder: Path, out: Path, year: int | None = None, issue: str | None = None, told: Callable[[Path], None] | None = None
) -> tuple[Board, Path, list[Path]]:
    """Collects a folder into one workbook; returns the board, where the workbook lies, and the repaired copies.

    Args:
        folder: where the returned files lie.
        out: the workbook to write.
        year, issue: what is collected, see ``assess``.
        told: called with each file before it is read.
    """
    if out.exists() and (there := read_returned(out)) is not None and there.plan is not None:
        raise CallError(f"结果文件《{out.name}》是主管交来的表。", "请用 -o 另给一个文件名。")
    board = assess(read_all(files_in(folder, out), told), year, issue)
    path = create(summary_book(board), out)
    return board, path, _repaired(board, repairs_folder(out))


def repairs_folder(out: Path) -> Path:
    """Where repaired copies go: beside the result."""
    return out.with_name(f"{out.stem}{_REPAIRED}")


def _repaired(board: Board, folder: Path) -> list[Path]:
    """Copies laid out anew of files that could be read but were damaged; the returned files stay as they are."""
    taken: set[str] = set()
    written = []
    for each in board.submissions:
        if _needs_repair(each) and each.returned.plan is not None and each.returned.meta is not None:
            make_folder(folder)
            spec = supervisor_book(each.returned.plan, each.returned.meta)
            written.append(create(spec, folder / f"{stem_for(each.returned.path.stem, taken)}.xlsx"))
    return written


def _needs_repair(each: Submission) -> bool:
    return each.returned.sound and any(finding.code in rules.REPAIRED for finding in each.findings)
