"""Matters that two reports tell within longer sentences."""

from crossread.linking.common_matters import common_matters, parts, weight_in_common
from crossread.linking.sentences import StoryView, view_of
from crossread.records import Reading
from crossread.vocabulary import EntityType
from tests.unit.linking.reports import case_of, report

NAMES = {
    "Ada Loth": EntityType.PERSON,
    "Kessaria": EntityType.GPE,
    "Port Orvane": EntityType.GPE,
    "Silver Cormorant": EntityType.ORGANIZATION,
}
RESTS = tuple(" ".join(f"Street {side}{n} stayed quiet." for n in range(30)) for side in "pq")
"""Other sentences: in a story of a few, no word is rare."""


def view(*readings: Reading) -> StoryView:
    return view_of(case_of(*readings))


def matters(*texts: str) -> list[list[str]]:
    found = common_matters(view(*(report(f"r{n}", f"{text} {RESTS[n]}", names=NAMES) for n, text in enumerate(texts))))
    return [[s.document for s in sentences] for sentences in found]


def test_a_long_list_and_a_short_sentence_tell_one_matter() -> None:
    listed = "Divers found a cracked propeller, barnacles on the hull, ropes round the anchor, a lantern still lit by the rudder and lemons."
    assert matters(listed, "The lantern by the rudder was still lit when divers arrived.") == [["r0", "r1"]]


def test_words_that_stand_far_from_each_other_make_no_common_matter() -> None:
    welcomed = (
        "The harbour plan is a welcome step, and I hope to work with the wardens so that any changes do the least damage "
        "to present and future fishermen."
    )
    weighed = (
        "He did not speak of cuts in his letter, but would be working to judge each of the changes for its weight, alone or with "
        "others, on the lives of current and future fishermen."
    )
    assert matters(welcomed, weighed) == []


def test_the_name_of_a_place_alone_makes_no_common_matter() -> None:
    kept = "One widow accused the wardens of keeping her and four of her cousins, who were soaked, from shelter inside the lower grain market."
    danced = (
        "Dancers with lanterns and drums filled the narrow lanes between the chapel, the tannery and the lower grain market until the "
        "rain came."
    )
    told = "A widow says wardens kept her from shelter in the lower grain market, where dancers with lanterns had gathered before the rain."
    assert matters(kept, danced) == []
    assert matters(kept, told) == [["r0", "r1"]]


def test_one_long_sentence_may_tell_two_matters() -> None:
    listed = (
        "Divers found barnacles on the rudder, a lantern still lit, ropes round the anchor and crates of rotten lemons in the hold."
    )
    first, second = "Barnacles covered the rudder, divers noticed.", "The hold stank of crates of rotten lemons."
    assert matters(listed, f"{first} {second}") == [["r0", "r1"], ["r0", "r1"]]


def test_names_alone_make_no_common_matter() -> None:
    assert (
        matters(
            "Ada Loth of Kessaria boarded the Silver Cormorant in Port Orvane.",
            "Silver Cormorant hired Ada Loth, of Port Orvane, Kessaria.",
        )
        == []
    )


def test_a_name_that_is_seldom_told_says_more() -> None:
    seldom = {"Silver Cormorant": EntityType.ORGANIZATION}
    texts = (
        "Ada Loth sold the Silver Cormorant at an auction in spring.",
        "Bidders at the auction asked about the Silver Cormorant.",
    )
    often = "The Silver Cormorant sailed. The Silver Cormorant came back. The Silver Cormorant was painted."
    stories = [
        view(report("a", f"{texts[0]} {more} {RESTS[0]}", names=seldom), report("b", f"{texts[1]} {RESTS[1]}", names=seldom))
        for more in ("", often)
    ]
    rare, common = (weight_in_common(v, v.by_document["a"][0], v.by_document["b"][0]) for v in stories)
    assert rare > 1.3 * common


def test_days_alone_make_no_common_matter() -> None:
    assert matters("On 14 March 2031 the crane fell.", "On 14 March 2031 bread ran out.") == []


def test_rare_words_weigh_more_than_common_ones() -> None:
    sentences = view(
        report("a", f"The lantern hung from the rudder. The police said people were there. {RESTS[0]}"),
        report("b", f"A lantern was tied to a rudder. Police told people to stay. {RESTS[1]}"),
    ).by_document
    story = view(*(s[0].reading for s in sentences.values()))
    a, b = story.by_document["a"], story.by_document["b"]
    assert weight_in_common(story, a[0], b[0]) > weight_in_common(story, a[1], b[1])


def test_many_sentences_with_one_word_fall_apart_by_what_else_they_share() -> None:
    strikes = [
        f"A strike of {who} emptied {where} of its {what}."
        for who, where, what in (("ferrymen", "Orvane quay", "herring"), ("tailors", "Lorne market", "velvet"))
    ]
    told = view(*(report(f"r{n}", f"{strikes[n % 2]} {RESTS[n % 2]}") for n in range(10)))
    firsts = [told.by_document[f"r{n}"][0] for n in range(10)]
    assert parts(firsts, told) == [(0, 2, 4, 6, 8), (1, 3, 5, 7, 9)]
    assert parts(firsts[:5], told) == [(0, 1, 2, 3, 4)]
