"""Figures: every number that a document reports, what it counts, between which bounds, in whose voice.

The step finds numbers (`crossread.reading.numbers`), leaves out those that count nothing (`crossread.reading.uncounted`), decides what each
counts (`crossread.reading.counted`, `crossread.reading.tallies`), links parts of a breakdown to their whole, and adds voice, place and time.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from crossread.codebook.units import Units, load_units
from crossread.reading.breakdowns import PERSONS, THINGS, last_part, later_counts, name_parts, share_kinds
from crossread.reading.counted import Draft, by_cues, by_noun, by_unit, label_of
from crossread.reading.counted_phrases import noun_phrase
from crossread.reading.durations import bare_times, has_durations
from crossread.reading.event_place import event_place
from crossread.reading.numbers import Number, find_numbers, has_number_words
from crossread.reading.sums import with_sums
from crossread.reading.tallies import dashed_votes, has_votes, read_votes
from crossread.reading.timewords import Expression, scan
from crossread.reading.uncounted import in_expression, why_uncounted
from crossread.reading.voices import Voices
from crossread.reading.when import DocumentTimes, document_window, event_when, times_of
from crossread.records import Document, Figure, Reading, Span, When
from crossread.steps import register_step
from crossread.vocabulary import Bound, FigureKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OF_TOTAL = re.compile(
    r"\s*(?:(?:out\s+of|of|in)\s+(?:(?:the|its|his|her|their|all|those|these|a\s+total\s+of)\s+)?(?:[\w-]+[’']s?\s+)?|\s(?:the|its|their)\s+)",
    re.IGNORECASE,
)
_AND_HIS = re.compile(
    r"\b(?:an?|one)\s+(?:[\w-]+\s+){0,2}?(?P<noun>[a-z]+)\s+and\s+(?:(?:his|her|their)\s+)?$",
    re.IGNORECASE,
)
_AND_ONE = re.compile(
    r"\s+and\s+(?:the|an?|their|his|her|its)\s+(?P<noun>[a-z]+(?:\s[a-z]+)?)\b(?=\s+(?:were|was|have|had|died|are|who|in)\b)",
    re.IGNORECASE,
)
_ANOTHER = re.compile(r"\b(?:yet\s+)?another\s+(?P<noun>(?:[a-z-]+\s+){0,2}?[a-z]+)\b", re.IGNORECASE)
_DESTROYS = re.compile(
    r"\b(?:attack|bomb|hit|hits|hitting|struck|strike|destroy|shell|target|raz|demolish|damag|level+ed|burn)\w*\s+$", re.IGNORECASE
)
_DEFINITE = re.compile(
    r"\b(?:the|these|those|its|their|his|her|all|both|our|my|your|between|other|first|last|next|two\s+of)\s+$", re.IGNORECASE
)
_VAGUE_FORMS = frozenset(("several", "couple"))
_SMALL = 12
_BESIDE = 40
_MOST_ABOARD = 20_000
"""Characters behind a bare number in which its own time may stand."""


@register_step(
    "figures.v1",
    requires=("sentences", "mentions", "entities", "attributions"),
    provides=("figures",),
    scores=("figures", "seeds.figures"),
)
def read_figures_step(document: Document, tokens: "Doc", so_far: Reading) -> Reading:
    """Figures of one document, in the order of the text."""
    return msgspec.structs.replace(so_far, figures=read_figures(document, tokens, so_far))


def read_figures(document: Document, doc: "Doc", so_far: Reading) -> tuple[Figure, ...]:
    """Every figure that the document reports."""
    published = document_window(document)
    tags = _Tags(doc)
    drafts: list[Draft] = []
    times = times_of(doc, published)
    for sentence in so_far.sentences or (Span(0, len(document.text)),):
        drafts += sentence_drafts(document.text, sentence, tags.within(sentence), times=times)
    drafts = [d for d in drafts if not _only_speaks(d, so_far)]
    voices = Voices(so_far.attributions)
    return tuple(_figure(n, drafts, doc, voices, published) for n in range(len(drafts)))


def _only_speaks(draft: Draft, reading: Reading) -> bool:
    """ "One woman said": who speaks is no count."""
    if draft.number.value != 1 or draft.part_of is not None:
        return False
    return any(s.start <= draft.start and draft.end <= s.end for a in reading.attributions for s in a.source)


class _Tags:
    """Penn tags and lemmas by character offset, sentence by sentence; empty for an untagged ``Doc``."""

    def __init__(self, doc: "Doc") -> None:
        self._doc = doc
        self._tagged = bool(doc.has_annotation("TAG"))

    def within(self, sentence: Span) -> "Iterable[Token]":
        """The tokens of a sentence."""
        span = self._doc.char_span(sentence.start, sentence.end, alignment_mode="expand") if self._tagged else None
        return span if span is not None else ()


def sentence_drafts(
    text: str, sentence: Span, tokens: "Iterable[Token]" = (), *, times: DocumentTimes | None = None
) -> list[Draft]:
    """The figures of one sentence before voice, place and time are added; ``times`` are those of its document, if known."""
    if not has_number_words(text, sentence.start, sentence.end) and not has_durations(text, sentence.start, sentence.end):
        return []
    units = load_units()
    shouting = text[sentence.start : sentence.end].isupper()
    tags = {} if shouting else {t.idx: (t.tag_, t.lemma_.lower()) for t in tokens}
    start, end = sentence.start, sentence.end
    expressions = tuple(scan(text, start, end)) if times is None else times.expressions(start, end)
    drafts = _drafts(text, sentence, tags, units, expressions)
    if not drafts:
        return []
    if has_votes(text, sentence):
        read_votes(text, drafts, sentence)
    _decide(text, sentence, drafts, tags, units)
    share_kinds(text, drafts)
    later_counts(text, drafts, sentence)
    _total_nouns(text, drafts)
    name_parts(text, drafts)
    for draft in drafts:
        by_noun(text, draft, sentence, units)
        _as_members(text, draft)
        if draft.kind is None and draft.part_of is not None and draft.part_of.kind is not None:
            draft.kind, draft.by = draft.part_of.kind, "part"
        _without_single(draft)
        if draft.kind is FigureKind.ABOARD and (draft.number.low or draft.number.high or 0) > _MOST_ABOARD:
            draft.kind, draft.by = None, ""  # passengers of a year, a network, an airport
        if draft.kind is not None:
            draft.label = label_of(text, draft, sentence, units)
    drafts = with_sums(text, drafts)
    _add_one(text, drafts, units)
    _totals(text, drafts)
    return [d for d in drafts if not d.dropped and _is_reported(text, d)]


def _drafts(
    text: str, sentence: Span, tags: dict[int, tuple[str, str]], units: Units, expressions: tuple[Expression, ...]
) -> list[Draft]:
    drafts = dashed_votes(text, sentence) if has_votes(text, sentence) else []
    plain_tags = {at: tag for at, (tag, _) in tags.items()}
    for number in find_numbers(text, sentence.start, sentence.end):
        if (
            any(d.start < number.end and number.start < d.end for d in drafts)
            or why_uncounted(text, number, expressions, sentence.start) is not None
        ):
            continue
        noun, head, end = noun_phrase(text, number, sentence.end, plain_tags, units)
        if noun is not None and number.currency and plain_tags.get(noun.end - len(head), "").startswith("V"):
            noun, head, end = None, "", number.end  # "£180m hidden in boxes"
        if noun is None and number.form == "vague" and _acts(text, number, plain_tags):
            noun = Span(number.core, number.end)
        draft = Draft(number, number.start, max(end, number.end), noun=noun, head=head)
        draft.dropped = by_unit(text, draft, units, in_expression(number, expressions)) and draft.kind is None
        if number.form == "ratio" and not (units.people.fullmatch(head) or _HOMES.fullmatch(head)):
            continue
        _with_single(text, draft, sentence, units)
        drafts.append(draft)
    drafts += _another(text, sentence, drafts, units) + bare_times(text, sentence, expressions)
    return sorted((d for d in drafts if not d.dropped), key=lambda d: (d.start, d.end))


def _acts(text: str, number: Number, tags: dict[int, str]) -> bool:
    """ "Thousands marched": a vague number that is the subject itself."""
    following = re.compile(r"\s+(?=[a-z])").match(text, number.end)
    return following is not None and tags.get(following.end(), "") in ("VBD", "VBP", "VBZ", "MD")


_HOMES = re.compile(
    r"(?:house)?holds?|homes|houses|households|voters|jobs|schools|buildings|cars|shops|firms|companies|farms", re.IGNORECASE
)


def _with_single(text: str, draft: Draft, sentence: Span, units: Units) -> None:
    """ "A father and his two sons": three, where they count persons that something befell (see `_without_single`)."""
    number = draft.number
    found = _AND_HIS.search(text, max(sentence.start, number.start - 60), number.start)
    if found is None or number.best is None or number.bound is not Bound.EXACT or not units.people.fullmatch(draft.head):
        return
    noun = found["noun"].lower()
    n_more = 2 if noun in ("couple", "pair") else 1 if units.people.fullmatch(noun) and not noun.endswith("s") else 0
    if n_more:
        draft.alone = (number, draft.start)
        value = number.best + n_more
        draft.number, draft.start = replace(number, start=found.start(), low=value, best=value, high=value), found.start()


def _without_single(draft: Draft) -> None:
    """The number as it is printed, where nothing says that something befell them."""
    if draft.alone is not None and (draft.kind not in PERSONS or draft.by not in ("before", "after", "part")):
        draft.number, draft.start = draft.alone


def _another(text: str, sentence: Span, drafts: Sequence[Draft], units: Units) -> list[Draft]:
    """ "Attacked yet another hospital": one of a thing."""
    made = []
    for found in _ANOTHER.finditer(text, sentence.start, sentence.end):
        noun = found["noun"].split()[-1]
        building = units.of_kind(FigureKind.BUILDINGS).noun.fullmatch(noun)
        if building and _DESTROYS.search(text, max(sentence.start, found.start() - 24), found.start()):
            number = Number(found.start(), found.start("noun") - 1, found.start(), "another", 1.0, 1.0, 1.0, written=True)
            if not any(d.start < found.end() and found.start() < d.end for d in drafts):
                span = Span(*found.span("noun"))
                made.append(Draft(number, found.start(), found.end(), noun=span, head=noun, kind=FigureKind.BUILDINGS, by="noun"))
    return made


# ---------------------------------------------------------------- kinds along a sentence


def _decide(text: str, sentence: Span, drafts: Sequence[Draft], tags: dict[int, tuple[str, str]], units: Units) -> None:
    for n, draft in enumerate(drafts):
        if draft.by:
            continue
        if n and _is_total(text, drafts[n - 1], draft):
            continue  # what befell "half of the 200 passengers" did not befall the 200
        last = last_part(text, drafts, n)
        if n + 1 < len(drafts) and _is_total(text, draft, drafts[n + 1]):
            last = n + 1
        draft.resume = drafts[last].end if last > n else _after_one(text, draft, units)
        following = _next_start(drafts, last + 1, sentence, units)
        start = drafts[n - 1].end if n else sentence.start
        by_cues(text, draft, start, following, tags, units)
        if not draft.by and _DWELL.match(text, draft.end) and units.people.fullmatch(draft.head):
            _by_siege(text, draft, sentence, units)


_DWELL = re.compile(
    r"\s+(?:still\s+|now\s+)?(?:who\s+|are\s+|were\s+)?(?:live|living|lived|remain(?:ed|ing)?|reside|stay(?:ed|ing)?)\b",
    re.IGNORECASE,
)


def _by_siege(text: str, draft: Draft, sentence: Span, units: Units) -> None:
    """Residents of a place that the sentence calls besieged are besieged."""
    found = units.of_kind(FigureKind.BESIEGED).after.search(text, draft.end, sentence.end)
    if found is not None:
        draft.kind, draft.by, draft.cue = FigureKind.BESIEGED, "after", Span(*found.span())


def _after_one(text: str, draft: Draft, units: Units) -> int:
    """Where the words go on after "and the driver"; 0 where no single person joins the number."""
    found = _AND_ONE.match(text, draft.end)
    return found.end() if found is not None and units.people.fullmatch(found["noun"].split()[-1]) else 0


def _next_start(drafts: Sequence[Draft], n: int, sentence: Span, units: Units) -> int:
    """Where the next count begins; buildings do not part a count from what befell it ("were taken to two hospitals")."""
    buildings = units.of_kind(FigureKind.BUILDINGS).noun
    return next((d.start for d in drafts[n:] if not buildings.fullmatch(d.head)), sentence.end)


_OF_A_BODY = re.compile(r"\b(?:has|have|had|with|its|all|the)\s+(?:only\s+|now\s+)?$", re.IGNORECASE)
_BODY_AFTER = re.compile(
    r"\s+of\s+(?:the\s+)?(?:[\w.’'-]+\s+){0,3}(?:council|parliament|senate|congress|committee|assembly|commission|union|alliance|bloc)\b",
    re.IGNORECASE,
)


def _as_members(text: str, draft: Draft) -> None:
    """ "The council has 15 members": the size of a body."""
    if draft.kind is None and draft.head.lower() == "members":
        before = _OF_A_BODY.search(text, max(0, draft.start - 16), draft.start)
        if before is not None or _BODY_AFTER.match(text, draft.end):
            draft.kind, draft.by = FigureKind.MEMBERS, "noun"


def _add_one(text: str, drafts: Sequence[Draft], units: Units) -> None:
    """ "Two passengers and the driver died": three."""
    for draft in drafts:
        found = _AND_ONE.match(text, draft.end)
        number = draft.number
        if (
            found is None
            or number.best is None
            or number.bound is not Bound.EXACT
            or draft.kind in (None, *THINGS)
            or draft.by != "after"
        ):
            continue
        if units.people.fullmatch(found["noun"].split()[-1]):
            value = number.best + 1
            draft.number = replace(number, low=value, best=value, high=value)
            draft.end = found.end()
            draft.noun = Span(draft.noun.start, draft.end) if draft.noun is not None else None


def _totals(text: str, drafts: Sequence[Draft]) -> None:
    """ "Four of 12": the total that a number is taken from."""
    for left, right in pairwise(drafts):
        if left.of is None and left.kind is not FigureKind.DURATION and _is_total(text, left, right):
            left.of = right.number.best
            if left.kind is None:
                left.kind, left.by = right.kind, "part"


def _total_nouns(text: str, drafts: Sequence[Draft]) -> None:
    """ "1,200 of its 9,500 jobs", "half of the town's 800 homes": what the total counts."""
    for left, right in pairwise(drafts):
        if left.of is None and left.kind in (None, *THINGS) and right.noun is not None and _is_total(text, left, right):
            left.noun, left.head, left.end = right.noun, right.head, left.number.end


def _is_total(text: str, left: Draft, right: Draft) -> bool:
    """Whether a number is taken from the next one: "four of 12", "nearly half the 60 seats"."""
    few, many = left.number.best, right.number.best
    if few is None or many is None or few > many or right.number.unit is not None:
        return False
    return _OF_TOTAL.fullmatch(text, left.number.end, right.start) is not None


def _is_reported(text: str, draft: Draft) -> bool:
    """Whether a number is worth reporting as a figure: small unbounded numbers of things that no kind covers say little."""
    number = draft.number
    kind = draft.kind or FigureKind.OTHER
    if draft.by in ("unit", "tally", "before", "after", "toll", "part") and kind is not FigureKind.OTHER:
        return True
    definite = _DEFINITE.search(text, max(0, draft.start - 12), draft.start) is not None
    most = number.high if number.form == "range" else number.value
    small = most is not None and most <= _SMALL and number.bound is Bound.EXACT and number.unit is None
    if kind in THINGS and small and definite:
        return False
    if kind is not FigureKind.OTHER:
        return number.value != 1 or number.form == "another" or number.bound is not Bound.EXACT
    if number.form in _VAGUE_FORMS or (small and draft.by != "unit"):
        return False
    return draft.noun is not None or number.unit is not None or draft.part_of is not None


# ---------------------------------------------------------------- records


def _figure(n: int, drafts: Sequence[Draft], doc: "Doc", voices: Voices, published: When | None) -> Figure:
    draft = drafts[n]
    number, span = draft.number, Span(draft.start, draft.end)
    anchor = _anchor(doc, draft)
    whole = next((i for i, d in enumerate(drafts) if d is draft.part_of), None) if draft.part_of is not None else None
    return Figure(
        id=f"f{n + 1}",
        span=span,
        counted=draft.noun,
        kind=draft.kind or FigureKind.OTHER,
        label=draft.label,
        unit=number.unit or draft.unit,
        low=_real(number.low),
        best=_real(number.best),
        high=_real(number.high),
        bound=number.bound,
        of=draft.of,
        part_of=f"f{whole + 1}" if whole is not None and whole != n else None,
        place=event_place(doc, anchor) if anchor is not None else None,
        when=_own_time(doc, draft, published) if draft.late else event_when(doc, anchor, published) if anchor is not None else None,
        voice=voices.of(span),
    )


def _own_time(doc: "Doc", draft: Draft, published: When | None) -> When | None:
    """The time right behind a bare number ("and five on Tuesday", "down from 35 on Sunday"); its clause dates the count before it."""
    end = min(len(doc.text), draft.end + _BESIDE)
    return next(
        (w for w in times_of(doc, published).within(draft.end, end) if w.span is not None and w.span.start <= draft.end + 4), None
    )


def _real(value: float | None) -> float | None:
    """The value as a float, so that a record is the same before and after it has been written."""
    return None if value is None else float(value)


def _anchor(doc: "Doc", draft: Draft) -> "Token | None":
    """The word that reports the counted thing: the verb of the cue, else the counted noun."""
    at = draft.cue if draft.cue is not None else draft.noun or Span(draft.start, draft.end)
    span = doc.char_span(at.start, at.end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    verbs = [t for t in span if t.tag_.startswith("VB") and t.dep_.lower() not in ("aux", "aux:pass", "cop")]
    return verbs[-1] if verbs else span.root if doc.has_annotation("DEP") else span[-1]
