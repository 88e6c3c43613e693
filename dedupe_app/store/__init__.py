"""Stage 4: everything that is kept, in one SQLite file. The only folder that writes SQL."""
