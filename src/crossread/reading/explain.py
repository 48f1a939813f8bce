"""Why a sentence is read as it is: every candidate, the rules that fired, the probabilities, as data."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from crossread.records import Document, Event, Reading, Record, Span
from crossread.vocabulary import Auxiliary

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from crossread.reading.events import Draft
    from crossread.reading.tree import Tree

_CLASSES = ("no event", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


class ExplainedWord(Record, frozen=True, kw_only=True):
    """A word with what the parser says of it: ``head`` is the number of the word that it depends on, itself for the root."""

    text: str
    span: Span
    lemma: str
    tag: str
    dep: str
    head: int


class ExplainedSense(Record, frozen=True, kw_only=True):
    """A sense that the lexicon has for a candidate; ``conditions`` with whether each is met here."""

    lemma: str
    type: str
    mode: str | None
    label: str
    conditions: tuple[tuple[str, bool], ...]
    chosen: bool


class ExplainedPhrase(Record, frozen=True, kw_only=True):
    """An actor or recipient phrase."""

    text: str
    span: Span


class Candidate(Record, frozen=True, kw_only=True):
    """A word that may report an act.  ``kept`` says whether it became an event, ``reason`` why not."""

    anchor: str
    span: Span
    kind: str
    senses: tuple[ExplainedSense, ...]
    kept: bool
    reason: str | None = None
    type: str | None = None
    mode: str | None = None
    label: str | None = None
    cameo: str | None = None
    actors: tuple[ExplainedPhrase, ...] = ()
    recipients: tuple[ExplainedPhrase, ...] = ()
    implied: tuple[ExplainedPhrase, ...] = ()
    """Sides that only another clause about the same event names."""
    voice: str | None = None
    """Whose words it is in, where not the reporter's own."""
    historical: bool = False
    status: str | None = None
    confidence: float | None = None
    rules: tuple[str, ...] = ()
    types: tuple[tuple[str, float], ...] = ()
    """The five most probable types for the candidate's actor and recipient (lexicon and relation model together)."""


class Explanation(Record, frozen=True, kw_only=True):
    """All that led to the events of a sentence."""

    text: str
    words: tuple[ExplainedWord, ...]
    candidates: tuple[Candidate, ...]
    classes: tuple[tuple[str, float], ...] = ()
    """What the model's sentence head says (empty under another pipeline)."""


def explain_sentence(text: str, *, model: str | None = None) -> Explanation:
    """The explanation of a sentence (or of all sentences of a short text).

    Args:
        text: The sentence.
        model: Name of an installed spaCy pipeline instead of the shipped model.

    Raises:
        ModelError: If the model cannot be loaded.
    """
    from crossread.reading.language import load_reader

    return explain_doc(next(iter(load_reader(model).docs([text]))))


def explain_doc(doc: "Doc") -> Explanation:
    """The explanation of a parsed text."""
    from crossread.reading import read_document, reading_steps
    from crossread.reading.layers import layers_of
    from crossread.reading.tree import Tree

    tree, layers = Tree(doc), layers_of(doc)
    reading = read_document(Document(id="sentence", text=doc.text), doc, reading_steps())
    classes = (
        tuple(zip(_CLASSES, (round(float(p), 4) for p in layers.penta[0]), strict=True)) if layers and len(layers.penta) else ()
    )
    return Explanation(text=doc.text, words=_words(tree), candidates=_candidates(tree, doc, reading), classes=classes)


def _words(tree: "Tree") -> tuple[ExplainedWord, ...]:
    return tuple(
        ExplainedWord(
            text=tree.words[i], span=tree.span(i, i), lemma=tree.lemmas[i], tag=tree.tags[i], dep=tree.deps[i], head=tree.heads[i]
        )
        for i in range(len(tree))
    )


def _candidates(tree: "Tree", doc: "Doc", reading: Reading) -> tuple[Candidate, ...]:
    from crossread.reading.events import Voices, draft_events
    from crossread.reading.layers import layers_of
    from crossread.reading.predicates import find_predicates

    drafts = {d.predicate.head: d for d in draft_events(tree, Voices(reading.attributions), layers=layers_of(doc))}
    events = {s.start: e for e in reading.events for s in e.anchor}
    known = {p.head: p for first, last in tree.sentences for p in find_predicates(tree, first, last)}
    found = []
    for i in range(len(tree)):
        sense = known[i].sense if i in known else None
        senses = _senses(tree, i, sense.order if sense is not None else None)
        if i in drafts:
            found.append(_kept(tree, doc, drafts[i], senses, _event_of(tree, drafts[i], events)))
        elif senses and (tree.is_noun(i) or tree.tags[i].startswith(("VB", "JJ"))):
            found.append(
                Candidate(
                    anchor=tree.words[i],
                    span=tree.span(i, i),
                    kind=_kind(tree, i),
                    senses=senses,
                    kept=False,
                    reason=_reason(tree, i, known),
                )
            )
    return tuple(found)


def _event_of(tree: "Tree", draft: "Draft", events: Mapping[int, Event]) -> Event | None:
    """The event of the reading that a draft became."""
    return next((events[tree.starts[i]] for i in sorted(draft.predicate.words) if tree.starts[i] in events), None)


def _kind(tree: "Tree", i: int) -> str:
    return "verb" if tree.tags[i].startswith("VB") else "noun" if tree.is_noun(i) else "adjective"


def _reason(tree: "Tree", i: int, known: Mapping[int, object]) -> str:
    if i in known:
        return "a weak sense, and no sides that can act"
    if tree.deps[i] in ("compound", "amod", "flat", "fixed"):
        return f"stands before another word as its {tree.deps[i]}"
    if tree.tags[i].startswith("VB") and not tree.is_verb(i):
        return "an auxiliary or modifier"
    return "part of another candidate, or no frame fits"


def _senses(tree: "Tree", i: int, chosen: int | None) -> tuple[ExplainedSense, ...]:
    from crossread.codebook.plover import predicates
    from crossread.reading.predicates import Surroundings, condition_met

    lexicon = predicates()
    table = lexicon.verbs if tree.tags[i].startswith("VB") else lexicon.nouns if tree.is_noun(i) else lexicon.adjectives
    particle = tree.particle(i) if table is lexicon.verbs else None
    senses = (table.get(f"{tree.lemmas[i]}_{particle}", ()) if particle else ()) or table.get(tree.lemmas[i], ())
    around = Surroundings(tree, i)
    return tuple(
        ExplainedSense(
            lemma=s.lemma,
            type=s.type.value,
            mode=s.mode,
            label=s.label,
            conditions=tuple((_condition(c.key, c.words, c.absent), condition_met(c, around)) for c in s.conditions),
            chosen=s.order == chosen,
        )
        for s in senses
    )


def _condition(key: str, words: frozenset[str] | None, absent: bool) -> str:
    if absent:
        return f"no {key}"
    if words is None:
        return f"some {key}"
    shown = sorted(words)
    return f"{key}: {', '.join(shown[:6])}{' ...' if len(shown) > 6 else ''}"


def _kept(tree: "Tree", doc: "Doc", draft: "Draft", senses: tuple[ExplainedSense, ...], event: Event | None) -> Candidate:
    from crossread.reading.relations import rank_doc

    def phrases(heads: tuple[int, ...]) -> tuple[ExplainedPhrase, ...]:
        spans = [tree.span(*draft.phrase_of(tree, h)) for h in heads]
        return tuple(ExplainedPhrase(text=s.of(doc.text), span=s) for s in spans)

    actors, recipients = phrases(draft.arguments.actors), phrases(draft.arguments.recipients)
    ranking = rank_doc(doc, actors[0].span if actors else None, recipients[0].span if recipients else None)
    words = sorted(set(draft.predicate.words))
    return Candidate(
        anchor=" ".join(tree.words[i] for i in words),
        span=tree.span(draft.predicate.head, draft.predicate.head),
        kind={"v": "verb", "n": "noun", "a": "adjective"}.get(draft.predicate.kind, "saying"),
        senses=senses,
        kept=True,
        type=draft.coding.type.value,
        mode=draft.coding.mode,
        label=draft.coding.label,
        cameo=draft.coding.cameo,
        actors=actors,
        recipients=recipients,
        implied=phrases((*draft.implied_actors, *draft.implied_recipients)),
        voice=_words_of(doc, draft),
        historical=event is not None and Auxiliary.HISTORICAL in event.auxiliary,
        status=draft.status.status.value,
        confidence=event.confidence if event is not None else round(draft.confidence, 4),
        rules=(*draft.coding.rules, *draft.arguments.rules, *draft.status.rules),
        types=tuple((t.value, round(p, 4)) for t, p in ranking[:5]),
    )


def _words_of(doc: "Doc", draft: "Draft") -> str | None:
    """The source of the attribution around a draft, in its own words; "somebody" where it has none."""
    if draft.voice is None:
        return None
    return " ".join(s.of(doc.text) for s in draft.voice.source) or "somebody"
