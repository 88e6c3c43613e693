"""A Python environment of its own with the torch for the graphics card: wanted, made, tried, used, removed.

Imports no torch: uv makes the environment, and only a process that runs in it loads what is there.
"""
