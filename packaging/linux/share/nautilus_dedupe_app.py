"""Adds "Scan for duplicates" to the menu of folders in the file manager of GNOME; python3-nautilus loads it.

Runs in the file manager's own Python, so it imports nothing of the program.
"""

import subprocess

from gi.repository import GObject, Nautilus


class DedupeAppMenu(GObject.GObject, Nautilus.MenuProvider):
    """Offers the action where only folders are selected, and in the background of a folder."""

    # Nautilus before 43 passes the window as well.
    def get_file_items(self, *arguments):
        """Return the menu entry for selected folders."""
        files = arguments[-1]
        if not files or not all(each.is_directory() for each in files):
            return []
        return [self._entry("DedupeApp::scan", files)]

    def get_background_items(self, *arguments):
        """Return the menu entry for the folder that is shown."""
        return [self._entry("DedupeApp::scan_here", [arguments[-1]])]

    def _entry(self, name, files):
        entry = Nautilus.MenuItem(name=name, label="Scan for duplicates", icon="dedupe-app")
        entry.connect("activate", self._scan, files)
        return entry

    def _scan(self, _entry, files):
        paths = [each.get_location().get_path() for each in files]
        subprocess.Popen(["dedupe-app", *[path for path in paths if path]], start_new_session=True)
