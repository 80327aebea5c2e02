"""Gives a file to a printer and looks after it: CUPS by its own commands, Windows by what the system offers."""

from __future__ import annotations

import getpass
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from vcops.documents import ipp
from vcops.domain.people import PAPERS, PaperSize
from vcops.domain.printing import JobState, PrintStage
from vcops.errors import InvalidInput, Unreachable

__all__ = ["Job", "look", "printers", "send", "usual_printer"]

_SECONDS = 20
"""A print server somewhere in the network may not answer; `lp` itself would wait for minutes."""
_LOOKING = 5
_STATES = {
    3: JobState.WAITING, 4: JobState.HELD, 5: JobState.PRINTING, 6: JobState.HELD, 7: JobState.CANCELLED,
    8: JobState.FAILED, 9: JobState.DONE,
}  # fmt: skip
"""`job-state` of RFC 8011, 5.3.7."""
_STOPPED = 5
"""`printer-state` of a printer that was stopped."""
_USUAL = re.compile(r"^system default destination: (.+)$", re.MULTILINE)
_RUNNING = re.compile(r"scheduler is running")
_REQUEST = re.compile(r"request id is (?P<printer>.+)-(?P<number>\d+) ")


@dataclass(frozen=True, slots=True)
class Job:
    """A file in a printer's queue; number 0 where the system keeps its own."""

    printer: str
    number: int


def printers() -> list[str]:
    """Return the printers by name; none where there is no print server, or on Windows, which is not asked."""
    try:
        return sorted(_run(["lpstat", "-e"], _LOOKING).stdout.split())
    except Unreachable:
        return []


def usual_printer() -> str:
    """Return the printer that the system takes by itself; empty where there is none."""
    try:
        said = _run(["lpstat", "-d"], _LOOKING).stdout
    except Unreachable:
        return ""
    found = _USUAL.search(said)
    return found[1].strip() if found else ""


def send(file: Path, printer: str, title: str, paper: PaperSize) -> Job:
    """Put a file into a printer's queue. `printer` may be empty: the system's own. `paper` is what it was made for.

    Raises InvalidInput for a printer that there is not, Unreachable where it takes nothing or nothing can be printed.
    """
    if sys.platform == "win32":
        return _send_on_windows(file, printer)
    words = ["lp", *(["-d", printer] if printer else []), "-t", title, "-o", f"media={_media(paper)}", "--", str(file)]
    done = _run(words, _SECONDS)
    found = _REQUEST.search(done.stdout)
    if done.returncode == 0 and found:
        return Job(found["printer"], int(found["number"]))
    said = done.stderr.strip() or done.stdout.strip()
    said = re.sub(r"^lp: (Error - )?", "", said.splitlines()[0]) if said else ""
    if not _running():
        raise Unreachable("printing.no_server")
    if not printer and not usual_printer():
        raise InvalidInput("printing.which", column="print", value="", known=", ".join(printers()))
    if printer and printer not in printers():
        raise InvalidInput("printing.absent", column="print", value=printer, known=", ".join(printers()))
    raise Unreachable("printing.refused", printer=printer, said=said)


def _media(paper: PaperSize) -> str:
    """Return what CUPS calls a paper. F4 has no name of its own there, and a folio, its nearest, cuts the foot off."""
    width, height = PAPERS[paper]
    return "A4" if paper == "a4" else f"Custom.{width}x{height}mm"


def look(job: Job) -> PrintStage:
    """Return how far a job is. Raises Unreachable where the print server does not answer."""
    if job.number == 0:
        return PrintStage(JobState.HANDED_OVER)
    server = _run(["lpstat", "-H"], _LOOKING).stdout.strip()
    try:
        asked = ["job-state", "job-state-reasons", "job-printer-state-message"]
        about: dict[str, str | int | list[str]] = {
            "job-id": job.number,
            "requesting-user-name": getpass.getuser(),
            "requested-attributes": asked,
        }
        said = ipp.ask(server, ipp.GET_JOB, job.printer, about)
        wanted = ["printer-state", "printer-state-reasons", "printer-state-message"]
        printer = ipp.ask(server, ipp.GET_PRINTER, job.printer, {"requested-attributes": wanted})
    except (OSError, ValueError) as error:
        raise Unreachable("printing.not_followed", printer=job.printer, said=str(error)) from error
    return _stage(said, printer)


def _stage(job: dict[str, list[str | int]], printer: dict[str, list[str | int]]) -> PrintStage:
    number = job.get("job-state", [0])[0]
    state = _STATES.get(int(number) if isinstance(number, int) else 0, JobState.WAITING)
    if not state.over and printer.get("printer-state", [0])[0] == _STOPPED:
        state = JobState.HELD
    reasons = [str(one) for one in printer.get("printer-state-reasons", []) if one != "none"]
    texts = [*job.get("job-printer-state-message", []), *printer.get("printer-state-message", [])]
    said = next((str(one).strip() for one in texts if str(one).strip()), "")
    return PrintStage(state, tuple(reasons) if not state.over or state is JobState.FAILED else (), said)


def _running() -> bool:
    return _RUNNING.search(_run(["lpstat", "-r"], _LOOKING).stdout) is not None


def _run(words: list[str], seconds: float) -> subprocess.CompletedProcess[str]:
    """Run a command of CUPS in plain English, whatever the desk speaks. Raises Unreachable."""
    environment = os.environ | {"LC_ALL": "C"}
    try:
        return subprocess.run(
            words, capture_output=True, text=True, errors="replace", timeout=seconds, check=False, env=environment,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise Unreachable("printing.no_cups", command=words[0]) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unreachable("printing.no_answer", command=words[0]) from error


def _send_on_windows(file: Path, printer: str) -> Job:
    """Let the program that opens PDFs print it: Windows has no command of its own, and tells no more of the job."""
    if sys.platform != "win32":
        raise NotImplementedError
    try:
        if printer:
            os.startfile(file, "printto", f'"{printer}"')  # noqa: S606 - a file of our own, with the user's program
        else:
            os.startfile(file, "print")  # noqa: S606
    except OSError as error:
        raise Unreachable("printing.refused", printer=printer, said=error.strerror or str(error)) from error
    return Job(printer, 0)
