"""Names in a text with what stands around them: a person's title, the part of a place, a town with its state."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crossread.codebook.actors import Name, Noun, titles, word_list
from crossread.reading.doc_text import text_of
from crossread.reading.name_pieces import Piece, PieceFinder, ends_role
from crossread.reading.noun_phrases import PhraseTokens
from crossread.records import Span
from crossread.vocabulary import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ORGANISATION = word_list("organisation words")
_PLACE = word_list("place words")
_FACILITY = word_list("facility words")
_TITLE_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "HYPH", "POS", "VBN"})
_DIRECTIONS = word_list("directions")
_PROPER = frozenset({"NNP", "NNPS"})
_PLACES = frozenset({EntityType.GPE, EntityType.LOCATION, EntityType.FACILITY})
_REACH = 12  # words before a name that may be its title


@dataclass(frozen=True, slots=True)
class Found:
    """A mention before it is linked: tokens ``first`` to ``last`` (both included), ``name`` without title; ``kind`` is ``name``,
    ``noun`` or ``pronoun``; ``title`` are the role words before a person's name, ``courtesy`` a title that tells the gender."""

    first: int
    last: int
    span: Span
    kind: str
    type: EntityType
    name: str
    title: str = ""
    courtesy: str = ""
    known: Name | None = None
    head: int | None = None
    noun: Noun | None = None


class NameFinder:
    """Names of one document, in order, none inside another."""

    def __init__(self, doc: "Doc", tokens: PhraseTokens) -> None:
        self.tokens = tokens
        self.text = text_of(doc)
        self._pieces = PieceFinder(doc, tokens)

    def find(self) -> list[Found]:
        """All names."""
        found: list[Found] = []
        floor = 0
        for piece in self._pieces.find():
            name = self._finish(piece, floor)
            if name.type is EntityType.PERSON and found and not name.title:
                name = self._with_office_for(name, found[-1])
            if piece.type is EntityType.PERSON:
                floor = piece.last + 1
            while found and name.first <= found[-1].last:
                found.pop()  # a title holds what stands before the name ("Russian" in "Russian President X")
            found.append(name)
        return self._with_larger_place(found)

    def _with_larger_place(self, names: list[Found]) -> list[Found]:
        """A town and the state it lies in as one mention of the town ("Karvel, Sweden"); lists of places stay apart."""
        tokens, kept, n = self.tokens, list[Found](), 0
        while n < len(names):
            name = names[n]
            following = names[n + 1] if n + 1 < len(names) else None
            if following is not None and self._lies_in(name, following, names[n - 1] if n else None):
                kept.append(
                    replace(name, last=following.last, span=Span(name.span.start, following.span.end), head=tokens.head(name.span))
                )
                n += 2
                continue
            kept.append(name)
            n += 1
        return kept

    def _lies_in(self, name: Found, larger: Found, before: Found | None) -> bool:
        tokens = self.tokens
        comma = name.last + 1
        if larger.first != comma + 1 or comma >= len(tokens) or tokens.words[comma] != "," or name.type not in _PLACES:
            return False
        state = larger.known is not None and larger.known.kind in ("state", "region")
        if not (state or larger.type is EntityType.LOCATION) or (name.known is not None and name.known.kind == "state"):
            return False
        after = larger.last + 1
        listed = after < len(tokens) and tokens.lower[after] in ("and", "or", "&", "'s", "’s", "'", "’")
        listed = listed or (after + 1 < len(tokens) and tokens.words[after] == "," and tokens.tags[after + 1] in _PROPER)
        in_list = (
            before is not None and before.last == name.first - 2 and tokens.words[name.first - 1] == "," and before.type in _PLACES
        )
        return not listed and not in_list and tokens.deps[larger.last] != "conj"

    # ------------------------------------------------------------ titles and types

    def _finish(self, piece: Piece, floor: int) -> Found:
        tokens = self.tokens
        name = " ".join(piece.span.of(self.text).split())
        if piece.type is EntityType.PERSON and piece.known is None:
            first = self._title_start(piece.first, floor)
            if first == piece.first == piece.last and self._is_inside(piece):
                return Found(piece.first, piece.last, piece.span, "name", EntityType.GPE, name)
            title = " ".join(tokens.span(first, piece.first - 1).of(self.text).split()) if first < piece.first else ""
            courtesy = next((titles()[t] for t in tokens.lower[first : piece.first] if titles().get(t)), "")
            span = Span(tokens.starts[first], piece.span.end)
            return Found(first, piece.last, span, "name", piece.type, name, title, courtesy)
        kind = piece.type
        if name.startswith("Operation ") and piece.last > piece.first:
            kind = EntityType.EVENT
        if kind in (EntityType.GPE, EntityType.LOCATION):
            widened = self._with_direction(piece, name)
            if widened is not None:
                return widened
        if piece.known is None and kind in (EntityType.GPE, EntityType.LOCATION, EntityType.ORGANIZATION):
            kind = self._place_type(piece, kind)
        return Found(piece.first, piece.last, piece.span, "name", kind, name, known=piece.known)

    def _is_inside(self, piece: Piece) -> bool:
        """Whether somebody is in or near it: then it is a place, whatever the model says."""
        tokens, after = self.tokens, piece.last + 1
        owns = after < len(tokens) and tokens.words[after] in ("'s", "’s", "'", "’")
        return piece.first > 0 and tokens.lower[piece.first - 1] in ("in", "near", "outside", "inside", "around") and not owns

    def _with_direction(self, piece: Piece, name: str) -> Found | None:
        """A part of a place: "northern X", "East X"; a place of its own."""
        tokens, before = self.tokens, piece.first - 1
        if before < 0 or tokens.lower[before] not in _DIRECTIONS or tokens.sentences[before] != tokens.sentences[piece.first]:
            return None
        if tokens.heads[before] != piece.last and tokens.tags[before] not in ("JJ", "NNP"):
            return None
        span = Span(tokens.starts[before], piece.span.end)
        return Found(before, piece.last, span, "name", EntityType.LOCATION, " ".join(span.of(self.text).split()))

    def _place_type(self, piece: Piece, kind: EntityType) -> EntityType:
        last = self.tokens.lower[piece.last]
        if piece.last > piece.first and kind is not EntityType.ORGANIZATION:
            return EntityType.FACILITY if last in _FACILITY else EntityType.LOCATION if last in _PLACE else kind
        if kind in _PLACES and piece.last > piece.first and last in _ORGANISATION:
            return EntityType.ORGANIZATION
        return kind

    def _with_office_for(self, name: Found, before: Found) -> Found:
        """The name with a title that ends in another name ("Minister for the Middle East X", "President of Y X")."""
        tokens = self.tokens
        if (
            before.type is EntityType.PERSON
            or before.last != name.first - 1
            or tokens.sentences[before.first] != tokens.sentences[name.first]
        ):
            return name
        link = before.first - 1
        if link > 0 and tokens.lower[link] == "the":
            link -= 1
        if link < 1 or tokens.lower[link] not in ("of", "for", "to") or not ends_role(self.tokens, link - 1):
            return name
        first = self._title_start(link, 0)
        if first == link:
            return name
        title = " ".join(tokens.span(first, before.last).of(self.text).split())
        return replace(name, first=first, span=Span(tokens.starts[first], name.span.end), title=title)

    def _title_start(self, name: int, floor: int) -> int:
        """First token, from ``floor`` on, of the title before a person's name; the name's own first token where there is none."""
        tokens = self.tokens
        first = name
        i = name - 1
        while i >= max(floor, name - _REACH) and tokens.sentences[i] == tokens.sentences[name]:
            if tokens.is_space[i] or (tokens.words[i] == "." and tokens.lower[i - 1] in titles()):
                i -= 1
                continue
            courtesy = tokens.lower[i] in titles() and all(
                tokens.is_space[k] or tokens.words[k] == "." for k in range(i + 1, first)
            )
            inner = tokens.tags[i] in _TITLE_TAGS or (tokens.lower[i] == "of" and first < name and self._is_role_of(i))
            if not courtesy and not inner:
                break
            if courtesy or ends_role(self.tokens, i):
                first = i
            elif first == name:
                break
            elif first < name:
                first = i if tokens.tags[i] != "VBN" else first
            i -= 1
        while first < name and (tokens.is_space[first] or tokens.tags[first] in ("POS", "HYPH") or tokens.lower[first] == "of"):
            first += 1
        return first

    def _is_role_of(self, i: int) -> bool:
        """Whether "of" stands inside a title ("Secretary of State")."""
        tokens = self.tokens
        return i > 0 and tokens.tags[i - 1] in _PROPER and tokens.tags[i + 1] in _PROPER
