#!/bin/sh
# "Scan for duplicates" in the menu Scripts of Nautilus, Nemo and Caja: these give the selected folders as arguments.
exec dedupe-app "$@"
