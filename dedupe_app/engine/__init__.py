"""Runs the stages in order; pipeline.py is the table of contents."""
