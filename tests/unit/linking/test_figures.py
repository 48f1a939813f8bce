"""Figures across reports."""

from crossread.linking import build_story
from crossread.linking.figures import link_figures
from crossread.reading import read_documents
from crossread.records import Document, Reading, Story
from crossread.vocabulary import Bound, FigureKind
from tests.unit.linking.reports import case_of, day, report


def killed(name: str, text: str, words: str, best: float, **options: object) -> object:
    return report(
        name,
        text,
        figures=[{"words": words, "kind": "killed", "best": best, "low": best, "high": best}],
        **options,  # type: ignore[arg-type]
    )


def test_values_of_one_count_are_grouped_with_their_range() -> None:
    case = case_of(
        killed("a", "The ferry sank off Cape Lorne and 12 people died.", "12 people", 12, published="2031-05-12"),  # type: ignore[arg-type]
        killed("b", "The ferry that sank off Cape Lorne killed 31 people.", "31 people", 31, published="2031-05-14"),  # type: ignore[arg-type]
    )
    (figure,) = link_figures(case)
    assert figure.range == (12, 31)
    assert figure.grew
    assert [v.best for v in figure.values] == [12, 31]
    assert (figure.n_documents, figure.n_independent) == (2, 2)


def test_a_falling_count_did_not_grow() -> None:
    case = case_of(
        killed("a", "The ferry sank off Cape Lorne and 31 people died.", "31 people", 31, published="2031-05-12"),  # type: ignore[arg-type]
        killed("b", "The ferry that sank off Cape Lorne killed 12 people.", "12 people", 12, published="2031-05-14"),  # type: ignore[arg-type]
    )
    assert not link_figures(case)[0].grew


def test_a_vague_number_parts_no_totals() -> None:
    scores = {"words": "Scores", "kind": "killed", "best": 40.0, "bound": Bound.VAGUE}
    case = case_of(
        report("a", "Scores were killed on the quay when a truck ploughed through the festival crowd.", figures=[scores]),
        killed("b", "At least 84 people were killed by the driver, officials said.", "84 people", 84),  # type: ignore[arg-type]
        killed("c", "The truck ploughed through the festival crowd on the quay and 77 died.", "77", 77),  # type: ignore[arg-type]
    )
    assert {84, 77} <= {v.best for v in max(link_figures(case), key=lambda f: f.n_documents).values}


def test_another_year_is_kept_out() -> None:
    case = case_of(
        killed("a", "The ferry sank off Cape Lorne and 12 people died.", "12 people", 12),  # type: ignore[arg-type]
        killed("b", "In 2019 a ferry sank off Cape Lorne and 90 people died.", "90 people", 90),  # type: ignore[arg-type]
    )
    main, other = sorted(link_figures(case), key=lambda f: f.range[0] or 0)
    assert main.range == (12, 12)
    assert "background" not in main.reason
    assert "background" in other.reason


def test_two_counts_in_one_sentence_stay_apart() -> None:
    text = "Air strikes on Osk killed 8 people, while shells on Tolm killed 6 people."
    reading = report(
        "a",
        text,
        figures=[{"words": "8 people", "kind": "killed", "best": 8.0}, {"words": "6 people", "kind": "killed", "best": 6.0}],
    )
    assert sorted(f.range[0] or 0 for f in link_figures(case_of(reading))) == [6, 8]


def test_a_part_is_not_a_total() -> None:
    text = "The blast killed 35 people, including 8 children."
    reading = report(
        "a",
        text,
        figures=[
            {"words": "35 people", "counted": "people", "kind": "killed", "best": 35.0},
            {"words": "8 children", "counted": "children", "kind": "killed", "best": 8.0, "part_of": "f0"},
        ],
    )
    assert sorted(f.range for f in link_figures(case_of(reading))) == [(8, 8), (35, 35)]


def test_an_exact_copy_adds_no_origin_and_no_range() -> None:
    text = "The old ferry Harrow sank off Cape Lorne on a calm night and 12 people died before help came from the shore."
    one = killed("a", text, "12 people", 12)
    two = killed("b", text, "12 people", 12)
    (figure,) = link_figures(case_of(one, two))  # type: ignore[arg-type]
    assert figure.range == (12, 12)
    assert (figure.n_documents, figure.n_independent) == (2, 1)


def test_besieged_and_trapped_are_one_count() -> None:
    one = report(
        "a",
        "More than 250 people are trapped in Quell.",
        figures=[{"words": "More than 250 people", "kind": "trapped", "best": 250.0, "low": 250.0, "bound": Bound.MORE_THAN}],
    )
    two = report(
        "b",
        "About 275 people are besieged in Quell.",
        figures=[{"words": "About 275 people", "kind": "besieged", "best": 275.0, "bound": Bound.ABOUT}],
    )
    (figure,) = link_figures(case_of(one, two))
    assert figure.kind in (FigureKind.TRAPPED, FigureKind.BESIEGED)
    assert figure.range == (250, 275)


def held(name: str, text: str, words: str, counted: str, date: str) -> Reading:
    figure = {"words": words, "kind": "abducted", "counted": counted, "best": 72.0, "low": 72.0, "high": 72.0, "when": day(date)}
    return report(name, text, figures=[figure], published=date)


def test_those_still_held_are_one_count_under_any_word() -> None:
    case = case_of(
        held("a", "Gunmen holding 72 hostages at the mill in Ostrel agreed to talk.", "72 hostages", "hostages", "2031-05-14"),
        held("b", "The day passed quietly for the 72 captives.", "72 captives", "captives", "2031-06-23"),
    )
    (figure,) = link_figures(case)
    assert figure.n_documents == 2


def test_the_longest_siege_in_history_is_not_history() -> None:
    case = case_of(
        killed("a", "The ferry sank off Cape Lorne and 31 people died.", "31 people", 31),  # type: ignore[arg-type]
        killed("b", "With 31 people dead, it is the worst ferry accident in Kardenian history.", "31 people", 31),  # type: ignore[arg-type]
        killed("c", "The line has a history of neglect in which 90 people died.", "90 people", 90),  # type: ignore[arg-type]
    )
    main, other = sorted(link_figures(case), key=lambda f: f.range[0] or 0)
    assert (main.n_documents, main.range) == (2, (31, 31))
    assert "background" in other.reason


def sailors(name: str, text: str, words: str, counted: str) -> Reading:
    figure = {"words": words, "kind": "detained", "counted": counted, "best": 15.0, "low": 15.0, "high": 15.0}
    return report(name, text, figures=[figure], published="2031-05-14")


def test_one_number_under_words_that_share_one_is_one_count() -> None:
    case = case_of(
        sailors("a", "Alland holds 15 Borland sailors after the clash.", "15 Borland sailors", "Borland sailors"),
        sailors("b", "The 15 sailors were taken to the port.", "15 sailors", "sailors"),
        sailors("c", "It called for the 15 Borland citizens to be let go.", "15 Borland citizens", "Borland citizens"),
        sailors("d", "Alland seized 15 fishing boats too.", "15 fishing boats", "fishing boats"),
    )
    assert sorted((f.n_documents, f.range[1]) for f in link_figures(case) if f.range[1] == 15) == [(1, 15), (3, 15)]


def test_what_happened_in_the_days_of_a_story_is_no_background_later() -> None:
    case = case_of(
        killed("a", "The ferry sank off Cape Lorne on Tuesday and 12 people died.", "12 people", 12, published="2030-12-11"),  # type: ignore[arg-type]
        killed("b", "The ferry that sank in December 2030 killed 31 people.", "31 people", 31, published="2031-03-14"),  # type: ignore[arg-type]
        killed("c", "A ferry sank off Cape Lorne in 2019 and 90 people died.", "90 people", 90, published="2031-03-14"),  # type: ignore[arg-type]
    )
    main, other = sorted(link_figures(case), key=lambda f: f.range[1] or 0)
    assert (main.range, main.grew) == ((12, 31), True)
    assert "background" in other.reason


def told(*texts: str) -> Story:
    return build_story(list(read_documents(Document(id=f"d{k}", text=t) for k, t in enumerate(texts))))


DENIAL = "The army of Velm dismissed reports that 23 people had died in the raid."


def test_who_denies_a_number_does_not_vouch_for_it() -> None:
    story = told("A raid on the town of Dorl killed 23 people on Monday, rescuers said.", DENIAL)
    (killed,) = [f for f in story.figures if f.kind is FigureKind.KILLED]
    assert (killed.n_documents, killed.n_independent) == (1, 1)
    assert [v.best for v in killed.values] == [23]
    assert {e.document for e in killed.evidence} == {"d0"}


def test_a_number_that_is_only_denied_is_nobody_s() -> None:
    (killed,) = [f for f in told(DENIAL).figures if f.kind is FigureKind.KILLED]
    assert [(v.best, v.voice.speaker) for v in killed.values if v.voice] == [(23, None)]


def test_some_members_of_a_council_are_not_the_council() -> None:
    story = told("Ten of fifteen council members backed the text.", "Diplomats from three council members expected a veto.")
    members = [f for f in story.figures if f.kind is FigureKind.MEMBERS]
    assert all(len({v.best for v in f.values}) == 1 for f in members)
    assert 3 in {v.best for f in members for v in f.values}
