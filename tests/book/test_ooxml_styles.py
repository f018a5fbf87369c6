"""Number-format families and the styles part."""

from __future__ import annotations

import pytest

from zuxun_xl.book.ooxml.markup import decode_string, encode_string, with_attribute
from zuxun_xl.book.ooxml.numbers import family
from zuxun_xl.book.ooxml.styles import Styles
from zuxun_xl.errors import FileError

STYLES = (
    b'<styleSheet xmlns="m">%s<fonts count="1"><font/></fonts><fills><fill/></fills><borders><border/></borders>'
    b'<cellXfs count="2"><xf numFmtId="0" fontId="0"/><xf numFmtId="3" fontId="0"><alignment/></xf></cellXfs></styleSheet>'
)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("General", "general"),
        ("G/通用格式", "general"),
        ("0.0%", "percent"),
        ("#,##0.00_ ;[Red]-#,##0.00", "number"),
        ('0.00,,"万元"', "number"),
        ('"日期"0', "number"),
        ("[$-804]yyyy年m月d日;@", "date"),
        ("[h]:mm", "date"),
        ("[Red][>1]0", "number"),
        ("@", "text"),
        ("0.00E+00", "number"),
        (r"0.0\%", "number"),
    ],
)
def it_knows_the_family_of_a_number_format(code, expected):
    assert family(code) == expected


def it_adds_a_section_of_formats_where_there_is_none():
    styles = Styles(STYLES % b"", "styles.xml")
    assert [styles.derived(1, "0.0%"), styles.derived(1, "0.0%"), styles.derived(0, "0.0%"), styles.derived(1, "0.00")] == [2, 2, 3, 1]
    text = styles.render()
    assert text.startswith(b'<styleSheet xmlns="m"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><fonts')
    assert b'<cellXfs count="4">' in text
    assert b'<xf numFmtId="164" fontId="0" applyNumberFormat="1"><alignment/></xf>' in text


def it_takes_the_next_free_id_or_the_id_of_an_equal_format():
    formats = b'<numFmts count="1"><numFmt numFmtId="200" formatCode="0.000%"/></numFmts>'
    styles = Styles(STYLES % formats, "styles.xml")
    styles.derived(1, "0.0%")
    styles.derived(0, "0.000%")
    text = styles.render()
    assert b'<numFmts count="2"><numFmt numFmtId="200" formatCode="0.000%"/><numFmt numFmtId="201" formatCode="0.0%"/></numFmts>' in text
    assert b'<xf numFmtId="200" fontId="0" applyNumberFormat="1"/>' in text


def it_changes_nothing_when_nothing_is_added():
    styles = Styles(STYLES % b"", "styles.xml")
    assert styles.derived(1, "#,##0") == 1
    assert not styles.changed
    assert styles.render() == STYLES % b""


def it_refuses_styles_that_do_not_exist():
    with pytest.raises(FileError, match="没有第 7 号"):
        Styles(STYLES % b"", "styles.xml").derived(7, "0%")
    with pytest.raises(FileError, match="缺少 fonts"):
        Styles(b"<styleSheet/>", "styles.xml")


@pytest.mark.parametrize("text", ["", "甲", "a&b<c>\"'", "\t\n\r\x00\x1f\ufffe", "_x0041_", "_x_x0041__", "__x000D_", "_xABCD"])
def it_encodes_any_text(text):
    assert decode_string(encode_string(text)) == text


def it_sets_attributes_in_place_or_at_the_end():
    assert with_attribute(b'<c r="A1" s="1"/>', b"s", b"2") == b'<c r="A1" s="2"/>'
    assert with_attribute(b"<c r='A1'>", b"s", b"2") == b"<c r='A1' s=\"2\">"
