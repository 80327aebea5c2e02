"""A procedure's conditions combine; its gates look back to the gate before; frozen text comes back as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vcops.domain.frozen import facts_from_json, facts_to_json, freeze, standards_of, thaw
from vcops.domain.meeting_facts import Facts
from vcops.domain.procedures import Condition, Procedure

FACTS = st.builds(
    Facts,
    kind=st.sampled_from(["", "hosted", "attended"]),
    mode=st.sampled_from(["online", "hybrid", "on-site"]),
    service=st.frozensets(st.sampled_from(["vip", "streaming", "inter-agency"])),
    participants=st.none() | st.integers(0, 2000),
    backup_link=st.booleans(),
)
CONDITIONS = {
    "kind": st.lists(st.sampled_from(["hosted", "attended", "unstated"]), min_size=1),
    "mode": st.lists(st.sampled_from(["online", "hybrid", "on-site"]), min_size=1),
    "service": st.lists(st.sampled_from(["vip", "streaming", "inter-agency"]), min_size=1),
    "backup_link": st.booleans(),
    "participants_over": st.integers(0, 2000),
}


def procedure(**step: object) -> Procedure:
    def one(name: str) -> dict[str, object]:
        return {"id": name, "title": name, "executors": ["operator"], **step}

    return Procedure.model_validate(
        {
            "id": "p",
            "version": "1",
            "title": "P",
            "executors": [{"id": "operator", "title": "Operator"}],
            "phases": [
                {"id": "a", "title": "A", "steps": [one("a1"), one("a2")], "gate": {"id": "first", "title": "F"}},
                {"id": "b", "title": "B", "steps": [one("b1")]},
                {"id": "c", "title": "C", "steps": [one("c1")], "gate": {"id": "second", "title": "S"}},
                {"id": "d", "title": "D", "steps": [one("d1")]},
            ],
        }
    )


@given(FACTS, st.fixed_dictionaries({}, optional=CONDITIONS))
def test_conditions_combine(facts: Facts, asked: dict[str, object]) -> None:
    alone = [Condition.model_validate({key: value}).holds(facts) for key, value in asked.items()]
    assert Condition.model_validate(asked).holds(facts) == all(alone)


def test_an_unknown_number_of_people_is_not_many() -> None:
    assert not Condition(participants_over=0).holds(Facts(participants=None))
    assert Condition(participants_over=100).holds(Facts(participants=101))
    assert not Condition(participants_over=100).holds(Facts(participants=100))


def test_a_gate_looks_back_to_the_gate_before() -> None:
    found = procedure()
    assert [one.id for one in found.steps_before("first", Facts())] == ["a1", "a2"]
    assert [one.id for one in found.steps_before("second", Facts())] == ["b1", "c1"]


def test_what_is_frozen_comes_back_as_it_was() -> None:
    from pathlib import Path

    from vcops.handbook import open_handbook

    handbook = open_handbook(Path("/nowhere"))
    whole = handbook.procedures["video-conference"]
    used = standards_of(whole, handbook.standards)
    assert set(used) == {"room-camera", "room-connection", "room-sound", "platform-reachable", "meeting-room"}
    text = freeze(whole, used)
    assert thaw(text) == (whole, used)
    assert freeze(*thaw(text)) == text


@given(FACTS)
def test_facts_come_back_as_they_were(facts: Facts) -> None:
    assert facts_from_json(facts_to_json(facts)) == facts
