"""What a link must carry: reckoned from the platform's figures, never less for more people, frozen with a run."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from vcops.domain.checks import CheckRequest, Ending, conclude
from vcops.domain.frozen import freeze, standards_of, thaw
from vcops.domain.needs import HEADROOM, needs_of, needs_of_any
from vcops.domain.platforms import PLATFORMS, Platform
from vcops.domain.readings import Reading
from vcops.domain.standards import Requirement, ResolvedStandard, Standard
from vcops.domain.verdicts import Verdict
from vcops.handbook import open_handbook

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HANDBOOK = open_handbook(Path("no-such-folder"))
PAGES = HANDBOOK.platforms
STANDARD = HANDBOOK.standards["room-connection"]


@pytest.mark.parametrize(
    ("platform", "quality", "participants", "send", "receive"),
    [
        ("zoom", "720p", 2, 1.2, 1.2),
        ("zoom", "720p", 3, 1.5, 1.5),
        ("zoom", "1080p", 10, 3.0, 2.5),
        ("teams", "720p", 10, 2.5, 4.0),
        ("meet", "720p", 2, 3.2, 2.6),
        ("meet", "720p", 4, 3.2, 3.2),
        ("meet", "720p", 6, 3.2, 4.0),
        ("webex", "1080p", 10, 6.0, 6.0),
        ("jitsi", "720p", 2, 2.5, 2.5),
        ("jitsi", "720p", 10, 2.5, 4.1),
        ("jitsi", "720p", 400, 2.5, 7.1),
    ],
)
def test_the_figures_of_each_platform(platform, quality, participants, send, receive) -> None:
    needs = needs_of(PAGES[platform], quality, participants)
    assert needs is not None
    assert (needs.send_mbps, needs.receive_mbps, needs.source != "") == (send, receive, True)


def test_a_quality_that_a_page_does_not_have() -> None:
    assert needs_of(PAGES["teams"], "360p", 10) is None
    assert needs_of_any(PAGES.values(), "4k", 10) is None


@given(st.sampled_from(sorted(PAGES)), st.sampled_from(["360p", "720p", "1080p"]), st.integers(1, 500))
def test_more_people_never_need_less_and_nobody_more_than_the_highest(platform, quality, participants) -> None:
    one, more = (needs_of(PAGES[platform], quality, number) for number in (participants, participants + 1))
    highest = needs_of_any(PAGES.values(), quality, participants)
    assert highest is not None
    if one is None or more is None:
        return
    assert one.send_mbps <= more.send_mbps
    assert one.receive_mbps <= more.receive_mbps
    assert one.bound("upload_mbps") <= highest.bound("upload_mbps")
    assert one.bound("download_mbps") <= highest.bound("download_mbps")


def test_needed_becomes_numbers_with_and_without_head_room() -> None:
    needs = needs_of(PAGES["zoom"], "1080p", 10)
    found = STANDARD.resolved(needs)
    assert isinstance(found, ResolvedStandard)
    upload, download = found.requirement("upload_mbps"), found.requirement("download_mbps")
    assert (upload.pass_, upload.warn) == (3.0 * HEADROOM, 3.0)
    assert (download.pass_, download.warn) == (2.5 * HEADROOM, 2.5)
    assert "Zoom KB0070504" in upload.source
    assert found.resolved(needs_of(PAGES["meet"], "720p", 2)) is found, "numbers stay what they are"


def test_what_nobody_reckoned_is_not_judged() -> None:
    assert STANDARD.resolved(None) is STANDARD
    reading = Reading("upload_mbps", 900.0, AT)
    result = conclude(CheckRequest(instrument="connection"), STANDARD, [reading], Ending(source="", at=AT, seconds=1))
    upload = next(one for one in result.readings if one.reading.metric == "upload_mbps")
    assert (upload.verdict, upload.pass_text, result.verdict) == (Verdict.UNMEASURED, "needed", Verdict.UNMEASURED)


def test_a_typed_number_is_never_stricter_than_what_is_reckoned() -> None:
    asked = Requirement.model_validate({"metric": "upload_mbps", "pass": "needed", "warn": 9, "source": "kantor"})
    standard = Standard(id="x", title="x", instrument="connection", requirements=(asked,))
    found = standard.resolved(needs_of(PAGES["zoom"], "720p", 10)).requirement("upload_mbps")
    assert (found.pass_, found.warn) == (2.25, 2.25)


def test_a_frozen_standard_keeps_its_numbers_and_what_they_were_for() -> None:
    needs = needs_of(PAGES["meet"], "720p", 40)
    procedure = HANDBOOK.procedures["video-conference"]
    text = freeze(procedure, standards_of(procedure, HANDBOOK.standards, needs))
    _procedure, standards = thaw(text)
    kept = standards["room-connection"]
    assert isinstance(kept, ResolvedStandard)
    assert (kept.needs, kept.requirement("upload_mbps").pass_) == (needs, 4.8)
    assert freeze(procedure, standards) == text


def test_required_where_measured() -> None:
    """Loss that nobody could count blocks nothing; loss that was counted does."""
    asked = [
        {"metric": "latency_ms", "pass": 100, "source": "x"},
        {"metric": "loss_pct", "pass": 2, "required": "if-measured", "source": "x"},
    ]
    standard = Standard(
        id="x", title="x", instrument="connection", requirements=tuple(Requirement.model_validate(one) for one in asked)
    )

    def verdict(*readings: Reading) -> Verdict:
        ending = Ending(source="", at=AT, seconds=1)
        return conclude(CheckRequest(instrument="connection"), standard, readings, ending).verdict

    good = Reading("latency_ms", 20.0, AT)
    assert verdict(good) is Verdict.PASS
    assert verdict(good, Reading("loss_pct", None, AT, note="udp_blocked")) is Verdict.PASS
    assert verdict(good, Reading("loss_pct", 9.0, AT)) is Verdict.FAIL
    assert verdict(good, Reading("loss_pct", 1.0, AT, low=0.2, high=3.6)) is Verdict.UNMEASURED
    assert verdict(Reading("loss_pct", 0.0, AT)) is Verdict.UNMEASURED


def test_the_other_answer_may_be_a_warning() -> None:
    found = STANDARD.requirement("udp_reachable")
    assert (found.pass_, found.warn) == (True, False)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"metric": "latency_ms", "pass": "needed"}, "handbook.bound_needed"),
        ({"metric": "upload_mbps", "pass": "neded"}, "handbook.not_a_bound"),
        ({"metric": "upload_mbps", "pass": "needed-bare", "warn": "needed"}, "handbook.warn_stricter"),
    ],
)
def test_bounds_that_cannot_be_reckoned(asked, code) -> None:
    with pytest.raises(ValidationError) as caught:
        Requirement.model_validate({"source": "x", **asked})
    assert code in str(caught.value.errors()[0]["type"])


def test_the_short_names_that_a_form_suggests_are_the_pages_that_ship() -> None:
    assert sorted(PLATFORMS) == sorted(PAGES)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_figure_and_address_has_its_source(page: Platform) -> None:
    sources = [demand.source for quality in page.qualities for demand in quality.demands]
    sources += [one.source for one in (*page.hosts, *page.stun)] + ([page.ports.source] if page.ports else [])
    assert page.hosts
    assert all(sources)
