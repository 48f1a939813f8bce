"""How far two people agree: Cohen's kappa over the findings that both decided on."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from crossread.desk.files import Agreement
from crossread.store.review import LogLine

WORDS = {"accept": "accepted", "reject": "rejected", "edit": "edited", "rename": "edited", "span": "edited"}
"""What an action says about a finding; merges and splits are about several findings and are not compared."""


def verdicts_of(lines: Sequence[LogLine]) -> dict[str, dict[str, str]]:
    """Each person's last word on each finding: person -> key -> accepted, edited or rejected."""
    found: dict[str, dict[str, str]] = {}
    for line in sorted(lines, key=lambda x: x.seq):
        mine = found.setdefault(line.person, {})
        if line.action == "reset":
            mine.pop(line.finding, None)
        elif line.action in WORDS:
            mine[line.finding] = WORDS[line.action]
    return found


def agreements(lines: Sequence[LogLine]) -> list[Agreement]:
    """Agreement of every two people with findings in common; lines are those that count."""
    said = verdicts_of(lines)
    return [a for first, second in combinations(sorted(said), 2) if (a := _agreement(first, second, said)).n_both]


def _agreement(first: str, second: str, said: dict[str, dict[str, str]]) -> Agreement:
    both = sorted(set(said[first]) & set(said[second]))
    pairs = [(said[first][k], said[second][k]) for k in both]
    return Agreement(
        first=first,
        second=second,
        n_both=len(both),
        n_agreed=sum(a == b for a, b in pairs),
        kappa=cohens_kappa(pairs),
        table=dict(Counter(pairs)),
        differing=tuple(k for k, (a, b) in zip(both, pairs, strict=True) if a != b),
    )


def cohens_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa (1960) of two people's words on the same things; ``None`` where chance alone would make them always agree."""
    n = len(pairs)
    if not n:
        return None
    observed = sum(a == b for a, b in pairs) / n
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(first[word] * second[word] for word in first) / (n * n)
    return None if expected >= 1.0 else (observed - expected) / (1.0 - expected)
