Attribute VB_Name = "ZxCalls"
Option Explicit
Option Private Module

' What the worksheet functions share: arguments go to Python as plain values, error texts come back as error values.

Private Const FunctionModule As String = "zuxun_xl.udfs.functions"
Private Const PauseSeconds As Double = 30
Private failedAt As Double

Public Function ZxCall(functionName As String, arguments As Variant) As Variant
    Dim server As Object
    Dim place As Long
    On Error GoTo failed
    ' Where Python did not start, the other cells do not wait for it once more.
    If failedAt > 0 And (Now - failedAt) * 86400 < PauseSeconds Then
        ZxCall = CVErr(2015)
        Exit Function
    End If
    For place = LBound(arguments) To UBound(arguments)
        arguments(place) = ZxValues(arguments(place))
    Next place
    Set server = XLPy
    failedAt = 0
    ZxCall = ZxShown(server.CallUDF(FunctionModule, functionName, (arguments)))
    Exit Function
failed:
    If server Is Nothing And Err.Number <> 13 Then failedAt = Now
    ZxCall = CVErr(2015)
End Function

' The values of a range in one block; anything else as it is. An area in pieces is refused: only its first piece would count.
Private Function ZxValues(given As Variant) As Variant
    If IsObject(given) Then
        If given.Areas.Count > 1 Then Err.Raise 13
        ZxValues = given.Value2
    Else
        ZxValues = given
    End If
End Function

' A result as a cell or an area shows it.
Public Function ZxShown(result As Variant) As Variant
    Dim shown() As Variant
    Dim line As Long
    Dim place As Long
    If Not IsArray(result) Then
        ZxShown = ZxCell(result)
        Exit Function
    End If
    If ZxRank(result) = 1 Then
        ReDim shown(LBound(result) To UBound(result))
        For place = LBound(result) To UBound(result)
            shown(place) = ZxCell(result(place))
        Next place
    Else
        ReDim shown(LBound(result, 1) To UBound(result, 1), LBound(result, 2) To UBound(result, 2))
        For line = LBound(result, 1) To UBound(result, 1)
            For place = LBound(result, 2) To UBound(result, 2)
                shown(line, place) = ZxCell(result(line, place))
            Next place
        Next line
    End If
    ZxShown = shown
End Function

Private Function ZxRank(values As Variant) As Long
    Dim last As Long
    On Error Resume Next
    last = UBound(values, 2)
    If Err.Number = 0 Then ZxRank = 2 Else ZxRank = 1
End Function

' One value; the text of an error becomes the error itself.
Private Function ZxCell(value As Variant) As Variant
    ZxCell = value
    If VarType(value) <> vbString Then Exit Function
    If Left$(value, 1) <> "#" Then Exit Function
    Select Case value
        Case "#NULL!": ZxCell = CVErr(2000)
        Case "#DIV/0!": ZxCell = CVErr(2007)
        Case "#VALUE!": ZxCell = CVErr(2015)
        Case "#REF!": ZxCell = CVErr(2023)
        Case "#NAME?": ZxCell = CVErr(2029)
        Case "#NUM!": ZxCell = CVErr(2036)
        Case "#N/A": ZxCell = CVErr(2042)
        Case "#GETTING_DATA": ZxCell = CVErr(2043)
        Case "#SPILL!": ZxCell = CVErr(2045)
        Case "#CALC!": ZxCell = CVErr(2050)
    End Select
End Function
