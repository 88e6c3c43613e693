"""The sentences that the parts below the window say, as far as people see them there: each one can be translated.

`{}` stands for a name, a number or another sentence. Those in OTHERWISE are said in other words by the window, which
has no options of a command line. Data only; a test looks through the other parts for sentences that are missing here.
"""

from __future__ import annotations

from dedupe_app.ui.known_model_sentences import CARD, MODELS

GROUPS = (
    "Belongs to the group through other files of it; it differs more from the file to keep.",
    "The same file, byte for byte.",
    "The same text, letter for letter; only format or layout differ.",
    "The same in other words, as far as the model can tell.",
    "The same in other words, as far as the model can tell; there are no figures to check it by.",
    "The same in other words, as far as the model can tell; {} of {} figures agree.",
    "{} % of the shorter text stands in the longer one.",
    "The same wording for another matter: {}.",
    "The same words, some perhaps misread or mistyped; only signs, pictures, links or page headers differ.",
    "no words differ",
    "a date",
    "a time",
    "an amount",
    "an identifier",
    "a number",
    "To keep: {}.",
    "The others are compared with this one.",
    "in a protected folder",
    "newest",
    "longest text",
    "best format",
    "best format ({} before {})",
    "shortest path",
    "first by name",
    "the only file",
    "holds the others",
    "1 file",
    "{} files",
    "keep {}",
    "mark {} to remove",
    "leave {} undecided",
    "keep another file of a group",
    "these are not duplicates: {}",
)

READING = (
    "Damaged: {}.",
    "the file ends too early",
    "its text part is not complete",
    "it is not one of the known Office formats, or its end is missing",
    "it does not begin as a file of type .{} does",
    "it does not begin as a mail message does",
    "one of its slides is not complete",
    "one of its sheets is not complete",
    "the part {} is missing",
    "the part {} cannot be unpacked",
    "the part {} cannot be read",
    "the {} file cannot be read",
    "it holds no chapters",
    "it is not a complete PDF file",
    "it has no pages",
    "none of its pages can be read",
    "its reader failed on it",
    "Protected by a password. Save a copy without it and scan again.",
    "Scanned pages without text. Install Tesseract (Debian: apt install tesseract-ocr) and scan again.",
    "Scanned pages in which no text was recognised.",
    "A link that leads back to itself.",
    "Not an ordinary file (a folder, pipe, socket or device).",
    "Needs more memory than one file may use.",
    "No longer there.",
    "You do not have permission to read it.",
    "Cannot be read: {}.",
    "Holds no text.",
    "No text as far as it was read; there is more of it.",
    "There are no letters or figures in it.",
    "Larger than {}.",
    "Unpacks to more than {}.",
    "{} bytes",
    "An empty file.",
    "Not a text file, although its name says so.",
    "The reader stopped unexpectedly on this file.",
    "Took longer than {} s.",
    "It changed or went away while it was being read; scan again.",
    "{}: it holds no text to read.",
    "{}: no reader for it.",
    "A file of type .{}: no reader for it.",
    "A file of type .{}",
    "A file without a known type",
    "An archive: unpack it to compare it.",
    "An archive",
    "A compressed file",
    "A database",
    "A program",
    "A sound recording",
    "A sound recording or film",
    "A film",
    "A font",
    "A picture",
    "A BMP picture",
    "A GIF picture",
    "A JPEG picture",
    "A PNG picture",
    "A TIFF picture",
    "The processes that read files cannot be started.",
    "Start the program from a terminal to see what they report.",
)

FOLDERS = (
    "It is not there. What is known of it is kept until it comes back.",
    "It is on a network drive, which does not tell of changes. It is looked at every minute.",
    "The system does not tell of changes here ({}). It is looked at every minute.",
    "There are more folders than the system is set up to watch, so it is looked at every minute. To have changes seen "
    "at once: sudo sysctl fs.inotify.max_user_{}",
)

ENGINE = (
    "The disk is full.",
    "Something on the disk cannot be read or written.",
    "Something went wrong in the program itself.",
    "The details are in {}.",
    "The engine ended before this was done.",
    "What was done so far is kept. Try it once more.",
    "It was ended by signal {}.",
    "It ended with status {}.",
    "The report could not be written to {}.",
    "The export was stopped.",
    "{} is one of the documents in the library.",
    "It is as it was. Name another file for the report.",
    "{} is there already, and it is no earlier report.",
    "It is as it was. Name another file for the report, or move this one away first.",
)

ACTIONS = (
    "It was changed since in {}",
    "The drive of {} is not there",
    "No folder was chosen",
    "The chosen folder is protected",
    "The chosen folder is not there",
    "It is in this folder already",
    "There are too many files of this name",
    "What was there is now {}",
    "It was back already.",
    "Made anew from the copy that stayed: the file itself was no longer there.",
    "It was a file of its own already.",
    "It is back; its date or permissions could not be set: {}.",
    "It is back; these could not be set: {}.",
    "Made anew from the copy that stayed; these could not be set: {}.",
    "The program ended before this file's turn; it was not touched.",
    "The program ended in the middle: it is not where it was, and was not found again.",
    "The program ended in the middle: another file is there now.",
    "The program ended in the middle: look for it in the trash.",
)

LIBRARY = (
    "{} is a folder, not a library.",
    "The library {} cannot be used: {}.",
    "Make space and scan again: the work goes on where it stopped.",
    "The library {} cannot be written.",
    "The library {} cannot be written: {}.",
    "The first scan makes one.",
    "Close it and try again.",
    "There is no library at {}.",
    "The library {} cannot be read.",
    "The library {} was made by an older version of Dedupe App.",
    "Scan once to update it.",
    "{} is a database of another program.",
    "The library {} was made by a newer version of Dedupe App.",
    "Install that version, or name another library; nothing was touched.",
    "The library {} is in use by another program.",
    "The library {} is damaged or not a library.",
    "The library {} cannot be read or written.",
    "Its disk is full, is failing, or is not there any more. See to it, then try again.",
    "The library was damaged. What you decided was rescued into a new one.",
    "The damaged one is kept as {}. The documents are read again.",
    "{} is not a library of Dedupe App.",
    "{} shows no sign of being a library.",
    "Nothing was touched.",
    "The library {} cannot be repaired: {}.",
    "A repair of the library {} was broken off.",
    "Open the window or scan once: it is finished then, and nothing is lost.",
    "The library {} has a second name (a hard link).",
    "Remove the other name, or put a copy in the place of this one; nothing was touched.",
    "There are too many damaged libraries beside {}.",
    "Remove some of them.",
)

# What the operating system says when it refuses something.
SYSTEM = (
    "Permission denied",
    "Operation not permitted",
    "No such file or directory",
    "File exists",
    "Is a directory",
    "Not a directory",
    "Directory not empty",
    "File name too long",
    "File too large",
    "No space left on device",
    "Disk quota exceeded",
    "Read-only file system",
    "Input/output error",
    "Device or resource busy",
    "Invalid cross-device link",
    "Invalid argument",
    "Operation not supported",
    "Too many open files",
    "Too many links",
    "Too many levels of symbolic links",
    "Cannot allocate memory",
    "Stale file handle",
    "Connection timed out",
    "Transport endpoint is not connected",
)

# What the command line says, and what the window says instead.
OTHERWISE = {
    "Name a file with --library.": "It was put where the library should be. Move it away, then try again.",
    "Choose another place with --library.": (
        "See that its folder is there and that you may write in it, then try again."
    ),
    "Scan a folder first, or name another library with --library.": "Start the program again to make a new one.",
    "Name another file with --library; nothing was touched.": "Nothing was touched. Move it away, then try again.",
    "Close it, or name another library with --library.": (
        "Perhaps another window of Dedupe App is open, or a scan is running. Close it, then try again."
    ),
    "Nothing was touched. Rescue what was decided: dedupe-app doctor --repair.": (
        "Nothing was touched. Move it away and try again: your documents are then read anew."
    ),
    "Download it ({} GB) with: dedupe-app models download {}. Without a model: --embedder lexical.": (
        "Choose it under “Model” on the left: it is then downloaded ({0} GB)."
    ),
    "Download it ({} GB) with: dedupe-app models download {}.": (
        "Choose it under “Model” on the left: it is then downloaded ({0} GB)."
    ),
    "Choose one of {}, folder:PATH or server:URL#MODEL. Without a model: --embedder lexical.": (
        "Choose another one in the settings."
    ),
    "Choose {}, folder:PATH or server:URL#MODEL.": "Choose another one in the settings.",
    "Write server:http://HOST:PORT#MODEL.": "Write it in the settings as http://HOST:PORT#MODEL.",
    "You can {}.": "Choose a smaller model, or close programs that use the memory.",
    "Check it with: dedupe-app models check.": "Download it again.",
    "{} Check the model folder (dedupe-app models check), or update torch.": "Download it again, or update torch.",
    "pip install bitsandbytes accelerate": "They are bitsandbytes and accelerate. Or switch four-bit weights off.",
}

SENTENCES = (*GROUPS, *READING, *FOLDERS, *ENGINE, *ACTIONS, *LIBRARY, *MODELS, *CARD, *SYSTEM)
