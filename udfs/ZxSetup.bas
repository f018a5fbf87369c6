Attribute VB_Name = "ZxSetup"
Option Explicit
Option Private Module

' Help of the functions for the function wizard, and the Chinese sentences; both are read from the sheet of this add-in.

Private Const MostTries As Long = 5
Private registered As Boolean
Private tries As Long

' Excel refuses while no workbook is visible, therefore it is tried again when one is activated.
Public Sub ZxRegister()
    Dim help As Range
    Dim line As Long
    If registered Or tries >= MostTries Or ActiveWorkbook Is Nothing Then Exit Sub
    tries = tries + 1
    On Error GoTo failed
    Set help = ThisWorkbook.Names("zx_functions").RefersToRange
    For line = 1 To help.Rows.Count
        Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & help.Cells(line, 1).Value, _
            Description:=help.Cells(line, 3).Value, Category:=help.Cells(line, 2).Value, _
            ArgumentDescriptions:=ZxArgumentHelp(help, line)
    Next line
    registered = True
    ThisWorkbook.Saved = True
failed:
End Sub

Private Function ZxArgumentHelp(help As Range, line As Long) As Variant
    Dim texts() As String
    Dim count As Long
    Do While help.Cells(line, 4 + count).Value <> ""
        count = count + 1
        ReDim Preserve texts(1 To count)
        texts(count) = help.Cells(line, 3 + count).Value
    Loop
    ZxArgumentHelp = texts
End Function

Public Function ZxText(key As String) As String
    Dim found As Variant
    found = Application.VLookup(key, ThisWorkbook.Names("zx_texts").RefersToRange, 2, False)
    If IsError(found) Then ZxText = key Else ZxText = found
End Function
