"""All forms that can be recognised in a workbook. A new form is a module and one entry here."""

from __future__ import annotations

from zuxun_xl.forms import appendix1, appendix2, appendix3, appendix4, appendix5, appendix6
from zuxun_xl.forms.form import Column, Form, Layout
from zuxun_xl.forms.records import RAW, SERIAL

LOOKUP = Form(
    "速查表", "团队KPI分析与改善措施速查表", Layout.LOOKUP,
    (
        SERIAL, Column("问题", "问题", required=True), Column("原因", "分析原因", aliases=("原因",), required=True),
        Column("措施", "改善措施", aliases=("措施", "对策"), required=True),
    ),
    words=("速查表", "改善措施"),
)

APPENDICES = (appendix1.FORM, appendix2.FORM, appendix3.FORM, appendix4.FORM, appendix5.FORM, appendix6.FORM)

COMPANIONS = (appendix4.PERSONS,)
"""Forms of the department's own beside the six."""

FORMS: dict[str, Form] = {form.key: form for form in (*RAW, *APPENDICES, *COMPANIONS, LOOKUP)}
