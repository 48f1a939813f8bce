"""What several documents report, and whether independently."""

import pytest

from crossread.linking.best_words import best_words
from crossread.linking.claims import link_claims
from crossread.linking.corroborations import find_corroborations
from crossread.linking.figures import link_figures
from crossread.linking.independence import Telling, judge
from crossread.linking.sentences import view_of
from crossread.records import Corroboration, Reading
from crossread.vocabulary import EntityType, Independence
from tests.unit.linking.reports import case_of, report

NAMES = {"Kessaria": EntityType.GPE, "Ada Loth": EntityType.PERSON}


def corroborations(*readings: Reading) -> tuple[Corroboration, ...]:
    case = case_of(*readings)
    return find_corroborations(case, (), link_claims(case), link_figures(case))


def test_two_reports_in_their_own_words_are_independent() -> None:
    found = corroborations(
        report("a", "Kessaria vetoed the draft resolution on the fishing grounds.", names=NAMES),
        report("b", "Late on Monday Kessaria blocked the resolution at the council.", names=NAMES),
    )
    assert [(c.independent, c.n_documents, c.n_independent) for c in found] == [(Independence.YES, 2, 2)]


def test_a_wire_sentence_is_one_origin() -> None:
    text = "Jets from the north bombed the old harbour of Forne again on Tuesday after three quiet days of talks."
    found = corroborations(report("a", text), report("b", text))
    assert {c.independent for c in found} == {Independence.NO}
    assert {c.n_independent for c in found} == {1}


def test_names_in_common_make_no_wire_sentence() -> None:
    names = {"Ines Corv": EntityType.PERSON, "Tade Marn": EntityType.PERSON}
    found = corroborations(
        report("a", "Two members, Ines Corv and Tade Marn, said that they would not vote for the bill again.", names=names),
        report("b", "Ines Corv and Tade Marn were among those who voted against.", names=names),
    )
    assert not any("same sentence" in c.reason for c in found)


REST = (
    "The school reopened in the afternoon.",
    "A bridge nearby stayed shut for repairs.",
    "Bakers sold out before ten.",
    "Nobody could say when the trains would run.",
    "The market had closed early because of the heat.",
    "Snow was forecast for the hills.",
)


def test_one_matter_in_other_words_is_reported_twice() -> None:
    found = corroborations(
        report("a", f"Divers lifted the ferry's black box from the wreck off Cape Lorne with a crane. {' '.join(REST[:3])}"),
        report("b", f"The black box of the ferry was brought up off Cape Lorne by navy divers before dawn. {' '.join(REST[3:])}"),
    )
    assert [(c.independent, c.n_documents) for c in found] == [(Independence.YES, 2)]


def test_one_spokeswoman_on_two_matters_corroborates_nothing() -> None:
    who = "Interior Ministry spokeswoman Ada Loth"
    one, two = "the harbour stays closed", "nine fishermen were missing"
    found = corroborations(
        report("a", f"{who} said {one}. {' '.join(REST[:3])}", names=NAMES, said=[{"who": who, "cue": "said", "content": one}]),
        report("b", f"{who} said {two}. {' '.join(REST[3:])}", names=NAMES, said=[{"who": who, "cue": "said", "content": two}]),
    )
    assert found == ()


def test_one_speaker_is_one_origin() -> None:
    said = "the northern dam could burst within two weeks"
    one = report("a", f"Ada Loth said {said}.", names=NAMES, said=[{"who": "Ada Loth", "content": said}])
    two = report(
        "b", f"According to Ada Loth, {said} if the rain goes on.", names=NAMES, said=[{"who": "Ada Loth", "content": said}]
    )
    found = corroborations(one, two)
    assert found
    assert {c.independent for c in found} == {Independence.NO}


def test_forecast_and_outcome_are_joined() -> None:
    found = corroborations(
        report("a", "Kessaria is expected to veto the draft resolution on fishing.", names=NAMES, published="2031-05-12"),
        report("b", "Kessaria vetoed the draft resolution on fishing.", names=NAMES),
    )
    assert any(c.what.startswith("Foreseen:") for c in found)


@pytest.mark.parametrize(
    ("opened", "published", "foretold"),
    [
        ("A full investigation was opened into the flood at the dam.", "2031-05-14", True),
        ("A full investigation should be opened into the flood at the dam.", "2031-05-14", False),
        ("A full investigation was opened into the flood at the dam.", "2031-05-10", False),
    ],
)
def test_a_forecast_comes_true_later_and_not_by_a_wish(opened: str, published: str, *, foretold: bool) -> None:
    called = "Ada Loth called for an investigation into the flood at the dam."
    found = corroborations(
        report("a", called, names=NAMES, published="2031-05-12"), report("b", opened, names=NAMES, published=published)
    )
    assert any(c.what.startswith("Foreseen:") for c in found) is foretold


def test_a_forecast_is_shown_beside_its_outcome_only_where_both_read_well() -> None:
    def shown(foreseen: str) -> list[str]:
        one = report("a", foreseen, names=NAMES, published="2031-05-12")
        return [c.what for c in corroborations(one, report("b", "Kessaria vetoed the draft resolution on fishing.", names=NAMES))]

    short = "Kessaria is expected to veto the draft resolution on fishing."
    assert shown(short) == [f"Foreseen: {short} Reported: Kessaria vetoed the draft resolution on fishing."]
    long = f"{short[:-1]} after a night of talks on nets, quotas, lamps and ropes {'and on the wool of the nine isles ' * 4}in the port."
    assert shown(long)
    assert not any(what.startswith("Foreseen") for what in shown(long))


def test_one_document_corroborates_nothing() -> None:
    assert (
        corroborations(report("a", "Kessaria vetoed the draft resolution. The veto by Kessaria ended the debate.", names=NAMES))
        == ()
    )


def test_evidence_counts_its_documents() -> None:
    found = corroborations(
        report("a", "Kessaria vetoed the draft resolution on the fishing grounds.", names=NAMES),
        report("b", "Late on Monday Kessaria blocked the resolution at the council.", names=NAMES),
    )
    for item in found:
        assert item.n_documents == len({e.document for e in item.evidence})
        assert item.n_independent <= item.n_documents


@pytest.mark.parametrize(("other", "n_findings"), [("second", 1), ("fifth", 0)])
def test_only_one_and_the_same_round_is_told_twice(other: str, n_findings: int) -> None:
    found = corroborations(
        report("a", f"In the town hall Kessaria opened a second round of talks with the miners. {' '.join(REST[:3])}", names=NAMES),
        report(
            "b", f"After days of rain a {other} round of talks began as Kessaria had promised. {' '.join(REST[3:])}", names=NAMES
        ),
    )
    assert len(found) == n_findings


def test_reports_in_their_own_voice_are_independent_though_both_cite_one_speaker_too() -> None:
    texts = (
        "Water broke through the northern dam at dusk. Cracks let go within an hour, Ada Loth said.",
        "Ada Loth spoke of cracks that nobody had mended. A torrent from the reservoir swept the dam away.",
    )
    view = view_of(case_of(*(report(f"r{n}", text) for n, text in enumerate(texts))))

    def judged(*numbers: int) -> Independence:
        said = [(view.sentences[n], "Ada Loth" in view.sentences[n].text) for n in numbers]
        return judge(view, [Telling(s, speakers=("loth",) if by_her else (), attributed=by_her) for s, by_her in said]).independent

    assert judged(0, 1, 2, 3) is Independence.YES
    assert judged(0, 1, 2) is Independence.PARTLY
    assert judged(1, 2) is Independence.NO


def test_a_sentence_that_only_announces_another_is_no_title_of_a_finding() -> None:
    view = view_of(
        case_of(
            report("a", "Divers lifted the black box off Cape Lorne, Ada Loth wrote in a letter to the owners on Monday night:"),
            report(
                "b",
                "Navy divers brought up the black box of the ferry off Cape Lorne with a crane on Monday night, and nobody was hurt.",
            ),
        )
    )
    assert best_words(view, [Telling(s) for s in view.sentences]).startswith("Navy divers")


def test_the_words_of_a_finding_are_those_that_the_others_tell_too() -> None:
    told = ("the black box of the ferry was lifted off Cape Lorne", "divers lifted the black box of the ferry off Cape Lorne")
    view = view_of(
        case_of(
            report("a", f"Ada Loth said {told[0]}.", names=NAMES, said=[{"who": "Ada Loth", "content": told[0]}]),
            report("b", f"Ada Loth said {told[1]}.", names=NAMES, said=[{"who": "Ada Loth", "content": told[1]}]),
            report(
                "c",
                "Owners in three towns were reportedly furious over soaring insurance bills, slow courts, poor harvests, new tolls, "
                "closed schools and the black box of the ferry.",
            ),
        )
    )
    assert "furious" not in best_words(view, [Telling(s) for s in view.sentences])


def test_a_text_that_the_copies_show_is_not_told_again() -> None:
    shared = (
        "A tanker struck the lock of Forne late on Monday and four sailors were hurt. "
        "Tugs pulled the tanker free and brought all of its crew to Port Averon. "
        "Engineers closed the lock for the night while they looked at both of its gates. "
        "The owners of the tanker said that its rudder had failed without any warning. "
        "Ferries between the islands will run again as soon as the gates have been tested."
    )
    found = corroborations(report("a", f"{shared} {' '.join(REST[:3])}"), report("b", f"{shared} {' '.join(REST[3:])}"))
    assert found == ()
