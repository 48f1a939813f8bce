"""What happened: events with actors, recipients, type, status, voice, time and place."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import msgspec

from crossread.codebook.plover import PENTA, Sense, word_list
from crossread.reading.actor_head import MarkedPhrases, with_marked
from crossread.reading.acts import asks_somebody, is_interview, is_of_others, is_supposed, reports_act
from crossread.reading.announced import announced_coding
from crossread.reading.arguments import Arguments, find_arguments
from crossread.reading.claims import is_party_claim
from crossread.reading.contexts import read_contexts
from crossread.reading.echoes import without_asides, without_echoes
from crossread.reading.entity_index import EntityIndex
from crossread.reading.event_confidence import below_asking, confidence_of, lowered
from crossread.reading.event_place import event_place
from crossread.reading.event_types import SPEECH, Coding, announces_refusal, code_predicate, is_refusal, vows_never
from crossread.reading.historical import is_historical, is_long_over, is_still_to_come
from crossread.reading.implied import with_implied
from crossread.reading.layers import layers_of
from crossread.reading.parties import PartyFinder
from crossread.reading.party_phrases import is_animate, phrase
from crossread.reading.predicates import Predicate, find_predicates
from crossread.reading.shared_times import named_entities, with_shared_times
from crossread.reading.status import DECLARED, StatusReading, auxiliary_of, read_status
from crossread.reading.tree import Tree
from crossread.reading.visits import with_cancelled_visits, with_known_hosts, with_planned_occasions
from crossread.reading.when import document_window, event_when
from crossread.records import Attribution, Document, Event, Party, Place, Reading, Span, When
from crossread.steps import register_step
from crossread.vocabulary import Basis, EntityType, EventType, Stance, Status

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from crossread.reading.layers import Layers


_WITHOUT_GROUND = frozenset(
    {t for t in EventType if PENTA[t] in (1, 3)} - {EventType.CONSULT} | {EventType.SANCTION, EventType.COOPERATE}
)
"""Types that are said, agreed or done on paper: what they name before them ("the Borduria probe") is not where they are."""
_ARTICLE = 4
"""Characters by which a phrase may be longer than the name in it ("the ")."""
_CHARGING = frozenset({"aggression", "genocide", "provocation", "barbarism"})
"""Words by which a speaker judges an act while naming it."""
_FORESEEING = frozenset(
    (
        "think",
        "believe",
        "suppose",
        "guess",
        "assume",
        "doubt",
        "feel",
        "predict",
        "forecast",
        "expect",
        "estimate",
        "project",
        "foresee",
        "plan",
        "schedule",
        "appear",
        "seem",
        "intend",
        "aim",
    )
)


@dataclass(frozen=True, slots=True)
class Draft:
    """An event in the making, in token numbers, with all rules that fired."""

    predicate: Predicate
    sentence: tuple[int, int]
    coding: Coding
    arguments: Arguments
    status: StatusReading
    voice: Attribution | None = None
    confidence: float = 0.0
    about: tuple[str, ...] = field(default=())
    """Recipients that only an attribution names (entity ids)."""
    implied_actors: tuple[int, ...] = field(default=())
    implied_recipients: tuple[int, ...] = field(default=())
    """Head words of sides that only another clause about the same event names."""
    told_at: int | None = None
    """The predicate of that clause."""
    spans: tuple[tuple[int, tuple[int, int]], ...] = field(default=())
    """Phrases whose edges the model knows better: head word -> first and last word."""

    def phrase_of(self, tree: Tree, head: int) -> tuple[int, int]:
        """First and last word of an argument's phrase."""
        return dict(self.spans).get(head) or phrase(tree, head, without=self.predicate.head)


class Voices:
    """The attributions of a reading, asked for the innermost one around a word."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self._contents = sorted(
            ((span.end - span.start, span, a) for a in attributions for span in a.content), key=lambda x: (x[0], x[1], x[2].id)
        )
        self.attributions = attributions

    def of(self, span: Span) -> Attribution | None:
        """The attribution with the shortest content that covers the span."""
        return next((a for _, content, a in self._contents if content.covers(span)), None)


def draft_events(tree: Tree, voices: Voices, *, title: Span | None = None, layers: "Layers | None" = None) -> list[Draft]:
    """All events of a text, before entities, times and places; ``layers`` is what the model says beyond the parse."""
    drafts: list[Draft] = []
    marked = MarkedPhrases(layers, tree) if layers is not None else None
    for first, last in tree.sentences:
        found = find_predicates(tree, first, last)
        kept = [d for p in found if (d := _draft(tree, p, (first, last), voices, title)) is not None]
        known = {i for d in kept for i in d.predicate.words}
        kept += _speech_drafts(tree, (first, last), voices, known)
        kept = without_asides(with_content_recipients(tree, kept))
        kept += announced_drafts(tree, kept)
        kept = below_asking(tree, without_echoes(tree, kept))
        if marked is not None and kept:
            kept = with_marked(tree, kept, marked.within(first, last))
        drafts += sorted(kept, key=lambda d: d.predicate.head)
    return with_implied(tree, with_known_hosts(tree, with_planned_occasions(tree, with_cancelled_visits(tree, drafts))))


def _draft(tree: Tree, predicate: Predicate, sentence: tuple[int, int], voices: Voices, title: Span | None) -> Draft | None:
    arguments = find_arguments(tree, predicate)
    if not reports_act(tree, predicate, arguments) and not _is_called_off(tree, predicate):
        return None
    coding = code_predicate(tree, predicate)
    anchor = tree.span(predicate.head, predicate.head)
    voice = voices.of(anchor)
    in_title = title is not None and title.covers(anchor)
    refused = is_refusal(tree, predicate) or vows_never(tree, predicate)
    status = read_status(tree, predicate, in_title=in_title, stance=_stance_of(tree, voice, sentence), refused=refused)
    told = status.status in (Status.HAPPENED, Status.ONGOING)
    if told and voice is not None and coding.type is EventType.ASSAULT and tree.lemmas[predicate.head] in _CHARGING:
        status = StatusReading(Status.ALLEGED, ("a charge by its very word",))
    if status.status is Status.HAPPENED and voice is not None and is_party_claim(tree, predicate, coding, arguments, voice):
        status = StatusReading(Status.ALLEGED, ("said by a party to the conflict",))
    if coding.label in ("meet", "call", "appeal", "demand") and is_interview(tree, predicate.head):
        return None
    confidence = confidence_of(tree, predicate, coding, arguments, status.status)
    return Draft(predicate, sentence, coding, arguments, status, voice, confidence)


def with_content_recipients(tree: Tree, drafts: Sequence[Draft]) -> list[Draft]:
    """Words about an act reach whom the act would reach: "threatened to shell the port", "agreed to lend to them", "sent tents to help us"."""
    by_head = {d.predicate.head: d for d in drafts}
    result = []
    for draft in drafts:
        inner = None
        top = draft.predicate.head if draft.predicate.kind != "n" else draft.predicate.light
        words = PENTA[draft.coding.type] in (0, 1, 3) and draft.predicate.kind != "n"
        aid = draft.coding.type is EventType.AID or draft.coding.label == "appeal"
        sides = bool(draft.arguments.actors) and draft.predicate.sense is not None and draft.predicate.sense.mutual
        if not draft.arguments.recipients and top is not None and (words or aid) and not sides:
            clauses = [k for k in tree.kids[top] if tree.deps[k] in ("xcomp", "ccomp", "advcl") and not _is_aside(tree, k)]
            inner = next((by_head[k] for k in clauses if k in by_head and (words or by_head[k].coding.type is EventType.AID)), None)
        if inner is not None and (aid or draft.coding.label not in ("demand", "appeal", "deny")):
            reached = inner.arguments.recipients or inner.arguments.actors
            others = tuple(i for i in reached if i not in draft.arguments.actors)
            arguments = Arguments(draft.arguments.actors, others, (*draft.arguments.rules, "recipient of the content"))
            draft = replace(draft, arguments=arguments)
        result.append(draft)
    return result


def _is_aside(tree: Tree, clause: int) -> bool:
    """Whether a clause only tells of another time ("before flying home")."""
    marks = {tree.lower[k] for k in tree.kids[clause] if tree.deps[k] in ("mark", "case")}
    return tree.deps[clause] == "advcl" and bool(marks & {"before", "after", "while", "when", "since", "until", "as"})


def announced_drafts(tree: Tree, drafts: Sequence[Draft]) -> list[Draft]:
    """Acts that are done by saying so: a promise, threat or demand in the clause of a verb of saying ("said it would release them")."""
    taken = {i for d in drafts for i in d.predicate.words}
    found: list[Draft] = []
    for draft in drafts:
        announced = announced_coding(tree, draft.predicate, draft.coding)
        if announced is None or announced[0] in taken:
            continue
        verb, coding = announced
        taken.add(verb)
        sense = Sense(tree.lemmas[verb], coding.type, coding.mode, coding.cameo, coding.label, (), False, False, (), 0)
        predicate = Predicate(verb, (verb,), "s", sense)
        own = find_arguments(tree, Predicate(verb, (verb,), "v", sense))
        others = draft.arguments.actors if coding.type is EventType.REQUEST else draft.arguments.recipients
        arguments = Arguments(own.actors, tuple(i for i in others if i not in own.actors), ("speaker", *own.rules))
        status = read_status(tree, predicate, stance=None)
        confidence = confidence_of(tree, predicate, coding, arguments, status.status)
        found.append(Draft(predicate, draft.sentence, coding, arguments, status, draft.voice, confidence))
    return found


def _stance_of(tree: Tree, voice: Attribution | None, sentence: tuple[int, int]) -> Stance | None:
    """The stance that bears on what is said: a denial does only where its content is what a word of denial denies, and in its sentence."""
    if voice is not None and voice.stance is Stance.DENY and voice.content and tree.starts[sentence[0]] > voice.content[0].start:
        return None
    if voice is None or (voice.stance is Stance.DENY and not (voice.denied and _is_denied(tree, voice))):
        return None
    return voice.stance


def _is_denied(tree: Tree, voice: Attribution) -> bool:
    words = [i for c in voice.cue for i in range(bisect_left(tree.starts, c.start), bisect_left(tree.starts, c.end))]
    said = {tree.lemmas[i] for i in words}
    return not said <= word_list("saying") or bool(said & {"deny"})


def _is_called_off(tree: Tree, predicate: Predicate) -> bool:
    """Whether a noun is what somebody called off: it names the act even without sides."""
    return predicate.kind == "n" and read_status(tree, predicate).status is Status.CALLED_OFF


def _speech_drafts(tree: Tree, sentence: tuple[int, int], voices: Voices, known: set[int]) -> list[Draft]:
    """Verbs of saying that are an act by their stance ("said the raid was a disgrace")."""
    first, last = sentence
    start, end = tree.starts[first], tree.ends[last - 1]
    found = []
    for attribution in voices.attributions:
        if attribution.stance not in SPEECH or not attribution.cue or not start <= attribution.cue[0].start < end:
            continue
        words = [i for i in range(first, last) if any(c.start <= tree.starts[i] < c.end for c in attribution.cue)]
        verbs = [i for i in words if tree.is_verb(i)] or [i for i in words if tree.tags[i].startswith("VB")]
        heads = (
            [i for i in verbs if tree.lemmas[i] in word_list("saying")]
            or verbs
            or [i for i in words if tree.tags[i].startswith("NN")]
        )
        if not heads or known & set(words):
            continue
        head = heads[-1]
        if tree.lower[head] in ("according", "want", "wants", "wanted", "hope", "hopes", "hoped", "hoping", *_WISHES) or (
            attribution.stance is Stance.PROMISE and tree.lemmas[head] in _FORESEEING
        ):
            continue
        promised = attribution.stance is Stance.PROMISE
        if is_interview(tree, head) or (promised and (is_of_others(tree, head) or is_supposed(tree, head))):
            continue
        if attribution.stance in _ASKED and tree.lemmas[head] in _PLAIN and not asks_somebody(tree, head):
            continue
        stance = Stance.REJECT if promised and announces_refusal(tree, head) else attribution.stance
        name, mode, cameo, label = SPEECH[stance]
        sense = Sense(tree.lemmas[head], EventType(name), mode, cameo, label, (), True, False, (), 0)
        predicate = Predicate(head, (head,), "s", sense)
        voice = voices.of(tree.span(head, head))
        coding = Coding(sense.type, mode, cameo, label, (f"said with stance {stance.value}",))
        sources = tuple(i for i in range(first, last) if any(tree.starts[i] == s.start for s in attribution.source))
        told = sense.type is EventType.REQUEST and tree.is_passive(head)  # "was told to leave", by nobody knows whom
        arguments = find_arguments(tree, predicate) if sources or told else Arguments()
        blamed = sense.type is EventType.ACCUSE and not _others(
            attribution
        )  # "said the board had lied", where nobody knows the board
        asked = arguments.recipients if sense.type is EventType.REQUEST or blamed else ()
        if sense.type is EventType.ACCUSE and arguments.actors and not any(is_animate(tree, i) for i in arguments.actors):
            continue  # "a police report described how shops were looted"
        arguments = Arguments(arguments.actors, asked, ("speaker",))
        status = read_status(tree, predicate, stance=voice.stance if voice else None)
        confidence = confidence_of(tree, predicate, coding, arguments, status.status)
        found.append(
            Draft(predicate, sentence, coding, arguments, status, voice, confidence, () if asked else _others(attribution))
        )
    return found


def _others(attribution: Attribution) -> tuple[str, ...]:
    """Whom an attribution is about besides who says it."""
    return tuple(e for e in attribution.about if e not in attribution.speaker)


_ASKED = (Stance.DEMAND, Stance.PROPOSE)
_WISHES = ("wish", "wishes", "wished", "wishing")
_PLAIN = frozenset({"say", "tell", "add"})


class _Builder:
    """Turns drafts into records: entities, times, places, ids."""

    def __init__(self, document: Document, doc: "Doc", reading: Reading, tree: Tree, drafts: Sequence[Draft]) -> None:
        self.document, self.doc, self.tree = document, doc, tree
        self.index = EntityIndex.of(reading, doc)
        self.finder = PartyFinder(reading, tree, self.index, drafts)
        self.sentences = reading.sentences
        self.published = document_window(document)

    def event(self, number: int, draft: Draft) -> Event:
        """The record of a draft; ``number`` makes its id."""
        tree, coding = self.tree, draft.coding
        sentence = self._sentence(draft)
        if draft.told_at is not None and self._apart(draft.predicate.head, draft.told_at):
            hosts = draft.implied_recipients if draft.coding.mode == "visit" else ()
            draft = replace(draft, implied_actors=(), implied_recipients=hosts, told_at=None)
        actors, recipients = self._sides(draft)
        when = self._when(draft)
        rule = draft.status.rules[0] if draft.status.rules else ""
        if is_long_over(draft.predicate, draft.status.status, rule, when, self.published):
            draft = replace(draft, status=StatusReading(Status.HAPPENED, ("dated back",)))
        elif is_still_to_come(tree, draft.predicate, draft.status.status, when, self.published):
            draft = replace(draft, status=StatusReading(Status.PLANNED, ("dated ahead",)))
        historical = is_historical(tree, draft.predicate, draft.status.status, when, self.published)
        return Event(
            id=f"v{number}",
            anchor=self._anchor(draft.predicate),
            sentence=sentence,
            type=coding.type,
            label=coding.label,
            mode=coding.mode,
            contexts=read_contexts(tree.lemmas[draft.sentence[0] : draft.sentence[1]]),
            actors=actors,
            recipients=recipients,
            place=self._place(draft, (*actors, *recipients)),
            when=when,
            auxiliary=auxiliary_of(draft.status.status, historical=historical),
            status=draft.status.status,
            voice=draft.voice.id if draft.voice else None,
            cameo=coding.cameo,
            confidence=round(lowered(draft.confidence) if historical else draft.confidence, 4),
        )

    def _sentence(self, draft: Draft) -> Span:
        span = self.tree.span(draft.predicate.head, draft.predicate.head)
        for sentence in self.sentences:
            if sentence.start <= span.start < sentence.end:
                return sentence
        first, last = draft.sentence
        return self.tree.span(first, last - 1)

    def _anchor(self, predicate: Predicate) -> tuple[Span, ...]:
        spans: list[Span] = []
        for i in sorted(set(predicate.words)):
            word = self.tree.span(i, i)
            if spans and word.start - spans[-1].end <= 1:
                spans[-1] = Span(spans[-1].start, word.end)
            else:
                spans.append(word)
        return tuple(spans)

    def _sides(self, draft: Draft) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
        """Actors and recipients: those of the clause, then those that only other clauses name."""
        finder, arguments = self.finder, draft.arguments
        actors = tuple(finder.parties(draft, arguments.actors, acting=True))
        recipients = tuple(finder.without_owners(finder.parties(draft, arguments.recipients, acting=False), actors))
        recipients += tuple(Party(entity=e) for e in finder.blamed(draft))
        actors += tuple(finder.implied(draft, draft.implied_actors, (*actors, *recipients), acting=True))
        recipients += tuple(finder.implied(draft, draft.implied_recipients, (*actors, *recipients), acting=False))
        return actors, recipients

    def _when(self, draft: Draft) -> When | None:
        """The time of a draft: its own, else that which an earlier clause about the same event states."""
        own = self._time_of(draft.predicate.head)
        if draft.status.rules == (DECLARED,) and self.tree.deps[draft.predicate.head] == "ccomp":
            return self._time_of(self.tree.heads[draft.predicate.head])
        if own is not None and self._is_told_before(draft, own):
            own = None
        bounded = own is not None and own.start is not None and own.basis is not Basis.PUBLICATION
        told = self._time_of(draft.told_at) if draft.told_at is not None and not bounded else None
        if told is None or told.start is None or told.basis is Basis.PUBLICATION:
            return own
        return msgspec.structs.replace(told, basis=Basis.CONTEXT)

    def _is_told_before(self, draft: Draft, when: When) -> bool:
        """Whether a time gone by cannot be that of an occasion to come, but is that of the clause that speaks of it."""
        ahead = draft.status.status is Status.PLANNED and draft.coding.type is EventType.CONSULT
        if draft.predicate.kind != "n" or not ahead or self.published is None:
            return False
        if when.end is None or self.published.end is None or when.end > self.published.end:
            return False
        words = self.tree.subtree(draft.predicate.head)
        own = when.span is not None and self.tree.span(min(words), max(words)).covers(when.span)
        return when.basis is Basis.PUBLICATION or not own

    def _apart(self, head: int, told_at: int) -> bool:
        """Whether two clauses state times that do not meet, so that they do not tell of one event."""
        times = [self._time_of(i) for i in (head, told_at)]
        said = [(t.start, t.end) for t in times if t is not None and t.basis in (Basis.STATED, Basis.RELATIVE)]
        spans = [(start, end) for start, end in said if start is not None and end is not None]
        return len(spans) == len(times) and (spans[0][1] < spans[1][0] or spans[1][1] < spans[0][0])

    def _time_of(self, head: int) -> When | None:
        return event_when(self.doc, self.doc[head], self.published)

    def _place(self, draft: Draft, parties: Sequence[Party]) -> Place | None:
        """Where it happened; what was said, agreed or punished is not where a side of it is ("a deal with Borduria")."""
        found = event_place(self.doc, self.doc[draft.predicate.head], spoken=draft.coding.type in _WITHOUT_GROUND)
        if found is None or found.span is None or draft.coding.type not in _WITHOUT_GROUND:
            return found
        sides = (p.span for p in parties if p.span is not None and p.entity is not None)
        return (
            None
            if any(s.covers(found.span) and s.end - s.start <= found.span.end - found.span.start + _ARTICLE for s in sides)
            else found
        )


_NAMES = frozenset(("Ban", "Grant", "Bill", "Mark", "Chase", "Hunt", "March", "Rush", "Gore", "Peace", "Storm", "Sue", "Pat"))
"""Names that are nouns for acts, too."""


def _is_name(tree: Tree, predicate: Predicate, reading: Reading) -> bool:
    """Whether a noun that could tell of an act is part of a person's name ("Ban Ki-moon")."""
    if predicate.kind != "n" or tree.words[predicate.head] not in _NAMES:
        return False
    word = tree.span(predicate.head, predicate.head)
    for mention in reading.mentions:
        if mention.type is EntityType.PERSON and mention.span.covers(word) and mention.span != word:
            names = mention.span.of(reading.document.text).split()
            return all(name[:1].isupper() for name in names)
    return False


@register_step(
    "events.v1",
    requires=("sentences", "mentions", "entities", "attributions"),
    provides=("events", "mentions", "entities"),
    scores=("events", "event_type", "event_status", "actors", "recipients", "penta_macro_f1", "exact_source_f1", "exact_target_f1"),
)
def read_events(document: Document, tokens: "Doc", so_far: Reading) -> Reading:
    """Fill in the events of a reading, and the entities that only they name."""
    tree = Tree(tokens)
    drafts = draft_events(tree, Voices(so_far.attributions), title=document.title_span, layers=layers_of(tokens))
    drafts = [d for d in drafts if not _is_name(tree, d.predicate, so_far)]
    builder = _Builder(document, tokens, so_far, tree, drafts)
    built = [builder.event(n, d) for n, d in enumerate(drafts, 1)]
    known = builder.index.extend(so_far)
    events = with_shared_times(tree, drafts, built, builder.published, named_entities(tree, known.mentions))
    return msgspec.structs.replace(known, events=events)
