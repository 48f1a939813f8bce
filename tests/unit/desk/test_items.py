"""Keys of findings: made of what is said where, never of ids."""

import msgspec

from crossread.desk.review.items import key_of, reading_items, short, story_items
from crossread.records import Evidence, Reading, Span, Story
from tests.stories import readings, story

REPLACES = msgspec.structs.replace


def renumbered(first: Reading) -> Reading:
    """The same reading as another run could have numbered it, its lists turned round."""
    return REPLACES(
        first,
        attributions=tuple(REPLACES(a, id=f"z{a.id}") for a in reversed(first.attributions)),
        events=tuple(REPLACES(e, id=f"z{e.id}", confidence=0.5) for e in reversed(first.events)),
        mentions=tuple(REPLACES(m, id=f"z{m.id}", entity="other") for m in reversed(first.mentions)),
    )


def test_keys_do_not_depend_on_ids_order_or_confidence() -> None:
    for reading in readings():
        assert {i.key for i in reading_items(reading)} == {i.key for i in reading_items(renumbered(reading))}


def test_keys_of_a_story_do_not_depend_on_ids_or_order() -> None:
    whole = story()
    other = REPLACES(
        whole,
        id="another",
        **{
            field: tuple(REPLACES(x, id=f"z{x.id}") for x in reversed(getattr(whole, field)))
            for field in ("actors", "events", "claims", "figures", "disputes", "threads", "timeline")
        },
    )
    assert {i.key for i in story_items(whole)} == {i.key for i in story_items(other)}


def test_every_item_of_a_story_has_a_key_of_its_own() -> None:
    items = story_items(story())
    assert len({i.key for i in items}) == len(items)
    assert {i.kind for i in items} >= {"story-actor", "story-event", "story-claim", "story-figure", "story-dispute", "story-thread"}


def test_items_that_share_everything_but_words_are_told_apart() -> None:
    whole: Story = story()
    claim = whole.claims[0]
    twins = REPLACES(whole, claims=(claim, REPLACES(claim, id="claim-2", text="And again")))
    keys = {i.words: i.key for i in story_items(twins) if i.kind == "story-claim"}
    assert len(set(keys.values())) == 2
    turned = REPLACES(twins, claims=tuple(reversed(twins.claims)))
    assert {i.words: i.key for i in story_items(turned) if i.kind == "story-claim"} == keys


def test_type_and_place_are_in_the_key() -> None:
    here = (Evidence(document="a", span=Span(0, 4)),)
    assert key_of("event", "AID", here) != key_of("event", "ASSAULT", here)
    assert key_of("event", "AID", here) != key_of("event", "AID", (Evidence(document="a", span=Span(0, 5)),))
    assert key_of("event", "AID", here) == key_of("event", "AID", (Evidence(document="a", span=Span(0, 4), record="v9"),))


def test_words_are_one_short_line() -> None:
    assert short("a\n  b\tc") == "a b c"
    assert len(short("word " * 200)) <= 160
