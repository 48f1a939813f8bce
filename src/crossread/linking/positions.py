"""One actor's statements over time, with changes of position marked."""

from collections.abc import Iterable

from crossread.records import Claim, Dispute, Evidence, Proof, Reading, Record, Story, StoryActor, When
from crossread.vocabulary import DisputeKind, Stance


class Position(Record, frozen=True, kw_only=True):
    """A statement in the order in which it was made.  ``said`` is its own date, else the day by which it was published.

    ``changed`` marks a statement that is a side of a change of position; ``note`` then says of which.
    """

    claim: str
    speaker: str
    said: When | None
    stance: Stance
    polarity: str
    text: str
    changed: bool
    note: str
    evidence: Proof


def actors_called(story: Story, name: str) -> tuple[StoryActor, ...]:
    """Actors that go by a name: all of it, else its words within one of their forms (``Strenko`` for ``Haalvard Strenko``)."""
    wanted = name.casefold().split()
    forms = {a.id: [f.casefold() for f in (a.name, *(form.text for form in a.forms))] for a in story.actors}
    exact = tuple(a for a in story.actors if " ".join(wanted) in forms[a.id])
    if exact or not wanted:
        return exact
    return tuple(a for a in story.actors if any(set(wanted) <= set(form.split()) for form in forms[a.id]))


def statements_of(story: Story, readings: Iterable[Reading], name: str) -> tuple[Position, ...]:
    """What an actor is reported to have said, earliest first, undated statements last.

    Args:
        story: The story.
        readings: Readings of its documents; their publication dates order statements that have none of their own.
        name: Any name of the actor.
    """
    names = {a.id: a.name for a in actors_called(story, name)}
    published = {r.document.id: r.document.published for r in readings}
    changes = [d for d in story.disputes if d.kind is DisputeKind.POSITION_CHANGE]
    found = [
        _position(claim, names[speaker], published, changes)
        for claim in story.claims
        for speaker in dict.fromkeys(claim.speakers)
        if speaker in names
    ]
    return tuple(sorted(found, key=lambda p: (p.said is None, _day(p.said), p.claim)))


def _position(claim: Claim, speaker: str, published: dict[str, When | None], changes: list[Dispute]) -> Position:
    said = claim.when if _day(claim.when) else _first_printed(claim, published)
    change = next((d for d in changes if _touches(claim.evidence, d.evidence)), None)
    return Position(
        claim=claim.id,
        speaker=speaker,
        said=said,
        stance=claim.stance,
        polarity=claim.polarity,
        text=" ".join(claim.text.split()),
        changed=change is not None,
        note=f"{change.topic}: {change.reason}" if change else "",
        evidence=claim.evidence,
    )


def _first_printed(claim: Claim, published: dict[str, When | None]) -> When | None:
    days = [p for p in (published.get(e.document) for e in claim.evidence) if p is not None and p.start is not None]
    return min(days, key=_day, default=None)


def _day(when: When | None) -> str:
    return (when.start or when.end or "") if when else ""


def _touches(some: Proof, others: Proof) -> bool:
    return any(_same_words(a, b) for a in some for b in others)


def _same_words(a: Evidence, b: Evidence) -> bool:
    return a.document == b.document and a.span.overlaps(b.span)
