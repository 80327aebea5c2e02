"""Why a measurement failed survives being kept as one line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vcops.domain.checks import CheckFailed

CODES = st.from_regex(r"[a-z_]+\.[a-z_]+", fullmatch=True)
PARAMS = st.dictionaries(st.text(min_size=1), st.none() | st.integers() | st.text() | st.floats(allow_nan=False))


@given(CODES, PARAMS)
def test_a_note_reads_back(code: str, params: dict[str, str]) -> None:
    failed = CheckFailed(code, params)
    assert CheckFailed.from_note(failed.as_note()) == failed


@given(st.text())
def test_any_text_is_a_note(text: str) -> None:
    assert CheckFailed.from_note(text).code is not None


def test_a_code_alone_stays_as_it_is() -> None:
    assert CheckFailed("camera.none").as_note() == "camera.none"
