"""Votes counted by the names of those who cast them."""

import pytest

from crossread.linking.figures import link_figures
from crossread.linking.sentences import view_of
from crossread.linking.voters import votes_by_name
from crossread.records import Reading
from crossread.vocabulary import EntityType, FigureKind
from tests.unit.linking.reports import case_of, report

COUNTRIES = dict.fromkeys(("Veldania", "Santa Corra", "Tolmark", "Ostrey"), EntityType.GPE)
TEN = {"words": "Ten", "kind": "votes_for", "best": 10.0, "low": 10.0, "high": 10.0}


def told(text: str, *figures: dict[str, object]) -> Reading:
    return report("a", text, names=COUNTRIES, figures=figures)


def counted(text: str, *figures: dict[str, object]) -> list[tuple[FigureKind, float | None]]:
    view = view_of(case_of(told(text, *figures)))
    return [(f.kind, f.best) for sentence in view.sentences for f in votes_by_name(view, sentence)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ten voted in favour. Veldania and Santa Corra voted against.", [(FigureKind.VOTES_AGAINST, 2)]),
        ("Ten voted in favour, Veldania voted against and Tolmark abstained.", [(FigureKind.VOTES_AGAINST, 1), (FigureKind.ABSTENTIONS, 1)]),
        ("Ten backed it, with Veldania, Tolmark and Ostrey voting against the resolution.", [(FigureKind.VOTES_AGAINST, 3)]),
        ("Ten voted for it. Both Veldania and Ostrey abstained, after a long night.", [(FigureKind.ABSTENTIONS, 2)]),
    ],
)  # fmt: skip
def test_names_beside_a_count_are_counted(text: str, expected: list[tuple[FigureKind, float]]) -> None:
    assert counted(text, TEN) == expected


def test_only_makes_a_list_whole() -> None:
    assert counted("Only Veldania voted against.") == [(FigureKind.VOTES_AGAINST, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "Ten voted in favour. Several countries, among them Veldania and Tolmark, abstained.",
        "Ten voted in favour. Countries including Veldania and Tolmark voted against.",
        "Ten voted in favour. Veldania also voted against.",
        "Ten voted in favour. Envoys of Veldania and Tolmark voted against their own drafts last year.",
        "Ten voted in favour. Veldania and Tolmark would vote against.",
        "Ten voted in favour. Veldania and three others voted against.",
    ],
)
def test_names_that_are_no_whole_list_are_no_count(text: str) -> None:
    assert counted(text, TEN) == []


def test_names_without_a_count_beside_them_are_no_count() -> None:
    assert counted("Veldania and Tolmark voted against.") == []


def test_a_number_of_the_sentence_comes_first() -> None:
    two = {"words": "Two", "kind": "votes_against", "best": 2.0, "low": 2.0, "high": 2.0}
    assert counted("Two members voted against, as Veldania and Tolmark and Ostrey voted against.", two) == []


def test_they_become_a_figure_of_the_story_with_their_sentence() -> None:
    text = "Ten voted in favour. Veldania and Santa Corra voted against."
    figures = {f.kind: f for f in link_figures(case_of(told(text, TEN)))}
    against = figures[FigureKind.VOTES_AGAINST]
    (value,) = against.values
    assert (value.best, against.counted) == (2, "votes against")
    assert [e.span.of(text) for e in value.evidence] == ["Veldania and Santa Corra voted against."]
    assert [e.record for e in value.evidence] == [None]
    assert value.voice is not None
    assert value.voice.record is None
