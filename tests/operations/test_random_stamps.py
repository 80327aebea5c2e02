"""Any stamps, corrections and undos in any order, on a real database: the meeting's row never contradicts them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.lab.clocks import SetClock
from vcops.domain.meetings import MeetingState, chosen_count
from vcops.domain.overview import MeetingDetails
from vcops.errors import Conflict, InvalidInput
from vcops.operations import journal, meetings
from vcops.operations.workplace import Workplace, open_workplace
from vcops.settings import Options

TIMES = st.sampled_from(["06.30", "07.55", "08.00", "08.10", "09.00", "selesai"])


class RandomStamps(RuleBasedStateMachine):
    """One meeting, planned or not, on a day whose clock only goes forward."""

    place: Workplace

    @initialize(planned=st.booleans())
    def begin(self, *, planned: bool) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="random-stamps")
        self.clock = SetClock()
        self.place = open_workplace(Options(home=Path(self.folder.name), who="Sari"), self.clock)
        texts = {"title": "Rapat", "date": "2026-11-23", "start": "08.00", "end": "09.00"}
        held = meetings.plan(self.place, texts) if planned else meetings.start(self.place, texts={"title": "Rapat"})
        self.meeting = held.id

    def found(self) -> MeetingDetails:
        return meetings.details(self.place, self.meeting)

    @rule(minutes=st.integers(1, 45))
    def wait(self, minutes: int) -> None:
        self.clock.move(minutes=minutes)

    @rule(
        deed=st.sampled_from(["start", "count", "incident", "told", "recover", "end", "shift"]),
        number=st.integers(-30, 30),
    )
    def stamp(self, deed: str, number: int) -> None:
        before = self.found()
        try:
            match deed:
                case "start":
                    meetings.start(self.place, self.meeting)
                case "count":
                    meetings.count(self.place, self.meeting, total=abs(number))
                case "incident":
                    meetings.incident(self.place, self.meeting)
                case "told":
                    meetings.incident(self.place, self.meeting, started_at="08.00", recovered_at="08.01")
                case "recover" if before.open_incident is not None:
                    meetings.recover(self.place, before.open_incident.id)
                case "end":
                    meetings.end(self.place, self.meeting)
                case "shift":
                    meetings.shift(self.place, self.meeting, number)
        except (Conflict, InvalidInput):
            assert self.found() == before
        else:
            assert _outside(self.found()) <= _outside(before), "no stamp puts a disturbance outside its meeting"

    @rule(start=TIMES, end=TIMES)
    def correct(self, start: str, end: str) -> None:
        before = self.found()
        last = meetings.last_stamp(self.place, self.meeting)
        try:
            meetings.edit(self.place, self.meeting, {"start": start, "end": end})
        except InvalidInput:
            assert self.found() == before
            return
        after = meetings.last_stamp(self.place, self.meeting)
        if before.meeting.state is self.found().meeting.state:  # a form that ends a meeting, or opens it again, stamps
            assert (last and last.code) == (after and after.code)

    @rule()
    def undo(self) -> None:
        before, offered = self.found(), meetings.last_stamp(self.place, self.meeting)
        try:
            undone = meetings.undo(self.place, self.meeting)
        except Conflict:
            assert offered is None
            assert before.meeting.state is MeetingState.PLANNED
            return
        assert undone == offered
        after = self.found()
        lost = {
            "start": before.meeting.started_at is not None and after.meeting.started_at is None,
            "end": before.meeting.ended_at is not None and after.meeting.ended_at is None,
            "count": len(after.counts) < len(before.counts),
            "incident": len(after.incidents) < len(before.incidents),
            "recovered": len(after.incidents) == len(before.incidents) and _recovered(after) < _recovered(before),
        }
        assert [code for code, gone in lost.items() if gone] == [undone.code]

    @invariant()
    def the_row_says_what_its_stamps_say(self) -> None:
        if not hasattr(self, "meeting"):
            return
        found = self.found()
        held, (line,) = found.meeting, meetings.listing(self.place)
        assert line.state is held.state  # the column that the tally's index filters on, beside the stamps
        assert (held.state is MeetingState.PLANNED) == (held.started_at is None)
        if held.ended_at is not None:
            assert held.started_at is not None
            assert held.minutes is not None
            assert held.minutes >= 0
        if held.started_at is None:
            assert (found.counts, found.incidents) == ((), ())
            assert held.planned_start is not None
        if held.started_at is None and held.planned_end is not None:
            assert held.planned_start is not None
            assert held.planned_end >= held.planned_start
        best = chosen_count(found.counts)
        assert held.participants == (best.total if best else None)

    def teardown(self) -> None:
        if hasattr(self, "place"):
            assert journal.verify(self.place).intact
            self.place.close()
            self.folder.cleanup()


def _recovered(found: MeetingDetails) -> int:
    return sum(one.recovered_at is not None for one in found.incidents)


def _outside(found: MeetingDetails) -> set[str]:
    """Return the disturbances that do not lie within the meeting, as far as it has an end."""
    first, last = found.meeting.started_at, found.meeting.ended_at
    return {
        one.id
        for one in found.incidents
        if (first and one.started_at < first) or (last and max(one.started_at, one.recovered_at or last) > last)
    }


TestRandomStamps = RandomStamps.TestCase
TestRandomStamps.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
