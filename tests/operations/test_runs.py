"""Walking a procedure on a real database: nothing is lost, nothing opens a gate that should stay shut."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from vcops.domain.checks import CheckFailed, CheckResult, JudgedReading, PassedOver
from vcops.domain.readings import Reading
from vcops.domain.runs import Outcome, Ready, Standing
from vcops.domain.verdicts import Verdict
from vcops.errors import Conflict, InvalidInput, Refused
from vcops.operations import runs

SOP = "video-conference"
SMALL = """\
procedure:
  id: small
  version: "7"
  title: Kecil
  executors: [{id: operator, title: Operator}]
  phases:
    - id: before
      title: Sebelum
      steps:
        - {id: power, title: Daya, executors: [operator]}
        - {id: camera, title: Kamera, executors: [operator], check: {instrument: camera, standard: room-camera}}
        - id: display
          title: Layar
          executors: [operator]
          record: {kind: number, metric: display_count, standard: meeting-room}
        - {id: photo, title: Foto, executors: [operator], required: false}
        - {id: backup, title: Cadangan, executors: [operator], when: {backup_link: true}}
      gate: {id: go, title: Siap}
    - id: after
      title: Sesudah
      steps:
        - {id: rating, title: Nilai, executors: [operator], record: {kind: score}}
        - id: mood
          title: Suasana
          executors: [operator]
          record: {kind: choice, choices: [{id: Baik, en: Good}, {id: Buruk, en: Bad}]}
      gate: {id: done, title: Selesai}
"""


def write_small(home: Path) -> None:
    folder = home / "handbook"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "small.yaml").write_text(SMALL, encoding="utf-8")


@pytest.fixture
def place(any_workplace):
    write_small(any_workplace.places.data)
    return any_workplace


@pytest.fixture
def small(workplace):
    write_small(workplace.places.data)
    return workplace


def add_room(workplace, **values: object) -> str:
    from vcops.store import tables

    with workplace.store.writing("test") as change:
        return change.insert(tables.Room, {"name": "Garuda", **values})


def add_meeting(workplace, **values: object) -> str:
    from vcops.store import tables

    with workplace.store.writing("test") as change:
        return change.insert(tables.Meeting, {"title": "Rapat", "local_day": 20261123, **values})


def measured(workplace, verdict: Verdict = Verdict.PASS, error: CheckFailed | None = None) -> CheckResult:
    reading = Reading("fps", 30.0, workplace.clock(), instrument="opencv", samples=300)
    return CheckResult("camera", "0", "room-camera", verdict, (JudgedReading(reading, verdict),), error)


def test_an_attempt_keeps_the_servers_that_were_left(small) -> None:
    left = (PassedOver("http://a", CheckFailed("network.refused", {"host": "a", "port": 1})),)
    run = runs.start(small, "small")
    runs.keep_check(small, run.id, "camera", replace(measured(small), passed_over=left))
    assert [one.passed_over for one in runs.load(small, run.id).attempts] == [left]


def test_a_run_freezes_what_it_started_with(place) -> None:
    run = runs.start(place, "small")
    folder = place.places.data / "handbook"
    (folder / "small.yaml").write_text(SMALL.replace("Kecil", "Lain").replace('"7"', '"8"'), encoding="utf-8")
    del place.__dict__["handbook"]
    again = runs.load(place, run.id)
    assert (again.procedure.title.id, again.procedure.version) == ("Kecil", "7")
    assert set(again.standards) == {"room-camera", "meeting-room"}
    assert again == run


def test_runs_of_one_procedure_share_what_they_froze(place) -> None:
    from sqlalchemy import func, select

    from vcops.store.tables import Frozen, table_of

    room = add_room(place)
    first, second = runs.start(place, "small"), runs.start(place, "small", room_id=room)
    assert first.digest == second.digest
    with place.store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(table_of(Frozen))).scalar() == 1


def test_starting_again_goes_on_with_the_open_run(place) -> None:
    room, meeting = add_room(place), add_meeting(place)
    run = runs.start(place, "small", room_id=room, meeting_id=meeting)
    runs.answer(place, run.id, "power", Outcome.DONE)
    again = runs.start(place, "small", room_id=room, meeting_id=meeting)
    assert again.id == run.id
    assert again.standing("power") is Standing.PASS
    assert runs.start(place, "small", room_id=room).id != run.id
    assert runs.start(place, SOP, room_id=room, meeting_id=meeting).id != run.id


def test_a_run_without_a_meeting_belongs_to_its_day(place, clock) -> None:
    first = runs.start(place, "small")
    clock.move(hours=15)  # 23.00 WIB, still Monday there
    assert runs.start(place, "small").id == first.id
    clock.move(hours=2)
    second = runs.start(place, "small")
    assert second.id != first.id
    assert runs.load(place, first.id).closed_at == clock()
    with pytest.raises(Conflict, match=r"run\.closed"):
        runs.answer(place, first.id, "power", Outcome.DONE)


def test_a_run_for_a_meeting_goes_on_for_days(place, clock) -> None:
    meeting = add_meeting(place)
    first = runs.start(place, "small", meeting_id=meeting)
    clock.move(days=3)
    assert runs.start(place, "small", meeting_id=meeting).id == first.id


def test_the_meeting_and_the_room_decide_the_steps(place) -> None:
    room = add_room(place, backup_link=True)
    meeting = add_meeting(place, mode="hybrid", service="vip streaming", expected=300, room_id=room)
    run = runs.start(place, SOP, meeting_id=meeting)
    assert run.room_id == room
    assert {"backup-link", "stream", "leader-seat", "seats", "capacity"} <= {one.id for one in run.steps()}
    assert not {"backup-link", "stream"} & {one.id for one in runs.start(place, SOP).steps()}


def test_every_attempt_stays_and_the_newest_counts(place) -> None:
    run = runs.start(place, "small")
    runs.keep_check(place, run.id, "camera", measured(place, Verdict.FAIL))
    after = runs.keep_check(place, run.id, "camera", measured(place, Verdict.WARN))
    assert [one.verdict for one in after.tried("camera")] == [Verdict.FAIL, Verdict.WARN]
    assert after.standing("camera") is Standing.WARN
    assert after.tried("camera")[1].readings[0].value == 30.0
    back = runs.undo(place, run.id)
    assert back.standing("camera") is Standing.FAIL
    assert len(back.tried("camera")) == 2
    assert back.tried("camera")[1].undone_at is not None


def test_a_check_that_could_not_be_made_is_an_attempt_too(place) -> None:
    run = runs.start(place, "small")
    failed = measured(place, Verdict.UNMEASURED, CheckFailed("camera.not_found", {"source": "2"}))
    after = runs.keep_check(place, run.id, "camera", failed)
    assert after.standing("camera") is Standing.UNMEASURED
    assert CheckFailed.from_note(after.tried("camera")[0].note) == CheckFailed("camera.not_found", {"source": "2"})


def test_a_measurement_that_was_stopped_is_kept_and_does_not_count(place) -> None:
    run = runs.start(place, "small")
    runs.keep_check(place, run.id, "camera", measured(place))
    after = runs.keep_check(place, run.id, "camera", measured(place, Verdict.UNMEASURED), counts=False)
    assert after.standing("camera") is Standing.PASS
    assert len(after.tried("camera")) == 2
    assert after.last_undoable() == after.tried("camera")[0]


def test_order_holds_where_the_clock_stands_still_or_goes_back(place, clock) -> None:
    run = runs.start(place, "small")
    for number in range(6):
        outcome = Outcome.DONE if number % 2 else Outcome.FAILED
        runs.answer(place, run.id, "power", outcome, note=str(number))
        if number == 3:
            clock.move(hours=-1)
    found = runs.load(place, run.id)
    assert [one.note for one in found.tried("power")] == list("012345")
    assert found.standing("power") is Standing.PASS


@pytest.mark.parametrize(
    ("step", "outcome", "words", "error", "code"),
    [
        ("power", Outcome.SKIPPED, {}, InvalidInput, "run.skip_reason"),
        ("power", Outcome.SKIPPED, {"reason": "  "}, InvalidInput, "run.skip_reason"),
        ("camera", Outcome.DONE, {}, Refused, "run.must_be_measured"),
        ("power", Outcome.MEASURED, {}, Refused, "run.must_be_measured"),
        ("powr", Outcome.DONE, {}, InvalidInput, "run.unknown_step_near"),
        ("zzz", Outcome.DONE, {}, InvalidInput, "run.unknown_step"),
        ("backup", Outcome.DONE, {}, InvalidInput, "run.step_not_applicable"),
        ("display", Outcome.DONE, {}, InvalidInput, "run.value_needed"),
        ("display", Outcome.DONE, {"value": "dua"}, InvalidInput, "run.not_a_number"),
        ("display", Outcome.DONE, {"value": "1.5"}, InvalidInput, "run.not_a_number"),
        ("display", Outcome.DONE, {"value": "-1"}, InvalidInput, "run.too_low"),
        ("rating", Outcome.DONE, {"value": "6"}, InvalidInput, "run.not_a_score"),
        ("mood", Outcome.DONE, {"value": "biru"}, InvalidInput, "run.not_a_choice"),
        ("power", Outcome.DONE, {"value": "3"}, InvalidInput, "run.value_unasked"),
    ],
)
def test_a_wrong_answer_is_refused_and_nothing_is_stored(small, step, outcome, words, error, code) -> None:
    run = runs.start(small, "small")
    with pytest.raises(error) as caught:
        runs.answer(small, run.id, step, outcome, **words)
    assert caught.value.code == code
    assert runs.load(small, run.id).attempts == ()


@pytest.mark.parametrize(("value", "verdict"), [("2", "pass"), ("1", "warn"), ("0", "fail")])
def test_a_recorded_number_is_judged(small, value, verdict) -> None:
    run = runs.start(small, "small")
    after = runs.answer(small, run.id, "display", Outcome.DONE, value=value)
    assert after.standing("display") is Standing(verdict)
    assert after.tried("display")[0].readings[0].metric == "display_count"


@pytest.mark.parametrize("typed", ["1", "baik", "Good"])
def test_a_choice_is_kept_in_one_spelling(small, typed) -> None:
    run = runs.start(small, "small")
    assert runs.answer(small, run.id, "mood", Outcome.DONE, value=typed).tried("mood")[0].value == "Baik"


def test_another_check_is_not_the_steps(small) -> None:
    run = runs.start(small, "small")
    for step in ("power", "camera"):
        other = CheckResult("connection", "x", "room-connection", Verdict.PASS)
        with pytest.raises(Conflict, match=r"run\.other_check"):
            runs.keep_check(small, run.id, step, other)


def ready_run(workplace):
    run = runs.start(workplace, "small")
    runs.answer(workplace, run.id, "power", Outcome.DONE)
    runs.keep_check(workplace, run.id, "camera", measured(workplace))
    return runs.answer(workplace, run.id, "display", Outcome.DONE, value="2")


def test_a_gate_opens_when_everything_required_passes(place) -> None:
    run = ready_run(place)
    after = runs.decide(place, run.id, "go")
    assert after.decision("go").ready is Ready.READY
    assert after.next_gate().id == "done"


def test_a_gate_stays_shut_and_says_why(place) -> None:
    run = runs.start(place, "small")
    runs.answer(place, run.id, "power", Outcome.SKIPPED, reason="tidak ada listrik")
    decision = runs.decide(place, run.id, "go").decision("go")
    assert (decision.ready, decision.blockers) == (Ready.NOT_READY, ("power", "camera", "display"))


def test_an_override_needs_its_reason_and_keeps_it(place) -> None:
    run = runs.start(place, "small")
    with pytest.raises(InvalidInput, match=r"run\.override_reason"):
        runs.decide(place, run.id, "go", override=True, reason=" ")
    decision = runs.decide(place, run.id, "go", override=True, reason="perintah pimpinan").decision("go")
    assert (decision.ready, decision.reason) == (Ready.OVERRIDE, "perintah pimpinan")


def test_a_failure_after_the_decision_withdraws_it(place) -> None:
    run = ready_run(place)
    runs.decide(place, run.id, "go")
    after = runs.keep_check(place, run.id, "camera", measured(place, Verdict.FAIL))
    assert [one.ready for one in after.decisions] == [Ready.READY, Ready.NOT_READY]
    assert after.decision("go").blockers == ("camera",)
    assert after.decisions[1].at > after.attempts[-1].at


def test_gates_come_in_their_order(place) -> None:
    run = runs.start(place, "small")
    with pytest.raises(Conflict, match=r"run\.earlier_gate"):
        runs.decide(place, run.id, "done")
    with pytest.raises(InvalidInput, match=r"run\.unknown_gate"):
        runs.decide(place, run.id, "gone")


def test_a_run_closes_when_nothing_is_left_and_undo_opens_it_again(place) -> None:
    run = ready_run(place)
    runs.answer(place, run.id, "photo", Outcome.SKIPPED, reason="tidak perlu")
    runs.decide(place, run.id, "go")
    runs.answer(place, run.id, "rating", Outcome.DONE, value="5")
    assert runs.answer(place, run.id, "mood", Outcome.DONE, value="1").closed_at is None
    closed = runs.decide(place, run.id, "done")
    assert closed.closed_at is not None
    assert runs.listing(place, open_only=True) == []
    opened = runs.undo(place, run.id)
    assert opened.closed_at is None
    assert opened.decision("done").ready is Ready.NOT_READY
    assert [one.id for one in runs.listing(place, open_only=True)] == [run.id]


def test_there_is_an_end_to_undoing(small) -> None:
    run = runs.start(small, "small")
    runs.answer(small, run.id, "power", Outcome.DONE)
    runs.undo(small, run.id)
    with pytest.raises(Conflict, match=r"run\.nothing_to_undo"):
        runs.undo(small, run.id)


def test_a_run_is_found_by_the_end_of_its_id(place) -> None:
    run = runs.start(place, "small")
    assert runs.find(place, run.id) == run
    assert runs.find(place, run.id[-6:].upper()) == run
    for text, code in ((run.id[-3:], "run.short_tail"), ("zzzzzz", "run.unknown"), ("%%%%", "run.unknown")):
        with pytest.raises(InvalidInput) as caught:
            runs.find(place, text)
        assert caught.value.code == code


def test_a_list_tells_how_far_each_run_is(place) -> None:
    room, meeting = add_room(place), add_meeting(place)
    run = runs.start(place, "small", room_id=room, meeting_id=meeting)
    runs.answer(place, run.id, "power", Outcome.DONE)
    runs.decide(place, run.id, "go")
    (line,) = runs.listing(place, room)
    assert (line.room, line.meeting, line.answered, line.steps) == ("Garuda", "Rapat", 1, 6)
    assert line.ready is Ready.NOT_READY
    assert runs.listing(place, "another") == []


def test_unknown_names_are_told_with_the_nearest(place) -> None:
    with pytest.raises(InvalidInput) as caught:
        runs.start(place, "video-conferense")
    assert caught.value.params["nearest"] == SOP
    with pytest.raises(Conflict):
        runs.start(place, "small", room_id="none")
    with pytest.raises(Conflict):
        runs.start(place, "small", meeting_id="none")
    with pytest.raises(InvalidInput):
        runs.load(place, "none")


def test_a_procedure_altered_in_the_database_is_noticed(place) -> None:
    from sqlalchemy import text

    run = runs.start(place, "small")
    with place.store.engine.begin() as connection:
        connection.execute(text("UPDATE frozen SET text = replace(text, 'Kecil', 'Lain')"))
    with pytest.raises(Conflict, match=r"run\.frozen_changed"):
        runs.load(place, run.id)
    other = runs.start(place, SOP)
    assert {(one.id, one.procedure_id, one.altered) for one in runs.listing(place)} == {
        (run.id, "small", True),
        (other.id, SOP, False),
    }


def test_everything_is_in_the_journal(small) -> None:
    from sqlalchemy import select

    from vcops.store.tables import Journal, table_of

    run = ready_run(small)
    runs.undo(small, run.id)
    runs.decide(small, run.id, "go")
    table = table_of(Journal)
    with small.store.reading() as connection:
        rows = connection.execute(select(table.c.entity, table.c.action, table.c.actor).order_by(table.c.seq)).all()
    assert [(row.entity, row.action) for row in rows] == [
        ("frozen", "insert"),
        ("run", "insert"),
        ("attempt", "insert"),
        ("attempt", "insert"),
        ("attempt", "insert"),
        ("attempt", "update"),
        ("decision", "insert"),
    ]
    assert {row.actor for row in rows} == {"Sari"}


def test_a_killed_run_resumes_where_it_stood(small) -> None:
    code = textwrap.dedent("""
        import sys
        from pathlib import Path
        from vcops.domain.runs import Outcome
        from vcops.operations import runs
        from vcops.operations.workplace import open_workplace
        from vcops.settings import Options
        place = open_workplace(Options(home=Path(sys.argv[1]), who="Budi"))
        run = runs.start(place, "small")
        while True:
            runs.answer(place, run.id, "power", Outcome.DONE)
            print(run.id, len(runs.load(place, run.id).attempts), flush=True)
    """)
    home = small.places.data
    process = subprocess.Popen([sys.executable, "-c", code, str(home)], stdout=subprocess.PIPE, text=True)
    try:
        said = [process.stdout.readline() for _line in range(5)]
    finally:
        os.kill(process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        rest, _nothing = process.communicate()
    run_id, acknowledged = (said + rest.splitlines(keepends=True))[-1].split()
    found = runs.load(small, run_id)
    assert len(found.attempts) >= int(acknowledged)
    assert found.standing("power") is Standing.PASS
    assert found.current().id == "camera"
