"""The parts of the extension and the file made of them: declarations, the component, the modules it imports, their data."""

from __future__ import annotations

import ast
import json
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import files as installed
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from zuxun_xl.build.oxt.texts import COMPONENT, LICENCE, declarations
from zuxun_xl.workdays import national_data

_ROOT = "zuxun_xl"
_START = "zuxun_xl.build.oxt.component"
_PYTHONPATH = "pythonpath/"
_YEARS = range(2015, 2036)
_STAMP = (2020, 1, 1, 0, 0, 0)


def write(target: Path) -> None:
    """Writes the extension; the same sources give the same parts in the same order."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in sorted(parts().items()):
            package.writestr(zipfile.ZipInfo(name, _STAMP), content, zipfile.ZIP_DEFLATED)


def parts() -> dict[str, bytes]:
    """Name of each part → its content."""
    data = {
        "zuxun_xl/diagnosis/lookup.json": tomllib.loads(_file("zuxun_xl/diagnosis/lookup.toml").read_text(encoding="utf-8")),
        "zuxun_xl/workdays.json": national_data(_YEARS),
    }
    return {
        **{name: text.encode() for name, text in declarations().items()},
        LICENCE: _licence(),
        COMPONENT: _source(_START).read_bytes(),
        **{_PYTHONPATH + _path(module): _source(module).read_bytes() for module in modules()},
        **{_PYTHONPATH + name: json.dumps(value, ensure_ascii=False, sort_keys=True).encode() for name, value in data.items()},
    }


def modules() -> list[str]:
    """Our own modules that the component needs, with the packages they stand in; found by following imports."""
    found: set[str] = set()
    waiting = set(_imported(_START))
    while waiting:
        module = waiting.pop()
        found.add(module)
        parents = {module.rsplit(".", depth)[0] for depth in range(1, module.count(".") + 1)}
        waiting |= {*_imported(module), *parents} - found
    return sorted(found)


def _imported(module: str) -> Iterator[str]:
    """Our modules that a module imports when it runs, inside functions too."""
    tree = ast.parse(_source(module).read_text(encoding="utf-8"))
    for node in _running(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == _ROOT:
            yield str(node.module)
            yield from (f"{node.module}.{name.name}" for name in node.names if _is_module(f"{node.module}.{name.name}"))


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those that only a type checker looks at."""
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING"):
            yield child
            yield from _running(child)


def _file(path: str) -> Traversable:
    return files(_ROOT).joinpath(path.removeprefix(f"{_ROOT}/"))


def _is_module(module: str) -> bool:
    return _source(module).is_file()


def _source(module: str) -> Traversable:
    return _file(_path(module))


def _path(module: str) -> str:
    plain = module.replace(".", "/")
    return f"{plain}/__init__.py" if _file(f"{plain}/__init__.py").is_file() else f"{plain}.py"


def _licence() -> bytes:
    return next(path for path in installed("zuxun-xl") or () if path.name == LICENCE).read_binary()
