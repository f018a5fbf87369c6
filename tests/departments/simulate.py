"""The simulation: seeded chance, a stream a topic, from a setting to the records of a department."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from tests.departments.model import Contract, Department, Due, Line, Log, Mark, Person, Product, Span, Target, month
from tests.departments.setting import OddSale, Path, Setting

_SURNAMES = "丁万于尹文方石龙叶白汪杜严季武夏秦侯柳贺倪汤殷毕安常乐温庄晏"
_GIVEN = ("婉清", "书瑶", "若兰", "巧云", "碧华", "宛如", "素琴", "翠萍", "亦凡", "景行", "怀瑾", "承志", "向东", "庆丰", "绍文", "伯言", "仲明", "叔同")
_SCHOOLS = ("高中", "中专", "大专", "本科")
_HOLIDAYS = (
    Span(date(2026, 1, 1), date(2026, 1, 3)), Span(date(2026, 2, 15), date(2026, 2, 23)), Span(date(2026, 4, 4), date(2026, 4, 6)),
    Span(date(2026, 5, 1), date(2026, 5, 5)), Span(date(2026, 6, 19), date(2026, 6, 21)), Span(date(2026, 9, 25), date(2026, 9, 27)),
    Span(date(2026, 10, 1), date(2026, 10, 7)), Span(date(2025, 10, 1), date(2025, 10, 8)),
)
_SATURDAY = 5


def is_workday(day: date) -> bool:
    """Say whether the department meets on that day."""
    return day.weekday() < _SATURDAY and not any(day in holiday for holiday in _HOLIDAYS)


def simulate(setting: Setting) -> Department:
    """Return the department's records."""
    people, labels = _people(setting)
    lines = sorted([*_usual_lines(setting, people), *_odd_lines(setting, labels)], key=lambda line: (line.day, line.policy, not line.product.main))
    return Department(
        setting.name, setting.year, setting.as_of, tuple(setting.habits), people, tuple(lines), tuple(_dues(setting, people)),
        tuple(_marks(setting, people)), tuple(_logs(setting, people)), _targets(setting, people),
    )


def _dice(setting: Setting, topic: str) -> random.Random:
    return random.Random(f"{setting.name}/{topic}")  # noqa: S311 - a simulation, no secret


def _months(setting: Setting, first: int) -> list[Span]:
    """Months from the first on, the last one up to the day of the records."""
    spans = [month(setting.year, number) for number in range(first, 13)]
    return [Span(span.first, min(span.last, setting.as_of)) for span in spans if span.first <= setting.as_of]


# -------------------------------------------------------------------------------------------------------------- people


def _people(setting: Setting) -> tuple[tuple[Person, ...], dict[str, Person]]:
    dice = _dice(setting, "people")
    names = [surname + given for surname in _SURNAMES for given in _GIVEN]
    dice.shuffle(names)
    people: list[Person] = []
    labels: dict[str, Person] = {}
    for group, habit in setting.habits.items():
        for number, path in enumerate([*[Path(group)] * habit.staff, *(p for p in setting.paths if p.group == group)]):
            person = _person(setting, path, len(people), names.pop(), dice)
            people.append(replace(person, rank="营业组经理") if number == 0 else person)
            if path.label:
                labels[path.label] = people[-1]
    return tuple(people), labels


def _person(setting: Setting, path: Path, number: int, name: str, dice: random.Random) -> Person:
    joined = path.joined or date(setting.year - 1, 1, 1) - timedelta(days=dice.randint(40, 2500))
    contracts = [Contract(joined, path.left, ((joined, path.group), *path.moves))]
    if path.again:
        contracts.append(Contract(path.again[0], None, (path.again,)))
    served = (date(setting.year, 1, 1) - joined).days
    rank = "资深业务员" if served > 3 * 365 else "业务员" if served > 180 else "试用业务员"
    return Person(setting.code(number), path.name or name, dice.choice("女女男"), dice.choice(_SCHOOLS), rank, tuple(contracts))


# ------------------------------------------------------------------------------------------------------------ business


def _usual_lines(setting: Setting, people: tuple[Person, ...]) -> Iterator[Line]:
    dice = _dice(setting, "sales")
    number = 0
    for span in _months(setting, setting.first):
        days = [day for day in span.days() if is_workday(day)]
        for person in people:
            own = [day for day in days if person.in_force(day)]
            if len(own) < 3:
                continue
            habit = setting.habits[person.group_on(own[0])]
            for _ in range(dice.choices(range(len(habit.cases)), habit.cases)[0]):
                number += dice.randint(1, 7)
                yield from _policy(setting, dice, person, dice.choice(own), setting.policy(number), habit.size)


def _policy(setting: Setting, dice: random.Random, person: Person, day: date, policy: str, size: int) -> Iterator[Line]:
    mains = [product for product in setting.products if product.main]
    main = dice.choices(mains, [product.weight for product in mains])[0]
    years = dice.choice(list(main.rates))
    lines = [Line(day, policy, person, main, years, _premium(dice, main, years, size))]
    riders = [product for product in setting.products if not product.main]
    if dice.random() < 0.45:
        for rider in dice.sample(riders, dice.choice((1, 1, 2))):
            own = years if years in rider.rates else next(iter(rider.rates))
            lines.append(Line(day, policy, person, rider, own, _premium(dice, rider, own, 100)))
    yield from lines
    taken_back = day + timedelta(days=dice.randint(2, 19))
    if dice.random() < 0.05 and taken_back <= setting.as_of:
        yield from (_withdrawal(line, taken_back) for line in lines)


def _premium(dice: random.Random, product: Product, years: int, size: int) -> int:
    most = product.high * (6 if years == 1 and product.main else 1)
    return dice.randint(product.low, most) * size // 1000 * 10 if product.high else 0


def _withdrawal(line: Line, day: date) -> Line:
    return replace(line, day=day, premium=-line.premium, withdrawal=True)


def _odd_lines(setting: Setting, labels: dict[str, Person]) -> Iterator[Line]:
    for number, sale in enumerate(setting.odd):
        yield from _odd(setting, sale, setting.policy(90_000 + number), labels)


def _odd(setting: Setting, sale: OddSale, policy: str, labels: dict[str, Person]) -> Iterator[Line]:
    product = next(product for product in setting.products if product.name == sale.product)
    sellers = [labels[label] for label in (sale.label, sale.shared) if label]
    for seller in sellers:
        line = Line(sale.day, policy, seller, product, sale.years, sale.premium // len(sellers))
        yield line
        if sale.withdrawn:
            yield _withdrawal(line, sale.withdrawn)


def _dues(setting: Setting, people: tuple[Person, ...]) -> list[Due]:
    dice = _dice(setting, "renewals")
    found = []
    old = [person for person in people if person.contracts[0].joined.year < setting.year - 1]
    for span in _months(setting, setting.first):
        for person in old:
            for _ in range(dice.choice((0, 1, 1, 2))):
                day = dice.choice(month(span.first.year, span.first.month).days())
                paid = day + timedelta(days=dice.choice((0, 0, 1, 3, 8, 20, 33, 50)))
                settled = dice.random() * 100 < setting.habits[person.group_on(day)].paid and paid <= setting.as_of
                premium = dice.randint(60, 1900) * 10
                found.append(Due(day, setting.policy(dice.randint(20_000, 80_000)), dice.randint(2, 9), person, premium, paid if settled else None))
    return sorted(found, key=lambda due: due.day)


# ------------------------------------------------------------------------------------------------------ mornings, logs


def _mornings(setting: Setting, people: tuple[Person, ...]) -> Iterator[tuple[date, Person]]:
    for span in _months(setting, setting.marked):
        for day in span.days():
            if is_workday(day):
                yield from ((day, person) for person in people if person.in_force(day))


def _marks(setting: Setting, people: tuple[Person, ...]) -> Iterator[Mark]:
    dice = _dice(setting, "mornings")
    for day, person in _mornings(setting, people):
        present = setting.habits[person.group_on(day)].present
        sign = dice.choices("到迟假旷", (present - 6, 6, (100 - present) / 2, (100 - present) / 2))[0]
        yield Mark(day, person, "假" if setting.on_leave and person.name == setting.on_leave else sign)


def _logs(setting: Setting, people: tuple[Person, ...]) -> Iterator[Log]:
    dice = _dice(setting, "logs")
    for day, person in _mornings(setting, people):
        handed_in = dice.random() < 0.85 and (not setting.weekly or day.weekday() == 4)
        days = 5 if setting.weekly else 1
        counts = [sum(dice.randint(0, most) for _ in range(days)) for most in (9, 6, 2)]
        if handed_in and person.name != setting.on_leave:
            yield Log(day, person, *counts)


# --------------------------------------------------------------------------------------------------------------- plans


def _targets(setting: Setting, people: tuple[Person, ...]) -> dict[tuple[str, int], Target]:
    dice = _dice(setting, "targets")
    start = date(setting.year - 1, 12, 31)
    targets = {}
    for group in setting.habits:
        opening = sum(person.in_force(start) and person.group_on(start) == group for person in people)
        for number in range(1, 13):
            joins, losses = dice.choice((0, 0, 1, 2)), min(dice.choice((0, 0, 1)), opening)
            cases = max(1, opening * dice.randint(105, 150) // 100)
            fyp = cases * dice.randint(48, 62) * 100
            actives = max(1, opening * dice.randint(55, 75) // 100)
            targets[group, number] = Target(actives, cases, fyp, fyp * 8 // 1000 * 100, fyp * 2 // 1000 * 100, opening, joins, losses)
            opening = targets[group, number].closing
    return targets
