"""PASS < WARN < UNMEASURED < FAIL."""

from __future__ import annotations

from vcops.domain.verdicts import Verdict, whole


def test_the_order_of_verdicts() -> None:
    assert sorted(Verdict, key=lambda one: one.rank) == [Verdict.PASS, Verdict.WARN, Verdict.UNMEASURED, Verdict.FAIL]
    assert [one for one in Verdict if one.good] == [Verdict.PASS, Verdict.WARN]


def test_a_failure_wins_over_what_was_not_measured() -> None:
    assert whole([Verdict.UNMEASURED, Verdict.FAIL, Verdict.PASS]) is Verdict.FAIL
    assert whole([]) is Verdict.UNMEASURED
