"""`vcops sop print`, `run show --pdf`, `report meeting --pdf --bast`: files, statuses, and nothing else on stdout."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.documents.reading import pages_of, said_by
from tests.operations.test_runs import write_small


def test_a_procedure_is_printed(vcops, tmp_path) -> None:
    file = tmp_path / "sop.pdf"
    ran = vcops("sop", "print", "video-conference", "--pdf", file, "--paper", "f4", lang="id")
    assert (ran.status, ran.out) == (0, "")
    assert str(file) in ran.err
    assert "Terima surat permohonan atau undangan" in said_by(file.read_bytes())
    assert vcops("sop", "print", "video-conference", "--pdf", file, "--pocket").status == 0
    assert len(pages_of(file.read_bytes())) == 1


def test_an_own_procedure_is_printed_as_typed(vcops, tmp_path) -> None:
    vcops("sop", "new", "rapat-dinas")
    assert vcops("sop", "print", "rapat-dinas", "--pdf", tmp_path / "a.pdf", lang="id").status == 0
    assert "Mintakan persetujuan" in said_by((tmp_path / "a.pdf").read_bytes())


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["sop", "print", "nothing", "--pdf", "a.pdf"], 2),
        (["sop", "print", "video-conference"], 2),
        (["sop", "print", "video-conference", "--pdf", "/nowhere/a.pdf"], 5),
        (["run", "show", "00000000", "--pdf", "a.pdf"], 2),
        (["report", "meeting", "00000000", "--pdf", "a.pdf"], 2),
    ],
)
def test_what_goes_wrong_has_its_status_and_a_sentence(vcops, words, status) -> None:
    ran = vcops(*words)
    assert (ran.status, ran.out) == (status, "")
    assert ran.err


def test_a_faulty_template_is_named_with_its_line(vcops, tmp_path) -> None:
    folder = vcops.home / "handbook" / "templates"
    folder.mkdir(parents=True)
    (folder / "sop.typ").write_text("\n\n#tidak-ada", encoding="utf-8")
    ran = vcops("sop", "print", "link-failover", "--pdf", tmp_path / "a.pdf", lang="id")
    assert ran.status == 2
    assert f"{folder / 'sop.typ'}, baris 3" in ran.err
    assert not (tmp_path / "a.pdf").exists()


def test_a_run_is_printed_and_json_stays_one_document(vcops, tmp_path) -> None:
    write_small(vcops.home)
    run = vcops("run", "start", "small", "--json").json
    file = tmp_path / "run.pdf"
    ran = vcops("run", "show", run["id"][-6:], "--pdf", file)
    assert (ran.status, ran.out) == (0, "")
    assert run["id"][-8:] in said_by(file.read_bytes())
    assert vcops("run", "show", run["id"], "--pdf", file, "--json").json["id"] == run["id"]


def test_a_meeting_is_printed(vcops, tmp_path) -> None:
    words = ("--date", "2026-11-20", "--start", "08.00", "--end", "09.00", "--title", "Rakor", "--participants", "40")
    meeting = vcops("meeting", "add", *words, "--json").json
    record, handover = tmp_path / "ba.pdf", tmp_path / "bast.pdf"
    ran = vcops("report", "meeting", meeting["id"], "--pdf", record, "--bast", handover, lang="id")
    assert (ran.status, ran.out) == (0, "")
    assert "telah dilaksanakan rapat virtual: Rakor." in said_by(record.read_bytes())
    assert "BERITA ACARA SERAH TERIMA PERANGKAT" in said_by(handover.read_bytes())
    assert "Rakor" in vcops("report", "meeting", meeting["id"], "--pdf", record, "--text").out


@pytest.mark.skipif(sys.platform == "win32", reason="file-size limits are POSIX")
def test_a_full_disk_leaves_the_old_file_whole(vcops, tmp_path) -> None:
    """A limit on a file's size stops the write half way, as a full disk does."""
    file = tmp_path / "sop.pdf"
    assert vcops("sop", "print", "link-failover", "--pdf", file).status == 0
    before = file.read_bytes()
    limited = (
        "import resource, runpy, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({len(before) // 2},) * 2);"
        "sys.argv = ['vcops', *sys.argv[1:]]; runpy.run_module('vcops', run_name='__main__')"
    )
    words = vcops.words("sop", "print", "video-conference", "--pdf", file)[3:]
    done = subprocess.run(
        [sys.executable, "-c", limited, *words], env=vcops.environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 5, done.stderr
    assert file.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".new"] == []
