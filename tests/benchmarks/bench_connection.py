"""The connection check against links of known speed, beside speedtest-cli and iperf3 in the same run.

`BENCH_RUNS` (10) single runs on each link; `BENCH_PARTS` names those wanted of: rates, load, extension, loss, jitter.
Each line that starts with a bar tells one instrument's figures as ratios to the truth: the median, and the extremes.
"""

from __future__ import annotations

import math
import os
import statistics
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tests.benchmarks.table import Row
from tests.lab.links import Link, Seen, available
from tests.lab.links_runs import Bench, Other, Run, missing_reading, standing
from tests.lab.peers import missing

RUNS = int(os.environ.get("BENCH_RUNS", "10"))
PARTS = os.environ.get("BENCH_PARTS", "rates load extension loss jitter").replace(",", " ").split()
LINKS = ((20.0, 5.0, 40.0), (50.0, 20.0, 30.0), (50.0, 50.0, 0.0), (5.0, 2.0, 80.0))
"""Mbps down, Mbps up, milliseconds of round trip."""
CLOSE_PCT, CLOSE_FAR_PCT, NEVER_PCT = 3.0, 5.0, 8.0
FAR_MS = 80.0
IDLE_S = 7.5
"""Six seconds of packets, and the wait for the last answers: one is lost when it is not there after 1.5 s."""
LOSSES = (0.0, 1.0, 3.0)
LOSS_RUNS, AT_ONCE = 20, 5
QUEUES_MS = (50.0, 200.0)
JITTERS_MS = (2.0, 10.0)
FEW = 3
"""Runs for a figure that is held against what the link itself saw in the same seconds."""


def rows() -> Iterator[Row]:
    """Measure and yield the table's rows."""
    reason = available() or missing("nginx") or missing("turnserver") or missing("iperf3")
    if reason:
        print(f"not measured: {reason}")
        return
    for part in (_rates, _load, _extension, _loss, _jitter):
        if part.__name__[1:] in PARTS:
            yield from part()


# -- throughput, latency, cost ------------------------------------------------------------------------------------


def _rates() -> Iterator[Row]:
    for down, up, rtt in LINKS:
        with standing(Link(down, up, rtt)) as bench:
            name = f"{down:g}/{up:g} Mbps, {rtt:g} ms"
            speedtest, iperf3 = bench.speedtest_cli(), bench.iperf3_both()
            runs = [_told(bench.probe()) for _run in range(RUNS)]
            yield from _of_link(name, bench, runs, speedtest, iperf3)


def _of_link(name: str, bench: Bench, runs: list[Run], speedtest: Other, iperf3: Other) -> Iterator[Row]:
    truth = bench.link.truth
    far = truth.rtt_ms >= FAR_MS
    for way, true in (("down", truth.down), ("up", truth.up)):
        ratios = [run.value(f"{way}load_mbps") / true for run in runs]
        others = f"speedtest-cli {_show(getattr(speedtest, way) / true)}, iperf3 {_show(getattr(iperf3, way) / true)}"
        print(f"| {name}, {way}: ours {_spread(ratios)}; {others}", flush=True)
        off = [100 * abs(ratio - 1) for ratio in ratios]
        close = CLOSE_FAR_PCT if far else CLOSE_PCT
        beyond = sum(not one <= close for one in off)  # what was not told is beyond
        yield Row(f"{name}: {way}, of {len(runs)} runs beyond {close:g} %", beyond, "", len(runs) // 10)
        yield Row(f"{name}: {way}, the worst is off by", _worst(off), "%", NEVER_PCT)
        print(f"| {name}, {way}: {_intervals(runs, f'{way}load_mbps', true)}", flush=True)
    off = [abs(run.value("latency_ms") - truth.rtt_ms) for run in runs]
    yield Row(f"{name}: idle latency, the worst is off by", _worst(off), "ms", 1.0)
    yield Row(f"{name}: idle phase", _worst([run.idle_seconds for run in runs]), "s", IDLE_S)
    yield Row(f"{name}: whole check, the longest", _worst([run.seconds for run in runs]), "s", 20.0 if far else 17.0)
    spent = statistics.median(run.link_mb for run in runs)
    yield Row(f"{name}: bytes, against speedtest-cli's", spent, "MB", 0.5, speedtest.link_mb)
    print(f"| {name}: speedtest-cli took {speedtest.seconds:.1f} s and {speedtest.rss_mb:.0f} MB of memory", flush=True)
    yield Row(f"{name}: memory of the probe", _worst([run.rss_mb for run in runs]), "MB", 60.0)
    yield Row(f"{name}: cores in use", _worst([run.cpu_s / run.seconds for run in runs]), "", 0.25)


# -- latency under load -------------------------------------------------------------------------------------------


def _load() -> Iterator[Row]:
    for queue in QUEUES_MS:
        with standing(Link(20.0, 5.0, 40.0, queue_ms=queue), with_iperf3=False) as bench:
            ratios: dict[str, list[float]] = {"down": [], "up": []}
            for _run in range(min(FEW, RUNS)):
                bench.link.seen()
                run = _told(bench.probe())
                seen = bench.link.seen()
                for way, found in ratios.items():
                    mbps = getattr(bench.link, way).mbps
                    found.append(run.value(f"latency_loaded_{way}_ms") / (seen.loaded_ms(way, mbps) or missing_reading))
            for way, found in ratios.items():
                name = f"latency under load {way}, queue of {queue:g} ms"
                print(f"| {name}: ours {_spread(found)}", flush=True)
                yield Row(f"{name}, off by", _worst([100 * abs(ratio - 1) for ratio in found]), "%", 15.0)


# -- going on where something is not certain -------------------------------------------------------------------------


def _extension() -> Iterator[Row]:
    """Let it go on with loss and upload: the interval becomes narrower, and it ends in time."""
    with standing(Link(20.0, 5.0, 40.0, loss_pct=0.5), with_iperf3=False) as bench:
        found = [_extended(bench) for _run in range(min(FEW, RUNS))]
    yield Row("an extension adds", _worst([seconds for seconds, _narrower in found]), "s", 6.0)
    yield Row("its loss interval, against that before", _worst([narrower for _seconds, narrower in found]), "", 0.9)


def _extended(bench: Bench) -> tuple[float, float]:
    """Return the seconds it went on for, and the width of the loss interval over that before."""
    before, known = [missing_reading], Run()

    def heard(line: dict[str, Any]) -> None:
        known.lines.append(line)
        if line["type"] == "question":
            before.append(_width(known))

    run = _told(bench.probe(heard, extend=("loss_pct", "upload_mbps"), extension=True))
    return run.more_seconds, _width(run) / before[-1]


def _width(run: Run) -> float:
    return run.value("loss_pct", "high") - run.value("loss_pct", "low")


# -- loss and jitter: the idle phase is enough -----------------------------------------------------------------------


def _loss() -> Iterator[Row]:
    runs = min(LOSS_RUNS, 2 * RUNS)
    for loss in LOSSES:
        with standing(Link(20.0, 20.0, 40.0, loss_pct=loss / 2, loss_up_pct=loss / 2), with_iperf3=False) as bench:
            found: list[Run] = []
            while len(found) < runs:
                found += _at_once(bench, min(AT_ONCE, runs - len(found)))
            true = bench.link.truth.loss_pct
            within = sum(run.value("loss_pct", "low") <= true <= run.value("loss_pct", "high") for run in found)
            print(f"| loss of {loss:g} %: ours read {_spread([run.value('loss_pct') for run in found])} %", flush=True)
            outside = runs - within
            yield Row(f"loss of {loss:g} %: of {runs} runs, interval misses it", outside, "", 3 * runs // 20)


def _at_once(bench: Bench, count: int) -> list[Run]:
    """Run so many idle phases at the same time: they take next to nothing from the link."""
    found: list[Run] = []
    threads = [threading.Thread(target=lambda: found.append(_idle(bench))) for _each in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _idle(bench: Bench, at_its_end: Callable[[], Any] | None = None) -> Run:
    """Run a check and end it when the download begins."""

    def ended(line: dict[str, Any]) -> bool:
        if line["type"] != "progress" or line["code"] != "connection.download":
            return False
        if at_its_end is not None:
            at_its_end()
        return True

    return bench.probe(ended)


def _jitter() -> Iterator[Row]:
    for jitter in JITTERS_MS:
        with standing(Link(20.0, 5.0, 40.0, jitter_ms=jitter), with_iperf3=False) as bench:
            ratios = []
            for _run in range(min(FEW, RUNS)):
                seen: list[Seen] = [bench.link.seen()]
                run = _idle(bench, lambda seen=seen: seen.append(bench.link.seen()))  # type: ignore[misc]
                ratios.append(run.value("jitter_ms") / (seen[-1].jitter_ms() or missing_reading))
        print(f"| jitter of {jitter:g} ms each way: ours {_spread(ratios)}", flush=True)
        worst = _worst([100 * abs(ratio - 1) for ratio in ratios])
        yield Row(f"jitter of {jitter:g} ms each way, off by", worst, "%", 20.0)


# -- words --------------------------------------------------------------------------------------------------------


def _told(run: Run) -> Run:
    if run.failure:
        print(f"| the probe failed: {run.failure}", flush=True)
    return run


def _intervals(runs: Sequence[Run], metric: str, true: float) -> str:
    told = [(run.value(metric, "low"), run.value(metric, "high")) for run in runs]
    held = sum(low <= true <= high for low, high in told)
    widths = [50 * (high - low) / true for low, high in told if high >= low]
    wide = f"{statistics.median(widths):.1f}" if widths else "-"
    return f"the interval holds the truth in {held} of {len(runs)} runs, and is wide +-{wide} %"


def _worst(values: Sequence[float]) -> float:
    return missing_reading if any(math.isnan(value) for value in values) else max(values)


def _show(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.3f}"


def _spread(values: Sequence[float]) -> str:
    known = [value for value in values if not math.isnan(value)]
    if not known:
        return "-"
    lacking = f", {len(values) - len(known)} missing" if len(known) < len(values) else ""
    return f"{_show(statistics.median(known))} ({_show(min(known))} to {_show(max(known))}{lacking})"
