"""What several documents report: the same happening, state, count or statement, a forecast and its outcome, a shared sentence."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crossread.linking.backgrounds import days_between
from crossread.linking.best_words import best_words
from crossread.linking.borne_out import borne_out
from crossread.linking.case import Case
from crossread.linking.clusters import average_link
from crossread.linking.common_matters import common_matters, parts, weight_in_common
from crossread.linking.independence import Telling, Verdict, alike_sentences, judge
from crossread.linking.labels import is_label
from crossread.linking.sentences import Sentence, StoryView, view_of
from crossread.linking.sides import plain, shorten
from crossread.linking.sightings import Sighting
from crossread.linking.stems import stem as stem_of
from crossread.linking.threads import sightings_of
from crossread.records import Claim, Corroboration, Evidence, StoryEvent, StoryFigure
from crossread.vocabulary import FigureKind, Independence, Status, ThreadKind

_FORECASTS: dict[ThreadKind, tuple[frozenset[str], frozenset[str]]] = {
    ThreadKind.RESOLUTION: (frozenset({"expected"}), frozenset({"voted", "adopted", "vetoed"})),
    ThreadKind.VISIT: (frozenset({"planned"}), frozenset({"held", "called_off", "postponed"})),
    ThreadKind.SANCTION: (frozenset({"threatened"}), frozenset({"imposed"})),
    ThreadKind.TALKS: (frozenset({"called"}), frozenset({"opened", "resumed"})),
    ThreadKind.SIEGE_AID: (frozenset({"access_asked", "granted"}), frozenset({"delivered"})),
    ThreadKind.INVESTIGATION: (frozenset({"called_for"}), frozenset({"opened"})),
}
_TOLD_AS_SO = frozenset({Status.HAPPENED, Status.ONGOING, Status.CALLED_OFF, Status.ALLEGED})
_ALIKE = 0.25
_DATELINE_DAYS = 2
_SAME_SENTENCE = 0.55
_TOLD_ALIKE, _TOLD_STEMS, _TOLD_PLAIN = 0.35, 4, 3
"""Weighted overlap of words, stems, and stems that are no names, from which sentences of two reports tell the same in other words."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Sentences that tell one thing, and the words for it where they are not the best of the sentences."""

    tellings: tuple[Telling, ...]
    what: str | None = None
    is_shared_text: bool = False
    """Whether it is a text that the copies of the story already show as shared: what else only cites it is not told again."""


def find_corroborations(
    case: Case, events: Sequence[StoryEvent], claims: Sequence[Claim], figures: Sequence[StoryFigure]
) -> tuple[Corroboration, ...]:
    """What several documents of a story report, most independent origins first."""
    view = view_of(case)
    found = [
        *_of_forecasts(view),
        *_of_events(view, events),
        *_of_states(view),
        *_shared_sentences(view),
        *_common_matters(view),
        *_of_claims(view, claims),
        *_of_figures(view, figures),
    ]
    found = [_Found(tuple(t for t in f.tellings if not is_label(t.sentence)), f.what, f.is_shared_text) for f in found]
    found = _without_repeats([f for f in found if len({t.sentence.document for t in f.tellings}) > 1])
    told = [f for f in found if not f.is_shared_text]
    kept = [(f.what or best_words(view, f.tellings), f.tellings, judge(view, f.tellings)) for f in told]
    kept.sort(key=lambda k: (-k[2].n_independent, -k[2].n_documents, k[2].evidence[0].document, k[2].evidence[0].span, k[0]))
    used: set[str] = set()
    return tuple(_corroboration(_worded(view, what, tellings, used), v, n) for n, (what, tellings, v) in enumerate(kept, 1))


def _worded(view: StoryView, what: str, tellings: Sequence[Telling], used: set[str]) -> str:
    """Words that no other finding bears, where the sentences have such."""
    if what in used:
        others = [t for t in tellings if shorten(t.sentence.text) not in used]
        what = best_words(view, others) if others else what
    used.add(what)
    return what


def _corroboration(what: str, verdict: Verdict, number: int) -> Corroboration:
    return Corroboration(
        id=f"corroboration-{number}",
        what=what,
        independent=verdict.independent,
        reason=verdict.reason,
        evidence=verdict.evidence,
        n_documents=verdict.n_documents,
        n_independent=verdict.n_independent,
    )


def _without_repeats(found: Sequence[_Found]) -> list[_Found]:
    """Those whose sentences are not all, or nearly all and of the same reports, cited by one already kept."""
    cited = [frozenset((t.sentence.document, t.sentence.span) for t in f.tellings) for f in found]
    seen: list[frozenset[tuple[str, object]]] = []
    chosen = []
    for number in sorted(range(len(found)), key=lambda n: (-len(cited[n]), n)):
        if not any(_is_repeat(cited[number], other) for other in seen):
            seen.append(cited[number])
            chosen.append(number)
    return [found[number] for number in sorted(chosen)]


_NEARLY = 0.75
"""Share of the sentences of a finding that another one cites from which it tells the same."""


def _is_repeat(cited: frozenset[tuple[str, object]], other: frozenset[tuple[str, object]]) -> bool:
    """Whether a finding cites little but what another one cites, from no other reports."""
    shared = cited & other
    documents = {name for name, _ in shared}
    of_same = len(documents) > 1 and {name for name, _ in cited} <= {name for name, _ in other}
    return cited <= other or (of_same and len(shared) >= _NEARLY * len(cited))


def _telling(sentence: Sentence, view: StoryView, *, start: int = 0, end: int | None = None, record: str | None = None) -> Telling:
    voice = sentence.voice_at(start, len(sentence.text) if end is None else end)
    speakers = view.case.speaker_of(sentence.reading, voice.id) if voice is not None else ()
    return Telling(sentence, speakers, voice is not None, record)


def _at(view: StoryView, evidence: Iterable[Evidence]) -> Iterator[Telling]:
    """Tellings for cited spans."""
    for piece in evidence:
        sentence = view.at(piece.document, piece.span.start)
        if sentence is not None:
            start = piece.span.start - sentence.span.start
            yield _telling(
                sentence, view, start=start, end=min(piece.span.end, sentence.span.end) - sentence.span.start, record=piece.record
            )


def _shared_sentences(view: StoryView) -> Iterator[_Found]:
    """Sentences in which documents tell the same in like words, each matter by itself; those of a copied report together."""
    sentences = view.sentences
    number = {id(s): n for n, s in enumerate(sentences)}
    edges = {(number[id(a)], number[id(b)]): view.nearness(a, b) for a, b in alike_sentences(view)}
    copied = _copied(view, [pair for pair, alike in edges.items() if alike >= _SAME_SENTENCE])
    taken = {n for numbers in copied for n in numbers}
    rest = {
        (a, b): alike
        for (a, b), alike in edges.items()
        if not taken.issuperset((a, b)) and (alike >= _SAME_SENTENCE or _told_alike(view, sentences[a], sentences[b]))
    }
    alone = [group for group in average_link(len(sentences), rest, _TOLD_ALIKE, 0) if len(group) > 1]
    for group in (*copied, *alone):
        tellings = tuple(_telling(sentences[n], view) for n in group)
        yield _Found(tellings, is_shared_text=group in copied and _in_copies(view, {sentences[n].document for n in group}))


def _in_copies(view: StoryView, documents: set[str]) -> bool:
    """Whether the story holds these reports as ones that share their text."""
    return any(documents <= {*group.documents} for group in view.case.copies)


def _common_matters(view: StoryView) -> Iterator[_Found]:
    for sentences in common_matters(view):
        tellings = tuple(_telling(s, view) for s in sentences)
        yield _Found(tellings)


def _told_alike(view: StoryView, one: Sentence, other: Sentence) -> bool:
    """Whether two sentences share much of what they tell, names and titles of those who speak aside."""
    ours, theirs = one.told, other.told
    shared = ours & theirs
    return len(shared) >= _TOLD_STEMS and len(shared - one.name_stems) >= _TOLD_PLAIN and view.jaccard(ours, theirs) >= _TOLD_ALIKE


def _copied(view: StoryView, pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Numbers of the sentences that the same documents print in nearly the same words, where they are many."""
    by_documents: dict[frozenset[str], list[int]] = defaultdict(list)
    for group in _joined(pairs):
        by_documents[frozenset(view.sentences[n].document for n in group)] += group
    return [by_documents[d] for d in sorted(by_documents, key=sorted) if len(by_documents[d]) > _MANY * len(d)]


_MANY = 3
"""Sentences that documents share, from which they are shown together."""


def _joined(pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Connected groups of numbers, each sorted."""
    home: dict[int, int] = {}

    def find(n: int) -> int:
        while home.setdefault(n, n) != n:
            n = home[n]
        return n

    for a, b in pairs:
        first, second = sorted((find(a), find(b)))
        home[second] = first
    groups: dict[int, list[int]] = defaultdict(list)
    for n in sorted(home):
        groups[find(n)].append(n)
    return [groups[n] for n in sorted(groups)]


def _of_events(view: StoryView, events: Sequence[StoryEvent]) -> Iterator[_Found]:
    for event in events:
        if event.n_documents > 1:
            tellings = borne_out(view, tuple(_at(view, _of_one_status(view, event))))
            for part in parts([t.sentence for t in tellings], view):
                yield _Found(tuple(tellings[n] for n in part))


def _of_one_status(view: StoryView, event: StoryEvent) -> list[Evidence]:
    """Mentions that tell an event as done, else those of one other status: who asks for it or denies it does not bear it out."""
    status = {(m.document, m.event): view.case.event(m.document, m.event).status for m in event.mentions}
    by_status: dict[Status, list[Evidence]] = defaultdict(list)
    for piece in event.evidence:
        told = status.get((piece.document, piece.record or ""), Status.HAPPENED)
        by_status[Status.HAPPENED if told in _TOLD_AS_SO else told].append(piece)
    return by_status.get(Status.HAPPENED) or max(
        by_status.values(), key=lambda pieces: len({e.document for e in pieces}), default=[]
    )


def _of_states(view: StoryView) -> Iterator[_Found]:
    """States of processes that several documents tell of."""
    groups: dict[tuple[object, ...], list[Sighting]] = defaultdict(list)
    for sighting in sightings_of(view):
        groups[_state_key(sighting)].append(sighting)
    for key in sorted(groups, key=str):
        told = groups[key]
        pairs = [(i, j) for i in range(len(told)) for j in range(i + 1, len(told)) if _one_matter(view, told[i], told[j])]
        for group in _one_matter_each(told, pairs):
            tellings = tuple(
                _telling(told[n].sentence, view, start=told[n].start, end=told[n].end, record=told[n].record) for n in group
            )
            yield _Found(tellings)


def _one_matter_each(told: Sequence[Sighting], pairs: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Connected groups; one that holds tellings of different days or rounds falls into those that hang together without them."""
    for group in _joined(pairs):
        if any(_other_happening(told[a], told[b]) for n, a in enumerate(group) for b in group[n + 1 :]):
            within = {(group.index(a), group.index(b)): 1.0 for a, b in pairs if a in group}
            yield from ([group[n] for n in part] for part in average_link(len(group), within, 0.5, 0) if len(part) > 1)
        else:
            yield group


def _state_key(sighting: Sighting) -> tuple[object, ...]:
    kind = sighting.kind
    if kind in (ThreadKind.BLAME, ThreadKind.ALLIANCE):
        return (kind.value, sighting.state, sighting.by[:1], sighting.toward[:1])
    if kind is ThreadKind.VISIT:
        return (kind.value, sighting.state, sighting.by[:1])
    return (kind.value, sighting.state)


def _one_matter(view: StoryView, one: Sighting, other: Sighting) -> bool:
    if one.sentence.document == other.sentence.document:
        return False
    if _other_happening(one, other):
        return False
    if one.kind in _BY_WORDS and not _of_one_content(view, one, other):
        return False
    shared = {*one.sentence.actors} & {*other.sentence.actors}
    return bool(shared) or view.likeness(one.sentence.bag, other.sentence.bag) >= _ALIKE


_BY_WORDS = frozenset(
    {
        ThreadKind.ALLIANCE,
        ThreadKind.BLAME,
        ThreadKind.INVESTIGATION,
        ThreadKind.OFFER,
        ThreadKind.RESOLUTION,
        ThreadKind.SANCTION,
        ThreadKind.TALKS,
    }
)
"""Processes of words and papers: two charges, offers or inquiries of the same people may be about two things."""
_ASKED = frozenset({ThreadKind.OFFER, ThreadKind.TALKS})
"""What one side offers or calls for: the offer of another is another one."""
_LEAST_CONTENT = 6.0
"""Weight of what two sentences on such a process share from which they are about one thing."""


def _of_one_content(view: StoryView, one: Sighting, other: Sighting) -> bool:
    """Whether two tellings of a process of words share enough, not only names, and are not told of others."""
    first, second = one.sentence, other.sentence
    if one.kind in _ASKED and one.by and other.by and not {*one.by} & {*other.by}:
        return False
    told = (first.bag & second.bag) - first.name_stems - second.name_stems
    return bool(told) and weight_in_common(view, first, second) >= _LEAST_CONTENT


def _other_happening(one: Sighting, other: Sighting) -> bool:
    """Whether the reports give days to both that lie too far apart for a dateline to explain it, or call them the second and the third."""
    if one.has_own_day and other.has_own_day and days_between(one.when, other.when) > _DATELINE_DAYS:
        return True
    return one.turn is not None and other.turn is not None and one.turn != other.turn


def _of_forecasts(view: StoryView) -> Iterator[_Found]:
    """Something foreseen in one document that another reports as done."""
    told = sightings_of(view)
    for kind, (before, after) in _FORECASTS.items():
        done = [s for s in told if s.kind is kind and s.state in after and not _only_wished(s)]
        told_as_done = {s.sentence.evidence() for s in done}
        foreseen = [s for s in told if s.kind is kind and s.state in before and s.sentence.evidence() not in told_as_done]
        pairs = [(f, d) for f in foreseen for d in done if _outcome(view, f, d)]
        groups = _joined([(foreseen.index(f), len(foreseen) + done.index(d)) for f, d in pairs])
        for group in groups:
            members = [(foreseen + done)[n] for n in group]
            tellings = tuple(_telling(s.sentence, view, start=s.start, end=s.end, record=s.record) for s in members)
            shown = [(f, d) for f, d in pairs if f in members and _may_be_shown(view, f, d)]
            first, last = max(
                shown, key=lambda p: (round(view.nearness(*(s.sentence for s in p)), 6), p[1].sentence.key), default=_NO
            )
            words = f"Foreseen: {plain(first.sentence.text)} Reported: {plain(last.sentence.text)}" if first and last else None
            yield _Found(tellings, words)


_NO: tuple[Sighting | None, Sighting | None] = (None, None)
_MOST_SHOWN = 180
"""Characters of a sentence that stands beside another one in a line."""


def _may_be_shown(view: StoryView, foreseen: Sighting, done: Sighting) -> bool:
    """Whether two sentences stand well in one line: both short and whole, of two who take part in it or in much the same words."""
    one, other = foreseen.sentence, done.sentence
    if any(len(s.text) > _MOST_SHOWN or s.text.endswith((":", "?")) for s in (one, other)):
        return False
    ours, theirs = one.bag - one.name_stems, other.bag - other.name_stems
    return len({*one.actors} & {*other.actors}) > 1 or view.likeness(ours, theirs) >= _ALIKE


_WISHED = re.compile(
    r"\b(?:should|must|would|could|ought to|needs? to|call(?:s|ed|ing)? for|urg(?:e|es|ed|ing))\b(?:\W+\w+){0,5}\W*$"
)


def _only_wished(sighting: Sighting) -> bool:
    """Whether what stands before the words for something done says that it should be."""
    return _WISHED.search(sighting.sentence.folded, max(0, sighting.start - 60), sighting.start) is not None


def _outcome(view: StoryView, foreseen: Sighting, done: Sighting) -> bool:
    if foreseen.sentence.document == done.sentence.document:
        return False
    if (foreseen.sentence.published or "") > (done.sentence.published or "9999"):
        return False  # what was reported as done before
    if foreseen.kind is ThreadKind.VISIT:
        return bool(set(foreseen.by) & set(done.by)) and _told_at_length(view, foreseen.sentence, done.sentence)
    return _one_matter(view, foreseen, done)


_LEAST_OUTCOME = 4.5
"""Weight of what a sentence on a visit to come and one on a visit paid share, from which it is one visit."""
_VISITING = frozenset(map(stem_of, ("visit", "trip", "travel", "tour", "meet", "call", "plan", "president", "minister", "leader")))
"""Stems of what every visit is told with."""


def _told_at_length(view: StoryView, one: Sentence, other: Sentence) -> bool:
    """Whether two sentences share more than names and the words for a visit."""
    told = (one.bag & other.bag) - one.name_stems - other.name_stems - _VISITING
    return bool(told) and weight_in_common(view, one, other) >= _LEAST_OUTCOME


def _of_claims(view: StoryView, claims: Sequence[Claim]) -> Iterator[_Found]:
    for claim in claims:
        if claim.n_documents > 1:
            tellings = tuple(_at(view, claim.evidence))
            if tellings:
                yield _Found(tellings, None if claim.text[:1].islower() else shorten(claim.text))


def _of_figures(view: StoryView, figures: Sequence[StoryFigure]) -> Iterator[_Found]:
    """Counts on which documents agree: the values that the most documents give."""
    for figure in figures:
        if figure.kind is FigureKind.TROOPS:
            continue  # two officers here and two there are not the same two
        by_value: dict[object, list[Evidence]] = defaultdict(list)
        for value in figure.values:
            by_value[value.best if value.best is not None else (value.low, value.high)] += value.evidence
        for _, evidence in sorted(by_value.items(), key=lambda item: str(item[0])):
            tellings = tuple(_at(view, evidence))
            if figure.kind is FigureKind.DURATION:
                tellings = tuple(t for t in tellings if not _is_horizon(t))
            if len({t.sentence.document for t in tellings}) > 1:
                yield _Found(tellings)


_AHEAD = re.compile(
    r"\b(?:next|coming|following) $"
    r"|\b(?:will|would|could|should|may|might|can|ensures?|guarantees?|needed)\b[^.;]{0,100}"
    r"\b(?:for|over|in|within) (?:an? |the |about |at least )?$"
)
"""What stands before a length of time for which something is foreseen or wished."""


def _is_horizon(telling: Telling) -> bool:
    """Whether a length of time is how far a forecast or a plan reaches: other plans may reach as far."""
    sentence = telling.sentence
    starts = [f.span.start - sentence.span.start for f in sentence.figures if f.id == telling.record]
    return any(_AHEAD.search(sentence.folded, max(0, at - 130), max(0, at)) for at in starts)


def unsure(verdict: Verdict) -> bool:
    """Whether nothing is known of the origins."""
    return verdict.independent is Independence.UNKNOWN
