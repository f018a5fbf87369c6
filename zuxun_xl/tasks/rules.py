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
    tasks = (task.RULES for task in (check, fill, bridge, spread, freeze))
    found |= {rule.code: rule for rules in (RECORD_RULES, returns.RULES, *tasks) for rule in rules}
    return {code: found[code] for code in sorted(found)}
