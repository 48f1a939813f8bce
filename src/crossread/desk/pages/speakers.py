"""Who said what, who acts on whom, and one actor by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from crossread.desk.draw.network import WAYS, Link, links_of, network, shown_links
from crossread.desk.files import ActorFile, StoryFile
from crossread.desk.pages import links
from crossread.desk.pages.cites import Line, Notes
from crossread.desk.pages.disputes import DisputeView, dispute_view
from crossread.export.wording import when_text
from crossread.records import Claim, Story, StoryActor, StoryEvent
from crossread.vocabulary import EntityType, Stance

MOST_ROWS = 20
ACTOR_WORDS: dict[EntityType, str] = {
    EntityType.PERSON: "person",
    EntityType.ORGANIZATION: "organisation",
    EntityType.GPE: "country, region or town",
    EntityType.LOCATION: "place",
    EntityType.FACILITY: "building or site",
    EntityType.GROUP: "group",
    EntityType.EVENT: "event",
    EntityType.WORK: "document or work",
    EntityType.OTHER: "of another kind",
}


@dataclass(frozen=True, slots=True)
class StatementView:
    """One statement of one or more speakers."""

    line: Line
    stance: str
    denied: bool
    when: str
    speakers: tuple[tuple[str, str], ...]
    """(name, address) of each."""
    n_documents: int
    n_independent: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """How often one actor took each stance: (count, address, weight 0 to 4)."""

    name: str
    href: str
    about: str
    cells: tuple[tuple[int, str, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Actors by stances."""

    stances: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    n_left_out: int


def about(actor: StoryActor) -> str:
    """What an actor is, in a few words."""
    return ", ".join(actor.roles[:2]) or (actor.country or "")


def matrix_of(story: Story) -> Matrix:
    """Who takes which stance how often, those who say most first."""
    counts: dict[str, dict[str, int]] = {}
    for claim in story.claims:
        for speaker in claim.speakers:
            row = counts.setdefault(speaker, {})
            row[claim.stance.value] = row.get(claim.stance.value, 0) + 1
    stances = tuple(s.value for s in Stance if any(s.value in row for row in counts.values()))
    actors = {a.id: a for a in story.actors}
    ranked = sorted((s for s in counts if s in actors), key=lambda s: (-sum(counts[s].values()), actors[s].name))
    rows = []
    for speaker in ranked[:MOST_ROWS]:
        row = counts[speaker]
        cells = tuple(
            (row.get(s, 0), links.story(story.id, "speakers", who=speaker, stance=s), _weight(row.get(s, 0))) for s in stances
        )
        rows.append(
            MatrixRow(
                name=actors[speaker].name,
                href=links.actor(story.id, speaker),
                about=about(actors[speaker]),
                cells=cells,
                total=sum(row.values()),
            )
        )
    return Matrix(stances=stances, rows=tuple(rows), n_left_out=max(0, len(ranked) - MOST_ROWS))


def _weight(count: int) -> int:
    return next(w for w, most in enumerate((0, 1, 3, 6, 10**9)) if count <= most)


def statement_view(claim: Claim, notes: Notes) -> StatementView:
    """A claim laid out."""
    return StatementView(
        line=notes.line(claim.id, claim.text, claim.evidence),
        stance=claim.stance.value,
        denied=claim.polarity != "affirmed" and claim.stance is not Stance.DENY,
        when=when_text(claim.when),
        speakers=notes.people(claim.speakers),
        n_documents=claim.n_documents,
        n_independent=claim.n_independent,
    )


@dataclass(frozen=True, slots=True)
class EventView:
    """An event of the story."""

    line: Line
    type: str
    label: str
    when: str
    statuses: tuple[tuple[str, str], ...]
    """(status, who says so)."""
    actors: tuple[tuple[str, str], ...]
    recipients: tuple[tuple[str, str], ...]
    n_documents: int
    n_independent: int


def event_view(event: StoryEvent, notes: Notes) -> EventView:
    """An event laid out."""
    statuses = []
    for status in event.statuses:
        voices = list(dict.fromkeys(notes.voice(v) for v in status.voices))
        said = ", ".join(voices[:3]) + (f" and {len(voices) - 3} more" if len(voices) > 3 else "")
        statuses.append((status.status.value.replace("_", " "), said))
    words = (event.label or event.type.value).replace("_", " ").lower()
    others = [w for w in event.wordings if w.lower() != words]
    shown = f"{words} ({', '.join(others[:4])})" if others else words
    return EventView(
        line=notes.line(event.id, shown, event.evidence),
        type=event.type.value.lower(),
        label=words,
        when=when_text(event.when),
        statuses=tuple(statuses),
        actors=notes.people(event.actors),
        recipients=notes.people(event.recipients),
        n_documents=event.n_documents,
        n_independent=event.n_independent,
    )


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A pair of actors with the events between them."""

    actor: tuple[str, str]
    recipient: tuple[str, str]
    way: str
    events: tuple[EventView, ...]
    n_doubtful: int


@dataclass(frozen=True, slots=True)
class NetworkView:
    """The picture of who acts on whom, and its table."""

    picture: Markup
    ways: tuple[str, ...]
    rows: tuple[LinkRow, ...]
    n_links: int


def network_view(file: StoryFile, notes: Notes, shown: Sequence[Link] | None = None) -> NetworkView:
    """The network of a story; ``shown`` are the links that the table lists (the page's), all when not given."""
    story = file.story
    every = links_of(story)
    events = {e.id: e for e in story.events}

    def named(name: str) -> tuple[str, str]:
        return notes.names.get(name, name), links.actor(story.id, name)

    rows = tuple(
        LinkRow(
            actor=named(k.actor),
            recipient=named(k.recipient),
            way=k.way,
            events=tuple(event_view(events[e], notes) for e in k.events),
            n_doubtful=k.n_doubtful,
        )
        for k in (every if shown is None else shown)
    )
    drawn = network(shown_links(every), dict(notes.names))
    return NetworkView(picture=drawn, ways=WAYS, rows=rows, n_links=len(every))


@dataclass(frozen=True, slots=True)
class ActorView:
    """An actor's own page."""

    name: str
    type: str
    about: str
    line: Line
    forms: tuple[tuple[str, str], ...]
    """(written form, reports that use it)."""
    reason: str
    statements: tuple[StatementView, ...]
    changes: tuple[DisputeView, ...]
    disputes: tuple[DisputeView, ...]
    acted: tuple[EventView, ...]
    received: tuple[EventView, ...]


def actor_view(actor: ActorFile, notes: Notes) -> ActorView:
    """An actor laid out."""
    record = actor.actor
    return ActorView(
        name=record.name,
        type=ACTOR_WORDS[record.type],
        about=", ".join(record.roles) or (record.country or ""),
        line=notes.line(record.id, record.name, record.evidence),
        forms=tuple((f.text, _reports(f.documents, notes)) for f in record.forms),
        reason=record.reason,
        statements=tuple(statement_view(c, notes) for c in actor.claims),
        changes=tuple(dispute_view(d, notes) for d in actor.changes),
        disputes=tuple(dispute_view(d, notes) for d in actor.disputes),
        acted=tuple(event_view(e, notes) for e in actor.acted),
        received=tuple(event_view(e, notes) for e in actor.received),
    )


def _reports(documents: Sequence[str], notes: Notes) -> str:
    names = list(dict.fromkeys(notes.report(d) for d in documents))
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def chosen_claims(story: Story, query: Mapping[str, str]) -> tuple[Claim, ...]:
    """Claims of one speaker (``who``) and stance, as the cells of the matrix ask for them; all claims without."""
    who, stance = query.get("who", ""), query.get("stance", "")
    return tuple(c for c in story.claims if (not who or who in c.speakers) and (not stance or c.stance.value == stance))
