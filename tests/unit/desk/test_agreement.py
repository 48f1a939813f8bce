"""Cohen's kappa, against an independent implementation and by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossread.desk.review.agreement import agreements, cohens_kappa
from crossread.store.review import LogLine

WORDS = st.sampled_from(["accepted", "rejected", "edited"])


def said(seq: int, person: str, action: str, finding: str) -> LogLine:
    return LogLine(seq=seq, at="", person=person, action=action, finding=finding)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=60))
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    from sklearn.metrics import cohen_kappa_score

    first, second = zip(*pairs, strict=True)
    kappa = cohens_kappa(pairs)
    if kappa is None:
        assert len(set(first) | set(second)) == 1
    else:
        assert kappa == pytest.approx(cohen_kappa_score(list(first), list(second)))


def test_kappa_by_hand() -> None:
    """Cohen 1960: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no give 0.4."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohens_kappa(pairs) == pytest.approx(0.4)
    assert cohens_kappa([]) is None


def test_only_findings_that_both_decided_on_count_and_the_last_word_of_each() -> None:
    lines = [
        said(1, "Ada", "accept", "x"),
        said(2, "Bo", "reject", "x"),
        said(3, "Bo", "accept", "x"),
        said(4, "Ada", "accept", "y"),
        said(5, "Bo", "rename", "z"),
        said(6, "Ada", "edit", "z"),
        said(7, "Ada", "accept", "w"),
        said(8, "Bo", "accept", "w"),
        said(9, "Bo", "reset", "w"),
        said(10, "Ada", "merge", "x"),
    ]
    (pair,) = agreements(lines)
    assert (pair.n_both, pair.n_agreed, pair.differing) == (2, 2, ())
    assert agreements(lines[:1]) == []
