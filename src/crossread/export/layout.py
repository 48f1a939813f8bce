"""Lays a story out for people, as a `StoryView`.

Faces only render: everything here is taken from a `Story` and its readings, nothing is decided.
"""

from collections.abc import Sequence

from crossread.export.notes import Citations, sentence_around
from crossread.export.view import (
    Agreement,
    CopyBlock,
    DisputeBlock,
    DocumentLine,
    FigureBlock,
    Line,
    SideBlock,
    Speaker,
    StateLine,
    Statement,
    StoryView,
    ThreadBlock,
    TimelineLine,
    ValueLine,
)
from crossread.export.wording import (
    document_label,
    fact_text,
    figure_value_text,
    kind_and_detail,
    published_text,
    range_text,
    says_something,
    shorten,
    when_text,
    words_around,
)
from crossread.records import (
    Claim,
    CopyGroup,
    Dispute,
    Document,
    Evidence,
    Reading,
    Story,
    StoryFigure,
    Thread,
    Voice,
)
from crossread.vocabulary import FigureKind


class _Layout:
    """Builds the parts of a view; keeps what they share."""

    def __init__(self, story: Story, readings: Sequence[Reading]) -> None:
        self.story = story
        self.cites = Citations(readings)
        self.names = {actor.id: actor.name for actor in story.actors}
        self.about = {a.id: ", ".join(a.roles[:2]) or (a.country or "") for a in story.actors}

    def document(self, name: str) -> Document | None:
        """A document by id; ``None`` where its reading is not at hand."""
        reading = self.cites.readings.get(name)
        return reading.document if reading else None

    def label(self, name: str) -> str:
        """What a document is called; its id where its reading is not at hand."""
        document = self.document(name)
        return document_label(document) if document else name

    def named(self, reason: str, documents: Sequence[str]) -> str:
        """A reason with the documents' labels in the place of their ids (of ids long enough to be no ordinary word)."""
        for name in documents:
            reason = reason.replace(name, self.label(name)) if len(name) >= 12 else reason
        return reason

    def voice(self, voice: Voice | None) -> str:
        """Who speaks, and in which report; empty for no voice."""
        if voice is None:
            return ""
        name = self.names.get(voice.speaker or "")
        return f"{name} (in {self.label(voice.document)})" if name else self.label(voice.document)

    def speakers(self) -> tuple[Speaker, ...]:
        """All who say something: first those whom most reports give, then those with most statements; of one, what most reports give."""
        by_speaker: dict[str, list[Claim]] = {}
        for claim in self.story.claims:
            for speaker in claim.speakers:
                by_speaker.setdefault(speaker, []).append(claim)
        telling = {name: [c for c in claims if says_something(c.text)] for name, claims in by_speaker.items()}
        ranked = sorted(by_speaker, key=lambda n: (-_n_documents(telling[n]), -len(telling[n]), self.names.get(n, n)))
        return tuple(
            Speaker(
                name=self.names.get(name, name),
                about=self.about.get(name, ""),
                statements=tuple(
                    self.statement(c)
                    for c in sorted(by_speaker[name], key=lambda c: (not says_something(c.text), -_n_documents((c,))))
                ),
            )
            for name in ranked
        )

    def statement(self, claim: Claim) -> Statement:
        """One claim as a line."""
        return Statement(
            stance=claim.stance.value,
            polarity=claim.polarity,
            text=" ".join(claim.text.split()),
            when=when_text(claim.when),
            cites=self.cites.of(claim.evidence),
            n_independent=claim.n_independent,
        )

    def timeline(self) -> tuple[TimelineLine, ...]:
        """Dated lines in order; what would read the same twice (one sentence that tells of two happenings) is one line."""
        lines: dict[tuple[str, str, str], TimelineLine] = {}
        for e in self.story.timeline:
            when, text, cites = when_text(e.when), " ".join(e.text.split()), self.cites.of(e.evidence)
            known = lines.get((when, text, e.status.value))
            lines[when, text, e.status.value] = TimelineLine(
                when=when,
                start=e.when.start,
                end=e.when.end,
                precision=e.when.precision.value,
                text=text,
                status=e.status.value,
                cites=tuple(dict.fromkeys((*(known.cites if known else ()), *cites))),
            )
        return tuple(lines.values())

    def figure(self, figure: StoryFigure) -> FigureBlock:
        """One count with every reported value."""
        values = tuple(
            ValueLine(
                text=figure_value_text(v, figure.unit),
                low=v.best if v.low is None else v.low,
                high=v.best if v.high is None else v.high,
                voice=self.voice(v.voice),
                published=when_text(v.published),
                cites=self.cites.of(v.evidence),
            )
            for v in figure.values
        )
        kind, detail = kind_and_detail(figure)
        detail = detail or (self.context(figure) if _is_minor(figure) or figure.kind is FigureKind.MEMBERS else "")
        return FigureBlock(
            kind=kind,
            counted=" ".join(figure.counted.split()),
            detail=detail,
            place=(figure.place.name or figure.place.text) if figure.place else "",
            when=when_text(figure.when),
            range=range_text(figure),
            grew=figure.grew,
            differs=len({v.text for v in values}) > 1,
            values=values,
        )

    def context(self, figure: StoryFigure) -> str:
        """The words around the first telling of a figure, which say what it is of."""
        for piece in figure.evidence:
            reading = self.cites.readings.get(piece.document)
            told = next((f.span for f in reading.figures if f.id == piece.record), None) if reading is not None else None
            if reading is not None and told is not None:
                return words_around(reading.document.text, sentence_around(reading, told), told)
        return ""

    def dispute(self, dispute: Dispute) -> DisputeBlock:
        """A dispute, each side under the names of those who hold it, else of the reports."""
        sides = []
        for side in dispute.sides:
            held = list(dict.fromkeys(self.names[a] for a in side.held_by if a in self.names))
            voices = list(dict.fromkeys(self.voice(v) for v in side.voices))
            sides.append(
                SideBlock(
                    position=" ".join(side.position.split()),
                    held_by=", ".join(held) or ", ".join(voices[:3]) or "the report",
                    cites=self.cites.of(side.evidence),
                )
            )
        return DisputeBlock(
            kind=dispute.kind.value.replace("_", " "),
            topic=" ".join(dispute.topic.split()),
            compatible=dispute.compatible.value,
            reason=dispute.reason,
            sides=tuple(sides),
        )

    def thread(self, thread: Thread) -> ThreadBlock:
        """A process with its states in order."""
        states = tuple(
            StateLine(
                state=s.state.replace("_", " "),
                when=when_text(s.when),
                by=", ".join(dict.fromkeys(self.names.get(a, a) for a in s.by)),
                facts="; ".join(f"{k.replace('_', ' ')}: {fact_text(v)}" for k, v in s.facts.items()),
                cites=self.cites.of(s.evidence),
            )
            for s in thread.states
        )
        return ThreadBlock(
            kind=thread.kind.value.replace("_", " "), title=thread.title, states=states, open_questions=thread.open_questions
        )

    def copy(self, group: CopyGroup) -> CopyBlock:
        """Documents that share words, with the passages whose documents are at hand."""
        passages = []
        for passage in group.passages:
            document = self.document(passage.document)
            if document is not None:
                words = shorten(passage.span.of(document.text), 200)
                cites = self.cites.of((Evidence(document=passage.document, span=passage.span),))
                passages.append(Line(text=words, cites=cites))
        return CopyBlock(
            kind=group.kind.value,
            documents=tuple(self.label(d) for d in group.documents),
            reason=self.named(group.reason, group.documents),
            passages=tuple(passages),
        )

    def document_line(self, name: str, reason: str = "") -> DocumentLine:
        """A document with what could not be read of it; ``reason`` says why it was set aside."""
        document = self.document(name)
        if document is None:
            return DocumentLine(id=name, label=name, title="", published="", reason=reason)
        reading = self.cites.readings[name]
        problems = dict.fromkeys(p.message for p in reading.problems if p.severity == "error")
        return DocumentLine(
            id=name,
            label=document_label(document),
            title=" ".join((document.title or "").split()),
            published=published_text(reading),
            reason=reason,
            problems=tuple(problems),
        )


def _n_documents(claims: Sequence[Claim]) -> int:
    """Reports that give any of some claims."""
    return len({e.document for c in claims for e in c.evidence})


def _is_minor(figure: StoryFigure) -> bool:
    """Spans of time and counts of unknown kind come after people, votes and things."""
    return figure.kind in (FigureKind.DURATION, FigureKind.OTHER)


def lay_out(story: Story, readings: Sequence[Reading]) -> StoryView:
    """A story as people read it; citations are numbered in the order in which they appear.

    Args:
        story: The story.
        readings: Readings of its documents and of those set aside, in any order.
    """
    layout = _Layout(story, readings)
    cites = layout.cites
    return StoryView(
        title=story.title or "Untitled story",
        brief=tuple(Line(text=line.text, cites=cites.of(line.evidence)) for line in story.brief),
        timeline=layout.timeline(),
        speakers=layout.speakers(),
        figures=tuple(layout.figure(f) for f in sorted(story.figures, key=_is_minor)),
        disputes=tuple(layout.dispute(d) for d in story.disputes),
        agreements=tuple(
            Agreement(
                text=" ".join(c.what.split()),
                independent=c.independent.value,
                reason=c.reason,
                n_documents=c.n_documents,
                n_independent=c.n_independent,
                cites=cites.of(c.evidence),
            )
            for c in story.corroborations
        ),
        threads=tuple(layout.thread(t) for t in story.threads),
        copies=tuple(layout.copy(c) for c in story.copies),
        documents=tuple(layout.document_line(d) for d in story.documents),
        outside=tuple(layout.document_line(o.document, o.reason) for o in story.outside),
        notes=tuple(cites.notes.values()),
    )
