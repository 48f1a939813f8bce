"""Step ``attribution.v1``: who is said to have said what.

Pieces of source, cue and content come from the model's role probabilities (`tagging`), are joined (`joining`), then each
attribution gets its speaker (`speakers`), kind (`quotes`), stance (`stance`), what it is about, to whom and when it was said.
Attributions inside the content of another come from the cue codebook (`cues`), as does everything where the role
probabilities are absent.
"""

from typing import TYPE_CHECKING

import msgspec

from crossread.codebook.cues import cue_words
from crossread.reading.assembly import assemble
from crossread.reading.columns import SUBJECTS, Columns
from crossread.reading.cues import RuleReader
from crossread.reading.entity_index import EntityIndex
from crossread.reading.joining import Joined, Piece
from crossread.reading.quotes import Quotation, find_quotations
from crossread.reading.speakers import Speaker, SpeakerFinder
from crossread.reading.stance import judge
from crossread.reading.tagging import decode_pieces, role_probabilities
from crossread.reading.when import event_when
from crossread.records import Attribution, Document, Reading, Span
from crossread.steps import register_step
from crossread.vocabulary import AttributionKind, EntityType

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WORDS = cue_words()
_LISTENED = frozenset(("obj", "iobj", "obl"))
_ACTORS = frozenset((EntityType.PERSON, EntityType.ORGANIZATION, EntityType.GPE, EntityType.GROUP))


@register_step(
    "attribution.v1",
    requires=("sentences", "mentions", "entities"),
    provides=("attributions", "mentions", "entities"),
    scores=("said", "said_speech", "exact"),
)
def read_attributions(document: Document, tokens: "Doc", so_far: Reading) -> Reading:
    """Attributions of a document, outer ones before those inside them, in order of the text."""
    columns = Columns(tokens)
    quotations = find_quotations(document.text)
    rules = RuleReader(columns, quotations)
    outer = outer_attributions(columns, rules)
    writer = _Writer(document, columns, quotations, EntityIndex.of(so_far, tokens))
    for joined in outer:
        writer.write(joined, None)
        for nested in nested_attributions(joined, rules):
            writer.write(nested, writer.last_outer)
    reading = writer.index.extend(so_far)
    return msgspec.structs.replace(reading, attributions=tuple(writer.done))


def outer_attributions(columns: Columns, rules: RuleReader) -> list[Joined]:
    """Attributions that lie in no other, from the model's roles, or from the rules where there are none."""
    layers = columns.doc.user_data.get("crossread")
    roles = getattr(layers, "roles", None)
    if layers is None or roles is None or len(roles) != columns.n:
        return _outermost(rules.within(0, columns.n))
    probabilities = role_probabilities(roles, layers.role_labels)
    found = assemble(decode_pieces(probabilities, columns), probabilities, columns, rules)
    return with_rules(found, rules, (probabilities[:, 3] + probabilities[:, 4]).tolist())


def with_rules(found: list[Joined], rules: RuleReader, cue_probabilities: list[float]) -> list[Joined]:
    """What was found, and reported speech that the rules see, the model half sees and nothing found touches."""
    taken = {i for joined in found for role in joined for piece in role for i in range(*piece)}
    added = []
    for joined in _outermost(rules.within(0, rules.columns.n, least=cue_probabilities)):
        words = {i for role in joined for piece in role for i in range(*piece)}
        if not words & taken and rules.reports_speech(joined):
            added.append(joined)
            taken |= words
    return sorted((*found, *added), key=lambda j: j.cue)


def _outermost(found: list[Joined]) -> list[Joined]:
    """Attributions whose cue lies in no other's content, each word with one role."""
    kept: list[Joined] = []
    covered: set[int] = set()
    for joined in sorted((j for j in found if j.content), key=lambda j: (-sum(b - a for a, b in j.content), j.cue)):
        cue = {i for a, b in joined.cue for i in range(a, b)}
        if cue & covered:
            continue
        covered |= {i for a, b in joined.content for i in range(a, b)} | cue
        kept.append(joined)
    return sorted(kept, key=lambda j: j.cue)


def nested_attributions(joined: Joined, rules: RuleReader) -> list[Joined]:
    """Attributions inside the content of one, by the rules."""
    found = []
    for start, end in joined.content:
        for nested in rules.within(start, end):
            inside = all(start <= a and b <= end for role in nested for a, b in role)
            if inside and nested.source:
                found.append(nested)
    return found


class _Writer:
    """Turns joined pieces into records, in order; keeps the entities that it adds."""

    def __init__(self, document: Document, columns: Columns, quotations: tuple[Quotation, ...], index: EntityIndex) -> None:
        self.document = document
        self.columns = columns
        self.index = index
        self.quotations = quotations
        self.speakers = SpeakerFinder(columns, index)
        self.done: list[Attribution] = []
        self.last_outer: Attribution | None = None

    def write(self, joined: Joined, inside: Attribution | None) -> None:
        """Add the record of one attribution."""
        columns = self.columns
        speaker = self.speakers.find(joined.source, joined.cue[0], inside.speaker if inside is not None else None)
        verdict = judge(joined, columns)
        content = self._spans(joined.content)
        cue_head = columns.head_of(*joined.cue[0])
        record = Attribution(
            id=f"a{len(self.done) + 1}",
            source=self._spans(joined.source),
            cue=self._spans(joined.cue),
            content=content,
            speaker=speaker.entities,
            kind=kind_of(content, self.document.text, self.quotations),
            stance=verdict.stance,
            denied=verdict.denied,
            about=self._about(joined.content, speaker),
            addressee=self._addressee(cue_head, joined),
            inside=inside.id if inside is not None else None,
            when=event_when(columns.doc, columns.doc[cue_head], self.document.published),
            reason=speaker.reason,
        )
        self.done.append(record)
        if inside is None:
            self.last_outer = record

    def _spans(self, pieces: tuple[Piece, ...]) -> tuple[Span, ...]:
        return tuple(self.columns.span(a, b) for a, b in pieces if a < b)

    def _about(self, content: tuple[Piece, ...], speaker: Speaker) -> tuple[str, ...]:
        """Actors that the content's main clause names, speakers left out."""
        columns = self.columns
        found: dict[str, None] = {}
        for piece in content:
            for i in range(*piece):
                if columns.deps[i] in SUBJECTS or columns.deps[i] in ("obj", "obl:agent", "nmod:poss", "obl"):
                    if columns.pos[i] != "PROPN" and columns.pos[i] != "NOUN":
                        continue
                    entity = self.index.find(columns.span(i, i + 1))
                    if entity is not None and entity not in speaker.entities and self.index.entity(entity).type in _ACTORS:
                        found[entity] = None
        return tuple(found)[:3]

    def _addressee(self, cue_head: int, joined: Joined) -> tuple[str, ...]:
        """To whom it was said: "told reporters", "said to the council"."""
        columns = self.columns
        content = {i for a, b in joined.content for i in range(a, b)}
        for child in columns.children[cue_head]:
            if child < cue_head or child in content or columns.deps[child] not in _LISTENED:
                continue
            words = columns.subtree(child, without=frozenset(("acl:relcl", "acl", "appos", "conj", "cc")))
            to = columns.lower[words[0]] == "to"
            if (to and columns.deps[child] == "obl") or (columns.deps[child] != "obl" and columns.lemmas[cue_head] in _WORDS.tells):
                words = words[1:] if to and len(words) > 1 else words
                if columns.pos[child] == "PRON":
                    return ()
                return (self.index.find_or_add(columns.span(words[0], words[-1] + 1), type=EntityType.PERSON),)
        return ()


def kind_of(content: tuple[Span, ...], text: str, quotations: tuple[Quotation, ...]) -> AttributionKind:
    """How much of the content stands in quotation marks; a "that" before the marks does not count."""
    inside = outside = 0
    for span in content:
        near = [q for q in quotations if q.outer.overlaps(span)]
        for at, word in _words(text, span):
            if any(q.outer.start <= at < q.outer.end for q in near):
                inside += 1
            elif not (word.lower() == "that" and at == span.start):
                outside += 1
    if not inside:
        return AttributionKind.INDIRECT
    return AttributionKind.MIXED if outside else AttributionKind.DIRECT


def _words(text: str, span: Span) -> list[tuple[int, str]]:
    found, at = [], span.start
    for word in span.of(text).split():
        at = text.index(word, at)
        if any(c.isalnum() for c in word):
            first = next(n for n, c in enumerate(word) if c.isalnum())
            found.append((at + first, word[first:]))
        at += len(word)
    return found
