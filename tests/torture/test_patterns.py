"""Doubled texts take at most 2.5 times as long: for every regular expression of the package as it is used, and for taking in a text.

The suite tries texts of 10,000 characters (those that are taken in: 100,000), the torture counts go up to a million.
"""

import signal
import time
from collections.abc import Callable, Sequence

import pytest

from crossread.ingest import ingest_text
from crossread.ingest.strip import strip_tags
from tests.torture.conftest import counts
from tests.torture.patterns import UNITS, Expression, all_patterns, methods_of, run, texts_for

RATIO = 2.5
WORTH_TIMING = 0.02
"""Seconds from which a doubling is judged; below, the clock is coarser than the work."""
ABOVE_DOUBT = 4_000_000
"""Characters a second at which no text of some 100,000 can have cost time that grows with its square."""
SECONDS = 5
SMALL, LARGE = 10_000, 1_000_000
FEWER = 8
"""One part in so many of the texts is tried in the suite, of each expression others; at the larger size each part runs by itself."""

BOUNDED = {  # what looks at a stretch of bounded length only, and how many characters that has
    "codebook.plover._ENTRY": 1_000,  # an entry of the package's own table
    "export.citations._AND": 300,  # a byline, its spaces folded
    "linking.concepts._WINDOW": 90,
    "linking.concepts._SHORT_WINDOW": 60,
    "linking.sightings._WORDS_BEFORE": 80,
    "reading.attribution._DATELINE": 300,
    "reading.breakdowns._AND": 300,  # between two numbers; spaces are folded when a text is taken in
    "reading.breakdowns._AMONG": 300,
    "reading.breakdowns._OF_ALL": 16,
    "reading.tallies._FOR": 300,
    "reading.tallies._AGAINST": 300,
    "reading.tallies._ABSTAIN": 300,
    "reading.uncounted._NAME_BEFORE": 48,
    "reading.uncounted._AGE_LIST": 48,
    "reading.where._COMMA": 300,
    "reading.where._IN_NEXT": 300,
}


def seconds(action: Callable[[], object]) -> float:
    """Processor time of the faster of two runs."""
    times = []
    for _ in range(2):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


def doubled(unit: str, size: int, action: Callable[[str], object]) -> str:
    """What is wrong with the time that a text of a unit takes, down to an eighth of the size by halves; nothing where all is well."""
    whole = timed(unit, size, action)
    if whole < max(WORTH_TIMING, size / ABOVE_DOUBT):
        return ""
    for length in (size, size // 2, size // 4):
        half = timed(unit, length // 2, action)
        if whole > RATIO * max(half, WORTH_TIMING):  # once more, as something else may have taken the time
            whole, half = min(whole, timed(unit, length, action)), min(half, timed(unit, length // 2, action))
            if whole > RATIO * max(half, WORTH_TIMING):
                return f"{unit[:40]!r}: {whole:.3f} s for {length} characters, {half:.3f} s for half of them"
        whole = half
    return ""


def timed(unit: str, length: int, action: Callable[[str], object]) -> float:
    """Processor time that an action takes on a text of so many characters, or a few more."""
    text = unit * (length // len(unit) + 1)
    start = time.process_time()
    action(text)
    return time.process_time() - start


def faults_of(pattern: Expression, where: str, units: Sequence[str], size: int) -> list[str]:
    """The texts on which an expression takes too long; given up after some seconds, as some would never end."""
    methods = methods_of(where)

    def stop(*_: object) -> None:
        raise TimeoutError

    former = signal.signal(signal.SIGVTALRM, stop)
    found = []
    try:
        for unit in units:
            signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS + size / 100_000)
            try:
                found.append(doubled(unit, size, lambda text: run(pattern, text, methods)))
            except TimeoutError:
                found.append(f"{unit[:40]!r}: did not end")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)
    return [fault for fault in found if fault]


@pytest.mark.parametrize(
    ("count", "eighth"),
    [
        pytest.param(SMALL, 0, id="ci"),
        *(pytest.param(LARGE, n, marks=[pytest.mark.torture, pytest.mark.timeout(7200)], id=f"{n}") for n in range(FEWER)),
    ],
)
def test_every_expression_takes_time_in_step_with_its_text(count: int, eighth: int, figure: Callable[[str], None]) -> None:
    patterns = all_patterns()
    free = {w: p for w, p in patterns.items() if w.split(" ")[0].removeprefix("crossread.") not in BOUNDED}
    units = {where: texts_for(p)[(n + eighth) % FEWER :: FEWER] for n, (where, p) in enumerate(sorted(free.items()))}
    faults = {where: found for where, pattern in free.items() if (found := faults_of(pattern, where, units[where], count))}
    assert faults == {}
    n_texts = sum(map(len, units.values()))
    figure(
        f"regular expressions: {len(free)} on {n_texts} texts (part {eighth} of {FEWER}) of up to {count} characters;"
        f" {len(patterns) - len(free)} bounded ones"
    )


def test_expressions_of_bounded_reach_are_fast_at_their_bound() -> None:
    found = {w: p for w, p in all_patterns().items() if w.split(" ")[0].removeprefix("crossread.") in BOUNDED}
    assert {w.split(" ")[0].removeprefix("crossread.") for w in found} == set(BOUNDED)
    for where, pattern in found.items():
        methods, size = methods_of(where), BOUNDED[where.split(" ")[0].removeprefix("crossread.")]
        for unit in texts_for(pattern):
            text = (unit * size)[:size]
            assert seconds(lambda text=text, p=pattern, m=methods: run(p, text, m)) < 0.1, (where, unit)  # type: ignore[misc]


@counts(100_000, 1_000_000, minutes=120)
@pytest.mark.parametrize("call", [ingest_text, strip_tags], ids=["text", "strip"])
def test_text_is_taken_in_in_step_with_its_length(call: Callable[[str], object], count: int) -> None:
    assert [fault for unit in (*UNITS, "Share\n", "Photo: ", "<script>", "<!-- ") if (fault := doubled(unit, count, call))] == []
