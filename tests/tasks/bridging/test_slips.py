"""Which slips explain a typed headcount, case by case, on a small roster."""

from __future__ import annotations

import pytest

from tests.records.tables import agent, day, department
from zuxun_xl.periods import month
from zuxun_xl.records.model import WHOLE
from zuxun_xl.tasks.bridging.names import CAME, CLOSING, JOINED, LOST, OPENING, WENT, bridges
from zuxun_xl.tasks.bridging.slips import Scene, explained

ROSTER = [
    agent("A1"), agent("A2", joined="10-08"), agent("A3", joined="10-12"), agent("A4", joined="10-13", left="10-20"),
    agent("A5", left="10-15"), agent("A6", left="09-10"), agent("A7", joined="09-11"), agent("A8", 调动="10月14日由二组调入一组"),
    agent("A9", "二组"), agent("B1", joined="11-02"),
]


@pytest.fixture(scope="module")
def scenes() -> dict[str, Scene]:
    """October of 一组 and of the whole department; the first workday is the 8th."""
    found, october = department(ROSTER), month(2026, 10)
    own, before, after = (bridges(found, month(2026, number)) for number in (10, 9, 11))
    first, following = october.spanning(october.start, day("10-08")), month(2026, 11).clipped(day("11-02"))
    between = (*own["一组"].parts[CAME], *own["二组"].parts[WENT])
    return {
        "一组": Scene(own["一组"], before["一组"], after["一组"], first, following),
        WHOLE: Scene(own[WHOLE], before[WHOLE], after[WHOLE], first, following, between),
    }


@pytest.mark.parametrize(
    ("part", "gap", "wanted"),
    [
        (OPENING, 1, "君A2（A2，10月8日入司）入司当天就算进了期初，按口径只算增员；或者君A6（A6，9月10日离司）上期已离司，仍算在期初"),
        (OPENING, -1, "君A7（A7，9月11日入司）上期入司，没有算进期初"),
        (OPENING, 2, "君A2（A2，10月8日入司）入司当天就算进了期初，按口径只算增员；君A6（A6，9月10日离司）上期已离司，仍算在期初"),
        (JOINED, 1, "君A8（A8，10月14日由二组调入）是组间调入，被算成了增员；或者君A7（A7，9月11日入司）上期入司，记在了本期"),
        (JOINED, -1, "君A4（A4，10月13日入司）当期入司又离司，增员里漏了；或者君A2（A2，10月8日入司）已算进期初，没有算增员"),
        (LOST, 1, "君A6（A6，9月10日离司）上期离司，晚了一期才登记"),
        (LOST, -1, "君A4（A4，10月20日离司）当期入司又离司，脱落里漏了"),
        (LOST, -2, "君A5（A5，10月15日离司）、君A4（A4，10月20日离司）本期已离司，还没有登记"),
        (CAME, -1, "君A8（A8，10月14日由二组调入）的调入没有登记"),
        (CLOSING, 2, "君A5（A5，10月15日离司）、君A4（A4，10月20日离司）本期已离司，仍算在期末"),
        (CLOSING, -2, "君A2（A2，10月8日入司）、君A3（A3，10月12日入司）本期入司，没有算进期末"),
        (CLOSING, -1, "君A8（A8，10月14日由二组调入）本期调入，没有算进期末"),
        (LOST, -3, None),
        (JOINED, -3, "君A2（A2，10月8日入司）、君A3（A3，10月12日入司）、君A4（A4，10月13日入司）本期入司，还没有登记"),
        (CLOSING, 9, None),
        (WENT, 1, None),
    ],
)
def it_names_the_people_who_explain_a_difference(scenes, part, gap, wanted):
    assert explained(part, gap, scenes["一组"]) == wanted


@pytest.mark.parametrize(
    ("part", "wanted"), [(JOINED, "被算成了增员"), (LOST, "被算成了脱落"), (CAME, "全部这一行不计"), (WENT, "全部这一行不计")]
)
def it_names_transfers_that_the_whole_department_does_not_count(scenes, part, wanted):
    assert wanted in (explained(part, 1, scenes[WHOLE]) or "")


def it_takes_the_first_workdays_comings_and_goings_together():
    roster = [agent("A1", joined="10-08"), agent("A2", joined="10-01"), agent("A3", left="10-08"), agent("A4", left="10-12")]
    found, october = department(roster), month(2026, 10)
    own, before, after = (bridges(found, month(2026, number))["一组"] for number in (10, 9, 11))
    first = october.spanning(october.start, day("10-08"))
    assert explained(OPENING, 1, Scene(own, before, after, first, month(2026, 11))) == (
        "君A2（A2，10月1日入司）、君A1（A1，10月8日入司）入司当天就算进了期初，按口径只算增员；"
        "君A3（A3，10月8日离司）离司当天就从期初里减掉了，按口径算本期脱落"
    )


def it_names_those_among_whom_the_person_must_be():
    found, october = department([agent("A1", joined="10-12"), agent("A2", joined="10-13")]), month(2026, 10)
    own, before, after = (bridges(found, month(2026, number))["一组"] for number in (10, 9, 11))
    said = explained(CLOSING, -1, Scene(own, before, after, october.clipped(day("10-08")), month(2026, 11)))
    assert said == "可能是君A1（A1，10月12日入司）、君A2（A2，10月13日入司）当中的1人本期入司，没有算进期末"
