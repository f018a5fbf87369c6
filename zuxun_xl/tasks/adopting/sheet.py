"""The sheet 映射: what was recognised, row by row, with cells in which the trainer decides otherwise. Every task reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zuxun_xl.book.answers import SEPARATOR, UNITS, UNUSED, Answers, Decision, Kind
from zuxun_xl.book.changes import Entry, SheetSpec
from zuxun_xl.book.heads import headings_at
from zuxun_xl.book.layout import Layout, Styled
from zuxun_xl.book.mapping import HEADS, TITLE, WHOLE_TABLE, is_mapping
from zuxun_xl.book.own import MAPPING, free_name
from zuxun_xl.book.scales import is_money
from zuxun_xl.cells import column_letters
from zuxun_xl.forms.catalogue import FORMS
from zuxun_xl.tasks.adopting.question import Question
from zuxun_xl.tasks.adopting.report import FREE, ColumnReport, Report, TableReport

if TYPE_CHECKING:
    from zuxun_xl.tasks.ledger import Ledger

_WIDTHS = (10, 16, 7, 14, 20, 16, 9, 20, 11, 46)
_ASIDE = frozenset({"序号", "备注"})
_ABSENT = "（没有找到）"
_NOTHING = ColumnReport("", _ABSENT, "", "")
_LONGEST_LIST = 255
_NOTE = (
    "这张表由 zuxun adopt 生成，zuxun 的每个命令都会读它。认错了的，在黄色的“您的决定”里改：表头照台账里的写法（列挪了位置也不要紧），"
    f"没有这一列的写“{UNUSED}”；金额的单位写元、千元或万元；“{WHOLE_TABLE}”一行写工作表名，几张合起来的用“{SEPARATOR}”隔开。清空就是照自动认的办。"
)
_HEADING_PLACE, _UNIT_PLACE = HEADS.index("您的决定：表头") + 1, HEADS.index("您的决定：单位") + 1


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sheet, and what may be picked in its two cells of decision."""

    form: str
    sheets: str
    header: int | None
    key: str
    heading: str
    unit: str = ""
    source: str = ""
    decided: str = ""
    decided_unit: str = ""
    doubt: str = ""
    choices: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


def mapping_sheet(ledger: Ledger, report: Report, questions: Sequence[Question]) -> SheetSpec:
    """The description of the sheet, all decisions in force kept."""
    layout = Layout(_WIDTHS)
    layout.line(TITLE, "title", 30)
    layout.line(_NOTE, "note")
    asked = f"有{len(questions)}处疑问，见最后一栏有字的行。" if questions else "没有疑问。"
    layout.line(f"{asked}来源：表头＝表头写的；推断＝按表头的后半截认的；内容＝按格子里的内容认的；您的决定＝照这张表办。", "note")
    layout.row([(head, "head") for head in HEADS])
    entries: list[Entry] = []
    for number, line in enumerate(_lines(ledger, report, questions), start=5):
        layout.row(_cells(line))
        entries += _entries(number, line)
    name = free_name(ledger.grids, MAPPING, is_mapping)
    return layout.spec(name, freeze=(4, 0), repeat_rows=(4, 4), tab_color="#FFC000", entries=tuple(entries))


def _cells(line: Line) -> list[Styled]:
    plain, number = ("section", "section") if line.key == WHOLE_TABLE else ("text", "center")
    return [
        (line.form, plain), (line.sheets or None, plain), (line.header, number), (line.key, plain), (line.heading, plain),
        (line.unit or None, plain), (line.source or None, plain), (line.decided or None, "input"), (line.decided_unit or None, "input"),
        (line.doubt or None, "doubt" if line.doubt else "text"),
    ]


def _entries(row: int, line: Line) -> Iterator[Entry]:
    """Lists to pick from; other texts may be typed as well."""
    for place, options in ((_HEADING_PLACE, line.choices), (_UNIT_PLACE, line.units)):
        if options and len(",".join(options)) <= _LONGEST_LIST and not any("," in option for option in options):
            cell = f"{column_letters(place)}{row}"
            yield Entry(cell, {"validate": "list", "source": list(options), "show_error": False})


def _lines(ledger: Ledger, report: Report, questions: Sequence[Question]) -> Iterator[Line]:
    answers, shown = ledger.decisions, set[tuple[Kind, str, str]]()
    doubts = {(q.form, q.key): _doubt(q) for q in questions}
    for form in FORMS:
        places = [each for each in report.tables if each.form == form and each.used] or [
            each for each in report.tables if each.form == form and each.missing
        ][:1]
        lines = [*_of_form(ledger, form, places, doubts)] if places else []
        for line in lines:
            shown |= {(Kind.SHEET, form, "")} if line.key == WHOLE_TABLE else {(Kind.HEADING, form, line.key), (Kind.UNIT, form, line.key)}
        yield from lines
        yield from _left_over(answers, form, shown)


def _of_form(ledger: Ledger, form: str, places: Sequence[TableReport], doubts: dict[tuple[str, str], str]) -> Iterator[Line]:
    answers = ledger.decisions
    candidates = ledger.places[form]
    yield Line(
        form, SEPARATOR.join(dict.fromkeys(place.sheet for place in places)), None, WHOLE_TABLE, FORMS[form].title,
        source=f"把握{places[0].confidence:.0%}", decided=SEPARATOR.join(_decided_sheets(answers, form)), doubt=doubts.get((form, ""), ""),
        choices=tuple(dict.fromkeys(each.sheet for each in candidates)),
    )
    ways: dict[object, list[TableReport]] = {}
    for place in places:
        columns = tuple((c.key, c.heading, c.unit, c.unit_from, c.found_by) for c in place.columns)
        mine = tuple(answers.headings(form, place.sheet).items()), tuple(answers.units(form, place.sheet).items())
        ways.setdefault((columns, place.missing, mine), []).append(place)
    for alike in ways.values():
        yield from _of_way(ledger, form, alike, doubts)


def _decided_sheets(answers: Answers, form: str) -> Iterable[str]:
    return (decision.value for decision in answers.decisions if (decision.kind, decision.form) == (Kind.SHEET, form))


def _of_way(ledger: Ledger, form: str, alike: Sequence[TableReport], doubts: dict[tuple[str, str], str]) -> Iterator[Line]:
    """Columns of sheets that are kept in the same way."""
    place = alike[0]
    sheets, header = SEPARATOR.join(dict.fromkeys(each.sheet for each in alike)), place.header
    headings, units = ledger.decisions.headings(form, place.sheet), ledger.decisions.units(form, place.sheet)
    headings_there = {} if place.layout == FREE else headings_at(ledger.grids[place.sheet], place.header)
    choices = (*dict.fromkeys(headings_there.values()), UNUSED) if headings_there else ()
    found = {column.key: column for column in place.columns}
    asked = [key for own, key in doubts if own == form and key]
    for key in dict.fromkeys((*found, *place.missing, *asked, *headings, *units)):
        if key in _ASIDE and key not in headings:
            continue
        column = found.get(key, _NOTHING)
        unit = f"{column.unit}（{column.unit_from}）" if column.unit else ""
        yield Line(
            form, sheets, header, key, column.heading, unit, column.found_by, headings.get(key, ""), units.get(key, ""),
            doubts.get((form, key), ""), choices, UNITS if is_money(FORMS[form], key) else (),
        )


def _left_over(answers: Answers, form: str, shown: set[tuple[Kind, str, str]]) -> Iterator[Line]:
    """Decisions that no row speaks of, so that none is lost."""
    for each in answers.decisions:
        if each.form == form and (each.kind, form, each.key) not in shown:
            yield _alone(each)


def _alone(decision: Decision) -> Line:
    key = decision.key or WHOLE_TABLE
    heading, unit = ("", decision.value) if decision.kind is Kind.UNIT else (decision.value, "")
    return Line(decision.form, decision.sheet, None, key, _ABSENT, decided=heading, decided_unit=unit)


def _doubt(question: Question) -> str:
    options = "；".join(
        f"{number}. {option.value}" + (f"（{'、'.join(option.samples)}）" if option.samples else "")
        for number, option in enumerate(question.options, start=1)
    )
    return f"{question.id} {question.text}{options}。{question.meanwhile}。"
