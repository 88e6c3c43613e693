; The installer for Windows: for one user, without an administrator; /S installs silently, /D=PATH last says where.
; Compiled by packaging/windows/make_setup.py, which defines VERSION, PAYLOAD (the frozen program), ICON and OUTFILE.
; Touches nothing of the user's: what was read stays in %LOCALAPPDATA%\dedupe-app, also after uninstalling.
Unicode true
SetCompressor /SOLID lzma
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"
!include "x64.nsh"

!define NAME "Dedupe App"
!define PROGRAM "Dedupe App.exe"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\DedupeApp"
!define IN_FOLDER "Software\Classes\Directory\shell\DedupeApp"
!define IN_BACKGROUND "Software\Classes\Directory\Background\shell\DedupeApp"

Name "${NAME}"
OutFile "${OUTFILE}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
RequestExecutionLevel user
ManifestDPIAware true
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} Setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "Apache-2.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
!insertmacro MUI_LANGUAGE "SimpChinese"

LangString SCAN ${LANG_ENGLISH} "Scan with Dedupe App"
LangString SCAN ${LANG_GERMAN} "Mit Dedupe App durchsuchen"
LangString SCAN ${LANG_SIMPCHINESE} "使用 Dedupe App 扫描"
LangString RUNNING ${LANG_ENGLISH} "Dedupe App is running. Close it and try again."
LangString RUNNING ${LANG_GERMAN} "Dedupe App läuft noch. Schließen Sie es und versuchen Sie es noch einmal."
LangString RUNNING ${LANG_SIMPCHINESE} "Dedupe App 正在运行。请关闭后重试。"
LangString SYSTEM ${LANG_ENGLISH} "Dedupe App needs Windows 10 or later, 64 bit."
LangString SYSTEM ${LANG_GERMAN} "Dedupe App braucht Windows 10 oder neuer, 64 Bit."
LangString SYSTEM ${LANG_SIMPCHINESE} "Dedupe App 需要 64 位 Windows 10 或更高版本。"

; A program that runs holds its file: it cannot be opened for writing. Silently: exit status 2.
!macro DEMAND_CLOSED UN
Function ${UN}DemandClosed
  again:
  IfFileExists "$INSTDIR\${PROGRAM}" 0 closed
  ClearErrors
  FileOpen $0 "$INSTDIR\${PROGRAM}" a
  IfErrors 0 free
  SetErrorLevel 2
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY again
  Quit
  free:
  FileClose $0
  closed:
FunctionEnd
!macroend
!insertmacro DEMAND_CLOSED ""
!insertmacro DEMAND_CLOSED "un."

Function .onInit
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "$(SYSTEM)" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
FunctionEnd

Section
  Call DemandClosed
  ; An earlier version goes first: what only it had must not be found by this one.
  IfFileExists "$INSTDIR\${PROGRAM}" 0 +2
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${PAYLOAD}/*"
  WriteUninstaller "$INSTDIR\Uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"

  WriteRegStr HKCU "${IN_FOLDER}" "" "$(SCAN)"
  WriteRegStr HKCU "${IN_FOLDER}" "Icon" '"$INSTDIR\${PROGRAM}"'
  WriteRegStr HKCU "${IN_FOLDER}\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  WriteRegStr HKCU "${IN_BACKGROUND}" "" "$(SCAN)"
  WriteRegStr HKCU "${IN_BACKGROUND}" "Icon" '"$INSTDIR\${PROGRAM}"'
  WriteRegStr HKCU "${IN_BACKGROUND}\command" "" '"$INSTDIR\${PROGRAM}" "%V"'

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
SectionEnd

Section "Uninstall"
  Call un.DemandClosed
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\dedupe-app.exe"
  Delete "$INSTDIR\Uninstall.exe"
  RMDir "$INSTDIR" ; only when nothing of anybody else's is in it
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey HKCU "${IN_FOLDER}"
  DeleteRegKey HKCU "${IN_BACKGROUND}"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
