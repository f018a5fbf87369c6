"""Formulas that call ZX_ functions rewritten as native ones: each call by its twin, bracketed where its neighbours ask for it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from zuxun_xl.book.ooxml.formulas import tokens
from zuxun_xl.functions.catalogue import FUNCTIONS

_OURS = re.compile(r"(?:_xldudf_|_xll\.|ORG\.ZUXUN\.CALC\.FUNCTIONS\.)?(ZX_\w+)\(?", re.IGNORECASE)
"""A function of ours as Excel, xlwings Lite and LibreOffice store it."""

_ROW = re.compile(r"@|#This Row", re.IGNORECASE)
_AREAS = frozenset({
    "OFFSET", "INDIRECT", "FILTER", "SORT", "SORTBY", "UNIQUE", "SEQUENCE", "TRANSPOSE", "ROW", "COLUMN", "CHOOSECOLS", "CHOOSEROWS",
    "TAKE", "DROP", "VSTACK", "HSTACK", "ANCHORARRAY",
})
"""Functions that may give more than one cell: a call over an area has no twin."""

_CONSTANTS = frozenset({"true", "false"})


class Piece(NamedTuple):
    """A part of a formula: ``text``, ``sheet``, ``table`` (in square brackets), ``ref``, ``name``, ``call`` or ``sign``."""

    kind: str
    text: str


class NoTwinError(Exception):
    """A call that no native formula can replace; its argument is the function's name."""


def pieces(formula: str) -> list[Piece]:
    """A formula in parts; joined they are the formula again."""
    found: list[Piece] = []
    place = 0
    for token in tokens(formula):
        found += [Piece("sign", sign) for sign in formula[place : token.start()]]
        kind = "call" if token["call"] else str(token.lastgroup or {'"': "text", "[": "table"}.get(token[0][0], "number"))
        found.append(Piece(kind, token[0]))
        place = token.end()
    return found + [Piece("sign", sign) for sign in formula[place:]]


def mentions(formula: str, tainted: Container[str] = ()) -> bool:
    """Whether a formula uses a ZX_ function, or one of the names (in lower case) that do."""
    return any(_ours(piece) or (piece.kind == "name" and piece.text.lower() in tainted) for piece in pieces(formula))


def is_linked(formula: str) -> bool:
    """Whether a call names the file of the add-in before it, as Excel stores it."""
    found = pieces(formula)
    return any(_ours(piece) and _prefix(found[:index]) for index, piece in enumerate(found))


def native(formula: str, singles: Container[str]) -> str:
    """The formula with every call of ours replaced by its twin.

    Args:
        formula: without its leading ``=``.
        singles: names, in lower case, that stand for one cell or number.

    Raises:
        NoTwinError: a call has none.
    """
    return _rewritten(pieces(formula), singles)


def plainly(formula: str) -> str:
    """A formula in the form in which two that differ in spaces, letter case and needless quotes are equal."""
    texts = [text if kind == "text" else re.sub(r"^'([^']+)'!$", r"\1!", text).upper() for kind, text in pieces(formula)]
    return "".join(text for text in texts if text.strip())


def _ours(piece: Piece) -> str:
    """The name of a function of ours that a part is."""
    match = _OURS.fullmatch(piece.text) if piece.kind in {"call", "name"} else None
    return match[1].upper() if match else ""


def _rewritten(given: Sequence[Piece], singles: Container[str]) -> str:
    out: list[Piece] = []
    index = 0
    while index < len(given):
        piece, index = given[index], index + 1
        name = _ours(piece)
        if not name:
            out.append(piece)
            continue
        if piece.kind == "name":
            raise NoTwinError(name)
        arguments, index = _arguments(given, index)
        twin = _twin(name, [_rewritten(argument, singles).strip() for argument in arguments], singles)
        del out[len(out) - _prefix(out) :]
        out.append(Piece("native", twin if _stands_alone(out, given[index:]) or _is_call(twin) else f"({twin})"))
    return "".join(piece.text for piece in out)


def _prefix(before: Sequence[Piece]) -> int:
    """How many parts before a call name the file it lives in: ``[1]!``, or its whole path."""
    if before and before[-1].kind == "sheet":
        return 1
    return 2 if len(before) > 1 and before[-1].text == "!" and before[-2].kind == "table" else 0


def _arguments(given: Sequence[Piece], start: int) -> tuple[list[list[Piece]], int]:
    """The arguments of a call, and where it ends."""
    arguments: list[list[Piece]] = [[]]
    depth = 0
    for index in range(start, len(given)):
        piece = given[index]
        if piece == Piece("sign", ")") and not depth:
            return arguments if len(arguments) > 1 or _text(arguments[0]).strip() else [], index + 1
        if piece.kind == "call" or (piece.kind == "sign" and piece.text in "({"):
            depth += 1
        elif piece.kind == "sign" and piece.text in ")}":
            depth -= 1
        if piece == Piece("sign", ",") and not depth:
            arguments.append([])
        else:
            arguments[-1].append(piece)
    raise NoTwinError("(")


def _text(given: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in given)


def _twin(name: str, arguments: Sequence[str], singles: Container[str]) -> str:
    function = FUNCTIONS.get(name)
    required = sum(not parameter.optional for parameter in function.parameters) if function else 0
    if function is None or not required <= len(arguments) <= len(function.parameters):
        raise NoTwinError(name)
    twin = function.twin(arguments) if all(_is_single(argument, singles) for argument in arguments) else None
    if twin is None:
        raise NoTwinError(name)
    return twin


def _is_single(argument: str, singles: Container[str]) -> bool:
    """Whether an argument is surely one value: areas give a function of ours an area, but not its twin."""
    found = pieces(argument)
    return all(
        _is_single_piece(piece, after, singles) for piece, after in zip(found, [*found[1:], Piece("", "")], strict=True)
    )


def _is_single_piece(piece: Piece, after: Piece, singles: Container[str]) -> bool:
    match piece.kind:
        case "call":
            return piece.text[:-1].upper().rpartition(".")[2] not in _AREAS
        case "table":
            return bool(_ROW.search(piece.text))
        case "name":
            name = piece.text.lower()
            return after.kind == "table" or name in _CONSTANTS or name in singles
        case "sign":
            return piece.text != "#"
    return True


def _stands_alone(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Whether no operator touches what stands between."""
    last = next((piece.text for piece in reversed(before) if piece.text.strip()), "(")
    following = next((piece.text for piece in after if piece.text.strip()), ")")
    return last[-1] in "(," and following in {")", ","}


def _is_call(formula: str) -> bool:
    """Whether a formula is one call and nothing else."""
    found = pieces(formula)
    return found[0].kind == "call" and _end_of_call(found) == len(found)


def _end_of_call(found: Sequence[Piece]) -> int:
    return _arguments(found, 1)[1]


def references(formula: str) -> Iterator[tuple[int, str, str]]:
    """References to cells of this workbook's sheets: index of the part, the sheet as written (with ``!``, or nothing), the area."""
    found = pieces(formula)
    for index, piece in enumerate(found):
        sheet = found[index - 1].text if index and found[index - 1].kind == "sheet" else ""
        if piece.kind == "ref" and not re.search(r"[\[\\:]", sheet):
            yield index, sheet, piece.text
