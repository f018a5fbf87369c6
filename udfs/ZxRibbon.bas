Attribute VB_Name = "ZxRibbon"
Option Explicit

' The one callback of the ribbon: the id of a button is what zuxun_xl.udfs.macros does.

Public Sub ZxPress(control As Object)
    Dim reason As String
    On Error GoTo failed
    If ActiveWorkbook Is Nothing Then
        MsgBox ZxText("no_workbook"), vbInformation, ZxText("title")
        Exit Sub
    End If
    RunPython "import zuxun_xl.udfs.macros as m; m.press('" & control.ID & "')"
    Exit Sub
failed:
    reason = Err.Description
    MsgBox ZxText("failed") & vbLf & vbLf & reason, vbExclamation, ZxText("title")
End Sub
