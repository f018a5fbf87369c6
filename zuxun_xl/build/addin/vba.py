"""The VBA project inside an add-in: modules read and replaced. Everything that knows pyOpenVBA is here."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from pyopenvba import ExcelFile, check_file

from zuxun_xl.errors import FileError


def read_modules(package: bytes) -> dict[str, str]:
    """Name → source of every module, attribute lines included.

    Raises:
        FileError: the project is damaged, or a module that it declares cannot be read.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = _written(Path(folder), package)
        try:
            with ExcelFile(path) as book:
                modules = {name: source.replace("\r\n", "\n") for name, source in book.vba_modules().items()}
                faults = book.validate()
        except Exception as error:
            raise FileError("加载项里的 VBA 读不出来。", "请运行 zuxun addin build 重新生成。") from error
    if faults or not modules:
        raise FileError("加载项里的 VBA 前后不一致。", "请运行 zuxun addin build 重新生成。")
    return modules


def faults_of(package: bytes) -> list[str]:
    """What the library's own integrity check says of a package, in English."""
    with tempfile.TemporaryDirectory() as folder:
        return [issue.message for issue in check_file(_written(Path(folder), package)).issues]


def with_modules(package: bytes, bodies: Mapping[str, str], dropped: tuple[str, ...]) -> bytes:
    """The package with modules replaced or added (documents keep their attribute lines), and others dropped."""
    with tempfile.TemporaryDirectory() as folder:
        path = _written(Path(folder), package)
        with ExcelFile(path) as book:
            for name in dropped:
                book.vba_project().delete_module(name)
            known = set(book.module_names())
            for name, body in bodies.items():
                source = body.replace("\n", "\r\n")
                if name in known:
                    book.set_module(name, source)
                else:
                    book.vba_project().add_module(name, source)
            book.save(path)
        return path.read_bytes()


def _written(folder: Path, package: bytes) -> Path:
    path = folder / "book.xlam"
    path.write_bytes(package)
    return path
