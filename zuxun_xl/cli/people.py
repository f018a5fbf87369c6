"""Commands about people: bridge."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zuxun_xl.cli.common import book_command, open_ledger, period_of, save
from zuxun_xl.cli.root import cli

if TYPE_CHECKING:
    from zuxun_xl.tasks.bridging.names import Bridge


@cli.command(help="按人核对人力：期初、增员、调入、脱落、调出、期末各是谁，与附表二、附表四手填的数差在哪几个人。")
@book_command(period=True)
@click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path), help="写出加了“人力核对”的工作簿")
def bridge(book: Path, period: str | None, as_of: str | None, as_json: bool, out: Path | None) -> None:
    """``zuxun bridge BOOK --period P``."""
    from zuxun_xl import console
    from zuxun_xl.tasks.bridge import bridge as bridge_ledger

    ledger = open_ledger(book, as_of)
    chosen = period_of(ledger, period)
    outcome = bridge_ledger(ledger, chosen)
    path = save(ledger, outcome.sheet(), out, chosen.id) if out else None
    if as_json:
        console.print_json(outcome.as_dict())
    else:
        heads = ["组别", "期初", "增员", "调入", "脱落", "调出", "期末"]
        console.table(f"{chosen.label}人力（截至{ledger.as_of}）", heads, _rows(outcome.bridges), numbers=len(heads))
        if outcome.findings:
            console.findings_table(outcome.findings)
        console.say(f"手填的人力核对了{len(outcome.typed)}项，{outcome.different}项与名单不一致。")
    if path:
        console.say(f"结果：{path}")


def _rows(bridges: Mapping[str, Bridge]) -> list[list[str]]:
    """A line a group: how many at both ends, and who joined, came, left and went; of the whole department only how many."""
    from zuxun_xl.records.model import WHOLE
    from zuxun_xl.tasks.bridging.names import CLOSING, OPENING, ORDER, event

    def shown(bridge: Bridge, part: str) -> str:
        if part in (OPENING, CLOSING) or bridge.scope == WHOLE:
            return f"{bridge.count(part)}人"
        return "\n".join(f"{each.agent.name} {event(each)}" for each in bridge.parts[part])

    return [[scope, *(shown(bridge, part) for part in ORDER)] for scope, bridge in bridges.items()]
