"""Excel kept quiet while a program writes: no redrawing, events, calculation or questions; afterwards all as before, come what may."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import xlwings

_QUIET = {"screen_updating": False, "enable_events": False, "display_alerts": False, "calculation": "manual"}
_CORRECTIONS = ("AutoFillFormulasInLists", "AutoExpandListRange")
"""With these on, Excel fills a table's column with a formula that is written into one of its cells, and lets tables grow."""


@contextmanager
def calm(book: xlwings.Book) -> Iterator[None]:
    """Everything written inside is shown and computed at the end; sheet and selection are those from before."""
    app, sheet, selection = book.app, book.sheets.active, selected(book.app)
    with ExitStack() as after:
        for name, quiet in _QUIET.items():
            after.callback(_quietly, _setting(app, name, getattr(app, name)))
            setattr(app, name, quiet)
        correct = app.api.AutoCorrect
        for name in _CORRECTIONS:
            after.callback(_quietly, _setting(correct, name, getattr(correct, name)))
            setattr(correct, name, False)
        after.callback(_quietly, lambda: _back_to(sheet, selection))
        yield


def _setting(thing: Any, name: str, value: object) -> Callable[[], None]:  # noqa: ANN401  # the program, or a part of it
    return lambda: setattr(thing, name, value)


def selected(app: xlwings.App) -> xlwings.Range | None:
    """The selected cells; ``None`` where a picture or chart is selected."""
    with suppress(Exception):
        return app.selection
    return None


def _back_to(sheet: xlwings.Sheet, selection: xlwings.Range | None) -> None:
    sheet.book.impl.activate()  # the program itself need not come to the front
    sheet.impl.activate()
    if selection is not None:
        selection.select()


def _quietly(step: Callable[[], None]) -> None:
    """One step back; if it fails, the others are taken all the same."""
    with suppress(Exception):
        step()
