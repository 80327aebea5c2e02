"""What stands around a link: told where it is known, and nothing is claimed where it is not."""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.lab.certificates import Authority
from tests.lab.netns import Namespace, available
from vcops.probes.connection import interfaces, portal
from vcops.probes.connection.binding import Binding
from vcops.probes.connection.framing import Answer
from vcops.probes.connection.interfaces import find_interface, signal_of, wired
from vcops.probes.connection.portal import portal_host, portal_in_the_way, same_owner
from vcops.probes.connection.surroundings import Site, look_around, proxy_towards, site_of
from vcops.probes.wire import Failure, Wire

FREE = Binding()
WIRELESS = """Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE
 face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22
wlp2s0: 0000   54.  -56.  -256        0      0      0      0    178        0
 wlan1: 0000    0.  200.     0        0      0      0      0      0        0
"""


class Told(Wire):
    """Keeps what a probe tells."""

    def __init__(self) -> None:
        self.readings: dict[str, tuple[Any, dict[str, Any]]] = {}

    def reading(self, metric: str, value: Any, **details: Any) -> None:
        self.readings[metric] = value, details

    @property
    def values(self) -> dict[str, Any]:
        return {metric: value for metric, (value, _details) in self.readings.items()}


@asynccontextmanager
async def answering(
    said: str, secured: ssl.SSLContext | None = None, address: str = "127.0.0.1"
) -> AsyncIterator[tuple[int, list[bytes]]]:
    """A server that says the same to everybody; gives its port and what it was asked."""
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            asked.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(said.encode())
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        writer.transport.abort()

    server = await asyncio.start_server(serve, address, 0, ssl=secured)
    async with server:
        yield server.sockets[0].getsockname()[1], asked


def redirect(place: str, status: int = 302) -> str:
    return f"HTTP/1.1 {status} Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("zoom.us", "www.zoom.us", True),
        ("meet.google.com", "accounts.google.com", True),
        ("speed.pontianak.go.id", "www.pontianak.go.id", True),
        ("speed.pontianak.go.id", "login.sambas.go.id", False),
        ("zoom.us", "10.0.0.1", False),
        ("10.0.0.1", "10.0.0.2", False),
        ("10.0.0.1", "10.0.0.1", True),
        ("router", "login", False),
        ("zoom.us", "zoom.us.login.example", False),
    ],
)
def test_which_names_belong_together(one: str, other: str, same: bool) -> None:
    assert same_owner(one, other) is same
    assert same_owner(other, one) is same


@pytest.mark.parametrize(
    ("status", "location", "found"),
    [
        (200, "", None),
        (301, "https://zoom.us/", None),
        (302, "/login", None),
        (302, "https://explore.zoom.us/", None),
        (302, "http://wifi.hotel.example/login?to=zoom.us", "wifi.hotel.example"),
        (307, "http://10.5.50.1/", "10.5.50.1"),
        (302, "javascript:alert(1)", None),
        (302, "http://[broken", None),
        (511, "", "zoom.us"),
        (404, "", None),
    ],
)
def test_what_an_answer_says_of_a_portal(status: int, location: str, found: str | None) -> None:
    headers = {"location": location} if location else {}
    assert portal_host("zoom.us", Answer(status, headers, "HTTP/1.1")) == found


async def test_a_login_page_in_the_way_is_told_with_its_host_only() -> None:
    async with answering(redirect("http://sari:rahasia@wifi.hotel.example/login?session=9")) as (port, asked):
        told = Told()
        await look_around([Site("127.0.0.1", port, "http")], FREE, told)
    assert told.readings["captive_portal"][0] is True
    assert told.readings["captive_portal"][1]["subject"] == "wifi.hotel.example"
    assert b"Host: 127.0.0.1:%d\r\n" % port in asked[-1]


async def test_a_site_that_answers_for_itself_is_no_portal() -> None:
    async with answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") as (port, _asked):
        told = Told()
        await look_around([Site("127.0.0.1", port, "http")], FREE, told)
    assert told.values["captive_portal"] is False
    assert told.values["ipv4_reachable"] is True
    assert told.values["proxy_in_use"] is False


async def test_a_site_that_moved_is_no_portal_where_its_own_certificate_stands(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    authority = Authority(tmp_path)
    moved = redirect("https://teams.other-brand.example/")
    async with answering(moved) as (port, _asked), answering("", authority.server_context()) as (secure, _more):
        monkeypatch.setattr(portal, "_SECURE_PORT", secure)
        assert await portal_in_the_way("localhost", port, FREE) == "teams.other-brand.example"
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
        assert await portal_in_the_way("localhost", port, FREE) == ""


@pytest.mark.parametrize("said", ["", "SSH-2.0-OpenSSH_9.2\r\n\r\n", "x" * 40000, "HTTP/1.1 200"])
async def test_an_answer_that_is_not_http_says_nothing_of_a_portal(said: str) -> None:
    async with answering(said) as (port, _asked):
        assert await portal_in_the_way("127.0.0.1", port, FREE) is None


async def test_a_page_that_never_comes_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal, "_ANSWER_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        async with asyncio.timeout(20):
            assert await portal_in_the_way("127.0.0.1", silent.getsockname()[1], FREE) is None


async def test_each_family_is_told_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name has both addresses, the server answers on one of them."""
    async with answering("", address="::1") as (port, _asked):
        both = [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)),
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::1", port, 0, 0)),
        ]
        monkeypatch.setattr("vcops.probes.sockets.socket.getaddrinfo", lambda *_asked, **_more: both)
        told = Told()
        await look_around([Site("both.example", port)], FREE, told)
    assert (told.values["ipv4_reachable"], told.values["ipv6_reachable"]) == (False, True)
    assert told.readings["ipv4_reachable"][1]["subject"] == f"both.example:{port}"


async def test_an_address_of_one_family_says_nothing_of_the_other() -> None:
    async with answering("", address="::1") as (port, _asked):
        told = Told()
        await look_around([Site("::1", port)], FREE, told)
    assert told.values["ipv6_reachable"] is True
    assert "ipv4_reachable" not in told.values


async def test_a_name_that_is_not_found_leaves_only_what_is_known() -> None:
    told = Told()
    await look_around([Site("nothing.invalid", 443, "https")], FREE, told)
    assert told.values == {"proxy_in_use": False}
    await look_around([], FREE, told)


async def test_a_proxy_is_named_without_its_login(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://sari:rahasia@proxy.example.go.id:3128")
    monkeypatch.setenv("https_proxy", "http://sari:rahasia@proxy.example.go.id:3128")
    monkeypatch.setenv("no_proxy", "dalam.example.go.id")
    assert proxy_towards(Site("zoom.us", 443, "https")) == "proxy.example.go.id:3128"
    assert proxy_towards(Site("dalam.example.go.id", 443, "https")) is None
    told = Told()
    await look_around([Site("127.0.0.9", 9, "http"), Site("zoom.us", 443, "https")], FREE, told)
    assert told.values["proxy_in_use"] is True
    assert "rahasia" not in str(told.readings)
    assert set(told.values) == {"proxy_in_use"}, "behind a proxy nothing else is known"


def test_a_proxy_of_a_kind_not_spoken_is_in_use_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "socks5://sari:rahasia@proxy.example.go.id:1080")
    assert proxy_towards(Site("zoom.us", 443, "https")) == ""


def test_sites_out_of_urls() -> None:
    assert site_of("https://sari:x@speed.example.go.id/backend/") == Site("speed.example.go.id", 443, "https")
    assert site_of("http://192.0.2.1:8080/") == Site("192.0.2.1", 8080, "http")
    assert site_of("iperf.example.go.id:5201") is None
    assert (Site("a", 8080, "http").plain_port, Site("a", 8443, "https").plain_port) == (8080, 80)


def test_the_loopback_is_found_by_name_and_by_address() -> None:
    by_address = find_interface("127.0.0.1")
    assert by_address is not None
    assert by_address.address(socket.AF_INET) == "127.0.0.1"
    if by_address.name:
        assert find_interface(by_address.name) == by_address
        assert wired(by_address.name) is None, "the loopback is neither cable nor Wi-Fi"
    assert find_interface("gone0") is None
    assert find_interface("203.0.113.7") is None
    assert wired("../../etc") is None


@pytest.mark.skipif(sys.platform != "linux", reason="sysfs is Linux's")
def test_cable_and_wifi_by_what_sysfs_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, parts, kind in (
        ("enp1s0", ["device"], "1"),
        ("wlp2s0", ["device", "wireless"], "1"),
        ("wlan1", ["device", "phy80211"], "1"),
        ("tun0", [], "65534"),
        ("docker0", [], "1"),
        ("wwan0", ["device"], "65534"),
        ("odd0", ["device"], "?"),
    ):
        for part in parts or [""]:
            (tmp_path / name / part).mkdir(parents=True, exist_ok=True)
        (tmp_path / name / "type").write_text(kind + "\n", encoding="ascii")
    monkeypatch.setattr(interfaces, "_SYS_NET", tmp_path)
    names = ("enp1s0", "wlp2s0", "wlan1", "tun0", "docker0", "wwan0", "odd0", "gone0", "")
    assert [wired(name) for name in names] == [True, False, False, None, None, None, None, None, None]


def test_the_signal_of_proc_wireless() -> None:
    assert signal_of(WIRELESS, "wlp2s0") == -56.0
    assert signal_of(WIRELESS, "wlan1") is None, "a driver that gives no dBm"
    assert signal_of(WIRELESS, "face") is None
    assert signal_of("wlan0: x\nwlan0: 0 0 broken 0", "wlan0") is None
    assert signal_of("", "wlan0") is None


def test_a_family_that_the_interface_lacks_may_leave_it_to_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    only_four = interfaces.Interface("usb0", ("192.0.2.5",))
    monkeypatch.setattr("vcops.probes.connection.binding.find_interface", lambda _asked: only_four)
    bound = Binding(" usb0 ")
    assert bound.local_addr(socket.AF_INET) == ("192.0.2.5", 0)
    with pytest.raises(OSError, match=r".") as caught:
        bound.local_addr(socket.AF_INET6)
    assert caught.value.errno == errno.EADDRNOTAVAIL


def test_nothing_is_bound_where_nothing_is_asked_for() -> None:
    with socket.socket() as free:
        Binding("").apply(free)
        assert free.getsockname()[1] == 0
    assert not Binding(" ")
    assert Binding().local_addr(socket.AF_INET) is None


def test_an_interface_that_is_down_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "vcops.probes.connection.binding.find_interface", lambda _asked: interfaces.Interface("eth9", ())
    )
    with socket.socket() as sock, pytest.raises(Failure) as caught:
        Binding("eth9").apply(sock)
    assert caught.value.code == "network.no_interface"


LEAVES_BY = """
import socket, sys
from vcops.probes.connection.binding import Binding
from vcops.probes.connection.surroundings import Site, interface_towards, site_of

for asked in sys.argv[1:]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        bound = Binding(asked)
        bound.apply(sock)
        sock.sendto(b"x", ("198.51.100.1", 9))
        found = interface_towards([(socket.AF_INET, 0, 0, "", ("198.51.100.1", 9))], bound)
    print(found.name)
"""


@pytest.mark.skipif(bool(available()), reason=available())
def test_packets_of_the_backup_link_leave_by_the_backup_link() -> None:
    """Two links, the default route over the first: by name and by address the second is the one that carries."""
    with Namespace("two") as place:
        place.sysctl("net.ipv6.conf.all.disable_ipv6", "1")  # it would send packets of its own
        place.sysctl("net.ipv6.conf.default.disable_ipv6", "1")
        for name, number in (("main0", 1), ("spare0", 2)):
            place.ip("link", "add", name, "type", "veth", "peer", "name", f"far{number}")
            place.ip("link", "set", f"far{number}", "up")
            place.ip("address", "add", f"192.0.2.{number}/32", "dev", name)
            place.ip("link", "set", name, "up", "arp", "off")
        place.ip("route", "add", "default", "dev", "main0")
        place.ip("route", "add", "default", "dev", "spare0", "metric", "500")
        asked = ["", "main0", "spare0", "192.0.2.2"]
        done = place.run([sys.executable, "-c", LEAVES_BY, *asked])
        assert done.stdout.split() == ["main0", "main0", "spare0", "spare0"], done.stderr
        counters = [f"/sys/class/net/{name}/statistics/tx_packets" for name in ("main0", "spare0")]
        sent = [int(count) for count in place.run(["cat", *counters]).stdout.split()]
        assert sent == [2, 2]
