"""What ships is right, complete, in both languages, and what the published schema says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import jsonschema
import pytest

from vcops.domain.meeting_facts import Facts
from vcops.domain.metrics import METRICS
from vcops.domain.platforms import Platform
from vcops.handbook import json_schema, open_handbook, read_page, shipped_folder
from vcops.handbook.folders import yaml_files

FILES = yaml_files(shipped_folder())


@pytest.fixture(scope="module")
def shipped():
    return open_handbook(Path("/nowhere"))


def test_nothing_that_ships_has_a_fault(shipped) -> None:
    assert shipped.faults == ()
    assert set(shipped.procedures) == {
        "video-conference", "room-inspection", "link-failover", "facility-survey", "monthly-closing",
    }  # fmt: skip
    assert not shipped.holidays
    instruments = {"room-camera", "room-connection", "room-sound", "platform-reachable"}
    assert set(shipped.standards) == {*instruments, "meeting-room"}
    assert set(shipped.tariffs) == {"kalbar-2020"}
    assert set(shipped.platforms) == {"zoom", "teams", "meet", "webex", "jitsi"}
    assert not shipped.own


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_the_schema_accepts_what_ships(file: Path) -> None:
    page = read_page(file)
    jsonschema.Draft202012Validator(json_schema()).validate(page.tree.plain())
    assert file.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=../schema.json\n")


def test_the_schema_beside_the_yaml_is_the_one_the_program_prints() -> None:
    written = json.loads((shipped_folder() / "schema.json").read_text(encoding="utf-8"))
    assert written == json_schema(), "write it anew: vcops sop schema > sops/schema.json"


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"procedure": {}},
        {"standard": {"id": "x"}, "tariff": {"id": "x"}},
        {"standrad": {}},
    ],
)
def test_the_schema_refuses_what_is_none(wrong: dict[str, object]) -> None:
    assert not jsonschema.Draft202012Validator(json_schema()).is_valid(wrong)


def test_the_schema_explains_and_completes() -> None:
    definitions = json_schema()["$defs"]
    assert definitions["Requirement"]["properties"]["metric"]["enum"] == list(METRICS)
    kinds = ("Standard", "Tariff", "Procedure", "Platform", "OfficeDays", "OfficeDay", "Gate", "Phase")
    for name in (*kinds, "Step", "Cover", "Condition", "Requirement", "Component", "Quality", "Demand", "Address"):
        for key, value in definitions[name]["properties"].items():
            assert value.get("description"), f"{name}.{key} lacks its description"


def test_every_text_is_in_both_languages(shipped) -> None:
    def texts(value: object):
        if isinstance(value, dict):
            if "id" in value and set(value) <= {"id", "en"}:
                yield value
            for inner in value.values():
                yield from texts(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from texts(inner)

    documents = [*shipped.procedures.values(), *shipped.standards.values(), *shipped.tariffs.values()]
    documents += shipped.platforms.values()
    for document in documents:
        data = document.model_dump(mode="json", by_alias=True)
        if isinstance(document, Platform):
            del data["title"]  # as its maker writes it
        missing = [one["id"] for one in texts(data) if not one["en"]]
        assert missing == []


SERVICES = [frozenset(), frozenset({"vip"}), frozenset({"vip", "streaming", "inter-agency"})]


def every_meeting() -> Iterator[Facts]:
    """Yield the meetings that differ in what applies to them."""
    for kind, mode, service, people, backup in product(
        ["", "hosted", "attended"], ["online", "hybrid", "on-site"], SERVICES, [None, 101], [False, True]
    ):
        yield Facts(kind, mode, service, people, backup)


def ids(shipped, **facts: object) -> set[str]:
    return {step.id for step in shipped.procedures["video-conference"].steps(Facts(**facts))}


def test_preflight_ends_at_the_decision_a_quarter_of_an_hour_before(shipped) -> None:
    procedure = shipped.procedures["video-conference"]
    assert [one.id for one in procedure.phases] == ["request", "preparation", "preflight", "hosting", "closing"]
    (gate,) = [one.gate for one in procedure.phases if one.gate]
    assert (gate.id, gate.deadline, gate.waits_for) == ("go-no-go", "-15min", ("preflight",))
    most = max(len(list(procedure.steps_before("go-no-go", facts))) for facts in every_meeting())
    assert 20 <= most <= 24
    assert all(list(procedure.steps_before("go-no-go", facts)) for facts in every_meeting())


def test_request_and_preparation_are_past_when_the_room_is_opened(shipped) -> None:
    """Whatever nobody ticked there is over an hour before: the walk begins with the pre-flight."""
    from datetime import UTC, datetime, timedelta

    from vcops.domain.pace import Timing
    from vcops.domain.runs import Run
    from vcops.domain.workdays import Workdays

    start = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    for facts in every_meeting():
        run = Run("r", shipped.procedures["video-conference"], {}, "", start, "Sari", facts=facts)
        timing = Timing(start, Workdays())
        assert run.current(timing.over(run, start - timedelta(minutes=60))).id == "power"
        assert run.current(timing.over(run, start - timedelta(days=30))).id in {"request", "request-vip"}


def test_every_step_has_what_the_official_form_asks(shipped) -> None:
    for procedure in shipped.procedures.values():
        for step in procedure.steps():
            assert all((step.instruction, step.reason, step.output, step.minutes, step.executors)), step.id
        cover = procedure.cover
        assert all((cover.legal_basis, cover.qualification, cover.related, cover.equipment, cover.warnings))
        assert cover.recording
        used = {name for step in procedure.steps() for name in step.executors}
        assert used == {one.id for one in procedure.executors}


def test_the_meeting_decides_which_steps_apply(shipped) -> None:
    plain = ids(shipped)
    special = {"backup-link", "stream", "leader-seat", "remote-sites", "seats", "capacity", "rehearsal", "test-join"}
    assert not plain & special
    assert ids(shipped, backup_link=True) - plain == {"backup-link"}
    service = frozenset({"vip", "streaming"})
    added = {"leader-seat", "stream", "stream-account", "rehearsal", "request-vip"}
    assert ids(shipped, service=service) - plain == added
    assert plain - ids(shipped, service=service) == {"request"}
    assert ids(shipped, mode="hybrid") - plain == {"seats"}
    assert ids(shipped, participants=101) - plain == {"capacity"}
    assert ids(shipped, participants=100) == plain
    assert ids(shipped, kind="hosted") == plain


def test_an_attended_meeting_has_its_own_steps_for_the_hosts(shipped) -> None:
    hosted, attended = ids(shipped, kind="hosted"), ids(shipped, kind="attended")
    assert attended - hosted == {
        "organiser-link", "organiser-contact", "display-name", "test-join", "join", "leave-meeting",
    }  # fmt: skip
    assert {"account", "virtual-meeting", "send-link", "host-rights", "test-call", "waiting-room", "admit"} <= (
        hosted - attended
    )
    assert not ids(shipped, mode="on-site") & {"main-link", "platform", "test-call", "virtual-meeting", "fail-over"}


@pytest.mark.parametrize(
    ("step", "deadline"),
    [("request", "-3wd"), ("request-vip", "-14wd"), ("confirmation", "-1wd"), ("team", "-2wd"), ("account", "-2wd"),
     ("rehearsal", "-24h"), ("power", "-60min"), ("record-of-proceedings", "+1d"), ("minutes", "+3d")],
)  # fmt: skip
def test_deadlines_are_those_of_the_field(shipped, step: str, deadline: str) -> None:
    assert shipped.procedures["video-conference"].step(step).deadline == deadline


def test_the_further_procedures_count_from_what_they_are_about(shipped) -> None:
    found = {one.id: one.counts_from for one in shipped.procedures.values()}
    assert found == {
        "video-conference": "meeting", "room-inspection": "start", "link-failover": "start",
        "facility-survey": "start", "monthly-closing": "month",
    }  # fmt: skip
    scores = [one for one in shipped.procedures["facility-survey"].steps() if one.record and one.record.kind == "score"]
    assert len(scores) == 10
    assert all(one.evidence for one in scores)


def test_the_example_tariff_is_the_documents(shipped) -> None:
    tariff = shipped.tariffs["kalbar-2020"]
    assert {one.id: one.amount for one in tariff.components} == {"travel": 15_000_000, "catering": 6_500_000}
    assert [one.id for one in tariff.not_counted] == ["transport", "office-supplies", "photocopying", "building-rent"]
    assert (tariff.method, tariff.regulation, tariff.example) == ("flat", False, True)
    assert {one.id: "attended" in one.kinds for one in tariff.components} == {"travel": True, "catering": False}
