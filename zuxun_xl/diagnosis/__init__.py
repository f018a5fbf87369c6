"""Judging: thresholds, the five tests, the drivers, the lookup of problems, causes and measures, the evidence for causes. Pure figures."""
