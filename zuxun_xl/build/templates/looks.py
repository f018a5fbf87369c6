"""The looks of templates: styles by kind and number format, such as ``input:money``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from zuxun_xl.units import DATE, PERCENT, TEXT, Unit

_FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_BOX = {**_FONT, "border": 1, "border_color": "#A6A6A6"}
_KINDS: Mapping[str, Mapping[str, Any]] = {
    "title": {**_FONT, "font_name": "黑体", "font_size": 16, "bold": True, "align": "center_across"},
    "note": {**_FONT, "font_size": 9, "font_color": "#595959"},
    "paragraph": {**_FONT, "font_size": 11, "text_wrap": True},
    "heading": {**_FONT, "font_name": "黑体", "font_size": 16, "bold": True},
    "line": {**_FONT, "font_size": 11},
    "tag": {**_FONT, "align": "right", "font_color": "#595959"},
    "blank": {**_FONT, "bottom": 1, "align": "center", "locked": False},
    "fixed": {**_FONT, "bottom": 1, "align": "center"},
    "key": {**_FONT, "font_size": 8, "font_color": "#A6A6A6"},
    "head": {**_BOX, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#DDEBF7"},
    "head-input": {**_BOX, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#FFE699"},
    "head-follow": {**_BOX, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E2EFDA"},
    "label": {**_BOX, "align": "center"},
    "input": {**_BOX, "bg_color": "#FFFBE6", "locked": False},
    "later": {**_BOX, "locked": False},
    "computed": {**_BOX, "bg_color": "#F2F2F2"},
    "sum": {**_BOX, "bold": True, "bg_color": "#E7E6E6"},
    "whole": {**_BOX, "bold": True, "bg_color": "#D9E1F2"},
    "red": {"font_color": "#C00000", "bold": True},
    "amber": {"font_color": "#9C5700"},
    "green": {"font_color": "#00703C"},
    "wrong": {"bg_color": "#F8CBAD"},
    "off": {"bg_color": "#E7E6E6", "font_color": "#7F7F7F"},
    "swapped": {"bg_color": "#FCE4D6"},
    "band": {**_FONT, "font_size": 11, "bold": True, "bg_color": "#DDEBF7", "top": 1, "bottom": 1},
    "plain": {**_BOX},
    "open": {**_BOX, "locked": False},
    "open-note": {**_FONT, "font_size": 11, "bold": True, "locked": False},
    "weekday": {**_FONT, "font_size": 8, "font_color": "#7F7F7F", "align": "center"},
    "红": {"bg_color": "#C00000", "font_color": "#FFFFFF", "bold": True},
    "黄": {"bg_color": "#FFD966"},
    "绿": {"bg_color": "#C6E0B4"},
    "灰": {"bg_color": "#EDEDED", "font_color": "#7F7F7F"},
    "section": {**_FONT, "font_size": 11, "bold": True, "bg_color": "#E2EFDA"},
    "text": {**_BOX, "text_wrap": True},
    "center": {**_BOX, "align": "center"},
    "link": {**_BOX, "font_color": "#0563C1", "underline": 1},
}
_FORMATS: Mapping[str, Mapping[str, Any]] = {
    "": {},
    "count": {"num_format": "#,##0;-#,##0;0", "align": "right"},
    "quiet": {"num_format": "#,##0;-#,##0;", "align": "right"},
    "money": {"num_format": "#,##0", "align": "right"},
    "quiet-money": {"num_format": "#,##0;-#,##0;", "align": "right"},
    "wan": {"num_format": "#,##0.00", "align": "right"},
    "quiet-wan": {"num_format": "#,##0.00;-#,##0.00;", "align": "right"},
    "half": {"num_format": "#,##0.0;-#,##0.0;", "align": "right"},
    "percent": {"num_format": "0.0%", "align": "right"},
    "ratio": {"num_format": "0.00", "align": "right"},
    "day": {"num_format": "d", "align": "center"},
    "date": {"num_format": "yyyy-mm-dd", "align": "center"},
    "words": {"text_wrap": True, "align": "left"},
    "code": {"num_format": "@", "align": "center"},
    "center": {"align": "center"},
}


@cache
def style(name: str) -> Mapping[str, Any]:
    """The properties of a style such as ``input:money``."""
    kind, _, number = name.partition(":")
    return {**_KINDS[kind], **_FORMATS[number]}


def number_look(unit: Unit, scale: int, *, quiet: bool) -> str:
    """The number format of a column; a quiet one shows nothing for 0."""
    if unit in (TEXT, DATE, PERCENT):
        return {TEXT: "words", DATE: "date", PERCENT: "percent"}[unit]
    if unit.name.startswith("元"):
        return ("quiet-" if quiet else "") + ("wan" if scale > 1 else "money")
    return "quiet" if quiet else "count"
