"""One actor's statements over time."""

from crossread.linking.claims import link_claims
from crossread.linking.disputes import find_disputes
from crossread.linking.positions import statements_of
from crossread.records import Story
from crossread.vocabulary import EntityType
from tests.unit.linking.reports import case_of, report

NAMES = {"Ada Loth": EntityType.PERSON, "Jon Arkell": EntityType.PERSON}


def story() -> tuple[Story, tuple[object, ...]]:
    later = report(
        "a",
        "Ada Loth said she opposed the water treaty.",
        names=NAMES,
        published="2031-05-15",
        said=[{"who": "Ada Loth", "content": "she opposed the water treaty"}],
    )
    earlier = report(
        "b",
        "Ada Loth said she supported the water treaty.",
        names=NAMES,
        published="2031-05-12",
        said=[{"who": "Ada Loth", "content": "she supported the water treaty"}],
    )
    other = report("c", "Jon Arkell said it rained.", names=NAMES, said=[{"who": "Jon Arkell", "content": "it rained"}])
    case = case_of(later, earlier, other)
    claims = link_claims(case)
    found = find_disputes(case, (), claims, ())
    return Story(id="s", documents=("a", "b", "c"), actors=case.actors.actors, claims=claims, disputes=found), case.readings


def test_statements_run_from_the_earliest() -> None:
    told, readings = story()
    assert [line.text for line in statements_of(told, readings, "Ada Loth")] == [  # type: ignore[arg-type]
        "she supported the water treaty",
        "she opposed the water treaty",
    ]


def test_the_later_statement_shows_the_change() -> None:
    told, readings = story()
    first, second = statements_of(told, readings, "loth")  # type: ignore[arg-type]
    assert first.changes is None
    assert second.changes is not None


def test_an_unknown_name_has_said_nothing() -> None:
    told, readings = story()
    assert statements_of(told, readings, "Mara Dessen") == ()  # type: ignore[arg-type]
