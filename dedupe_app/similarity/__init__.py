"""Stage 5: vectors to neighbours, evidence and groups."""
