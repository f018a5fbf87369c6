Option Explicit

Private WithEvents host As Application

Private Sub Workbook_Open()
    Set host = Application
    ZxRegister
End Sub

Private Sub Workbook_AddinInstall()
    ZxRegister
End Sub

Private Sub host_WorkbookActivate(ByVal Wb As Workbook)
    ZxRegister
End Sub
