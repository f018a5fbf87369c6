"""Talking with the user in Excel: questions, messages, the status bar; and the log of failures, without personal data."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import xlwings

TITLE = "组训助手"
_TEXT = 2
_MOST_LOGGED = 200_000
_MOST_SHOWN = 900
"""A message box cuts off longer texts."""

Answer = Literal["yes", "no", "cancel"]


class Desk:
    r"""One program window.

    Attributes:
        app: as xlwings gives it.
        folder: where the log of failures lies; ``%LOCALAPPDATA%\\zuxun_xl`` unless told otherwise.
    """

    def __init__(self, app: xlwings.App, folder: Path | None = None) -> None:
        self.app = app
        self.folder = folder or Path(os.environ.get("LOCALAPPDATA") or Path.home() / ".local" / "share") / "zuxun_xl"

    def tell(self, text: str) -> None:
        """Shows a message."""
        self.app.alert(text[:_MOST_SHOWN], TITLE)

    def ask(self, text: str) -> Answer:
        """Asks a question to be answered by 是, 否 or 取消."""
        answer: Any = self.app.alert(text[:_MOST_SHOWN], TITLE, buttons="yes_no_cancel")
        return answer if answer in ("yes", "no") else "cancel"

    def ask_text(self, prompt: str, default: str = "") -> str | None:
        """Asks for a text; ``None`` if the user cancels."""
        answer = self.app.api.InputBox(prompt, TITLE, default, Type=_TEXT)
        return answer.strip() if isinstance(answer, str) else None

    def progress(self, text: str) -> None:
        """Shows a text in the status bar; an empty one gives the bar back to Excel."""
        self.app.status_bar = f"{TITLE}：{text}" if text else False

    @property
    def user(self) -> str:
        """The user's name as Excel knows it."""
        return str(self.app.api.UserName or "")

    def note_failure(self, what: str, where: str) -> None:
        """A line in the log: when, which button, kind and place of the error."""
        path = self.folder / "log.txt"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if path.exists() and path.stat().st_size > _MOST_LOGGED:
                path.replace(path.with_name("log.old.txt"))
            with path.open("a", encoding="utf-8") as stream:
                stream.write(f"{datetime.now():%Y-%m-%d %H:%M:%S} {what} {where}\n")
        except OSError:
            pass  # a log that cannot be written must not hide the message
