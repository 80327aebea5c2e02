"""`vcops check history`: the same points for people and as JSON."""

from __future__ import annotations

from datetime import timedelta

from tests.lab.clocks import SetClock
from tests.lab.command import CommandLine
from tests.operations.test_link_history import measure, rooms
from vcops.operations.workplace import Workplace

POINT = {"at", "verdict", "source", "step", "run", "readings"}
METRIC = {"metric", "unit", "latest", "week_before", "median", "points", "trend"}


def test_a_room_that_gets_slower(vcops: CommandLine, workplace: Workplace, clock: SetClock) -> None:
    room, _other = rooms(workplace)
    for day in range(8):
        measure(workplace, room, "main-link", 84.0 - 2 * day)
        clock.now += timedelta(days=1)
    workplace.close()
    ran = vcops("check", "history", "Utama", "--json")
    assert (ran.status, ran.err) == (0, "")
    assert (ran.json["room"], ran.json["link"]) == ("Utama", "main")
    assert [set(one) for one in ran.json["points"]] == [POINT] * 8
    (metric,) = ran.json["metrics"]
    assert set(metric) == METRIC
    assert (metric["latest"], metric["week_before"], metric["median"]) == (70, 84, 77)
    assert metric["trend"] == {"per_week": -14, "clear": True, "points": 8}
    (reading,) = ran.json["points"][0]["readings"]
    assert (reading["value"], reading["unit"], reading["low"], reading["high"]) == (84, "Mbps", 83, 85)
    assert "verdict" not in reading
    shown = vcops("check", "history", "Utama", "--limit", 7)
    assert "worse: −14.0 Mbps a week" in shown.out
    assert "84.0" not in shown.out
    assert shown.out.index("30/11/2026") < shown.out.index("24/11/2026")
    assert "memburuk: −14,0 Mbps per pekan" in vcops("check", "history", "Utama", lang="id").out


def test_what_the_newest_check_did_not_read_is_a_dash(
    vcops: CommandLine, workplace: Workplace, clock: SetClock
) -> None:
    room, _other = rooms(workplace)
    measure(workplace, room, "main-link", 84.0)
    clock.now += timedelta(hours=2)
    measure(workplace, room, "main-link", 0, failed=True)
    workplace.close()
    (metric,) = vcops("check", "history", "Utama", "--json").json["metrics"]
    assert (metric["latest"], metric["median"], metric["points"]) == (None, 84, 1)
    line = next(one for one in vcops("check", "history", "Utama").out.splitlines() if one.startswith("Download"))
    assert line.split()[1:4] == ["–", "–", "84.0"]


def test_a_link_that_was_never_measured(vcops: CommandLine, workplace: Workplace) -> None:
    rooms(workplace)
    workplace.close()
    ran = vcops("check", "history", "Utama", "--link", "backup")
    assert ran.status == 0
    assert ran.out == "Utama, backup link\n"
    assert "vcops check room" in ran.err
    empty = vcops("check", "history", "Utama", "--link", "backup", "--json")
    assert empty.json == {"room": "Utama", "link": "backup", "metrics": [], "points": []}


def test_an_unknown_room_is_a_sentence(vcops: CommandLine) -> None:
    ran = vcops("check", "history", "Nowhere", "--json")
    assert ran.status == 2
    assert ran.json["error"]["code"].startswith("room.")
