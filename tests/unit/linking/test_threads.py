"""Processes followed over reports."""

import msgspec
import pytest

from crossread.linking.sentences import view_of
from crossread.linking.sightings import sightings
from crossread.linking.thread_codebook import thread_rules
from crossread.linking.threads import follow_threads
from crossread.records import Reading, SaidPart, Span, Thread, When
from crossread.vocabulary import Basis, EntityType, Stance, ThreadKind
from tests.unit.linking.happen import with_events
from tests.unit.linking.reports import case_of, report


def threads(*texts: str, **options: object) -> tuple[Thread, ...]:
    readings = [report(f"d{n}", text, **options) for n, text in enumerate(texts)]  # type: ignore[arg-type]
    return follow_threads(case_of(*readings), (), (), ())


def states(found: tuple[Thread, ...], kind: ThreadKind) -> set[str]:
    return {s.state for t in found if t.kind is kind for s in t.states}


@pytest.mark.parametrize(
    ("sentence", "kind", "state"),
    [
        ("Kessaria vetoed the draft resolution in the council.", ThreadKind.RESOLUTION, "vetoed"),
        ("The assembly will vote on the resolution on Friday.", ThreadKind.RESOLUTION, "expected"),
        ("The council adopted the resolution without debate.", ThreadKind.RESOLUTION, "adopted"),
        ("The two armies agreed on a ceasefire on Monday.", ThreadKind.TRUCE, "agreed"),
        ("Both sides accused each other of violating the truce.", ThreadKind.TRUCE, "broken"),
        ("The truce collapsed after nine days.", ThreadKind.TRUCE, "collapsed"),
        ("Peace talks began in Kessel on Monday.", ThreadKind.TALKS, "opened"),
        ("Tarsova suspended the talks on Friday.", ThreadKind.TALKS, "suspended"),
        ("Torvek called off his trip to Lomund.", ThreadKind.VISIT, "called_off"),
        ("Torvek is expected to visit Lomund next week.", ThreadKind.VISIT, "planned"),
        ("Air strikes on Osk resumed at dawn.", ThreadKind.AIR_CAMPAIGN, "resumed"),
        ("The army launched an offensive in the north.", ThreadKind.OFFENSIVE, "started"),
        ("Quell has been under siege since March.", ThreadKind.SIEGE_AID, "besieged"),
        ("Aid convoys entered Quell on Sunday.", ThreadKind.SIEGE_AID, "delivered"),
        ("Rebels captured the town of Belmar.", ThreadKind.GROUND_CONTROL, "taken"),
        ("The army retook the town of Belmar.", ThreadKind.GROUND_CONTROL, "retaken"),
        ("The opposition called for an inquiry into the fire.", ThreadKind.INVESTIGATION, "called_for"),
        ("Prosecutors opened an investigation into the fire.", ThreadKind.INVESTIGATION, "opened"),
        ("Lomund imposed sanctions on three Tarsovan banks.", ThreadKind.SANCTION, "imposed"),
        ("The rebels rejected the offer of an amnesty.", ThreadKind.OFFER, "refused"),
        ("Veldania accused Tarsova of sending armed men.", ThreadKind.BLAME, "accused"),
        ("An aid convoy for Quell was turned back at a checkpoint on Monday.", ThreadKind.SIEGE_AID, "refused"),
        ("Relief lorries reached the besieged town of Quell on Tuesday.", ThreadKind.SIEGE_AID, "delivered"),
        ("The last convoy to reach the besieged town arrived on 3 May.", ThreadKind.SIEGE_AID, "delivered"),
        ("Autopsies have found burns on four of the bodies.", ThreadKind.INVESTIGATION, "found"),
        ("Lomund's parliament passed a law on foreign donations.", ThreadKind.RESOLUTION, "adopted"),
        ("President Torvek vetoed the bill that parliament had passed.", ThreadKind.RESOLUTION, "vetoed"),
        ("Tarsova and Veldania agreed to exchange 40 prisoners.", ThreadKind.OFFER, "accepted"),
        ("Tarsova and Veldania exchanged 40 prisoners at the bridge.", ThreadKind.OFFER, "carried_out"),
        ("Torvek said that he would not travel to Lomund.", ThreadKind.VISIT, "called_off"),
        ("A ceasefire between Tarsova and Veldania had come into force at dawn.", ThreadKind.TRUCE, "in_force"),
        ("Thousands of people are trapped inside the town without aid.", ThreadKind.SIEGE_AID, "besieged"),
        ("The minister said the charges were lies.", ThreadKind.BLAME, "denied"),
        ("The trip to Lomund was called off.", ThreadKind.VISIT, "called_off"),
        ("Torvek is preparing for the long-awaited summit in Lomund.", ThreadKind.VISIT, "planned"),
        ("Torvek spent the week meeting his allies in Kessel.", ThreadKind.VISIT, "held"),
        ("Delegates of forty states are meeting for the water conference.", ThreadKind.TALKS, "opened"),
        ("After three weeks of negotiations the envoys were tired.", ThreadKind.TALKS, "opened"),
        ("Veldania proposed direct talks on the canal.", ThreadKind.TALKS, "called"),
        ("Torvek urged the rebels to come to the table and talk of peace.", ThreadKind.TALKS, "called"),
        ("Lomund dismissed the offer to hold talks on the canal.", ThreadKind.OFFER, "refused"),
        ("Tarsova held out an olive branch to its neighbour.", ThreadKind.OFFER, "made"),
        ("The cabinet approved a transfer of nine million crowns to the province.", ThreadKind.RESOLUTION, "adopted"),
        ("The assembly has slapped new sanctions on Tarsova.", ThreadKind.SANCTION, "imposed"),
        ("Torvek rejected the criticism of the inspectors.", ThreadKind.BLAME, "denied"),
        ("The guard has been charged with theft.", ThreadKind.BLAME, "accused"),
        ("Critics say the bill would close small ports.", ThreadKind.BLAME, "accused"),
        ("The governor signed a revised version of the fishing bill.", ThreadKind.RESOLUTION, "adopted"),
        ("The assembly passed a new version of the fishing bill.", ThreadKind.RESOLUTION, "adopted"),
        ("The governor asked lawmakers to rewrite the fishing bill.", ThreadKind.RESOLUTION, "negotiated"),
        ("Lawmakers were nearing a vote on the fishing bill.", ThreadKind.RESOLUTION, "expected"),
        ("The harbour board has come under criticism for its silence.", ThreadKind.BLAME, "accused"),
        ("Torvek rejected the notion that he was late.", ThreadKind.BLAME, "denied"),
        ("Lomund has frozen all business deals with Tarsova.", ThreadKind.SANCTION, "imposed"),
        ("The council is to hold a vote on imposing sanctions on Tarsova.", ThreadKind.SANCTION, "threatened"),
        ("The council's members spoke on the eve of the vote on the draft resolution.", ThreadKind.RESOLUTION, "expected"),
        ("Officials said that delicate discussions with Tarsova were going on.", ThreadKind.TALKS, "opened"),
        ("A grand jury was convened for the inquiry.", ThreadKind.INVESTIGATION, "opened"),
        ("Torvek spoke of the police investigation into the fire.", ThreadKind.INVESTIGATION, "opened"),
        ("The bill drew criticism from farmers.", ThreadKind.BLAME, "accused"),
        ("The guard said that he had fired in self-defence.", ThreadKind.BLAME, "denied"),
        ("Dessen called that a mischaracterization.", ThreadKind.BLAME, "denied"),
        ("The lower house approved the water bill 61-40.", ThreadKind.RESOLUTION, "adopted"),
        ("The water bill, passed 61-40, goes to the senate.", ThreadKind.RESOLUTION, "voted"),
        ("Passage of the water bill came after the senate had sat all night.", ThreadKind.RESOLUTION, "adopted"),
        ("Ballistics tests showed that the bullet had struck a wall.", ThreadKind.INVESTIGATION, "found"),
        ("The two guards were questioned by a magistrate on Monday.", ThreadKind.INVESTIGATION, "opened"),
        ("The report documents how aid was stolen, and the inquiry goes on.", ThreadKind.INVESTIGATION, "found"),
        ("Rebel troops are closing in on the town.", ThreadKind.GROUND_CONTROL, "attacked"),
        ("The mayor welcomed the liberation of Belmar.", ThreadKind.GROUND_CONTROL, "retaken"),
        ("Helicopters have been dropping barrel bombs on Osk.", ThreadKind.AIR_CAMPAIGN, "started"),
        ("Jets carried out a precision strike on the depot.", ThreadKind.AIR_CAMPAIGN, "started"),
        ("All sides must allow aid convoys access to Quell.", ThreadKind.SIEGE_AID, "access_asked"),
        ("The minister was glad of the delivery of food and other aid to Quell.", ThreadKind.SIEGE_AID, "delivered"),
        ("The envoy welcomed the unanimous adoption of council resolution 2254.", ThreadKind.RESOLUTION, "adopted"),
        ("The commission's damning report on the inquiry came out on Monday.", ThreadKind.INVESTIGATION, "found"),
    ],
)
def test_a_state_is_told(sentence: str, kind: ThreadKind, state: str) -> None:
    assert state in states(threads(sentence), kind)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Relief crews dug for people who were trapped under the rubble.", ThreadKind.SIEGE_AID),
        ("Aid was flown in after a collapsed hotel left nine guests trapped in its lift.", ThreadKind.SIEGE_AID),
        ("The road to the harbour lies along the wall, a claim of the guide.", ThreadKind.BLAME),
        ("Torvek met the doctors before he went into a coma.", ThreadKind.VISIT),
        ("More aid and support is needed, the mayor said.", ThreadKind.ALLIANCE),
        ("The first 700 tents for the meeting arrived in Kessel on Monday.", ThreadKind.VISIT),
        ("No one can deny that the winter was hard.", ThreadKind.BLAME),
        ("Relations are run by a council as opposed to a king.", ThreadKind.ALLIANCE),
        ("Donations will support the work of nine charities.", ThreadKind.ALLIANCE),
    ],
)
def test_no_state_is_told(sentence: str, kind: ThreadKind) -> None:
    assert not states(threads(sentence), kind)


@pytest.mark.parametrize(
    ("sentence", "kind", "state"),
    [
        ("Kessaria is expected to veto the draft resolution.", ThreadKind.RESOLUTION, "vetoed"),
        ("The envoy urged both armies to agree on a ceasefire.", ThreadKind.TRUCE, "agreed"),
        ("The truce would collapse without the new border posts.", ThreadKind.TRUCE, "collapsed"),
        ("Torvek may visit Lomund.", ThreadKind.VISIT, "held"),
        ("The rebels failed to capture the town of Belmar.", ThreadKind.GROUND_CONTROL, "taken"),
        ("Aid convoys should reach Quell on Sunday.", ThreadKind.SIEGE_AID, "delivered"),
        ("Lomund could impose sanctions on three banks.", ThreadKind.SANCTION, "imposed"),
        ("The museum called for volunteers.", ThreadKind.INVESTIGATION, "called_for"),
        ("The convoy was turned back at the gates of Quell while rebels watched.", ThreadKind.ALLIANCE, "backs"),
        ("Supporters said the men were shot in the back.", ThreadKind.ALLIANCE, "backs"),
        ("The opposition Harbour Party asked for help.", ThreadKind.ALLIANCE, "opposes"),
        ("Tarsova still held 31 soldiers after the fighting.", ThreadKind.GROUND_CONTROL, "disputed"),
        ("The government denied blocking the aid convoy.", ThreadKind.SIEGE_AID, "refused"),
        ("The envoy called on the government to allow aid into Quell.", ThreadKind.SIEGE_AID, "granted"),
        ("The ministry facilitates the delivery of humanitarian aid.", ThreadKind.SIEGE_AID, "delivered"),
        ("Parliament failed to override the veto of the law.", ThreadKind.RESOLUTION, "vetoed"),
        ("Torvek rejected the amnesty as a trick.", ThreadKind.BLAME, "denied"),
        ("Shelling resumed on Tuesday, with both sides blaming the other.", ThreadKind.BLAME, "accused"),
        ("The minister said the border would stay closed until the shelling stopped.", ThreadKind.AIR_CAMPAIGN, "paused"),
        ("Gunmen seized a bus with 31 passengers near Osk.", ThreadKind.GROUND_CONTROL, "taken"),
        ("The swap was put off, with each side blaming the other.", ThreadKind.BLAME, "accused"),
    ],
)
def test_a_state_that_is_only_foreseen_or_negated_is_not_told(sentence: str, kind: ThreadKind, state: str) -> None:
    assert state not in states(threads(sentence), kind)


def test_the_tally_of_a_vote_is_a_fact() -> None:
    text = "The council rejected the draft. Nine states voted in favour of the resolution and 2 against."
    reading = report(
        "a",
        text,
        figures=[
            {"words": "Nine states", "kind": "votes_for", "best": 9.0, "of": 15.0},
            {"words": "2 against", "kind": "votes_against", "best": 2.0},
        ],
    )
    found = follow_threads(case_of(reading), (), (), ())
    voted = [s for t in found for s in t.states if s.state == "voted"]
    assert voted[0].facts["tally"] == {"for": 9, "against": 2, "of": 15}


@pytest.mark.parametrize("with_figures", [True, False])
def test_seats_of_the_council_are_not_votes_in_favour(with_figures: bool) -> None:
    figures = [
        {"words": "Seven states", "kind": "votes_for", "best": 7.0, "of": 12.0},
        {"words": "only three", "kind": "votes_against", "best": 3.0},
    ]
    text = "The council rejected the draft resolution. Seven states out of 12 voted in favour, only three against."
    found = follow_threads(case_of(report("a", text, figures=figures if with_figures else [])), (), (), ())
    told = [s.facts["tally"] for t in found for s in t.states if "tally" in s.facts]
    assert told
    assert all(tally.get("for", 7) == 7 and tally["against"] == 3 and tally["of"] == 12 for tally in told)


def test_somebody_travels_on_a_visit() -> None:
    text = "Torvek went to Lomund for talks with its president. Nine lorries arrived in Lomund on Monday."
    found = [t for t in threads(text, names={"Torvek": EntityType.PERSON}) if t.kind is ThreadKind.VISIT]
    assert [(s.state, len(s.evidence)) for t in found for s in t.states] == [("held", 1)]


def test_what_is_not_reported_is_asked() -> None:
    found = threads("Torvek is expected to visit Lomund next week.")
    assert any("took place" in q for t in found for q in t.open_questions)


def test_visits_of_different_people_are_different_threads() -> None:
    names = {"Torvek": EntityType.PERSON, "Dessen": EntityType.PERSON}
    found = threads("Torvek called off his trip to Lomund. Dessen arrived in Kessel.", names=names)
    assert len([t for t in found if t.kind is ThreadKind.VISIT]) == 2


def test_a_word_within_a_name_tells_no_state() -> None:
    found = threads("The Kessel Liberation Front said fighting went on.", names={"Kessel Liberation Front": EntityType.GROUP})
    assert "retaken" not in states(found, ThreadKind.GROUND_CONTROL)


def test_who_is_done_something_to_is_not_who_does_it() -> None:
    found = threads("The village of Osk was captured by rebels.", names={"Osk": EntityType.GPE})
    assert [s.by for t in found for s in t.states if s.state == "taken"] == [()]


def test_a_plan_comes_before_its_end_whatever_day_it_is_for() -> None:
    names = {"Torvek": EntityType.PERSON}
    planned = report("a", "Torvek is due to visit Lomund on 16 May.", names=names, published="2031-05-10")
    off = report("b", "Torvek called off his trip to Lomund.", names=names, published="2031-05-14")
    found = follow_threads(case_of(planned, off), (), (), ())
    assert [s.state for t in found for s in t.states] == ["planned", "called_off"]


def test_votes_of_two_days_are_two_votes() -> None:
    one = report("a", "Parliament passed the bill by 70 votes to 50 with 6 abstentions.", published="2031-05-02")
    two = report("b", "Deputies voted on the bill on Monday. The vote was 61 to 66.", published="2031-05-13")
    found = follow_threads(case_of(one, two), (), (), ())
    tallies = [s.facts["tally"] for t in found for s in t.states if s.state == "voted"]
    assert tallies == [{"for": 70, "against": 50, "abstained": 6}, {"for": 61, "against": 66}]


def test_an_exchange_of_prisoners_is_called_so() -> None:
    found = threads("Tarsova and Veldania exchanged 40 prisoners at the bridge.")
    assert [t.title for t in found if t.kind is ThreadKind.OFFER] == ["Exchange of prisoners"]


def test_shelling_is_called_so() -> None:
    found = threads("Shelling of the village resumed on Tuesday.")
    assert [t.title for t in found if t.kind is ThreadKind.AIR_CAMPAIGN] == ["Shelling"]


def test_who_speaks_of_himself_is_who_does_it() -> None:
    names = {"KERN": EntityType.GPE, "Anto Revik": EntityType.PERSON}
    said = [{"who": "Anto Revik", "cue": "said", "content": "that he would not travel to Lomund"}]
    reading = report("a", "KERN - Anto Revik said on Saturday that he would not travel to Lomund.", names=names, said=said)
    found = follow_threads(case_of(reading), (), (), ())
    assert [t.title for t in found if t.kind is ThreadKind.VISIT] == ["Visit: Anto Revik"]


def test_the_codebook_names_only_known_states() -> None:
    assert {r.kind for r in thread_rules()} == set(ThreadKind)


def test_a_word_of_war_in_passing_is_no_war() -> None:
    talk = " ".join(f"The council of Kessel spoke on item {n} of its budget for schools and roads." for n in range(60))
    passing = threads(f"The mayor felt trapped and under siege by creditors. {talk}")
    assert not any(t.kind is ThreadKind.SIEGE_AID for t in passing)
    told = threads("The army has besieged the town. Food is cut off and thousands are trapped inside the besieged town.")
    assert any(t.kind is ThreadKind.SIEGE_AID for t in told)


def test_processes_that_most_reports_tell_of_come_first() -> None:
    names = {"Torvek": EntityType.PERSON, "Dessen": EntityType.PERSON}
    one = report("a", "Dessen arrived in Kessel. Torvek called off his trip to Lomund.", names=names)
    two = report("b", "Torvek has called off his trip to Lomund, officials said.", names=names)
    found = follow_threads(case_of(one, two), (), (), ())
    assert [len({e.document for e in t.evidence}) for t in found] == [2, 1]
    assert [t.id for t in found] == ["thread-1", "thread-2"]


@pytest.mark.parametrize(
    ("sentence", "kind", "state"),
    [
        ("Support for Torvek rose to 44 percent in the latest poll.", ThreadKind.ALLIANCE, "backs"),
        ("The Red Cross will provide support to women who were hurt.", ThreadKind.ALLIANCE, "backs"),
        ("The union supports the ban on imports of steel from Tarsova.", ThreadKind.ALLIANCE, "backs"),
        ("The patrols of Osk were backed up by many of the 1,600 officers.", ThreadKind.ALLIANCE, "backs"),
        ("The regatta, during which Torvek had visited Lomund, passed off without a quarrel.", ThreadKind.VISIT, "called_off"),
        ("Torvek warned that the meeting in Lomund could be cancelled at any time.", ThreadKind.VISIT, "called_off"),
        ("The mayor said that the situation in the town was under control.", ThreadKind.GROUND_CONTROL, "taken"),
        ("Everybody came running to the barracks to find safe passage.", ThreadKind.OFFER, "made"),
        ("All sides must allow aid convoys access to Quell.", ThreadKind.SIEGE_AID, "granted"),
        ("The union will pursue a return to the negotiating table.", ThreadKind.TALKS, "resumed"),
        ("The governor plans to sign the fishing bill.", ThreadKind.RESOLUTION, "adopted"),
        ("State television ran a campaign of lies and slander.", ThreadKind.BLAME, "denied"),
        ("The council is to hold a vote on imposing sanctions on Tarsova.", ThreadKind.SANCTION, "imposed"),
        ("The opposition called for an investigation into the fire.", ThreadKind.INVESTIGATION, "opened"),
        ("Residents wished for an independent inquiry.", ThreadKind.INVESTIGATION, "found"),
        ("The committee was scheduled to meet in Lomund.", ThreadKind.VISIT, "planned"),
        ("The step brings the parties closer to starting talks.", ThreadKind.TALKS, "opened"),
        ("The council gave its support for new talks on the canal.", ThreadKind.ALLIANCE, "backs"),
        ("Dessen was charged with keeping the lamps lit.", ThreadKind.BLAME, "accused"),
        ("They mean to rebuild after the liberation of Belmar.", ThreadKind.GROUND_CONTROL, "retaken"),
        ("Senators urged Torvek to cancel the summit in Lomund.", ThreadKind.VISIT, "called_off"),
        ("If nobody listens, the summit in Lomund should be cancelled.", ThreadKind.VISIT, "called_off"),
        ("“Cancel the meeting in Lomund now,” Dessen wrote.", ThreadKind.VISIT, "called_off"),
        ("Torvek will speak with the mayor on his visit to Lomund.", ThreadKind.VISIT, "held"),
        ("Kessel tested its rockets in defiance of warnings and sanctions.", ThreadKind.SANCTION, "threatened"),
        ("The council adopted new sanctions on Tarsova.", ThreadKind.SANCTION, "threatened"),
        ("Torvek, who has supported the growth of the port, resigned.", ThreadKind.ALLIANCE, "backs"),
        ("Many oppose the activity, and the mayor said so.", ThreadKind.ALLIANCE, "opposes"),
        ("The council opposes the new targets, as does Tarsova.", ThreadKind.ALLIANCE, "opposes"),
        ("A full inquiry should be launched into the damage.", ThreadKind.INVESTIGATION, "opened"),
        ("The slow advancement of the rebels' agenda went on under the army.", ThreadKind.OFFENSIVE, "reduced"),
        ("Smoke and other emissions are blamed for the warmer winters.", ThreadKind.BLAME, "accused"),
    ],
)
def test_what_only_sounds_like_a_state_is_none(sentence: str, kind: ThreadKind, state: str) -> None:
    assert state not in states(threads(sentence), kind)


def test_who_will_go_somewhere_to_speak_plans_a_visit() -> None:
    found = threads("Dessen will go to Lomund to address the senate.", names={"Dessen": EntityType.PERSON})
    assert states(found, ThreadKind.VISIT) == {"planned"}


def test_the_month_of_may_is_no_doubt() -> None:
    assert "adopted" in states(threads("On May 3 parliament passed a law on foreign donations."), ThreadKind.RESOLUTION)
    assert "adopted" not in states(threads("By then parliament may have passed the law on donations."), ThreadKind.RESOLUTION)


def said(text: str, content: str, stance: str) -> set[str]:
    names = {"Torvek": EntityType.PERSON, "Dessen": EntityType.PERSON}
    quote = {"who": "Torvek", "content": content, "stance": stance, "about": ["Dessen"]}
    return states(follow_threads(case_of(report("a", text, names=names, said=[quote])), (), (), ()), ThreadKind.BLAME)


def test_who_accuses_lays_something_to_a_charge() -> None:
    assert said("“Dessen has betrayed the port,” said Torvek.", "Dessen has betrayed the port", "accuse") == {"accused"}
    assert not said("“Dessen has a bigger port than mine,” said Torvek.", "Dessen has a bigger port than mine", "accuse")


def test_who_rejects_an_offer_denies_nothing() -> None:
    assert not said("Torvek brushed aside the offer of talks with Dessen.", "the offer of talks with Dessen", "deny")


def test_who_is_met_is_on_the_visit_not_who_is_named_before() -> None:
    names = {"Rask": EntityType.PERSON, "Torvek": EntityType.PERSON}
    found = threads("Officials heard it from Rask days before the planned summit with Torvek.", names=names)
    assert [t.title for t in found if t.kind is ThreadKind.VISIT] == ["Visit: Torvek"]


def test_laws_of_two_houses_are_two_laws() -> None:
    names = {"the Lomund senate": EntityType.ORGANIZATION, "the Karsa assembly": EntityType.ORGANIZATION}
    one = "On May 3 the Lomund senate passed a law on foreign donations."
    two = "In a bid to please its farmers, the Karsa assembly adopted a resolution about wool."
    found = threads(f"{one} {two}", names=names)
    adopted = [s for t in found if t.kind is ThreadKind.RESOLUTION for s in t.states if s.state == "adopted"]
    assert len(adopted) == 2


def test_a_charge_of_another_year_is_not_made_in_that_year() -> None:
    found = threads("Torvek accused the council of having sold the quay in the year 2029.", names={"Torvek": EntityType.PERSON})
    assert [s.when.start for t in found for s in t.states if s.when is not None] == [None]


def test_who_is_named_behind_by_is_who_did_it() -> None:
    names = {"Rask": EntityType.PERSON, "Tarsova": EntityType.GPE, "Veldania": EntityType.GPE}
    text = "Rask spoke of the truce announced by Tarsova and Veldania on Monday."
    case = case_of(report("a", text, names=names))
    by = {a.id: a.name for a in case.actors.actors}
    found = follow_threads(case, (), (), ())
    assert [[by[b] for b in s.by] for t in found for s in t.states if s.state == "agreed"] == [["Tarsova", "Veldania"]]


def test_who_is_charged_does_not_accuse() -> None:
    found = threads("Torvek, charged with theft, was held in Lomund.", names={"Torvek": EntityType.PERSON})
    assert [s.by for t in found for s in t.states if s.state == "accused"] == [()]


def test_the_count_behind_passed_is_a_tally() -> None:
    found = threads("The water bill cleared the lower house at dawn. The bill, passed 61-40, goes to the senate.")
    voted = [s for t in found for s in t.states if s.state == "voted"]
    assert [s.facts["tally"] for s in voted] == [{"for": 61, "against": 40}]


def test_two_who_meet_are_on_one_visit() -> None:
    names = {"Torvek": EntityType.PERSON, "Rask": EntityType.PERSON}
    text = (
        "Torvek met Rask in Lomund. Rask arrived in Lomund on Monday. Torvek had flown to Lomund on Sunday. Torvek toured the port."
    )
    acts = [{"type": "CONSULT", "words": "met Rask in", "actor": "Torvek", "recipient": "Rask"}]
    reading = with_events(report("a", text, names=names), *acts)
    event = reading.events[0]
    both = msgspec.structs.replace(event, actors=(*event.actors, *event.recipients), recipients=())
    found = follow_threads(case_of(msgspec.structs.replace(reading, events=(both,))), (), (), ())
    assert [t.title for t in found if t.kind is ThreadKind.VISIT] == ["Visit: Rask, Torvek"]


def vetoed(name: str, words: str, start: str, end: str) -> Reading:
    text = f"{words} Kessaria vetoed the draft resolution on aid to Quell."
    when = When(text=words, start=start, end=end, basis=Basis.RELATIVE)
    given = {"type": "REJECT", "label": "veto", "words": "vetoed", "actor": "Kessaria", "when": when}
    return with_events(report(name, text, names={"Kessaria": EntityType.GPE}), given)


def test_a_week_is_told_with_the_day_of_it_that_others_tell() -> None:
    day = vetoed("a", "On Saturday", "2031-05-10", "2031-05-10")
    week = vetoed("b", "Last week", "2031-05-05", "2031-05-11")
    other = vetoed("c", "Last week", "2031-04-28", "2031-05-04")
    found = [t for t in follow_threads(case_of(day, week, other), (), (), ()) if t.kind is ThreadKind.RESOLUTION]
    told = [(s.when.start, sorted(e.document for e in s.evidence)) for s in found[0].states if s.state == "vetoed" and s.when]
    assert told == [("2031-04-28", ["c"]), ("2031-05-10", ["a", "b"])]


def test_a_long_quotation_denies_in_the_sentence_that_does() -> None:
    first, second = "“There is no doubt where they were taken.", "It is not true that they crossed the line,”"
    text = f"{first} {second} Jon Marr said."
    at = text.index(second)
    parts = (
        SaidPart(span=Span(0, len(first)), stance=Stance.ASSERT),
        SaidPart(span=Span(at, at + len(second)), stance=Stance.DENY),
    )
    said = {"who": "Jon Marr", "cue": "said", "content": f"{first} {second}", "stance": Stance.DENY, "denied": True, "parts": parts}
    view = view_of(case_of(report("a", text, names={"Jon Marr": EntityType.PERSON}, said=[said])))
    denials = [s for s in sightings(view) if s.state == "denied"]
    assert [s.sentence.text[:5] for s in denials] == ["It is"]
    assert denials[0].voice is not None
    assert [s.of(text) for s in denials[0].voice.content] == [second]


def test_a_flight_that_is_due_is_no_visit() -> None:
    assert not [t for t in threads("The flight was scheduled to arrive in Velm on 14 May.") if t.kind is ThreadKind.VISIT]


@pytest.mark.parametrize("told", ["captured from the army in Velm", "seized in the town of Belmar"])
def test_guns_that_are_captured_are_no_ground(told: str) -> None:
    found = threads(f"Rebels hold batteries {told}.")
    assert "taken" not in states(found, ThreadKind.GROUND_CONTROL)


@pytest.mark.parametrize(
    ("sentence", "kind", "state"),
    [
        ("The seaside assaults renew old quarrels over Vesk's ferries, officials in Osk say.", ThreadKind.OFFENSIVE, "ended"),
        ("The harbour chief is under pressure over his slow response to the assaults.", ThreadKind.OFFENSIVE, "reduced"),
        ("The prosecutor doubts the ballistic missile programme, he said.", ThreadKind.INVESTIGATION, "found"),
        ("The note does not deny that the harbour board took the money.", ThreadKind.BLAME, "denied"),
        ("Torvek's office would neither confirm nor deny any involvement.", ThreadKind.BLAME, "denied"),
        ("Torvek stopped short of denying the report.", ThreadKind.BLAME, "denied"),
        ("Torvek misread the tide tables as he left.", ThreadKind.BLAME, "denied"),
        (
            "Torvek rejected claims that the fishing law sanctioned discrimination against islanders.",
            ThreadKind.SANCTION,
            "imposed",
        ),
        ("The union is fighting to protect Osk's pensions.", ThreadKind.ALLIANCE, "backs"),
        ("Asked about possible harbour talks with Vesk, Torvek shrugged.", ThreadKind.TALKS, "called"),
        ("The senator told Torvek to call off the Lomund summit.", ThreadKind.TALKS, "called"),
        ("Torvek spoke minutes after the indictments against nine sailors.", ThreadKind.BLAME, "accused"),
        ("The senator wants Vesk to hand over those indicted on Friday.", ThreadKind.BLAME, "accused"),
        ("The harbour board expects to hear criticism from its members.", ThreadKind.BLAME, "accused"),
        ("Torvek said that he was making the trip to Lomund because he had no choice.", ThreadKind.VISIT, "held"),
        ("Torvek turned down an invitation to meet with senators during his trip to Lomund.", ThreadKind.VISIT, "called_off"),
        ("Torvek praised the crews as he toured a shipyard in Osk before his visit to Lomund.", ThreadKind.VISIT, "held"),
        ("The governor signed a bill like one that Torvek voted for while he was a senator.", ThreadKind.RESOLUTION, "voted"),
    ],
)
def test_what_only_holds_the_words_of_a_state_tells_none(sentence: str, kind: ThreadKind, state: str) -> None:
    names = dict.fromkeys(("Torvek",), EntityType.PERSON) | dict.fromkeys(("Lomund", "Vesk", "Osk"), EntityType.GPE)
    assert state not in states(threads(sentence, names=names), kind)


@pytest.mark.parametrize(
    ("sentence", "kind", "state"),
    [
        ("The army slowed its offensive in the north.", ThreadKind.OFFENSIVE, "reduced"),
        ("The offensive in the north is over.", ThreadKind.OFFENSIVE, "ended"),
        ("Ballistics tests showed that one rifle was used in the murder inquiry.", ThreadKind.INVESTIGATION, "found"),
        ("Torvek denied that the board took the money.", ThreadKind.BLAME, "denied"),
        ("Torvek said the law had been misconstrued as a leave to steal.", ThreadKind.BLAME, "denied"),
        ("Torvek wrote of a misperception of bias in his visit.", ThreadKind.BLAME, "denied"),
        ("Vesk sanctioned nine Lomund banks.", ThreadKind.SANCTION, "imposed"),
        ("Moscow is fighting to protect Torvek.", ThreadKind.ALLIANCE, "backs"),
        ("Nine sailors were indicted on Friday.", ThreadKind.BLAME, "accused"),
        ("The board faced criticism from its members.", ThreadKind.BLAME, "accused"),
        ("Torvek said on Monday that he was making the trip to Lomund.", ThreadKind.VISIT, "planned"),
        ("Torvek is making his first visit to Lomund.", ThreadKind.VISIT, "held"),
        ("Torvek turned down an invitation to visit Lomund.", ThreadKind.VISIT, "called_off"),
        ("Torvek toured Lomund on Monday.", ThreadKind.VISIT, "held"),
        ("The senators voted for the fishing bill.", ThreadKind.RESOLUTION, "voted"),
    ],
)
def test_what_is_told_in_earnest_is_still_a_state(sentence: str, kind: ThreadKind, state: str) -> None:
    names = dict.fromkeys(("Torvek",), EntityType.PERSON) | dict.fromkeys(("Lomund", "Vesk", "Osk", "Moscow"), EntityType.GPE)
    assert state in states(threads(sentence, names=names), kind)


ACTORS = {"Torvek": EntityType.PERSON, "Dessen": EntityType.PERSON, "Rask": EntityType.PERSON} | dict.fromkeys(
    ("Tarsova", "Veldania", "Lomund"), EntityType.GPE
)


def titles(kind: ThreadKind, *texts: str, said: object = (), published: str = "2031-05-14") -> list[str]:
    readings = [
        report(f"d{n}", text, names=ACTORS, said=said if n == 0 else (), published=published)  # type: ignore[arg-type]
        for n, text in enumerate(texts)
    ]
    return [t.title for t in follow_threads(case_of(*readings), (), (), ()) if t.kind is kind]


def test_who_backs_whom_takes_two_sides() -> None:
    assert titles(ThreadKind.ALLIANCE, "Tarsova is supporting rebels in the war.") == ["Who backs whom: Tarsova"]
    assert not titles(ThreadKind.ALLIANCE, "Relations deteriorated over the canal.")
    found = threads("Tarsova supports Torvek in the war.", names=ACTORS)
    assert [s.facts for t in found if t.kind is ThreadKind.ALLIANCE for s in t.states] == [{"whom": ["Torvek"]}]


def charge(who: str, content: str, about: str, stance: str = "accuse") -> dict[str, object]:
    return {
        "who": who,
        "content": content,
        "stance": stance,
        "about": [about],
        "cue": "accused" if stance == "accuse" else "denied",
    }


def test_charges_are_parted_by_who_is_accused() -> None:
    text = "Torvek accused Dessen of theft in Lomund. Rask accused Torvek of lies about the quay. Dessen denied any theft."
    said = [
        charge("Torvek", "Dessen of theft in Lomund", "Dessen"),
        charge("Rask", "Torvek of lies about the quay", "Torvek"),
        {**charge("Dessen", "any theft", "Torvek", "deny"), "denied": True},
    ]
    again = "Rask spoke at dawn. Rask blamed Torvek for the lies."
    assert titles(ThreadKind.BLAME, text, again, said=said) == [
        "Accusation and answer: Rask against Torvek",
        "Accusation and answer: Torvek against Dessen",
    ]


def test_what_one_report_lays_to_a_charge_once_is_no_process_beside_others() -> None:
    text = "Torvek accused Dessen of theft. Rask accused Torvek of lies."
    said = [charge("Torvek", "Dessen of theft", "Dessen"), charge("Rask", "Torvek of lies", "Torvek")]
    answered = [*said, {**charge("Dessen", "any theft", "Torvek", "deny"), "denied": True}]
    assert len(titles(ThreadKind.BLAME, text, said=said)) == 1
    found = titles(ThreadKind.BLAME, f"{text} Dessen denied any theft.", said=answered)
    assert found == ["Accusation and answer: Torvek against Dessen"]


def questions(*said: dict[str, object]) -> list[str]:
    text = "Torvek accused Dessen of theft. Dessen called it a misreading."
    found = follow_threads(case_of(report("a", text, names=ACTORS, said=said)), (), (), ())  # type: ignore[arg-type]
    return [q for t in found if t.kind is ThreadKind.BLAME for q in t.open_questions]


def test_no_answer_is_missed_of_an_accused_whose_words_are_given() -> None:
    accused = charge("Torvek", "Dessen of theft", "Dessen")
    assert questions(accused) == ["No answer of the accused is reported."]
    assert not questions(accused, {"who": "Dessen", "content": "a misreading", "stance": "assert", "cue": "called"})


def test_offers_are_parted_by_who_makes_them() -> None:
    text = "Tarsova offered to release nine captives for a truce. Veldania offered to hold talks on the canal. Veldania dismissed the offer."
    found = [t for t in threads(text, names=ACTORS) if t.kind is ThreadKind.OFFER]
    assert [[s.state for s in t.states] for t in found] == [["made", "refused"], ["made"]]


def test_who_makes_an_offer_does_not_refuse_it() -> None:
    names = {"Tarsova": EntityType.GPE, "Rask": EntityType.PERSON}
    reading = report("a", "Rask dismissed Tarsova's offer to hold talks.", names=names)
    act = with_events(reading, {"type": "REJECT", "words": "dismissed", "actor": "Rask"}).events[0]
    both = msgspec.structs.replace(
        act, actors=(*act.actors, *with_events(reading, {"words": "offer", "actor": "Tarsova"}).events[0].actors)
    )
    case = case_of(msgspec.structs.replace(reading, events=(both,)))
    by = {a.id: a.name for a in case.actors.actors}
    found = follow_threads(case, (), (), ())
    assert [[by[b] for b in s.by] for t in found for s in t.states if s.state == "refused"] == [["Rask"]]


def test_who_is_under_sanctions_does_not_impose_them() -> None:
    text = "Lomund imposed new sanctions on Tarsova. Tarsova shrugged off a raft of sanctions."
    case = case_of(report("a", text, names=ACTORS))
    by = {a.id: a.name for a in case.actors.actors}
    found = [t for t in follow_threads(case, (), (), ()) if t.kind is ThreadKind.SANCTION]
    assert {by[b] for t in found for s in t.states if s.state == "imposed" for b in s.by} == {"Lomund"}


def test_a_journey_made_is_not_the_one_that_is_still_planned() -> None:
    names = {"Torvek": EntityType.PERSON}
    past = {
        "type": "CONSULT",
        "words": "meeting",
        "actor": "Torvek",
        "when": When(start="2031-05-05", end="2031-05-10", basis=Basis.RELATIVE),
    }
    text = "Torvek spent last week meeting his allies in Kessel. Torvek is due to visit Lomund."
    reading = with_events(report("a", text, names=names), past)
    found = [t for t in follow_threads(case_of(reading), (), (), ()) if t.kind is ThreadKind.VISIT]
    assert sorted([s.state for s in t.states] for t in found) == [["held"], ["planned"]]
    early = report("b", "Torvek is due to visit Kessel.", names=names, published="2031-05-02")
    found = [t for t in follow_threads(case_of(reading, early), (), (), ()) if t.kind is ThreadKind.VISIT]
    assert len(found) == 1


def test_an_offer_is_made_when_it_is_told_whatever_day_it_is_for() -> None:
    names = {"Tarsova": EntityType.GPE, "Rask": EntityType.PERSON}
    text = "Tarsova replied with an offer to hold talks on 19 May. Rask dismissed the offer."
    ahead = {"type": "CONSULT", "words": "talks", "actor": "Tarsova", "when": day_of("2031-05-19")}
    found = follow_threads(case_of(with_events(report("a", text, names=names), ahead)), (), (), ())
    told = [(s.state, s.when.end if s.when else None) for t in found if t.kind is ThreadKind.OFFER for s in t.states]
    assert told == [("made", "2031-05-14"), ("refused", "2031-05-14")]


def day_of(day: str) -> When:
    return When(start=day, end=day, basis=Basis.STATED)


@pytest.mark.parametrize(
    "told", ["Tarsova welcomed the proposal.", "Rask spoke of support for the proposal.", "Rask backed the idea of an offer."]
)
def test_a_welcome_is_no_acceptance(told: str) -> None:
    assert "accepted" not in states(threads(f"The rebels made a proposal of peace. {told}"), ThreadKind.OFFER)
    assert "accepted" in states(threads("The rebels made a proposal of peace. Tarsova accepted the proposal."), ThreadKind.OFFER)


def test_a_spokesman_answers_for_his_country() -> None:
    names = {"Tarsova": EntityType.GPE, "Veldania": EntityType.GPE}
    text = "Tarsova accused Veldania of theft. Veldania spoke of a misreading."
    said = [charge("Tarsova", "Veldania of theft", "Veldania"), {"who": "Veldania", "content": "a misreading", "stance": "assert"}]
    found = follow_threads(case_of(report("a", text, names=names, said=said)), (), (), ())
    assert [t.open_questions for t in found if t.kind is ThreadKind.BLAME] == [()]


def test_laws_that_two_people_sign_are_two_laws() -> None:
    names = {"Torvek": EntityType.PERSON, "Rask": EntityType.PERSON}
    old = {
        "type": "AGREE",
        "words": "signed a like",
        "actor": "Rask",
        "when": When(start="2003-01-01", end="2003-12-31", basis=Basis.STATED),
    }
    text = "Torvek signed the fishing bill, which Torvek calls the law of the isles. Rask in 2003 signed a like bill into law."
    again = "Torvek pointed to a law. Rask signed that fishing bill, the law of the isles."
    case = case_of(with_events(report("a", text, names=names), old), report("b", again, names=names))
    by = {a.id: a.name for a in case.actors.actors}
    found = [t for t in follow_threads(case, (), (), ()) if t.kind is ThreadKind.RESOLUTION]
    adopted = [
        ([by[b] for b in s.by], sorted(e.document for e in s.evidence)) for t in found for s in t.states if s.state == "adopted"
    ]
    assert adopted == [(["Rask"], ["a", "b"]), (["Torvek"], ["a"])]


def test_how_an_offer_was_answered_is_asked_only_where_no_answer_is_told() -> None:
    def asked(text: str) -> list[str]:
        found = threads(text, names=ACTORS)
        return [q for t in found if t.kind is ThreadKind.OFFER for q in t.open_questions]

    assert asked("Tarsova offered to release nine captives.") == ["How the offer was answered is not reported."]
    assert not asked("Tarsova offered to release nine captives. Veldania welcomed the step by Tarsova.")


def test_who_is_on_a_visit_is_a_person() -> None:
    names = {"Torvek": EntityType.PERSON, "Lomund Board": EntityType.ORGANIZATION, "Tarsovan envoys": EntityType.GROUP}

    def visits(who: str) -> list[str]:
        reading = report("a", f"{who} landed in Kessel for talks.", names=names)
        act = {"type": "CONSULT", "words": "landed", "actor": who}
        return [t.title for t in follow_threads(case_of(with_events(reading, act)), (), (), ()) if t.kind is ThreadKind.VISIT]

    assert [visits(who) for who in names] == [["Visit: Torvek"], [], ["Visit: Tarsovan envoys"]]


def test_who_else_was_somewhere_is_no_process_beside_a_visit_that_is_followed() -> None:
    names = {"Torvek": EntityType.PERSON, "Rask": EntityType.PERSON}
    aside = "Rask visited Osk."
    text = "Torvek is expected to visit Kessel. Torvek arrived in Kessel. Torvek toured Kessel."
    assert len([t for t in threads(f"{text} {aside}", names=names) if t.kind is ThreadKind.VISIT]) == 1
    assert len([t for t in threads(f"Torvek toured Kessel. {aside}", names=names) if t.kind is ThreadKind.VISIT]) == 2


def test_nobody_asks_how_a_visit_went_that_lies_ahead_of_all_reports() -> None:
    names = {"Torvek": EntityType.PERSON}

    def asked(on: str) -> list[str]:
        ahead = {"type": "CONSULT", "words": "visit", "actor": "Torvek", "when": day_of(on), "status": "planned"}
        reading = with_events(report("a", "Torvek is expected to visit Kessel.", names=names), ahead)
        return [q for t in follow_threads(case_of(reading), (), (), ()) for q in t.open_questions]

    assert asked("2031-05-13")
    assert not asked("2031-05-20")


def test_who_is_heading_somewhere_plans_a_visit() -> None:
    found = threads("Torvek is heading to Kessel on Monday to meet its mayor.", names={"Torvek": EntityType.PERSON})
    assert "planned" in states(found, ThreadKind.VISIT)


def test_who_invites_the_traveller_is_on_his_visit() -> None:
    names = {"Torvek": EntityType.PERSON, "Rask": EntityType.PERSON}
    text = "Rask welcomed the planned trip of Torvek to Kessel. Torvek plans to visit Kessel. Torvek will visit Kessel soon."
    reading = with_events(
        report("a", text, names=names), {"type": "CONSULT", "words": "trip", "actor": "Rask", "status": "planned"}
    )
    guest = with_events(reading, {"words": "trip", "actor": "Torvek"}).events[0].actors
    host = msgspec.structs.replace(reading.events[0], actors=(*reading.events[0].actors, *guest))
    found = follow_threads(case_of(msgspec.structs.replace(reading, events=(host,))), (), (), ())
    assert [t.title for t in found if t.kind is ThreadKind.VISIT] == ["Visit: Torvek, Rask"]


def test_what_one_sentence_of_several_reports_tells_is_no_process() -> None:
    aside = "Torvek offered to mediate between the rebels and the army."
    rest = ("The harbour of Osk was closed.", "The quay of Osk was repaired.")
    assert not [t for t in threads(aside, *rest) if t.kind is ThreadKind.OFFER]
    assert [t for t in threads(aside, aside, *rest) if t.kind is ThreadKind.OFFER]
    assert [t for t in threads(aside, rest[0]) if t.kind is ThreadKind.OFFER]


def test_one_word_of_war_in_a_long_report_is_no_war() -> None:
    talk = " ".join(f"The council of Kessel spoke on item {n} of its budget for schools and roads." for n in range(40))
    assert not any(t.kind is ThreadKind.SIEGE_AID for t in threads(f"Relief lorries reached the besieged town. {talk}"))


@pytest.mark.parametrize(
    ("sentence", "is_offer"),
    [
        ("The general announced an amnesty for rebels who lay down their arms.", True),
        ("The amnesty offer to the rebels ends on Monday.", True),
        ("Torvek is no friend of amnesty, the rebels say.", False),
        ("Torvek would grant an amnesty to undocumented workers, rebels in his party say.", False),
    ],
)
def test_an_amnesty_is_an_offer_where_it_is_given_to_fighters(sentence: str, *, is_offer: bool) -> None:
    assert ("made" in states(threads(sentence), ThreadKind.OFFER)) is is_offer


def test_who_denies_a_charge_that_names_nobody_answers_it() -> None:
    charged = "Critics warn that the ferry law lets captains leave the poor behind on the quay."
    text = f"{charged} Dessen denied that the ferry law lets captains leave anybody behind."
    said = [{**charge("Dessen", "that the ferry law lets captains leave anybody behind", "Torvek", "deny"), "denied": True}]
    assert titles(ThreadKind.BLAME, text, said=said) == ["Accusation and answer: against Dessen"]
    other = f"{charged} Dessen denied that he had sold nine boats to Lomund."
    said = [{**charge("Dessen", "that he had sold nine boats to Lomund", "Torvek", "deny"), "denied": True}]
    assert len(states(follow_threads(case_of(report("a", other, names=ACTORS, said=said)), (), (), ()), ThreadKind.BLAME)) == 1
