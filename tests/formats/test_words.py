"""Amounts in words, held against a reader that was written the other way round."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vcops.formats import in_words, rupiah_in_words

ID_WORDS = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"
EN_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ID = {word: value for value, word in enumerate(ID_WORDS.split())}
ID_SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15}
EN = {word: value for value, word in enumerate(EN_WORDS.split())}
EN |= {word: value * 10 for value, word in enumerate(EN_TENS.split(), 2)}
EN_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "quadrillion": 10**15}


def read_indonesian(words):
    """Read word by word with a running group: `se-` stands for one, `belas`, `puluh`, `ratus` change the last digit."""
    total = group = digit = 0
    for word in words.replace("seratus", "satu ratus").replace("seribu", "satu ribu").split():
        if word in ID:
            digit = ID[word]
        elif word == "belas":
            digit += 10
        elif word in {"puluh", "ratus"}:
            group, digit = group + digit * {"puluh": 10, "ratus": 100}[word], 0
        else:
            total, group, digit = total + (group + digit) * ID_SCALES[word], 0, 0
    return total + group + digit


def read_english(words):
    total = group = 0
    for word in words.replace("-", " ").split():
        if word in EN:
            group += EN[word]
        elif word == "hundred":
            group *= 100
        else:
            total, group = total + group * EN_SCALES[word], 0
    return total + group


numbers = st.one_of(st.integers(0, 2000), st.integers(0, 10**15), st.integers(0, 15).map(lambda power: 10**power))


@given(numbers)
@example(1_011_000)
@example(1_001_001_001)
def test_words_say_the_number_in_both_languages(value):
    assert read_indonesian(in_words(value)) == value
    assert read_english(in_words(value, "en")) == value


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "nol"), (1, "satu"), (10, "sepuluh"), (11, "sebelas"), (12, "dua belas"), (20, "dua puluh"),
        (100, "seratus"), (111, "seratus sebelas"), (200, "dua ratus"), (1000, "seribu"), (1100, "seribu seratus"),
        (2000, "dua ribu"), (11_000, "sebelas ribu"), (21_000, "dua puluh satu ribu"), (101_000, "seratus satu ribu"),
        (100_000, "seratus ribu"), (1_000_000, "satu juta"), (1_001_000, "satu juta seribu"), (-5, "minus lima"),
    ],
)  # fmt: skip
def test_the_rules_of_se(value, words):
    assert in_words(value) == words


def test_the_example_document():
    assert rupiah_in_words(8_492_500_000) == (
        "delapan miliar empat ratus sembilan puluh dua juta lima ratus ribu rupiah"
    )
    assert in_words(1_234_567, "en") == "one million two hundred thirty-four thousand five hundred sixty-seven"


def test_beyond_the_scales_there_are_no_words():
    assert in_words(10**15) == "satu kuadriliun"
    assert in_words(2 * 10**18 + 10**6) == "dua kuintiliun satu juta"
    assert in_words(10**21, "en") == "one sextillion"
    with pytest.raises(ValueError, match="no words"):
        in_words(10**24)
