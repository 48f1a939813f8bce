"""Event mentions given from outside."""

import msgspec

from crossread.linking import corefer
from tests.unit.linking.reports import report, span_of

TEXTS = {
    "a": "A quake shook Karsa on Monday. Thirty people died in the ruins of Karsa, and rescuers flew in.",
    "b": "The earthquake in Karsa on Monday killed thirty people, and rescuers flew to Karsa at night.",
    "c": "A bank in Port Allen was robbed on Friday. Police arrested a man who had robbed the bank before.",
}


def mention(document: str, number: int, words: str) -> dict[str, object]:
    span = list(span_of(TEXTS[document], words))
    return {"doc": document, "mention": number, "span": span, "anchor": [span]}


MENTIONS = [
    mention("a", 0, "quake"), mention("a", 1, "died"), mention("b", 0, "earthquake"), mention("b", 1, "killed"),
    mention("c", 0, "robbed"), mention("c", 1, "arrested"),
]  # fmt: skip


def clusters(**options: object) -> dict[tuple[str, int | str], str]:
    readings = [report(name, text) for name, text in TEXTS.items()]
    given = [msgspec.to_builtins(r) for r in readings] if options else readings
    return {(doc, name): cluster for doc, name, cluster in corefer(given, MENTIONS)}


def test_differing_words_of_one_happening_are_joined() -> None:
    found = clusters()
    assert found["a", 0] == found["b", 0]


def test_other_happenings_stay_apart() -> None:
    found = clusters()
    assert len({found["a", 0], found["a", 1], found["c", 0], found["c", 1]}) == 4


def test_readings_may_be_json_objects() -> None:
    assert clusters(json=True) == clusters()


def test_a_mention_without_a_reading_stands_alone() -> None:
    extra = {"doc": "nowhere", "mention": 7, "span": [0, 3], "anchor": [[0, 3]]}
    found = corefer([report("a", TEXTS["a"])], [extra, mention("a", 0, "quake")])
    assert [(doc, name) for doc, name, _ in found] == [("nowhere", 7), ("a", 0)]
    assert found[0][2] != found[1][2]
