"""Templates: blanks laid out as handsome sheets of native formulas, usable with no add-in at all."""
