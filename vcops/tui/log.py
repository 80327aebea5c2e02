"""The rotating log in the state folder: errors and crashes. No secrets, no names of participants."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vcops.operations.workplace import Workplace

__all__ = ["log"]


def log(workplace: Workplace) -> logging.Logger:
    """Return the log; the file is made when something is first written to it."""
    logger = logging.getLogger(f"vcops {workplace.places.log_file}")  # one a file: a process may open several
    if not logger.handlers:
        from logging.handlers import RotatingFileHandler

        logger.propagate = False
        try:
            workplace.places.state.mkdir(parents=True, exist_ok=True, mode=0o700)
            handler: logging.Handler = RotatingFileHandler(
                workplace.places.log_file, maxBytes=500_000, backupCount=3, encoding="utf-8", delay=True
            )
        except OSError:  # a log that cannot be written must not stop anything
            handler = logging.NullHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
    return logger
