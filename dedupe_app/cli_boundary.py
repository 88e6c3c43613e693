"""Where a command ends: errors, signals and bugs become one sentence on stderr and an exit status.

This is the named boundary of the command line: the only place in it that catches every exception.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from dedupe_app.errors import DedupeError
from dedupe_app.signals import CANCELLED, cancelled_by_signals

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger(__name__)
# A model that is being loaded goes on for a moment after its command was cancelled: what it says then is for nobody.
logging.getLogger("dedupe_app").addHandler(logging.NullHandler())

_BUG = 1
_LOG_BYTES = 1_000_000
_LOG_FILES = 3


@contextmanager
def boundary(ctx: click.Context) -> Iterator[None]:
    """Run a command: log to a file, end cleanly on Ctrl+C and SIGTERM, report what went wrong."""
    with _log_file() as log, cancelled_by_signals():
        try:
            yield
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except DedupeError as error:
            _complain(error.title, error.hint)
            ctx.exit(error.exit_status)
        except KeyboardInterrupt:
            # An exec() that was interrupted, as by an import of dataclasses, lets Python end by the signal whatever the
            # status; another one makes it forget that (CPython, pythonrun.c: run_eval_code_obj).
            exec("")
            _complain("Cancelled.", "What was done is kept; the same command goes on from there.")
            ctx.exit(CANCELLED)
        except Exception:
            logger.exception("The command %s failed", ctx.invoked_subcommand)
            _complain("Something went wrong in the program itself.", f"The details are in {log}.")
            ctx.exit(_BUG)


@contextmanager
def _log_file() -> Iterator[str]:
    """Log to a rotating file of the user as long as the command runs; yield its path."""
    from logging.handlers import RotatingFileHandler

    from platformdirs import user_log_path

    folder = user_log_path("dedupe-app", appauthor=False)
    path = folder / "dedupe-app.log"
    handler: logging.Handler
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            path, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8", errors="replace"
        )
    except OSError:
        handler = logging.NullHandler()  # a program without a log is better than none
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root, own = logging.getLogger(), logging.getLogger("dedupe_app")
    level = own.level
    root.addHandler(handler)
    own.setLevel(logging.INFO)
    try:
        yield str(path)
    finally:
        own.setLevel(level)
        root.removeHandler(handler)
        handler.close()


def _complain(title: str, hint: str) -> None:
    from dedupe_app.review.export import neutral

    click.echo(neutral(f"dedupe-app: {title}"), err=True)
    if hint:
        click.echo(neutral(hint), err=True)
