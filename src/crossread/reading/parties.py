"""Which entities the phrases of an event's sides mean.

A phrase is evidence of its own: it stays as the sentence has it.  The entity is who acts or is acted on: where the phrase names a thing
("Ruritania's handling of the strike", "a Freedonian-backed draft") it is whose thing it is; a town, a road or a building cannot act, so
it gives no entity, but a visit to a capital is one to its government.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from crossread.codebook.actors import names, nouns
from crossread.codebook.plover import word_classes
from crossread.reading.control import controller_of, only_plural_before, subject_above
from crossread.reading.party_phrases import is_animate, is_place_or_name, listed, phrase
from crossread.records import Entity, Party, Reading, Span
from crossread.vocabulary import EntityType, EventType

if TYPE_CHECKING:
    from crossread.reading.entity_index import EntityIndex
    from crossread.reading.events import Draft
    from crossread.reading.tree import Tree

_FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us", "ourselves", "myself"})
_PARTS = frozenset({"some", "all", "both", "many", "most", "several", "each", "any"})
_RELATIVE_TAGS = ("WDT", "WP", "WRB", "DT", "EX")
_THINGS = (EntityType.WORK, EntityType.EVENT, EntityType.OTHER)
_BACKED = frozenset({"backed", "drafted", "sponsored", "led", "brokered", "proposed", "written", "tabled", "supported"})
_MISSIONS = frozenset({"embassy", "consulate"})
_MATTERS = frozenset({"policy", "plan", "handling", "conduct", "behaviour", "behavior", "action", "decision", "proposal", "rule", "stance",
                      "remark", "comment", "statement", "record", "failure", "treatment", "request", "demand", "claim", "offer"})  # fmt: skip
"""What is somebody's, so that words about it reach them ("criticised the policies of the king")."""
_TEAMS = frozenset({"campaign", "administration", "camp", "transition"})
_OFFICES = frozenset({"minister", "leader", "president", "army", "force", "government", "official", "envoy", "diplomat", "ambassador",
                      "parliament", "troop", "chief", "general", "premier", "navy"})  # fmt: skip
_NOBODY = frozenset((
    "accusation", "allegation", "charge", "claim", "effort", "fact", "idea", "information", "notion", "option", "possibility", "prospect",
    "purpose", "question", "reason", "report", "responsibility", "rumour", "rumor", "suggestion", "way"
))  # fmt: skip
"""What is denied, weighed or sought, and nobody whom an act reaches."""
_ABOUT = frozenset((
    "ability", "agreement", "appeal", "approval", "casualty", "chance", "death", "effect", "escalation", "fate", "future", "impact", "issue",
    "lack", "matter", "need", "outcome", "phase", "proposal", "result", "role", "situation", "use", "violence"
))  # fmt: skip
"""What words are about."""
_WORDS = frozenset({
    EventType.AGREE, EventType.CONCEDE, EventType.NONE, EventType.REJECT, EventType.SUPPORT, EventType.THREATEN
})  # fmt: skip


class PartyFinder:
    """Turns head words of sides into parties of a reading."""

    def __init__(self, reading: Reading, tree: "Tree", index: "EntityIndex", drafts: "Sequence[Draft]" = ()) -> None:
        self.tree, self.index = tree, index
        self._happenings = frozenset(d.predicate.head for d in drafts if d.predicate.kind == "n")
        self._visits = {d.predicate.head: d.arguments.actors for d in drafts if d.coding.mode == "visit"}
        self._states = {e.name: e.id for e in reading.entities if e.type is EntityType.GPE}

    def parties(self, draft: "Draft", heads: Sequence[int], *, acting: bool) -> Iterator[Party]:
        """The parties of the head words, in order; one phrase may mean several entities ("the armies of X and Y")."""
        for head in heads:
            if self.tree.tags[head] in _RELATIVE_TAGS and not self._is_part(head):
                continue
            span = self.tree.span(*draft.phrase_of(self.tree, head))
            found = self._entities(head, span, draft, acting=acting)
            if not found and not acting and self._is_nobody(head, draft):
                continue
            for entity in found or (None,):
                yield Party(span=span, entity=entity)

    def _is_part(self, head: int) -> bool:
        """Whether a word names part of a body or group ("some of its members", "many in the party")."""
        tree = self.tree
        return tree.lower[head] in _PARTS and any(tree.preposition(k) in ("of", "in", "on") for k in tree.kids[head])

    def _is_nobody(self, head: int, draft: "Draft") -> bool:
        """Whether what words are about is a matter, or a happening, and nobody whom they reach ("claimed the attack", "refused talks")."""
        if self.tree.lemmas[head] in _NOBODY:
            return True
        return draft.coding.type in _WORDS and (self.tree.lemmas[head] in _ABOUT or head in self._happenings)

    def implied(self, draft: "Draft", heads: Sequence[int], taken: Sequence[Party], *, acting: bool) -> Iterator[Party]:
        """Parties that another clause names: entities alone, none that is there already."""
        known = {p.entity for p in taken}
        for head in heads:
            span = self.tree.span(*draft.phrase_of(self.tree, head))
            for entity in self._entities(head, span, draft, acting=acting):
                if entity not in known:
                    known.add(entity)
                    yield Party(entity=entity)

    def without_owners(self, parties: Iterable[Party], actors: Sequence[Party]) -> Iterator[Party]:
        """The parties, without the entity where a thing is reached whose owner acts ("a truce proposed by X" is not proposed to X)."""
        acting = {p.entity for p in actors if p.entity is not None}
        spans = set[Span | None]()
        for party in parties:
            if party.entity in acting and party.span is not None and self._is_first(party.span):
                continue  # "“We agree that the port must open,” Orel said": Orel agrees with others
            owned = party.entity in acting and party.span is not None and self.index.find(party.span) != party.entity
            kept = msgspec.structs.replace(party, entity=None) if owned else party
            if not owned or kept.span not in spans:
                yield kept
            spans.add(kept.span)

    def _is_first(self, span: Span) -> bool:
        """Whether words are a pronoun by which speakers mean themselves."""
        at = bisect_left(self.tree.starts, span.start)
        return at < len(self.tree.starts) and self.tree.ends[at] == span.end and self.tree.lower[at] in ("we", "us", "i", "me")

    def blamed(self, draft: "Draft") -> tuple[str, ...]:
        """Of those that an attribution is about, where it finds fault: whom the subject of what is said means, else all of them."""
        if draft.coding.type is not EventType.ACCUSE or len(draft.about) < 2:
            return draft.about
        tree = self.tree
        clause = tree.child(draft.predicate.head, "ccomp", "parataxis")
        subject = tree.child(clause, "nsubj", "nsubj:pass") if clause is not None else None
        if subject is None:
            subject = tree.child(draft.predicate.head, "obj")
        heads = listed(tree, subject) if subject is not None else []
        meant = [e for i in heads for e in self._entities(i, tree.span(*phrase(tree, i)), draft, acting=True) if e in draft.about]
        return tuple(dict.fromkeys(meant)) if meant and len(meant) == len(heads) else draft.about

    def _entities(self, head: int, span: Span, draft: "Draft", *, acting: bool) -> tuple[str, ...]:
        states = self._states_of_office(head) or self._joined_states(head)
        if states:
            return states
        if self.tree.tags[head] in ("NNS", "NNPS") and len(several := self.index.find_all(span)) > 1:
            return several
        if (guest := self._guest(head)) is not None:
            return (guest,)
        meant = controller_of(self.tree, head)
        if meant is not None and (others := self._entities(meant, self.tree.span(*phrase(self.tree, meant)), draft, acting=True)):
            return others
        found = self.index.find(span) or self.index.find(self.tree.span(head, head))
        if found is not None:
            return self._able(head, found, draft, acting=acting)
        if self.tree.tags[head].startswith("PRP"):
            return self._pronoun(head, draft, acting=acting)
        if is_animate(self.tree, head) or self._is_named_team(head):
            return (self.index.find_or_add(span, type=EntityType.GROUP),)
        return self._owners(head)

    def _guest(self, head: int) -> str | None:
        """Whose visit it is in "will not meet Dret during his visit": of the two it is the one of whose visit the report tells elsewhere."""
        tree, visit = self.tree, self.tree.heads[head]
        if tree.lower[head] not in ("his", "her") or visit not in self._visits:
            return None
        beside = [k for k in tree.kids[tree.heads[visit]] if tree.deps[k] in ("obj", "obl") and k < visit and k != visit]
        met = {e for k in beside if tree.tags[k] == "NNP" and (e := self.index.find(tree.span(k, k))) is not None}
        known = met & self._visitors
        return next(iter(known)) if len(known) == 1 and self.index.find(tree.span(head, head)) not in self._visitors else None

    @cached_property
    def _visitors(self) -> frozenset[str]:
        """Those of whose visits the report tells by their name."""
        named = (i for heads in self._visits.values() for i in heads if not self.tree.tags[i].startswith("PRP"))
        return frozenset(e for i in named if (e := self.index.find(self.tree.span(i, i))) is not None)

    def _is_named_team(self, head: int) -> bool:
        """Whether a noun names those who work for somebody by the name before it ("the Dret campaign", "the Dret administration")."""
        tree = self.tree
        return tree.lemmas[head] in _TEAMS and any(
            tree.deps[k] == "compound" and tree.tags[k] in ("NNP", "NNPS") and k < head for k in tree.kids[head]
        )

    def _pronoun(self, head: int, draft: "Draft", *, acting: bool) -> tuple[str, ...]:
        """The speaker for "we"; for "they" and "it" that no layer resolved, the subject of the clause above."""
        tree = self.tree
        if tree.lower[head] in _FIRST_PERSON:
            speaker = draft.voice.speaker if draft.voice is not None else ()
            return (speaker[0],) if len(speaker) == 1 else ()
        subject = subject_above(tree, head)
        subject = only_plural_before(tree, head) if subject is None else subject
        if subject is None:
            return ()
        found: list[str] = []
        for i in tree.conjuncts(subject):
            found += self._entities(i, tree.span(*phrase(tree, i)), draft, acting=acting)
        if tree.lower[head] in ("it", "its"):
            found = [e for e in found if self.index.entity(e).type is not EntityType.PERSON]
        return tuple(dict.fromkeys(found))

    def _joined_states(self, head: int) -> tuple[str, ...]:
        """The states of "US-Russian"."""
        words = self.tree.words
        whole = "".join(words[max(0, head - 2) : head + 1]) if head > 1 and words[head - 1] in ("-", "–") else words[head]
        parts = [names().get(p) for p in whole.replace("–", "-").split("-")]
        if len(parts) != 2:
            return ()
        found = [
            self._states[p.name] for p in parts if p is not None and p.kind in ("state", "adjective") and p.name in self._states
        ]
        return tuple(dict.fromkeys(found)) if len(found) == len(parts) else ()

    def _able(self, head: int, entity_id: str, draft: "Draft", *, acting: bool) -> tuple[str, ...]:
        """The entity where it can act; for the host of a visit its state, for a town nothing."""
        entity = self.index.entity(entity_id)
        if draft.coding.type in (EventType.CONSULT, EventType.REJECT) and not acting:
            known = names().get(entity.name)
            if known is not None and known.kind == "capital" and known.name in self._states:
                return (self._states[known.name],)
        if entity.type in _THINGS or (not acting and self.tree.lemmas[head] in _MISSIONS):
            return self._owners(head)
        return () if not acting and self._is_place(entity) else (entity_id,)

    def _is_place(self, entity: Entity) -> bool:
        """Whether an entity is a town or an area, which nothing can be done to but in which it is done."""
        town = entity.type is EntityType.GPE and entity.country is not None and entity.sector is None
        return town or entity.type is EntityType.LOCATION

    def _states_of_office(self, head: int) -> tuple[str, ...]:
        """The states of "the foreign ministers of X and Y"."""
        tree = self.tree
        if tree.lemmas[head] not in _OFFICES or tree.tags[head] not in ("NNS", "NNPS"):
            return ()
        for k in tree.kids[head]:
            if tree.deps[k] == "nmod" and tree.preposition(k) == "of" and is_place_or_name(tree, k):
                parts = tree.conjuncts(k)
                found = [e for i in parts if (e := self._named(i)) is not None]
                return tuple(dict.fromkeys(found)) if len(parts) > 1 and len(found) == len(parts) else ()
        return ()

    def _named(self, i: int) -> str | None:
        """The entity of a name, or of the state that it is a form of."""
        known = names().get(self.tree.words[i])
        state = self._states.get(known.name) if known is not None and known.kind in ("state", "adjective") else None
        return self.index.find(self.tree.span(i, i)) or state

    def _owners(self, head: int) -> tuple[str, ...]:
        """Whose thing a noun names: possessor, "X-backed", demonym, "proposed by X", or the body before it."""
        tree = self.tree
        for k in self._owner_words(head):
            found = [e for i in listed(tree, k) if (e := self._named(i)) is not None]
            able = [e for e in found if not self._is_place(self.index.entity(e))]
            if able:
                return tuple(dict.fromkeys(able))
        return ()

    def _owner_words(self, head: int) -> Iterator[int]:
        tree = self.tree
        kids = tree.kids[head]
        yield from (k for k in reversed(kids) if tree.deps[k] == "nmod:poss")  # of "the king's envoy Milan Dret's house" the envoy
        yield from (k for k in kids if tree.deps[k] == "nmod" and tree.preposition(k) == "by")
        yield from (k for k in kids if tree.deps[k] == "nmod" and tree.preposition(k) == "between")
        if tree.lemmas[head] in _MATTERS:
            yield from (k for k in kids if tree.deps[k] == "nmod" and tree.preposition(k) == "of")
        below = (
            tree.subtree(head) if tree.lemmas[head] in word_classes()["document"] else kids
        )  # "a UN draft on a truce proposed by X"
        for k in below:
            if tree.deps[k] in ("amod", "acl") and tree.lower[k] in _BACKED:
                yield from (j for j in tree.kids[k] if tree.words[j][:1].isupper() or tree.preposition(j) == "by")
        yield from (
            k for k in kids if tree.deps[k] in ("compound", "amod") and (is_place_or_name(tree, k) or tree.lemmas[k] in nouns())
        )
