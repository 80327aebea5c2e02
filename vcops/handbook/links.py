"""What a procedure refers to outside itself: the standards that judge its readings."""

from __future__ import annotations

from collections.abc import Mapping

from vcops.domain.metrics import METRICS
from vcops.domain.procedures import Procedure, Step
from vcops.domain.standards import Standard
from vcops.errors import InvalidInput
from vcops.handbook.faults import choice_fault, fault_at
from vcops.handbook.tree import Node

__all__ = ["link_faults"]


def link_faults(file: str, tree: Node, document: object, standards: Mapping[str, Standard]) -> list[InvalidInput]:
    """Return the steps that name a standard which is missing, or made for another instrument."""
    if not isinstance(document, Procedure):
        return []
    faults = []
    for at, step in document.places():
        if step.standard is None:
            continue
        path = ("procedure", *at, "check" if step.check else "record", "standard")
        standard = standards.get(step.standard)
        instrument = _instrument(step)
        if standard is None:
            known = (step.standard, sorted(standards))
            faults.append(choice_fault(file, tree, path, "handbook.unknown_standard", known))
        elif standard.instrument != instrument:
            faults.append(
                fault_at(
                    file,
                    tree,
                    path,
                    "handbook.standard_instrument",
                    value=step.standard,
                    found=standard.instrument,
                    expected=instrument,
                )
            )
    return faults


def _instrument(step: Step) -> str:
    if step.check:
        return step.check.instrument
    metric = step.record.metric if step.record else None
    return METRICS[metric].instrument if metric else ""
