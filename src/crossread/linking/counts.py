"""The counts of a story, one for each figure of a report, with what decides which of them are one count."""

import re
from dataclasses import dataclass
from datetime import date

from crossread.linking.backgrounds import looks_back
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.stems import content_stems, fold, stem
from crossread.linking.voters import votes_by_name
from crossread.records import Figure
from crossread.vocabulary import FigureKind, Stance


def _stems(*words: str) -> frozenset[str]:
    return frozenset(map(stem, words))


_PEOPLE = _stems(
    "people", "persons", "civilians", "dead", "victims", "casualties", "deaths", "fatalities", "bodies", "lives", "residents"
)  # fmt: skip
_NAMED_BY_KIND = {
    FigureKind.ABDUCTED: _stems("hostages", "captives", "abductees", "captive"),
    FigureKind.DETAINED: _stems("detainees", "arrests", "arrested"),
    FigureKind.DISPLACED: _stems("refugees", "evacuees", "displaced"),
    FigureKind.MISSING: _stems("missing"),
    FigureKind.WOUNDED: _stems("wounded", "injured", "injuries"),
}
"""Words for those counted that say no more than the kind does."""
PERSONS = frozenset(
    {
        FigureKind.KILLED, FigureKind.WOUNDED, FigureKind.KILLED_OR_WOUNDED, FigureKind.MISSING, FigureKind.DETAINED, FigureKind.FREED,
        FigureKind.ESCAPED, FigureKind.ABDUCTED, FigureKind.DISPLACED, FigureKind.TRAPPED, FigureKind.BESIEGED, FigureKind.IN_NEED,
        FigureKind.AFFECTED, FigureKind.ABOARD,
    }
)  # fmt: skip
_ONE_COUNT = {FigureKind.TRAPPED: FigureKind.BESIEGED, FigureKind.IN_NEED: FigureKind.BESIEGED}
_UNGROUPED = frozenset({FigureKind.DURATION, FigureKind.MONEY, FigureKind.OTHER})
"""Kinds that say little about what is counted: such figures are grouped only by the same counted words."""

_LABELLED = frozenset({FigureKind.WOUNDED, FigureKind.KILLED_OR_WOUNDED, *_UNGROUPED})
"""Kinds of which the label says that something else is counted (hospitalised, critical)."""
CHANGING = frozenset(
    {FigureKind.ABDUCTED, FigureKind.TRAPPED, FigureKind.BESIEGED, FigureKind.MISSING, FigureKind.DETAINED, FigureKind.DISPLACED}
)
"""Kinds whose count falls as people are freed or found."""


@dataclass(frozen=True, eq=False)
class Count:
    """One figure of one document with what decides where it belongs."""

    figure: Figure
    sentence: Sentence
    what: str
    back: str | None
    context: frozenset[str] = frozenset()
    houses: frozenset[str] = frozenset()
    """Hospitals, prisons and the like beside it: each counts its own."""
    denied: bool = False
    """Whether whoever names it denies what it counts ("dismissed reports that 23 people had died"): it is somebody else's number."""

    @property
    def value(self) -> float | None:
        """Its number: best, else low, else high."""
        figure = self.figure
        return next((v for v in (figure.best, figure.low, figure.high) if v is not None), None)

    @property
    def kind(self) -> FigureKind:
        """Kind under which it is grouped."""
        return _ONE_COUNT.get(self.figure.kind, self.figure.kind)


_GOES_ON = re.compile(
    r"^\W*(?:it|that|this|the (?:quake|earthquake|attack|crash|blast|explosion|fire|storm|accident|disaster|tremor|incident)|they)\b"
)
"""How a sentence begins that goes on about what the one before tells of."""


def goes_back(view: StoryView, sentence: Sentence, since: date | None = None) -> str | None:
    """Why a sentence that goes on about what the one before tells of looks back with it; ``None`` where it does not."""
    if not sentence.number or _GOES_ON.match(sentence.folded) is None:
        return None
    return looks_back(view.by_document[sentence.document][sentence.number - 1], since=since)


def first_day(view: StoryView) -> date | None:
    """The day of the first dated report of a story."""
    days = [day for sentences in view.by_document.values() if sentences and (day := sentences[0].published) is not None]
    return date.fromisoformat(min(days)) if days else None


def counts_of(view: StoryView) -> list[Count]:
    """Every figure of a story that holds a number, votes told by name with them."""
    counts, since = [], first_day(view)
    denials = {(r.document.id, a.id) for r in view.case.readings for a in r.attributions if a.stance is Stance.DENY}
    for sentence in view.sentences:
        for figure in (*sentence.figures, *votes_by_name(view, sentence)):
            if figure.best is None and figure.low is None and figure.high is None:
                continue
            clause = _clause(sentence, figure)
            counts.append(
                Count(
                    figure=figure,
                    sentence=sentence,
                    what=_what(sentence, figure),
                    back=looks_back(sentence, figure, clause=clause, since=since)
                    or _at_first(sentence, figure, clause)
                    or goes_back(view, sentence, since),
                    houses=_houses(sentence, clause),
                    context=frozenset(
                        s for s in content_stems(clause) if s not in _PEOPLE and not s[:1].isdigit() and s != figure.kind[:4]
                    ),
                    denied=(sentence.document, figure.voice) in denials,
                )
            )
    return counts


_AT_FIRST = re.compile(r"\b(?:original|originally|initial|initially|at first|at one (?:point|time|stage))\b")


def _at_first(sentence: Sentence, figure: Figure, clause: str) -> str | None:
    """``at first`` for people held, trapped or missing of whom a clause says how many there were to begin with."""
    return "at first" if figure.kind in CHANGING and _AT_FIRST.search(clause) else None


_HOUSE = re.compile(r"\b(?:hospital|clinic|infirmary|prison|jail|morgue|camp|shelter)\b")


def _houses(sentence: Sentence, clause: str) -> frozenset[str]:
    names = (fold(n.name) for n in sentence.named)
    return frozenset(name for name in names if _HOUSE.search(name) and " " in name and name in clause)


_CLAUSE_ENDS = (", while ", "; ", " while ", ", but ", ", and ")


def _clause(sentence: Sentence, figure: Figure) -> str:
    """The part of the sentence around a figure, cut at words that set clauses against each other."""
    text, at = sentence.folded, figure.span.start - sentence.span.start
    start = max((text.rfind(mark, 0, max(at, 0)) for mark in _CLAUSE_ENDS), default=-1)
    ends = [end for mark in _CLAUSE_ENDS if (end := text.find(mark, at)) >= 0]
    return text[max(start, 0) : min(ends, default=len(text))]


_OF_THE = re.compile(r"^\W*[\w-]+ (?:of (?:the|those|these|them|its|their|his|her)|more(?! than)|other|further)\b")
_REST = re.compile(r"\b(?:other|remaining|further|another|additional|final|last|first)(?: of the)? $")
"""What stands before the number of those who are left when others are counted apart."""


_WITH = re.compile(r" and (crew|staff|passengers|bystanders|attackers?)\b")
"""Who is counted together with those before ("158 passengers and crew"): no count of these alone."""
_AND_OTHERS = re.compile(r" and (?:an? |one |two |three |four |five |\d+ )(man|men|woman|women|boys?|girls?|child|children)\b")
"""Who is counted together within the words of a count ("two women and one man"): no count of the first alone."""
_ROOM = re.compile(
    r"\b(?:capacity (?:of|for)|room for|seats? for|space for|able to (?:carry|hold|seat)|can (?:carry|hold|seat)) (?:up to |about |some )?$"
)
"""What stands before the number of those who would fit in, of whom nobody needs to be there."""


def is_room(sentence: Sentence, figure: Figure) -> bool:
    """Whether a figure counts those who would fit in."""
    at = figure.span.start - sentence.span.start
    return at > 0 and _ROOM.search(sentence.folded, max(0, at - 40), at) is not None


def _counted_with(sentence: Sentence, figure: Figure) -> list[str]:
    """Stems by which a count is told from that of those named alone, or of those who are there."""
    if is_room(sentence, figure):
        return ["room"]
    start, end = figure.span.start - sentence.span.start, (figure.counted or figure.span).end - sentence.span.start
    together = _WITH.match(sentence.folded, max(0, end))
    if together is None:
        inside = _AND_OTHERS.search(sentence.folded, max(0, start), max(0, end, figure.span.end - sentence.span.start))
        return ["together", stem(inside[1])] if inside is not None else []
    return [stem(together[1])]


_FULL_NAME = re.compile(r"(?:[A-Z][\w'’-]{1,30} ){1,3}[A-Z][\w'’-]{0,29}[^\Ws]")
"""What is no word for those counted but the name that opens the next sentence, where a full stop is missing."""


def _what(sentence: Sentence, figure: Figure) -> str:
    """What is counted, as a key: ``""`` for people at large, else stems of the counted words and the label."""
    counted = figure.counted.of(sentence.reading.document.text) if figure.counted is not None else ""
    words = "" if figure.kind in PERSONS and _FULL_NAME.fullmatch(counted) else fold(counted)
    stems = [s for s in content_stems(words) if not s[:1].isdigit()] + _counted_with(sentence, figure)
    label = (figure.label or "") if figure.kind in _LABELLED else ""
    if figure.kind in PERSONS:
        if (
            figure.part_of is not None
            or figure.of is not None
            or _OF_THE.search(fold(figure.span.of(sentence.reading.document.text)))
            or _REST.search(sentence.folded, 0, max(0, figure.span.start - sentence.span.start))
        ):
            return " ".join(["part", *sorted(set(stems)), figure.unit or "", label]).strip()
        special = sorted(set(stems) - _PEOPLE - _NAMED_BY_KIND.get(figure.kind, frozenset()))
        return " ".join([*special[:2], figure.unit or "", label]).strip()
    if figure.kind in _UNGROUPED:
        part = "part" if _OF_THE.search(fold(figure.span.of(sentence.reading.document.text))) else ""
        return " ".join([part, *stems[-2:], figure.unit or "", label]).strip() or f"{figure.id} of {sentence.document}"
    return " ".join([figure.unit or "", label]).strip()
