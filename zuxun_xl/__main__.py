"""``python -m zuxun_xl``: the command line."""

from zuxun_xl.cli import main

main()
