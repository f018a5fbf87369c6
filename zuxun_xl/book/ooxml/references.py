"""What a formula reads: areas by sheet, through defined names and tables; ``None`` where nobody can say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from zuxun_xl.book.ooxml.formulas import MAX_COLUMN, MAX_ROW, split_reference, tokens
from zuxun_xl.cells import column_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zuxun_xl.book.ooxml.areas import Area

_ANYWHERE = {"INDIRECT", "OFFSET"}
_CONSTANTS = {"TRUE", "FALSE"}
_MAX_DEPTH = 20
_MAX_AREAS = 10_000


class Reference(NamedTuple):
    """An area of a sheet."""

    sheet: str
    area: Area


@dataclass(frozen=True, slots=True)
class Names:
    """What names and tables stand for, by lower-case name.

    Attributes:
        order: sheet names in tab order, for references across several sheets.
        texts: defined name → its formulas, of the workbook and of any sheet.
        tables: table → its area.
    """

    order: tuple[str, ...]
    texts: Mapping[str, list[str]]
    tables: Mapping[str, Reference]


def references(formula: str, sheet: str, names: Names, depth: int = 0) -> list[Reference] | None:
    """Areas that a formula in ``sheet`` reads; ``None`` when it may read anything (INDIRECT, unknown names)."""
    found: list[Reference] = []
    sheets: list[str] = [sheet]
    position = -1
    for token in tokens(formula):
        qualified = token.start() == position
        if token["sheet"]:
            sheets, position = _sheets(token["sheet"], names.order), token.end()
        elif token["ref"]:
            found += [Reference(name, area_of(token["ref"])) for name in (sheets if qualified else [sheet])]
        elif token["name"] and not qualified:
            more = _named(token["name"], called=bool(token["call"]), sheet=sheet, names=names, depth=depth)
            if more is None or len(found) + len(more) > _MAX_AREAS:
                return None
            found += more
        elif token["name"]:
            return None
    return found


def _sheets(token: str, order: tuple[str, ...]) -> list[str]:
    """Names of the sheets before an exclamation mark; none of ours for another workbook."""
    text = token[:-1]
    if text.startswith("'"):
        text = text[1:-1].replace("''", "'")
    first, _, last = text.partition(":")
    lower = [name.lower() for name in order]
    if not last or first.lower() not in lower or last.lower() not in lower:
        return [name for name in order if name.lower() == text.lower()]
    start, end = sorted((lower.index(first.lower()), lower.index(last.lower())))
    return list(order[start : end + 1])


def _named(name: str, *, called: bool, sheet: str, names: Names, depth: int) -> list[Reference] | None:
    """What a word reads: nothing for a function or constant, an area for a table, whatever its formula reads for a name."""
    if called or name.upper() in _CONSTANTS:
        return None if name.upper() in _ANYWHERE else []
    key = name.lower()
    if key in names.tables:
        return [names.tables[key]]
    if key not in names.texts or depth > _MAX_DEPTH:
        return None
    found = [references(text, sheet, names, depth + 1) for text in names.texts[key]]
    return None if None in found else [reference for part in found for reference in part or []]


def area_of(reference: str) -> Area:
    """The area of a reference token: ``A1``, ``$A$1:B2``, ``A:C`` or ``1:3``."""
    corners = [split_reference(piece) for piece in reference.split(":")]
    columns = [column_number(letters.upper()) for _, letters, _, _ in corners if letters] or [1, MAX_COLUMN]
    rows = [int(digits) for _, _, _, digits in corners if digits] or [1, MAX_ROW]
    return min(rows), min(columns), max(rows), max(columns)
