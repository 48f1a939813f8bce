"""What happened on one day: sentences in like words tell one happening, in other words another."""

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from crossread.linking.brief_sentences import say
from crossread.linking.happenings import days_of
from crossread.linking.sentences import Sentence, StoryView
from crossread.records import Evidence, Proof, TimelineEntry
from crossread.vocabulary import DONE, Basis

_ALIKE, _REPEATED = 0.5, 0.4
"""Weighted overlap of two sentences, against the smaller and against both, from which they tell one happening of a day."""
_MOST_COMPARED = 6
"""Sentences of a happening with which another is compared; the rest of them are like these."""
_WIDE = 10
"""Days of a time that may be one day which others tell ("last week")."""
_HANGING = re.compile(r"\b(?:he|she|they) (?:said|says|told|added|wrote|tweeted|asked)\b|^\W*(?:more|see|watch|read)\b|^\W*\[")
"""Sentences of which another one says who speaks, and labels."""
_FEWEST, _LONGEST = 6, 48
"""Words of a sentence that may stand by itself; longer ones are not asked for more."""


def parted_by_words(view: StoryView, pieces: Iterable[Evidence]) -> list[list[Evidence]]:
    """Sentences of one day, those together that tell of one happening in like words; what cannot stand by itself goes with another."""
    groups: list[list[Evidence]] = []
    hanging: list[Evidence] = []
    for piece in pieces:
        sentence = view.at(piece.document, piece.span.start)
        if sentence is None or not _stands(sentence):
            hanging.append(piece)
            continue
        home = next((g for g in groups if _tells_as(view, sentence, g)), None)
        if home is None:
            groups.append([piece])
        else:
            home.append(piece)
    for piece in hanging:
        before = [(p.span, n) for n, g in enumerate(groups) for p in g if p.document == piece.document and p.span < piece.span]
        if groups:
            groups[max(before)[1] if before else 0].append(piece)
        else:
            groups.append([piece])
    return groups


def _stands(sentence: Sentence) -> bool:
    """Whether a sentence tells a happening by itself."""
    text = sentence.text
    is_bare = _HANGING.search(sentence.folded) is not None
    return not is_bare and (len(text.split()) > _LONGEST or say(sentence, _FEWEST) is not None)


def told_together(view: StoryView, entries: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """Entries, those as one that show a sentence in words like those of one for the same time, or for a day of it."""
    kept: list[TimelineEntry] = []
    for entry in sorted(entries, key=lambda e: (_length(e), -len({p.document for p in e.evidence}), -len(e.evidence), e.text)):
        home = next((n for n, other in enumerate(kept) if _is_one(view, entry, other)), None)
        if home is None:
            kept.append(entry)
        else:
            kept[home] = replace(kept[home], evidence=_joined(kept[home].evidence, entry.evidence))
    shown_elsewhere = {e.text for e in kept if e.when.basis is not Basis.PUBLICATION}
    return [e for e in kept if e.when.basis is not Basis.PUBLICATION or e.text not in shown_elsewhere]


def _length(entry: TimelineEntry) -> int:
    days = days_of(entry.when)
    return 9999 if days is None else days[1] - days[0]


def _is_one(view: StoryView, entry: TimelineEntry, other: TimelineEntry) -> bool:
    """Whether an entry tells what another tells, whose time is as narrow or narrower."""
    ours, theirs = days_of(entry.when), days_of(other.when)
    if ours is None or theirs is None or ours[1] - ours[0] > _WIDE:
        return False
    is_of_time = ours == theirs or (theirs[0] == theirs[1] and ours[0] <= theirs[0] <= ours[1])
    is_as_sure = entry.status is other.status or {entry.status, other.status} <= DONE
    one, two = _shown(view, entry), _shown(view, other)
    return is_of_time and is_as_sure and one is not None and two is not None and _are_alike(view, one, two)


def _shown(view: StoryView, entry: TimelineEntry) -> Sentence | None:
    """The sentence whose words an entry shows."""
    cited = (view.at(p.document, p.span.start) for p in entry.evidence)
    return next((s for s in cited if s is not None and entry.text in " ".join(s.text.split())), None)


def _joined(one: Proof, other: Proof) -> Proof:
    return tuple(sorted({*one, *other}, key=lambda e: (e.document, e.span, e.record or "")))


def _tells_as(view: StoryView, sentence: Sentence, told: Sequence[Evidence]) -> bool:
    """Whether a sentence tells what others tell, in like words."""
    others = [s for p in told[:_MOST_COMPARED] if (s := view.at(p.document, p.span.start)) is not None]
    return any(_are_alike(view, sentence, s) for s in others)


def _are_alike(view: StoryView, one: Sentence, other: Sentence) -> bool:
    return view.likeness(one.bag, other.bag) >= _ALIKE and view.jaccard(one.bag, other.bag) >= _REPEATED
