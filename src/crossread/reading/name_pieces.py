"""The stretches of a text that are names, before titles are added: the model's, the codebook's, and runs of capitals.

The model's names come in pieces now and then ("Nations", "Human Rights") and with wrong types (a state as a person).  Known forms
win over the model where both claim the same words; pieces that belong together are joined; a run of capitals behind a title is a
person.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from crossread.codebook.actors import COMMON_WORDS, Name, names, noun_endings, nouns, titles, word_list
from crossread.reading.doc_text import text_of
from crossread.reading.noun_phrases import ELECT, PhraseTokens
from crossread.records import Span
from crossread.vocabulary import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FIRST = re.compile(r"\w+")
_LINKS = word_list("name links")
_ORGANISATION = word_list("organisation words")
_PLACE = word_list("place words")
_CALENDAR = word_list("calendar words")
_GIVEN = word_list("months as given names")
_BEFORE_MONTHS = word_list("words before months")
_HYPHENS = frozenset("-‐‑–")
_NO_START = frozenset({"the", "a", "an"})
_NO_END = frozenset({"'s", "’s", "'", "’", "of", "for", "and", "in", "the"})
_SYLLABLE = 5
"""Letters of one half of a given name with a hyphen, at most."""
_BOUND = frozenset(
    (
        "led",
        "run",
        "era",
        "born",
        "made",
        "held",
        "free",
        "wing",
        "wide",
        "bound",
        "based",
        "style",
        "like",
        "owned",
        "built",
        "type",
        "only",
    )
)
"""Second halves that make no name ("a Jo Brek-led team")."""
_COURTESY = frozenset({"mr", "mrs", "ms", "miss", "messrs"})
_UN = re.compile(r"\bUnited Nations\b|\bUN\b|\bU\.N\.")
_NO_ACTORS = word_list("no actors")
_PORTFOLIOS = word_list("portfolio words")
_PROPER = frozenset({"NNP", "NNPS"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of tokens that is a name, with its type and the codebook's entry."""

    first: int
    last: int
    type: EntityType
    span: Span
    known: Name | None = None


@lru_cache(maxsize=20_000)
def _first(word: str) -> str:
    """The letters and digits that a word begins with."""
    match = _FIRST.match(word)
    return match.group() if match is not None else ""


def ends_role(tokens: PhraseTokens, i: int) -> bool:
    """Whether a word for one person's role ends at the token ("foreign minister")."""
    word = tokens.lower[i]
    if f"-{word}" in ELECT and i > 1 and tokens.tags[i - 1] == "HYPH":
        return ends_role(tokens, i - 2)  # "President-elect"
    return any(
        tuple(tokens.lower[i - len(parts) + 1 : i + 1]) == parts and nouns()[" ".join(parts)].number == "s"
        for parts in noun_endings().get(word, ())
    )


class PieceFinder:
    """Names of one document without their titles, in order, none inside another."""

    def __init__(self, doc: "Doc", tokens: PhraseTokens) -> None:
        self.tokens = tokens
        self.text = text_of(doc)
        self.entities = [
            (e.start, e.end - 1, EntityType(e.label_) if e.label_ in EntityType.__members__ else EntityType.OTHER) for e in doc.ents
        ]
        self.shouted = self._shouted_sentences()
        self._tells_of_un = _UN.search(self.text) is not None

    def find(self) -> list[Piece]:
        """All pieces."""
        return self._with_runs(self._joined(self._merge(self._known(), self._model_pieces())))

    def _shouted_sentences(self) -> set[int]:
        """Sentences in capital letters throughout, where capitals say nothing."""
        words, sentences = self.tokens.words, self.tokens.sentences
        shouted = Counter(sentences[i] for i, word in enumerate(words) if word.isupper() and len(word) > 1 and word.isalpha())
        likely = {s for s, n in shouted.items() if n > 2}
        if not likely:
            return set()
        all_words = Counter(s for word, s in zip(words, sentences, strict=True) if s in likely and len(word) > 1 and word.isalpha())
        return {s for s in likely if shouted[s] > 0.7 * all_words[s]}

    # ------------------------------------------------------------ the codebook's names

    def _known(self) -> list[Piece]:
        tokens, book = self.tokens, names()
        labelled = {i for s, e, _ in self.entities for i in range(s, e + 1)}
        found: list[Piece] = []
        at = 0
        for i, word in enumerate(tokens.words):
            first = _first(word)
            if first not in book.by_first or tokens.starts[i] < at or self._is_prefixed(i):
                continue
            name = book.at(self.text, tokens.starts[i], first)
            if name is None or not self._is_meant(name, i, labelled):
                continue
            at = tokens.starts[i] + len(name.form)
            last = i
            while last + 1 < len(tokens) and tokens.starts[last + 1] < at:
                last += 1
            found.append(Piece(i, last, self._known_type(name, i, last), Span(tokens.starts[i], at), name))
        return found

    def _is_prefixed(self, i: int) -> bool:
        """Whether a hyphen binds the word to one before it ("anti-Russian")."""
        tokens = self.tokens
        bound = i > 1 and tokens.words[i - 1] in _HYPHENS and tokens.joined(i) and tokens.joined(i - 1)
        return bound and names().get(tokens.words[i - 2]) is None  # both halves count in "US-Russian"

    def _is_meant(self, name: Name, i: int, labelled: set[int]) -> bool:
        form = name.form
        if name.kind in ("state", "capital") and i and self.tokens.lower[i - 1].rstrip(".") in _COURTESY:
            return False  # "Mr. Chad said"
        if form == "General Assembly" and not self._tells_of_un:
            return False  # the parliament of a state
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

    def _model_pieces(self) -> list[Piece]:
        """The model's names without what is no part of them: articles, courtesy titles, dates, words on another line."""
        pieces = []
        for first, last, kind in self.entities:
            first, last = self._trimmed(*self._one_line(first, last))
            if kind is EntityType.PERSON:
                while first < last and self.tokens.lower[first] in titles() and self.tokens.lower[first] not in _LINKS:
                    first += 1
                while first < last and (self.tokens.lower[first] in _PORTFOLIOS or self._opens_with_role(first)):
                    first += 1
            if first <= last and self._is_name(first, last) and not self._is_prefixed(first):
                pieces.append(Piece(first, last, kind, self.tokens.span(first, last)))
        return pieces

    def _opens_with_role(self, i: int) -> bool:
        """Whether the first word of a sentence is a role and no given name ("Passenger Wang Kuo-li said")."""
        tokens = self.tokens
        opens = i == 0 or tokens.sentences[i - 1] != tokens.sentences[i] or tokens.is_space[i - 1]
        return opens and tokens.words[i][:1].isupper() and ends_role(tokens, i) and tokens.tags[i + 1] in ("NNP", "NNPS")

    def _one_line(self, first: int, last: int) -> tuple[int, int]:
        """The longest part of a stretch that has no line break in it; of two as long ones the latter."""
        breaks = [i for i in range(first, last + 1) if self.tokens.is_space[i] and "\n" in self.tokens.words[i]]
        edges = [first - 1, *breaks, last + 1]
        parts = [(a + 1, b - 1) for a, b in pairwise(edges)]
        return max(parts, key=lambda part: (part[1] - part[0], part[0]))

    def _trimmed(self, first: int, last: int) -> tuple[int, int]:
        tokens = self.tokens
        while first < last and (
            tokens.lower[first] in _NO_START
            or (tokens.lower[first] in _CALENDAR and not self._is_given(first))
            or not tokens.words[first][0].isalnum()
        ):
            first += 1
        while last > first and (
            (tokens.lower[last] in _NO_END and not self._is_hyphened(last)) or not any(c.isalnum() for c in tokens.words[last])
        ):
            last -= 1
        return first, last

    def _is_given(self, i: int) -> bool:
        """Whether the name of a month is somebody's given name ("Jan Holt said", not "in April Holt said")."""
        tokens = self.tokens
        before = tokens.lower[i - 1] if i else ""
        if tokens.lower[i] not in _GIVEN or before in _BEFORE_MONTHS or before.isdigit():
            return False
        return tokens.words[i + 1][:1].isupper() and tokens.words[i + 1].isalpha() and tokens.lower[i + 1] not in _CALENDAR

    def _is_hyphened(self, i: int) -> bool:
        """Whether a word is the second half of one with a hyphen ("Moon Jae-in")."""
        tokens = self.tokens
        return tokens.words[i - 1] in _HYPHENS and tokens.joined(i) and tokens.joined(i - 1)

    def _is_name(self, first: int, last: int) -> bool:
        """Whether the stretch holds letters and is no date, title or office by itself."""
        tokens = self.tokens
        words = tokens.lower[first : last + 1]
        if tokens.is_space[first] or not any(c.isalpha() for c in tokens.words[first]):
            return False
        if (first == last and words[0] in _CALENDAR) or " ".join(words) in _NO_ACTORS:
            return False
        return " ".join(words) not in nouns() and not all(w in titles() or w in nouns() for w in words)

    def _merge(self, known: list[Piece], model: list[Piece]) -> list[Piece]:
        """Both lists in one: of two that share words the codebook's wins, unless it is a part of the model's longer name."""
        owner = {i: n for n, p in enumerate(known) for i in range(p.first, p.last + 1)}
        dropped: set[int] = set()
        kept: list[Piece] = []
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

    def _holds(self, piece: Piece, parts: list[Piece]) -> bool:
        """Whether the model's longer name is one name ("Bank of China", "Jordan Smith") and not a demonym with a title."""
        others = [i for i in range(piece.first, piece.last + 1) if not any(p.first <= i <= p.last for p in parts)]
        words = [self.tokens.words[i] for i in others if self.tokens.words[i][0].isalnum()]
        if not words or not any(w[0].isupper() for w in words):
            return False
        if piece.type is EntityType.PERSON:
            return not any(p.known is not None and p.known.kind == "adjective" for p in parts) and len(words) <= 3
        return not all(p.type is EntityType.GPE and piece.type is EntityType.GPE for p in parts)

    def _joined(self, pieces: list[Piece]) -> list[Piece]:
        """Neighbouring pieces of one name joined, and pieces grown over the capitals beside them."""
        done: list[Piece] = []
        for n, piece in enumerate(pieces):
            if done and done[-1].last >= piece.first:
                continue
            floor = done[-1].last + 1 if done else 0
            ceiling = pieces[n + 1].first if n + 1 < len(pieces) else len(self.tokens)
            piece = self._grown(piece, floor, ceiling)
            if done and self._belongs(done[-1], piece):
                before = done.pop()
                body = piece.type is EntityType.ORGANIZATION or self.tokens.lower[piece.last] in _ORGANISATION
                kind = EntityType.ORGANIZATION if body else piece.type if before.type is EntityType.OTHER else before.type
                done.append(Piece(before.first, piece.last, kind, self.tokens.span(before.first, piece.last)))
            else:
                done.append(piece)
        return done

    def _belongs(self, left: Piece, right: Piece) -> bool:
        tokens = self.tokens
        gap = range(left.last + 1, right.first)
        if not gap:
            same = left.type is right.type and left.known is None and right.known is None
            body = right.type is EntityType.ORGANIZATION or tokens.lower[right.last] in _ORGANISATION
            owned = left.type in (EntityType.GPE, EntityType.GROUP) and body and right.known is None
            same = same or (owned and tokens.words[right.first][:1].isupper())
            return same and tokens.sentences[left.last] == tokens.sentences[right.first]
        if len(gap) == 1 and tokens.words[gap[0]] in _HYPHENS and tokens.joined(gap[0]) and tokens.joined(right.first):
            return left.known is None and right.known is None
        if len(gap) == 1 and tokens.words[gap[0]] == ")" and left.type is right.type is EntityType.PERSON:
            return True
        linked = tokens.lower[gap[0]] in ("of", "for") and (len(gap) == 1 or (len(gap) == 2 and tokens.lower[gap[1]] == "the"))
        named = tokens.lower[left.last] in _ORGANISATION and tokens.words[left.last][0].isupper()
        return linked and named and left.type is EntityType.ORGANIZATION and (left.known is None or right.known is None)

    def _grown(self, piece: Piece, floor: int, ceiling: int) -> Piece:
        """The model's piece with the capitals that stand beside it ("Karvel" -> "Karvel al-Asr")."""
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

    def _continues(self, i: int, piece: Piece) -> bool:
        tokens = self.tokens
        if tokens.is_space[i] or tokens.sentences[i] != tokens.sentences[i - 1]:
            return False
        word = tokens.words[i]
        if word in _HYPHENS:
            bound = tokens.joined(i) and i + 1 < len(tokens) and tokens.joined(i + 1)
            return bound and (tokens.words[i + 1][:1].isupper() or self._is_syllable(i + 1, piece))
        if self._is_syllable(i, piece):
            return True
        if tokens.tags[i] in _PROPER and word[:1].isupper() and tokens.lower[i] not in _CALENDAR:
            return not (piece.type is EntityType.PERSON and tokens.lower[i] in nouns())
        return False

    def _is_syllable(self, i: int, piece: Piece) -> bool:
        """Whether a small word behind a hyphen is the second half of a given name ("Moon Jae-in", "Tsai Ing-wen")."""
        tokens = self.tokens
        if piece.type is not EntityType.PERSON or piece.last == piece.first or i - 2 != piece.last or not self._is_hyphened(i):
            return False
        first, second = tokens.words[i - 2], tokens.words[i]
        small = second.isalpha() and second.islower() and 2 <= len(second) <= _SYLLABLE and second not in _BOUND
        return small and first.istitle() and len(first) <= _SYLLABLE

    def _precedes(self, i: int, piece: Piece) -> bool:
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

    def _with_runs(self, pieces: list[Piece]) -> list[Piece]:
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
            rank = j + 1 in taken and tokens.lower[j].rstrip(".") in titles()  # "Lt Col" before the name that it belongs to
            piece = None if rank else self._run(i, j, surnames)
            if piece is not None:
                found.append(piece)
            i = j + 1
        merged: list[Piece] = []
        for piece in sorted([*pieces, *found], key=lambda p: p.first):
            before = merged[-1] if merged else None
            if before is not None and piece in found and before.last == piece.first - 1 and self._belongs(before, piece):
                merged[-1] = Piece(before.first, piece.last, piece.type, tokens.span(before.first, piece.last))
            else:
                merged.append(piece)
        return merged

    def _run(self, first: int, last: int, surnames: set[str]) -> Piece | None:
        tokens = self.tokens
        title_ends = [k for k in range(max(first - 1, 0), last) if tokens.lower[k] in titles() or ends_role(self.tokens, k)]
        start = max(first, title_ends[-1] + 1) if title_ends else first
        if start <= last and tokens.lower[start] not in _CALENDAR and tokens.lower[last] not in nouns():
            behind = bool(title_ends) and tokens.words[title_ends[-1]][:1].isupper()
            if (behind or tokens.words[last] in surnames) and tokens.sentences[first] not in self.shouted:
                return Piece(start, last, EntityType.PERSON, tokens.span(start, last))
        article = first > 0 and tokens.lower[first - 1] == "the" and not title_ends and tokens.lower[last] not in nouns()
        if (
            last > first
            and article
            and tokens.sentences[first] not in self.shouted
            and tokens.lower[last] not in _PLACE | _CALENDAR
        ):
            return Piece(first, last, EntityType.ORGANIZATION, tokens.span(first, last))
        if last > first and tokens.lower[last] in _ORGANISATION and tokens.lower[last] not in _PLACE:
            return Piece(first, last, EntityType.ORGANIZATION, tokens.span(first, last))
        return None
