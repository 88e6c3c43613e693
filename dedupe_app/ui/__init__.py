"""The window. Shows what the library holds and sends commands to the engine; never works itself."""
