"""What Excel itself loads by name: worksheet functions and ribbon macros. Nothing in zuxun_xl imports this package."""
