"""Stage 6: suggest what to keep, and export the report."""
