"""On whose side somebody speaks, whose a place is said to be, and the words by which a side and a finding are shown."""

from dataclasses import dataclass

from crossread.linking.best_words import tells_by_the_way
from crossread.linking.camps import GOVERNMENTS, camps_of
from crossread.linking.causes import CLAUSE_END
from crossread.linking.denials import denied_likeness
from crossread.linking.differing_events import SUMMED_UP
from crossread.linking.sentences import view_of
from crossread.linking.sides import chief_of, topic_told
from crossread.linking.stands import stands
from crossread.linking.statements import statements_of_view
from crossread.records import Event, Span
from crossread.vocabulary import EntityType, EventType, Stance
from tests.unit.linking.reports import case_of, report

FOUR = {
    "North Tarsova": EntityType.GPE,
    "South Tarsova": EntityType.GPE,
    "United Lakes": EntityType.GPE,
    "United Isles": EntityType.GPE,
}


def test_states_that_share_a_word_are_not_on_one_side() -> None:
    case = case_of(report("a", "North Tarsova met South Tarsova. The United Lakes and the United Isles came.", names=FOUR))
    view = view_of(case)
    sides = {a.name: camps_of(view, (a.id,)) for a in case.actors.actors}
    assert len(sides) == 4
    assert not sides["North Tarsova"] & sides["South Tarsova"]
    assert not sides["United Lakes"] & sides["United Isles"]


def likeness(denied: str, claimed: str) -> float | None:
    one = {"who": "Kessel", "cue": "denied", "content": denied, "stance": Stance.DENY, "denied": True}
    other = {"who": "Lomund", "cue": "said", "content": claimed}
    names = {"Kessel": EntityType.GPE, "Lomund": EntityType.GPE}
    readings = (
        report("a", f"Kessel denied {denied}.", names=names, said=[one]),
        report("b", f"Lomund said {claimed}.", names=names, said=[other]),
    )
    view = view_of(case_of(*readings))
    spoken = [s for s in statements_of_view(view) if s.attribution is not None]
    assert len(spoken) == 2
    return denied_likeness(view, *spoken)


def test_a_denial_answers_what_is_said_of_the_same_waters_only() -> None:
    assert likeness("that the divers were in Norlish waters", "that the divers were in Norlish territorial waters") is not None
    assert likeness("that the divers were in Norlish waters", "that the divers were in Velmish waters") is None


def test_a_side_is_shown_by_what_most_of_it_says() -> None:
    said = [
        "the crew was outside Norlish waters at first",
        "the crew was in Norlish territorial waters",
        "the crew was caught in Norlish territorial waters",
    ]
    readings = [
        report(str(n), f"Lomund said {s}.", names={"Lomund": EntityType.GPE}, said=[{"who": "Lomund", "cue": "said", "content": s}])
        for n, s in enumerate(said)
    ]
    spoken = [s for s in statements_of_view(view_of(case_of(*readings))) if s.attribution is not None]
    assert chief_of(sorted(spoken, key=lambda s: s.key)).text != said[0]
    assert chief_of(spoken[:2]) is spoken[0]


def test_a_topic_stands_by_itself() -> None:
    whole = "Kessel denied that the crew was in its waters."
    assert topic_told("that the crew was in its waters", whole) == "The crew was in its waters"
    assert topic_told("that it was in its waters", whole) == whole
    assert topic_told("Nonsense", whole) == whole


def test_a_full_stop_of_a_short_form_ends_no_clause() -> None:
    told = "a draft of the u.n. council for gen. orel and 3.5 million people. it was"
    found = CLAUSE_END.search(told)
    assert found is not None
    assert told[: found.start()].endswith("people")


@dataclass
class Part:
    """What `tells_by_the_way` looks at."""

    folded: str
    span: Span
    events: tuple[Event, ...]
    figures: tuple[()] = ()


def by_the_way(text: str, word: str) -> bool:
    at = text.index(word)
    event = Event(
        id="v1",
        anchor=(Span(at, at + len(word)),),
        sentence=Span(0, len(text)),
        type=EventType.COERCE,
    )
    return tells_by_the_way(Part(text.lower(), Span(0, len(text)), (event,)), {"v1"})  # type: ignore[arg-type]


def test_what_is_told_beside_another_happening() -> None:
    assert by_the_way("Kessel froze all trade until the men who were seized are free.", "seized")
    assert by_the_way("Kessel froze all trade with the state that holds divers seized by Norlish guards.", "seized")
    assert by_the_way("When the divers were seized, the sea was calm.", "seized")
    assert by_the_way("The divers were in Velmish waters when they were seized.", "seized")
    assert not by_the_way("The divers were mending a net when they were seized.", "seized")
    assert not by_the_way("After the storm, guards seized four divers.", "seized")
    assert not by_the_way("Four divers were seized by Norlish guards.", "seized")


def stands_of(*said: dict[str, object]) -> list[str]:
    names = {"Kessel": EntityType.GPE, "Lomund": EntityType.GPE}
    texts = [f"{one['who']} {one['cue']} {one['content']}." for one in said]
    readings = [report(str(n), text, names=names, said=[one]) for n, (text, one) in enumerate(zip(texts, said, strict=True))]
    return [d.topic for d in stands(view_of(case_of(*readings)))]


def test_what_one_asks_for_and_another_rejects() -> None:
    wanted = {"who": "Kessel", "cue": "wants", "content": "to set a limit on catches of herring", "stance": Stance.DEMAND}
    refused = {"who": "Lomund", "cue": "opposes", "content": "any limit on herring catches", "stance": Stance.REJECT}
    alike = {"who": "Lomund", "cue": "opposes", "content": "a tax on sailing boats", "stance": Stance.REJECT}
    assert stands_of(wanted, refused) == ["For and against: Kessel wants to set a limit on catches of herring."]
    assert not stands_of(wanted, alike)


def test_what_a_sentence_says_was_asked_for_and_rejected() -> None:
    text = "Kessel wanted a limit on catches of herring, but this was opposed by Lomund."
    said = [
        {"who": "Kessel", "cue": "wanted", "content": "a limit on catches of herring", "stance": Stance.DEMAND},
        {"who": "Lomund", "cue": "opposed", "content": "this", "stance": Stance.REJECT},
    ]
    names = {"Kessel": EntityType.GPE, "Lomund": EntityType.GPE}
    found = list(stands(view_of(case_of(report("a", text, names=names, said=said)))))
    assert len(found) == 1
    assert [len(side.held_by) for side in found[0].sides] == [1, 1]


def test_the_government_at_home_is_one_side_by_any_name() -> None:
    names = {"Kessel": EntityType.GPE, "Government warplanes": EntityType.GROUP, "Anti-government rebels": EntityType.GROUP}
    view = view_of(case_of(report("a", "Government warplanes left Kessel. Anti-government rebels stayed.", names=names)))
    assert GOVERNMENTS.match("government warplanes") is not None
    assert GOVERNMENTS.match("anti-government rebels") is None
    assert GOVERNMENTS.match("the city government") is None
    assert all(camps_of(view, (a.id,)) == {a.id} for a in view.case.actors.actors)  # nobody speaks, so nobody is at home


def test_reasons_that_sum_up_are_no_rival_reasons() -> None:
    assert SUMMED_UP.match("the north's latest aggressive move")
    assert SUMMED_UP.match("these provocations")
    assert not SUMMED_UP.match("the missile launch")
    assert not SUMMED_UP.match("an act of war")
