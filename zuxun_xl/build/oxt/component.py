"""What LibreOffice loads: a UNO component with one method for each worksheet function. Only a copy inside the extension ever runs."""

from __future__ import annotations

import unohelper
from org.zuxun.calc import XFunctions

from zuxun_xl.build.oxt.exchange import SERVICE, method
from zuxun_xl.functions.catalogue import FUNCTIONS


class Functions(unohelper.Base, XFunctions):  # type: ignore[misc]  # UNO has no types
    """The add-in; Calc makes one and asks it by the names of the interface."""

    def __init__(self, context: object) -> None:
        """Takes the context that UNO gives to every component; it is not needed."""


for _function in FUNCTIONS.values():
    setattr(Functions, _function.name, method(_function))

g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - the name by which UNO looks for it
g_ImplementationHelper.addImplementation(Functions, SERVICE, (SERVICE, "com.sun.star.sheet.AddIn"))
