"""Numbers and rupiah: written one way, read in many, refused in doubt."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcops import locale
from vcops.formats import number, read_decimal, read_number, read_rupiah, rupiah


@pytest.fixture(params=["id", "en"])
def tongue(request):
    before = locale.language()
    locale.use(request.param)
    yield request.param
    locale.use(before)


def test_numbers_are_grouped_in_the_language_in_use(tongue):
    assert number(1234.5, 1) == {"id": "1.234,5", "en": "1,234.5"}[tongue]
    assert number(-0.4) == "0"
    assert number(999) == "999"
    assert number(Decimal("-1234567.891"), 2) == {"id": "-1.234.567,89", "en": "-1,234,567.89"}[tongue]


@given(st.integers(-(10**15), 10**15))
def test_a_whole_number_is_read_back_in_both_languages(value):
    for name in locale.LANGUAGES:
        locale.use(name)
        assert read_number(number(value)) == value
    locale.use("id")


@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_a_decimal_is_read_back(value, places):
    exact = Decimal(value).scaleb(-places)
    for name in locale.LANGUAGES:
        locale.use(name)
        assert read_decimal(number(exact, places)) == exact
    locale.use("id")


@pytest.mark.parametrize(
    "text", ["1.5", "12,50", "", "abc", "1.23.456", "0.123", "١٢", "1" * 60, "1e3", "--1", "1.234,5"]
)
def test_what_is_not_surely_a_whole_number_is_refused(text):
    with pytest.raises(ValueError, match="number"):
        read_number(text)


def test_rupiah_have_no_dot_and_no_space(tongue):
    assert rupiah(8_492_500_000) == "Rp8.492.500.000"
    assert rupiah(0) == "Rp0"
    assert rupiah(-1500) == "-Rp1.500"


@given(st.integers(0, 10**18))
def test_rupiah_are_read_back(amount):
    assert read_rupiah(rupiah(amount)) == amount
    assert read_rupiah(f"{rupiah(amount)},-") == amount
    assert read_rupiah(f"{rupiah(amount).replace('.', '. ')},-") == amount
    assert read_rupiah(str(amount)) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Rp15. 000. 000,-", 15_000_000),
        ("Rp6. 500. 000,-", 6_500_000),
        ("Rp 30 juta", 30_000_000),
        ("Rp2,3 miliar", 2_300_000_000),
        ("2.3 milyar", 2_300_000_000),
        ("Rp. 86.837.400,-", 86_837_400),
        ("15000000", 15_000_000),
        ("Rp15.000.000,00", 15_000_000),
        ("15,000,000.00", 15_000_000),
        ("15 000 000", 15_000_000),
        ("IDR 15,000,000", 15_000_000),
        ("Rp500,00", 500),
        ("500 rb", 500_000),
        ("1,5 triliun rupiah", 1_500_000_000_000),
        ("0", 0),
    ],
)
def test_rupiah_as_offices_type_them(text, amount):
    assert read_rupiah(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "1.5", "12,50", "12,00", "15,000", "2.300 miliar", "1,500 juta", "500 m", "-500", "Rp", "", "Rp1.234,56",
        "1.23", "0,0005 juta rupiah per", "Rp0,0001 ribu", "007.000", "1.000.00", "Rp１５", "9" * 80,
    ],
)  # fmt: skip
def test_doubtful_rupiah_are_refused_rather_than_guessed(text):
    with pytest.raises(ValueError, match="rupiah"):
        read_rupiah(text)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    for read in (read_rupiah, read_number):
        with suppress(ValueError):
            assert isinstance(read(text), int)
