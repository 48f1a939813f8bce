"""Step ``attribution.v1``: who is said to have said what.

Pieces of source, cue and content come from the model's role probabilities (`tagging`), are joined (`joining`), then each
attribution gets its speaker (`speakers`), kind (`quotes`), stance (`stance`), what it is about, to whom and when it was said.
Attributions inside the content of another come from the cue codebook (`cues`), as does everything where the role
probabilities are absent.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from crossread.codebook.cues import cue_words
from crossread.reading.amending import amend
from crossread.reading.assembly import assemble
from crossread.reading.columns import SUBJECTS, Columns
from crossread.reading.cues import RuleReader
from crossread.reading.entity_index import EntityIndex
from crossread.reading.joining import Joined, Piece
from crossread.reading.quotes import Quotation, find_quotations, unclosed
from crossread.reading.speakers import Speaker, SpeakerFinder, type_of
from crossread.reading.stance import judge
from crossread.reading.tagging import Floats, decode_pieces, role_probabilities
from crossread.reading.when import event_when
from crossread.records import Attribution, Document, Problem, Reading, SaidPart, Span, When
from crossread.steps import register_step
from crossread.vocabulary import AttributionKind, EntityType

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WORDS = cue_words()
_LISTENED = frozenset(("obj", "iobj", "obl"))
_PLACING = frozenset(("in", "at", "near", "over", "around", "inside", "outside", "from", "across", "throughout"))
_NO_NAMES = frozenset(
    ("our", "my", "his", "her", "their", "your", "its", "this", "these", "those", "some", "many", "other", "one")
) | {
    *(
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "several",
        "dozens",
        "hundreds",
        "thousands",
        "all",
        "both",
    )
}
_MOST_ABOUT = 2
_STATE = frozenset(("GOV", "MIL"))
_EMPTY = frozenset(("DET", "ADP", "CCONJ", "SCONJ", "PART", "PUNCT", "SPACE"))
"""What alone is no content beside other pieces."""
_LEADS_ON = frozenset(("and", "but", "or", "while", "yet"))
_DATELINE = re.compile(r"[A-Z][A-Z.'’ -]{2,}(?:[A-Z][a-z.]+ ?)*(?:, [^\n–—]{1,40})?(?: \([A-Za-z ]{2,30}\))? ?(?:[–—]|-{1,2} )\s*")
_LONGEST_DATELINE = 300
_FAR = 4000
"""Characters around a cue in which its content lies."""
_CONTENT = (0.01, 0.005, 0.005, 0.005, 0.005, 0.1, 0.87)
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
    outer = outer_attributions(columns, rules, quotations)
    writer = _Writer(document, columns, quotations, EntityIndex.of(so_far, tokens), rules.quoted)
    for joined, held in amend(outer, rules):
        writer.write(joined, None)
        for nested in (*held, *(n for n in nested_attributions(joined, rules) if all(n.cue != h.cue for h in held))):
            writer.write(nested, writer.last_outer)
    reading = writer.index.extend(so_far)
    problems = (*reading.problems, *(_never_closed(document, q) for q in unclosed(quotations)))
    return msgspec.structs.replace(reading, attributions=tuple(writer.done), problems=problems)


def _never_closed(document: Document, quotation: Quotation) -> Problem:
    return Problem(
        step="attribution.v1",
        code="quote.unclosed",
        doc_id=document.id,
        span=quotation.outer,
        message="a quotation mark is opened and never closed; the quotation is taken to end with its line, compare it with the source",
    )


def outer_attributions(columns: Columns, rules: RuleReader, quotations: Sequence[Quotation]) -> list[Joined]:
    """Attributions that lie in no other, from the model's roles, or from the rules where there are none."""
    layers = columns.doc.user_data.get("crossread")
    roles = getattr(layers, "roles", None)
    if layers is None or roles is None or len(roles) != columns.n:
        return _outermost(rules.within(0, columns.n))
    probabilities = role_probabilities(roles, layers.role_labels)
    _fill_running(probabilities, columns, quotations)
    found = assemble(decode_pieces(probabilities, columns), probabilities, columns, rules)
    return with_rules(found, rules, (probabilities[:, 3] + probabilities[:, 4]).tolist())


def _fill_running(probabilities: Floats, columns: Columns, quotations: Sequence[Quotation]) -> None:
    """All words of a quotation that runs on from the paragraph before are content, whatever the model, which sees one line, says."""
    for quotation in quotations:
        if quotation.continues:
            start, end = columns.tokens_in(quotation.outer)
            probabilities[start:end] = _CONTENT


def with_rules(found: list[Joined], rules: RuleReader, cue_probabilities: list[float]) -> list[Joined]:
    """What was found, and reported speech that the rules see, the model half sees and nothing found touches."""
    taken = {i for joined in found for role in joined for piece in role for i in range(*piece)}
    added = []
    for joined in _outermost(rules.within(0, rules.columns.n, least=cue_probabilities)):
        shared = rules.columns.lemmas[joined.cue[0][0]] == "put"  # "put the number at four and blamed ..."
        words = {i for role in (joined[1:] if shared else joined) for piece in role for i in range(*piece)}
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
    """Reported speech inside the content of an attribution, by the rules."""
    found = []
    for start, end in joined.content:
        for nested in rules.within(start, end):
            inside = all(start <= a and b <= end for role in nested for a, b in role)
            if inside and nested.source and rules.is_told_speech(nested):
                found.append(nested)
    return found


def in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans as the text has them, those that overlap made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


class _Writer:
    """Turns joined pieces into records, in order; keeps the entities that it adds."""

    def __init__(
        self, document: Document, columns: Columns, quotations: tuple[Quotation, ...], index: EntityIndex, quoted: Container[int]
    ) -> None:
        self.document = document
        self.columns = columns
        self.index = index
        self.quotations = quotations
        self.quoted = quoted
        self.speakers = SpeakerFinder(columns, index)
        self._actors: list[tuple[int, str]] | None = None
        self.done: list[Attribution] = []
        self.last_outer: Attribution | None = None

    def write(self, joined: Joined, inside: Attribution | None) -> None:
        """Add the record of one attribution."""
        columns = self.columns
        outer = inside.speaker if inside is not None else None
        speaker = self.speakers.find(joined.source, joined.cue[0], outer, content=joined.content)
        joined = joined._replace(content=self._content(joined.content))
        sides = self._others(joined.content, speaker), self._own_states(joined.content, speaker)
        verdict = judge(joined, columns, quoted=self.quoted, others=sides[0], ours=sides[1])
        content = self._spans(joined.content)
        cue_head = columns.head_of(*joined.cue[0])
        record = Attribution(
            id=f"a{len(self.done) + 1}",
            source=self._spans(self.speakers.with_antecedent(joined.source)),
            cue=self._spans(joined.cue),
            content=content,
            speaker=speaker.entities,
            kind=kind_of(content, self.document.text, self._around(joined.cue[0]) if inside is not None else self.quotations),
            stance=verdict.stance,
            denied=verdict.denied,
            about=self._about(joined.content, speaker),
            addressee=self._addressee(cue_head, joined),
            inside=inside.id if inside is not None else None,
            when=self._when(cue_head, content),
            reason=speaker.reason,
            parts=tuple(SaidPart(span=columns.span(*piece), stance=stance) for piece, stance in verdict.parts),
        )
        self.done.append(record)
        if inside is None:
            self.last_outer = record

    def _around(self, cue: Piece) -> tuple[Quotation, ...]:
        """The quotations that do not hold a cue: what a printed speech tells of others is no quotation of theirs."""
        span = self.columns.span(*cue)
        return tuple(
            q for q in _touching(Span(max(0, span.start - _FAR), span.end + _FAR), self.quotations) if not q.outer.covers(span)
        )

    def _others(self, content: tuple[Piece, ...], speaker: Speaker) -> set[int]:
        """The "he", "she", "his" and "her" of the content that mean somebody else than the speaker."""
        columns, found = self.columns, set()
        for i in (i for start, end in content for i in range(start, end) if columns.lower[i] in ("he", "she", "his", "her")):
            known = self.index.find(columns.span(i, i + 1))
            if known is not None and speaker.entities and known not in speaker.entities:
                found.add(i)
        return found

    def _own_states(self, content: tuple[Piece, ...], speaker: Speaker) -> set[int]:
        """The words of the content for the state that the speaker speaks for: "Velland" in what its foreign minister says."""
        known = [self.index.entity(e) for e in speaker.entities]
        countries = {e.country for e in known if e.country is not None and (e.sector in _STATE or e.type is EntityType.GPE)}
        found = set()
        for start, end in content if countries else ():
            for head, entity in self._actors_in(start, end):
                state = self.index.entity(entity)
                if state.type is EntityType.GPE and state.sector == "GOV" and state.country in countries:
                    found.add(head)
        return found

    def _when(self, cue_head: int, content: tuple[Span, ...]) -> When | None:
        """When it was said; "according to" stands for no time of its own, and what the content tells of its time is not when it was told."""
        columns = self.columns
        if columns.lower[cue_head] == "according":
            return None
        found = event_when(columns.doc, columns.doc[cue_head], self.document.published)
        if found is None or found.span is None or not any(c.covers(found.span) for c in content):
            return found
        start, end = columns.tokens_in(found.span)
        top = columns.head_of(start, end)
        return found if columns.heads[top] == cue_head and columns.deps[top].startswith(("obl", "advmod", "nmod")) else None

    def _spans(self, pieces: tuple[Piece, ...]) -> tuple[Span, ...]:
        return in_order(self.columns.span(a, b) for a, b in pieces if a < b)

    def _content(self, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
        """The content without the line that tells where a report was written, and without a conjunction that leads on to no more,
        and without articles and the like that stand alone."""
        columns, found = self.columns, []
        for start, end in pieces:
            start = max(start, min(self._dateline_end(start), end - 1))
            if columns.lower[end - 1] in _LEADS_ON and end > start + 1:
                end -= 1 + (columns.lower[end - 2] == "," and end > start + 2)
            if end - start > 1 or len(pieces) == 1 or columns.pos[start] not in _EMPTY:
                found.append((start, end))
        return tuple(found)

    def _dateline_end(self, start: int) -> int:
        """First token behind "OSTREL, 10 May 2023 –" where a line begins with it at this token, else 0."""
        columns = self.columns
        before = start - 1
        while before >= 0 and columns.pos[before] == "SPACE":
            before -= 1
        if before >= 0 and columns.lines[before] == columns.lines[start]:
            return 0
        found = _DATELINE.match(self.document.text, columns.starts[start], columns.starts[start] + _LONGEST_DATELINE)
        return columns.token_at(found.end()) if found is not None else 0

    def _about(self, content: tuple[Piece, ...], speaker: Speaker) -> tuple[str, ...]:
        """Named actors that the content is about: its subjects first, then whom it concerns; the speaker's own side and mere places
        left out."""
        ranked: list[tuple[int, int, str]] = []
        own = {self.index.entity(e).country for e in speaker.entities} - {None}
        for start, end in content:
            for head, entity in self._actors_in(start, end):
                known = self.index.entity(entity)
                if entity not in speaker.entities and (known.country not in own or known.type is EntityType.PERSON):
                    rank = self._rank(head)
                    if rank is not None:
                        ranked.append((rank, head, entity))
        return tuple(dict.fromkeys(entity for _, _, entity in sorted(ranked)))[:_MOST_ABOUT]

    def _actors_in(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        """Heads and entities of the named actors mentioned in the tokens ``[start, end)``."""
        if self._actors is None:
            found = []
            for mention in self.index.mentions():
                entity = self.index.entity(mention.entity)
                head = self.index.head_of(mention.span)
                if head is not None and entity.type in _ACTORS and self._is_named(mention.entity):
                    found.append((head, mention.entity))
            self._actors = sorted(found)
        for k in range(bisect_left(self._actors, (start, "")), len(self._actors)):
            if self._actors[k][0] >= end:
                break
            yield self._actors[k]

    def _is_named(self, entity: str) -> bool:
        """Whether an entity has a name, or is described by one ("the Tarn envoy"); "Our pilots" and "Six people" have none."""
        words = self.index.entity(entity).name.split()
        if words[0].lower() in _NO_NAMES or words[0][0].isdigit():
            words = words[1:]
        return any(c.isupper() for word in words for c in word)

    def _rank(self, head: int) -> int | None:
        """How near an actor stands to the heart of the content; ``None`` for a mere place ("in Norhaven")."""
        columns = self.columns
        case = next((columns.lower[c] for c in columns.children[head] if columns.deps[c] == "case"), None)
        label = columns.deps[head]
        if case in _PLACING and label in ("obl", "nmod"):
            return None
        if label in SUBJECTS or label in ("obl:agent", "root"):
            return 0
        if label in ("amod", "compound", "nmod:poss") and columns.deps[columns.heads[head]] in SUBJECTS:
            return 0
        return 1 if label in ("obj", "iobj", "nmod:poss", "amod", "compound", "conj") else 2

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
                kind = type_of(columns.lemmas[child], columns.lower[child], columns.tags[child])
                return (self.index.find_or_add(columns.span(words[0], words[-1] + 1), type=kind),)
        return ()


def kind_of(content: tuple[Span, ...], text: str, quotations: tuple[Quotation, ...]) -> AttributionKind:
    """How much of the content stands in quotation marks; a "that" before the marks does not count."""
    inside = outside = 0
    touching = [_touching(span, quotations) for span in content]
    if not any(touching):
        return AttributionKind.INDIRECT
    for span, near in zip(content, touching, strict=True):
        for at, word in _words(text, span):
            if any(q.outer.start <= at < q.outer.end for q in near):
                inside += 1
            elif not (word.lower() == "that" and at == span.start):
                outside += 1
    if not inside:
        return AttributionKind.INDIRECT
    return AttributionKind.MIXED if outside else AttributionKind.DIRECT


def _touching(span: Span, quotations: tuple[Quotation, ...]) -> list[Quotation]:
    """The quotations that share a character with a span; they lie in order and apart."""
    at = max(0, bisect_left(quotations, span.start, key=lambda q: q.outer.start) - 1)
    found = []
    while at < len(quotations) and quotations[at].outer.start < span.end:
        if quotations[at].outer.overlaps(span):
            found.append(quotations[at])
        at += 1
    return found


def _words(text: str, span: Span) -> list[tuple[int, str]]:
    found, at = [], span.start
    for word in span.of(text).split():
        at = text.index(word, at)
        first = next((n for n, c in enumerate(word) if c.isalnum()), None)
        if first is not None:
            found.append((at + first, word[first:]))
        at += len(word)
    return found
