"""Which reports belong to one story, and which are set aside."""

from datetime import date

import pytest

from crossread.linking import link_one
from crossread.linking.clusters import average_link, cluster_readings
from crossread.linking.dating import dating_of, days_apart
from crossread.linking.episodes import set_aside
from crossread.linking.stream import StoryStream
from crossread.records import Reading
from crossread.vocabulary import EntityType
from tests.unit.linking.reports import report

FERRY = (
    "The ferry Harrow sank off Cape Lorne on Monday night with sixty people on board. Rescue boats from Veldania searched the water.",
    "Rescue boats from Veldania searched off Cape Lorne for passengers of the ferry Harrow, which sank in a storm on Monday.",
    "Divers found the wreck of the ferry Harrow near Cape Lorne. Veldania opened an inquiry into why the Harrow had sailed.",
)
STRIKE = (
    "Bus drivers in Port Allen walked out over pay on Monday, and the Allen Transit union said the strike would last a week.",
    "The strike of the Allen Transit bus drivers left Port Allen without buses; the union asked for nine percent more pay.",
)
LATER = "A ferry named Osprey ran aground near Port Quell in March. Veldania sent rescue boats, and all passengers of the Osprey were saved."


def groups(*readings: Reading) -> set[frozenset[str]]:
    return {frozenset(r.document.id for r in group) for group in cluster_readings(readings)}


def stream() -> list[Reading]:
    return [report(f"f{n}", text) for n, text in enumerate(FERRY)] + [report(f"s{n}", text) for n, text in enumerate(STRIKE)]


def test_two_matters_are_two_stories() -> None:
    assert groups(*stream()) == {frozenset({"f0", "f1", "f2"}), frozenset({"s0", "s1"})}


def test_the_order_of_readings_does_not_matter() -> None:
    assert cluster_readings(stream()) == cluster_readings(list(reversed(stream())))


def test_twin_incidents_at_another_place_stay_apart() -> None:
    found = groups(*stream(), report("later", LATER, published="2031-03-02"))
    assert frozenset({"later"}) in found


def test_names_are_shown_whole() -> None:
    names = {"Cape Lorne": EntityType.LOCATION, "Veldania": EntityType.GPE}
    ferry = [report(f"f{n}", text, names=names) for n, text in enumerate(FERRY)]
    _, outside = set_aside([*ferry, report("s", STRIKE[0])])
    assert "Cape Lorne" in outside[0].reason


def test_a_report_of_another_season_is_set_aside_with_its_reason() -> None:
    ferry = [report(f"f{n}", text) for n, text in enumerate(FERRY)]
    later = report("later", f"{LATER} The talks on ferry safety are to resume on December 9.", published=None)
    inside, outside = set_aside([*ferry, later])
    assert [r.document.id for r in inside] == ["f0", "f1", "f2"]
    assert [o.document for o in outside] == ["later"]
    assert "Veldania" in outside[0].reason
    assert "9 December" in outside[0].reason


@pytest.mark.parametrize(("published", "outside"), [("2031-05-16", []), (None, ["x"]), ("2031-09-01", ["x"])])
def test_a_report_of_the_same_days_needs_less_in_common(published: str | None, outside: list[str]) -> None:
    told = (
        "Relatives of passengers waited at the harbour all night while boats searched. Some slept in a gymnasium near the church, others"
        " held candles in the rain, and a priest read names from a list until dawn."
    )
    readings = [*(report(f"f{n}", text) for n, text in enumerate(FERRY)), report("x", told, published=published)]
    assert [o.document for o in set_aside(readings)[1]] == outside


def test_one_who_knows_better_keeps_all() -> None:
    readings = [*(report(f"f{n}", text) for n, text in enumerate(FERRY)), report("s", STRIKE[0])]
    assert [o.document for o in link_one(readings).outside] == ["s"]
    story = link_one(readings, keep_all=True)
    assert (story.documents, story.outside) == (("f0", "f1", "f2", "s"), ())


def test_reports_that_are_all_unlike_are_taken_together() -> None:
    inside, outside = set_aside([report("a", FERRY[0]), report("b", STRIKE[0])])
    assert (len(inside), outside) == (2, ())


def test_nothing_gives_nothing() -> None:
    assert cluster_readings([]) == []
    assert set_aside([]) == ((), ())


def test_average_link_needs_likeness_on_average() -> None:
    edges = {(0, 1): 0.9, (1, 2): 0.5}  # 0 and 2 have nothing in common
    assert average_link(3, edges, 0.3) == [(0, 1), (2,)]
    assert average_link(3, edges, 0.2) == [(0, 1, 2)]


def test_average_link_keeps_strangers_alone() -> None:
    assert average_link(3, {}, 0.1) == [(0,), (1,), (2,)]


def test_two_groups_that_agree_in_themselves_need_more_than_what_joins_single_ones() -> None:
    within, between = 0.3, 0.1
    edges = {(i, j): within if (i < 3) == (j < 3) else between for j in range(6) for i in range(j)}
    assert average_link(6, edges, 0.09) == [(0, 1, 2), (3, 4, 5)]
    assert average_link(6, edges, 0.09, 0) == [tuple(range(6))]
    loose = {pair: min(value, 0.15) for pair, value in edges.items()}
    assert average_link(6, loose, 0.09) == [tuple(range(6))]


def test_copies_of_one_text_do_not_close_their_story_to_others() -> None:
    copies, others = 0.95, 0.15
    edges = {(i, j): copies if j < 3 else others for j in range(6) for i in range(j)}
    assert average_link(6, edges, 0.09) == [tuple(range(6))]


def test_a_page_of_menus_joins_the_story_of_its_headline() -> None:
    head, other = "Divers find the wreck of the ferry Harrow", "Courses of the spring term open on Monday"
    menus = "Library Timetable Entrance Hostel Alumni Syllabus Fees Notices Scholarships Archive Faculty Placement Events Contact"
    story = report("f0", f"{head}\n\n{FERRY[2]}", title=head)
    assert len(groups(story, report("page", f"{head}\n\n{menus}", title=head))) == 1
    assert len(groups(story, report("page", f"{other}\n\n{menus}", title=other))) == 2


def test_publication_date_comes_first() -> None:
    assert (
        dating_of(report("a", "On 3 March 2030 it rained.", published="2031-05-14").document).day == date(2031, 5, 14).toordinal()
    )


def test_a_full_date_in_the_opening_dates_a_report() -> None:
    dated = dating_of(report("a", "March 3, 2030\nIt rained in Karsa.", published=None).document)
    assert dated.day == date(2030, 3, 3).toordinal()


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("talks resume on July 20", None),
        ("talks resume on December 9", 156.0),
        ("talks resume on the 31st", None),
        ("due 30 February", None),
    ],
)
def test_seasons_keep_reports_apart(text: str, apart: float | None) -> None:
    october = dating_of(report("a", "It rained.", published="2031-05-14").document)
    found = days_apart(october, dating_of(report("b", text, published=None).document))
    assert found == pytest.approx(apart, abs=1) if apart is not None else found is None


def test_a_stream_tells_the_story_of_each_report_as_it_comes() -> None:
    stream_of_stories = StoryStream()
    found = [stream_of_stories.add(r) for r in stream()]
    assert found == [0, 0, 0, 1, 1]
