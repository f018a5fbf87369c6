"""Validations by lists: a defined name for each list of the sheet 设置, never a reference to another sheet."""

from __future__ import annotations

from collections.abc import Mapping

from zuxun_xl.forms.choices import CHOICES, GROUPS

_FRONT = "选项_"


def list_name(choice: str) -> str:
    """The defined name of a list."""
    return f"{_FRONT}{choice}"


def chosen(choice: str) -> Mapping[str, object]:
    """A validation that offers a list; other entries are asked about, not refused, where the list is only usual."""
    return {
        "validate": "list", "source": f"={list_name(choice)}", "error_type": "warning", "error_title": "不在选项里",
        "error_message": "这一项不在“设置”表的选项里。确实要用，请先在“设置”里补上。",
    }


def lists_of(groups: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """All lists of a department."""
    return {GROUPS: groups, **CHOICES}
