"""The declarations that make an extension of the functions: interface, names and help for the wizard, what the extension is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from zuxun_xl import __version__
from zuxun_xl.build.oxt.exchange import SERVICE
from zuxun_xl.functions.catalogue import FUNCTIONS
from zuxun_xl.functions.function import CATEGORY, Function, Parameter

NEEDS = "25.2"
"""The oldest LibreOffice that finds the functions of a workbook by their bare names."""

INTERFACE, COMPONENT, NAMES, LICENCE = "zuxun.idl", "zuxun_functions.py", "CalcAddIns.xcu", "LICENSE"
_TITLE = f"{CATEGORY}：寿险营业部工作表函数"
_LANGUAGES = ("en", "zh-CN")
"""``en`` is also what every other language falls back to."""

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def declarations() -> dict[str, str]:
    """Name of each declaring part → its text."""
    return {
        INTERFACE: _interface(FUNCTIONS.values()),
        NAMES: _names(FUNCTIONS.values()),
        "description.xml": _description(),
        "META-INF/manifest.xml": _manifest({
            INTERFACE: "application/vnd.sun.star.uno-typelibrary;type=RDB",
            COMPONENT: "application/vnd.sun.star.uno-component;type=Python",
            NAMES: "application/vnd.sun.star.configuration-data",
        }),
    }


def _interface(functions: Iterable[Function]) -> str:
    """The type library, as the plain text that LibreOffice reads itself."""
    lines = [
        f"    sequence<sequence<any> > {function.name}({', '.join(f'[in] any {_camel(each.name)}' for each in function.parameters)});"
        for function in functions
    ]
    body = "\n".join(lines)
    return f"module org {{ module zuxun {{ module calc {{\ninterface XFunctions : com::sun::star::uno::XInterface {{\n{body}\n}};\n}}; }}; }};\n"


def _camel(name: str) -> str:
    """A parameter's name as the type library wants it: there, small letters take no underscore."""
    first, *rest = name.split("_")
    return first + "".join(map(str.title, rest))


def _names(functions: Iterable[Function]) -> str:
    body = "".join(map(_function, functions))
    return (
        f'{_XML}<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        ' oor:name="CalcAddIns" oor:package="org.openoffice.Office">\n'
        f'<node oor:name="AddInInfo"><node oor:name="{SERVICE}" oor:op="replace"><node oor:name="AddInFunctions">\n'
        f"{body}</node></node></node>\n</oor:component-data>\n"
    )


def _function(function: Function) -> str:
    parameters = "".join(map(_parameter, function.parameters))
    return (
        f'<node oor:name="{function.name}" oor:op="replace">{_said("DisplayName", function.name)}'
        f"{_said('Description', f'{function.title}：{function.help}')}"
        '<prop oor:name="Category"><value>Add-In</value></prop>'
        f'{_said("CompatibilityName", function.name)}<node oor:name="Parameters">{parameters}</node></node>\n'
    )


def _parameter(parameter: Parameter) -> str:
    label, text = parameter.name, parameter.help
    return f'<node oor:name="{_camel(parameter.name)}" oor:op="replace">{_said("DisplayName", label)}{_said("Description", text)}</node>'


def _said(name: str, text: str) -> str:
    values = "".join(f'<value xml:lang="{language}">{escape(text)}</value>' for language in _LANGUAGES)
    return f'<prop oor:name="{name}">{values}</prop>'


def _description() -> str:
    names = "".join(f'<name lang="{language}">{_TITLE}</name>' for language in _LANGUAGES)
    return (
        f'{_XML}<description xmlns="http://openoffice.org/extensions/description/2006"'
        ' xmlns:d="http://openoffice.org/extensions/description/2006" xmlns:l="http://libreoffice.org/extensions/description/2011"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink">\n'
        f'<identifier value="org.zuxun.calc"/>\n<version value="{__version__}"/>\n<display-name>{names}</display-name>\n'
        f'<registration><simple-license accept-by="admin" suppress-on-update="true" default-license-id="mit">'
        f'<license-text xlink:href="{LICENCE}" lang="en" license-id="mit"/></simple-license></registration>\n'
        f'<dependencies><l:LibreOffice-minimal-version value="{NEEDS}" d:name="LibreOffice {NEEDS}"/></dependencies>\n'
        "</description>\n"
    )


def _manifest(types: Mapping[str, str]) -> str:
    entries = "".join(
        f"<manifest:file-entry manifest:full-path={quoteattr(path)} manifest:media-type={quoteattr(kind)}/>\n" for path, kind in types.items()
    )
    return f'{_XML}<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">\n{entries}</manifest:manifest>\n'
