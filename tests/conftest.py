"""Fixtures that every floor's tests share: the sample ledger, its true figures, and LibreOffice as the oracle."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests.oracle.client import Oracle, missing
from zuxun_xl.build.oxt.package import write as write_extension

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).with_name("data")

# How long an example takes depends on what else the machine does; speed is measured by the benchmarks.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def sample_path() -> Path:
    """Path of the sample ledger; never written to (copy it first)."""
    return DATA / "春华营业部_2026年经营台账.xlsx"


@pytest.fixture(scope="session")
def truth() -> dict[str, Any]:
    """The sample department's figures, computed from the simulated records and not by this project."""
    figures: dict[str, Any] = json.loads((DATA / "春华营业部_truth.json").read_text(encoding="utf-8"))
    return figures


@pytest.fixture(scope="session")
def libreoffice() -> Iterator[Oracle]:
    """LibreOffice, one for the whole run; without it tests are skipped, in CI they fail."""
    _demand_libreoffice()
    with Oracle() as oracle:
        yield oracle


@pytest.fixture(scope="session")
def office_with_functions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Oracle]:
    """LibreOffice with our extension in it."""
    _demand_libreoffice()
    extension = tmp_path_factory.mktemp("oxt") / "zuxun.oxt"
    write_extension(extension)
    with Oracle(extension=extension) as oracle:
        yield oracle


def _demand_libreoffice() -> None:
    problem = missing()
    if problem and os.environ.get("CI") == "true":
        pytest.fail(f"CI needs LibreOffice: {problem}")
    if problem:
        pytest.skip(f"NOT CHECKED AGAINST LIBREOFFICE: {problem}")
