"""Which entity a phrase of the text means: the look-up that attribution and events share.

The index is built once per reading.  It answers for spans of any extent ("the envoy, a former judge", "Mr Ruiz's"), because it
compares heads of phrases and not only their edges.  Phrases that no mention covers can be added as entities of their own.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from crossread.codebook.actors import actor_code, names
from crossread.reading.name_pieces import ends_role
from crossread.reading.noun_phrases import PhraseTokens, own_words
from crossread.records import Entity, Mention, Reading, Span
from crossread.vocabulary import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Doc


class EntityIndex:
    """Mentions of one reading by span and by head token; new ones get fresh ids.

    ``find`` and ``find_all`` never add; ``find_or_add`` does.  ``extend`` returns the reading with what was added.
    """

    def __init__(self, reading: Reading, doc: "Doc") -> None:
        self._tokens = PhraseTokens.of(doc)
        self._text = reading.document.text
        self._entities = {e.id: e for e in reading.entities}
        self._mentions = {m.id: m for m in reading.mentions}
        layers = (reading.mentions, reading.entities, reading.attributions, reading.events, reading.figures)
        self._taken = {record.id for layer in layers for record in layer}  # ids are unique across all lists
        self._exact: dict[Span, str] = {}
        self._by_head: dict[int, Mention] = {}
        self._covering: dict[int, Mention] = {}
        self._new_mentions: list[Mention] = []
        self._new_entities: list[str] = []
        self._next = {"m": len(reading.mentions) + 1, "e": len(reading.entities) + 1}
        for mention in reading.mentions:
            self._enter(mention)

    @classmethod
    def of(cls, reading: Reading, doc: "Doc") -> "EntityIndex":
        """The index of a reading whose mentions and entities are filled in."""
        return cls(reading, doc)

    def _enter(self, mention: Mention) -> None:
        self._exact.setdefault(self._tokens.trimmed(mention.span), mention.entity)
        for i in self._tokens.indices(mention.span):
            known = self._covering.get(i)
            if known is None or len(range(*mention.span)) < len(range(*known.span)):
                self._covering[i] = mention
        head = self._tokens.head(mention.span)
        if head is not None:
            known = self._by_head.get(head)
            if known is None or known.span.covers(mention.span):
                self._by_head[head] = mention

    def entity(self, entity_id: str) -> Entity:
        """The entity with this id."""
        return self._entities[entity_id]

    def head_of(self, span: Span) -> int | None:
        """Index of the token that heads the phrase in this span; ``None`` when the span touches no word."""
        return self._tokens.head(span)

    def find(self, span: Span) -> str | None:
        """Id of the entity that the phrase means: the mention with the same edges (article and possessive ending aside), else
        the mention whose head is the phrase's head; ``None`` when there is none.

        Of a coordination ("the mayor and two aides") it is the first part's entity; see `find_all`.
        """
        found = self._exact.get(self._tokens.trimmed(span))
        if found is not None:
            return found
        head = self._tokens.head(span)
        if head is None:
            return None
        mention = self._by_head.get(head) or self._flat_neighbour(head, span)
        return mention.entity if mention is not None else None

    def _flat_neighbour(self, head: int, span: Span) -> Mention | None:
        """The mention that holds the head word without being headed by it: a name under another root, or a person's by title or name."""
        mention = self._covering.get(head)
        if mention is None:
            return None
        if span.covers(mention.span):
            return mention
        inner = self._tokens.trimmed(span)
        if mention.type is not EntityType.PERSON or not mention.span.covers(inner):
            return None
        whole_name = inner.end == self._tokens.trimmed(mention.span).end
        return mention if whole_name or ends_role(self._tokens, self._tokens.indices(inner)[-1]) else None

    def find_all(self, span: Span) -> tuple[str, ...]:
        """Ids of all entities that the phrase means, one for each part of a coordination, in the order of the text."""
        found: dict[str, None] = dict.fromkeys(self._governments(span))
        if found:
            return tuple(found)
        for part in self._tokens.parts(span):
            entity = self.find(part)
            if entity is not None:
                found[entity] = None
        return tuple(found)

    def _governments(self, span: Span) -> tuple[str, ...]:
        """The states of "the X and Y governments"."""
        words = own_words(self._text, span).split()
        if len(words) != 4 or words[1] != "and" or words[3].lower() not in ("governments", "authorities", "leaders"):
            return ()
        states = [names().get(words[0]), names().get(words[2])]
        by_name = {e.name: e.id for e in self._entities.values() if e.type is EntityType.GPE}
        ids = [by_name[s.name] for s in states if s is not None and s.kind in ("adjective", "state") and s.name in by_name]
        return tuple(ids) if len(ids) == 2 else ()

    def find_or_add(self, span: Span, *, type: EntityType = EntityType.OTHER) -> str:
        """Like `find`; a phrase that means no known entity becomes one, named by its own words without a leading article."""
        found = self.find(span)
        if found is not None:
            return found
        span = self._tokens.trimmed(span)
        mention_id, entity_id = self._fresh("m"), self._fresh("e")
        mention = Mention(id=mention_id, span=span, type=type, entity=entity_id)
        name = own_words(self._text, span) or span.of(self._text)
        code = actor_code(name)
        self._entities[entity_id] = Entity(
            id=entity_id, name=name, type=type, country=code.country, sector=code.sector, mentions=(mention_id,)
        )
        self._mentions[mention_id] = mention
        self._new_mentions.append(mention)
        self._new_entities.append(entity_id)
        self._enter(mention)
        return entity_id

    def _fresh(self, letter: str) -> str:
        while (name := f"{letter}{self._next[letter]}") in self._taken:
            self._next[letter] += 1
        self._taken.add(name)
        return name

    def mentions(self) -> Iterator[Mention]:
        """All mentions, those added last."""
        return iter(self._mentions.values())

    def extend(self, reading: Reading) -> Reading:
        """The reading with the mentions and entities that were added through this index."""
        if not self._new_mentions:
            return reading
        known = {m.id for m in reading.mentions}
        mentions = tuple(m for m in self._new_mentions if m.id not in known)
        have = {e.id for e in reading.entities}
        entities = tuple(self._entities[i] for i in self._new_entities if i not in have)
        return msgspec.structs.replace(reading, mentions=(*reading.mentions, *mentions), entities=(*reading.entities, *entities))
