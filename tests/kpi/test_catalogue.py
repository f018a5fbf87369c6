"""The table of KPIs: complete, consistent with the measures, and every worked example holds."""

from __future__ import annotations

import keyword

import numpy as np
import pytest

from zuxun_xl.errors import CallError
from zuxun_xl.kpi.catalogue import ACHIEVED, BASE, GENERIC, HANDBOOK, KPIS, Kpi
from zuxun_xl.kpi.compute import PLAN, kpi_value
from zuxun_xl.kpi.measures import MEASURES, Adds, Measure

EXAMPLES = [pytest.param(kpi, example, id=f"{kpi.function}-{n}") for kpi in KPIS.values() for n, example in enumerate(kpi.examples)]
TEXTS = [(kpi, variant) for kpi in KPIS.values() for variant in (HANDBOOK, *kpi.variants)]
VBA_KEYWORDS = frozenset(
    """
    addressof alias and any appactivate array as attribute base beep begin binary boolean byref byte byval call case cbool cbyte
    ccur cdate cdbl cdec chdir chdrive cint clng close command compare const csng cstr curdir currency cvar cverr date debug
    decimal declare defbool defbyte defcur defdate defdbl defdec defint deflng defobj defsng defstr defvar dim dir do doevents
    double each else elseif empty end endif enum environ eof eqv erase err error event exit explicit false fileattr filecopy for
    format freefile friend function get getattr global gosub goto if imp implements in input inputb instr int integer is kill
    lbound len lenb let lib like line load loc lock lof long loop lset me mid midb mkdir mod module name new next not nothing null
    object on open option optional or output paramarray pos preserve print private property pset public put raiseevent random
    randomize read redim rem reset resume return rmdir rset savepicture scale seek select sendkeys set setattr sgn shared single
    spc static step stop str string sub tab text then time timer to true type typeof ubound unload unlock until using variant wend
    while width with withevents write xor
    """.split()
)
OUTSIDE_THE_MEASURES = {
    "实际", "计划", "大专及以上人数", "主管人均收入", "人均收入", "职级人数", "男性人数", "女性人数", "险种FYP",
}


def ids(kpi: object) -> str:
    return kpi.function if isinstance(kpi, Kpi) else str(kpi)


def it_holds_the_handbooks_thirteen_analysis_figures_and_seven_auxiliary_ones():
    analysis = "举绩率 FYP计划达成率 首年期交保费计划达成率 人均FYC 人均产能 件均保费 人均件数 有效人均件数 达成率"
    quality = "保单持续率 续收达成率 增员率 脱落率"
    auxiliary = "出勤率 学历比率 主管与人均收入比率 各职级比率 男女比率 各险种FYP比率 期交比率"
    assert list(KPIS) == f"{analysis} {quality} {auxiliary}".split()
    assert [key for key, kpi in KPIS.items() if kpi.auxiliary] == auxiliary.split()
    assert BASE == ("FYP", "首年期交", "FYC", "期初人力", "期末人力", "增员人数", "脱落人数")
    assert set(BASE) | set(ACHIEVED) <= set(MEASURES)


@pytest.mark.parametrize(("kpi", "example"), EXAMPLES)
def it_keeps_every_worked_example_as_value_and_as_column(kpi, example):
    value = kpi.expression().value(example.inputs)
    assert value == (None if example.value is None else pytest.approx(example.value, abs=5e-7))
    column = kpi.expression().column({name: np.array([np.nan if v is None else v], dtype=float) for name, v in example.inputs.items()})
    np.testing.assert_allclose(column, [np.nan if example.value is None else example.value], atol=5e-7)


@pytest.mark.parametrize("kpi", KPIS.values(), ids=ids)
def it_gives_each_kpi_an_example_that_is_defined_and_one_that_is_not(kpi):
    assert {example.value is None for example in kpi.examples} == {True, False}
    assert all(set(example.inputs) == set(kpi.expression().names) for example in kpi.examples)


@pytest.mark.parametrize(("kpi", "variant"), TEXTS, ids=ids)
def it_writes_formulas_over_measures_plans_and_declared_parameters_only(kpi, variant):
    for name in kpi.expression(variant).names:
        base = name.removeprefix(PLAN) if name != PLAN else name
        assert base in MEASURES or (name in kpi.parameters and name in OUTSIDE_THE_MEASURES), name


@pytest.mark.parametrize(("kpi", "variant"), TEXTS, ids=ids)
def it_never_computes_a_ratio_from_another_ratio(kpi, variant):
    assert not set(kpi.expression(variant).names) & set(KPIS)


@pytest.mark.parametrize("kpi", KPIS.values(), ids=ids)
def it_declares_the_parameters_its_monthly_formula_needs_in_its_order(kpi):
    assert tuple(kpi.parameters) == kpi.monthly().names
    assert kpi.expression().text.startswith(f"{kpi.key} = ")


@pytest.mark.parametrize("kpi", KPIS.values(), ids=ids)
def it_names_functions_and_parameters_so_that_vba_and_python_take_them(kpi):
    parameters = list(kpi.parameters.values())
    assert kpi.function.isascii()
    assert kpi.function.startswith("ZX_")
    assert kpi.function == kpi.function.upper()
    assert len(set(parameters)) == len(parameters)
    for name in parameters:
        assert name.isascii()
        assert name.isidentifier()
        assert name == name.lower()
        assert name not in VBA_KEYWORDS
        assert not keyword.iskeyword(name)


def it_names_every_function_once():
    assert len({kpi.function for kpi in KPIS.values()}) == len(KPIS)


def it_gives_no_kpi_or_measure_the_name_of_another():
    named: dict[str, str] = {}
    items: list[Kpi | Measure] = [*MEASURES.values(), *KPIS.values()]
    for item in items:
        for name in (item.key, *item.aliases):
            assert named.setdefault(name, item.key) == item.key, name


@pytest.mark.parametrize("kpi", KPIS.values(), ids=ids)
def it_says_what_each_kpi_is_for(kpi):
    assert kpi.purpose in {"业绩趋势", "核心技能", "基础工作质量", "改革成效"}
    assert kpi.meaning
    assert (kpi.better == "low") is (kpi.key == "脱落率")


def it_lists_the_variants_there_are_when_asked_for_an_unknown_one():
    with pytest.raises(CallError, match="没有“环比”口径") as caught:
        KPIS["脱落率"].expression("环比")
    assert all(name in str(caught.value) for name in ("手册", "期初期末", "期初", "LIMRA", "月均"))


@pytest.mark.parametrize("key", [key for key, kpi in KPIS.items() if "平均人力" in kpi.expression().names])
def it_averages_opening_and_closing_within_a_month(key):
    kpi = KPIS[key]
    top = kpi.expression().names[0]
    assert kpi.monthly().value({top: 6, "期初人力": 40, "期末人力": 42}) == kpi_value(kpi, {top: 6, "平均人力": 41}, {})
    assert kpi.monthly().excel({top: "D9", "期初人力": "B9", "期末人力": "C9"}) == "IF((B9+C9)/2=0,NA(),D9/((B9+C9)/2))"


@pytest.mark.parametrize("key", MEASURES)
def it_explains_each_measure_under_its_own_key(key):
    measure = MEASURES[key]
    assert (measure.key, bool(measure.meaning), isinstance(measure.adds, Adds)) == (key, True, True)


def it_reports_the_generic_attainment_for_measures_that_are_planned():
    assert set(KPIS[GENERIC].expression().names) == {"实际", "计划"}
