"""The printed code: what leads back from paper to a closing, and what a slip in typing does."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vcops.domain.closings import looks_like_code, read_code, written_code
from vcops.errors import InvalidInput

_digests = st.binary(max_size=8).map(lambda some: hashlib.sha256(some).hexdigest())
_months = st.tuples(st.integers(1945, 9999), st.integers(1, 12)).map(lambda one: one[0] * 100 + one[1])
_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(_months, _digests)
def test_a_code_reads_back_as_what_it_was_written_from(month: int, digest: str) -> None:
    code = written_code(month, digest)
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("-", "")):
        found = read_code(typed)
        assert looks_like_code(typed)
        assert found.month == month
        assert found.matches(digest)


@given(_months, _digests, _digests)
def test_another_digest_has_another_code(month: int, one: str, other: str) -> None:
    assume(one != other)
    assert not read_code(written_code(month, one)).matches(other)


@given(_months, _digests)
def test_letters_that_paper_confuses_are_read_as_what_is_meant(month: int, digest: str) -> None:
    code = written_code(month, digest)
    head, symbols = code[:8], code[8:]
    assert read_code(head + symbols.replace("0", "O").replace("1", "l")).matches(digest)


@given(_months, _digests, st.data())
def test_one_wrong_symbol_is_a_slip_and_no_alteration(month: int, digest: str, data: st.DataObject) -> None:
    code = written_code(month, digest)
    place = data.draw(st.sampled_from([at for at, one in enumerate(code) if one != "-"]))
    digit = place < 7
    wrong = data.draw(st.sampled_from("0123456789" if digit else _SYMBOLS))
    assume(wrong != code[place])
    with pytest.raises(InvalidInput):
        read_code(code[:place] + wrong + code[place + 1 :])


@given(_months, _digests, st.data())
def test_two_neighbours_that_changed_places_are_a_slip(month: int, digest: str, data: st.DataObject) -> None:
    plain = written_code(month, digest).replace("-", "")
    place = data.draw(st.integers(6, len(plain) - 2))
    assume(plain[place] != plain[place + 1])
    with pytest.raises(InvalidInput):
        read_code(plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :])


@pytest.mark.parametrize("text", ["2026-10", "report.pdf", "", "2026-10-7K3M", "laporan-2026-10.pdf"])
def test_what_is_no_code_is_not_taken_for_one(text: str) -> None:
    assert not looks_like_code(text)
    with pytest.raises(InvalidInput):
        read_code(text)
