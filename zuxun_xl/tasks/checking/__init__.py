"""The rules of the forms as functions: one module a layout, each yielding findings with cell, figures and remedy."""
