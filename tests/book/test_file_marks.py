"""Marked cells: coloured and noted in a copy; contents, looks, older notes and every other part of the package stay."""

from __future__ import annotations

import io
import struct
import tempfile
import zlib
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.book.ooxml_books import SAMPLE, SHEET, altered, parts, sheet_text, stored, with_rows, written
from tests.book.test_file_read import prefixed
from zuxun_xl.book.changes import CellMark, Change, ChangeSet, SheetCell, SheetSpec
from zuxun_xl.book.file import FileBook
from zuxun_xl.cells import address
from zuxun_xl.errors import CallError, FileError

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # openpyxl as a second reader

PINK = "FFC7CE"
MAY_CHANGE = ("xl/worksheets/", "xl/styles.xml", "xl/comments", "xl/drawings/vmlDrawing", "[Content_Types].xml")
HEAD = "【zuxun_xl 校验】"


def picture() -> io.BytesIO:
    """A picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header, pixel = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0), zlib.compress(b"\0\xff\0\0")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b""))


def figures(workbook: Any) -> Any:
    """A sheet with styled figures, a formula, a merged title and empty cells between."""
    sheet = workbook.add_worksheet("表")
    look = workbook.add_format({"bold": True, "border": 1, "num_format": "0.00%", "bg_color": "#EEEEEE"})
    sheet.merge_range("A1:C1", "标题")
    sheet.write("B3", 0.25, look)
    sheet.write_formula("C3", "=B3*2", None, 0.5)
    sheet.write("D9", "远处")
    return sheet


def plain(workbook: Any) -> None:
    figures(workbook)
    workbook.add_worksheet("另一张").write_comment("A1", "别的批注")


def noted(workbook: Any) -> None:
    sheet = figures(workbook)
    sheet.write_comment("B3", "已有批注\n第二行", {"author": "李老师"})
    sheet.write_comment("F20", "另一条")


def buttons(workbook: Any) -> None:
    figures(workbook).insert_button("F2", {"caption": "按钮"})


def letterhead(workbook: Any) -> None:
    figures(workbook).set_header("&L&G", {"image_left": "a.png", "image_data_left": picture()})


def lists(workbook: Any) -> None:
    sheet = figures(workbook)
    sheet.add_table("F3:G6", {"columns": [{"header": "甲"}, {"header": "乙"}]})
    sheet.add_sparkline("H3", {"range": "B3:D3"})
    sheet.conditional_format("B3:D9", {"type": "data_bar", "bar_solid": True})
    sheet.data_validation("B9", {"validate": "list", "source": ["是", "否"]})
    sheet.insert_textbox("J2", "框")


KINDS = (plain, noted, buttons, letterhead, lists)


@pytest.fixture(scope="module")
def books():
    with tempfile.TemporaryDirectory() as folder:
        yield [written(Path(folder) / f"{build.__name__}.xlsx", build) for build in KINDS]


def marks(*cells: str, note: str = "说明", colour: str = PINK, sheet: str = "表") -> ChangeSet:
    return ChangeSet(marks=tuple(CellMark(sheet, cell, colour, note) for cell in cells))


def marked(path: Path, *cells: str, **options: str) -> Path:
    """The workbook with marked cells."""
    return FileBook(path).save(marks(*cells, **options), path.with_name("标记.xlsx"))


def notes(path: Path, sheet: str = "表") -> dict[str, str]:
    """Notes by cell."""
    rows: Any = openpyxl.load_workbook(path)[sheet].iter_rows()
    return {cell.coordinate: cell.comment.text for row in rows for cell in row if getattr(cell, "comment", None)}


def look(cell: Any) -> tuple[str, ...]:
    return cell.number_format, repr(cell.font), repr(cell.border), repr(cell.alignment), repr(cell.protection)


CELLS = st.sets(st.tuples(st.integers(1, 12), st.integers(1, 9)), min_size=1, max_size=8)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(which=st.integers(0, len(KINDS) - 1), cells=CELLS, note=st.sampled_from(["说明", "", "a<b & “c”\n_x0041_"]))
def it_changes_nothing_but_grounds_and_notes(books, which, cells, note):
    path = books[which]
    out = marked(path, *(address(*cell) for cell in cells), note=note)
    before, after = stored(path), stored(out)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert all(name.startswith(MAY_CHANGE) for name in changed)
    assert "xl/worksheets/sheet2.xml" not in changed
    old, new = FileBook(path), FileBook(out)
    assert new.formulas("表") == old.formulas("表")
    places = {(row, column): old.grid("表").value(row, column) for row in range(1, 25) for column in range(1, 12)}
    assert {place: new.grid("表").value(*place) for place in places} == places
    sheet, twin = openpyxl.load_workbook(out)["表"], openpyxl.load_workbook(path)["表"]
    shown = {"A1" if row == 1 and column <= 3 else address(row, column) for row, column in cells}
    for row in range(1, 13):
        for column in range(1, 10):
            ours: Any = sheet.cell(row, column)
            theirs: Any = twin.cell(row, column)
            if type(ours).__name__ == "MergedCell":
                continue
            assert look(ours) == look(theirs)
            if ours.coordinate in shown:
                assert ours.fill.fgColor.rgb == f"FF{PINK}"
            else:
                assert repr(ours.fill) == repr(theirs.fill)
    kept = notes(path)
    found = notes(out)
    assert {cell: text for cell, text in found.items() if cell not in shown} == {c: t for c, t in kept.items() if c not in shown}
    if note:
        assert all(found[cell].startswith(kept.get(cell, "")) and HEAD in found[cell] for cell in shown)
    else:
        assert found == kept


@pytest.mark.parametrize("build", KINDS)
def it_reads_back_the_note_as_it_was_given(build, tmp_path):
    out = marked(written(tmp_path / "a.xlsx", build), "C3", note="[错] V101 差<3>&“4”。\n请改。")
    assert notes(out)["C3"] == f"{HEAD}\n[错] V101 差<3>&“4”。\n请改。"


def it_keeps_a_note_that_is_there_with_ours_below_a_line_and_replaces_ours_the_next_time(tmp_path):
    path = written(tmp_path / "a.xlsx", noted)
    once = marked(path, "B3", "C3", note="旧说明")
    twice = FileBook(once).save(marks("B3", "C3", note="新说明"), tmp_path / "再.xlsx")
    assert notes(once)["B3"] == f"已有批注\n第二行\n────────\n{HEAD}\n旧说明"
    assert notes(twice)["B3"] == f"已有批注\n第二行\n────────\n{HEAD}\n新说明"
    assert notes(twice)["C3"] == f"{HEAD}\n新说明"
    assert notes(twice)["F20"] == "另一条"
    shapes = [parts(file)["xl/drawings/vmlDrawing1.vml"].count(b"<v:shape ") for file in (path, once, twice)]
    assert shapes == [2, 3, 3], "one box a note"


def it_keeps_a_note_of_plain_text_and_its_reading(tmp_path):
    text = b'<text><t>\xe6\x97\xa7</t><rPh sb="0" eb="1"><t>jiu</t></rPh></text>'

    def rewrite(xml: str) -> str:
        return xml[: xml.index("<text>")] + text.decode() + xml[xml.index("</text>") + 7 :]

    out = marked(altered(written(tmp_path / "a.xlsx", noted), {"xl/comments1.xml": rewrite}), "B3")
    xml = parts(out)["xl/comments1.xml"]
    assert "<text><r><t>旧</t></r><r>".encode() in xml
    assert b'<rPh sb="0" eb="1"><t>jiu</t></rPh></text>' in xml


def it_lets_the_box_of_a_longer_note_reach_further_down(tmp_path):
    def bottom(path: Path) -> int:
        xml = parts(path)["xl/drawings/vmlDrawing1.vml"].decode()
        return int(xml.split("<x:Anchor>")[1].split(",")[6])

    path = written(tmp_path / "a.xlsx", noted)
    assert bottom(marked(path, "B3", note="很长的说明" * 20)) > bottom(path) + 3


def it_gives_every_box_of_the_workbook_an_id_of_its_own(tmp_path):
    path = written(tmp_path / "a.xlsx", plain)
    many = [f"A{row}" for row in range(2, 1202)]
    out = FileBook(path).save(marks(*many) + marks("B2", sheet="另一张"), tmp_path / "b.xlsx")
    drawings = [text.decode() for name, text in parts(out).items() if name.endswith(".vml")]
    ids = [piece.split('"')[0] for text in drawings for piece in text.split('<v:shape id="')[1:]]
    blocks = [number for text in drawings for number in text.split(' data="')[1].split('"')[0].split(",")]
    assert len(ids) == len(set(ids)) == 1202
    assert len(blocks) == len(set(blocks))
    assert {str(int(name.removeprefix("_x0000_s")) // 1024) for name in ids} <= set(blocks)
    assert len(notes(out)) == 1200


ORDER = ["drawing", "legacyDrawing", "legacyDrawingHF", "tableParts", "extLst"]


@pytest.mark.parametrize("build", KINDS)
def it_refers_to_the_notes_where_the_schema_wants_it(build, tmp_path):
    xml = sheet_text(marked(written(tmp_path / "a.xlsx", build), "B3"))
    places = [xml.rfind(f"<{name}") for name in ORDER if f"<{name}" in xml]
    assert places == sorted(places)
    assert xml.count("<legacyDrawing ") == 1


def it_marks_sheets_that_use_prefixes_and_name_no_relationships(tmp_path):
    path = with_rows(tmp_path / "a.xlsx", '<row r="2"><c r="B2"><v>1</v></c></row>')
    out = marked(altered(path, {SHEET: lambda xml: prefixed(xml.replace(' xmlns:r="', ' xmlns:q="'))}), "B2", "D4")
    assert notes(out).keys() == {"B2", "D4"}
    assert openpyxl.load_workbook(out)["表"]["B2"].value == 1


def it_marks_beside_changes_and_new_sheets_in_one_go(tmp_path):
    path = written(tmp_path / "a.xlsx", noted)
    wanted = ChangeSet((Change("表", "B3", 0.25, 0.5, "试"),), (SheetSpec("新", (SheetCell(1, 1, "好"),)),)) + marks("B3")
    out = FileBook(path).save(wanted, tmp_path / "b.xlsx")
    assert (FileBook(out).grid("表").value(3, 2), FileBook(out).grid("新").value(1, 1)) == (0.5, "好")
    assert notes(out)["B3"].endswith("说明")


def it_joins_the_notes_of_cells_that_a_merged_one_hides(tmp_path):
    path = written(tmp_path / "a.xlsx", plain)
    wanted = ChangeSet(marks=(CellMark("表", "B1", PINK, "一"), CellMark("表", "C1", "FFEB9C", "二")))
    out = FileBook(path).save(wanted, tmp_path / "b.xlsx")
    cell: Any = openpyxl.load_workbook(out)["表"]["A1"]
    assert (cell.comment.text, cell.fill.fgColor.rgb) == (f"{HEAD}\n一\n二", f"FF{PINK}")


def threaded(path: Path) -> Path:
    """The workbook with a conversation on one of its cells."""
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    more = f'<Relationship Id="rId9" Type="{kind}" Target="../threadedComments/t.xml"/></Relationships>'
    lead = {"xl/worksheets/_rels/sheet1.xml.rels": lambda xml: xml.replace("</Relationships>", more)}
    return altered(path, lead, {"xl/threadedComments/t.xml": "<ThreadedComments/>"})


def untidy(path: Path) -> Path:
    """The workbook whose boxes are written as web pages are, which is no XML."""
    drawing = "xl/drawings/vmlDrawing1.vml"
    text = parts(path)[drawing].replace(b'<div style="text-align:left"></div>', b"<div><br></div>")
    return altered(path, {}, {drawing: text.decode()})


@pytest.mark.parametrize("damage", [threaded, untidy])
def it_refuses_notes_where_they_could_do_harm_and_still_colours(damage, tmp_path):
    path = damage(written(tmp_path / "a.xlsx", noted))
    book = FileBook(path)
    assert book.note_obstacle("表")
    with pytest.raises(FileError, match="工作表“表”"):
        book.save(marks("B3"), tmp_path / "b.xlsx")
    before, after = stored(path), stored(book.save(marks("B3", note=""), tmp_path / "c.xlsx"))
    assert {name for name in before if before[name] != after[name]} == {SHEET, "xl/styles.xml"}


@pytest.mark.parametrize("build", KINDS)
def it_sees_no_obstacle_in_ordinary_sheets(build, tmp_path):
    assert FileBook(written(tmp_path / "a.xlsx", build)).note_obstacle("表") == ""


def it_refuses_marks_on_nothing(tmp_path):
    book = FileBook(written(tmp_path / "a.xlsx", plain))
    with pytest.raises(FileError, match="没有工作表“无”"):
        book.save(marks("A1", sheet="无"), tmp_path / "b.xlsx")
    with pytest.raises(CallError, match="不是单元格地址"):
        book.save(marks("甲"), tmp_path / "b.xlsx")


def it_keeps_the_sample_as_it_is_but_for_the_marked_sheets(tmp_path):
    book = FileBook(SAMPLE)
    out = book.save(marks("D5", "I4", sheet="附表一") + marks("O3", sheet="花名册"), tmp_path / "b.xlsx")
    kept = notes(SAMPLE, "花名册")["O3"]
    assert notes(out, "花名册")["O3"].startswith(kept + "\n")
    touched = {book._contents.worksheets[name] for name in ("附表一", "花名册")}
    before, after = stored(SAMPLE), stored(out)
    assert {name for name in before if name.startswith("xl/worksheets/sheet") and before[name] != after[name]} == touched


@pytest.mark.libreoffice
def it_opens_in_libreoffice_with_the_same_values(libreoffice, tmp_path):
    path = written(tmp_path / "a.xlsx", lists)
    assert libreoffice.values(marked(path, "B3", "D4", "Z99"))["表"] == libreoffice.values(path)["表"]
