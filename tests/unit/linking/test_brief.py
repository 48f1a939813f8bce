"""The brief."""

import pytest

from crossread import read
from crossread.linking import link_one
from crossread.linking.brief import write_brief
from crossread.linking.brief_facts import figure_lines
from crossread.linking.brief_sentences import sayable_sentences
from crossread.linking.disputes import find_disputes
from crossread.linking.figures import link_figures
from crossread.linking.sentences import view_of
from crossread.linking.threads import follow_threads
from crossread.records import BriefLine, Reading, Story
from crossread.vocabulary import Bound, EntityType, FigureKind
from tests.unit.linking.reports import case_of, report

NAMES = {"Kessaria": EntityType.GPE, "Ada Loth": EntityType.PERSON, "Veldania": EntityType.GPE}
FERRY = "The ferry Harrow sank off Cape Lorne in Veldania on Monday night with 60 people on board."


def brief(*readings: Reading, words: int = 250) -> tuple[BriefLine, ...]:
    case = case_of(*readings)
    figures = link_figures(case)
    story = Story(
        id="s", figures=figures, disputes=find_disputes(case, (), (), figures), threads=follow_threads(case, (), (), figures)
    )
    return write_brief(case, story, words=words)


def reports() -> tuple[Reading, ...]:
    return (
        report(
            "a",
            f"{FERRY} It was old. The ferry Harrow had been inspected in Veldania only one week before it sank off the cape.",
            names=NAMES,
        ),
        report(
            "b",
            "Rescue boats from Veldania searched the water off Cape Lorne for people of the ferry Harrow until Tuesday noon.",
            names=NAMES,
        ),
    )


@pytest.mark.parametrize("words", [10, 20, 40, 250])
def test_the_brief_keeps_its_length(words: int) -> None:
    assert sum(len(line.text.split()) for line in brief(*reports(), words=words)) <= words


def test_each_line_cites_its_words() -> None:
    for line in brief(*reports()):
        assert line.evidence


def test_lines_are_taken_word_for_word() -> None:
    texts = " ".join(" ".join(r.document.text.split()) for r in reports())
    assert all(
        line.text in texts
        for line in brief(*reports())
        if not line.text.startswith(("Accounts", "Reported", "Not known", "The vote"))
    )


def test_sentences_that_hang_on_others_are_left_out() -> None:
    assert not any(line.text.startswith("It was") for line in brief(*reports()))


def test_a_quotation_without_its_speaker_is_left_out() -> None:
    text = f"{FERRY} “The captain had been asleep for more than three hours before the ferry Harrow sank off the cape.”"
    assert not any("asleep" in line.text for line in brief(report("a", text, names=NAMES)))


@pytest.mark.parametrize("before", ["Tuesday 14 May 2031 09.15 GMT ", "(Harbour Press) ", "14 May 2031 | "])
def test_a_line_begins_after_its_date_line(before: str) -> None:
    assert [line.text for line in brief(report("a", before + FERRY, names=NAMES))] == [FERRY]


@pytest.mark.parametrize(
    "hanging",
    [
        "LOTH: The ferry Harrow sank off Cape Lorne with 60 people on board.",
        "Gallery: The ferry Harrow sinks off Cape Lorne in Veldania with 60 people on board.",
        "In a statement, her office said that the ferry Harrow of Veldania had 60 people on board.",
        "Ada Loth's remarks came as the ferry Harrow sank off Cape Lorne in Veldania on Monday.",
        "Ada Loth fired back with a letter of her own on the ferry Harrow of Veldania.",
        "Ada Loth of Veldania noted so kindly in a long letter on the ferry Harrow.",
        "Ada Loth of Veldania retorted that nobody had ever inspected the ferry Harrow.",
        "The same day, Ada Loth of Veldania said that nobody had inspected the ferry Harrow.",
        "Officials of Veldania warned that such a ferry would sink off Cape Lorne in any storm.",
        "A reporter asked Ada Loth whether the ferry Harrow had been inspected in Veldania.",
        "Both were on board the ferry Harrow as it sank off Cape Lorne in Veldania.",
    ],
)
def test_transcripts_labels_and_what_points_back_are_left_out(hanging: str) -> None:
    assert brief(report("a", hanging, names=NAMES)) == ()


@pytest.mark.parametrize(
    "standing",
    [
        "Ada Loth hit back at critics of the ferry Harrow, who had called it too old for Veldania.",
        "Ada Loth of Veldania responded to the loss of the ferry Harrow with a day of mourning.",
        "Ada Loth, whom reporters asked whether the ferry Harrow had been inspected in Veldania, said that it had been.",
        "Ada Loth was praised in Veldania after a reporter asked her whether the ferry Harrow was old.",
        "Ada Loth of Veldania had never seen such a storm, and the ferry Harrow was old.",
    ],
)
def test_what_answers_in_one_sentence_may_stand(standing: str) -> None:
    assert [line.text for line in brief(report("a", standing, names=NAMES))] == [standing]


def test_nobody_available_opens_no_brief() -> None:
    silent = "The Lorne company could not be reached for comment about the ferry Harrow, Cape Lorne and Veldania on Monday night."
    lines = brief(report("a", f"{silent} {FERRY}", names=NAMES), report("b", FERRY, names=NAMES))
    assert lines[0].text == FERRY


def test_a_number_goes_before_dozens() -> None:
    counts = [
        {"words": "Dozens", "kind": FigureKind.WOUNDED, "low": 24, "high": 99, "bound": Bound.VAGUE},
        {"words": "31", "kind": FigureKind.WOUNDED, "best": 31},
        {"words": "Dozens", "kind": FigureKind.WOUNDED, "low": 24, "high": 99, "bound": Bound.VAGUE},
    ]
    texts = ("Dozens were hurt.", "In all 31 were hurt.", "Dozens were hurt on the quay.")
    made = [report(f"r{n}", text, figures=[count]) for n, (text, count) in enumerate(zip(texts, counts, strict=True))]
    story = Story(id="s", figures=link_figures(case_of(*made)))
    assert next(figure_lines(story))[0].startswith("Reported wounded: 31 ")


def test_a_copy_adds_no_line() -> None:
    one = report("a", FERRY, names=NAMES)
    assert [line.text for line in brief(one, report("b", FERRY, names=NAMES))] == [line.text for line in brief(one)]


def test_counts_are_given_with_their_range() -> None:
    one = report(
        "a",
        "The ferry Harrow sank and 12 people died off Cape Lorne.",
        published="2031-05-12",
        figures=[{"words": "12 people", "kind": "killed", "best": 12.0}],
    )
    two = report(
        "b",
        "The ferry Harrow sank off Cape Lorne and 31 people died.",
        figures=[{"words": "31 people", "kind": "killed", "best": 31.0}],
    )
    assert any("range from 12 to 31" in line.text for line in brief(one, two))


def test_an_empty_story_has_no_brief() -> None:
    assert brief(report("a", "Fire.")) == ()


AGAIN = (
    "The ferry Harrow sank off Cape Lorne on Monday with 60 people on board, among them a school class, two priests and a bride.",
    "Rescuers in helicopters searched the reefs until noon after the ferry Harrow sank off Cape Lorne on Monday in thick fog.",
    "Families waited on the quay with flowers and candles when word came that the ferry Harrow sank off Cape Lorne on Monday.",
    "Fishermen told how the old ferry Harrow leaned, creaked, lost its funnel and sank off Cape Lorne on Monday within minutes.",
)
NEW = "Divers brought up the recorder and handed it to a prosecutor, whose office opened an inquiry into negligence."


def test_what_is_told_already_gives_way_to_what_is_new() -> None:
    reports = [report(f"a{n}", text, names=NAMES) for n, text in enumerate(AGAIN)]
    reports += [report("b", NEW, names=NAMES), report("c", NEW.replace("an inquiry", "a case"), names=NAMES)]
    lines = [line.text for line in brief(*reports, words=80)]
    assert lines[0] == AGAIN[0]
    assert any("recorder" in line for line in lines)


DENIED = [
    "The government of Veldania accused Kessaria of arming the rebels in the hills above Lorne on Sunday.",
    "Kessaria rejected the accusation of Veldania and said that it had never armed the rebels in the hills.",
]


@pytest.mark.parametrize(
    "before", ["", "A flood in the hills above Lorne drove hundreds of families of Veldania from the hills on Sunday. "]
)
def test_a_charge_and_its_denial_stand_side_by_side(before: str) -> None:
    lines = link_one([read(before + " ".join(DENIED))]).brief
    told = [line for line in lines if line.text.startswith("Accounts")]
    texts = [f"Accounts differ: {DENIED[0]} Against this: {DENIED[1]}", *(f"Accounts of this differ: {side}" for side in DENIED)]
    assert len(told) == 1
    assert told[0].text in texts
    assert len(told[0].evidence) == 2
    assert all(sum(side in line.text for line in lines) == 1 for side in DENIED)


def test_statements_that_may_both_be_true_are_no_differing_accounts() -> None:
    story = link_one(
        [
            read(
                "The army opened an inquiry into the flood on Monday. A source told reporters on Friday that the inquiry had closed."
            )
        ]
    )
    assert not any(line.text.startswith("Accounts differ") for line in story.brief)


def test_an_office_without_its_holder_stands_less_well() -> None:
    def standing(text: str) -> float:
        return sayable_sentences(view_of(case_of(report("a", text, names=NAMES))))[0].standing

    office = "The governor told reporters in Veldania that the ferry Harrow had been inspected."
    assert standing(office) < standing(
        "The governor, Ada Loth, told reporters in Veldania that the ferry Harrow had been inspected."
    )
    assert standing("Officials also told reporters in Veldania of the wreck of the ferry Harrow.") < standing(
        "Officials told reporters in Veldania of the wreck of the ferry Harrow."
    )
