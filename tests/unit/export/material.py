"""Material for the tests of exports: the story built by hand, and one that holds a given text wherever text can stand."""

import msgspec

from crossread.export.registry import Material
from crossread.records import (
    Attribution,
    BriefLine,
    Claim,
    ClaimMention,
    CopyGroup,
    Corroboration,
    Dispute,
    Document,
    Entity,
    Event,
    EventMention,
    Evidence,
    Figure,
    FigureValue,
    Form,
    LineSource,
    Mention,
    Outside,
    Party,
    Passage,
    Place,
    Reading,
    Removed,
    Side,
    Span,
    StatusVoices,
    Story,
    StoryActor,
    StoryEvent,
    StoryFigure,
    StoryPlace,
    Thread,
    ThreadState,
    TimelineEntry,
    Voice,
    When,
)
from crossread.vocabulary import (
    Bound,
    Compatible,
    CopyKind,
    DisputeKind,
    EntityType,
    EventType,
    FigureKind,
    Independence,
    Precision,
    Status,
    ThreadKind,
)
from tests.stories import readings, story

DAY = When(text="Monday", start="2031-04-07", end="2031-04-07", precision=Precision.DAY)


def plain() -> Material:
    """The story of tests/stories.py."""
    return Material(stories=(story(),), readings=readings())


def hostile_reading(text: str, name: str = "d1") -> Reading:
    """A reading with the text in every place that holds text from outside."""
    whole = Span(0, len(text))
    place = Place(text=text, span=whole, name=text, within=(text,), country="FRA", lat=48.85661, lon=2.35222, precision_km=10.0)
    return Reading(
        document=Document(
            id=name,
            text=text,
            title=text,
            title_span=whole,
            publisher=text,
            agency=text,
            byline=text,
            url=text,
            language="en",
            published=DAY,
            source=LineSource(path=text, line=3),
            removed=(Removed(text=text, reason=text, line=1),),
        ),
        sentences=(whole,),
        mentions=(Mention(id="m1", span=whole, type=EntityType.PERSON, entity="e1"),),
        entities=(Entity(id="e1", name=text, type=EntityType.PERSON, country="FRA", sector="GOV", role=text, mentions=("m1",)),),
        attributions=(Attribution(id="a1", source=(whole,), cue=(whole,), content=(whole,), speaker=("e1",), reason=text),),
        events=(
            Event(
                id="v1",
                anchor=(Span(0, 1),),
                sentence=whole,
                type=EventType.ASSAULT,
                label=text,
                mode="beat",
                actors=(Party(span=whole, entity="e1"),),
                recipients=(Party(span=whole, entity="e1"),),
                place=place,
                when=DAY,
                cameo="18",
                confidence=0.5,
            ),
        ),
        figures=(
            Figure(
                id="f1", span=whole, counted=whole, kind=FigureKind.KILLED, low=3, best=3, high=3, place=place, when=DAY, voice="a1"
            ),
        ),
    )


def hostile_story(text: str, name: str = "d1") -> Story:
    """A story of that reading with the text in every place that holds text."""
    whole = Span(0, len(text))
    proof = (Evidence(document=name, span=whole, record="v1"),)
    voice = Voice(speaker="actor-1", document=name, record="a1")
    counts = {"n_documents": 1, "n_independent": 1}
    side = Side(position=text, held_by=("actor-1",), voices=(voice,), evidence=proof)
    form = Form(text=text, documents=(name,))
    value = FigureValue(low=3, best=3, high=3, bound=Bound.EXACT, voice=voice, published=DAY, evidence=proof)
    return Story(
        id="story-1",
        title=text,
        documents=(name,),
        outside=(Outside(document="elsewhere", reason=text),),
        copies=(
            CopyGroup(
                id="copy-1", documents=(name,), kind=CopyKind.QUOTE, passages=(Passage(document=name, span=whole),), reason=text
            ),
        ),
        actors=(
            StoryActor(
                id="actor-1",
                name=text,
                type=EntityType.PERSON,
                country="FRA",
                roles=(text,),
                forms=(form,),
                reason=text,
                evidence=proof,
            ),
        ),
        places=(
            StoryPlace(
                id="place-1",
                name=text,
                type=EntityType.GPE,
                country="FRA",
                forms=(form,),
                within=(text,),
                lat=48.85661,
                lon=2.35222,
                precision_km=10.0,
                reason=text,
                evidence=proof,
            ),
        ),
        events=(
            StoryEvent(
                id="event-1",
                type=EventType.ASSAULT,
                label=text,
                statuses=(StatusVoices(status=Status.HAPPENED, voices=(voice,)),),
                actors=("actor-1",),
                recipients=("actor-1",),
                places=("place-1",),
                when=DAY,
                wordings=(text,),
                mentions=(EventMention(document=name, event="v1"),),
                evidence=proof,
                reason=text,
                **counts,
            ),
        ),
        claims=(
            Claim(
                id="claim-1",
                text=text,
                speakers=("actor-1",),
                when=DAY,
                mentions=(ClaimMention(document=name, attribution="a1"),),
                evidence=proof,
                **counts,
            ),
        ),
        figures=(
            StoryFigure(
                id="figure-1",
                kind=FigureKind.KILLED,
                counted=text,
                unit=text,
                values=(value,),
                range=(3, 3),
                evidence=proof,
                **counts,
            ),
        ),
        corroborations=(
            Corroboration(id="corroboration-1", what=text, independent=Independence.YES, reason=text, evidence=proof, **counts),
        ),
        disputes=(
            Dispute(
                id="dispute-1",
                kind=DisputeKind.NUMBER,
                topic=text,
                sides=(side, side),
                compatible=Compatible.UNCLEAR,
                reason=text,
                evidence=proof,
            ),
        ),
        threads=(
            Thread(
                id="thread-1",
                kind=ThreadKind.TRUCE,
                title=text,
                open_questions=(text,),
                evidence=proof,
                states=(ThreadState(state="agreed", when=DAY, by=("actor-1",), facts={text: [text, 3], "n": 1.5}, evidence=proof),),
            ),
        ),
        timeline=(TimelineEntry(id="entry-1", when=DAY, text=text, status=Status.HAPPENED, evidence=proof),),
        brief=(BriefLine(id="line-1", text=text, evidence=proof),),
    )


def hostile(text: str) -> Material:
    """Story and reading full of the text."""
    return Material(stories=(hostile_story(text),), readings=(hostile_reading(text),))


def with_ids(*names: str) -> Material:
    """Several stories of one shape, each of a document of its own."""
    stories = tuple(msgspec.structs.replace(hostile_story(f"A raid near {n}.", n), id=f"story-{n}") for n in names)
    return Material(stories=stories, readings=tuple(hostile_reading(f"A raid near {n}.", n) for n in names))
