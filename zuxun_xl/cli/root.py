"""The command group that every module of ``cli`` adds its commands to."""

from __future__ import annotations

import click

from zuxun_xl import __version__


@click.group(help="组训工具箱：检查台账、填附表、算KPI、对照速查表诊断。原文件从不改动。")
@click.version_option(__version__, message="zuxun_xl %(version)s")
def cli() -> None:
    """The command group."""
