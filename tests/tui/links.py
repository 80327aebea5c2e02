"""A room whose link was measured every day of two weeks, today too little for its meeting; and a check under way."""

from __future__ import annotations

from datetime import timedelta

from tests.lab.clocks import SetClock
from tests.tui.test_prepare_live import a_whole_check
from tests.tui.walks import furnished
from vcops.domain.checks import CheckReading, CheckRequest, Ending, conclude, judged
from vcops.domain.readings import Reading
from vcops.domain.standards import Standard
from vcops.operations import directory, runs
from vcops.operations.workplace import Workplace
from vcops.tui.prepare.checking import RunningCheck

__all__ = ["a_running_check", "measured_link"]

_HTTP = {"instrument": "vcops http", "subject": "speed.kantor.example:443"}
_DOWN, _UP = _HTTP | {"how": "http-body-bytes"}, _HTTP | {"how": "tcp-acknowledged-bytes"}
_STUN = {"instrument": "vcops stun", "subject": "stun.kantor.example:3478", "how": "udp-round-trip-median"}


def _readings(workplace: Workplace, upload: float) -> list[Reading]:
    """Return what a whole check reads on a link whose uplink is short."""
    at = workplace.clock()
    return [
        Reading("download_mbps", 18.4, at, **_DOWN, low=17.9, high=18.9, samples=5, bytes_mb=9.2),
        Reading("upload_mbps", upload, at, **_UP, low=upload - 0.1, high=upload + 0.1, samples=5),
        Reading("latency_ms", 42.0, at, low=41.0, high=43.0, samples=300, **_STUN),
        Reading("jitter_ms", 3.2, at, samples=299, instrument="vcops stun", how="round-trip-mean-difference"),
        Reading("loss_pct", 0.0, at, low=0.0, high=1.0, samples=300, instrument="vcops stun"),
        Reading("latency_loaded_down_ms", 71.0, at, samples=120, **_STUN),
        Reading("latency_loaded_up_ms", 260.0, at, samples=118, **_STUN),
        Reading("mos", 4.3, at),
        Reading("r_factor", 89.0, at),
        Reading("udp_reachable", True, at, subject="stun.kantor.example:3478"),
        Reading("captive_portal", False, at),
    ]  # fmt: skip


def measured_link(workplace: Workplace, clock: SetClock) -> str:
    """Keep a check a day for two weeks and one in the meeting's own walk; return the meeting's id."""
    today = clock.now
    clock.now -= timedelta(days=14)
    meeting_id = furnished(workplace)
    (room,) = directory.rooms(workplace)
    directory.edit_room(workplace, room.id, {"measure_server": "https://speed.kantor.example/backend/"})
    for day in range(15):
        last = day == 14
        run = runs.start(
            workplace, "video-conference", room_id=None if last else room.id, meeting_id=meeting_id if last else None
        )
        readings = _readings(workplace, 4.6 - 0.25 * day)
        request = CheckRequest(instrument="connection", standard_id="room-connection")
        ending = Ending(source="https://speed.kantor.example/backend/", at=clock.now, seconds=16.2)
        result = conclude(request, run.standards["room-connection"], readings, ending)
        runs.keep_check(workplace, run.id, "link", result)
        if not last:
            clock.now += timedelta(days=1)
    assert clock.now == today
    return meeting_id


def a_running_check(run_id: str, workplace: Workplace, standard: Standard | None) -> RunningCheck:
    """Return a check of the step `link` that is sending just now."""
    check = a_whole_check()
    check.run_id = run_id
    for one in _readings(workplace, 1.1):
        if one.metric in ("download_mbps", "latency_ms", "jitter_ms", "loss_pct"):
            check.take(CheckReading(judged(one, standard)))
    return check
