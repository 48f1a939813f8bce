"""Numbers written out parse back, spans slice their text, and no text makes the figure reader raise."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from crossread.reading.days import Reach
from crossread.reading.figures import sentence_drafts
from crossread.reading.numbers import find_numbers, parse_number
from crossread.reading.timewords import resolve_reach, scan
from crossread.records import Span

ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = st.sampled_from(
    [
        "at",
        "least",
        "nearly",
        "about",
        "12",
        "twelve",
        "dozens",
        "hundreds",
        "of",
        "thousand",
        "people",
        "killed",
        "wounded",
        "were",
        "including",
        "eight",
        ",",
        ".",
        "60",
        "to",
        "80",
        "between",
        "and",
        "$",
        "%",
        "half",
        "the",
        "Tuesday",
        "last",
        "week",
        "since",
        "2011",
        "May",
        "5",
        "ago",
        "years",
        "-year-old",
        "“",
        "”",
        '"',
        "\n",
        "é",
        "💥",
        "death",
        "toll",
        "rose",
        "voted",
        "against",
        "in",
        "favour",
        "13-1",
        "another",
        "hospital",
        "months",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join))


def spelled(number: int) -> str:
    """English words of a whole number below a billion."""
    for size, name in ((10**6, "million"), (1000, "thousand")):
        if number >= size:
            rest = number % size
            joint = "" if not rest else " and " if rest < 100 else " "
            return f"{spelled(number // size)} {name}{joint}{spelled(rest) if rest else ''}"
    if number >= 100:
        rest = number % 100
        return f"{ONES[number // 100]} hundred" + (f" and {spelled(rest)}" if rest else "")
    if number >= 20:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    return ONES[number]


@given(st.integers(1, 999_999_999))
def test_parse_number_reads_spelled_numbers_back(number: int) -> None:
    assert parse_number(spelled(number)) == number


@given(st.integers(0, 10**9))
def test_parse_number_reads_grouped_digits_back(number: int) -> None:
    assert parse_number(f"{number:,}") == number


@given(st.integers(2, 999))
def test_find_numbers_finds_a_spelled_number_in_a_sentence(number: int) -> None:
    words = spelled(number)
    found = find_numbers(f"The flood hit {words} villages.")
    assert [n.value for n in found] == [number]


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_find_numbers_gives_ordered_spans_with_ordered_ends(text: str) -> None:
    last = 0
    for number in find_numbers(text):
        assert last <= number.core <= number.end <= len(text)
        assert number.start <= number.core
        values = [v for v in (number.low, number.best, number.high) if v is not None]
        assert values == sorted(values)
        assert values
        last = number.end


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_sentence_drafts_never_raises_and_slices_its_text(text: str) -> None:
    for draft in sentence_drafts(text, Span(0, len(text))):
        assert 0 <= draft.start < draft.end <= len(text)
        assert draft.noun is None or 0 <= draft.noun.start < draft.noun.end <= len(text)


@given(TEXTS, st.dates(date(1900, 1, 1), date(2100, 1, 1)))
@settings(max_examples=100, deadline=None)
def test_time_expressions_never_raise_nor_run_backwards(text: str, day: date) -> None:
    last = 0
    for expression in scan(text):
        assert last <= expression.start < expression.end <= len(text)
        reach = resolve_reach(expression, (day, day), None, Reach())
        assert reach.start is None or reach.end is None or reach.start <= reach.end or expression.to is not None
        last = expression.end


@given(st.sampled_from(("1", "a", "0", "-", ",", "hundred ", "of ", "to ", "“", " ")), st.integers(500, 3000))
@settings(max_examples=20, deadline=2000)
def test_long_runs_stay_quick(piece: str, times: int) -> None:
    text = piece * times
    find_numbers(text)
    list(scan(text))
    sentence_drafts(text, Span(0, len(text)))
