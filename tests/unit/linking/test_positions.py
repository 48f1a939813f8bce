"""One actor's statements over time."""

import msgspec

from crossread.linking.claims import link_claims
from crossread.linking.disputes import find_disputes
from crossread.linking.positions import statements_of
from crossread.records import Form, Story
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


def test_a_surname_of_two_means_the_one_who_speaks_more() -> None:
    names = {"Ada Loth": EntityType.PERSON, "Ivo Loth": EntityType.PERSON}
    said = [
        {"who": "Ada Loth", "content": "the dam was never inspected"},
        {"who": "Ada Loth", "content": "the valley must be emptied"},
        {"who": "Ivo Loth", "content": "the harvest was poor"},
    ]
    text = (
        "Ada Loth said the dam was never inspected. Ada Loth said the valley must be emptied. Ivo Loth said the harvest was poor."
    )
    case = case_of(report("a", text, names=names, said=said))
    actors = tuple(msgspec.structs.replace(a, forms=(Form(text="Loth", documents=("a",)),)) for a in case.actors.actors)
    told = Story(id="s", documents=("a",), actors=actors, claims=link_claims(case))
    assert [line.text for line in statements_of(told, case.readings, "Loth")] == [
        "the dam was never inspected",
        "the valley must be emptied",
    ]


def test_what_was_only_spoken_of_is_no_statement() -> None:
    text = "Ada Loth discussed the water treaty. Ada Loth said the water treaty was dead."
    said = [{"who": "Ada Loth", "content": "the water treaty"}, {"who": "Ada Loth", "content": "the water treaty was dead"}]
    case = case_of(report("a", text, names=NAMES, said=said))
    told = Story(id="s", documents=("a",), actors=case.actors.actors, claims=link_claims(case))
    assert [line.text for line in statements_of(told, case.readings, "Ada Loth")] == ["the water treaty was dead"]


def test_the_sentences_of_one_quotation_stay_together() -> None:
    text = "“We waited two days. Nobody came,” Ada Loth said."
    case = case_of(report("a", text, names=NAMES, said=[{"who": "Ada Loth", "content": "“We waited two days. Nobody came,”"}]))
    told = Story(id="s", documents=("a",), actors=case.actors.actors, claims=link_claims(case))
    assert [line.text for line in statements_of(told, case.readings, "Ada Loth")] == ["“We waited two days. Nobody came,”"]
