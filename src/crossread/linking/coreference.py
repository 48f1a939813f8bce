"""Which event mentions, given from outside, are one event.

Reports are put into stories first; within a story mentions are compared pair by pair and joined by average link, so that a chain of
doubtful steps does not weld two events together.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crossread.codebook.happenings import coreference_weights
from crossread.linking.clusters import average_link, cluster_readings
from crossread.linking.features import Rarity, counts_of
from crossread.linking.likeness import Edges
from crossread.linking.mentions import EventWords, event_words, may_corefer, pair_features, same_event_probability, sets_in
from crossread.linking.words import sentences_of
from crossread.records import Reading, Span


def cluster_mentions(readings: Sequence[Reading], mentions: Iterable[Mapping[str, Any]]) -> list[tuple[str, int | str, str]]:
    """``(doc, mention, cluster)`` of each mention, in the order given; one of a document without a reading stands alone."""
    given = list(mentions)
    words = mention_words(readings, given)
    story_of = {r.document.id: n for n, group in enumerate(cluster_readings(readings)) for r in group}
    by_story: dict[int, list[int]] = {}
    for n, found in enumerate(words):
        if found is not None:
            by_story.setdefault(story_of[found.document], []).append(n)
    rarity = Rarity(counts_of(r) for r in readings)
    cluster: dict[int, str] = {}
    for story, numbers in sorted(by_story.items()):
        inside = [w for n in numbers if (w := words[n]) is not None]
        for k, group in enumerate(join_mentions(inside, rarity)):
            cluster.update({numbers[m]: f"event-{story + 1}-{k + 1}" for m in group})
    return [(m["doc"], m["mention"], cluster.get(n, f"event-alone-{n + 1}")) for n, m in enumerate(given)]


def join_mentions(words: Sequence[EventWords], rarity: Rarity) -> list[tuple[int, ...]]:
    """Groups of mentions that are one event."""
    return average_link(len(words), mention_edges(words, rarity), coreference_weights().least, 0)


def mention_edges(words: Sequence[EventWords], rarity: Rarity) -> Edges:
    """Probability of being one event for each pair of mentions whose anchors have something in common."""
    weights = coreference_weights()
    edges: Edges = {}
    for i, j in _proposed(words):
        a, b = words[i], words[j]
        if may_corefer(a, b, weights.synonyms):
            edges[i, j] = same_event_probability(pair_features(a, b, rarity, weights.synonyms), weights)
    return edges


def _proposed(words: Sequence[EventWords]) -> list[tuple[int, int]]:
    """Pairs that share a word, five first letters, a set or a trained pair; found by these, not by trying all."""
    holders: dict[str, list[int]] = {}
    partners: dict[str, set[str]] = {}
    for a, b in sorted(coreference_weights().synonyms):
        partners.setdefault(a, set()).add(f"pair {a} {b}")
        partners.setdefault(b, set()).add(f"pair {a} {b}")
    for n, mention in enumerate(words):
        keys = {f"word {w}" for w in mention.anchor} | {f"start {mention.head[:5]}"}
        keys |= {f"set {number}" for number in sets_in(mention.anchor)} | partners.get(mention.head, set())
        for key in keys:
            holders.setdefault(key, []).append(n)
    pairs = {(i, j) for found in holders.values() for k, i in enumerate(found) for j in found[k + 1 :]}
    return sorted(pairs)


def mention_words(readings: Sequence[Reading], mentions: Sequence[Mapping[str, Any]]) -> list[EventWords | None]:
    """Each mention in words; ``None`` where there is no reading of its document or its spans do not lie in the text."""
    by_id = {r.document.id: (r, sentences_of(r)) for r in readings}
    found: list[EventWords | None] = []
    for mention in mentions:
        known = by_id.get(str(mention["doc"]))
        spans = [Span(int(s), int(e)) for s, e in mention.get("anchor") or [mention["span"]]]
        if known is None or not spans or spans[-1].end > len(known[0].document.text):
            found.append(None)
            continue
        reading, sentences = known
        number = max(0, bisect_right([s.start for s in sentences], spans[0].start) - 1)
        around = sentences[number] if sentences else spans[0]
        found.append(event_words(reading.document.id, str(mention["mention"]), reading.document.text, spans, around, number))
    return found
