"""What a ribbon part may hold: the small share of the customUI 2009/07 vocabulary that ours uses, as data, and its check."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"

_CHILDREN = {"customUI": {"ribbon"}, "ribbon": {"tabs"}, "tabs": {"tab"}, "tab": {"group"}, "group": {"button"}, "button": set()}
_REQUIRED = {"tab": {"id", "label"}, "group": {"id", "label"}, "button": {"id", "label", "imageMso", "size", "onAction", "screentip", "supertip"}}
_ALLOWED = {"tab": {"insertAfterMso"}}
_ENUMS = {"size": {"large", "normal"}}
_LONGEST = 1024

IMAGES = frozenset(
    "OutlineGroup FileSendAsAttachment Consolidate MacroPlay FillDown TracePrecedents ErrorChecking DataValidationCircleInvalid Spelling "
    "ConditionalFormattingIconSetsGallery ChartInsert FunctionsDateTimeInsertGallery FindDialogExcel PasteValues FunctionWizard Undo "
    "ReviewHighlightChanges FileDocumentInspect Help".split()
)
"""Pictures looked up in Microsoft's lists of Excel's controls, both 2013 and Microsoft 365."""


def buttons(part: bytes) -> dict[str, dict[str, str]]:
    """Id → attributes of every button."""
    return {node.get("id", ""): dict(node.attrib) for node in ET.fromstring(part).iter(f"{{{NAMESPACE}}}button")}  # noqa: S314 - our own file


def faults(part: bytes) -> Iterator[str]:
    """What is wrong with a ribbon part, in Chinese."""
    try:
        root = ET.fromstring(part)  # noqa: S314 - our own file; expat refuses entity bombs
    except ET.ParseError:
        yield "功能区的 XML 不完整"
        return
    if root.tag != f"{{{NAMESPACE}}}customUI":
        yield "功能区的命名空间不是 2009/07"
        return
    yield from _node(root)
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    if len(ids) != len(set(ids)):
        yield "功能区里有重复的 id"


def _node(node: ET.Element) -> Iterator[str]:
    kind = node.tag.rpartition("}")[2]
    needed = _REQUIRED.get(kind, set())
    if missing := needed - set(node.attrib):
        yield f"{kind} {node.get('id', '')}缺少{'、'.join(sorted(missing))}"
    for name, value in node.attrib.items():
        if name not in needed | _ALLOWED.get(kind, set()):
            yield f"{kind} 不能有属性 {name}"
        if value not in _ENUMS.get(name, {value}) or not 0 < len(value) <= _LONGEST or (name == "imageMso" and value not in IMAGES):
            yield f"{kind} {node.get('id', '')}的 {name} 不能是“{value}”"
    for child in node:
        if child.tag.rpartition("}")[2] not in _CHILDREN[kind] or not child.tag.startswith(f"{{{NAMESPACE}}}"):
            yield f"{kind} 里不能有 {child.tag.rpartition('}')[2]}"
        else:
            yield from _node(child)
