"""New business day by day: what every agent sells, and which policies are withdrawn in the cooling-off days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zuxun_xl.build.sample.days import AS_OF, RUNNING_MONTH, month, next_workday, until_as_of, workdays
from zuxun_xl.build.sample.dice import Dice
from zuxun_xl.build.sample.model import Agent, Line
from zuxun_xl.build.sample.products import Quote, product_named, quote_policy
from zuxun_xl.build.sample.profiles import ODD_SALES, PROFILES, SEASON

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WITHDRAWN_CHANCE = 3


@dataclass(frozen=True)
class _Policy:
    day: date
    agent: Agent
    quotes: Sequence[Quote]
    withdrawn: date | None


def sell(agents: Sequence[Agent], by_label: dict[str, Agent]) -> tuple[Line, ...]:
    """Return the ledger of the year so far, in the order of the days."""
    policies = [policy for agent in agents for policy in _sold_by(agent)] + list(_odd_policies(by_label))
    policies.sort(key=lambda policy: (policy.day, policy.agent.code))
    lines = [line for number, policy in enumerate(policies) for line in _lines(policy, f"26QS{8000417 + 13 * number:08d}")]
    return tuple(sorted(lines, key=lambda line: (line.day, line.is_withdrawal)))


def _sold_by(agent: Agent) -> Iterator[_Policy]:
    dice = Dice(f"sales/{agent.code}")
    for number in range(1, RUNNING_MONTH + 1):
        whole_month = workdays(month(number))
        open_days = [day for day in workdays(until_as_of(month(number))) if agent.in_force(day)]
        for _ in range(_how_many(dice, agent, number, len(open_days) / len(whole_month))):
            yield _sale(dice, agent, dice.one(open_days))


def _how_many(dice: Dice, agent: Agent, number: int, share: float) -> int:
    """Draw the number of policies of a month, of which the agent was there for that share."""
    weights = PROFILES[agent.group_on(month(number).first)].case_weights
    tries = dice.weighted(range(len(weights)), weights)
    season = SEASON[number - 1]
    extra = int(tries > 0 and dice.happens(season - 100))
    return sum(dice.happens(share * min(season, 100)) for _ in range(tries + extra))


def _sale(dice: Dice, agent: Agent, day: date) -> _Policy:
    quotes = quote_policy(dice, PROFILES[agent.group_on(day)].product_weights)
    back = next_workday(day + timedelta(days=dice.between(2, 12)))
    withdrawn = back if dice.happens(_WITHDRAWN_CHANCE) and back <= AS_OF else None
    return _Policy(day, agent, quotes, withdrawn)


def _odd_policies(by_label: dict[str, Agent]) -> Iterator[_Policy]:
    for sale in ODD_SALES:
        quote = Quote(product_named(sale.product), sale.years, sale.premium)
        yield _Policy(sale.day, by_label[sale.label], [quote], sale.withdrawn)


def _lines(policy: _Policy, number: str) -> Iterator[Line]:
    for day, sign in ((policy.day, 1), (policy.withdrawn, -1)):
        if day is None:
            continue
        group = policy.agent.group_on(day)
        for quote in policy.quotes:
            yield Line(day, number, policy.agent, group, quote.product, quote.years, sign * quote.premium)
