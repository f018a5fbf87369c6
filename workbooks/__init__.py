"""The workbooks that ship with the product: templates and the sample, rebuilt byte for byte by `make workbooks`."""

from __future__ import annotations

from pathlib import Path


def sample_path() -> Path:
    """Return the shipped sample workbook."""
    return Path(__file__).with_name("秋实营业部_2026年经营台账.xlsx")
