"""Embedding code for xlwings Lite: the added parts are as Lite writes them, all others stay; code of others is never touched."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.book.ooxml_books import SAMPLE, altered, parts, stored, written
from zuxun_xl.book.file import FileBook
from zuxun_xl.build.lite import ADD_IN, embedded, present, removed
from zuxun_xl.build.lite_code import REQUIREMENTS, is_unaltered, main_py, modules, version_of
from zuxun_xl.cli import cli
from zuxun_xl.errors import FileError

WE = "{http://schemas.microsoft.com/office/webextensions/webextension/2010/11}"
EXTENSION, PANES = "xl/webextensions/webextension1.xml", "xl/webextensions/taskpanes.xml"
PANES_RELATIONS = "xl/webextensions/_rels/taskpanes.xml.rels"
SHARED = {"[Content_Types].xml", "_rels/.rels"}
OTHER = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<we:webextension xmlns:we="{namespace}" id="{{1}}">'
    '<we:reference id="{add_in}" version="1.0.0.0" store="en-US" storeType="OMEX"/><we:alternateReferences/>'
    '<we:properties>{properties}</we:properties><we:bindings/></we:webextension>'
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return written(tmp_path / "表.xlsx", lambda workbook: workbook.add_worksheet("表").write("A1", "春"))


def _embed(path: Path, **options: bool) -> Path:
    opened = FileBook(path)
    return opened.save_parts(embedded(opened.package, **options), path.with_name(f"{path.stem}+{path.suffix}"))


def _remove(path: Path, **options: bool) -> Path:
    opened = FileBook(path)
    return opened.save_parts(removed(opened.package, **options), path.with_name(f"{path.stem}-{path.suffix}"))


def _properties(path: Path, part: str = EXTENSION) -> dict[str, Any]:
    root = ET.fromstring(parts(path)[part])  # noqa: S314  # our own file
    return {each.get("name", ""): json.loads(each.get("value", "")) for each in root.iter(f"{WE}property")}


def _with_extension(path: Path, add_in: str, properties: dict[str, Any] | None = None) -> Path:
    """The workbook with an add-in's web extension, stored as Excel does it."""
    tags = "".join(f"<we:property name='{name}' value='{json.dumps(value)}'/>" for name, value in (properties or {}).items())
    opened = FileBook(_embed(path))
    xml = OTHER.format(namespace=WE.strip("{}"), add_in=add_in, properties=tags)
    return opened.save_parts({EXTENSION: xml.encode()}, path.with_name("有.xlsx"))


def it_stores_code_and_requirements_as_lite_does(book: Path):
    after = _embed(book)
    properties = _properties(after)
    assert properties.keys() == {"main.py", "requirements.txt", "pyodideVersion", "addinVersion"}
    assert properties["main.py"] == main_py()
    assert properties["requirements.txt"].splitlines() == list(REQUIREMENTS)
    root = ET.fromstring(parts(after)[EXTENSION])  # noqa: S314  # our own file
    assert [each.get("id", "").lower() for each in root.iter(f"{WE}reference")] == [ADD_IN, ADD_IN]
    assert [child.tag.removeprefix(WE) for child in root] == ["reference", "alternateReferences", "properties", "bindings", "snapshot"]


def it_links_the_extension_from_the_package_through_a_closed_pane(book: Path):
    stored_parts = {name: content.decode() for name, content in parts(_embed(book)).items() if not name.startswith("xl/worksheets")}
    assert stored_parts["_rels/.rels"].count("/2011/relationships/webextensiontaskpanes") == 1
    assert 'Target="/xl/webextensions/webextension1.xml"' in stored_parts[PANES_RELATIONS]
    assert 'visibility="0"' in stored_parts[PANES]
    assert 'r:id="rId1"' in stored_parts[PANES]
    for part, kind in ((PANES, "webextensiontaskpanes"), (EXTENSION, "webextension")):
        assert f'PartName="/{part}" ContentType="application/vnd.ms-office.{kind}+xml"' in stored_parts["[Content_Types].xml"]


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def it_leaves_every_other_part_as_it_was_stored(tmp_path: Path, suffix: str):
    path = tmp_path / f"台账{suffix}"
    path.write_bytes(SAMPLE.read_bytes())
    before, after = stored(path), stored(_embed(path))
    assert after.keys() - before.keys() == {EXTENSION, PANES, PANES_RELATIONS}
    assert {name for name in before if after[name] != before[name]} == SHARED


def it_changes_nothing_when_the_same_code_is_there(book: Path):
    once = _embed(book)
    assert embedded(FileBook(once).package) == {}
    assert _embed(once).read_bytes() == once.read_bytes()


def it_takes_out_all_that_it_put_in(book: Path):
    assert parts(_remove(_embed(book))) == parts(book)


def it_keeps_the_extensions_of_other_add_ins(book: Path):
    other = _with_extension(book, "wa999", {"colour": "red"})
    after = _embed(other)
    second = EXTENSION.replace("1", "2")
    assert parts(after)[EXTENSION] == parts(other)[EXTENSION]
    assert _properties(after, second)["main.py"] == main_py()
    assert [parts(after)[PANES].count(b"<wetp:taskpane "), parts(after)[PANES_RELATIONS].count(b"<Relationship ")] == [2, 2]
    assert parts(_remove(after)) == parts(other)


@pytest.mark.parametrize("code", ["from xlwings import func\n", "# zuxun_xl 我写的", 5])
def it_never_overwrites_code_of_the_users_own(book: Path, code: object):
    own = FileBook(_with_extension(book, ADD_IN.upper(), {"main.py": code})).package
    for act in (embedded, removed):
        with pytest.raises(FileError, match="已有别的 Lite 代码"):
            act(own, replace=True)
    assert present(own) is None


def it_renews_code_of_an_older_version_and_keeps_what_lite_noted(book: Path):
    kept = {"pyodideVersion": "314.0.0", "xlwingsSettingsWorkbook": {"startupBehavior": "taskpane"}}
    there = {**kept, "requirements.txt": "xlwings==0.37.8\npolars\n", "main.py": _sealed("print(1)\n")}
    before = _with_extension(book, ADD_IN, there)
    assert present(FileBook(before).package) == "0.0.9"
    after = _properties(_embed(before))
    assert after["main.py"] == main_py()
    assert after["requirements.txt"].splitlines() == ["xlwings==0.37.8", "polars", *REQUIREMENTS[1:]]
    assert {name: after[name] for name in kept} == kept


def _sealed(body: str) -> str:
    """Code as an older version of ours wrote it."""
    return f"# zuxun_xl 0.0.9 lite {sha256(body.encode()).hexdigest()[:16]}\n{body}"


def it_keeps_code_of_ours_that_was_altered_in_lite_unless_told(book: Path):
    altered_code = FileBook(_with_extension(book, ADD_IN, {"main.py": _sealed("print(1)\n") + "print(2)\n"})).package
    for act in (embedded, removed):
        with pytest.raises(FileError, match="改动过"):
            act(altered_code)
        assert act(altered_code, replace=True)


def it_puts_code_into_an_extension_of_lite_that_has_none(book: Path):
    bare = altered(_with_extension(book, ADD_IN), {EXTENSION: lambda xml: xml.replace("<we:properties></we:properties>", "")})
    assert _properties(_embed(bare))["main.py"] == main_py()


def it_takes_out_only_its_code_where_the_user_has_more_in_lite(book: Path):
    shared = _with_extension(book, ADD_IN, {"main.py": _sealed("print(1)\n"), "requirements.txt": "polars\n", "mine.py": "x = 1"})
    assert _properties(_remove(shared)) == {"requirements.txt": "polars\n", "mine.py": "x = 1"}


def it_says_so_when_there_is_nothing_to_take_out(book: Path):
    with pytest.raises(FileError, match="没有 Lite 代码"):
        removed(FileBook(book).package)


def it_refuses_a_signed_workbook(book: Path):
    signed = altered(book, {}, {"_xmlsignatures/sig1.xml": "<a/>"})
    with pytest.raises(FileError, match="数字签名"):
        _embed(signed)


def it_seals_the_code():
    code = main_py()
    assert code == main_py()
    assert version_of(code) == "0.1.0"
    assert is_unaltered(code)
    assert not is_unaltered(code.replace("脱落率", "脱落", 1))
    assert {each for each in code if not each.isprintable()} == {"\n"}


def it_packs_only_what_the_functions_need():
    names = modules(["zuxun_xl.functions.tables"])
    assert "zuxun_xl/diagnosis/lookup.toml" in names
    assert not any(name.startswith(("zuxun_xl/book", "zuxun_xl/forms", "zuxun_xl/tasks", "zuxun_xl/cli", "zuxun_xl/build")) for name in names)
    assert len(main_py()) < 120_000


def it_works_from_the_command_line(book: Path):
    run = CliRunner().invoke
    out, back = book.with_name("好.xlsx"), book.with_name("回.xlsx")
    added = json.loads(run(cli, ["lite", str(book), "-o", str(out), "--json"]).stdout)
    assert (added["lite"], added["experimental"], len(added["functions"])) == ("added", True, 31)
    assert json.loads(run(cli, ["lite", str(out), "-o", str(back), "--json"]).stdout)["lite"] == "unchanged"
    assert json.loads(run(cli, ["lite", str(out), "-o", str(back), "--remove", "--json"]).stdout)["lite"] == "removed"
    assert parts(back) == parts(book)
    assert "尚未在 Lite 里打开验证过" in run(cli, ["lite", str(book)]).stderr
    code = book.with_name("代码.py")
    assert run(cli, ["lite", "--code", str(code)]).exit_code == 0
    assert code.read_text(encoding="utf-8") == main_py()
