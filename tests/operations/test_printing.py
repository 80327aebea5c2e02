"""Printing with a real print server: what is printed arrives, and what the printer says is said."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.documents.reading import said_by
from tests.lab.cups import Cups, missing_cups, running_cups
from tests.operations.test_tallies import log
from vcops import locale
from vcops.domain.people import PaperSize
from vcops.domain.printing import JobState, PrintStage
from vcops.errors import InvalidInput, Unreachable
from vcops.operations import papers, reports
from vcops.operations.printing import print_paper, printers, settled, usual_printer
from vcops.operations.workplace import Workplace
from vcops.wording.printing import stage_words

pytestmark = pytest.mark.skipif(bool(missing_cups()), reason=f"not installed: {missing_cups()}")


@pytest.fixture(scope="module")
def server() -> Iterator[Cups]:
    with running_cups() as cups:
        cups.add("Kertas", "keep:/kertas.prn")
        cups.add("Jeda", "keep:/jeda.prn")
        cups.run("cupsdisable", "-r", "kertas habis", "Jeda")
        cups.add("Penuh", "keep:/penuh.prn")
        cups.run("cupsreject", "-r", "dipindahkan", "Penuh")
        cups.add("Api", "fire:/")
        yield cups


@pytest.fixture
def cups(server: Cups, monkeypatch: pytest.MonkeyPatch) -> Cups:
    monkeypatch.setenv("CUPS_SERVER", server.server)
    return server


def printed(workplace: Workplace, printer: str, patience: float = 20.0, paper: PaperSize = "a4") -> list[PrintStage]:
    log(workplace, [{"local_day": 20261005, "title": "Rapat cetak"}])
    report = reports.month(workplace, "2026-10")
    return list(
        print_paper(
            workplace,
            lambda path: papers.print_report(workplace, report, path),
            reports.title_of(report),
            printer,
            paper=paper,
            patience=patience,
        )
    )


def test_what_is_printed_arrives_whole(workplace: Workplace, cups: Cups) -> None:
    stages = printed(workplace, "Kertas")
    assert stages[-1].state is JobState.DONE
    assert "Rapat cetak" in said_by((cups.folder / "kertas.prn").read_bytes())
    settled(stages[-1], "Kertas", "")
    assert list((workplace.places.state / "printing").iterdir()) == []


@pytest.mark.parametrize(("paper", "media"), [("a4", "A4"), ("f4", "Custom.215x330mm")])
def test_the_printer_is_told_the_size_of_the_paper(
    workplace: Workplace, cups: Cups, paper: PaperSize, media: str
) -> None:
    assert printed(workplace, "Kertas", paper=paper)[-1].state is JobState.DONE
    assert f"media={media}" in (cups.folder / "kertas.prn.options").read_text().split()


@pytest.mark.skipif(bool(missing_cups("cups-pdf")), reason=f"not installed: {missing_cups('cups-pdf')}")
def test_a_printer_with_a_driver_prints_the_same(workplace: Workplace, cups: Cups) -> None:
    """It puts the file into the home of whoever printed."""
    import pwd

    cups.add("PDF", "cups-pdf:/", "-P", "/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd")
    folder = Path(pwd.getpwuid(os.getuid()).pw_dir, "PDF")
    before = set(folder.glob("*.pdf"))
    assert printed(workplace, "PDF")[-1].state is JobState.DONE
    (made,) = set(folder.glob("*.pdf")) - before
    assert made.read_bytes().startswith(b"%PDF")
    made.unlink()


def test_a_paused_printer_is_told_at_once(workplace: Workplace, cups: Cups) -> None:
    locale.use("id")
    stages = printed(workplace, "Jeda")
    assert stages[-1].state is JobState.HELD
    said = stage_words(stages[-1])
    assert said.startswith("menunggu dalam antrean printer yang dihentikan: dijeda")
    assert "kertas habis" in said
    with pytest.raises(Unreachable) as caught:
        settled(stages[-1], "Jeda", said)
    assert caught.value.code == "printing.held"


def test_a_printer_on_fire_says_so(workplace: Workplace, cups: Cups) -> None:
    stages = printed(workplace, "Api")
    assert stages[-1].state in {JobState.HELD, JobState.FAILED}
    assert "lp0 on fire" in stage_words(stages[-1])


def test_a_printer_that_is_not_there_is_named_with_those_that_are(workplace: Workplace, cups: Cups) -> None:
    assert {"Kertas", "Jeda"} <= set(printers())
    with pytest.raises(InvalidInput) as caught:
        printed(workplace, "Tiada")
    assert caught.value.code == "printing.absent"
    assert "Kertas" in str(caught.value.params["known"])


def test_without_a_usual_printer_one_must_be_named(workplace: Workplace, cups: Cups) -> None:
    assert usual_printer() == ""
    with pytest.raises(InvalidInput) as caught:
        printed(workplace, "")
    assert caught.value.code == "printing.which"


def test_a_printer_that_takes_nothing_says_why(workplace: Workplace, cups: Cups) -> None:
    with pytest.raises(Unreachable) as caught:
        printed(workplace, "Penuh")
    assert caught.value.code == "printing.refused"
    assert "not accepting" in str(caught.value.params["said"])


def test_without_a_server_or_its_commands_nothing_is_printed(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:1")
    with pytest.raises(Unreachable) as caught:
        printed(workplace, "Kertas")
    assert caught.value.code == "printing.no_server"
    assert printers() == []
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreachable) as caught:
        printed(workplace, "Kertas")
    assert caught.value.code == "printing.no_cups"


def test_the_command_line_prints_and_tells(workplace: Workplace, cups: Cups, vcops) -> None:
    log(workplace, [{"local_day": 20261005, "title": "Rapat"}])
    done = vcops("report", "month", "2026-10", "--print", "Kertas", lang="id")
    assert (done.status, done.out) == (0, "")
    assert "Printer: tercetak" in done.err
    held = vcops("report", "month", "2026-10", "--print", "Jeda", lang="id")
    assert held.status == 3
    assert "kertas habis" in held.err
    assert vcops("report", "month", "2026-10", "--print", "Tiada").status == 2


@pytest.mark.skipif(sys.platform == "win32", reason="file-size limits are POSIX")
@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_a_full_disk_leaves_the_old_file_whole(workplace: Workplace, vcops, tmp_path: Path, kind: str) -> None:
    """A limit on a file's size stops the write half way, as a full disk does."""
    log(workplace, [{"local_day": 20261001 + day % 30, "title": f"Rapat {day}"} for day in range(900)])
    file = tmp_path / f"laporan.{kind}"
    assert vcops("report", "month", "2026-10", f"--{kind}", file).status == 0
    before = file.read_bytes()
    limited = (
        "import resource, runpy, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({len(before) // 2},) * 2);"
        "sys.argv = ['vcops', *sys.argv[1:]]; runpy.run_module('vcops', run_name='__main__')"
    )
    words = vcops.words("report", "month", "2026-10", f"--{kind}", file)[3:]
    done = subprocess.run(
        [sys.executable, "-c", limited, *words], env=vcops.environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 5, done.stderr
    assert file.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".new"] == []
