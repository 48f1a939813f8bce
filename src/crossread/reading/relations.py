"""PLOVER types of what a given actor does to a given recipient: lexicon and relation model combined.

The manual's rules apply: cooperation that is announced or promised is AGREE, conflict that is announced is THREATEN, what is refused is REJECT.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from crossread.codebook.plover import PENTA
from crossread.errors import ModelMissing, SpanOutOfRange
from crossread.reading.events import Draft, Voices, draft_events
from crossread.reading.party_phrases import phrase
from crossread.reading.tree import Tree
from crossread.records import Span
from crossread.vocabulary import EventType, Status

if TYPE_CHECKING:
    from spacy.tokens import Doc

Ranking = list[tuple[EventType, float]]
TYPES = tuple(EventType)
_FLOOR = 0.02
"""Share of the lexicon's vote that is spread over all types: no word settles a type."""
_MODEL_WEIGHT, _LEXICON_WEIGHT = 1.0, 0.2


def code_relation(text: str, actor: Sequence[int] | None = None, recipient: Sequence[int] | None = None) -> Ranking:
    """All types with probabilities (they sum to 1), best first; see `crossread.code_relation`."""
    return code_relations([text], [actor], [recipient])[0]


def code_relations(
    texts: Sequence[str], actors: Sequence[Sequence[int] | None], recipients: Sequence[Sequence[int] | None]
) -> list[Ranking]:
    """`code_relation` of many sentences at once.

    Raises:
        SpanOutOfRange: If a span does not lie in its text.
        ModelError: If the model cannot be loaded.
    """
    from crossread.reading.language import load_reader

    sources = [_span(a, t, "actor") for a, t in zip(actors, texts, strict=True)]
    targets = [_span(r, t, "recipient") for r, t in zip(recipients, texts, strict=True)]
    docs = load_reader().docs(texts)
    votes = [lexicon_votes(doc, s, t) for doc, s, t in zip(docs, sources, targets, strict=True)]
    models = _model_ranks(texts, sources, targets)
    return [_ranked(combine(model, vote)) for model, vote in zip(models, votes, strict=True)]


def rank_doc(doc: "Doc", actor: Span | None, recipient: Span | None) -> Ranking:
    """The ranking for a sentence that is parsed already."""
    model = next(iter(_model_ranks([doc.text], [actor], [recipient])))
    return _ranked(combine(model, lexicon_votes(doc, actor, recipient)))


def _span(given: Sequence[int] | None, text: str, what: str) -> Span | None:
    if given is None:
        return None
    start, end = given
    if not 0 <= start < end <= len(text):
        raise SpanOutOfRange(f"{what} [{start}, {end}] does not lie in the text of {len(text)} characters")
    return Span(start, end)


def _model_ranks(
    texts: Sequence[str], actors: Sequence[Span | None], recipients: Sequence[Span | None]
) -> Iterable[Mapping[EventType, float] | None]:
    """What the relation model says; nothing where none is shipped."""
    from crossread.reading.relation_model import load_relation_model

    try:
        model = load_relation_model()
    except ModelMissing:
        return [None] * len(texts)
    return [dict(ranking) for ranking in model.rank(texts, actors, recipients)]


def combine(model: Mapping[EventType, float] | None, votes: Mapping[EventType, float]) -> dict[EventType, float]:
    """One distribution of the model's and the lexicon's, weighted in the logarithm."""
    total = sum(votes.values())
    lexicon = {t: (1 - _FLOOR) * (votes.get(t, 0.0) / total if total else 1 / len(TYPES)) + _FLOOR / len(TYPES) for t in TYPES}
    if model is None:
        return lexicon
    logs = {t: _MODEL_WEIGHT * math.log(max(model.get(t, 0.0), 1e-6)) + _LEXICON_WEIGHT * math.log(lexicon[t]) for t in TYPES}
    top = max(logs.values())
    weights = {t: math.exp(v - top) for t, v in logs.items()}
    whole = sum(weights.values())
    return {t: w / whole for t, w in weights.items()}


def _ranked(shares: Mapping[EventType, float]) -> Ranking:
    return sorted(shares.items(), key=lambda item: (-item[1], item[0].value))


def lexicon_votes(doc: "Doc", actor: Span | None, recipient: Span | None) -> dict[EventType, float]:
    """Weight of each type by the predicates of a sentence, those that tie actor and recipient together counting most."""
    tree = Tree(doc)
    votes: defaultdict[EventType, float] = defaultdict(float)
    for draft in draft_events(tree, Voices(())):
        weight = 0.2 + draft.confidence
        weight *= (
            1 + 2 * _touches(tree, draft.arguments.actors, actor) + 1.5 * _touches(tree, draft.arguments.recipients, recipient)
        )
        weight *= 1 + 1.0 * (_touches(tree, draft.arguments.actors, recipient) + _touches(tree, draft.arguments.recipients, actor))
        votes[manual_type(draft)] += weight**2
    return dict(votes)


def _touches(tree: Tree, heads: Sequence[int], span: Span | None) -> bool:
    if span is None:
        return False
    return any(span.start <= tree.starts[i] < span.end or tree.span(*phrase(tree, i)).overlaps(span) for i in heads)


def manual_type(draft: Draft) -> EventType:
    """The type that the manual gives to an act that is announced, promised or refused."""
    event_type, status = draft.coding.type, draft.status.status
    cooperative, conflict = PENTA[event_type] in (1, 2), PENTA[event_type] in (3, 4)
    if event_type is EventType.NONE:
        return event_type
    if status is Status.PLANNED:
        return EventType.AGREE if cooperative else EventType.THREATEN if PENTA[event_type] == 4 else event_type
    if status is Status.NEGATED and cooperative:
        return EventType.REJECT
    if status is Status.PROPOSED and (cooperative or conflict) and draft.status.rules and draft.status.rules[0].startswith("modal"):
        return EventType.REQUEST
    return event_type
