"""From source words to speakers: which entities an attribution's source means.

A wrong speaker is worse than none: where the text does not decide, there is no speaker and a reason.
"""

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from crossread.codebook.actors import nouns
from crossread.codebook.cues import cue_words
from crossread.reading.columns import SUBJECTS, Columns
from crossread.reading.joining import Piece
from crossread.reading.stance import names_nobody
from crossread.records import Span
from crossread.vocabulary import EntityType

if TYPE_CHECKING:
    from crossread.reading.entity_index import EntityIndex

_WORDS = cue_words()
_HE_SHE = frozenset(("he", "she", "him", "her", "his", "himself", "herself"))
_ALL_OF = {
    f"{word} {number}": n
    for n, number in enumerate(("two", "three", "four", "five", "six"), 2)
    for word in ("all", "the", "all the")
}
_LISTED = 80
"""Words before "all three" in which the three are listed."""
_THEY = frozenset(("they", "them", "their", "themselves", "both"))
_IT = frozenset(("it", "its", "itself"))
_FIRST = frozenset(("i", "me", "my", "we", "us", "our", "myself", "ourselves"))
_RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
_TITLES = {
    **dict.fromkeys(("mr", "sir", "king", "prince", "lord"), "m"),
    **dict.fromkeys(("mrs", "ms", "miss", "queen", "princess", "lady", "dame", "madame"), "f"),
}
_WITHIN_NAMES = frozenset(("compound", "amod", "nmod:desc"))  # "the Ruiz campaign" is not Ruiz
_OF_PERSONS = ("er", "or", "ist", "ian", "man", "woman", "person", "people", "ee", "folk", "kid", "dad", "mom", "mum")
_OPENS_CLAUSE = frozenset(("VBG", "VBN", "WP", "WDT", "WP$", "WRB"))
_NOT_OF_PHRASE = frozenset(
    ("case", "cc", "conj", "cop", "nsubj", "nsubj:pass", "aux", "aux:pass", "mark", "advmod", "acl:relcl", "acl", "punct")
)
_DOCUMENT_REACH = 400
"""Tokens before "the report" in which it may have been said whose it is."""
_ISSUING = frozenset((EntityType.PERSON, EntityType.ORGANIZATION, EntityType.GPE, EntityType.GROUP))
_NEAR_LINES, _NEAR_SENTENCES = 3, 2
_MOST_PERSONS = 30  # mentions of persons before a pronoun that are looked at


class Speaker(NamedTuple):
    """Speakers of one attribution, or the reason why there is none."""

    entities: tuple[str, ...]
    reason: str | None = None


class Said(NamedTuple):
    """An attribution already resolved: where its cue stands and who speaks."""

    token: int
    speaker: tuple[str, ...]


class SpeakerFinder:
    """Resolves sources in the order of the text; remembers who spoke last."""

    def __init__(self, columns: Columns, index: "EntityIndex") -> None:
        self.columns = columns
        self.index = index
        self.said: list[Said] = []
        self._content: tuple[Piece, ...] = ()
        self._people: list[tuple[int, str, bool]] | None = None
        self._genders: dict[str, str] | None = None

    def find(
        self, source: tuple[Piece, ...], cue: Piece, outer: tuple[str, ...] | None = None, *, content: tuple[Piece, ...] = ()
    ) -> Speaker:
        """Speakers of a source; ``outer`` are the speakers of the attribution around it, ``content`` is what is said."""
        if not source:
            return Speaker((), "agentless: nobody is named as saying it")
        if names_nobody(source[0], self.columns) and self.columns.lower[source[0][0]] != "neither":
            return Speaker((), "nobody is said to have said it")
        found: dict[str, None] = {}
        reason = None
        self._content = content
        for piece in source:
            for part in self.parts(piece):
                one = self._one(part, outer)
                found.update(dict.fromkeys(one.entities))
                reason = reason or one.reason
        speaker = Speaker(tuple(found), None if found else reason)
        if outer is None and speaker.entities:
            self.said.append(Said(cue[0], speaker.entities))
        return speaker

    def parts(self, piece: Piece) -> list[Piece]:
        """The coordinated parts of a source ("a rebel official and the monitoring group")."""
        columns = self.columns
        top = columns.head_of(*piece)
        heads = [top]
        for i in range(*piece):
            if columns.deps[i] == "conj" and columns.heads[i] in heads and columns.pos[i] in ("NOUN", "PROPN", "PRON"):
                heads.append(i)
        if len(heads) == 1:
            return [piece]
        heads.sort()
        starts = [piece[0]]
        for head in heads[1:]:
            first = columns.subtree(head)[0]
            while columns.deps[first] in ("cc", "punct", "cc:preconj") and first < head:
                first += 1
            starts.append(max(first, starts[-1] + 1))
        parts = []
        for n, start in enumerate(starts):
            end = starts[n + 1] if n + 1 < len(starts) else piece[1]
            while end > start + 1 and (columns.deps[end - 1] in ("cc", "punct") or columns.lower[end - 1] in (",", "and", "or")):
                end -= 1
            parts.append((start, end))
        return parts

    def _one(self, piece: Piece, outer: tuple[str, ...] | None) -> Speaker:
        columns = self.columns
        head = columns.head_of(*piece)
        word = columns.lower[head]
        if word in _FIRST and columns.pos[head] != "PROPN":  # "the US" is no "us"
            return Speaker(outer) if outer else Speaker((), f"first person {word!r} outside a resolved quotation")
        if columns.tags[head] in ("WP", "WDT", "WP$") or (word in _RELATIVE and piece[1] - piece[0] == 1):
            return self._relative(head)
        if word in _HE_SHE:
            return self._he_or_she(head, outer)
        if (number := _ALL_OF.get(" ".join(columns.lower[piece[0] : piece[1]]))) is not None:
            return self._all_of(number, piece[0])
        if word in _THEY or word in _IT:
            return self._they_or_it(head, word in _IT, outer)
        if word in _WORDS.empty and piece[1] - piece[0] == 1:
            return Speaker((), f"{word!r} names nobody")
        return self._phrase(piece, head)

    def _all_of(self, number: int, before: int) -> Speaker:
        """ "All three" after "Norland, Velland and Ostrel"."""
        columns = self.columns
        for i in range(before - 1, max(-1, before - _LISTED), -1):
            heads = [i, *(c for c in columns.children[i] if columns.deps[c] == "conj" and columns.pos[c] == "PROPN")]
            if columns.pos[i] != "PROPN" or len(heads) != number or heads[-1] > before:
                continue
            found = [self.index.find(columns.span(h, h + 1)) for h in heads]
            if all(f is not None for f in found):
                return Speaker(tuple(dict.fromkeys(f for f in found if f is not None)))
        return Speaker((), f"no list of {number} before")

    def _phrase(self, piece: Piece, head: int) -> Speaker:
        columns = self.columns
        while piece[0] < head and (
            columns.pos[piece[0]] in ("PUNCT", "SPACE") or columns.deps[piece[0]] in ("case", "cc", "cc:preconj")
        ):
            piece = (piece[0] + 1, piece[1])
        span = columns.span(*piece)
        lemma = columns.lemmas[head]
        if lemma in _WORDS.documents:
            issuers = self._issuers(piece, head) or self._issuers_before(piece, head)
            if issuers:
                return Speaker(issuers)
        several = self.index.find_all(columns.span(piece[0], self._clause_start(piece, head)))
        if len(several) > 1:
            return Speaker(several)  # "the X and Y governments"
        named = self._named_at_end(piece, head)
        known = named or self.index.find(span)
        if known is not None:
            return Speaker((known,))
        return Speaker(
            (self.index.find_or_add(self._core(piece, head), type=type_of(lemma, columns.lower[head], columns.tags[head])),)
        )

    def _named_at_end(self, piece: Piece, head: int) -> str | None:
        """The person at the end of "the Karvel sub-prefect, Tomas Brek"."""
        columns = self.columns
        comma = next((i for i in range(head + 1, piece[1] - 1) if columns.lower[i] == ","), None)
        if (
            comma is None
            or columns.pos[head] != "NOUN"
            or any(columns.pos[i] not in ("PROPN", "PUNCT") for i in range(comma + 1, piece[1]))
        ):
            return None
        found = self.index.find(columns.span(comma + 1, piece[1]))
        return found if found is not None and self.index.entity(found).type is EntityType.PERSON else None

    def _clause_start(self, piece: Piece, head: int) -> int:
        """Where a clause about the source begins, else its end: names in "X, reacting to Y and Z" are no sources."""
        columns = self.columns
        for i in range(head + 1, piece[1] - 1):
            if columns.lower[i] == "," and columns.tags[i + 1] in _OPENS_CLAUSE:
                return i
        return piece[1]

    def _core(self, piece: Piece, head: int) -> Span:
        """The phrase up to its first comma or relative clause, by which an unnamed source is called."""
        columns, end = self.columns, piece[1]
        for i in range(head + 1, piece[1]):
            if columns.lower[i] in (",", "(", "–", "—", ";") or columns.tags[i] in ("WP", "WDT"):
                end = i
                break
        return columns.span(piece[0], max(end, head + 1))

    def _issuers(self, piece: Piece, head: int) -> tuple[str, ...]:
        """Whose document it is: "a statement from the ministry", "UN estimates", "a joint letter by X and Y"."""
        columns = self.columns
        for child in columns.children[head]:
            if not piece[0] <= child < piece[1]:
                continue
            words = columns.subtree(child)
            whose = columns.deps[child] in ("nmod:poss", "compound") or columns.lower[words[0]] in ("by", "from", "of")
            if whose:
                span = columns.span(max(words[0], piece[0]), min(words[-1] + 1, piece[1]))
                joint = any(columns.deps[k] == "conj" for k in columns.children[child])
                one = self.index.find(span)
                several = self.index.find_all(span) if joint else (one,) if one is not None else ()
                found = tuple(e for e in several if self.index.entity(e).type in _ISSUING)
                if found:
                    return found
        return ()

    def _issuers_before(self, piece: Piece, head: int) -> tuple[str, ...]:
        """Whose document "the report" is, where the one last spoken of was a "report by X" or "its report"."""
        columns = self.columns
        if columns.lower[piece[0]] not in ("the", "this") or piece[1] - piece[0] != 2:
            return ()
        for i in range(head - 1, max(-1, head - _DOCUMENT_REACH), -1):
            if columns.lemmas[i] == columns.lemmas[head] and columns.pos[i] in ("NOUN", "PROPN"):
                words = columns.subtree(i)
                found = self._issuers((words[0], words[-1] + 1), i)
                if found or columns.lower[words[0]] not in ("the", "this"):
                    return found
        return ()

    def _relative(self, head: int) -> Speaker:
        """The noun that a relative clause belongs to."""
        piece = self._antecedent_of(head)
        if piece is None:
            return Speaker((), f"no antecedent for {self.columns.lower[head]!r}, or another clause between")
        return self._phrase(*piece)

    def with_antecedent(self, source: tuple[Piece, ...]) -> tuple[Piece, ...]:
        """A source that is a relative pronoun alone together with the words that it stands for ("Halder, who")."""
        if len(source) != 1 or source[0][1] - source[0][0] != 1 or self.columns.tags[source[0][0]] not in ("WP", "WDT"):
            return source
        found = self._antecedent_of(source[0][0])
        if found is None:
            return source
        (start, end), noun = found
        own = set(self.columns.subtree(noun, without=_NOT_OF_PHRASE))
        while start < noun and not own.issuperset(range(start, noun)):
            start += 1
        return (start, end), *source

    def _antecedent_of(self, head: int) -> tuple[Piece, int] | None:
        """The phrase that a relative pronoun stands for, and its head."""
        columns, i = self.columns, head
        for _ in range(6):
            if columns.deps[i] == "acl:relcl":
                noun = self._listed_before(head) or self._agreeing(columns.heads[i], i)
                if any(columns.deps[k] == "acl:relcl" for k in range(noun + 1, head)):
                    return None  # another clause stands between
                words = columns.subtree(noun, without=frozenset(("acl:relcl", "acl", "appos", "punct")))
                words = [w for w in words if w < head] or [noun]
                return (words[0], words[-1] + 1), noun
            if columns.heads[i] == i:
                break
            i = columns.heads[i]
        for noun in range(head - 1, max(-1, head - 3), -1):
            if columns.pos[noun] in ("NOUN", "PROPN"):
                return (noun, noun + 1), noun
        return None

    def _listed_before(self, head: int) -> int | None:
        """The names that end right before a dash or comma and "which" or "who": "a war for Norland, Velland and Ostrel - which deny it"."""
        columns, last = self.columns, head - 2
        if last < 0 or columns.lower[head - 1] not in (",", "-", "–", "—") or columns.pos[last] != "PROPN":
            return None
        first = columns.heads[last] if columns.deps[last] == "conj" else last
        verb = columns.heads[head]
        several = columns.deps[last] == "conj" and columns.tags[verb] == "VBP"
        return first if several and columns.pos[first] == "PROPN" else None

    def _agreeing(self, noun: int, verb: int) -> int:
        """The noun of a relative clause that agrees with its verb: "residents of a small town who have accused him"."""
        columns = self.columns
        forms = {columns.lower[c] for c in columns.children[verb] if columns.deps[c].startswith(("aux", "cop"))} | {
            columns.lower[verb]
        }
        plural, single = bool(forms & {"have", "are", "were"}), bool(forms & {"has", "is", "was"})
        over = columns.heads[noun]
        if columns.deps[noun] != "nmod" or not plural ^ single:
            return noun
        wanted = ("NNS", "NNPS") if plural else ("NN", "NNP")
        return over if columns.tags[noun] not in wanted and columns.tags[over] in wanted else noun

    # ------------------------------------------------------------ pronouns

    def _he_or_she(self, head: int, outer: tuple[str, ...] | None) -> Speaker:
        known = self.index.find(self.columns.span(head, head + 1))
        if known is not None and known not in self._named_in_content():
            return Speaker((known,))
        female = self.columns.lower[head] in ("she", "her", "herself")
        choice = self._antecedent(head, female)
        if choice is not None:
            return Speaker((choice,))
        return Speaker((), f"the text does not decide who {self.columns.lower[head]!r} is")

    def _antecedent(self, head: int, female: bool) -> str | None:
        columns = self.columns
        persons = self._persons()
        before = persons[max(0, bisect_left(persons, (head, "", False)) - _MOST_PERSONS) : bisect_left(persons, (head, "", False))]
        near = [p for p in before if columns.lines[head] - columns.lines[p[0]] <= _NEAR_LINES]
        named = self._named_in_content()
        near = [p for p in near if not any(start <= p[0] < end for start, end in self._content)]
        fits = [p for p in near if p[1] not in named and self._gender(p[1]) in (None, "f" if female else "m")]
        if not fits:
            return None
        here = [p for p in fits if columns.sentences[p[0]] == columns.sentences[head]]
        subjects = [p for p in here if p[2]]
        if len({p[1] for p in subjects}) == 1:
            return subjects[0][1]
        speaker = self._last_speaker(head, {p[1] for p in fits})
        if speaker is not None:
            return speaker
        latest = (
            max(columns.sentences[p[0]] for p in fits if columns.sentences[p[0]] < columns.sentences[head])
            if len(here) < len(fits)
            else None
        )
        if latest is not None:
            group = [p for p in fits if columns.sentences[p[0]] == latest]
            far = columns.sentences[head] - latest > _NEAR_SENTENCES
            leading = group if far else [p for p in group if p[2]] or group
            if len({p[1] for p in leading}) == 1:
                return leading[0][1]
        names = {p[1] for p in fits}
        return names.pop() if len(names) == 1 else None

    def _named_in_content(self) -> set[str]:
        """Persons whom the content calls by their name: who speaks says "I", and a reporter "he"."""
        persons, columns = self._persons(), self.columns
        found = set()
        for start, end in self._content:
            low, high = bisect_left(persons, (start, "", False)), bisect_left(persons, (end, "", False))
            found |= {e for i, e, _ in persons[low:high] if columns.pos[i] == "PROPN" and columns.deps[i] not in _WITHIN_NAMES}
        return found

    def _last_speaker(self, head: int, allowed: set[str]) -> str | None:
        """Who spoke last on this line or the two before, when one person did."""
        for said in reversed(self.said):
            if said.token >= head:
                continue
            if self.columns.lines[head] - self.columns.lines[said.token] > 2 or len(said.speaker) != 1:
                return None
            return said.speaker[0] if said.speaker[0] in allowed else None
        return None

    def _they_or_it(self, head: int, single: bool, outer: tuple[str, ...] | None) -> Speaker:
        known = self.index.find(self.columns.span(head, head + 1))
        if known is not None:
            return Speaker((known,))
        for said in reversed(self.said):
            if said.token >= head:
                continue
            if self.columns.lines[head] - self.columns.lines[said.token] > 1:
                break
            types = {self.index.entity(e).type for e in said.speaker}
            if EntityType.PERSON in types and (single or len(said.speaker) == 1):
                break
            return Speaker(said.speaker)
        return Speaker((), f"the text does not decide who {self.columns.lower[head]!r} is")

    def _persons(self) -> list[tuple[int, str, bool]]:
        """(token, entity, whether a subject) of all mentions of persons, in order."""
        if self._people is None:
            people = []
            for mention in self.index.mentions():
                if mention.type is EntityType.PERSON:
                    head = self.index.head_of(mention.span)
                    if head is not None and self.columns.pos[head] != "PRON":
                        people.append((head, mention.entity, self.columns.deps[head] in SUBJECTS))
            self._people = sorted(people)
        return self._people

    def _gender(self, entity: str) -> str | None:
        """``m`` or ``f`` where a title before one of the names tells."""
        if self._genders is None:
            columns = self.columns
            self._genders = {}
            for head, other, _ in self._persons():
                for i in range(max(0, head - 3), head):
                    gender = _TITLES.get(columns.lower[i].rstrip("."))
                    if gender is not None:
                        self._genders.setdefault(other, gender)
        return self._genders.get(entity)


def type_of(lemma: str, word: str, tag: str) -> EntityType:
    """What kind of source a noun names; what is neither a person nor a body nor a document ("the exercise showed") is `OTHER`."""
    if lemma in _WORDS.documents:
        return EntityType.WORK
    if lemma in _WORDS.bodies:
        return EntityType.ORGANIZATION
    known = nouns().get(word) or nouns().get(lemma)
    if known is not None and known.number == "b":
        return known.type
    if known is None and tag.startswith("NN") and not lemma.endswith(_OF_PERSONS) and not tag.startswith("NNP"):
        return EntityType.OTHER
    return EntityType.GROUP if tag in ("NNS", "NNPS") else EntityType.PERSON
