"""Where the frozen program begins: the same as `python -m dedupe_app`."""

from dedupe_app.__main__ import main

if __name__ == "__main__":
    main()
