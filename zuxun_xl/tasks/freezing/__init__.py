"""The parts of ``freeze`` and ``thaw``: formulas rewritten, values told, what stood there remembered and recognised."""
