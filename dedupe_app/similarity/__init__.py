"""Stage 5: vectors to neighbours, evidence and groups."""

# Raised whenever anything that decides changes, so that stored pairs are compared anew.
DECISION_VERSION = 8
