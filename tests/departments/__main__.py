"""``python -m tests.departments`` writes the workbooks and true figures of 夏荷 and 冬青 anew (冬青 needs LibreOffice)."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.departments import dongqing, xiahe
from tests.departments.catalogue import departments
from tests.departments.pages import save
from tests.departments.truth import truth


def truth_text(module: Any) -> str:
    """A department's figures as JSON text."""
    return json.dumps(truth(module.department(), module.FIRST, module.MARKED), ensure_ascii=False, separators=(",", ":")) + "\n"


def write() -> None:
    """Write all files."""
    for name, module in (("夏荷", xiahe), ("冬青", dongqing)):
        departments()[name].truth_path.write_text(truth_text(module), encoding="utf-8")
    save(xiahe.sheets(xiahe.department()), departments()["夏荷"].path, epoch_1904=True)
    with tempfile.TemporaryDirectory() as folder:
        path = departments()["冬青"].path
        _resave(save(dongqing.sheets(dongqing.department()), Path(folder) / path.name), path.parent, f"file://{folder}/profile")


def _resave(path: Path, folder: Path, profile: str) -> None:
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    write()
