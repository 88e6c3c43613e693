"""Stage 2: file to text to tokens and fingerprints."""

# Raised whenever the readers or the canonical form change, so that stored texts are read anew.
READER_VERSION = 5
