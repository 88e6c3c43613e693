"""Opens files and shows them in the file manager of the desktop. Never runs one: a script is shown as text."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from dedupe_app.own_modules import as_others_expect
from dedupe_app.ui.formats import shown_path

# Windows runs these when they are opened, macOS some of them. Linux desktops show them.
_SCRIPTS = frozenset(
    ".awk .bash .bat .cjs .cmd .command .fish .groovy .js .jl .lua .mjs .php .pl .ps1 .py .pyw .r .rb .sh .tcl .vb .vbs"
    " .zsh".split()
)


def open_file(path: Path) -> bool:
    """Open a file with the program that the desktop has for it, a script as text; tell whether there is one."""
    if not path.exists():
        return False
    is_script = path.suffix.lower() in _SCRIPTS
    if is_script and sys.platform == "win32":
        notepad = str(_windows_folder() / "System32" / "notepad.exe")
        return bool(QProcess.startDetached(notepad, [str(path)])[0])
    if is_script and sys.platform == "darwin":
        return bool(QProcess.startDetached("open", ["-t", str(path)])[0])
    return _open_url(path)


def reveal(path: Path) -> bool:
    """Show a file or folder in the file manager; tell whether that began."""
    if not path.exists():
        return False
    if sys.platform == "win32":
        # The explorer wants its own quoting, which QProcess would spoil.
        explorer = _windows_folder() / "explorer.exe"
        subprocess.Popen(f'"{explorer}" /select,"{path}"')
        return True
    if sys.platform == "darwin":
        return bool(QProcess.startDetached("open", ["-R", str(path)])[0])
    return _show_item(path) or _open_url(path if path.is_dir() else path.parent)


def _windows_folder() -> Path:
    """Return where Windows is: by its name alone a program would be looked for in the current folder first."""
    return Path(os.environ.get("SYSTEMROOT", r"C:\Windows"))


def _open_url(path: Path) -> bool:
    with as_others_expect():
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _show_item(path: Path) -> bool:
    """Ask the file manager of a Linux desktop to select the file."""
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    bus = QDBusConnection.sessionBus()
    service = "org.freedesktop.FileManager1"
    if not bus.isConnected() or not bus.interface().isServiceRegistered(service).value():
        return False
    call = QDBusMessage.createMethodCall(
        service, "/org/freedesktop/FileManager1", service, "ShowItems"
    )
    call.setArguments([[QUrl.fromLocalFile(str(path)).toString()], ""])
    return bus.send(call)


class Opener(QObject):
    """Opens and reveals what parts of the window ask for; `failed` gives a title and a hint."""

    failed = Signal(str, str)

    @Slot(object)
    def open(self, path: Path) -> None:
        """Open a file."""
        if not open_file(path):
            title = self.tr("{} cannot be opened.")
            self._complain(title, path, self.tr("No program is set up for such files."))

    @Slot(object)
    def reveal(self, path: Path) -> None:
        """Show a file in the file manager."""
        if not reveal(path):
            title = self.tr("{} cannot be shown in its folder.")
            self._complain(title, path, self.tr("There is no file manager to show it with."))

    def _complain(self, title: str, path: Path, hint: str) -> None:
        gone = self.tr("It is not there any more, or its drive is not plugged in.")
        self.failed.emit(title.format(shown_path(path.name)), hint if path.exists() else gone)
