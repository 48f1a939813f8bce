"""Expressions are looked for in few places only, and found as if they were looked for everywhere."""

import pytest

from crossread.reading.timewords import _MASTER, _forms

PHRASES = (
    "2031-04-07", "9/11", "April 3 to 5, 2031", "3-5 April 2031", "Monday, April 7, 2031", "on the 7th of April, 2031", "April 3 and 5",
    "between 3 and 5 April", "Mon. Apr. 7", "7 April", "in early April 2031", "late last April", "mid-January", "the end of May",
    "in the spring of 2030", "later this summer", "the early 1990s", "back in 2029", "early 2030", "the day before yesterday",
    "late yesterday afternoon", "overnight", "earlier this dawn", "this noon", "earlier in the day", "late on Monday", "last Tuesday evening",
    "the following Wednesday", "the very end of the week", "year's end", "more than a couple of hours ago", "four centuries ago", "weeks ago",
    "three weeks from now", "in five days' time", "over the past several months", "in recent years", "the very next morning", "two days later",
    "the night before", "that same evening", "this past weekend", "since the end of the previous year", "earlier in the week",
    "two days of talks", "Christmas Eve", "New Year’s Day",
)  # fmt: skip
FRAMES = (
    "{}", "Since {} the bridge was closed.", "The mayor of Karsa, who came by {}, left.", "From {} to {} nobody crossed; until {}, said Ode.",
    "A day-old truce ended {},\n{} and (around {}) it was over", "İstar said {}; the\u00a0envoy stayed {}.", "xx{}", "-{} and {}-long",
)  # fmt: skip


@pytest.mark.parametrize("phrase", PHRASES)
def test_found_where_the_grammar_finds_them(phrase: str) -> None:
    n_found = 0
    for frame in FRAMES:
        for other in (phrase, PHRASES[0], PHRASES[-9], PHRASES[22]):
            text = frame.format(phrase, other, phrase)
            everywhere = [m.span() for m in _MASTER.finditer(text)]
            assert [m.span() for m in _forms(text, 0, len(text))] == everywhere, text
            n_found += len(everywhere)
    assert n_found >= 4 * (len(FRAMES) - 2)
