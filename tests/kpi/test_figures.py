"""Known figures: the golden quarter of domain.md §3.4 and published ones of §3.5."""

from __future__ import annotations

import pytest

from zuxun_xl.kpi.catalogue import HANDBOOK, KPIS
from zuxun_xl.kpi.compute import kpi_value, kpi_values
from zuxun_xl.kpi.measures import Values, over_time
from zuxun_xl.units import PERCENT, show


def month(
    opening: float, joined: float, lost: float, closing: float, active: float, cases: float, fyp: float, fyc: float
) -> dict[str, float | None]:
    average = (opening + closing) / 2
    return {
        "期初人力": opening, "增员人数": joined, "脱落人数": lost, "期末人力": closing, "调入": 0.0, "平均人力": average, "人力月": average,
        "举绩人数": active, "举绩人次": active, "件数": cases, "FYP": fyp, "FYC": fyc,
    }


MONTHS = (
    month(40, 6, 4, 42, 26, 39, 195_000, 58_500),
    month(42, 5, 7, 40, 24, 33, 158_400, 47_520),
    month(40, 8, 3, 45, 30, 48, 264_000, 79_200),
)
DISTINCT = 36.0
QUARTER: Values = {**over_time(MONTHS), "举绩人数": DISTINCT}
KEYS = ("举绩率", "人均件数", "有效人均件数", "件均保费", "人均产能", "人均FYC", "增员率", "脱落率")


def value(key: str, measures: Values, variant: str = HANDBOOK) -> float:
    found = kpi_value(KPIS[key], measures, {}, variant)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (0, ("63.41%", 0.9512, 1.5, 5000, 7500, 1426.83, "14.63%", "9.76%")),
        (1, ("58.54%", 0.8049, 1.375, 4800, 6600, 1159.02, "12.20%", "17.07%")),
        (2, ("70.59%", 1.1294, 1.6, 5500, 8800, 1863.53, "18.82%", "7.06%")),
    ],
)
def it_prints_each_month_of_the_golden_quarter(number, printed):
    values = kpi_values(MONTHS[number], {})
    for key, text in zip(KEYS, printed, strict=True):
        wanted, precision = (float(text[:-1]) / 100, 5e-5) if isinstance(text, str) else (text, 0.005 if text > 1000 else 5e-5)
        assert values[key] == pytest.approx(wanted, abs=precision), key


def it_adds_the_golden_quarter_up():
    assert {
        key: QUARTER[key]
        for key in ("期初人力", "期末人力", "增员人数", "脱落人数", "FYP", "件数", "FYC", "平均人力", "人力月", "举绩人次")
    } == {
        "期初人力": 40,
        "期末人力": 45,
        "增员人数": 19,
        "脱落人数": 14,
        "FYP": 617_400,
        "件数": 120,
        "FYC": 185_220,
        "平均人力": 41.5,
        "人力月": 124.5,
        "举绩人次": 80,
    }
    assert value("件均保费", QUARTER) == 5145
    assert over_time(MONTHS)["举绩人数"] is None


@pytest.mark.parametrize(
    ("variant", "printed"), [("期初期末", 32.94), (HANDBOOK, 33.73), ("期初", 35.00), ("LIMRA", 23.73), ("月均", 11.24)]
)
def it_gives_one_quarters_attrition_by_each_convention(variant, printed):
    assert value("脱落率", QUARTER, variant) * 100 == pytest.approx(printed, abs=0.005)


def it_never_averages_the_monthly_rates():
    mean = sum(value("脱落率", each) for each in MONTHS) / 3
    assert mean == pytest.approx(0.1130, abs=5e-5)
    assert all(value("脱落率", QUARTER, variant) != pytest.approx(mean, abs=5e-4) for variant in (HANDBOOK, *KPIS["脱落率"].variants))


@pytest.mark.parametrize(("variant", "printed"), [("月度", 64.26), ("期末", 80.00), ("曾在职", 61.02), (HANDBOOK, 100 * 36 / 41.5)])
def it_gives_one_quarters_active_rate_by_each_convention(variant, printed):
    assert value("举绩率", QUARTER, variant) * 100 == pytest.approx(printed, abs=0.005)


@pytest.mark.parametrize(
    ("key", "variant", "wanted"),
    [
        ("增员率", HANDBOOK, 19 / 41.5), ("增员率", "期初期末", 19 / 42.5), ("增员率", "期初", 19 / 40), ("人均FYC", "期末", 185_220 / 45),
        ("人均件数", "期末", 120 / 45),
    ],
)
def it_gives_the_other_conventions_of_the_quarter(key, variant, wanted):
    assert value(key, QUARTER, variant) == pytest.approx(wanted)


@pytest.mark.parametrize("number", range(3))
def it_has_one_answer_within_a_month_where_the_averages_agree(number):
    assert value("脱落率", MONTHS[number]) == value("脱落率", MONTHS[number], "期初期末") == value("脱落率", MONTHS[number], "月均")
    assert value("举绩率", MONTHS[number]) == value("举绩率", MONTHS[number], "月度")


# ------------------------------------------------------------------------------------------------------------ published

LIMRA = {"期初人力": 12_750.0, "期末人力": 12_885.0, "增员人数": 2571.0, "脱落人数": 2436.0, "平均人力": (12_750 + 12_885) / 2}


def it_reproduces_limras_turnover_and_says_how_the_handbook_differs():
    """O9: LIMRA Canada 2011, printed 16 %."""
    assert LIMRA["期末人力"] == LIMRA["期初人力"] + LIMRA["增员人数"] - LIMRA["脱落人数"]
    assert value("脱落率", LIMRA, "LIMRA") * 100 == pytest.approx(15.90, abs=0.005)
    assert value("脱落率", LIMRA, "期初期末") * 100 == pytest.approx(19.01, abs=0.005)
    assert value("脱落率", LIMRA) == value("脱落率", LIMRA, "期初期末")


def it_agrees_with_the_half_year_rate_that_a_listed_insurer_prints_on_average_headcount():
    """O3: NCI H1-2024, 15.5 → 13.9万, 月均合格人力 2.7万, printed 18.2 %: the average fits, the closing headcount does not."""
    half: Values = {"举绩人数": 2.7, "平均人力": (15.5 + 13.9) / 2, "期末人力": 13.9}
    low, high = 2.65 / half["平均人力"], 2.75 / half["平均人力"]  # type: ignore[operator]
    assert low < 0.182 < high
    assert value("举绩率", half) == pytest.approx(0.182, abs=0.002)
    assert abs(value("举绩率", half, "期末") - 0.182) > 0.01


def it_agrees_with_the_yearly_rate_on_the_mean_of_the_sub_periods():
    """O4: NCI FY-2024, 15.5 → 13.9 → 13.6万, 月均绩优人力 1.55万, printed 10.9 %: the mean of the halves fits, the endpoints do not."""
    halves: list[dict[str, float | None]] = [
        {"期初人力": a, "期末人力": b, "平均人力": (a + b) / 2} for a, b in ((15.5, 13.9), (13.9, 13.6))
    ]
    year = over_time(halves)
    assert year["平均人力"] == pytest.approx(14.225)
    assert value("举绩率", {**year, "举绩人数": 1.55}) == pytest.approx(0.109, abs=0.0005)
    assert value("举绩率", {"举绩人数": 1.55, "平均人力": (15.5 + 13.6) / 2}) == pytest.approx(0.1065, abs=0.0005)


@pytest.mark.parametrize(
    ("start", "end", "printed"), [(34.7, 34.0, "-2.0%"), (19.9, 18.3, "-8.0%"), (15.5, 13.9, "-10.3%"), (8.88, 8.2012, "-7.6%")]
)
def it_shows_published_changes_as_printed(start, end, printed):
    """O1, O2, O3, N1 (printed “约7.7个百分点”, which recomputes to 7.64 %)."""
    assert show((end - start) / start, PERCENT) == printed


def it_shrinks_a_yearly_intake_as_the_trainers_of_asia_print_it():
    """O10: LIMRA/LOMA, retention 70/30/60/70 %: 100 → 70 → 21 → 12.6 → 8.82."""
    people, lost = 100.0, []
    for kept in (0.7, 0.3, 0.6, 0.7):
        lost.append(value("脱落率", {"脱落人数": people * (1 - kept), "期初人力": people}, "期初"))
        people *= kept
    assert people == pytest.approx(8.82)
    assert lost == pytest.approx([0.3, 0.7, 0.4, 0.3])
