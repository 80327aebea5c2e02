"""What the connection probe is asked, from the room, the machine, the office and the meeting; and when it may go on."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.lab.packets import black_hole, udp_server
from tests.lab.server import ServerScript, running_server
from vcops import locale
from vcops.domain.checks import CheckDone, CheckProgress, CheckRemark, CheckRequest, CheckResult
from vcops.domain.findings import findings
from vcops.domain.standards import ResolvedStandard
from vcops.domain.verdicts import Verdict
from vcops.errors import InvalidInput, Unreachable
from vcops.operations import directory, meetings, runs
from vcops.operations.asking import attempts
from vcops.operations.checks import check, remarks, request_for_step
from vcops.operations.own_machine import OWN_MACHINE, leads_here
from vcops.operations.workplace import Workplace
from vcops.tui.sentences import explain

CONFIG = """\
servers = ["speed.example.go.id"]
stun = ["stun.example.go.id", "192.0.2.7:19302"]
reflector = "192.0.2.9"
ntp = "ntp.example.go.id"
backup_interface = "wwan0"
"""

OWN_PLATFORM = """\
platform:
  id: vicon
  title: Vicon
  url: https://vicon.example.go.id
  qualities:
    - id: 480p
      demands:
        - {send_mbps: 0.7, receive_mbps: 0.9, source: kantor}
  stun:
    - {host: stun.vicon.example.go.id, port: 3478, source: kantor}
"""


@pytest.fixture
def configured(open_place: Callable[..., Workplace], tmp_path: Path) -> Workplace:
    """A workplace whose machine names servers of every kind."""
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "config.toml").write_text(CONFIG, encoding="utf-8")
    return open_place()


def asked(workplace: Workplace, **request: Any) -> dict[str, Any]:
    """The first line that the probe would get."""
    return attempts(workplace, CheckRequest(instrument="connection", **request))[0][1]


def test_the_machine_names_the_servers(configured: Workplace) -> None:
    line = asked(configured)
    assert line["server"] == "https://speed.example.go.id"
    assert line["stun"] == ["stun.example.go.id:3478", "192.0.2.7:19302"]
    assert (line["reflector"], line["ntp"]) == ("192.0.2.9:862", "ntp.example.go.id")
    assert line["interface"] == ""
    assert line["platform"] == {"url": "", "hosts": [], "stun": line["stun"]}, (
        "whether UDP passes is asked all the same"
    )


def test_what_is_asked_for_comes_before_what_is_named(configured: Workplace) -> None:
    line = asked(
        configured, stun="[2001:db8::1]:3479", reflector="10.0.0.1:8620", interface=" eth1 ", server="http://a"
    )
    assert (line["stun"], line["reflector"]) == (["[2001:db8::1]:3479"], "10.0.0.1:8620")
    assert (line["interface"], line["server"]) == ("eth1", "http://a")


def test_the_platforms_own_stun_servers_come_after_the_machines(configured: Workplace) -> None:
    line = asked(configured, platform="meet")
    assert line["stun"][-1] == "stun.l.google.com:19302"
    assert line["platform"]["url"] == "https://meet.google.com"
    assert ["meet.google.com", 443] in line["platform"]["hosts"]
    assert line["platform"]["stun"] == ["stun.l.google.com:19302"]


def test_the_offices_platform_is_looked_at_where_no_other_is_asked_for(configured: Workplace) -> None:
    directory.set_office(configured, {"platform": "https://vicon.example.go.id:8443/x"})
    assert asked(configured)["platform"] == {
        "url": "https://vicon.example.go.id:8443/x",
        "hosts": [["vicon.example.go.id", 8443]],
        "stun": ["stun.example.go.id:3478", "192.0.2.7:19302"],
    }
    assert asked(configured, platform="zoom")["platform"]["url"] == "https://zoom.us"


def test_the_backup_link_binds_to_its_interface(configured: Workplace) -> None:
    assert asked(configured, link="backup")["interface"] == "wwan0"
    assert asked(configured, link="backup", interface="eth9")["interface"] == "eth9"
    assert remarks(configured, CheckRequest(instrument="connection", link="backup")) == ()


def test_iperf3_is_asked_at_its_own_port(configured: Workplace) -> None:
    assert asked(configured, via="iperf3", server="10.0.0.5")["server"] == "10.0.0.5:5201"
    assert asked(configured, via="iperf3", server="10.0.0.5:99")["server"] == "10.0.0.5:99"
    with pytest.raises(Unreachable) as caught:
        asked(configured, via="iperf3")
    assert caught.value.code == "check.no_iperf3_server"


@pytest.mark.parametrize(
    ("request_", "asked_for"),
    [
        ({}, ["librespeed http://a.example", "cloudflare https://b.example", "iperf3 10.0.0.5:5201"]),
        ({"via": "iperf3"}, ["iperf3 10.0.0.5:5201"]),
        ({"via": "speedtest"}, ["speedtest http://a.example", "speedtest https://b.example"]),
        (
            {"profile": "plain", "upload_url": "http://c/up"},
            ["plain http://a.example http://c/up", "plain https://b.example http://c/up"],
        ),
        ({"server": "plain+http://c/x#upload=/up"}, ["plain http://c/x http://c/up"]),
        ({"server": "plain+http://c/x#upload=/up", "upload_url": "http://d/"}, ["plain http://c/x http://d/"]),
        ({"server": "plain+http://c/x#upload=/up", "profile": "cloudflare"}, ["cloudflare http://c/x"]),
        ({"server": "speedtest+https://c/upload.php"}, ["speedtest https://c/upload.php"]),
        ({"server": "iperf3://c:99"}, ["iperf3 c:99"]),
    ],
)
def test_each_server_is_asked_by_its_kind(workplace: Workplace, request_: dict[str, Any], asked_for: list[str]) -> None:
    directory.set_office(workplace, {"measure_servers": "cloudflare+https://b.example iperf3://10.0.0.5"})
    request = CheckRequest(instrument="connection", room_server="http://a.example", **request_)
    seen = []
    for _shown, line in attempts(workplace, request):
        how = line["via"] if line["via"] != "http" else line["profile"]
        seen.append(" ".join(filter(None, [how, line["server"], line["upload_url"]])))
    assert seen == asked_for


def test_an_address_of_another_kind_than_asked_for_is_refused(workplace: Workplace) -> None:
    for via, server in (("http", "iperf3://a"), ("iperf3", "cloudflare+https://a")):
        with pytest.raises(InvalidInput):
            asked(workplace, via=via, server=server)


def test_iperf3_in_the_first_place_measures_no_latency(workplace: Workplace) -> None:
    request = CheckRequest(instrument="connection", room_server="iperf3://a")
    assert remarks(workplace, request) == ("check.no_stun_for_iperf3",)


@pytest.mark.parametrize(
    "request_",
    [
        {"server": "u:s3cret@h:x", "via": "iperf3"},
        {"stun": "u:s3cret@h", "server": "h"},
        {"platform": "u:s3cret@h x", "server": "h"},
        {"platform": "ftp://u:s3cret@h", "server": "h"},
    ],
)
def test_a_refused_address_is_told_without_its_password(workplace: Workplace, request_: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as caught:
        attempts(workplace, CheckRequest(instrument="connection", **request_))
    assert "s3cret" not in str(dict(caught.value.params))


@pytest.mark.parametrize("platform", ["https://localhost:8092", "jitsi"])
def test_a_platform_that_is_set_and_names_no_stun_server_is_not_asked_for_again(
    workplace: Workplace, platform: str
) -> None:
    page = workplace.handbook.platforms.get(platform)
    named = bool(page and page.stun)
    directory.set_office(workplace, {"platform": platform})
    request = CheckRequest(instrument="connection", server="http://a")
    assert remarks(workplace, request) == (() if named else ("check.no_stun_of_platform",))
    locale.use("id")
    said = explain("check.no_stun_of_platform", {})
    assert "sebut platformnya" not in f"{said.message} {said.remedy}"
    assert "Platform yang ditetapkan" in said.message


def test_what_is_missing_is_said_before_it_starts(workplace: Workplace) -> None:
    bare = CheckRequest(instrument="connection", link="backup")
    assert remarks(workplace, bare) == ("check.no_server", "check.no_backup_interface", "check.no_stun")
    iperf3 = CheckRequest(instrument="connection", via="iperf3", server="a")
    assert remarks(workplace, iperf3) == ("check.no_stun_for_iperf3",)
    assert asked(workplace, server="http://a")["platform"] is None
    named = CheckRequest(instrument="connection", server="http://a", stun="b", interface="eth0", link="backup")
    assert remarks(workplace, named) == ()
    assert remarks(workplace, CheckRequest(instrument="camera")) == ()


@pytest.mark.parametrize(
    ("server", "own"),
    [
        ("http://127.0.0.1:8091/", True),
        ("plain+https://localhost/large.bin", True),
        ("iperf3://[::1]:5201", True),
        ("speed.localhost", True),
        ("https://192.0.2.1/backend/", False),
        ("iperf3://speed.example", False),
        ("iperf3://", False),
    ],
)
def test_a_server_on_this_very_machine_is_pointed_out(workplace: Workplace, server: str, own: bool) -> None:
    assert leads_here(server) is own
    request = CheckRequest(instrument="connection", room_server=server, stun="b")
    assert (OWN_MACHINE in remarks(workplace, request)) is own


def test_an_address_of_this_machine_in_digits_is_its_own() -> None:
    for one in psutil.net_if_addrs().values():
        for address in one:
            if address.family is socket.AF_INET:
                assert leads_here(f"http://{address.address}:8080/")


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"server": "bukan url"}, "connection.bad_url"),
        ({"server": "https://speed test.example/"}, "connection.bad_url"),
        ({"stun": "stun server"}, "connection.bad_address"),
        ({"stun": "a:0"}, "connection.bad_address"),
        ({"stun": "a:99999"}, "connection.bad_address"),
        ({"reflector": "http://a"}, "connection.bad_address"),
        ({"via": "iperf3", "server": "https://a"}, "connection.bad_address"),
        ({"interface": "eth0; reboot"}, "check.bad_interface"),
        ({"interface": "../../etc"}, "check.bad_interface"),
        ({"platform": "zomo"}, "check.unknown_platform"),
        ({"max_mb": float("nan")}, "check.max_mb"),
        ({"max_mb": 0.0}, "check.max_mb"),
        ({"seconds": float("nan")}, "check.seconds"),
        ({"quality": "8k"}, "check.unknown_quality"),
        ({"platform": "teams", "quality": "360p"}, "check.unknown_quality"),
        ({"participants": 0}, "check.participants"),
        ({"participants": 1_000_000}, "check.participants"),
    ],
)
async def test_nonsense_is_refused_before_anything_is_measured(
    workplace: Workplace, request_: dict[str, Any], code: str
) -> None:
    request = CheckRequest(**{"instrument": "connection", "server": "http://a"} | request_)
    with pytest.raises(InvalidInput) as caught:
        async with aclosing(check(workplace, request)) as events:
            await anext(events)
    assert caught.value.code == code


def test_a_run_freezes_what_its_meeting_asks_of_the_link(workplace: Workplace) -> None:
    directory.set_office(workplace, {"platform": "zoom"})
    room = directory.add_room(workplace, {"name": "Aula", "backup_link": "yes"})
    start = workplace.clock() + timedelta(days=1)
    texts = {"title": "Rapat", "room": "Aula", "date": f"{start:%Y-%m-%d}", "start": "09:00", "end": "10:00"}
    meeting = meetings.plan(workplace, texts | {"platform": "Meet", "expected": "40"})
    run = runs.start(workplace, "video-conference", meeting_id=meeting.id)
    frozen = run.standards["room-connection"]
    assert isinstance(frozen, ResolvedStandard)
    assert (frozen.needs.platform, frozen.needs.participants) == ("meet", 40)
    assert frozen.requirement("upload_mbps").pass_ == 4.8
    backup = next(step for step in run.steps() if step.check and step.check.link == "backup")
    request = request_for_step(workplace, run, backup, room)
    assert (request.link, request.platform) == ("backup", "Meet")
    without = runs.start(workplace, "video-conference", room_id=room.id).standards["room-connection"]
    assert isinstance(without, ResolvedStandard)
    assert (without.needs.platform, without.needs.participants) == ("zoom", 10)


def test_an_offices_own_platform_is_reckoned_with_at_the_quality_it_has(workplace: Workplace) -> None:
    folder = workplace.handbook_folder / "platforms"
    folder.mkdir(parents=True)
    (folder / "vicon.yaml").write_text(OWN_PLATFORM, encoding="utf-8")
    directory.set_office(workplace, {"platform": "Vicon"})
    frozen = runs.start(workplace, "video-conference").standards["room-connection"]
    assert isinstance(frozen, ResolvedStandard)
    assert (frozen.needs.platform, frozen.needs.quality, frozen.needs.send_mbps) == ("vicon", "480p", 0.7)
    assert asked(workplace, server="http://a")["stun"] == ["stun.vicon.example.go.id:3478"]


def test_a_platform_that_nobody_knows_asks_for_the_highest_figures(workplace: Workplace) -> None:
    run = runs.start(workplace, "video-conference")
    frozen = run.standards["room-connection"]
    assert isinstance(frozen, ResolvedStandard)
    assert (frozen.needs.platform, frozen.needs.send_mbps) == ("", 3.2)


def every_sixtieth_lost(packet: bytes, number: int, _sender: Any) -> Iterable[tuple[float, bytes]]:
    """A STUN server over a link that loses 1.7 %: with 300 packets nobody can say whether that is over 2 %."""
    return [] if number % 60 == 59 else [(0.0, b"\x01\x01\x00\x00" + packet[4:20])]


async def whole(workplace: Workplace, request: CheckRequest) -> tuple[list[Any], CheckResult]:
    async with aclosing(check(workplace, request)) as events:
        seen = [event async for event in events]
    assert isinstance(seen[-1], CheckDone)
    return seen, seen[-1].result


async def test_what_is_not_certain_is_measured_on_once(workplace: Workplace) -> None:
    with running_server(ServerScript(mbps=40)) as server, udp_server(every_sixtieth_lost) as stun:
        seen, result = await whole(
            workplace, CheckRequest(instrument="connection", server=server.url, stun=stun.target, platform="")
        )
    extended = [one for one in seen if isinstance(one, CheckProgress) and one.code == "connection.extending"]
    loss = next(one for one in result.readings if one.reading.metric == "loss_pct")
    assert extended
    assert loss.reading.samples is not None
    assert loss.reading.samples >= 400, "300 of them in the idle phase"
    assert (loss.verdict, result.verdict) == (Verdict.UNMEASURED, Verdict.UNMEASURED)
    told = [one.code for one in findings("connection", result.readings, result.standard)]
    assert told[0] == "finding.not_certain"


async def test_blocked_udp_is_a_warning_with_its_reason(workplace: Workplace) -> None:
    with running_server(ServerScript(mbps=40)) as server, black_hole() as nobody:
        request = CheckRequest(instrument="connection", server=server.url, stun=nobody.target)
        _seen, result = await whole(workplace, request)
        blocked = nobody.target
    held = {one.reading.metric: one for one in result.readings}
    assert held["udp_reachable"].reading.value is False
    assert (held["udp_reachable"].verdict, held["udp_reachable"].required) == (Verdict.WARN, True)
    assert (held["loss_pct"].reading.note, held["loss_pct"].required) == ("udp_blocked", False)
    assert result.verdict is Verdict.WARN
    first = findings("connection", result.readings, result.standard)[0]
    assert (first.code, first.params["subject"]) == ("finding.udp_blocked", blocked)


async def test_a_time_that_a_person_sets_is_not_gone_beyond(workplace: Workplace) -> None:
    with running_server(ServerScript(mbps=40)) as server, udp_server(every_sixtieth_lost) as stun:
        request = CheckRequest(instrument="connection", server=server.url, stun=stun.target, seconds=7)
        seen, result = await whole(workplace, request)
    assert not [one for one in seen if isinstance(one, CheckProgress) and one.code == "connection.extending"]
    assert [one.code for one in seen if isinstance(one, CheckRemark)] == [OWN_MACHINE]
    loss = next(one for one in result.readings if one.reading.metric == "loss_pct")
    assert loss.verdict is Verdict.UNMEASURED
