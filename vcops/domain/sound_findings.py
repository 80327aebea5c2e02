"""What is wrong with the sound: causes in the order in which one explains the next, silence first, the echo last."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vcops.domain.facts import Facts, Finding, weighed
from vcops.domain.verdicts import Verdict

__all__ = ["SOUND_RULES"]

_LEVEL, _PAUSES, _CLIPPED, _PEAK = "mic_active_dbfs", "mic_snr_db", "mic_clipped_samples", "mic_peak_dbfs"
_ALL = (
    "mic_silent", _LEVEL, _PEAK, _CLIPPED, _PAUSES, "mic_hum_db", "echo_heard_ratio", "echo_above_voice_db",
)  # fmt: skip
_OF_THE_DEVICE = {
    "mic_is_monitor": "finding.mic_is_monitor",
    "sound_gaps": "finding.sound_gaps",
    "rate_changed": "finding.sound_rate",
}
"""Remarks on the level that are about the device and not about the voice."""


def _cut_short(facts: Facts) -> Iterator[Finding]:
    """One sentence for all of it: figure by figure it would say the same eight times."""
    cut = [name for name in _ALL if (one := facts.judged.get(name)) and one.reading.partial and one.required]
    if cut:
        facts.explain(*cut)
        yield Finding("finding.sound_cut_short", {}, Verdict.UNMEASURED)


def _silent(facts: Facts) -> Iterator[Finding]:
    if verdict := facts.bad("mic_silent"):
        facts.explain(*_ALL)  # whatever else was read is read of nothing
        yield _told(facts, "finding.mic_silent", "mic_silent", verdict)


def _device(facts: Facts) -> Iterator[Finding]:
    code = _OF_THE_DEVICE.get(_note(facts, _LEVEL))
    if code is not None:
        yield Finding(code, {"subject": facts.judged[_LEVEL].reading.subject}, Verdict.WARN)


def _gated(facts: Facts) -> Iterator[Finding]:
    if _note(facts, _PAUSES) == "mic_gated":
        facts.explain(_PAUSES)
        yield Finding("finding.mic_gated", {}, Verdict.WARN)


def _clipped(facts: Facts) -> Iterator[Finding]:
    if verdict := facts.bad(_CLIPPED):
        facts.explain(_CLIPPED, _PEAK)
        if _too_loud(facts):
            facts.explain(_LEVEL)
        yield _told(facts, "finding.mic_clipped", _CLIPPED, verdict)


def _level(facts: Facts) -> Iterator[Finding]:
    """Tell a level that is too low, unless nobody spoke: then the noise is as loud as the voice that was not there."""
    verdict = facts.bad(_LEVEL)
    if verdict is None or _LEVEL in facts.explained:
        return
    facts.explain(_LEVEL)
    if _too_loud(facts):
        facts.explain(_PEAK)
        yield _told(facts, "finding.mic_loud", _LEVEL, verdict)
    elif facts.bad(_PAUSES) and _note(facts, _PAUSES) == "nobody_spoke":
        facts.explain(_PAUSES)
        yield _told(facts, "finding.nobody_spoke", _LEVEL, verdict)
    else:
        yield _told(facts, "finding.mic_soft", _LEVEL, verdict)


def _peak(facts: Facts) -> Iterator[Finding]:
    if (verdict := facts.bad(_PEAK)) and _PEAK not in facts.explained:
        facts.explain(_PEAK)
        yield _told(facts, "finding.mic_peak", _PEAK, verdict)


def _noise(facts: Facts) -> Iterator[Finding]:
    if (verdict := facts.bad(_PAUSES)) and _PAUSES not in facts.explained:
        facts.explain(_PAUSES)
        code = "finding.nobody_spoke" if _note(facts, _PAUSES) == "nobody_spoke" else "finding.mic_noise"
        yield _told(facts, code, _PAUSES, verdict)


def _hum(facts: Facts) -> Iterator[Finding]:
    if (verdict := facts.bad("mic_hum_db")) and "mic_hum_db" not in facts.explained:
        facts.explain("mic_hum_db")
        yield _told(facts, "finding.mic_hum", "mic_hum_db", verdict)


def _echo(facts: Facts) -> Iterator[Finding]:
    for metric, code in (
        ("echo_heard_ratio", "finding.echo_not_heard"), ("echo_above_voice_db", "finding.echo_loud"),
    ):  # fmt: skip
        if (verdict := facts.bad(metric)) and metric not in facts.explained:
            facts.explain(metric)
            yield _told(facts, code, metric, verdict)


def _told(facts: Facts, code: str, metric: str, verdict: Verdict) -> Finding:
    return Finding(code, facts.said(metric), weighed(facts.judged[metric], verdict))


def _note(facts: Facts, metric: str) -> str:
    one = facts.judged.get(metric)
    return (one.reading.note or "") if one else ""


def _too_loud(facts: Facts) -> bool:
    """Whether the level missed its bound at the upper end."""
    asked = facts.standard.requirement(_LEVEL) if facts.standard else None
    level, bound = facts.number(_LEVEL), asked.pass_ if asked else None
    return bool(facts.bad(_LEVEL)) and level is not None and isinstance(bound, tuple) and level > bound[1]


SOUND_RULES: tuple[Callable[[Facts], Iterator[Finding]], ...] = (
    _cut_short, _silent, _device, _gated, _clipped, _level, _peak, _noise, _hum, _echo,
)  # fmt: skip
"""In the order in which one thing explains the next."""
