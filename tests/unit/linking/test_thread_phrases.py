"""Phrases by which sentences tell states of processes, and those that only look like it."""

import pytest

from crossread.linking.threads import follow_threads
from crossread.records import ThreadState
from crossread.vocabulary import EntityType, ThreadKind
from tests.unit.linking.reports import case_of, report

NAMES = {"Torvek": EntityType.PERSON, "Dessen": EntityType.PERSON, "Tarsova": EntityType.GPE, "Lomund": EntityType.GPE}


def of_kind(kind: ThreadKind, text: str, **options: object) -> list[ThreadState]:
    reading = report("a", text, **{"names": NAMES, **options})  # type: ignore[arg-type]
    return [s for t in follow_threads(case_of(reading), (), (), ()) for s in t.states if t.kind is kind]


@pytest.mark.parametrize(
    ("sentence", "kind", "state"),
    [
        ("The senate killed an 80 million crown harbour plan on Monday.", ThreadKind.RESOLUTION, "vetoed"),
        ("Lawmakers wrangled over the wording of the fishing bill.", ThreadKind.RESOLUTION, "negotiated"),
        ("Leaders of both houses of congress reached a compromise on the fishing bill.", ThreadKind.RESOLUTION, "negotiated"),
        ("Delegates were negotiating the constitution clause by clause.", ThreadKind.RESOLUTION, "negotiated"),
        ("The draft constitution names two official languages.", ThreadKind.RESOLUTION, "drafted"),
        ("The constitution goes to parliament, and a referendum is due in October.", ThreadKind.RESOLUTION, "expected"),
        ("The rebels gave Torvek until May 9 to open peace talks.", ThreadKind.TALKS, "called"),
        ("Efforts by Torvek to sponsor peace talks went on.", ThreadKind.TALKS, "called"),
        ("An envoy of Torvek would hold talks with the rebels.", ThreadKind.TALKS, "called"),
        ("The talks went on, but an impasse over the canal remained.", ThreadKind.TALKS, "suspended"),
        ("Air raids on the port killed nine people.", ThreadKind.AIR_CAMPAIGN, "started"),
        ("Army planes bombed the rebel-held port of Osk.", ThreadKind.AIR_CAMPAIGN, "started"),
        ("Flooded roads blunted an army offensive in the hills.", ThreadKind.OFFENSIVE, "reduced"),
        ("The bill was panned by farmers as a stunt.", ThreadKind.BLAME, "accused"),
        ("Torvek was in Lomund for a summit of port cities.", ThreadKind.VISIT, "held"),
        ("Torvek spoke after meeting Dessen in the old town.", ThreadKind.VISIT, "held"),
        ("Torvek would meet Dessen on May 19, an aide said.", ThreadKind.VISIT, "planned"),
        ("Torvek invited the leaders of the house to meet him.", ThreadKind.VISIT, "planned"),
        ("Fighters of the Lomund-backed militia fled.", ThreadKind.ALLIANCE, "backs"),
        ("Support for Torvek came from the governments of the region.", ThreadKind.ALLIANCE, "backs"),
        ("Fishermen oppose Tarsova's regime.", ThreadKind.ALLIANCE, "opposes"),
        ("The commission's report contends that the guard was asleep.", ThreadKind.INVESTIGATION, "found"),
        ("Torvek promised a full inquiry into the fire.", ThreadKind.INVESTIGATION, "called_for"),
        ("Torvek shrugged off reports that he had made a new pledge.", ThreadKind.BLAME, "denied"),
        ("Dessen described the official version as unbelievable.", ThreadKind.BLAME, "denied"),
        ("Torvek blasted Lomund for its silence.", ThreadKind.BLAME, "accused"),
        ("Torvek left for Lomund after two days of talks with Dessen.", ThreadKind.VISIT, "held"),
        ("Torvek was due to return to Kessel on Saturday after his trip.", ThreadKind.VISIT, "planned"),
        ("Tarsova has frozen ties with Lomund over the canal.", ThreadKind.SANCTION, "imposed"),
        ("Tarsova recalled its ambassador from Lomund.", ThreadKind.SANCTION, "imposed"),
        ("Rebels live on land that the army occupied in 2017.", ThreadKind.GROUND_CONTROL, "taken"),
        ("Lomund proposed an international conference on the canal.", ThreadKind.TALKS, "called"),
        ("Nine days of talks failed to yield any deal on the canal.", ThreadKind.TALKS, "ended"),
        ("The parties so far failed to reach a deal on who is to lead.", ThreadKind.TALKS, "suspended"),
        ("The proposal for a conference was blocked by Lomund.", ThreadKind.OFFER, "refused"),
        ("The idea of a conference is gaining wide support.", ThreadKind.OFFER, "accepted"),
        ("The army has lost a wide stretch of marshland to rebels.", ThreadKind.GROUND_CONTROL, "taken"),
        ("The raid put in doubt the army's claims of retaking the town.", ThreadKind.GROUND_CONTROL, "disputed"),
        ("The envoy spoke of difficult talks with Tarsova officials.", ThreadKind.TALKS, "opened"),
        ("Torvek is winding down a visit to Lomund.", ThreadKind.VISIT, "held"),
        ("Any ceasefire must be linked to a retreat of the marines.", ThreadKind.TRUCE, "proposed"),
        ("Tarsova has banned direct sea links with Lomund since the war.", ThreadKind.SANCTION, "imposed"),
        ("The army pressed on with its faltering offensive.", ThreadKind.OFFENSIVE, "reduced"),
        ("Torvek opened the door on Sunday to talks with his rivals.", ThreadKind.TALKS, "called"),
        ("The army sealed off the northern border towns.", ThreadKind.SIEGE_AID, "besieged"),
        ("Torvek was on Sunday in Lomund for a summit of port cities.", ThreadKind.VISIT, "held"),
        ("Tarsova rapped Torvek on Monday for his absence.", ThreadKind.BLAME, "accused"),
        ("The bill that parliament read on Monday was talked out by its foes.", ThreadKind.RESOLUTION, "vetoed"),
        ("Dessen brought in a fishing bill, which the house read.", ThreadKind.RESOLUTION, "tabled"),
        ("A report published on Monday by the commission warns of fires.", ThreadKind.INVESTIGATION, "found"),
        ("Tarsova sided with Lomund, its ally.", ThreadKind.ALLIANCE, "backs"),
        ("Torvek says that Lomund gave a green light to attacks.", ThreadKind.BLAME, "accused"),
        ("The security council's Lomund-drafted statement was agreed by consensus.", ThreadKind.RESOLUTION, "adopted"),
        ("Torvek threatened that the islands would retaliate if the tariffs take effect.", ThreadKind.SANCTION, "threatened"),
        ("Tarsova and Lomund are negotiating a new fishing treaty.", ThreadKind.TALKS, "opened"),
        ("Torvek and May last met in Lomund in January.", ThreadKind.VISIT, "held"),
        ("Torvek nixed a trip to Lomund.", ThreadKind.VISIT, "called_off"),
        ("Rebels launched an attack on army positions near Osk.", ThreadKind.GROUND_CONTROL, "attacked"),
        ("The army retook Lomund from the rebels.", ThreadKind.GROUND_CONTROL, "retaken"),
        ("Two hills were captured by the rebels.", ThreadKind.GROUND_CONTROL, "taken"),
        ("Torvek called for an inquiry into the fire.", ThreadKind.INVESTIGATION, "called_for"),
        ("The envoy asked both sides to resume the talks.", ThreadKind.TALKS, "called"),
        ("The Lomund-backed militia took to the hills.", ThreadKind.ALLIANCE, "backs"),
        ("The guard insisted he was not at the gate.", ThreadKind.BLAME, "denied"),
    ],
)
def test_a_state_is_told(sentence: str, kind: ThreadKind, state: str) -> None:
    assert state in {s.state for s in of_kind(kind, sentence)}


@pytest.mark.parametrize(
    ("sentence", "kind", "state"),
    [
        ("The firm bought bonds backed by old mortgages in a deal to protect banks.", ThreadKind.ALLIANCE, "backs"),
        ("Banks that own mortgage-backed bonds support the rescue.", ThreadKind.ALLIANCE, "backs"),
        ("Aides went to rally support for a 70 million crown plan to mend Lomund bridges.", ThreadKind.ALLIANCE, "backs"),
        ("Torvek supported Dessen's account of the war with the rebels.", ThreadKind.ALLIANCE, "backs"),
        ("Police detained several opposition supporters.", ThreadKind.ALLIANCE, "backs"),
        ("Aides of Torvek were lobbying hard for passage of the fishing bill.", ThreadKind.RESOLUTION, "adopted"),
        ("Efforts to sponsor peace talks between Tarsova and Lomund went on.", ThreadKind.TALKS, "opened"),
        ("The patrols depend on progress in peace talks with Lomund.", ThreadKind.TALKS, "opened"),
        ("The party insisted that no talks should take place before the vote.", ThreadKind.TALKS, "called"),
        ("The suicide bombing of a cafe killed nine people.", ThreadKind.AIR_CAMPAIGN, "started"),
        ("A truck bombing hit the town hall.", ThreadKind.AIR_CAMPAIGN, "started"),
        ("Hundreds of demonstrators clashed with soldiers on the bridge.", ThreadKind.GROUND_CONTROL, "attacked"),
        ("The guards of the port stayed on alert for attacks by rebel forces.", ThreadKind.GROUND_CONTROL, "attacked"),
        ("Torvek says he is unaware of a meeting in Lomund.", ThreadKind.VISIT, "held"),
        ("Islanders fled after the state denied them citizenship.", ThreadKind.BLAME, "denied"),
        ("The minister said that Tarsova was going to continue to strike in self-defence.", ThreadKind.BLAME, "denied"),
        ("Somebody has to take responsibility for the fire, the mayor told reporters.", ThreadKind.BLAME, "accused"),
        ("Differences over the inquiry into the fire went on.", ThreadKind.INVESTIGATION, "opened"),
        ("Torvek suggested that the envoy of Lomund was late to call on the mayor.", ThreadKind.TALKS, "called"),
        ("Torvek is winding down a visit to Lomund.", ThreadKind.VISIT, "planned"),
        ("Tarsova's negotiator with Lomund blamed the rain.", ThreadKind.TALKS, "opened"),
        ("Tarsova suspended talks, including negotiations with Lomund on the canal.", ThreadKind.TALKS, "opened"),
        ("By shelling Osk the army took its campaign to the river.", ThreadKind.GROUND_CONTROL, "taken"),
        ("The raid put in doubt the army's claims of retaking the town.", ThreadKind.GROUND_CONTROL, "retaken"),
        ("The bombing resumed at dawn in all three towns.", ThreadKind.TRUCE, "collapsed"),
        ("The agency responsible for the harbour said that pilots were late.", ThreadKind.BLAME, "accused"),
        ("The council was glad of the Lomund-backed peace plan.", ThreadKind.ALLIANCE, "backs"),
        ("The army seized 90 rifles and a jeep.", ThreadKind.GROUND_CONTROL, "taken"),
        ("Nine terrorists were captured by the army.", ThreadKind.GROUND_CONTROL, "taken"),
        ("Rebels regained the right to vote.", ThreadKind.GROUND_CONTROL, "retaken"),
        ("The army condemned the terrorist attack.", ThreadKind.GROUND_CONTROL, "attacked"),
        (
            "The speech set off a battle between Islanders and Hillmen over the army's budget.",
            ThreadKind.GROUND_CONTROL,
            "attacked",
        ),
        ("The envoy asked both sides to resume the talks.", ThreadKind.TALKS, "resumed"),
        ("The envoy spoke of an urgent need of order in the negotiations.", ThreadKind.TALKS, "called"),
        ("Experts called to the site are investigating the fire.", ThreadKind.INVESTIGATION, "called_for"),
        ("The chief was suspended following an independent inquiry that accused him.", ThreadKind.INVESTIGATION, "called_for"),
        ("Police closed the investigation into the fire.", ThreadKind.INVESTIGATION, "opened"),
        ("The council has five permanent seats with a veto of any resolution.", ThreadKind.RESOLUTION, "vetoed"),
        ("The senate blockaded all legislation with speeches.", ThreadKind.RESOLUTION, "vetoed"),
        ("Parliament passed a 1.3 billion crown bill.", ThreadKind.RESOLUTION, "voted"),
        ("In an attempt to end sanctions, Tarsova freed a crew.", ThreadKind.SANCTION, "lifted"),
        ("Lomund split over a proposal to end an arms embargo on Tarsova.", ThreadKind.SANCTION, "threatened"),
        ("Torvek, back from a tour, received nine crowns in a letter.", ThreadKind.VISIT, "held"),
        ("The senate agreed to a relief bill for fishermen in the blockaded port.", ThreadKind.SIEGE_AID, "granted"),
        ("Torvek insisted that Lomund must not dam the river.", ThreadKind.BLAME, "denied"),
        ("A judge denied the motion of the guards.", ThreadKind.BLAME, "denied"),
        ("The Harbour Workers Self-Defence League met in Osk.", ThreadKind.BLAME, "denied"),
        (
            "Leaders stopped short of suspending talks over the suicide bombing, as no air raids came.",
            ThreadKind.AIR_CAMPAIGN,
            "paused",
        ),
        ("The officers had instigated clashes with soldiers.", ThreadKind.GROUND_CONTROL, "attacked"),
        ("Torvek urged those charged with shaping the cabinet to hurry.", ThreadKind.BLAME, "accused"),
        ("Backing the bill, Dessen of Lomund spoke for an hour.", ThreadKind.ALLIANCE, "backs"),
        ("Dessen, who opposed the Lomund war, stayed away.", ThreadKind.ALLIANCE, "opposes"),
        ("The premier may not go to war without the backing of parliament.", ThreadKind.ALLIANCE, "backs"),
        ("The premier may send troops into battle.", ThreadKind.GROUND_CONTROL, "attacked"),
        ("His policy on offers of talks creates mistrust.", ThreadKind.OFFER, "refused"),
        ("The veto-wielding members of the council spoke on the resolution.", ThreadKind.RESOLUTION, "vetoed"),
        ("The council's statement does not threaten new sanctions.", ThreadKind.SANCTION, "threatened"),
        ("Torvek extended the exemptions from his tariffs.", ThreadKind.SANCTION, "imposed"),
        ("The fund, long charged with the stability of prices, was silent.", ThreadKind.BLAME, "accused"),
        ("Torvek may have met in Lomund with Dessen.", ThreadKind.VISIT, "held"),
        ("Rebels urged a last blow to finish the peace process.", ThreadKind.TALKS, "called"),
        ("Islanders clashed with police near the army base.", ThreadKind.GROUND_CONTROL, "attacked"),
        ("Torvek abandoned the campaign trail for a meeting in Lomund.", ThreadKind.VISIT, "called_off"),
        ("Judges ruled against the so-called travel ban.", ThreadKind.SANCTION, "threatened"),
        ("Islanders pressed for the tariffs to be lifted.", ThreadKind.SANCTION, "threatened"),
        ("The envoy spoke of conditions for the resumption of talks.", ThreadKind.TALKS, "resumed"),
        ("Torvek went into the debate in Lomund as a favourite.", ThreadKind.VISIT, "held"),
        ("Soldiers dispersed stone-throwers in the ninth day of clashes.", ThreadKind.GROUND_CONTROL, "attacked"),
    ],
)
def test_what_only_sounds_like_a_state_is_none(sentence: str, kind: ThreadKind, state: str) -> None:
    assert state not in {s.state for s in of_kind(kind, sentence)}


def test_a_label_is_no_deed_of_whom_the_sentence_names() -> None:
    held = [
        s
        for s in of_kind(ThreadKind.GROUND_CONTROL, "Tarsova jets hit the rebel-held town of Osk on Monday.")
        if s.state == "taken"
    ]
    assert [s.by for s in held] == [()]


def test_who_loses_ground_does_not_take_it() -> None:
    text = "The army of Lomund lost the town of Osk to rebels of Tarsova."
    taken = [s for s in of_kind(ThreadKind.GROUND_CONTROL, text) if s.state == "taken"]
    assert [[n in s.by for n in ("Lomund", "army of Lomund")] for s in taken] == [[False, False]]


def test_who_scoffs_at_a_threat_denies_nothing() -> None:
    quote = {"who": "Torvek", "cue": "scoffed at", "content": "the threat of Dessen", "stance": "deny", "about": ["Dessen"]}
    assert not [
        s for s in of_kind(ThreadKind.BLAME, "Torvek scoffed at the threat of Dessen.", said=[quote]) if s.state == "denied"
    ]


def test_a_score_comes_before_the_votes_of_parties() -> None:
    text = "Lawmakers rejected the fishing bill. On the 61 to 40 vote, 12 Islanders voted no and 9 Hillmen abstained."
    figures = [{"words": "12 Islanders", "kind": "votes_against", "best": 12.0}]
    tallies = [s.facts["tally"] for s in of_kind(ThreadKind.RESOLUTION, text, figures=figures) if "tally" in s.facts]
    assert [(t["for"], t["against"]) for t in tallies] == [(61, 40)]


def test_a_text_turned_down_had_the_smaller_number_in_favour() -> None:
    text = "The senate rejected the fishing bill by 61 votes to 40."
    tallies = [s.facts["tally"] for s in of_kind(ThreadKind.RESOLUTION, text) if "tally" in s.facts]
    assert tallies
    assert all((t["for"], t["against"]) == (40, 61) for t in tallies)


def test_words_of_one_speaker_are_one_denial() -> None:
    text = "Tarsova denied the accusations of Lomund."
    quote = {"who": "Tarsova", "cue": "denied", "content": "the accusations of Lomund", "stance": "deny"}
    assert [s.state for s in of_kind(ThreadKind.BLAME, text, said=[quote])].count("denied") == 1


def test_charges_of_two_unknown_accusers_are_two() -> None:
    text = "Nine guards have been charged with theft. In Osk the mayor was accused of fraud."
    assert [s.state for s in of_kind(ThreadKind.BLAME, text, names={})].count("accused") == 2


def test_what_reports_months_apart_tell_without_a_day_is_not_one() -> None:
    one = report("a", "The commission's interim report on the fire is out.", published="2031-02-02")
    two = report("b", "The commission's final report on the fire is out.", published="2031-05-20")
    found = follow_threads(case_of(one, two), (), (), ())
    assert [s.state for t in found for s in t.states if t.kind is ThreadKind.INVESTIGATION].count("found") == 2


def test_who_dismisses_criticism_does_not_bring_it() -> None:
    text = "Torvek dismissed criticism that aid for Lomund was stuck."
    quotes = [
        {"who": "Torvek", "cue": "dismissed", "content": "criticism that aid for Lomund was stuck", "stance": "deny"},
        {"who": "Torvek", "cue": "criticism", "content": "that aid for Lomund was stuck", "stance": "accuse", "about": ["Lomund"]},
    ]
    assert {s.state for s in of_kind(ThreadKind.BLAME, text, said=quotes)} == {"denied"}


def test_charges_that_are_only_weighed_accuse_nobody() -> None:
    quote = {"who": "Torvek", "cue": "charges", "content": "Torvek weighs charges over nine incidents", "stance": "accuse"}
    text = "Torvek weighs charges over nine incidents."
    assert not [s for s in of_kind(ThreadKind.BLAME, text, said=[quote]) if s.state == "accused"]


def test_the_day_of_one_deed_is_not_that_of_another() -> None:
    text = "A rocket fell into the sea on Friday, only days after the council had voted in favour of a resolution on the islands."
    voted = [s for s in of_kind(ThreadKind.RESOLUTION, text, published="2031-05-10") if s.state == "voted"]
    assert [s.when.start for s in voted if s.when is not None] == [None]


def test_what_is_put_off_is_not_put_off_on_the_day_for_which_it_was_planned() -> None:
    text = "Torvek had been scheduled to meet Dessen on May 18, but a storm came and the visit was postponed."
    states = [s for s in of_kind(ThreadKind.VISIT, text, published="2031-05-24") if s.state == "postponed"]
    assert [s.when.start for s in states if s.when is not None] == [None]
