"""Names in a text: what the model marks, repaired by the actor codebook and by capital letters.

The model's names come in pieces now and then ("Nations", "Human Rights") and with wrong types (a state as a person).  Known forms
win over the model where both claim the same words; pieces that belong together are joined; a run of capitals behind a title is a
person.
"""

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from crossread.codebook.actors import COMMON_WORDS, Name, Noun, names, noun_endings, nouns, titles, word_list
from crossread.reading.doc_text import text_of
from crossread.reading.noun_phrases import PhraseTokens
from crossread.records import Span
from crossread.vocabulary import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FIRST = re.compile(r"\w+")
_LINKS = word_list("name links")
_ORGANISATION = word_list("organisation words")
_PLACE = word_list("place words")
_FACILITY = word_list("facility words")
_CALENDAR = word_list("calendar words")
_HYPHENS = frozenset("-‐‑–")
_TITLE_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "HYPH", "POS", "VBN"})
_DIRECTIONS = word_list("directions")
_NO_START = frozenset({"the", "a", "an"})
_NO_END = frozenset({"'s", "’s", "'", "’", "of", "for", "and", "in", "the"})
_NO_ACTORS = word_list("no actors")
_PORTFOLIOS = word_list("portfolio words")
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


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of tokens that is a name, with its type and the codebook's entry."""

    first: int
    last: int
    type: EntityType
    span: Span
    known: Name | None = None


class NameFinder:
    """Names of one document, in order, none inside another."""

    def __init__(self, doc: "Doc", tokens: PhraseTokens) -> None:
        self.tokens = tokens
        self.text = text_of(doc)
        self.entities = [
            (e.start, e.end - 1, EntityType(e.label_) if e.label_ in EntityType.__members__ else EntityType.OTHER) for e in doc.ents
        ]
        self.shouted = self._shouted_sentences()

    def find(self) -> list[Found]:
        """All names."""
        known = self._known()
        pieces = self._joined(self._merge(known, self._model_pieces()))
        found: list[Found] = []
        floor = 0
        for piece in self._with_runs(pieces):
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

    # ------------------------------------------------------------ the codebook's names

    def _shouted_sentences(self) -> set[int]:
        """Sentences in capital letters throughout, where capitals say nothing."""
        upper: dict[int, list[bool]] = {}
        for word, sentence in zip(self.tokens.words, self.tokens.sentences, strict=True):
            if word.isalpha() and len(word) > 1:
                upper.setdefault(sentence, []).append(word.isupper())
        return {s for s, flags in upper.items() if len(flags) > 2 and sum(flags) > 0.7 * len(flags)}

    def _known(self) -> list[_Piece]:
        tokens, book = self.tokens, names()
        labelled = {i for s, e, _ in self.entities for i in range(s, e + 1)}
        found: list[_Piece] = []
        at = 0
        for i, word in enumerate(tokens.words):
            match = _FIRST.match(word)
            if tokens.starts[i] < at or match is None or match.group() not in book.by_first or self._is_prefixed(i):
                continue
            name = book.at(self.text, tokens.starts[i], match.group())
            if name is None or not self._is_meant(name, i, labelled):
                continue
            at = tokens.starts[i] + len(name.form)
            last = i
            while last + 1 < len(tokens) and tokens.starts[last + 1] < at:
                last += 1
            found.append(_Piece(i, last, self._known_type(name, i, last), Span(tokens.starts[i], at), name))
        return found

    def _is_prefixed(self, i: int) -> bool:
        """Whether a hyphen binds the word to one before it ("anti-Russian")."""
        tokens = self.tokens
        return i > 1 and tokens.words[i - 1] in _HYPHENS and tokens.joined(i) and tokens.joined(i - 1)

    def _is_meant(self, name: Name, i: int, labelled: set[int]) -> bool:
        form = name.form
        if form not in COMMON_WORDS:
            return not (form.islower() and name.kind != "organisation")
        if form.isupper() and len(form) > 1:
            return self.tokens.sentences[i] not in self.shouted
        before = self.tokens.lower[i - 1] if i else ""
        if form.casefold() == "commons":
            return before in ("the", "emergency") or i in labelled
        return i in labelled

    def _known_type(self, name: Name, first: int, last: int) -> EntityType:
        if name.kind == "adjective" and self.tokens.tags[last] in ("NNS", "NNPS"):
            return EntityType.GROUP
        return name.type

    # ------------------------------------------------------------ the model's names

    def _model_pieces(self) -> list[_Piece]:
        """The model's names without what is no part of them: articles, courtesy titles, dates, words on another line."""
        pieces = []
        for first, last, kind in self.entities:
            first, last = self._trimmed(*self._one_line(first, last))
            if kind is EntityType.PERSON:
                while first < last and self.tokens.lower[first] in titles() and self.tokens.lower[first] not in _LINKS:
                    first += 1
                while first < last and self.tokens.lower[first] in _PORTFOLIOS:
                    first += 1
            if first <= last and self._is_name(first, last):
                pieces.append(_Piece(first, last, kind, self.tokens.span(first, last)))
        return pieces

    def _one_line(self, first: int, last: int) -> tuple[int, int]:
        """The longest part of a stretch that has no line break in it; of two as long ones the latter."""
        breaks = [i for i in range(first, last + 1) if self.tokens.is_space[i] and "\n" in self.tokens.words[i]]
        edges = [first - 1, *breaks, last + 1]
        parts = [(a + 1, b - 1) for a, b in pairwise(edges)]
        return max(parts, key=lambda part: (part[1] - part[0], part[0]))

    def _trimmed(self, first: int, last: int) -> tuple[int, int]:
        tokens = self.tokens
        while first < last and (
            tokens.lower[first] in _NO_START or tokens.lower[first] in _CALENDAR or not tokens.words[first][0].isalnum()
        ):
            first += 1
        while last > first and (tokens.lower[last] in _NO_END or not any(c.isalnum() for c in tokens.words[last])):
            last -= 1
        return first, last

    def _is_name(self, first: int, last: int) -> bool:
        """Whether the stretch holds letters and is no date, title or office by itself."""
        tokens = self.tokens
        words = tokens.lower[first : last + 1]
        if tokens.is_space[first] or not any(c.isalpha() for c in tokens.words[first]):
            return False
        if (first == last and words[0] in _CALENDAR) or " ".join(words) in _NO_ACTORS:
            return False
        return " ".join(words) not in nouns() and not all(w in titles() or w in nouns() for w in words)

    def _merge(self, known: list[_Piece], model: list[_Piece]) -> list[_Piece]:
        """Both lists in one: of two that share words the codebook's wins, unless it is a part of the model's longer name."""
        owner = {i: n for n, p in enumerate(known) for i in range(p.first, p.last + 1)}
        dropped: set[int] = set()
        kept: list[_Piece] = []
        for piece in model:
            inside = sorted({owner[i] for i in range(piece.first, piece.last + 1) if i in owner})
            if not inside:
                kept.append(piece)
                continue
            first, last = known[inside[0]].first, known[inside[-1]].last
            longer = piece.first <= first and last <= piece.last and (piece.first, piece.last) != (first, last)
            parts = [known[n] for n in inside]
            if longer and self._holds(piece, parts):
                dropped.update(inside)
                kept.append(piece)
        return sorted([*kept, *(p for n, p in enumerate(known) if n not in dropped)], key=lambda p: p.first)

    def _holds(self, piece: _Piece, parts: list[_Piece]) -> bool:
        """Whether the model's longer name is one name ("Bank of China", "Jordan Smith") and not a demonym with a title."""
        others = [i for i in range(piece.first, piece.last + 1) if not any(p.first <= i <= p.last for p in parts)]
        words = [self.tokens.words[i] for i in others if self.tokens.words[i][0].isalnum()]
        if not words or not any(w[0].isupper() for w in words):
            return False
        if piece.type is EntityType.PERSON:
            return not any(p.known is not None and p.known.kind == "adjective" for p in parts) and len(words) <= 3
        return not all(p.type is EntityType.GPE and piece.type is EntityType.GPE for p in parts)

    def _joined(self, pieces: list[_Piece]) -> list[_Piece]:
        """Neighbouring pieces of one name joined, and pieces grown over the capitals beside them."""
        done: list[_Piece] = []
        for n, piece in enumerate(pieces):
            if done and done[-1].last >= piece.first:
                continue
            floor = done[-1].last + 1 if done else 0
            ceiling = pieces[n + 1].first if n + 1 < len(pieces) else len(self.tokens)
            piece = self._grown(piece, floor, ceiling)
            if done and self._belongs(done[-1], piece):
                before = done.pop()
                kind = piece.type if piece.type is EntityType.ORGANIZATION or before.type is EntityType.OTHER else before.type
                done.append(_Piece(before.first, piece.last, kind, self.tokens.span(before.first, piece.last)))
            else:
                done.append(piece)
        return done

    def _belongs(self, left: _Piece, right: _Piece) -> bool:
        tokens = self.tokens
        gap = range(left.last + 1, right.first)
        if not gap:
            same = left.type is right.type and left.known is None and right.known is None
            owned = (
                left.type in (EntityType.GPE, EntityType.GROUP) and right.type is EntityType.ORGANIZATION and right.known is None
            )
            same = same or (owned and tokens.words[right.first][:1].isupper())
            return same and tokens.sentences[left.last] == tokens.sentences[right.first]
        if len(gap) == 1 and tokens.words[gap[0]] in _HYPHENS and tokens.joined(gap[0]) and tokens.joined(right.first):
            return left.known is None and right.known is None
        if len(gap) == 1 and tokens.words[gap[0]] == ")" and left.type is right.type is EntityType.PERSON:
            return True
        linked = tokens.lower[gap[0]] in ("of", "for") and (len(gap) == 1 or (len(gap) == 2 and tokens.lower[gap[1]] == "the"))
        named = tokens.lower[left.last] in _ORGANISATION and tokens.words[left.last][0].isupper()
        return linked and named and left.type is EntityType.ORGANIZATION and (left.known is None or right.known is None)

    def _grown(self, piece: _Piece, floor: int, ceiling: int) -> _Piece:
        """The model's piece with the capitals that stand beside it ("Bustan" -> "Bustan al-Qasr")."""
        if piece.known is not None or piece.type is EntityType.GROUP:
            return piece
        tokens, first, last = self.tokens, piece.first, piece.last
        while last + 1 < ceiling and self._continues(last + 1, piece):
            last += 1
        while last > piece.last and (tokens.words[last] in _HYPHENS or tokens.lower[last] in _LINKS):
            last -= 1
        while first > floor and self._precedes(first - 1, piece):
            first -= 1
        while first < piece.first and tokens.words[first] in _HYPHENS:
            first += 1
        return (
            piece
            if (first, last) == (piece.first, piece.last)
            else replace(piece, first=first, last=last, span=tokens.span(first, last))
        )

    def _continues(self, i: int, piece: _Piece) -> bool:
        tokens = self.tokens
        if tokens.is_space[i] or tokens.sentences[i] != tokens.sentences[i - 1]:
            return False
        word = tokens.words[i]
        if word in _HYPHENS:
            return tokens.joined(i) and i + 1 < len(tokens) and tokens.joined(i + 1) and tokens.words[i + 1][:1].isupper()
        if tokens.tags[i] in _PROPER and word[:1].isupper() and tokens.lower[i] not in _CALENDAR:
            return not (piece.type is EntityType.PERSON and tokens.lower[i] in nouns())
        return False

    def _precedes(self, i: int, piece: _Piece) -> bool:
        tokens = self.tokens
        if tokens.is_space[i] or tokens.sentences[i] != tokens.sentences[i + 1]:
            return False
        word = tokens.words[i]
        if word in _HYPHENS:
            return tokens.joined(i) and tokens.joined(i + 1) and tokens.tags[i - 1] in _PROPER
        if tokens.tags[i] not in _PROPER or not word[:1].isupper() or tokens.lower[i] in _CALENDAR or names().get(word) is not None:
            return piece.type is EntityType.PERSON and tokens.lower[i] in _LINKS and tokens.tags[i] in ("NNP", "FW")
        if piece.type is EntityType.PERSON:
            return (
                tokens.lower[i] not in titles() and tokens.lower[i].rstrip(".") not in titles() and tokens.lower[i] not in nouns()
            )
        return piece.type is EntityType.ORGANIZATION

    # ------------------------------------------------------------ capitals behind a title

    def _with_runs(self, pieces: list[_Piece]) -> list[_Piece]:
        """Pieces, and runs of capitals that the model missed: behind a title, a known surname, a body by its last word."""
        tokens = self.tokens
        taken = {i for p in pieces for i in range(p.first, p.last + 1)}
        surnames = {tokens.words[p.last] for p in pieces if p.type is EntityType.PERSON}
        found = []
        i = 0
        while i < len(tokens):
            if i in taken or tokens.tags[i] not in _PROPER or not tokens.words[i][:1].isupper():
                i += 1
                continue
            j = i
            while (
                j + 1 < len(tokens) and j + 1 not in taken and tokens.tags[j + 1] in _PROPER and tokens.words[j + 1][:1].isupper()
            ):
                j += 1
            piece = self._run(i, j, surnames)
            if piece is not None:
                found.append(piece)
            i = j + 1
        return sorted([*pieces, *found], key=lambda p: p.first)

    def _run(self, first: int, last: int, surnames: set[str]) -> _Piece | None:
        tokens = self.tokens
        title_ends = [k for k in range(max(first - 1, 0), last) if tokens.lower[k] in titles() or self._ends_role(k)]
        start = max(first, title_ends[-1] + 1) if title_ends else first
        if start <= last and tokens.lower[start] not in _CALENDAR and tokens.lower[last] not in nouns():
            behind = bool(title_ends) and tokens.words[title_ends[-1]][:1].isupper()
            if (behind or tokens.words[last] in surnames) and tokens.sentences[first] not in self.shouted:
                return _Piece(start, last, EntityType.PERSON, tokens.span(start, last))
        article = first > 0 and tokens.lower[first - 1] == "the" and not title_ends and tokens.lower[last] not in nouns()
        if (
            last > first
            and article
            and tokens.sentences[first] not in self.shouted
            and tokens.lower[last] not in _PLACE | _CALENDAR
        ):
            return _Piece(first, last, EntityType.ORGANIZATION, tokens.span(first, last))
        if last > first and tokens.lower[last] in _ORGANISATION and tokens.lower[last] not in _PLACE:
            return _Piece(first, last, EntityType.ORGANIZATION, tokens.span(first, last))
        return None

    # ------------------------------------------------------------ titles and types

    def _finish(self, piece: _Piece, floor: int) -> Found:
        tokens = self.tokens
        name = " ".join(piece.span.of(self.text).split())
        if piece.type is EntityType.PERSON and piece.known is None:
            first = self._title_start(piece.first, floor)
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

    def _with_direction(self, piece: _Piece, name: str) -> Found | None:
        """A part of a place: "northern X", "East X"; a place of its own."""
        tokens, before = self.tokens, piece.first - 1
        if before < 0 or tokens.lower[before] not in _DIRECTIONS or tokens.sentences[before] != tokens.sentences[piece.first]:
            return None
        if tokens.heads[before] != piece.last and tokens.tags[before] not in ("JJ", "NNP"):
            return None
        span = Span(tokens.starts[before], piece.span.end)
        return Found(before, piece.last, span, "name", EntityType.LOCATION, " ".join(span.of(self.text).split()))

    def _place_type(self, piece: _Piece, kind: EntityType) -> EntityType:
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
        if link < 1 or tokens.lower[link] not in ("of", "for", "to") or not self._ends_role(link - 1):
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
            if courtesy or self._ends_role(i):
                first = i
            elif first == name:
                break
            elif first < name:
                first = i if tokens.tags[i] != "VBN" else first
            i -= 1
        while first < name and (tokens.is_space[first] or tokens.tags[first] in ("POS", "HYPH") or tokens.lower[first] == "of"):
            first += 1
        return first

    def _ends_role(self, i: int) -> bool:
        word = self.tokens.lower[i]
        if word not in noun_endings():
            return False
        for parts in noun_endings()[word]:
            if tuple(self.tokens.lower[i - len(parts) + 1 : i + 1]) == parts and nouns()[" ".join(parts)].number == "s":
                return True
        return False

    def _is_role_of(self, i: int) -> bool:
        """Whether "of" stands inside a title ("Secretary of State")."""
        tokens = self.tokens
        return i > 0 and tokens.tags[i - 1] in _PROPER and tokens.tags[i + 1] in _PROPER
