"""What a meeting asks of the link: its platform, the quality and the number of people, where they are known."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from vcops.domain.needs import PARTICIPANTS, QUALITY, Needs, needs_of, needs_of_any
from vcops.domain.platforms import Platform, platform_of, platform_url
from vcops.errors import InvalidInput
from vcops.operations.workplace import Workplace

if TYPE_CHECKING:
    from vcops.domain.meetings import Meeting

__all__ = ["demanded", "needs_of_meeting", "platform_of_meeting"]

_MOST = 10_000
"""More participants than any platform takes."""


def platform_of_meeting(workplace: Workplace, meeting: Meeting | None) -> str:
    """Return the platform written with a meeting where it can be measured; people may write anything there."""
    name = meeting.platform if meeting else ""
    return name if platform_url(name, workplace.handbook.platforms) else ""


def needs_of_meeting(workplace: Workplace, meeting: Meeting | None, office_platform: str) -> Needs | None:
    """Return what a meeting asks: on its own platform, else the office's, else the highest of all.

    At 720p, and with ten participants where nobody wrote how many are expected.
    """
    expected = meeting.expected or meeting.participants if meeting else None
    return demanded(workplace, platform_of_meeting(workplace, meeting) or office_platform, "", expected)


def demanded(workplace: Workplace, platform: str, quality: str, participants: int | None) -> Needs | None:
    """Return what so many participants at a quality ask on a platform; an empty choice takes the default.

    A platform without a page of its own (a host, a URL), or none, stands for the highest figures of all. Raises
    InvalidInput for a quality that the platform's page does not have, and for a number of people that cannot be.
    """
    pages = workplace.handbook.platforms
    if participants is not None and not 1 <= participants <= _MOST:
        raise InvalidInput("check.participants", value=participants, most=_MOST)
    page = platform_of(platform, pages)
    wanted, people = quality.strip().lower() or _usual(page), participants or PARTICIPANTS
    found = needs_of(page, wanted, people) if page else needs_of_any(pages.values(), wanted, people)
    if found is not None or not quality:
        return found
    known = sorted({one.id for one_page in ([page] if page else pages.values()) for one in one_page.qualities})
    near = difflib.get_close_matches(wanted, known, n=1)
    raise InvalidInput("check.unknown_quality", value=quality, expected=", ".join(known), nearest="".join(near))


def _usual(page: Platform | None) -> str:
    """Return the quality where nobody names one: 720p, or the last that a page without it lists."""
    known = [one.id for one in page.qualities] if page else [QUALITY]
    return QUALITY if QUALITY in known else known[-1]
