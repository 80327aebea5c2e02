"""What ships is right, complete, in both languages, and what the published schema says."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from vcops.domain.metrics import METRICS
from vcops.domain.platforms import Platform
from vcops.domain.procedures import Facts
from vcops.handbook import json_schema, open_handbook, read_page, shipped_folder
from vcops.handbook.folders import yaml_files

FILES = yaml_files(shipped_folder())


@pytest.fixture(scope="module")
def shipped():
    return open_handbook(Path("/nowhere"))


def test_nothing_that_ships_has_a_fault(shipped) -> None:
    assert shipped.faults == ()
    assert set(shipped.procedures) == {"video-conference"}
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
    kinds = ("Standard", "Tariff", "Procedure", "Platform")
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
        data.get("cover", {}).pop("legal_basis", None)  # names of Indonesian laws
        if isinstance(document, Platform):
            del data["title"]  # as its maker writes it
        missing = [one["id"] for one in texts(data) if not one["en"]]
        assert missing == []


def test_preflight_ends_at_the_decision_a_quarter_of_an_hour_before(shipped) -> None:
    preflight = shipped.procedures["video-conference"].phases[0]
    assert 15 <= len(preflight.steps) <= 24
    assert (preflight.gate.id, preflight.gate.deadline) == ("go-no-go", "-15min")
    for step in shipped.procedures["video-conference"].steps():
        assert all((step.instruction, step.reason, step.output, step.minutes, step.executors)), step.id


def test_the_meeting_decides_which_steps_apply(shipped) -> None:
    procedure = shipped.procedures["video-conference"]

    def ids(**facts: object) -> set[str]:
        return {step.id for step in procedure.steps(Facts(**facts))}

    plain = ids()
    assert not plain & {"backup-link", "stream", "leader-seat", "remote-sites", "seats", "capacity"}
    assert ids(backup_link=True) - plain == {"backup-link"}
    assert ids(service=frozenset({"vip", "streaming"})) - plain == {"leader-seat", "stream"}
    assert ids(mode="hybrid") - plain == {"seats"}
    assert ids(participants=101) - plain == {"capacity"}
    assert ids(participants=100) == plain


def test_the_example_tariff_is_the_documents(shipped) -> None:
    tariff = shipped.tariffs["kalbar-2020"]
    assert {one.id: one.amount for one in tariff.components} == {"travel": 15_000_000, "catering": 6_500_000}
    assert [one.id for one in tariff.not_counted] == ["transport", "office-supplies", "photocopying", "building-rent"]
    assert (tariff.method, tariff.regulation, tariff.example) == ("flat", False, True)
    assert {one.id: "attended" in one.kinds for one in tariff.components} == {"travel": True, "catering": False}
