"""Spreading targets over the plan cells of the forms: the figures people typed stay, everything else follows from them."""
