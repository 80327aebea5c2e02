"""The E-model: worse links never sound better, and its known points stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcops.domain.speech import mos, r_factor

delays = st.floats(0, 2000)
losses = st.floats(0, 100)


@given(delays, losses, st.floats(0, 500), st.floats(0, 50))
def test_more_delay_or_more_loss_never_sounds_better(delay: float, loss: float, later: float, more: float) -> None:
    assert r_factor(delay + later, loss) <= r_factor(delay, loss)
    assert r_factor(delay, loss + more) <= r_factor(delay, loss)


@given(delays, losses)
def test_ratings_stay_on_their_scales(delay: float, loss: float) -> None:
    rating = r_factor(delay, loss)
    assert 0 <= rating <= 93.2
    assert 1.0 <= mos(rating) <= 4.5


@given(st.floats(-10, 110), st.floats(0, 20))
def test_a_higher_rating_never_has_a_lower_score(rating: float, more: float) -> None:
    assert mos(rating) <= mos(rating + more) + 1e-9


@pytest.mark.parametrize(
    ("delay", "loss", "rating", "score"),
    [
        (0, 0, 93.2, 4.41),
        (150, 0, 89.6, 4.34),
        (177.3, 0, 88.94, 4.32),
        (400, 0, 59.1, 3.05),
        (50, 1, 88.36, 4.31),
        (50, 25.1, 44.5, 2.29),
    ],
)
def test_known_points(delay: float, loss: float, rating: float, score: float) -> None:
    found = r_factor(delay, loss)
    assert found == pytest.approx(rating, abs=0.05)
    assert mos(found) == pytest.approx(score, abs=0.02)
