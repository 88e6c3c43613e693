"""Stage 2: file to text to tokens and fingerprints."""
