"""What a line of the timeline says of its day: where the day is that of words, these were spoken, whatever they propose or foresee."""

from crossread.linking.sentences import Sentence
from crossread.records import Event, Span, When
from crossread.vocabulary import DONE, TO_COME, Status


def status_of_day(sentence: Sentence, event: Event, when: When) -> Status:
    """The status of an event, or ``HAPPENED`` where its sentence dates the words about it, or another deed, and not the event itself.

    "Torvek called on Friday for the trip to be put off": the call is of Friday, and has been made.
    """
    if event.status not in TO_COME or (when.start or "") > (sentence.published or "9999"):
        return event.status
    is_of_words = _is_said_there(sentence, event, when) or _is_of_another_deed(sentence, event, when)
    return Status.HAPPENED if is_of_words else event.status


def _is_said_there(sentence: Sentence, event: Event, when: When) -> bool:
    """Whether somebody says it in this very sentence, and the time is not among his words."""
    for attribution in sentence.attributions:
        cues = [cue for cue in attribution.cue if cue.overlaps(sentence.span)]
        holds_event = any(content.covers(anchor) for content in attribution.content for anchor in event.anchor)
        if cues and holds_event and not _holds(attribution.content, when.span) and _dates_cue(cues[0], event, when.span):
            return True
    return False


def _dates_cue(cue: Span, event: Event, at: Span | None) -> bool:
    """Whether a time may be that of a cue: it stands before what is said, or the time behind it ("..., his lawyer said Friday")."""
    return cue.start < min(a.start for a in event.anchor) or (at is not None and at.start >= cue.start)


def _holds(spans: tuple[Span, ...], span: Span | None) -> bool:
    return span is not None and any(s.covers(span) for s in spans)


def _is_of_another_deed(sentence: Sentence, event: Event, when: When) -> bool:
    """Whether a deed of the same time stands before the event, and nearer to the words for the time where there are any."""
    at = when.span if when.span is not None and when.span.overlaps(sentence.span) else None
    own = _distance(event, at)
    return any(
        other.status in DONE
        and _start(other) < _start(event)
        and other.when is not None
        and (other.when.start, other.when.end) == (when.start, when.end)
        and _distance(other, at) < own
        for other in sentence.events
    )


def _start(event: Event) -> int:
    return min(a.start for a in event.anchor)


def _distance(event: Event, at: Span | None) -> int:
    """Characters between an event and words; from the start of the text where there are none."""
    return _start(event) if at is None else abs(_start(event) - at.start)
