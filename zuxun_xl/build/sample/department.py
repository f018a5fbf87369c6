"""The fictitious department as a whole, from January to the as-of date."""

from __future__ import annotations

from functools import cache

from zuxun_xl.build.sample.model import Department
from zuxun_xl.build.sample.mornings import activity_logs, attendance
from zuxun_xl.build.sample.people import cast
from zuxun_xl.build.sample.production import sell
from zuxun_xl.build.sample.recruits import recruiting_list
from zuxun_xl.build.sample.renewals import renewals
from zuxun_xl.build.sample.targets import monthly_targets, personal_targets, weekly_targets


@cache
def simulate() -> Department:
    """Return the department; the same one every time."""
    agents, by_label = cast()
    marks = attendance(agents)
    targets = monthly_targets(agents)
    return Department(
        agents=agents,
        lines=sell(agents, by_label),
        renewals=renewals(agents),
        marks=marks,
        logs=activity_logs(marks),
        recruits=recruiting_list(agents),
        targets=targets,
        week_targets=weekly_targets(targets),
        personal_targets=personal_targets(agents, targets),
    )
