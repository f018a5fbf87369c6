"""A stand-in for COM: with it xlwings' own UDF code runs anywhere; ``call`` is what a cell does."""

SET_UP = r"""
import sys, types, datetime, time, ctypes
from unittest.mock import MagicMock
for name in ("win32com", "win32com.client", "win32com.server", "win32com.server.util", "win32com.server.dispatcher",
             "win32com.server.policy", "pythoncom",
             "pywintypes", "win32api", "win32event", "win32con", "win32gui", "win32process", "win32timezone", "winreg",
             "comtypes"):
    sys.modules[name] = MagicMock(name=name)
class com_error(Exception): pass
sys.modules["pythoncom"].__file__ = "pythoncom.dll"
sys.modules["pywintypes"].com_error = com_error
sys.modules["pywintypes"].TimeType = datetime.datetime
import xlwings as xw
ctypes.oledll = ctypes.windll = ctypes.PyDLL = MagicMock()
import importlib
windows = importlib.import_module("xlwings._xlwindows")
xw._xlwindows = windows
windows.is_range_instance = lambda argument: False
xw.engines.add(xw.Engine(impl=windows.engine))
xw.engines.active = xw.engines["excel"]
udfs = importlib.import_module("xlwings.udfs")
server = types.ModuleType("xlwings.com_server"); server.loop = None
sys.modules["xlwings.com_server"] = server
xw.func, xw.arg, xw.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
MODULE = "zuxun_xl.udfs.functions"
def call(name, *arguments):
    return udfs.call_udf(MODULE, name, arguments)
"""
