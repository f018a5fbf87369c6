"""Every rule that a finding can come from, by code."""

from __future__ import annotations

from functools import cache

from zuxun_xl.findings import Rule
from zuxun_xl.forms import returns
from zuxun_xl.forms.catalogue import FORMS
from zuxun_xl.forms.records import RECORD_RULES
from zuxun_xl.tasks import bridge, check, fill, freeze, spread


@cache
def rules() -> dict[str, Rule]:
    """Code → rule, in the order of the codes."""
    found = {rule.code: rule for form in FORMS.values() for rule in form.rules}
    found |= {rule.code: rule for rule in (*RECORD_RULES, *returns.RULES, *check.RULES, *fill.RULES, *bridge.RULES, *spread.RULES, *freeze.RULES)}
    return {code: found[code] for code in sorted(found)}
