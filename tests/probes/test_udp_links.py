"""The pinger over links whose delay, jitter and loss are made: what it reads is what passed there."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from statistics import median
from typing import Any

import pytest

from tests.lab.links import Link, available
from tests.lab.peers import missing, running_coturn
from vcops.domain.intervals import loss_interval

pytestmark = pytest.mark.skipif(bool(available()), reason=available() or "links can be made")

PING = """
import asyncio, json, sys
from dataclasses import asdict
from vcops.probes.connection.echoes import count_lost, jitter_ms, median_ms
from vcops.probes.connection.stamp import Stamp
from vcops.probes.connection.stun import Stun
from vcops.probes.connection.udp import Pinger

async def main():
    target, talk, seconds = sys.argv[1], {"stamp": Stamp, "stun": Stun}[sys.argv[2]], float(sys.argv[3])
    pinger = await Pinger([target], talk=talk).start()
    begun = pinger.now()
    await asyncio.sleep(seconds)
    ended = pinger.now()
    await pinger.settled(ended)
    echoes = pinger.window(begun, ended)
    both = pinger.directions(echoes)
    told = {"sent": len(echoes), "lost": count_lost(echoes), "both": both and asdict(both)}
    print(json.dumps(told | {"median": median_ms(echoes), "jitter": jitter_ms(echoes)}))
    await pinger.close()

asyncio.run(main())
"""


def ping(link: Link, target: str, talk: str, seconds: float) -> dict[str, Any]:
    done = link.client.run([sys.executable, "-c", PING, target, talk, str(seconds)])
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(bool(missing("turnserver")), reason=missing("turnserver") or "coturn is there")
def test_latency_jitter_and_loss_are_those_of_the_link() -> None:
    with (
        Link(20, 5, 40, jitter_ms=5, loss_pct=3) as link,
        running_coturn(link.server, link.address) as peer,
    ):
        link.seen()
        found = ping(link, peer.address, "stun", 5)
        seen = link.seen()
    trips = [trip for trip in seen.round_trips() if trip is not None]
    assert found["sent"] > 200
    assert found["median"] == pytest.approx(median(trips), abs=1.0)
    assert found["jitter"] == pytest.approx(seen.jitter_ms(), rel=0.2)
    # The relay also saw the packets before and after the window, so a loss may be counted there only.
    assert 0 <= seen.round_trips().count(None) - found["lost"] <= 3
    low, high = loss_interval(found["lost"], found["sent"])
    assert low <= 3 <= high


def test_each_direction_has_its_own_loss_and_jitter() -> None:
    with Link(20, 5, 40, loss_up_pct=6) as link:
        words = ["-m", "vcops", "reflector", "--port", "8620", "--bind", link.address]
        reflector = link.server.start(
            [sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        assert reflector.stderr is not None
        reflector.stderr.readline()
        found = ping(link, f"{link.address}:8620", "stamp", 5)
    both = found["both"]
    assert both["returned"] == both["reached"], "no answer was lost"
    low, high = loss_interval(both["sent"] - both["reached"], both["sent"])
    assert low <= 6 <= high
    assert found["median"] == pytest.approx(40, abs=3)


@pytest.mark.skipif(bool(missing("turnserver")), reason=missing("turnserver") or "coturn is there")
def test_a_link_that_dies_and_comes_back_is_a_hole_in_the_answers() -> None:
    with (
        Link(20, 5, 20) as link,
        running_coturn(link.server, link.address) as peer,
    ):
        pinging = link.client.start(
            [sys.executable, "-c", PING, peer.address, "stun", "5"], stdout=subprocess.PIPE, text=True
        )
        time.sleep(2.0)
        link.cut()
        time.sleep(1.0)
        link.mend()
        out, _err = pinging.communicate(timeout=60)
    found = json.loads(out)
    assert 30 <= found["lost"] <= found["sent"] / 2


@pytest.mark.skipif(
    bool(missing("turnserver") or missing("irtt")), reason=missing("irtt") or missing("turnserver") or ""
)
def test_irtt_reads_the_same() -> None:
    """An instrument that nobody here wrote, over the same link: median, jitter of the round trip, and loss."""
    with (
        Link(20, 5, 40, jitter_ms=2, loss_pct=3) as link,
        running_coturn(link.server, link.address) as peer,
    ):
        link.server.start(["irtt", "server", "-b", link.address], stdout=subprocess.DEVNULL)
        waits = ["--timeouts=250ms,500ms,1s", "-o", "-"]
        asking = ["irtt", "client", "-i", "20ms", "-d", "4s", "-Q", *waits, link.address]
        done = link.client.run(asking)
        found = ping(link, peer.address, "stun", 4)
    theirs = json.loads(done.stdout)["stats"]
    assert found["median"] == pytest.approx(theirs["rtt"]["median"] / 1e6, abs=1.5)
    assert found["jitter"] == pytest.approx(theirs["ipdv_round_trip"]["mean"] / 1e6, rel=0.3)
    assert found["lost"] / found["sent"] * 100 == pytest.approx(theirs["packet_loss_percent"], abs=5)
