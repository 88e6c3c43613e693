"""What a scan does unless it is told otherwise: for those who need no more than to name it."""

DEFAULT_SIMILARITY = 30.0
