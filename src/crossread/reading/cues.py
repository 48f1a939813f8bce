"""Attributions from the cue codebook and the dependencies alone.

Used where the model's role probabilities are absent, and for attributions inside the content of others, which its training corpus
does not mark.
"""

from collections.abc import Iterable, Iterator, Sequence

from crossread.codebook.cues import Codebook, Cue, cue_codebook, verb_forms
from crossread.reading.columns import SUBJECTS, Columns
from crossread.reading.cue_parts import CueParts
from crossread.reading.joining import Joined, Piece
from crossread.reading.quotes import Quotation, is_statement
from crossread.vocabulary import Stance

_AFTER_CUE = frozenset(("compound:prt",))
_VERBAL = frozenset(("VERB", "AUX"))
_UNREAL = frozenset(("would", "could", "should", "must", "may", "might", "can", "not", "n't", "n’t", "never", "will", "if"))
_TELLING_NOUNS = frozenset(
    ("claim", "accusation", "allegation", "assertion", "proposal", "appeal", "demand", "promise", "announcement", "denial")
)
_ACCUSING = frozenset(
    (
        "accuse",
        "blame",
        "criticize",
        "criticise",
        "condemn",
        "denounce",
        "deny",
        "dismiss",
        "urge",
        "demand",
        "threaten",
        "propose",
        "call for",
    )
)
_TAKING_SIDES = frozenset(("welcome", "reject", "praise", "hail", "applaud", "call on", "call upon"))
_SET_PHRASES = frozenset(("put", "word"))
_COUNTS = frozenset(
    ("number", "toll", "figure", "count", "total", "cost", "estimate", "population", "damage", "loss", "bill", "price", "turnout", "crowd")
)  # fmt: skip
_ASKING = frozenset(("ask", "tell", "press", "advise"))
_SPOKEN_TO = frozenset(("obj", "iobj"))
_QUOTING = frozenset(("quote", "cite"))
_DOES = frozenset(("do", "does", "did"))
_LEADING = frozenset(("that", "but", "and", "while"))
HALF_SEEN = 0.1  # cue probability from which the rules may add what the model left out
_BE_PASSIVE = frozenset(("aux:pass", "auxpass"))


class RuleReader(CueParts):
    """Finds attributions by cue words and dependencies; made once per document."""

    def __init__(self, columns: Columns, quotations: Sequence[Quotation], *, codebook: Codebook | None = None) -> None:
        super().__init__(columns)
        self.codebook = codebook or cue_codebook()
        self.quotations = quotations
        self.quoted: dict[int, Piece] = {}
        for quotation in quotations:
            if quotation.closed and is_statement(columns.text, quotation):
                start, end = columns.tokens_in(quotation.outer)
                for i in range(start, end):
                    self.quoted[i] = (start, end)

    def within(self, start: int, end: int, *, least: Sequence[float] | None = None) -> list[Joined]:
        """Attributions whose cue lies in the tokens ``[start, end)``, in order of their cues.

        ``least`` are cue probabilities of all tokens; words below `HALF_SEEN` are passed over.
        """
        places: Iterable[int] = range(start, end)
        if least is not None:
            adverbs, lower, lemmas = self.codebook.adverbs, self.columns.lower, self.columns.lemmas
            places = [i for i in places if least[i] >= HALF_SEEN or lower[i] in adverbs or lemmas[i] in _SET_PHRASES]
        return [found for i in places for found in self._at(i) if found.content]

    def reports_speech(self, joined: Joined) -> bool:
        """Whether the cue is a verb of speech, "according to", or says that nobody in particular said it."""
        columns = self.columns
        head = columns.head_of(*joined.cue[0])
        if columns.lower[joined.cue[0][0]] in ("according", "in") or columns.lemmas[joined.cue[0][0]] == "put":
            return True
        if not joined.source:
            passive = any(columns.deps[c] in _BE_PASSIVE for c in columns.children[head])
            return columns.lower[head] in self.codebook.adverbs or passive
        cue = self._verb(head, columns.lemmas[head]) if columns.pos[head] in _VERBAL else None
        return cue is not None and cue.kind == "speech"

    def is_speech(self, verb: int) -> bool:
        """Whether a verb is one of speech by the codebook."""
        cue = self._verb(verb, self.columns.lemmas[verb])
        return cue is not None and cue.kind == "speech"

    def is_told_speech(self, joined: Joined) -> bool:
        """Whether an attribution inside another is plainly one: somebody's speech, told as a fact, with a clause or an accusation.

        Beliefs, wishes and decisions inside what somebody says are left to the outer one, as is what "you" or "which" say.
        """
        columns = self.columns
        head = columns.head_of(*joined.cue[0])
        who = columns.head_of(*joined.source[0]) if joined.source else head
        if columns.lower[joined.cue[0][0]] == "according":
            return columns.pos[who] in ("NOUN", "PROPN")
        if columns.tags[who] in ("WDT", "WP") or columns.lower[who] in ("you", "that", "which", "it"):
            return False
        helpers = [columns.lower[c] for c in columns.children[head]]
        if not _UNREAL.isdisjoint(helpers) or (columns.tags[head] == "VB" and _DOES.isdisjoint(helpers)):
            return False
        if columns.pos[head] == "NOUN":
            return columns.lemmas[head] in _TELLING_NOUNS
        cue = self._verb(head, columns.lemmas[head]) if columns.pos[head] in _VERBAL else None
        if cue is not None and cue.lemma in _TAKING_SIDES:
            return True
        if cue is None or cue.kind != "speech" or cue.stance in (Stance.PROMISE, Stance.SUPPORT, Stance.REJECT):
            return False
        clause = any(columns.deps[c] == "ccomp" and c > head for c in columns.children[head])
        clause = clause or (cue.lemma == "warn" and columns.lower[head + 1 : head + 2] == ["of"])
        return clause or cue.lemma in _ACCUSING or (cue.lemma in _ASKING and self._asked_to_do(head) is not None)

    def _at(self, i: int) -> Iterator[Joined]:
        """Attributions whose cue is token ``i``."""
        columns = self.columns
        pos, lemma = columns.pos[i], columns.lemmas[i]
        if lemma in _SET_PHRASES and (found := self._set_phrase(i, lemma)) is not None:
            yield found
        elif pos in _VERBAL:
            cue = self._verb(i, lemma)
            if lemma == "accord" and i + 1 < columns.n and columns.lower[i + 1] == "to":
                yield from self._according(i)
            elif cue is not None:
                yield from self._by_verb(i, cue)
        elif pos == "NOUN" and lemma in self.codebook.nouns:
            yield from self._by_noun(i)
        elif pos == "ADJ" and lemma in self.codebook.adjectives:
            yield from self._by_adjective(i)
        elif columns.lower[i] in self.codebook.adverbs:
            yield from self._by_adverb(i)
        elif columns.lower[i] == "according" and i + 1 < columns.n and columns.lower[i + 1] == "to":
            yield from self._according(i)

    def _verb(self, i: int, lemma: str) -> Cue | None:
        verbs = self.codebook.verbs
        for child in self.columns.children[i]:
            if child > i and self.columns.deps[child] in _AFTER_CUE:
                found = verbs.get(f"{lemma} {self.columns.lower[child]}")
                if found is not None:
                    return found
        if i + 1 < self.columns.n and self.columns.pos[i + 1] == "ADP":
            found = verbs.get(f"{lemma} {self.columns.lower[i + 1]}")
            if found is not None:
                return found
        return verbs.get(lemma) or verb_forms().get(self.columns.lower[i])

    # ------------------------------------------------------------ kinds of cue

    def _by_verb(self, i: int, cue: Cue) -> Iterator[Joined]:
        columns = self.columns
        passive = any(columns.deps[c] in _BE_PASSIVE for c in columns.children[i])
        content = self._content_of_verb(i, cue, passive)
        if not content:
            return
        if passive:
            source = self.agent_of(i)
            subject = self._child(i, SUBJECTS)
            if source is None and subject is not None and columns.deps[content[1]] != "ccomp":
                pieces = (*self._pieces(columns.subtree(subject)), content[0])
                yield self._joined((), self._cue(i), pieces)
                return
        else:
            source = self._quoted_as(i) or self.subject_of(i)
        cue_piece = self._cue(i)
        yield self._joined((source,) if source else (), cue_piece, self._with_quotes(i, content[0], cue_piece))

    def _quoted_as(self, i: int) -> Piece | None:
        """Whom another quotes: "the radio quoted the mayor as saying"."""
        columns = self.columns
        if columns.tags[i] != "VBG" or columns.lower[max(0, i - 1)] != "as" or columns.lemmas[columns.heads[i]] not in _QUOTING:
            return None
        quoted = self._child(columns.heads[i], frozenset(("obj",)))
        return self._phrase(quoted) if quoted is not None and quoted < i else None

    def _content_of_verb(self, i: int, cue: Cue, passive: bool) -> tuple[Piece, int] | None:
        """The content piece and its head."""
        columns = self.columns
        for child in columns.children[i]:
            label = columns.deps[child]
            if label == "ccomp" and self._is_clause(child, i):
                return self._solid(columns.subtree(child), i), child
            if (
                label == "xcomp"
                and columns.pos[child] in _VERBAL
                and (cue.stance is not Stance.ASSERT or passive or cue.kind == "belief")
            ):
                return self._solid(columns.subtree(child), i), child
        if cue.lemma in _ASKING and not passive and (asked := self._asked_to_do(i)) is not None:
            return asked
        if columns.deps[i] == "parataxis" and columns.heads[i] != i and not passive:
            return self._host_clause(i)
        quote = self._quote_beside(i)
        if quote is not None:
            return quote, columns.head_of(*quote)
        if cue.takes_object and not passive:
            return self._object_content(i)
        subject = self._child(i, SUBJECTS) if passive and cue.takes_object and self.agent_of(i) is not None else None
        if subject is not None:
            words = columns.subtree(subject)
            return (words[0], words[-1] + 1), subject
        if (passive and cue.stance is Stance.ACCUSE) or cue.lemma == "warn":
            return self._charge(i)
        return None

    def _asked_to_do(self, i: int) -> tuple[Piece, int] | None:
        """ "Him to close the case" after "asked"."""
        columns, told = self.columns, self._child(i, _SPOKEN_TO, after=True)
        for child in columns.children[i]:
            done = told is not None and child > told and columns.deps[child] in ("xcomp", "ccomp", "advcl")
            if done and told is not None and any(columns.tags[k] == "TO" for k in columns.children[child]):
                return (columns.subtree(told)[0], columns.subtree(child)[-1] + 1), child
        return None

    def _charge(self, i: int) -> tuple[Piece, int] | None:
        """ "of hiding the results" after "has been accused", "of a flood" after "warned"."""
        columns = self.columns
        for child in columns.children[i]:
            words = columns.subtree(child)
            if child > i and columns.deps[child] in ("advcl", "obl", "nmod") and columns.lower[words[0]] == "of":
                return (words[0], words[-1] + 1), child
        return None

    def _object_content(self, i: int) -> tuple[Piece, int] | None:
        columns = self.columns
        found = self._child(i, frozenset(("obj", "obl")), after=True)
        if found is None or (
            columns.deps[found] == "obl" and columns.lower[i + 1 : i + 2] not in (["for"], ["on"], ["to"], ["out"], ["against"])
        ):
            return None
        last = found
        for child in columns.children[i]:
            if child > found and columns.deps[child] in ("obl", "advcl", "xcomp", "ccomp"):
                mark = columns.lower[columns.subtree(child)[0]]
                if mark in ("of", "for", "as", "to", "with"):
                    last = child
        start, end = columns.subtree(found)[0], columns.subtree(last)[-1] + 1
        start = max(start, i + 1)
        while start < end and columns.deps[start] == "case" and columns.lower[start] in ("for", "on", "against", "to"):
            start += 1
        return ((start, end), found) if start < end else None

    def _by_noun(self, i: int) -> Iterator[Joined]:
        columns = self.columns
        for child in columns.children[i]:
            clause = columns.subtree(child)
            opener = columns.lower[clause[0]]
            if child > i and columns.deps[child] in ("acl", "ccomp", "acl:relcl", "dep") and opener in ("that", "to"):
                if opener == "that" and columns.tags[clause[0]] == "WDT":
                    continue
                content = self._solid(clause, i)
                source = self.owner_of(i)
                yield self._joined((source,) if source else (), (i, i + 1), (content,))
                return

    def _by_adjective(self, i: int) -> Iterator[Joined]:
        columns = self.columns
        for child in columns.children[i]:
            if child > i and columns.deps[child] in ("ccomp", "xcomp", "advcl", "obl"):
                source = self.subject_of(i)
                words = columns.subtree(child)
                if source is not None and columns.lower[words[0]] in ("that", "to", "about", "of", "over", "by") + (
                    (columns.lower[words[0]],) if columns.deps[child] == "ccomp" else ()
                ):
                    yield self._joined((source,), self._cue(i), (self._solid(words, i),))
                return

    def _set_phrase(self, i: int, lemma: str) -> Joined | None:
        """ "As the mayor put it, ..." and "In the words of the mayor, ...": who is named says the rest of the sentence."""
        columns = self.columns
        if lemma == "put" and (estimate := self._estimate(i)) is not None:
            return estimate
        if lemma == "put":
            phrase = [w for w in columns.subtree(i) if columns.pos[w] != "PUNCT"]
            source = self.subject_of(i) if columns.lower[phrase[0]] == "as" and columns.lower[i + 1 : i + 2] == ["it"] else None
            cue = (i, i + 2)
        else:
            phrase = columns.subtree(i)
            if columns.lower[max(0, i - 2) : i + 2] != ["in", "the", "words", "of"]:
                return None
            source, cue = self.stripped((i + 2, phrase[-1] + 1)), (i - 2, i + 2)
        start, end = self.sentence_of(i)
        own = {*phrase, *range(*cue)}
        quote = self._quote_beside(i) if lemma == "put" else None
        words = [w for w in range(start, end) if w not in own]
        rest = (quote,) if quote is not None else self._pieces(words)
        rest = tuple(p for p in rest if any(columns.pos[w] != "PUNCT" for w in range(*p)))
        return self._joined((source,), cue, rest) if source is not None and rest else None

    def _estimate(self, i: int) -> Joined | None:
        """ "The army put the number of dead at four": a count that somebody vouches for."""
        columns = self.columns
        counted = self._child(i, frozenset(("obj",)), after=True)
        source = self.subject_of(i)
        if counted is None or columns.lemmas[counted] not in _COUNTS or source is None:
            return None
        end = self.sentence_of(i)[1]
        at = next(
            (k for k in range(counted + 1, end - 1) if columns.lower[k] == "at" and "CD" in columns.tags[k + 1 : k + 5]), None
        )
        if at is None:
            return None
        last = at + 1 + columns.tags[at + 1 : at + 5].index("CD")
        last += columns.lower[last + 1 : last + 2] in (["m"], ["bn"], ["million"], ["billion"], ["%"], ["percent"])
        return self._joined((source,), (i, i + 1), ((columns.subtree(counted)[0], last + 1),))

    def _by_adverb(self, i: int) -> Iterator[Joined]:
        columns = self.columns
        head = columns.heads[i]
        if head == i or columns.pos[head] not in (*_VERBAL, "ADJ", "NOUN"):
            return
        words = [w for w in columns.subtree(head) if w != i and columns.deps[w] != "punct"]
        yield self._joined((), (i, i + 1), self._pieces(words))

    def _according(self, i: int) -> Iterator[Joined]:
        columns = self.columns
        top = i
        while columns.deps[top] in ("case", "fixed", "mark") and columns.heads[top] != top:
            top = columns.heads[top]
        if top == i:
            top = next((c for c in columns.children[i] if c > i and columns.deps[c] in ("obl", "nmod")), i)
        words = [w for w in columns.subtree(top) if w > i + 1] if top != i else []
        if not words:
            return
        phrase = set(columns.subtree(top)) | {i, i + 1}
        source = self.stripped((words[0], words[-1] + 1))
        start, end = self.sentence_of(i)
        rest = [w for w in range(start, end) if w not in phrase]
        before = [w for w in rest if w < i]
        led = i > 0 and columns.lower[i - 1] in _LEADING  # "said that according to the ministry, 12 had died"
        pieces = self._pieces([w for w in rest if w > i] if led else before if len(before) > 2 else rest)
        if source and pieces:
            yield self._joined((source,), (i, i + 2), (self._up_to_semicolon(pieces[0]),))

    def _up_to_semicolon(self, piece: Piece) -> Piece:
        """The piece up to a semicolon, behind which another speaks ("15 died; the rebels put it at three")."""
        at = next((k for k in range(piece[0] + 1, piece[1]) if self.columns.lower[k] == ";"), piece[1])
        return piece[0], at

    # ------------------------------------------------------------ clauses and quotations

    def _is_clause(self, child: int, i: int) -> bool:
        columns = self.columns
        return columns.pos[child] in _VERBAL or any(
            columns.deps[c] in SUBJECTS or columns.deps[c] in ("cop", "mark") for c in columns.children[child]
        )

    def _host_clause(self, i: int) -> tuple[Piece, int] | None:
        """The clause that a comment such as ", he said" is put into or after."""
        columns = self.columns
        head = columns.heads[i]
        own = set(columns.subtree(i))
        first = min(own)
        words = [w for w in columns.subtree(head) if w not in own]
        left = [w for w in words if w < first]
        chosen = left if left else words
        piece = self.stripped((chosen[0], chosen[-1] + 1)) if chosen else None
        return (piece, head) if piece else None

    def _quote_beside(self, i: int) -> Piece | None:
        start, end = self.sentence_of(i)
        nearest: tuple[int, Piece] | None = None
        for w in range(start, end):
            piece = self.quoted.get(w)
            if piece is not None and not piece[0] <= i < piece[1]:
                gap = min(abs(piece[0] - i), abs(i - piece[1]))
                if nearest is None or gap < nearest[0]:
                    nearest = (gap, piece)
        return nearest[1] if nearest is not None and nearest[0] <= 12 else None

    def _with_quotes(self, i: int, content: Piece, cue: Piece) -> tuple[Piece, ...]:
        """The content, grown to the edges of quotations it reaches into, with a quotation that goes on after the cue."""
        start, end = content
        for edge in (start, end - 1):
            piece = self.quoted.get(edge)
            if piece is not None and not (piece[0] <= i < piece[1]):
                start, end = min(start, piece[0]), max(end, piece[1])
        pieces = [(start, end)]
        if end <= cue[0] and self._is_quoted(start):
            limit = min(self.columns.n, cue[1] + 14)
            nxt = next((self.quoted[w] for w in range(cue[1], limit) if w in self.quoted), None)
            if nxt is not None and self.columns.lines[nxt[0]] == self.columns.lines[i]:
                pieces.append(nxt)
        return tuple(pieces)

    def _is_quoted(self, i: int) -> bool:
        return i in self.quoted
