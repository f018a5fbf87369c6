"""How results look in a terminal: a few Chinese lines and plain tables. Messages go to stderr, JSON alone to stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zuxun_xl.book.changes import Change, ChangeSet, Content, Formula
from zuxun_xl.findings import Finding, Level
from zuxun_xl.kpi.catalogue import BASE, GENERIC, HANDBOOK, KPIS
from zuxun_xl.kpi.measures import MEASURES
from zuxun_xl.units import PERCENT, show

if TYPE_CHECKING:
    from rich.console import Console

    from zuxun_xl.tasks.diagnose import Diagnosis

_NOT_DONE = frozenset({"T201", "T202", "C142"})
"""Notes on what was left undone, which a person should see at once."""
_SHOWN_RULES = 8
_SHOWN_ALIKE = 4
_SHOWN_PLACES = 20
_SHOWN_CHANGES = 60


def print_json(result: Mapping[str, Any]) -> None:
    """One JSON object to stdout, nothing else."""
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=2, default=str) + "\n")


def say(text: str) -> None:
    """A line for the user, to stderr."""
    sys.stderr.write(text + "\n")


def _console() -> Console:
    from rich.console import Console

    return Console(markup=False, highlight=False, soft_wrap=False, width=None if sys.stdout.isatty() else 160)


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 1) -> None:
    """A table to stdout; columns from ``numbers`` on are right-aligned."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as RichTable

    shown = RichTable(title=title, title_justify="left", box=SIMPLE_HEAD)
    for place, head in enumerate(heads):
        shown.add_column(head, justify="right" if place >= numbers else "left", overflow="fold")
    for row in rows:
        shown.add_row(*row)
    _console().print(shown)


def kpi_table(label: str, groups: Mapping[str, Mapping[str, Any]], variants: Mapping[str, str]) -> None:
    """Measures and KPIs of every group; the 口径 stands beside every ratio."""
    heads = ["指标", "口径", *groups]
    first = next(iter(groups.values()))
    rows = [[key, "", *(show(values["measures"][key], MEASURES[key].unit) for values in groups.values())] for key in first["measures"]]
    for key, value in first.items():
        if isinstance(value, dict) and key == GENERIC:
            rows += [[f"{GENERIC}（{part}）", HANDBOOK, *(show(v[key][part], PERCENT) for v in groups.values())] for part in value]
        elif key != "measures":
            rows.append([key, variants.get(key, HANDBOOK), *(show(v[key], KPIS[key].unit) for v in groups.values())])
    table(f"{label} KPI", heads, rows, numbers=2)


def catalogue_table() -> None:
    """The KPI catalogue: formula, 口径, function."""
    rows = [[kpi.key, f"{kpi.key} = {kpi.formula}", kpi.unit.name, "、".join(kpi.variants) or "—", kpi.function] for kpi in KPIS.values()]
    table("KPI指标库（公式用手册的说法；计划开头的是计划数）", ["指标", "公式", "单位", "其他口径", "函数"], rows, numbers=9)
    rows = [[m.key, m.unit.name, m.adds.value, m.meaning] for m in MEASURES.values()]
    table("基础数据", ["名称", "单位", "跨期", "含义"], rows, numbers=9)


def catalogue_json() -> dict[str, Any]:
    """The catalogue as a JSON object."""
    return {
        "kpi": [
            {
                "key": k.key, "formula": k.formula, "unit": k.unit.name, "variants": dict(k.variants), "function": k.function,
                "meaning": k.meaning,
            }
            for k in KPIS.values()
        ],
        "measures": [
            {"key": m.key, "base": m.key in BASE, "unit": m.unit.name, "adds": m.adds.value, "meaning": m.meaning}
            for m in MEASURES.values()
        ],
    }


def findings_table(findings: Sequence[Finding]) -> None:
    """Findings with place and remedy; of many that break one rule on a sheet the first few, then the places of the others."""
    alike: dict[tuple[Level, str, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.level, finding.sheet, finding.code), []).append(finding)
    rows = [row for same in alike.values() for row in _finding_rows(same)]
    table(f"校验结果：{counts(findings)}", ["级别", "编号", "位置", "说明", "怎么办"], rows, numbers=9)


def _finding_rows(same: Sequence[Finding]) -> list[list[str]]:
    """Rows of findings that break one rule on one sheet."""
    shown = same if len(same) <= _SHOWN_ALIKE + 1 else same[:_SHOWN_ALIKE]
    rows = [[f.level.value, f.code, f"{f.sheet}!{f.cell}" if f.cell else f.sheet, f.message, f.remedy] for f in shown]
    if rest := same[len(shown) :]:
        places = list(dict.fromkeys(finding.cell for finding in rest if finding.cell))
        few = "、".join(places[:_SHOWN_PLACES]) + ("…" if len(places) > _SHOWN_PLACES else "")
        rows.append([rest[0].level.value, rest[0].code, rest[0].sheet, f"同类还有{len(rest)}处" + (f"：{few}" if few else ""), ""])
    return rows


def counts(findings: Sequence[Finding]) -> str:
    """How many findings of each level there are, in words."""
    return "，".join(f"{level.value} {sum(f.level is level for f in findings)} 条" for level in Level)


def place_of(finding: Finding) -> str:
    """Sheet and cell of a finding, as far as it has them."""
    return f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet


def first_findings(findings: Sequence[Finding], more: str = "全部问题和办法：zuxun check。") -> None:
    """A line for each rule that is broken, with its first place and how many there are; notes only where they say what was not done.

    Args:
        findings: in any order.
        more: where to read the rest.
    """
    by_rule: dict[tuple[Level, str], list[Finding]] = {}
    for finding in findings:
        if finding.level is not Level.NOTE or finding.code in _NOT_DONE:
            by_rule.setdefault((finding.level, finding.code), []).append(finding)
    for (level, code), same in list(by_rule.items())[:_SHOWN_RULES]:
        others = f"（同类共{len(same)}处）" if len(same) > 1 else ""
        say("  " + " ".join(filter(None, (f"[{level.value}]", code, place_of(same[0]), f"{same[0].message}{others}"))))
    if by_rule and more:
        say(f"  {more}")


def changes_table(changes: ChangeSet) -> None:
    """The change set: what would be written where, and why."""
    rows = [[f"{c.sheet}!{c.cell}", _content(c.old), _content(c.new), c.why] for c in changes.changes[:_SHOWN_CHANGES]]
    rows += [[f"工作表“{spec.name}”", "", f"{len(spec.cells)} 格", "新增或更新整张表"] for spec in changes.sheets]
    table(f"将要写入 {len(changes.changes)} 格（未写入文件）", ["位置", "原值", "新值", "原因"], rows, numbers=9)
    if len(changes.changes) > _SHOWN_CHANGES:
        say(f"…以上是前 {_SHOWN_CHANGES} 格，共 {len(changes.changes)} 格。")


def preview(changes: ChangeSet, *, as_json: bool) -> None:
    """What would be written, as a table or as a JSON object."""
    if not as_json:
        changes_table(changes)
        return
    cells = [{"sheet": c.sheet, "cell": c.cell, "old": _content(c.old), "new": _content(c.new), "why": c.why} for c in changes.changes]
    print_json({"changes": cells, "sheets": [spec.name for spec in changes.sheets]})


def repairs_json(repairs: Iterable[Change]) -> list[dict[str, Any]]:
    """Repaired cells as JSON objects, the values as they stand in the cells."""
    return [{"sheet": c.sheet, "cell": c.cell, "old": c.old, "new": c.new, "why": c.why} for c in repairs]


def repairs_table(repairs: Sequence[Change]) -> None:
    """Cells that are repaired: what stood there, what stands there now, and why. The sheet 校验结果 lists them all."""
    if not repairs:
        say("修复：没有肯定能改好的格子。")
        return
    rows = [[f"{c.sheet}!{c.cell}", f"“{c.old}”", _content(c.new), c.why] for c in repairs[:_SHOWN_CHANGES]]
    table(f"修复 {len(repairs)} 格（只改写法，不改数值）", ["位置", "原来", "改为", "原因"], rows, numbers=9)
    if len(repairs) > _SHOWN_CHANGES:
        say(f"…以上是前 {_SHOWN_CHANGES} 格，全部见“校验结果”表或 --json。")


def _content(content: Content) -> str:
    if isinstance(content, Formula):
        return f"={content.text} → {_content(content.value)}"
    if isinstance(content, float):
        return f"{content:,.4f}".rstrip("0").rstrip(".")
    return "" if content is None else str(content)


def problems_table(problems: Sequence[Diagnosis]) -> None:
    """The diagnosis: problems that are 红 or 黄 with the reasoning."""
    present = sorted((p for p in problems if p.present), key=lambda p: p.verdict.state != "红")
    rows = [[p.verdict.state, p.group, p.problem.name, p.verdict.brief] for p in present]
    table("诊断", ["状态", "组别", "问题", "判定依据"], rows, numbers=9)


def problem_lines(problems: Sequence[Diagnosis]) -> None:
    """The diagnosis in two lines."""
    for state in ("红", "黄"):
        names = [f"{p.group}{p.problem.name}" for p in problems if p.verdict.state == state]
        say(f"  {state}：{'、'.join(names) or '无'}")
