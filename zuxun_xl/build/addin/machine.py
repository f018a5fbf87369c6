"""The computer as ``zuxun doctor`` asks it: Python, the registry, files."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from zuxun_xl.build.addin import package
from zuxun_xl.build.addin.install import Installed, look, start_folder

_ROOTS = {"HKCU": "HKEY_CURRENT_USER", "HKLM": "HKEY_LOCAL_MACHINE", "HKCR": "HKEY_CLASSES_ROOT"}


class ThisMachine:
    """The computer that this runs on."""

    windows = os.name == "nt"
    python = (sys.version_info.major, sys.version_info.minor)
    bits = 64 if sys.maxsize > 2**32 else 32
    executable = sys.executable
    prefix = sys.prefix

    def package(self, name: str) -> str | None:
        """The version of an installed Python package."""
        try:
            return version(name)
        except PackageNotFoundError:
            return None

    def registry(self, root: str, key: str, name: str = "") -> str | None:
        """A value of the registry as text, ``None`` where there is none."""
        try:
            import winreg as module
        except ImportError:
            return None
        winreg: Any = module
        try:
            with winreg.OpenKey(getattr(winreg, _ROOTS[root]), key) as opened:
                return str(winreg.QueryValueEx(opened, name)[0])
        except OSError:
            return None

    def variable(self, name: str) -> str:
        """An environment variable, empty where there is none."""
        return os.environ.get(name, "")

    def exists(self, path: str) -> bool:
        """Whether a file is there."""
        return Path(path).exists()

    def zone(self, path: str) -> int | None:
        """The zone that the file's mark of the web names."""
        with suppress(OSError):
            found = re.search(r"ZoneId=(\d)", Path(f"{path}:Zone.Identifier").read_text(encoding="ascii", errors="replace"))
            return int(found[1]) if found else None
        return None

    def addin(self) -> Installed | None:
        """The add-in in XLSTART."""
        if not self.variable("APPDATA"):
            return None
        path = start_folder(self.variable("APPDATA")) / package.NAME
        return look(path) if path.exists() else None
