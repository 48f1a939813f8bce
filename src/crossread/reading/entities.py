"""Step ``entities.v1``: who and what a document names or describes, and which words mean the same one.

Names come first (`names`, `name_links`), then described actors (`described`, `noun_links`), then pronouns (`pronouns`).  Country and
sector come from the actor codebook by the words of the document; a person's role is what the report calls him.
"""

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from crossread.codebook.actors import actor_code, word_list
from crossread.reading.described import Describer
from crossread.reading.drafts import Draft
from crossread.reading.name_links import NameLinker
from crossread.reading.names import Found, NameFinder
from crossread.reading.noun_links import NounLinker
from crossread.reading.noun_phrases import PhraseTokens
from crossread.reading.pronouns import PronounLinker
from crossread.records import Document, Entity, Mention, Reading, Span
from crossread.steps import register_step
from crossread.vocabulary import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ACTS = word_list("act nouns")
_SPEECH = word_list("speech verbs")
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_SHARE = 0.6  # of all states named: from here on a country is the document's own


@register_step("entities.v1", requires=("sentences",), provides=("mentions", "entities"), scores=("strict_f1", "overlap_f1"))
def read_entities(document: Document, tokens: "Doc", so_far: Reading) -> Reading:
    """Mentions of persons, bodies, places and groups, and the entities that they mean."""
    reader = _EntityReader(document, tokens)
    mentions, entities = reader.read()
    return msgspec.structs.replace(so_far, mentions=mentions, entities=entities)


class _EntityReader:
    """One document's entities."""

    def __init__(self, document: Document, doc: "Doc") -> None:
        self.text = document.text
        self.tokens = PhraseTokens.of(doc)
        self.date = document.published.start if document.published is not None else None
        self.doc = doc
        self.at_head: dict[int, Draft] = {}
        self._inside: set[int] = set()

    def read(self) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
        """Mentions in order of the text and their entities in order of first mention."""
        names = NameFinder(self.doc, self.tokens).find()
        linker = NameLinker(self.tokens, date=self.date, likely_persons=_likely_persons(names))
        for found in names:
            self._enter(found, linker.link(found))
        described = Describer(self.text, self.tokens, names).find()
        nouns = NounLinker(self.tokens, linker, self.at_head)
        for found, draft in zip(described, nouns.link_all(described), strict=True):
            self._enter(found, draft)
        self._inside = self._inner_names(described)
        self._introduce(linker)
        self._code(linker.drafts)
        for i, draft in PronounLinker(self.text, self.tokens, self.at_head, linker.bare).link():
            kind = EntityType.ORGANIZATION if self.tokens.lower[i] in ("we", "us", "our") and draft.kind == "person" else draft.type
            draft.top().found.append(Found(i, i, self.tokens.span(i), "pronoun", kind, self.tokens.words[i]))
        return self._records(linker.drafts)

    def _enter(self, found: Found, draft: Draft) -> None:
        head = found.head if found.head is not None else self.tokens.head(found.span)
        if head is not None:
            self.at_head.setdefault(head, draft)
        if found.kind == "name":
            self.at_head.setdefault(found.last, draft)

    # ------------------------------------------------------------ a bare surname after an unnamed role

    def _introduce(self, linker: NameLinker) -> None:
        """ "The minister's spokesman said ... Mr Ruiz said": a bare surname at first mention is who was described just before."""
        for person in linker.drafts:
            if person.kind != "person" or not person.found:
                continue
            first = person.found[0]
            if first.courtesy == "" or " " in person.name or person.roles:
                continue
            sentence = self.tokens.sentences[first.first]
            before = [
                d for d in linker.drafts
                if d.kind == "noun" and d.merged is None and self._is_role(d) and len(d.found) <= 2 and d.gender in ("", person.gender)
                and d.found[-1].first < first.first and sentence - self.tokens.sentences[d.found[-1].first] <= 4
            ]  # fmt: skip
            if len(before) == 1:
                self._merge(before[0], person)

    def _is_role(self, draft: Draft) -> bool:
        """A single unnamed person with a role who speaks."""
        found = draft.found[-1]
        if found.noun is None or found.noun.number != "s" or found.noun.type is not EntityType.PERSON or found.noun.sector == "CVL":
            return False
        head = found.head if found.head is not None else found.last
        return self.tokens.deps[head] in _SUBJECTS and self.tokens.lemmas[self.tokens.heads[head]] in _SPEECH

    def _merge(self, described: Draft, person: Draft) -> None:
        described.merged = person
        person.roles.append(described.name)
        person.offices |= described.offices
        code = actor_code(described.name, date=self.date)
        person.country, person.sector = person.country or code.country, person.sector or code.sector
        person.found = sorted([*described.found, *person.found], key=lambda f: f.first)
        described.found = []

    # ------------------------------------------------------------ country and sector

    def _code(self, drafts: list[Draft]) -> None:
        context = _own_countries(drafts)
        for draft in drafts:
            if draft.merged is not None or draft.kind in ("state", "town") or draft.known is not None:
                continue
            if draft.kind == "noun" or (draft.kind == "name" and draft.type in (EntityType.ORGANIZATION, EntityType.GROUP)):
                if draft.country is None:
                    code = actor_code(draft.name, date=self.date, context_countries=context if draft.kind == "noun" else ())
                    draft.country, draft.sector = code.country, draft.sector or code.sector
            elif draft.kind == "name":
                draft.country = draft.country or _country_of_place(draft.name)

    # ------------------------------------------------------------ records

    def _records(self, drafts: list[Draft]) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
        kept = [d for d in drafts if d.found]
        ids = {id(d): f"e{n}" for n, d in enumerate(kept, 1)}
        placed = sorted(((f, d) for d in kept for f in d.found), key=lambda pair: (pair[0].span, pair[1].number))
        mentions: list[Mention] = []
        of_entity: dict[str, list[str]] = {}
        shown = {id(d) for f, d in placed if not self._is_hidden(f)}
        last_span: Span | None = None
        for found, draft in placed:
            demonym = found.known is not None and found.known.kind == "adjective"
            if found.span == last_span or ((demonym or id(draft) in shown) and self._is_hidden(found)):
                continue
            last_span = found.span
            mention = Mention(id=f"m{len(mentions) + 1}", span=found.span, type=self._type(found, draft), entity=ids[id(draft)])
            mentions.append(mention)
            of_entity.setdefault(mention.entity, []).append(mention.id)
        entities = tuple(self._entity(d, ids[id(d)], tuple(of_entity.get(ids[id(d)], ()))) for d in kept if ids[id(d)] in of_entity)
        return tuple(mentions), entities

    def _inner_names(self, described: list[Found]) -> set[int]:
        """First tokens of names that only modify a described actor ("Syrian" in "Syrian rebels", "X" in "the city of X")."""
        tokens, inside = self.tokens, set[int]()
        for found in described:
            head = found.head if found.head is not None else found.last
            for i in range(found.first, head):
                owned = (i + 1 < head and tokens.tags[i + 1] == "POS") or tokens.deps[i] == "nmod:poss"
                if not owned:
                    inside.add(i)
            if found.last > head + 1 and tokens.lower[head + 1] == "of":
                inside.update(i for i in range(head + 2, found.last + 1) if tokens.ends[i] <= found.span.end)
        return inside

    def _is_hidden(self, found: Found) -> bool:
        """Whether a mention is left out because a longer one holds it or nobody acts in it.

        The only mention of an entity is kept all the same, unless it is a demonym.
        """
        return (found.kind == "name" and found.first in self._inside) or self._is_idle_possessive(found)

    def _is_idle_possessive(self, found: Found) -> bool:
        """A possessive pronoun before anything but an act ("his hat"; in "its veto" it names who acts)."""
        if found.kind != "pronoun" or self.tokens.tags[found.first] != "PRP$":
            return False
        owned = self.tokens.lower[self.tokens.heads[found.first]]
        return owned not in _ACTS and not owned.endswith(("tion", "sion", "ment"))

    def _type(self, found: Found, draft: Draft) -> EntityType:
        if found.kind == "pronoun":
            return found.type
        if found.kind == "noun" and draft.kind != "state":
            return found.type if draft.kind == "noun" else draft.type
        return draft.type if found.kind != "name" or found.known is None or draft.kind != "state" else found.type

    def _entity(self, draft: Draft, entity_id: str, mentions: tuple[str, ...]) -> Entity:
        role = max(draft.roles, key=lambda r: (len(r), r)) if draft.roles else None
        return Entity(
            id=entity_id, name=draft.name, type=draft.type, country=draft.country, sector=draft.sector, role=role, mentions=mentions
        )


def _likely_persons(names: list[Found]) -> frozenset[str]:
    """Single words that are surnames of persons named in full or with a title elsewhere in the document, and those full names."""
    votes: Counter[str] = Counter()
    persons = set()
    for found in names:
        if found.known is None and found.name:
            whole = found.name.casefold()
            for word in {whole, whole.split()[-1]}:
                if found.type is EntityType.PERSON and (" " in found.name or found.title):
                    persons.add(word)
                votes[word] += 1 if found.type is EntityType.PERSON else -1
    return frozenset(p for p in persons if votes[p] >= (0 if " " in p else -1))


def _own_countries(drafts: list[Draft]) -> tuple[str, ...]:
    """The one country that most mentions of states and their towns fall to, if there is one."""
    counts: Counter[str] = Counter()
    for draft in drafts:
        if draft.kind in ("state", "town") and draft.country is not None:
            counts[draft.country] += len(draft.found)
    if not counts:
        return ()
    code, n = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return (code,) if n >= _SHARE * sum(counts.values()) else ()


def _country_of_place(name: str) -> str | None:
    """The country of a place when all or by far the most people live in one place of that name."""
    from crossread.codebook.places import lookup

    rows = sorted(lookup(name), key=lambda row: -row.people)
    if not rows:
        return None
    others = [r for r in rows if r.country != rows[0].country]
    if others and rows[0].people < 10 * max(r.people for r in others):
        return None
    return rows[0].country or None
