"""A thousand valid procedures, each damaged a little: every one is read and runs, or is refused with a line number."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from vcops.domain.frozen import freeze, standards_of, thaw
from vcops.domain.pace import Timing, counted_from
from vcops.domain.procedures import Procedure
from vcops.domain.runs import Run
from vcops.domain.workdays import Workdays
from vcops.handbook import Handbook, read_text, shipped_folder
from vcops.handbook.links import link_faults
from vcops.wording.errors import explain

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
WORDS = ["", "null", "true", "-1", "3.5", "[]", "{}", "vip", "-60min", "H-14", "*x", "&x", "'", '"', "é", "on"]
FILES = ["link-failover", "facility-survey", "monthly-closing", "room-inspection"]
MANY = 250
"""Of each file."""


def damaged(text: str, chance: random.Random) -> str:
    """Change one line: drop, double, swap, indent, cut, or put another word for its value or key."""
    lines = text.splitlines()
    place = chance.choice([number for number, line in enumerate(lines) if line.strip() and not line.startswith("#")])
    line = lines[place]
    match chance.randrange(8):
        case 0:
            del lines[place]
        case 1:
            lines.insert(place, line)
        case 2:
            other = chance.randrange(len(lines))
            lines[place], lines[other] = lines[other], line
        case 3:
            lines[place] = " " * chance.choice([1, 2, 4]) + line
        case 4:
            lines[place] = line[: chance.randrange(len(line))]
        case 5:
            lines[place] = line.partition(":")[0] + ": " + chance.choice(WORDS)
        case 6:
            key, colon, value = line.partition(":")
            lines[place] = key + chance.choice("xs-") + colon + value
        case _:
            at = chance.randrange(len(line))
            lines[place] = line[:at] + chance.choice("abc:-[]{}#,&*!|>'\"%@`\t ") + line[at + 1 :]
    return "\n".join(lines) + "\n"


def used(procedure: Procedure, handbook: Handbook) -> None:
    """Freeze it and ask a run of it whatever a walk asks first."""
    procedure, standards = thaw(freeze(procedure, standards_of(procedure, handbook.standards)))
    run = Run("r", procedure, standards, "", NOW, "Sari")
    timing = Timing(counted_from(run, NOW, "Asia/Jakarta"), Workdays())
    run.current(timing.over(run, NOW))
    for step in run.steps():
        timing.due(step)
    for _phase, gate in run.gates():
        run.blockers(gate.id)


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    from vcops.handbook import open_handbook

    return open_handbook(tmp_path_factory.mktemp("none"))


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_procedure_runs_or_is_refused_by_line(name: str, handbook: Handbook) -> None:
    text = (shipped_folder() / "procedures" / f"{name}.yaml").read_text(encoding="utf-8")
    refused = 0
    for number in range(MANY):
        page = read_text(damaged(text, random.Random(f"{name} {number}")).encode(), "x.yaml")
        faults = list(page.faults)
        if isinstance(page.document, Procedure) and page.tree is not None:
            faults += link_faults(page.file, page.tree, page.document, handbook.standards)
            if not faults:
                used(page.document, handbook)
        refused += bool(faults)
        assert page.document is not None or faults, number
        for fault in faults:
            assert isinstance(fault.params["line"], int), (number, fault.code)
            assert fault.params["line"] >= 1
            assert explain(fault.code, fault.params).message
    assert MANY * 0.2 < refused < MANY * 0.95
