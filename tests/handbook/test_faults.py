"""A fault names file, line, column, key and what was expected, and proposes the nearest right word."""

from __future__ import annotations

import pytest

from vcops.handbook import read_text
from vcops.wording.errors import explain
from vcops.wording.sentences import SENTENCES

STANDARD = """\
standard:
  id: my-camera
  title: Kamera
  instrument: camera
  requirements:
    - metric: fps
      pass: 24
      warn: 15
      source: kantor
"""
PROCEDURE = """\
procedure:
  id: mine
  version: "1"
  title: {id: Punya kami, en: Ours}
  executors:
    - {id: operator, title: Operator}
  phases:
    - id: only
      title: Satu
      steps:
        - id: power
          title: Daya
          executors: [operator]
        - id: clock
          title: Jam
          executors: [operator]
          deadline: -60min
      gate: {id: go, title: Siap}
"""
TARIFF = """\
tariff:
  id: ours-2026
  title: Tarif kantor
  basis: Perkada 1/2026
  regulation: true
  year: 2026
  valid_from: 2026-01-01
  method: flat
  components:
    - {id: travel, title: Perjalanan, per: meeting, amount: 1000000}
"""


HOLIDAYS = """\
holidays:
  days:
    - {date: 2026-10-28, name: Hari jadi daerah}
    - {date: 2026-12-24, name: Layanan tetap buka, works: true}
"""
PLATFORM = """\
platform:
  id: ours
  title: {id: Kami, en: Ours}
  url: https://vicon.example.go.id
  qualities:
    - id: 720p
      demands:
        - {up_to: 2, send_mbps: 1, receive_mbps: 1, source: kantor}
        - {send_mbps: 2, receive_mbps: 2, source: kantor}
  stun:
    - {host: stun.example.go.id, port: 3478, source: kantor}
"""


def faults(text: str | bytes):
    raw = text.encode() if isinstance(text, str) else text
    return read_text(raw, "office.yaml").faults


def only(text: str | bytes):
    (found,) = faults(text)
    return found


@pytest.mark.parametrize("text", [STANDARD, PROCEDURE, TARIFF, PLATFORM])
def test_the_examples_themselves_are_right(text: str) -> None:
    assert faults(text) == ()


CASES = [
    # base, old, new, code, line, key, params
    (STANDARD, "fps", "fsp", "handbook.unknown_metric_near", 6, "metric", {"nearest": "fps"}),
    (STANDARD, "metric: fps", "metric: zzz", "handbook.unknown_metric", 6, "metric", {"value": "zzz"}),
    (
        STANDARD,
        "instrument: camera",
        "instrument: kamera",
        "handbook.not_a_choice_near",
        4,
        "instrument",
        {"nearest": "camera"},
    ),
    (
        STANDARD,
        "instrument: camera",
        "instrument: sound",
        "handbook.other_instrument",
        6,
        "metric",
        {"measured_by": "camera"},
    ),
    (STANDARD, "warn: 15", "wran: 15", "handbook.unknown_key_near", 8, "wran", {"nearest": "warn"}),
    (STANDARD, "warn: 15", "zzz: 15", "handbook.unknown_key", 8, "zzz", {}),
    (STANDARD, "warn: 15", "warn: 30", "handbook.warn_stricter", 8, "warn", {"pass": ">= 24", "warn": ">= 30"}),
    (STANDARD, "pass: 24", "pass: needed", "handbook.bound_needed", 7, "pass", {"metric": "fps"}),
    (PLATFORM, "up_to: 2, ", "", "handbook.not_rising", 8, "up_to", {"before": 1}),
    (PLATFORM, "{send_mbps: 2", "{up_to: 9, send_mbps: 2", "handbook.last_row_open", 9, "up_to", {}),
    (PLATFORM, "port: 3478", "port: 99999", "handbook.too_large", 11, "port", {}),
    (PLATFORM, "https://vicon.example.go.id", "vicon", "handbook.not_an_identifier", 4, "url", {}),
    (PLATFORM, "send_mbps: 1", "mst: 3, send_mbps: 1", "handbook.unknown_key_near", 8, "mst", {"nearest": "most"}),
    (PLATFORM, "send_mbps: 1", "send_mbps: -1", "handbook.too_small", 8, "send_mbps", {}),
    (STANDARD, "pass: 24", "pass: lots", "handbook.not_a_bound", 7, "pass", {}),
    (STANDARD, "pass: 24", "pass: [20, 30]", "handbook.bound_number", 7, "pass", {}),
    (STANDARD, "pass: 24", "pass: yes", "handbook.bound_number", 7, "pass", {}),
    (STANDARD, "pass: 24", "pass: .inf", "handbook.not_a_bound", 7, "pass", {}),
    (STANDARD, "pass: 24", "pass: .nan", "handbook.not_a_bound", 7, "pass", {}),
    (STANDARD, "      source: kantor\n", "", "handbook.missing_key", 6, "source", {}),
    (STANDARD, "title: Kamera", "title: 12", "handbook.not_a_mapping", 3, "title", {}),
    (STANDARD, "id: my-camera", "id: My Camera", "handbook.not_an_identifier", 2, "id", {"value": "My Camera"}),
    (STANDARD, "standard:", "standart:", "handbook.unknown_key_near", 1, "standart", {"nearest": "standard"}),
    (
        STANDARD,
        "      warn: 15\n",
        "      warn: 15\n      required: false\n",
        "handbook.nothing_required",
        5,
        "requirements",
        {},
    ),
    (
        STANDARD,
        "      warn: 15\n",
        "      warn: 15\n      required: perhaps\n",
        "handbook.not_a_necessity",
        9,
        "required",
        {},
    ),
    (PROCEDURE, "id: clock", "id: power", "handbook.duplicate_id", 14, "id", {"id": "power"}),
    (
        PROCEDURE,
        "[operator]\n          deadline",
        "[operatr]\n          deadline",
        "handbook.unknown_executor_near",
        16,
        "executors",
        {"nearest": "operator"},
    ),
    (PROCEDURE, "-60min", "60 minutes", "handbook.not_a_deadline_near", 17, "deadline", {"nearest": "-60min"}),
    (PROCEDURE, "-60min", "nanti", "handbook.not_a_deadline", 17, "deadline", {"value": "nanti"}),
    (
        PROCEDURE,
        "title: Siap}",
        "title: Siap, waits_for: [onyl]}",
        "handbook.unknown_phase_near",
        18,
        "waits_for",
        {"nearest": "only"},
    ),
    (
        PROCEDURE,
        "deadline: -60min",
        "unless: {servis: [vip]}",
        "handbook.unknown_key_near",
        17,
        "servis",
        {"nearest": "service"},
    ),
    (HOLIDAYS, "2026-12-24", "24-12-2026", "handbook.not_a_date", 4, "date", {"value": "24-12-2026"}),
    (HOLIDAYS, "2026-12-24", "2026-10-28", "handbook.day_twice", 4, "date", {"value": "2026-10-28"}),
    (HOLIDAYS, "works: true", "work: true", "handbook.unknown_key_near", 4, "work", {"nearest": "works"}),
    (PROCEDURE, 'version: "1"', "version: 1", "handbook.not_text", 3, "version", {"value": "1"}),
    (
        PROCEDURE,
        "executors: [operator]\n          deadline",
        "executors: operator\n          deadline",
        "handbook.not_a_list",
        16,
        "executors",
        {},
    ),
    (
        PROCEDURE,
        "deadline: -60min",
        "when: {mode: [onlin]}",
        "handbook.not_a_choice_near",
        17,
        "mode",
        {"nearest": "online"},
    ),
    (PROCEDURE, "deadline: -60min", "minutes: lima", "handbook.not_a_number", 17, "minutes", {"value": "lima"}),
    (PROCEDURE, "deadline: -60min", "minutes: 0", "handbook.too_small", 17, "minutes", {"limit": "0.0"}),
    (PROCEDURE, "deadline: -60min", "record: {kind: choice}", "handbook.record_choices", 17, "choices", {}),
    (
        PROCEDURE,
        "deadline: -60min",
        "record: {kind: number, metric: seats_count}",
        "handbook.record_half",
        17,
        "metric",
        {},
    ),
    (
        TARIFF,
        "amount: 1000000",
        "amount: 1.000.000",
        "handbook.not_a_whole_number",
        10,
        "amount",
        {"value": "1.000.000"},
    ),
    (TARIFF, "amount: 1000000", "amount: -1", "handbook.too_small", 10, "amount", {"limit": "0"}),
    (TARIFF, "per: meeting", "per: participant", "handbook.mixed_method", 10, "per", {"method": "flat"}),
    (TARIFF, "2026-01-01", "1 Januari 2026", "handbook.not_a_date", 7, "valid_from", {"value": "1 Januari 2026"}),
    (TARIFF, "method: flat", "valid_to: 2025-01-01\n  method: flat", "handbook.valid_to_before", 8, "valid_to", {}),
    (TARIFF, "method: flat", "method: none", "handbook.method_none", 9, "components", {}),
]


@pytest.mark.parametrize(("base", "old", "new", "code", "line", "key", "params"), CASES)
def test_a_fault_names_its_place(base, old, new, code, line, key, params) -> None:
    assert old in base
    found = only(base.replace(old, new, 1))
    assert (found.code, found.params["line"], found.params["key"]) == (code, line, key)
    assert found.params["file"] == "office.yaml"
    assert params.items() <= found.params.items()


def test_the_column_is_that_of_the_key() -> None:
    assert only(STANDARD.replace("warn: 15", "wran: 15")).params["column"] == 7


@pytest.mark.parametrize(
    ("metric", "instrument", "bound"),
    [
        ("identical_frames_pct", "camera", "-1"),
        ("black_frames_pct", "camera", "-0.5"),
        ("luma_mean", "camera", "[180, 70]"),
        ("luma_mean", "camera", "[300, 400]"),
        ("http_status", "platform", "999"),
        ("mic_active_dbfs", "sound", "[5, 9]"),
        ("fps", "camera", "1e999"),
    ],
)
def test_a_standard_that_can_never_pass_is_refused(metric: str, instrument: str, bound: str) -> None:
    text = STANDARD.replace("camera\n", f"{instrument}\n", 2).replace("fps", metric)
    text = text.replace("id: my-" + instrument, "id: mine").replace("pass: 24", f"pass: {bound}")
    text = text.replace("      warn: 15\n", "")
    found = only(text)
    assert found.code in {"handbook.never_met", "handbook.not_a_bound"}
    assert (found.params["line"], found.params["key"]) == (7, "pass")


def test_all_faults_of_a_file_are_told_in_its_order() -> None:
    text = STANDARD.replace("title: Kamera", "titel: Kamera").replace("pass: 24", "pass: lots")
    text += "    - metric: fbs\n      pass: 1\n      source: x\n      extra: 1\n"
    found = faults(text)
    assert {one.code for one in found} == {
        "handbook.missing_key",
        "handbook.unknown_key",
        "handbook.unknown_key_near",
        "handbook.not_a_bound",
        "handbook.unknown_metric_near",
    }
    assert [one.params["line"] for one in found] == sorted(one.params["line"] for one in found)


def test_several_faults_of_one_rule_are_all_told() -> None:
    text = PROCEDURE.replace("[operator]", "[somebody]")
    assert [(one.code, one.params["line"]) for one in faults(text)] == [
        ("handbook.unknown_executor", 13),
        ("handbook.unknown_executor", 16),
    ]


def test_every_fault_can_be_said_in_both_languages() -> None:
    from vcops import locale

    for language in ("en", "id"):
        locale.use(language)
        for base, old, new, *_rest in CASES:
            found = only(base.replace(old, new, 1))
            assert found.code in SENTENCES
            said = explain(found.code, found.params)
            assert "office.yaml" in said.message
            assert "{" not in said.message + said.remedy.replace("{id: ", "")
