"""Step ``entities.v1``: who and what a document names, and which words mean the same one."""

from typing import TYPE_CHECKING

import msgspec

from crossread.reading.noun_phrases import PhraseTokens, own_words
from crossread.records import Document, Entity, Mention, Reading, Span
from crossread.steps import register_step
from crossread.vocabulary import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Doc


@register_step("entities.v1", requires=("sentences",), provides=("mentions", "entities"), scores=("strict_f1", "overlap_f1"))
def read_entities(document: Document, tokens: "Doc", so_far: Reading) -> Reading:
    """Mentions and the entities that they mean."""
    phrase_tokens = PhraseTokens(tokens)
    mentions: list[Mention] = []
    names: dict[str, tuple[str, EntityType, list[str]]] = {}
    for ent in tokens.ents:
        kind = EntityType(ent.label_) if ent.label_ in EntityType.__members__ else EntityType.OTHER
        span = phrase_tokens.trimmed(Span(ent.start_char, ent.end_char))
        name = own_words(document.text, span)
        entity_id, _, ids = names.setdefault(name.casefold(), (f"e{len(names) + 1}", kind, []))
        mention = Mention(id=f"m{len(mentions) + 1}", span=span, type=kind, entity=entity_id)
        mentions.append(mention)
        ids.append(mention.id)
    first = {m.entity: m for m in reversed(mentions)}
    entities = tuple(
        Entity(id=i, name=own_words(document.text, first[i].span), type=kind, mentions=tuple(ids))
        for i, kind, ids in names.values()
    )
    return msgspec.structs.replace(so_far, mentions=tuple(mentions), entities=entities)
