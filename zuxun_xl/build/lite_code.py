"""The code that xlwings Lite finds in a workbook: the entries of ``udfs/lite.py``, then the modules behind them, packed.

Lite runs ``main.py`` under Pyodide and installs packages from the index only, where zuxun_xl is not. So ``main.py`` carries the few modules
that the worksheet functions need as a zip archive in base64, lays it into Pyodide's own file system and imports from it.
"""

from __future__ import annotations

import ast
import base64
import hashlib
import io
import re
import textwrap
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import zuxun_xl
from zuxun_xl.functions.catalogue import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zuxun_xl.functions.function import Function, Parameter

ROOTS = ("zuxun_xl.functions.tables",)
"""Modules that the entries import; what these import goes along."""

REQUIREMENTS = ("xlwings<1.0.0  # required", "python-dotenv  # required", "pyodide-http  # required", "black  # required", "holidays  # ZX_WORKDAYS")
"""Lines of requirements.txt: those marked are what Lite itself puts into workbooks."""

START, END = "# ---- functions of the catalogue: written by python -m zuxun_xl.build ----", "# ---- end of the functions ----"
_SEAL = re.compile(r"# zuxun_xl (\S+) lite ([0-9a-f]{16})\n")
_PACKAGE = Path(zuxun_xl.__file__).parent
_TAIL = '''

# ---- zuxun_xl {version}（MIT）：上面各函数用到的模块，压缩包。请勿改动；换新版请用 zuxun lite。 ----
def _unpack(code: str) -> None:
    """Lay the archive into the file system and let Python import from it."""
    import base64
    import sys
    import tempfile
    from pathlib import Path

    archive = Path(tempfile.gettempdir()) / "zuxun_xl-{version}-{digest}.zip"
    archive.write_bytes(base64.b64decode(code))
    if str(archive) not in sys.path:
        sys.path.insert(0, str(archive))


_unpack(
    """
{code}
"""
)
'''


def main_py() -> str:
    """The text of ``main.py``; its first line is a seal by which it is known again, and known to be unaltered."""
    archive = packed(modules(ROOTS))
    code = "\n".join(textwrap.wrap(base64.b64encode(archive).decode(), 120))
    tail = _TAIL.format(version=zuxun_xl.__version__, digest=_digest(archive), code=code)
    body = entries_module().rstrip("\n") + "\n" + tail
    return f"# zuxun_xl {zuxun_xl.__version__} lite {_digest(body.encode())}\n{body}"


def entries_module() -> str:
    """The text of ``udfs/lite.py``."""
    return files("zuxun_xl.udfs").joinpath("lite.py").read_text(encoding="utf-8")


def version_of(code: str) -> str | None:
    """The version that wrote a ``main.py`` of ours; ``None`` for any other code."""
    found = _SEAL.match(code)
    return found[1] if found else None


def is_unaltered(code: str) -> bool:
    """Whether a ``main.py`` of ours is still as it was written."""
    found = _SEAL.match(code)
    return found is not None and found[2] == _digest(code[found.end() :].encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def write(path: Path) -> None:
    """Bring the entries in ``udfs/lite.py`` up to date."""
    path.write_text(written(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def written(module: str) -> str:
    """The text of ``udfs/lite.py`` with the entries of all functions put in anew between the two marks."""
    head, _, rest = module.partition(START)
    _, _, tail = rest.partition(END)
    return f"{head}{START}\n\n\n{''.join(map(_entry, FUNCTIONS.values()))}{END}{tail}"


def _entry(function: Function) -> str:
    names = [parameter.name for parameter in function.parameters]
    signature = ", ".join(f"{each.name}: Cells{' = EMPTY' if each.optional else ''}" for each in function.parameters)
    arguments = "".join(map(_argument, function.parameters))
    help_text = function.help if function.help.startswith(function.title) else f"{function.title}：{function.help}"
    return (
        f"@func\n{arguments}def {function.name}({signature}) -> Any:\n"
        f'    """{help_text}"""\n    return _value({", ".join([_text(function.name), *names])})\n\n\n'
    )


def _argument(parameter: Parameter) -> str:
    return f'@arg({_text(parameter.name)}, ndim=2, err_to_str=True, doc={_text(parameter.help)})\n'


def _text(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def modules(roots: Iterable[str]) -> dict[str, Path]:
    """Archive name → file of modules of zuxun_xl, of all that they import and of the data beside these."""
    found: dict[str, Path] = {}
    waiting = list(roots)
    while waiting:
        path = _file(waiting.pop())
        name = path.relative_to(_PACKAGE.parent).as_posix() if path else ""
        if path is None or name in found:
            continue
        found[name] = path
        waiting += [*_imported(path), ".".join(path.parent.relative_to(_PACKAGE.parent).parts)]
        found |= {data.relative_to(_PACKAGE.parent).as_posix(): data for data in sorted(path.parent.glob("*.toml"))}
    return dict(sorted(found.items()))


def _file(module: str) -> Path | None:
    """The file of a module of zuxun_xl; ``None`` for a name inside a module, and for modules of others."""
    if module.partition(".")[0] != _PACKAGE.name:
        return None
    place = _PACKAGE.parent.joinpath(*module.split("."))
    return next((path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()), None)


def _imported(path: Path) -> Iterator[str]:
    """What a module imports when it runs, wherever in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for guard in [node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]:
        guard.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def packed(sources: dict[str, Path]) -> bytes:
    """A zip archive of files, the same bytes for the same contents."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path in sources.items():
            archive.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
