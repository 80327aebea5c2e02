"""A room's step measured against real servers of each kind that its address names."""

from __future__ import annotations

from contextlib import ExitStack, aclosing
from dataclasses import replace

import pytest

from tests.lab.peers import missing, running_iperf3
from tests.lab.server import ServerScript, running_server
from vcops.domain.checks import CheckDone
from vcops.operations import directory, runs
from vcops.operations.checks import check, request_for_step
from vcops.operations.workplace import Workplace


@pytest.mark.parametrize(
    ("written", "paths", "instrument"),
    [
        ("{url}", {"garbage.php", "empty.php"}, "vcops http"),
        ("cloudflare+{url}", {"__down", "__up"}, "vcops http"),
        ("plain+{url}/files/large.bin#upload=/write", {"large.bin", "write"}, "vcops http"),
        ("plain+{url}/files/large.bin#upload={url}/there/write", {"large.bin", "write"}, "vcops http"),
        ("speedtest+{url}/upload.php", {"upload.php", "latency.txt"}, "speedtest-cli"),
        ("iperf3://{iperf3}", set(), "iperf3 3."),
    ],
)
async def test_a_rooms_step_is_measured_by_its_servers_kind(
    workplace: Workplace, written: str, paths: set[str], instrument: str
) -> None:
    with ExitStack() as stack:
        server, iperf3 = stack.enter_context(running_server(ServerScript(mbps=40))), ""
        if "iperf3" in written:
            if why := missing("iperf3"):
                pytest.skip(why)
            iperf3 = stack.enter_context(running_iperf3()).address
        address = written.format(url=server.url, iperf3=iperf3)
        room = directory.add_room(workplace, {"name": "Aula", "measure_server": address})
        run = runs.start(workplace, "video-conference", room_id=room.id)
        step = next(one for one in run.steps() if one.check and one.check.instrument == "connection")
        request = replace(request_for_step(workplace, run, step, room), seconds=7)
        async with aclosing(check(workplace, request, standard=run.standards[step.standard or ""])) as events:
            seen = [event async for event in events]
    assert isinstance(seen[-1], CheckDone)
    result = seen[-1].result
    assert (result.source, result.error) == (address, None)
    held = {one.reading.metric: one.reading for one in result.readings}
    for metric in ("download_mbps", "upload_mbps"):
        assert held[metric].value is not None, metric
        assert held[metric].instrument.startswith(instrument)
    called = {path.partition("?")[0].rpartition("/")[2] for _method, path, _login in server.requests}
    assert paths <= called
    assert not any("upload=" in path or "#" in path for _method, path, _login in server.requests)
