"""Rules of 附表五 on its figures (V501, V503–V506, V510): what ratios are made of, how they hang together, the period before."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from zuxun_xl.cells import address
from zuxun_xl.findings import Finding
from zuxun_xl.forms import appendix5
from zuxun_xl.kpi.catalogue import GENERIC, HANDBOOK, KPIS, Kpi
from zuxun_xl.kpi.compute import kpi_value
from zuxun_xl.kpi.measures import MEASURES, Values
from zuxun_xl.records.model import WHOLE
from zuxun_xl.tasks.checking.rounding import Typed, agree
from zuxun_xl.tasks.checking.stages import Stage, before, stages
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.units import PERCENT, squeeze

_IDENTITIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("人均件数", ("举绩率", "有效人均件数")),
    ("人均产能", ("有效人均件数", "件均保费")),
    ("FYP", ("平均人力", "举绩率", "有效人均件数", "件均保费")),
)
"""What follows from the definitions (domain.md §3.2): figure and factors."""


def check_kpis(ledger: Ledger) -> Iterator[Finding]:
    """All rules on the figures of every 附表五 that the workbook keeps."""
    known = stages(ledger)
    for stage in known:
        yield from _unknown(stage)
        yield from _parts_shown(stage)
        yield from _identities(stage)
        yield from _means(stage)
        earlier = before(stage, known)
        if earlier is not None:
            yield from _prior(stage, earlier)


def _unknown(stage: Stage) -> Iterator[Finding]:
    """V510: every indicator is one of the catalogue."""
    table = stage.table
    for index, key in enumerate(table.column("指标")):
        if key is None:
            text = stage.ledger.grids[table.sheet].value(table.rows[index], table.columns["指标"])
            yield appendix5.FORM.rule("V510").at(table.sheet, table.cell(index, "指标"), kpi=text)


def _parts_shown(stage: Stage) -> Iterator[Finding]:
    """V501: where the form has columns for them, a ratio shows what was divided, and is that."""
    table, rule = stage.table, appendix5.FORM.rule("V501")
    if not (table.has("分子") and table.has("分母") and stage.columns):
        return
    scope = WHOLE if WHOLE in stage.columns else next(iter(stage.columns))
    for key in _ratios(stage):
        shown, top, bottom = stage.typed(key, scope), stage.side(key, "分子"), stage.side(key, "分母")
        if shown is None:
            continue
        blank = [name for name, value in (("分子", top), ("分母", bottom)) if value is None]
        if blank:
            yield rule.at(table.sheet, table.cell(stage.rows[key], blank[0]), kpi=key, problem=f"没有写出{'、'.join(blank)}")
        elif top is not None and bottom and not agree(shown, top / bottom):
            problem = f"写{shown.value:,.4g}，而分子{top:,.10g}÷分母{bottom:,.10g}={top / bottom:,.4g}"
            yield rule.at(table.sheet, stage.cell(key, scope), kpi=key, problem=problem)


def _ratios(stage: Stage) -> Iterator[str]:
    return (key for key in stage.rows if key.startswith(GENERIC) or (key in KPIS and key != "男女比率"))


def _identities(stage: Stage) -> Iterator[Finding]:
    """V504: figures that follow from others; only where all stand on the handbook's definitions."""
    for scope in stage.columns:
        for key, factors in _IDENTITIES:
            shown, known = stage.typed(key, scope), [_factor(stage, factor, scope) for factor in factors]
            figures = [figure for figure in known if figure is not None]
            if shown is None or len(figures) < len(factors) or any(name in stage.ledger.settings.variants for name in (key, *factors)):
                continue
            product = prod(figure.value for figure in figures)
            if not agree(shown, product, *figures):
                yield appendix5.FORM.rule("V504").at(
                    stage.table.sheet, stage.cell(key, scope), group=scope, kpi=key, shown=f"{shown.value:,.10g}",
                    factors="×".join(factors), product=f"{product:,.6g}",
                )


def _factor(stage: Stage, key: str, scope: str) -> Typed | None:
    """A factor as typed; 平均人力 also from both ends of a single month."""
    typed = stage.typed(key, scope)
    if typed is not None or key != "平均人力" or stage.period is None or len(stage.period.pieces()) > 1:
        return typed
    opening, closing = (stage.typed(end, scope) for end in ("期初人力", "期末人力"))
    return None if opening is None or closing is None else Typed((opening.value + closing.value) / 2)


def _means(stage: Stage) -> Iterator[Finding]:
    """V503: the ratio of 全部 comes from its totals; the mean of the groups' ratios is another figure."""
    groups = [scope for scope in stage.columns if scope != WHOLE]
    for key in _ratios(stage) if WHOLE in stage.columns and len(groups) > 1 else ():
        shown, parts = stage.typed(key, WHOLE), [stage.typed(key, group) for group in groups]
        known = [part.value for part in parts if part is not None]
        wanted = list(_wanted(stage, key))
        if shown is None or len(known) < len(groups) or not wanted or any(agree(shown, value) for value in wanted):
            continue
        if agree(shown, sum(known) / len(known)):
            yield appendix5.FORM.rule("V503").at(
                stage.table.sheet, stage.cell(key, WHOLE), kpi=key, shown=_shown(key, shown.value), value=_shown(key, wanted[0])
            )


def _wanted(stage: Stage, key: str) -> Iterator[float]:
    """The ratio of 全部 from totals in each 口径: from the form's own figures and from the records."""
    kpi = KPIS.get(key)
    if kpi is None:
        return
    own = {name: typed.value for name in MEASURES if (typed := stage.typed(name, WHOLE)) is not None}
    if {"期初人力", "期末人力"} <= own.keys() and stage.period is not None and len(stage.period.pieces()) == 1:
        own.setdefault("平均人力", (own["期初人力"] + own["期末人力"]) / 2)
    sources: list[tuple[Values, Values]] = [(own, {})]
    ledger, period = stage.ledger, stage.period
    if period is not None and ledger.reaches(period) and ledger.covers(period):
        sources.insert(0, (ledger.measures(period)[WHOLE], ledger.plan.of(period).get(WHOLE, {})))
    for measures, plan in sources:
        yield from _variants(kpi, measures, plan)


def _variants(kpi: Kpi, measures: Values, plan: Values) -> Iterator[float]:
    for variant in (HANDBOOK, *kpi.variants):
        value = kpi_value(kpi, measures, plan, variant)
        if value is not None:
            yield value


def _shown(key: str, value: float) -> str:
    return f"{value:.2%}" if key in KPIS and KPIS[key].unit is PERCENT else f"{value:,.2f}"


def _prior(stage: Stage, earlier: Stage) -> Iterator[Finding]:
    """V505: 上期值 is what the form of that period shows; V506: both stand on one 口径, else they cannot be compared."""
    table = stage.table
    if not table.has(appendix5.PRIOR):
        return
    yield from _comparable(stage, earlier, "各指标", (stage.basis, earlier.basis), address(table.header, table.columns[appendix5.PRIOR]))
    for key, index in stage.rows.items():
        shown, archived, place = stage.prior(key), earlier.typed(key, WHOLE), table.cell(index, appendix5.PRIOR)
        if shown is None or archived is None:
            continue
        bases = (squeeze(stage.text(index, "口径")), squeeze(earlier.text(earlier.rows[key], "口径")))
        yield from _comparable(stage, earlier, key, bases, place)
        if not agree(Typed(shown.value, archived.half), archived.value):
            yield appendix5.FORM.rule("V505").at(
                table.sheet, place, kpi=key, period=_label(earlier), shown=f"{shown.value:,.10g}", value=f"{archived.value:,.10g}",
                sheet_before=earlier.table.sheet,
            )


def _comparable(stage: Stage, earlier: Stage, what: str, bases: tuple[str, str], place: str) -> Iterator[Finding]:
    """V506, where both forms state a 口径."""
    own, other = bases
    if own and other and own != other:
        yield appendix5.FORM.rule("V506").at(
            stage.table.sheet, place, kpi=what, now=_label(stage), own=own, period=_label(earlier), other=other
        )


def _label(stage: Stage) -> str:
    return stage.period.label if stage.period else ""
