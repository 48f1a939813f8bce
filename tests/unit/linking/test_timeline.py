"""The timeline, and what undated reports take from dated ones."""

from typing import Any

import msgspec
import pytest

from crossread.linking.entry_status import status_of_day
from crossread.linking.events import link_events, whens_of
from crossread.linking.one_day import told_together
from crossread.linking.sentences import view_of
from crossread.linking.timeline import draw_timeline
from crossread.records import Evidence, Reading, TimelineEntry, When
from crossread.vocabulary import Basis, EntityType, Status
from tests.unit.linking.happen import with_events
from tests.unit.linking.reports import day, report, span_of
from tests.unit.linking.test_events import case_of, told


def timeline(*readings: Reading) -> tuple[TimelineEntry, ...]:
    case = case_of(*readings)
    events = link_events(case)
    return draw_timeline(case, events, whens_of(case))


VETO: dict[str, Any] = {"type": "REJECT", "label": "veto", "actor": "Veltland"}


def test_entries_are_in_order_of_days_and_cite_every_report() -> None:
    found = timeline(
        told("a", "Veltland vetoed the draft on aid to Karsa.", words="vetoed", when=day("2031-05-10"), **VETO),
        told("b", "So Veltland vetoed the draft on aid to Karsa.", words="vetoed", when=day("2031-05-10"), **VETO),
        told("c", "Veltland invaded the island of Lorne.", words="invaded", when=day("2031-05-02"), type="ASSAULT"),
    )
    assert [(e.when.start, sorted(p.document for p in e.evidence)) for e in found] == [
        ("2031-05-02", ["c"]),
        ("2031-05-10", ["a", "b"]),
    ]
    assert [e.id for e in found] == ["entry-1", "entry-2"]


def test_what_is_to_come_or_goes_on_does_not_vouch_for_a_day_gone_by() -> None:
    vote: dict[str, Any] = {"type": "REJECT", "label": "veto", "actor": "Veltland", "words": "veto"}
    found = timeline(
        told("a", "The veto by Veltland of the draft on aid to Karsa.", when=day("2031-05-02"), **vote),
        told("b", "The veto by Veltland of the draft on aid for Karsa.", when=day("2031-05-02"), **vote),
        told("c", "A veto by Veltland of the draft on aid to Karsa.", when=day("2031-05-12"), **vote),
        told("d", "Veltland plans a veto of the draft on aid to Karsa.", status="planned", **vote),
        told("e", "Veltland keeps up its veto of the draft on aid to Karsa.", status="ongoing", **vote),
        told("f", "After the veto by Veltland of the draft on aid to Karsa.", **vote),
    )
    assert {(e.when.start, tuple(sorted({p.document for p in e.evidence}))) for e in found} == {
        ("2031-05-02", ("a", "b", "f")),
        ("2031-05-12", ("c", "e")),
    }


def test_what_is_only_thought_of_is_left_out() -> None:
    assert (
        timeline(told("a", "Veltland might veto the draft.", words="veto", when=day("2031-05-10"), status="hypothetical", **VETO))
        == ()
    )


def test_a_sentence_that_prints_a_day_is_an_entry() -> None:
    found = timeline(report("a", "The old bridge over the Lorne was closed to all traffic on May 3, as planned."))
    assert [(e.when.start, e.when.end, e.evidence[0].document) for e in found] == [("2031-05-03", "2031-05-03", "a")]


def test_reports_that_print_one_day_share_an_entry() -> None:
    texts = (
        "The old bridge over the Lorne was closed on May 3, as planned.",
        "Nobody could cross the river Lorne after Saturday, May 3.",
    )
    found = timeline(*(report(name, text) for name, text in zip("ab", texts, strict=True)))
    assert {p.document for e in found if e.when.start == "2031-05-03" for p in e.evidence} == {"a", "b"}


def test_a_printed_day_counts_beside_an_event_of_another_day() -> None:
    sentence = "Veltland invaded the island of Lorne after the old bridge had fallen on May 3."
    found = timeline(told("a", sentence, words="invaded", when=day("2031-05-10"), type="ASSAULT"))
    assert [(e.when.start, [p.document for p in e.evidence]) for e in found] == [("2031-05-03", ["a"]), ("2031-05-10", ["a"])]


def test_what_is_still_to_come_on_a_weekday_is_no_entry_of_the_last_one() -> None:
    found = timeline(report("a", "The old bridge over the Lorne will be closed to all traffic on Friday."))
    assert [(e.when.start, e.status) for e in found] == [("2031-05-16", Status.PLANNED)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Several members called on Mayor Torvek to cancel the Friday session of the council.",
        "The water conference begins in Lomund on Friday.",
        "The talks in Lomund on Friday “should not go ahead”, the mayor said.",
        "Torvek named two aides ahead of the Friday session.",
        "The heads of the missions are gathering in Lomund on Friday, an aide said.",
        "The seizure took place before Friday's expected vote on the harbour.",
        "The lease was set to run out at 12:01 on Friday, the board said.",
    ],
)
def test_a_day_to_come_is_one_of_plans(sentence: str) -> None:
    assert [(e.when.start, e.status) for e in timeline(report("a", sentence))] == [("2031-05-16", Status.PLANNED)]


def test_what_was_said_on_a_weekday_is_told_of_the_last_one() -> None:
    found = timeline(report("a", "The harbour board said on Friday that it would close the old bridge over the Lorne."))
    assert [(e.when.start, e.status) for e in found] == [("2031-05-09", Status.HAPPENED)]


def test_a_month_with_its_year_is_an_entry_where_no_event_tells_it() -> None:
    found = timeline(report("a", "In March 2030 the province gave the harbour board leave to rebuild the quay."))
    assert [(e.when.start, e.when.end) for e in found] == [("2030-03-01", "2030-03-31")]


def test_bare_talk_without_a_day_is_no_entry() -> None:
    said = "“That quay is a disgrace and they must pay for it,” said Torvek."
    content = "That quay is a disgrace and they must pay for it"
    reading = report(
        "a", said, names={"Torvek": EntityType.PERSON}, said=[{"who": "Torvek", "content": content, "stance": "accuse"}]
    )
    when = When(start="2031-05-13", end="2031-05-14", basis=Basis.PUBLICATION)
    assert timeline(with_events(reading, {"type": "REQUEST", "words": "pay", "when": when})) == ()


def test_an_entry_is_told_by_a_sentence_of_its_day() -> None:
    other = "Its envoy left on May 12, as Veltland vetoed the draft on aid to Karsa."
    own = "So Veltland vetoed the draft on aid to Karsa and to nine other ports."
    found = timeline(
        told("a", other, words="vetoed", when=day("2031-05-10"), **VETO),
        told("b", own, words="vetoed", when=day("2031-05-10"), **VETO),
    )
    assert [e.text for e in found if e.when.start == "2031-05-10"] == [own]


def test_a_weekday_that_plans_look_ahead_to_is_no_entry_of_the_last_one() -> None:
    sentence = "Veltland will send an envoy and two aides to the besieged port of Karsa on Friday, its foreign ministry said."
    planned = told("a", sentence, words="send", when=day("2031-05-16"), type="AID", status="planned")
    assert [e.when.start for e in timeline(planned)] == ["2031-05-16"]


def test_a_day_that_only_ends_a_stretch_is_no_entry() -> None:
    assert timeline(report("a", "The harbour of Karsa will stay closed to all ferries until Friday.")) == ()
    found = timeline(report("a", "The harbour of Karsa has been closed to all ferries since Friday."))
    assert [e.when.start for e in found] == ["2031-05-09"]


def test_a_report_without_sentences_is_cited_in_its_own_words() -> None:
    text = "The ferry Harrow sank off the port of Karsa on May 3."
    found = timeline(msgspec.structs.replace(report("a", text), sentences=()))
    assert [(e.when.start, e.text) for e in found] == [("2031-05-03", text)]


def test_a_sentence_of_several_happenings_is_told_once() -> None:
    sentence = "Veltland vetoed the draft and invaded the island of Lorne, which lies off Karsa."
    one = told("a", sentence, words="vetoed", when=day("2031-05-10"), **VETO)
    other = told("a", sentence, words="invaded", when=day("2031-05-10"), type="ASSAULT")
    both = msgspec.structs.replace(one, events=(*one.events, msgspec.structs.replace(other.events[0], id="v9")))
    found = timeline(both)
    assert [(e.text, {p.record for p in e.evidence}) for e in found] == [(sentence, {"v0", "v9"})]


def test_an_entry_shows_a_sentence_that_names_its_subject() -> None:
    found = timeline(
        told(
            "a",
            "It vetoed the draft on aid to the town of Karsa that day, as it had said it would.",
            words="vetoed",
            when=day("2031-05-10"),
            **(VETO | {"actor": None}),
        ),
        told(
            "b",
            "So Veltland vetoed the draft on aid to the town of Karsa on the last day of talks, envoys said.",
            words="vetoed",
            when=day("2031-05-10"),
            **VETO,
        ),
    )
    assert found[0].text.startswith("So Veltland")


def test_what_goes_on_from_another_time_is_not_of_the_day_of_the_report() -> None:
    text = "In January 2030 Torvek left the harbour board. The aide of Torvek then sued the harbour board of Karsa for his pay."
    when = When(start="2031-05-13", end="2031-05-14", basis=Basis.PUBLICATION)
    assert [e.when.start for e in timeline(told("a", text, words="sued", when=when, type="COERCE"))] == ["2030-01-01"]


def test_a_readers_comment_and_a_bare_cue_are_no_entries() -> None:
    assert (
        timeline(report("a", "May 13, 2031 07:10 pm at 7:10 pm | The board should be ashamed of itself for all that it did.")) == ()
    )
    assert timeline(report("a", "Torvek told harbour reporters Tuesday.")) == ()


def test_a_report_that_tells_of_the_next_day_means_that_day() -> None:
    text = "Crowds left the square of Karsa. The guard said early Thursday that the square was empty."
    found = timeline(told("a", text, words="left", when=day("2031-05-15"), type="PROTEST"))
    assert [e.when.start for e in found] == ["2031-05-15", "2031-05-15"]


def test_what_one_report_tells_of_years_before_is_history() -> None:
    old = told("a", "Veltland invaded the island of Lorne.", words="invaded", when=day("2019-03-02"), type="ASSAULT")
    assert [e.when.start for e in timeline(old)] == []
    again = told("b", "Then Veltland invaded the island of Lorne.", words="invaded", when=day("2019-03-02"), type="ASSAULT")
    assert [e.when.start for e in timeline(old, again)] == ["2019-03-02"]


def test_entries_are_told_without_datelines() -> None:
    bare = "KARVEL, May 3 (Meridian Press) –"
    told_there = "KARVEL, May 3 (Meridian Press) – The old bridge over the Lorne was closed on May 3, as planned."
    assert timeline(report("a", bare)) == ()
    assert [e.text for e in timeline(report("b", told_there))] == ["The old bridge over the Lorne was closed on May 3, as planned."]


def test_what_is_due_on_the_day_of_a_report_is_planned() -> None:
    found = timeline(report("a", "Torvek was due to gather his whole cabinet in Kessel on May 10.", published="2031-05-10"))
    assert [(e.when.start, e.status) for e in found] == [("2031-05-10", Status.PLANNED)]


def test_what_lies_ahead_is_planned_however_it_is_told() -> None:
    event = told("a", "The state cuts its patrols in July, says Veltland.", words="cuts", when=day("2031-07-02"), status="ongoing")
    assert {e.status for e in timeline(event)} == {Status.PLANNED}


def test_a_bare_day_and_hour_is_no_happening() -> None:
    found = timeline(
        report("a", "Wednesday 7 May 2031 00.44 BST\n\nThe old bridge over the Lorne was closed on May 3, as planned.")
    )
    assert [e.when.start for e in found] == ["2031-05-03"]


def planned(text: str, words: str, on: str, *, status: str = "proposed", said: Any = ()) -> list[tuple[str, Status]]:
    """Day and status of the entries of a sentence with one event of a day that words of it name."""
    reading = report("a", text, names={"Torvek": EntityType.PERSON, "Dessen": EntityType.PERSON}, said=said)
    when = msgspec.structs.replace(day("2031-05-09" if on == "Friday" else "2031-05-13"), span=span_of(text, on))
    event = {"type": "REQUEST", "words": words, "actor": "Dessen", "when": when, "status": status}
    return [(e.when.start or "", e.status) for e in timeline(with_events(reading, event))]


def test_words_of_a_day_were_spoken_whatever_they_propose() -> None:
    text = "Torvek called on Friday for Dessen to cancel the long-awaited trip to Lomund."
    said = [
        {"who": "Torvek", "cue": "called", "content": "for Dessen to cancel the long-awaited trip to Lomund", "stance": "demand"}
    ]
    assert planned(text, "cancel", "Friday", said=said) == [("2031-05-09", Status.HAPPENED)]


def test_a_plan_for_a_day_among_the_words_is_still_a_plan() -> None:
    text = "Torvek said that Dessen was to open the long-awaited talks in Lomund on Friday."
    content = "that Dessen was to open the long-awaited talks in Lomund on Friday"
    said = [{"who": "Torvek", "cue": "said", "content": content, "stance": "assert"}]
    assert (planned(text, "open", "Friday", said=said, status="planned"))[0][1] is Status.PLANNED


def test_who_says_it_behind_a_day_does_not_date_the_saying() -> None:
    text = "Dessen is expected to open the long-awaited talks on Tuesday, aides of Torvek said."
    said = [{"who": "Torvek", "cue": "said", "content": "Dessen is expected to open the long-awaited talks", "stance": "assert"}]
    assert planned(text, "open", "Tuesday", said=said, status="planned") == [("2031-05-13", Status.PLANNED)]


def test_a_deed_of_the_day_takes_the_day_from_the_plan_behind_it() -> None:
    text = "Torvek on Friday shrugged off the plan of Dessen to close nine old harbours."
    when = msgspec.structs.replace(day("2031-05-09"), span=span_of(text, "Friday"))
    plan = {"type": "REQUEST", "words": "close", "when": when, "status": "planned"}
    deed = {"type": "REJECT", "words": "shrugged", "when": when}
    other = {**deed, "when": day("2031-05-02")}
    for acts, expected in (([plan, deed], Status.HAPPENED), ([plan], Status.PLANNED), ([plan, other], Status.PLANNED)):
        reading = with_events(report("a", text), *acts)
        sentence = view_of(case_of(reading)).sentences[0]
        assert status_of_day(sentence, reading.events[0], when) is expected


def test_two_happenings_of_one_printed_day_are_two_entries() -> None:
    texts = (
        "The old bridge over the Lorne was closed to all traffic on May 3, as planned.",
        "A fire broke out in the grain store of Karsa on May 3, firemen said.",
        "The old bridge over the Lorne was closed to traffic on May 3.",
    )
    found = timeline(*(report(name, text) for name, text in zip("abc", texts, strict=True)))
    assert sorted(sorted(p.document for p in e.evidence) for e in found) == [["a", "c"], ["b"]]


def test_who_goes_on_speaking_goes_with_the_sentence_that_names_him() -> None:
    text = (
        "Torvek told the harbour board of Karsa on May 3 to go home. “That quay was a bad joke, a very bad joke,” he said on May 3."
    )
    assert [len(e.evidence) for e in timeline(report("a", text))] == [2]


def entry(reading: Reading, when: When, status: Status = Status.HAPPENED) -> TimelineEntry:
    evidence = Evidence(document=reading.document.id, span=reading.sentences[0])
    return TimelineEntry(id="entry", when=when, text=reading.document.text, status=status, evidence=(evidence,))


def test_one_happening_in_like_words_is_one_entry() -> None:
    one = report("a", "Veltland vetoed the draft on aid to Karsa and the isles.")
    two = report("b", "Veltland vetoed the draft on aid to Karsa and its isles.")
    other = report("c", "Veltland cleared nine old sheds of the wool trade in Karsa.")
    view = view_of(case_of(one, two, other))
    week = When(start="2031-05-05", end="2031-05-11", basis=Basis.RELATIVE)

    def documents(*entries: TimelineEntry) -> list[list[str]]:
        return sorted([p.document for p in e.evidence] for e in told_together(view, entries))

    vetoed = entry(one, day("2031-05-10"))
    assert documents(vetoed, entry(two, week)) == [["a", "b"]]
    assert documents(vetoed, entry(other, week)) == [["a"], ["c"]]
    assert documents(vetoed, entry(two, day("2031-05-11"))) == [["a"], ["b"]]
    assert documents(vetoed, entry(two, week, Status.DENIED)) == [["a"], ["b"]]


def test_a_sentence_on_the_line_of_its_own_day_is_not_on_that_of_its_report() -> None:
    text = "The quarrel cast a shadow over the boat race of Karsa, which will be held on Friday."
    published = When(start="2031-05-13", end="2031-05-14", basis=Basis.PUBLICATION)
    found = timeline(told("a", text, words="cast", when=published, type="COERCE"))
    assert [e.when.start for e in found] == ["2031-05-16"]


@pytest.mark.parametrize(
    ("text", "words", "n_entries"),
    [
        ("Veltland once vetoed a draft on aid to Karsa and its isles.", "vetoed", 0),
        ("Veltland vetoed a like draft of Torvek when he was its envoy.", "vetoed", 0),
        ("The board of Karsa was led at the time by Torvek, whom Veltland had vetoed.", "vetoed", 0),
        ("Veltland vetoed the draft, saying that it once helped Karsa and its isles.", "vetoed", 1),
        ("Veltland vetoed the draft on aid at once, and nobody in Karsa was told.", "vetoed", 1),
    ],
)
def test_what_was_once_is_not_of_the_day_of_the_report(text: str, words: str, n_entries: int) -> None:
    published = When(start="2031-05-13", end="2031-05-14", basis=Basis.PUBLICATION)
    said = [{"who": "Veltland", "cue": "saying", "content": text[text.find("that it once") :], "stance": "assert"}]
    reading = report("a", text, names={"Veltland": EntityType.GPE}, said=said if "saying" in text else ())
    assert len(timeline(with_events(reading, {**VETO, "words": words, "when": published}))) == n_entries


def test_how_long_a_thing_would_last_is_no_day_of_it() -> None:
    text = "Torvek said in a note that the board of Karsa would stay sound for forty years."
    horizon = When(start="2031-05-14", end="2071-05-14", basis=Basis.RELATIVE)
    assert timeline(told("a", text, words="stay", when=horizon, type="REQUEST", status="proposed")) == ()
    year = When(start="2031-05-14", end="2031-12-31", basis=Basis.RELATIVE)
    assert len(timeline(told("a", text, words="stay", when=year, type="REQUEST", status="proposed"))) == 1


def test_an_entry_is_not_told_by_a_frame_without_its_words() -> None:
    frame = "So Veltland vetoed the draft on aid to Karsa with a word to the isles:"
    found = timeline(
        told("a", frame, words="vetoed", when=day("2031-05-10"), **VETO),
        told(
            "b",
            "So Veltland vetoed the draft on aid to Karsa with a nod to nine isles.",
            words="vetoed",
            when=day("2031-05-10"),
            **VETO,
        ),
    )
    assert [e.text[-6:] for e in found] == ["isles."]


@pytest.mark.parametrize(
    ("text", "n_entries"),
    [
        ("Torvek noted so kindly in a short letter on May 3.", 0),
        ("Torvek, as he often does, fired back in a letter on May 3.", 0),
        ("Torvek said on May 3 that the old bridge over the Lorne was closed.", 1),
        ("The old bridge over the Lorne was closed on May 3, Torvek said.", 1),
        ("Torvek wrote “this is the end of the bridge” in a letter on May 3.", 1),
    ],
)
def test_a_frame_without_its_words_is_no_entry(text: str, n_entries: int) -> None:
    assert len(timeline(report("a", text))) == n_entries


def test_what_somebody_says_will_be_is_not_due_on_the_day_of_his_words() -> None:
    text = "“That quay will cost the people of Karsa nine years of work,” Torvek said in a note on Wednesday."
    said = [
        {
            "who": "Torvek",
            "cue": "said",
            "content": "That quay will cost the people of Karsa nine years of work",
            "stance": "assert",
        }
    ]
    found = timeline(report("a", text, names={"Torvek": EntityType.PERSON}, said=said))
    assert [(e.when.start, e.status) for e in found] == [("2031-05-14", Status.HAPPENED)]
    today = "Torvek said that the quay of Karsa will be closed to all boats on Wednesday."
    said = [{"who": "Torvek", "cue": "said", "content": today[12:-1], "stance": "assert"}]
    found = timeline(report("a", today, names={"Torvek": EntityType.PERSON}, said=said))
    assert [(e.when.start, e.status) for e in found] == [("2031-05-14", Status.PLANNED)]
