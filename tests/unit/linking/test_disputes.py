"""Disputes found by structure."""

from crossread.linking.disputes import find_disputes
from crossread.linking.figures import link_figures
from crossread.linking.number_disputes import in_words
from crossread.records import Dispute, FigureValue, Reading
from crossread.vocabulary import Bound, Compatible, DisputeKind, EntityType, Stance
from tests.unit.linking.reports import case_of, report

STATES = {"Veldania": EntityType.GPE, "Tarsova": EntityType.GPE}


def disputes(*readings: Reading) -> tuple[Dispute, ...]:
    case = case_of(*readings)
    return find_disputes(case, (), (), link_figures(case))


def dead(name: str, text: str, words: str, best: float, bound: Bound = Bound.EXACT, published: str = "2031-05-14") -> Reading:
    low = best if bound is not Bound.EXACT else None
    return report(
        name, text, figures=[{"words": words, "kind": "killed", "best": best, "low": low, "bound": bound}], published=published
    )


def test_counts_that_exclude_each_other() -> None:
    found = disputes(
        dead("a", "The sinking of the ferry off Cape Lorne killed 17 people.", "17 people", 17),
        dead("b", "The ferry that sank off Cape Lorne killed 41 people.", "41 people", 41),
    )
    assert [(d.kind, d.compatible) for d in found] == [(DisputeKind.NUMBER, Compatible.UNCLEAR)]
    assert [s.position for s in found[0].sides] == ["17", "41"]


def test_counts_whose_bounds_meet_are_compatible() -> None:
    found = disputes(
        dead("a", "The sinking of the ferry off Cape Lorne killed at least 40 people.", "at least 40 people", 40, Bound.AT_LEAST),
        dead("b", "The ferry that sank off Cape Lorne killed 43 people.", "43 people", 43),
    )
    assert [d.compatible for d in found if d.kind is DisputeKind.NUMBER] == [Compatible.YES]


def test_one_voice_that_gives_both_counts_disputes_nothing() -> None:
    text = "Jon Marr said that 50,000 people had died. Jon Marr said that 150,000 people would have died in the end."
    said = [
        {"who": "Jon Marr", "cue": "said", "content": "50,000 people had died"},
        {"who": "Jon Marr", "cue": "said", "content": "150,000 people would have died in the end"},
    ]
    figures = [
        {"words": "50,000 people", "kind": "killed", "best": 50_000, "voice": "a0"},
        {"words": "150,000 people", "kind": "killed", "best": 150_000, "voice": "a1"},
    ]
    names = {"Jon Marr": EntityType.PERSON}
    both = report("a", text, names=names, said=said, figures=figures)
    assert not disputes(both, dead("b", "The quake has killed 50,000 people.", "50,000 people", 50_000))
    first, second = (f"{s}." for s in text.rstrip(".").split(". "))
    one = report("a", first, names=names, said=said[:1], figures=figures[:1])
    other = report("b", second, names=names, said=said[1:], figures=[{**figures[1], "voice": "a0"}])
    assert disputes(one, other)


def test_shares_are_written_as_such() -> None:
    assert in_words(FigureValue(best=0.3), "share") == "30 %"
    assert in_words(FigureValue(low=0.25, high=0.5), "share") == "25 % to 50 %"
    assert in_words(FigureValue(best=0.9, bound=Bound.UP_TO), "share") == "up to 90 %"


def test_a_toll_that_grew_is_compatible() -> None:
    found = disputes(
        dead("a", "The sinking of the ferry off Cape Lorne killed 17 people.", "17 people", 17, published="2031-05-12"),
        dead("b", "The ferry that sank off Cape Lorne killed 41 people.", "41 people", 41),
    )
    assert [d.compatible for d in found] == [Compatible.YES]
    assert "grew" in found[0].reason


def test_all_who_deny_one_charge_stand_on_one_side() -> None:
    names = {**STATES, "Jon Marr": EntityType.PERSON, "Tarsova": EntityType.GPE}
    charge = "Veldania accused Tarsova of jamming radio stations along the border."
    who, content = "Veldania", "Tarsova of jamming radio stations along the border"
    accused = {"who": who, "cue": "accused", "content": content, "stance": Stance.ACCUSE}
    denied = {"cue": "denied", "content": "jamming radio stations", "stance": Stance.DENY, "denied": True}
    one, two = "Tarsova denied jamming radio stations.", "President Jon Marr of Tarsova denied jamming radio stations on Tuesday."
    found = disputes(
        report("a", f"{charge} {one}", names=names, said=[accused, {"who": "Tarsova", **denied}]),
        report("b", f"{charge} {two}", names=names, said=[accused, {"who": "Jon Marr", **denied}]),
    )
    (dispute,) = [d for d in found if d.kind is DisputeKind.ACCUSATION_VS_DENIAL]
    assert {e.document for e in dispute.sides[1].evidence} == {"a", "b"}


def test_accusation_and_denial() -> None:
    one = report(
        "a",
        "Veldania accused Tarsova of jamming radio stations along the border.",
        names=STATES,
        said=[
            {
                "who": "Veldania",
                "content": "Tarsova of jamming radio stations along the border",
                "stance": Stance.ACCUSE,
                "about": ["Tarsova"],
            }
        ],
    )
    two = report(
        "b",
        "Tarsova denied jamming radio stations along the border.",
        names=STATES,
        said=[
            {
                "who": "Tarsova",
                "cue": "denied",
                "content": "jamming radio stations along the border",
                "stance": Stance.DENY,
                "denied": True,
            }
        ],
    )
    found = [d for d in disputes(one, two) if d.kind is DisputeKind.ACCUSATION_VS_DENIAL]
    assert len(found) == 1
    assert found[0].compatible is Compatible.NO
    assert [len(s.held_by) for s in found[0].sides] == [1, 1]
    assert {s.position for s in found[0].sides} == {
        "Tarsova of jamming radio stations along the border",
        "denied jamming radio stations along the border",
    }


def test_claim_and_counterclaim_about_ground() -> None:
    names = {"army": EntityType.ORGANIZATION, "Rebels": EntityType.GROUP, "Belmar": EntityType.GPE}
    one = report(
        "a",
        "The army said its troops had captured the town of Belmar.",
        names=names,
        said=[{"who": "army", "content": "its troops had captured the town of Belmar"}],
    )
    two = report(
        "b",
        "Rebels said they still held the town of Belmar.",
        names=names,
        said=[{"who": "Rebels", "content": "they still held the town of Belmar"}],
    )
    assert DisputeKind.CLAIM_VS_COUNTERCLAIM in {d.kind for d in disputes(one, two)}


def test_a_position_that_changed_is_not_a_contradiction() -> None:
    one = report(
        "a",
        "Tarsova said it supported the water treaty.",
        names=STATES,
        published="2031-05-12",
        said=[{"who": "Tarsova", "content": "it supported the water treaty"}],
    )
    two = report(
        "b",
        "Tarsova said it opposed the water treaty.",
        names=STATES,
        published="2031-05-15",
        said=[{"who": "Tarsova", "content": "it opposed the water treaty"}],
    )
    found = disputes(one, two)
    assert [(d.kind, d.compatible) for d in found] == [(DisputeKind.POSITION_CHANGE, Compatible.YES)]


def test_different_places_are_different_incidents() -> None:
    names = {"Osk": EntityType.GPE, "Kessel": EntityType.GPE, "Police": EntityType.ORGANIZATION, "Witnesses": EntityType.GROUP}
    one = report(
        "a",
        "Police said the march in Osk was violent.",
        names=names,
        said=[{"who": "Police", "content": "the march in Osk was violent"}],
    )
    two = report(
        "b",
        "Witnesses said the march in Kessel was peaceful.",
        names=names,
        said=[{"who": "Witnesses", "content": "the march in Kessel was peaceful"}],
    )
    assert disputes(one, two) == ()


def test_a_headline_without_the_doubt_of_its_report() -> None:
    title = "Torvek behind border raid"
    text = f"{title}\nTarsova has claimed that Torvek was behind the border raid near Hane."
    reading = report(
        "a",
        text,
        title=title,
        names=STATES,
        said=[{"who": "Tarsova", "cue": "claimed", "content": "that Torvek was behind the border raid near Hane"}],
    )
    assert [d.kind for d in disputes(reading)] == [DisputeKind.HEADLINE_VS_BODY]


def test_one_report_that_drops_the_source() -> None:
    one = report("a", "Jets from the north bombed the old harbour of Forne again after three quiet days.")
    two = report(
        "b",
        "Jets from the north bombed the old harbour of Forne again on Tuesday after three quiet days, a sailor said.",
        names={"sailor": EntityType.PERSON},
        said=[
            {
                "who": "sailor",
                "content": "Jets from the north bombed the old harbour of Forne again on Tuesday after three quiet days",
            }
        ],
    )
    found = [d for d in disputes(one, two) if d.reason == "one report drops the source that the other names"]
    assert len(found) == 1
    assert found[0].compatible is Compatible.YES


def test_the_order_of_reports_does_not_matter() -> None:
    one = dead("a", "The sinking of the ferry off Cape Lorne killed 17 people.", "17 people", 17)
    two = dead("b", "The ferry that sank off Cape Lorne killed 41 people.", "41 people", 41)
    assert disputes(one, two) == disputes(two, one)


def test_one_sentence_read_in_two_ways_is_no_dispute() -> None:
    accused = {"who": "Veldania", "cue": "accuses", "content": "Tarsova of jamming radio stations", "stance": Stance.ACCUSE}
    denied = {"who": "Tarsova", "cue": "denies", "content": "Veldania", "stance": Stance.DENY, "denied": True}
    line = "Veldania accuses Tarsova of jamming radio stations, which denies it, officials said."
    one, two = report("a", line, names=STATES, said=[accused]), report("b", line.replace("it,", "it"), names=STATES, said=[denied])
    assert not [d for d in disputes(one, two) if d.kind is DisputeKind.ACCUSATION_VS_DENIAL]


def test_a_rejected_claim_is_told_without_how_it_is_rejected() -> None:
    claim = "the suggestion that Tarsova had become isolated after the vote"
    text = f"President Jon Marr rejected {claim}, calling it a fairy tale."
    said = [{"who": "Jon Marr", "cue": "rejected", "content": claim, "stance": Stance.REJECT, "denied": True}]
    (found,) = disputes(report("a", text, names={**STATES, "Jon Marr": EntityType.PERSON}, said=said))
    assert found.sides[0].position == "reported as rejected: that Tarsova had become isolated after the vote"


def test_what_was_so_in_another_year_is_not_what_is_denied() -> None:
    denied = "its aircraft or those of its Veldanian allies had bombed the school"
    said = [{"who": "Tarsova", "cue": "denied", "content": denied, "stance": Stance.DENY, "denied": True}]
    denial = report("a", f"Tarsova denied that {denied}.", names=STATES, said=said)
    flown = "Veldanian aircraft have been flying with those of the allies of Tarsova"
    assert disputes(denial, report("b", f"{flown}.", names=STATES))
    assert not disputes(denial, report("b", f"{flown} since 2021.", names=STATES))


def test_what_two_reports_tell_by_the_same_words_is_one_dispute() -> None:
    text = (
        "Jon Marr said at first that the mill had been struck by lightning, but then he admitted that a lamp had been left burning."
    )
    said = [{"who": "Jon Marr", "cue": "said", "content": "the mill had been struck by lightning"}]
    names = {"Jon Marr": EntityType.PERSON}
    found = [
        d
        for d in disputes(report("a", text, names=names, said=said), report("b", text, names=names, said=said))
        if d.kind is DisputeKind.POSITION_CHANGE
    ]
    assert len(found) == 1
    assert {e.document for e in found[0].evidence} == {"a", "b"}


def _on_talks(said: str, names: dict[str, EntityType]) -> tuple[Dispute, ...]:
    denied = "Jon Marr said the premier has not spoken with Ida Lund."
    return disputes(
        report(
            "a",
            f"Ada Renn said {said}.",
            names={"Ada Renn": EntityType.PERSON, **names},
            said=[{"who": "Ada Renn", "content": said}],
        ),
        report(
            "b",
            denied,
            names={"Jon Marr": EntityType.PERSON, "Ida Lund": EntityType.PERSON},
            said=[{"who": "Jon Marr", "content": "the premier has not spoken with Ida Lund"}],
        ),
    )


def test_talks_of_other_parties_are_not_those_denied() -> None:
    assert _on_talks("the premier has spoken with Ida Lund", {"Ida Lund": EntityType.PERSON})
    assert not _on_talks("the premier has spoken with Veldania", STATES)
