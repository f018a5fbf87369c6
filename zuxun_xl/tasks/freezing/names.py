"""Defined names as freezing sees them: which stand for one cell or number, and which use a ZX_ function themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from zuxun_xl.book.port import Beside
from zuxun_xl.tasks.freezing.rewrite import mentions, pieces

_SINGLE = re.compile(r"(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?\$[A-Z]{1,3}\$\d+|-?\d+(?:\.\d+)?")


class Names:
    """The formulas outside cells, asked about names.

    Attributes:
        beside: all of them.
    """

    def __init__(self, beside: Iterable[Beside]) -> None:
        self.beside = tuple(beside)
        self._names = [each for each in self.beside if each.kind == "名称"]

    @cached_property
    def singles(self) -> frozenset[str]:
        """Names, in lower case, that stand for one cell or number on whatever sheet they are used."""
        wide = {each.where.lower() for each in self._names if not _SINGLE.fullmatch(each.text)}
        return frozenset(each.where.lower() for each in self._names) - wide

    @cached_property
    def tainted(self) -> frozenset[str]:
        """Names, in lower case, that use a ZX_ function, themselves or through another name."""
        found: frozenset[str] = frozenset()
        while (more := frozenset(each.where.lower() for each in self._names if mentions(each.text, found))) != found:
            found = more
        return found

    def touch(self, formula: str) -> bool:
        """Whether a formula needs the add-in."""
        return mentions(formula, self.tainted) if self.tainted or "zx_" in formula.lower() else False

    def uses_tainted(self, formula: str) -> bool:
        """Whether a formula needs it through a name."""
        return any(piece.kind == "name" and piece.text.lower() in self.tainted for piece in pieces(formula))
