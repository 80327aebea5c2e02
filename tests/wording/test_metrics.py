"""Everything a probe can say has words, in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from vcops import locale
from vcops.domain.metrics import METRICS
from vcops.wording import metrics
from vcops.wording.metrics import bound_words, metric_name, note_words, progress_words, unit_word, value_words
from vcops.wording.sentences import SENTENCES

PROBES = Path(__file__).parents[2] / "vcops" / "probes"
CODE = re.compile(r"^(camera|network|connection|platform|probe|sound|speedtest)\.[a-z0-9_]+$")


def calls(name: str) -> Iterator[ast.Call]:
    for file in PROBES.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if called == name:
                    yield node


def codes() -> set[str]:
    return {
        node.value
        for file in PROBES.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.match(node.value)
    }


def test_every_metric_has_a_name() -> None:
    assert [metric for metric in METRICS if metric_name(metric) == metric] == []
    assert len({metric_name(metric) for metric in METRICS}) == len(METRICS)


def test_every_code_of_a_probe_has_words() -> None:
    asked = {one.value for call in calls("ask") for one in call.args if isinstance(one, ast.Constant)}
    questions = asked | {one.value for call in calls("to_thread") for one in call.args if isinstance(one, ast.Constant)}
    told = codes() - questions  # a question is answered by the program, nobody reads it
    assert {code for code in told if code not in SENTENCES and code not in metrics._PROGRESS} == set()


def test_every_placeholder_of_a_failure_is_given() -> None:
    wrong = []
    for call in calls("Failure"):
        if call.args and isinstance(call.args[0], ast.Constant) and all(one.arg for one in call.keywords):
            said = " ".join(SENTENCES[call.args[0].value])
            lacking = set(re.findall(r"\{(\w+)", said)) - {one.arg for one in call.keywords}
            if lacking:
                wrong.append((call.args[0].value, lacking))
    assert wrong == []


@pytest.mark.parametrize("keyword", ["note", "how"])
def test_every_note_and_method_has_words(keyword: str) -> None:
    table = metrics._NOTES if keyword == "note" else metrics._HOWS
    used = {
        one.value.value
        for name in ("reading", "_tell", "_nothing", "_took")
        for call in calls(name)
        for one in call.keywords
        if one.arg == keyword and isinstance(one.value, ast.Constant) and isinstance(one.value.value, str)
    }
    assert used
    assert used <= set(table)


def test_values_bounds_and_units_in_both_languages() -> None:
    locale.use("id")
    assert value_words("frame_width_px", 1280.0) == "1.280"
    assert value_words("fps", 29.97) == "30,0"
    assert value_words("mic_silent", True) == "ya"
    assert bound_words(">= 33.3") == "≥ 33,3"
    assert bound_words("70..180") == "70–180"
    assert bound_words("= no") == "tidak"
    assert (unit_word("tls_days_left"), unit_word("mic_silent"), unit_word("luma_mean")) == ("hari", "", "")
    assert note_words("stalled") == "pengiriman sempat terhenti"
    locale.use("en")
    assert value_words("frame_width_px", 1280.0) == "1,280"
    assert (value_words("fps", None), bound_words(None), note_words(None)) == ("–", "", "")
    assert bound_words("<= -35") == "≤ -35"


def test_progress_without_a_figure_yet() -> None:
    assert progress_words("connection.download", {"mbps": None}) == "measuring download: – Mbps"
    assert progress_words("connection.idle", {"latency_ms": 12.34, "loss_pct": 0.0, "sent": 50}) == (
        "measuring latency: 12.3 ms, 0.0 % lost of 50"
    )
    assert progress_words("no.such_code", {}) == "no.such_code"
