"""A small story built by hand, for tests of the faces: two reports from an invented country, no model needed."""

from crossread.records import (
    Attribution,
    BriefLine,
    Claim,
    ClaimMention,
    CopyGroup,
    CopyPair,
    Corroboration,
    Dispute,
    Document,
    Entity,
    Event,
    EventMention,
    Evidence,
    FigureValue,
    FileSource,
    Form,
    Mention,
    Outside,
    Party,
    Passage,
    Reading,
    Removed,
    Side,
    Span,
    StatusVoices,
    Story,
    StoryActor,
    StoryEvent,
    StoryFigure,
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
    Stance,
    Status,
    ThreadKind,
)

FIRST = (
    "Veltland vetoes truce text\n\n"
    "Veltland vetoed the draft on Monday. “No one <asked> us,” said Minister Oda Renn. At least 12 people died in Karsa."
)
SECOND = "Renn trip off\n\nThe trip was called off, Renn's office said. Some 20 people were killed in Karsa, doctors said."
THIRD = "Old report\n\nTalks opened in spring."
DAY = When(text="Monday", start="2031-04-07", end="2031-04-07", precision=Precision.DAY)


def span_of(text: str, words: str) -> Span:
    """Where the words stand in the text."""
    start = text.index(words)
    return Span(start, start + len(words))


def _sentences(text: str, *parts: str) -> tuple[Span, ...]:
    return tuple(span_of(text, p) for p in parts)


def readings() -> tuple[Reading, ...]:
    """Readings of the three reports."""
    first = Document(
        id="one",
        text=FIRST,
        title="Veltland vetoes truce text",
        title_span=span_of(FIRST, "Veltland vetoes truce text"),
        publisher="Karsa Post",
        published=DAY,
        source=FileSource(path="one.txt"),
        removed=(Removed(text="Share <b>this</b>", reason="share button", line=3),),
    )
    veto, voice = "Veltland vetoed the draft on Monday.", "“No one <asked> us,” said Minister Oda Renn."
    return (
        Reading(
            document=first,
            sentences=_sentences(FIRST, "Veltland vetoes truce text", veto, voice, "At least 12 people died in Karsa."),
            mentions=(Mention(id="m1", span=span_of(FIRST, "Oda Renn"), type=EntityType.PERSON, entity="e1"),),
            entities=(Entity(id="e1", name="Oda Renn", type=EntityType.PERSON, mentions=("m1",)),),
            attributions=(
                Attribution(
                    id="a1",
                    source=(span_of(FIRST, "Minister Oda Renn"),),
                    cue=(span_of(FIRST, "said"),),
                    content=(span_of(FIRST, "No one <asked> us"),),
                    speaker=("e1",),
                    stance=Stance.DENY,
                ),
            ),
            events=(
                Event(
                    id="v1",
                    anchor=(span_of(FIRST, "vetoed"),),
                    sentence=span_of(FIRST, veto),
                    type=EventType.REJECT,
                    actors=(Party(span=Span(28, 36)),),
                    confidence=0.9,
                ),
            ),
        ),
        Reading(
            document=Document(
                id="two", text=SECOND, title="Renn trip off", title_span=Span(0, 13), source=FileSource(path="in/two.txt")
            ),
            sentences=_sentences(
                SECOND,
                "Renn trip off",
                "The trip was called off, Renn's office said.",
                "Some 20 people were killed in Karsa, doctors said.",
            ),
        ),
        Reading(document=Document(id="three", text=THIRD), sentences=_sentences(THIRD, "Old report", "Talks opened in spring.")),
    )


def _cite(document: str, words: str, record: str | None = None) -> Evidence:
    text = {"one": FIRST, "two": SECOND, "three": THIRD}[document]
    return Evidence(document=document, span=span_of(text, words), record=record)


def story() -> Story:
    """The story of the first two reports; the third is set aside."""
    veto, quote, twelve, twenty = (
        _cite("one", "Veltland vetoed the draft on Monday.", "v1"),
        _cite("one", "No one <asked> us", "a1"),
        _cite("one", "At least 12 people died in Karsa."),
        _cite("two", "Some 20 people were killed in Karsa"),
    )
    off = _cite("two", "The trip was called off")
    deaths = (twelve, twenty)
    return Story(
        id="s1",
        title="Veltland vetoes truce text",
        documents=("one", "two"),
        outside=(Outside(document="three", reason="another episode"),),
        copies=(
            CopyGroup(
                id="copy-1",
                documents=("one", "two"),
                kind=CopyKind.PARTIAL,
                pairs=(CopyPair(a="one", b="two", kind=CopyKind.PARTIAL),),
                passages=(Passage(document="two", span=off.span),),
                reason="9 words in a row",
                evidence=(off,),
            ),
        ),
        actors=(
            StoryActor(
                id="actor-1",
                name="Oda Renn",
                type=EntityType.PERSON,
                country="VEL",
                roles=("Minister",),
                forms=(Form(text="Oda Renn", documents=("one",)),),
                evidence=(quote,),
            ),
        ),
        events=(
            StoryEvent(
                id="event-1",
                type=EventType.REJECT,
                label="veto",
                statuses=(StatusVoices(status=Status.HAPPENED, voices=(Voice(document="one"),)),),
                when=DAY,
                wordings=("vetoed",),
                mentions=(EventMention(document="one", event="v1"),),
                evidence=(veto,),
                n_documents=1,
                n_independent=1,
            ),
        ),
        claims=(
            Claim(
                id="claim-1",
                text="No one <asked> us",
                speakers=("actor-1",),
                stance=Stance.DENY,
                evidence=(quote,),
                mentions=(ClaimMention(document="one", attribution="a1"),),
                n_documents=1,
                n_independent=1,
            ),
        ),
        figures=(
            StoryFigure(
                id="figure-1",
                kind=FigureKind.KILLED,
                counted="people",
                values=(
                    FigureValue(
                        low=12, best=12, bound=Bound.AT_LEAST, voice=Voice(document="one"), published=DAY, evidence=(twelve,)
                    ),
                    FigureValue(
                        low=20,
                        best=20,
                        high=20,
                        bound=Bound.ABOUT,
                        voice=Voice(speaker="actor-1", document="two"),
                        evidence=(twenty,),
                    ),
                ),
                range=(12, 20),
                evidence=deaths,
            ),
        ),
        corroborations=(
            Corroboration(
                id="corroboration-1",
                what="People were killed in Karsa",
                independent=Independence.YES,
                reason="own words",
                evidence=deaths,
                n_documents=2,
                n_independent=2,
            ),
        ),
        disputes=(
            Dispute(
                id="dispute-1",
                kind=DisputeKind.NUMBER,
                topic="Deaths in Karsa",
                compatible=Compatible.UNCLEAR,
                reason="ranges do not meet",
                evidence=deaths,
                sides=(
                    Side(position="at least 12", voices=(Voice(document="one"),), evidence=(twelve,)),
                    Side(
                        position="some 20",
                        held_by=("actor-1",),
                        voices=(Voice(speaker="actor-1", document="two"),),
                        evidence=(twenty,),
                    ),
                ),
            ),
        ),
        threads=(
            Thread(
                id="thread-1",
                kind=ThreadKind.RESOLUTION,
                title="truce text",
                open_questions=("when a new draft comes",),
                evidence=(veto,),
                states=(
                    ThreadState(
                        state="vetoed",
                        when=DAY,
                        by=("actor-1",),
                        facts={"votes_for": 11, "against": ["Veltland", "Osk"]},
                        evidence=(veto,),
                    ),
                ),
            ),
        ),
        timeline=(
            TimelineEntry(id="entry-1", when=DAY, text="Veltland vetoed the draft", status=Status.HAPPENED, evidence=(veto,)),
        ),
        brief=(BriefLine(id="line-1", text="Veltland vetoed the draft on Monday.", evidence=(veto,)),),
    )
