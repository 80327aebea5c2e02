"""A probe's line becomes a picture, or nothing at all."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest

from vcops.domain.pictures import CheckPicture, Preview

LINE = {"width": 2, "height": 1, "rgb": b64encode(bytes(range(6))).decode(), "faces": [[0.1, 0.2, 0.3, 0.4]]}


def test_a_line_becomes_a_picture() -> None:
    more = {"sigma": 2.5, "card": [0.4, 0.35, 0.6, 0.65], "chroma": 3}
    picture = CheckPicture.from_json(LINE | more)
    assert picture == CheckPicture(2, 1, bytes(range(6)), ((0.1, 0.2, 0.3, 0.4),), 2.5, (0.4, 0.35, 0.6, 0.65), 3.0)
    bare = CheckPicture.from_json({name: LINE[name] for name in ("width", "height", "rgb")})
    assert (bare.faces, bare.sigma, bare.card, bare.chroma) == ((), None, None, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"width": 3}, {"width": 0, "height": 0, "rgb": ""}, {"width": -2, "height": -1}, {"height": None}, {"rgb": "?"},
        {"rgb": 7}, {"faces": [[1, 2, 3]]}, {"faces": 3}, {"card": "no"}, {"sigma": "soft"}, {"width": "wide"},
    ],
)  # fmt: skip
def test_what_is_no_picture_is_a_value_error(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"no picture|not as many pixels"):
        CheckPicture.from_json(LINE | wrong)


def test_a_wish_is_told_as_it_stands_at_that_moment() -> None:
    preview = Preview(76, 42, 15.0)
    before = preview.wished()
    preview.card, preview.fps = True, 1.0
    assert before == {"width": 76, "height": 42, "fps": 15.0, "card": False}
    assert preview.wished() == {"width": 76, "height": 42, "fps": 1.0, "card": True}
