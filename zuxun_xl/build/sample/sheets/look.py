"""The looks of the workbook: fonts, colours and number formats, made once and shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

Band = Literal["", "sub", "total", "head", "head2", "week"]
FONT = "微软雅黑"
INK, LINE = "#4A3423", "#CDBBA7"
SERIES_COLOURS = ("#C8752D", "#7A9A5B", "#D9B04C", "#8C6A52")

_STYLES: dict[str, dict[str, Any]] = {
    "text": {"align": "left", "indent": 1},
    "center": {"align": "center"},
    "wrap": {"align": "left", "text_wrap": True},
    "right": {"align": "right", "indent": 1},
    "int": {"num_format": "#,##0", "align": "right", "indent": 1},
    "plain": {"num_format": "0", "align": "center"},
    "wan": {"num_format": "#,##0.00", "align": "right", "indent": 1},
    "percent": {"num_format": "0.0%", "align": "right", "indent": 1},
    "rate": {"num_format": "0", "align": "center"},
    "long_date": {"num_format": 'yyyy"年"m"月"d"日"', "align": "center"},
    "slash_date": {"num_format": "yyyy/m/d", "align": "center"},
    "day_date": {"num_format": 'm"月"d"日"', "align": "center"},
    "title": {"bold": True, "font_size": 16, "align": "center", "font_color": INK, "border": 0},
    "note": {"font_size": 9, "align": "left", "font_color": "#8A7766", "border": 0},
    "paragraph": {"align": "left", "text_wrap": True, "border": 0, "valign": "top"},
}
_BANDS: dict[str, dict[str, Any]] = {
    "": {},
    "sub": {"bg_color": "#FBF4EA", "bold": True},
    "total": {"bg_color": "#F3DDBF", "bold": True},
    "head": {"bg_color": "#8C5A2B", "font_color": "#FFFFFF", "bold": True, "align": "center", "text_wrap": True},
    "head2": {"bg_color": "#EBD3B3", "font_color": INK, "bold": True, "align": "center", "text_wrap": True},
    "week": {"bg_color": "#DDE5CF", "bold": True},
}
_BASE: dict[str, Any] = {
    "font_name": FONT,
    "font_size": 10,
    "valign": "vcenter",
    "border": 1,
    "border_color": LINE,
}


class Looks:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        """Start with none made."""
        self._book = book
        self._made: dict[tuple[str, str], Format] = {}

    def of(self, style: str, band: Band = "") -> Format:
        """Return the format of a style in a band of rows."""
        key = (style, band)
        if key not in self._made:
            self._made[key] = self._book.add_format({**_BASE, **_STYLES[style], **_BANDS[band]})
        return self._made[key]
