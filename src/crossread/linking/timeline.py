"""The timeline of a story: what happened when, each entry with every report that tells it.

Entries come from the story's events, one per time that the reports give for it, and from sentences that print a day of their own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import fsum, sqrt
from typing import NamedTuple

import msgspec

from crossread.linking.backgrounds import looks_back
from crossread.linking.best_words import is_caption, is_said, tells_by_the_way
from crossread.linking.brief_sentences import is_frame
from crossread.linking.case import Case
from crossread.linking.dating import dating_of
from crossread.linking.entry_status import status_of_day
from crossread.linking.happenings import days_of
from crossread.linking.named_days import days_named, days_of_sentence, months_in
from crossread.linking.one_day import parted_by_words, told_together
from crossread.linking.sentences import Sentence, StoryView, view_of
from crossread.linking.sides import is_dateline, plain
from crossread.linking.words import sentences_of
from crossread.records import Event, Evidence, Reading, Span, StoryEvent, TimelineEntry, When
from crossread.vocabulary import TO_COME, Basis, Precision, Status

_LEFT_OUT = frozenset({Status.HYPOTHETICAL, Status.NEGATED})
_LEAST_TEXT, _MOST_TEXT = 30, 320
_LEAST_WORDS = 6
_SOON = 120
"""Days after a report within which a day that it prints is one of plans."""
_UNNAMED = re.compile(
    r"[“\"‘']?(?:he|she|they|it|this|that|these|those|there|some|others?|another|only|we|i|his|her|their|its)\b", re.IGNORECASE
)
_IN_WORDS = re.compile(rf"\W*[“\"‘]|{_UNNAMED.pattern}", re.IGNORECASE)
"""How sentences begin that hold little but a quotation, or that do not name who speaks."""
_YEARS = 3
"""Years before the first report from which a happening that only one report tells is history, and no part of the story."""
_BACK = 2
"""Sentences before one that say of what time it tells."""
_STAMP = re.compile(r"\b\d{1,2}:\d\d ?[ap]\.?m\.?,? (?:at|on) \d")
"""The line over a reader's comment."""
_OWN = re.compile(r"\b(?:I|my|me|our|you|your)\b")

_SUPPOSED = re.compile(r"\b(?:if|unless|until|would|could|might)\b", re.IGNORECASE)
"""Words of sentences that tell least of what happened, as do those of one person about themselves."""


class _Dated(NamedTuple):
    """Words with the time that they tell of."""

    when: When
    status: Status
    evidence: Evidence


def draw_timeline(
    case: Case, events: Sequence[StoryEvent], whens: Mapping[tuple[str, str], When] | None = None
) -> tuple[TimelineEntry, ...]:
    """Entries by first day, then by how many reports tell them; only what the reports date.

    Args:
        case: The story.
        events: Its events.
        whens: Times of event mentions that the story told better than their own report; as read where not given.
    """
    entries = [entry for event in events for entry in _of_event(case, event, whens or {})]
    entries += _of_days(case, _covered(entries))
    entries += _of_months(case, entries)
    long_ago = _long_ago(case)
    entries = [e for e in _told_once(entries) if not (_is_aside(case, e) or _is_history(e, long_ago) or _is_no_telling(e))]
    entries = told_together(view_of(case), [_to_come(case, e) for e in entries])
    entries.sort(key=lambda e: (e.when.start or e.when.end or "", e.when.end or "9999", -_n_documents(e), e.text))
    return tuple(msgspec.structs.replace(entry, id=f"entry-{n}") for n, entry in enumerate(entries, 1))


def _told_once(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """Entries of one text at times that meet as one, with the narrowest time: a sentence of several happenings is read once."""
    kept: dict[str, list[TimelineEntry]] = {}
    for entry in sorted(
        entries, key=lambda e: (_length(e.when), -_n_documents(e), e.status is not Status.HAPPENED, e.status.value)
    ):
        same = kept.setdefault(entry.text, [])
        home = next((n for n, other in enumerate(same) if _meet(other.when, entry.when)), None)
        if home is None:
            same.append(entry)
            continue
        pieces = {*same[home].evidence, *entry.evidence}
        same[home] = msgspec.structs.replace(same[home], evidence=_in_order(pieces))
    return [entry for same in kept.values() for entry in same]


def _long_ago(case: Case) -> str:
    """The day so many years before the first report, in ISO form; empty where no report has a date."""
    first = min(
        (r.document.published.start for r in case.readings if r.document.published and r.document.published.start), default=""
    )
    return f"{int(first[:4]) - _YEARS:04d}{first[4:]}" if first else ""


def _is_history(entry: TimelineEntry, long_ago: str) -> bool:
    """Whether a single report reaches back years to a happening before the story."""
    return (entry.when.end or "9999") < long_ago and _n_documents(entry) == 1


def _is_no_telling(entry: TimelineEntry) -> bool:
    """Whether the text is a dateline, or a supposition or a frame without its words of a single report."""
    is_bare = is_dateline(entry.text) or _STAMPED.fullmatch(entry.text) is not None
    is_empty = _IF.match(entry.text) is not None or is_frame(entry.text)
    return is_bare or (is_empty and _n_documents(entry) == 1)


_STAMPED = re.compile(r"(?:[A-Z][a-z]{2,8},? )?\d{1,2} [A-Z][a-z]{2,8},? \d{4}[, ]{0,3}\d{1,2}[.:]\d\d(?: ?[A-Zap]{2,4})?\W*")
"""A day and an hour, and nothing else."""
_IF = re.compile(r"\W{0,3}(?:[Ii]f|[Uu]nless)\b")


def _to_come(case: Case, entry: TimelineEntry) -> TimelineEntry:
    """The entry as planned where its time begins after all reports that tell of it, save the day after."""
    if entry.status not in (Status.HAPPENED, Status.ONGOING) or entry.when.start is None:
        return entry
    days = [dating_of(case.reading(e.document).document).day for e in entry.evidence]
    if any(day is None or date.fromisoformat(entry.when.start).toordinal() <= day + 1 for day in days):
        return entry
    return msgspec.structs.replace(entry, status=Status.PLANNED)


def _is_aside(case: Case, entry: TimelineEntry) -> bool:
    """Whether a report without a day for it tells nothing but what somebody said, in his own words or unnamed, or what is background."""
    if entry.when.basis is not Basis.PUBLICATION or _n_documents(entry) > 1:
        return False
    view = view_of(case)
    told = [s for e in entry.evidence if (s := view.at(e.document, e.span.start)) is not None]
    return all((is_said(s) and _IN_WORDS.match(s.text) is not None) or _is_background(view, s) for s in told)


def _is_background(view: StoryView, sentence: Sentence) -> bool:
    """Whether a sentence without a day of its own goes on from one about another time ("In January he left.  His aide then sued.")."""
    around = view.by_document.get(sentence.document, ())
    before = around[max(0, sentence.number - _BACK) : sentence.number]
    return any(looks_back(s) is not None for s in (*before, sentence)) and not any(map(days_of_sentence, (*before, sentence)))


_ONCE = re.compile(
    r"\bonce (?:(?:also|even|again|famously) )?\w{2,20}ed\b|\b(?:when|while) (?:he|she|they) (?:was|were|served|sat)\b|\bthen-[a-z]"
    r"|\b(?:previously|years ago|in the past|at the time|back then|earlier this (?:year|month))\b|^\W*(?:he|she|they|it) later\b"
)
"""Words of what had been before, in a sentence that tells of no day."""
_HORIZON = 366
"""Days that a time which begins with a report may last: a longer one is that of what is foreseen ("for the next 60 years")."""


def _is_of_no_day(sentence: Sentence, event: Event, when: When) -> bool:
    """Whether a time is but that of the report of what lies back, or reaches far beyond it."""
    if when.basis is Basis.PUBLICATION:
        at, start = _ONCE.search(sentence.folded), min(a.start for a in event.anchor) - sentence.span.start
        return at is not None and sentence.voice_at(at.start(), at.end()) == sentence.voice_at(start, start + 1)
    days, published = days_of(when), dating_of(sentence.reading.document).day
    return days is not None and published is not None and days[1] - days[0] > _HORIZON and days[0] >= published - 1


def _n_documents(entry: TimelineEntry) -> int:
    return len({piece.document for piece in entry.evidence})


def _of_event(case: Case, event: StoryEvent, whens: Mapping[tuple[str, str], When]) -> Iterable[TimelineEntry]:
    """One entry per time that the reports give; mentions without a time go with one of them."""
    dated: list[_Dated] = []
    undated: list[tuple[Evidence, Status]] = []
    for mention in event.mentions:
        record = case.event(mention.document, mention.event)
        piece = Evidence(document=mention.document, span=record.sentence, record=record.id)
        when = whens.get((mention.document, mention.event), record.when)
        if record.status in _LEFT_OUT:
            continue
        sentence = view_of(case).at(mention.document, min(a.start for a in record.anchor))
        if sentence is not None and when is not None and _is_of_no_day(sentence, record, when):
            continue
        if when is not None and days_of(when) is not None:
            status = record.status if sentence is None else status_of_day(sentence, record, when)
            dated.append(_Dated(when, status, piece))
        else:
            undated.append((piece, record.status))
    groups = _by_time(dated)
    homes = [_home(case, groups, piece, status) for piece, status in undated]
    for n, group in enumerate(groups):
        pieces = [d.evidence for d in group] + [piece for (piece, _), home in zip(undated, homes, strict=True) if home == n]
        narrowest = min(group, key=lambda d: (_length(d.when), d.when.basis is Basis.PUBLICATION, d.evidence.document))
        yield _entry(case, narrowest.when, _most_told(group), pieces, told=group)


def _most_told(group: Sequence[_Dated]) -> Status:
    return max({d.status for d in group}, key=lambda s: (sum(d.status is s for d in group), s.value))


def _home(case: Case, groups: Sequence[Sequence[_Dated]], piece: Evidence, status: Status) -> int | None:
    """Which of the times a mention without one goes with: the one told most, where it lies days before the report or the same ones take
    part; what goes on as a report is written, the last before it; what is to come, the first after it."""
    published = dating_of(case.reading(piece.document).document).day
    if len(groups) < 2 or published is None:
        return 0
    if status not in (Status.ONGOING, *TO_COME):
        days = days_of(groups[0][0].when)
        near = days is not None and 0 <= published - days[1] <= _RECENT
        return 0 if near or _sides_of(case, piece) & {x for d in groups[0] for x in _sides_of(case, d.evidence)} else None
    times = [(n, days) for n, g in enumerate(groups) if (days := days_of(g[0].when)) is not None]
    if status in TO_COME:
        return min(((days[0], n) for n, days in times if days[1] >= published), default=(0, None))[1]
    last = max(((days[1], -n) for n, days in times if 0 <= published - days[1] <= _RECENT), default=None)
    return None if last is None else -last[1]


def _sides_of(case: Case, piece: Evidence) -> frozenset[str]:
    """Who takes part in an event as one report tells it."""
    record = case.event(piece.document, piece.record or "")
    named = (case.actors.of(piece.document, p.entity) for p in (*record.actors, *record.recipients))
    return frozenset(a for a in named if a is not None)


_RECENT = 7
"""Days before a report in which that lies of which it tells without a day."""


def _length(when: When) -> int:
    days = days_of(when)
    return 9999 if days is None else days[1] - days[0]


def _by_time(dated: Sequence[_Dated]) -> list[list[_Dated]]:
    """Mentions whose times meet, narrow ones first; the group that most reports tell comes first."""
    groups: list[list[_Dated]] = []
    for item in sorted(dated, key=lambda d: (_length(d.when), d.when.start or "", d.evidence.document, d.evidence.span)):
        home = next((g for g in groups if _meet(g[0].when, item.when)), None)
        if home is None:
            groups.append([item])
        else:
            home.append(item)
    groups.sort(key=lambda g: (-len({d.evidence.document for d in g}), g[0].when.start or ""))
    return groups


def _meet(a: When, b: When) -> bool:
    first, second = days_of(a), days_of(b)
    return first is not None and second is not None and first[0] <= second[1] and second[0] <= first[1]


def _covered(entries: Iterable[TimelineEntry]) -> set[tuple[str, Span, int]]:
    """Sentences that entries cite for a day."""
    days = ((entry, days_of(entry.when)) for entry in entries)
    return {(e.document, e.span, day[0]) for entry, day in days if day is not None and day[0] == day[1] for e in entry.evidence}


def _of_days(case: Case, covered: set[tuple[str, Span, int]]) -> list[TimelineEntry]:
    """Entries of sentences that print a day for which no event entry cites them, one per happening of the day.

    A sentence whose event lies on another day, or in no certain one, still tells of the day that it prints; a day that has not come by
    the report is one of plans.
    """
    by_day: dict[tuple[int, Status], list[Evidence]] = {}
    for reading in case.readings:
        for day, status, piece in _dated_sentences(case, reading):
            if (piece.document, piece.span, day) not in covered:
                by_day.setdefault((day, status), []).append(piece)
    entries = []
    for (day, status), pieces in sorted(by_day.items()):
        groups = parted_by_words(view_of(case), _in_order(set(pieces)))
        entries += [_entry(case, _stated(day, day, Precision.DAY), status, group) for group in groups]
    return entries


def _of_months(case: Case, entries: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """Entries of sentences that print a month with its year for which no other entry cites them, one per month."""
    told: dict[tuple[str, Span], list[When]] = {}
    for entry in entries:
        for piece in entry.evidence:
            told.setdefault((piece.document, piece.span), []).append(entry.when)
    by_month: dict[tuple[int, int], list[Evidence]] = {}
    for reading in case.readings:
        text, name = reading.document.text, reading.document.id
        for sentence in sentences_of(reading):
            for month in months_in(sentence.of(text)):
                when = _stated(*month, Precision.MONTH)
                if not any(_meet(when, other) for other in told.get((name, sentence), ())):
                    by_month.setdefault(month, []).append(Evidence(document=name, span=sentence))
    return [_entry(case, _stated(*m, Precision.MONTH), Status.HAPPENED, p) for m, p in sorted(by_month.items())]


def _stated(first: int, last: int, precision: Precision) -> When:
    start, end = (date.fromordinal(day).isoformat() for day in (first, last))
    return When(start=start, end=end, precision=precision, basis=Basis.STATED)


def _dated_sentences(case: Case, reading: Reading) -> Iterable[tuple[int, Status, Evidence]]:
    published = dating_of(reading.document).day
    if published is None:
        return
    text, name = reading.document.text, reading.document.id
    today, view = int(published), view_of(case)
    late = _is_late(reading, today)
    for sentence in sentences_of(reading):
        words = sentence.of(text)
        if len(words) >= _LEAST_TEXT and len(words.split()) >= _LEAST_WORDS and not _STAMP.search(words):
            known = view.at(name, sentence.start)
            for day in days_named(words, today) if known is None else days_of_sentence(known, published=today):
                if late and day in (published - 6, published + 1):
                    yield today + 1, Status.HAPPENED, Evidence(document=name, span=sentence)
                elif day == published and _is_due(known, words):
                    yield day, Status.PLANNED, Evidence(document=name, span=sentence)
                elif day <= published:
                    yield day, Status.HAPPENED, Evidence(document=name, span=sentence)
                elif published < day <= published + _SOON:
                    yield day, Status.PLANNED, Evidence(document=name, span=sentence)


_DUE = re.compile(r"\b(?:is|was|are|were) (?:due|scheduled|set|expected|slated) to\b|\bwill\b")
"""Words of what a report foresees for its own day."""


_OF_DAY = re.compile(
    r"\b(?:today|tonight|this (?:morning|afternoon|evening)|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", re.IGNORECASE
)


def _is_due(sentence: Sentence | None, words: str) -> bool:
    """Whether a report foresees something for its own day: in its own words, or in somebody's that name the day."""
    due = _DUE.search(words)
    voice = sentence.voice_at(due.start(), due.end()) if sentence is not None and due is not None else None
    if voice is None or sentence is None:
        return due is not None
    return any(_OF_DAY.search(c.of(sentence.reading.document.text)) for c in voice.content)


def _is_late(reading: Reading, published: int) -> bool:
    """Whether a report tells of the day after its date as done: its weekday is then not that of the week before."""
    next_day = date.fromordinal(published + 1).isoformat()
    return any(
        e.status is Status.HAPPENED and e.when is not None and e.when.start == e.when.end == next_day for e in reading.events
    )


def _entry(
    case: Case, when: When, status: Status, pieces: Sequence[Evidence], *, told: Sequence[_Dated] | None = None
) -> TimelineEntry:
    """An entry in the words of one of those that told its time, with the status that these words give it."""
    bare = msgspec.structs.replace(when, span=None)
    dated = {d.evidence for d in told} if told else set(pieces)
    shown = _shown(case, _in_order(dated), bare)
    same = [d for d in told or () if _sentence_text(case, d.evidence) == shown]
    return TimelineEntry(
        id="entry", when=bare, text=plain(shown), status=_status_shown(same, status), evidence=_in_order(set(pieces))
    )


def _status_shown(same: Sequence[_Dated], usual: Status) -> Status:
    """The status of a printed sentence: a mark on it would be wrong of anything in it that happened; what is off is so for all."""
    if any(d.status is Status.HAPPENED for d in same):
        return Status.HAPPENED
    own = _most_told(same) if same else usual
    return usual if own is Status.CALLED_OFF else own


def _sentence_text(case: Case, piece: Evidence) -> str | None:
    sentence = view_of(case).at(piece.document, piece.span.start)
    return None if sentence is None else sentence.text


def _in_order(pieces: set[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(pieces, key=lambda e: (e.document, e.span, e.record or "")))


def _shown(case: Case, evidence: Sequence[Evidence], when: When) -> str:
    """The sentence of the evidence that stands best by itself and holds most of what the others say, where there is more than one."""
    view = view_of(case)
    cited = [view.at(e.document, e.span.start) for e in evidence]
    sentences = list({s.text: s for s in cited if s is not None}.values())
    if len(sentences) == 1:
        return sentences[0].text
    if not sentences:  # of a report without sentences of its own
        return evidence[0].span.of(case.reading(evidence[0].document).document.text)
    spread = Counter(stem for s in sentences for stem in s.bag)

    def central(sentence: Sentence) -> float:
        told = fsum(view.weight(stem) * (spread[stem] - 1) for stem in sentence.bag)
        return round(told / (sqrt(view.total(sentence.bag)) or 1.0), 6)

    records: dict[str, set[str]] = {}
    for piece in evidence:
        if piece.record is not None:
            records.setdefault(piece.document, set()).add(piece.record)

    def rank(sentence: Sentence) -> tuple[int, float, int, str]:
        by_the_way = tells_by_the_way(sentence, records.get(sentence.document, ()))
        return (
            _faults(sentence) + by_the_way + 2 * _prints_others(sentence, when),
            -central(sentence),
            len(sentence.text),
            sentence.text,
        )

    return min(sentences, key=rank).text


def _prints_others(sentence: Sentence, when: When) -> bool:
    """Whether a sentence names days, but none within a time: its main happening is another."""
    span = days_of(when)
    if span is None:
        return False
    days = days_of_sentence(sentence)
    return bool(days) and not any(span[0] <= day <= span[1] for day in days)


def _faults(sentence: Sentence) -> int:
    """What keeps a sentence from telling a happening by itself: too few words or too many, no name, a supposition, a voice, a look back."""
    text = sentence.text
    return (
        2 * (not 2 * _LEAST_TEXT <= len(text) <= _MOST_TEXT)
        + (_UNNAMED.match(text) is not None)
        + (_SUPPOSED.search(text) is not None)
        + (_OWN.search(text) is not None)
        + (looks_back(sentence) is not None)
        + is_said(sentence)
        + 2 * (is_caption(sentence) or text.endswith("?") or _STAMP.search(text) is not None)
        + text.endswith(":")
        + 4 * is_dateline(text)
    )
