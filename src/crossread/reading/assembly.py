"""Attributions out of tagged pieces: content to cue, source to cue, and which of them to keep.

Every content piece goes to the cue that scores best with it.  Every cue then chooses its source among the tagged pieces near it and
the phrases that the dependencies offer (subject, agent, owner).  What is left is weighed as a whole: an attribution that is more likely
wrong than right is dropped.  All scores are linear; `training/attribution_joiner.py` learns them from the model's own output on
PolNeAR's train portion, so that they know its mistakes.
"""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from crossread.codebook.cues import cue_codebook, cue_words
from crossread.reading.columns import SUBJECTS, Columns
from crossread.reading.cues import RuleReader
from crossread.reading.joining import DOUBLED_MARKS, MARKS, Joined, Joiner, Piece, Pieces, Scene, joiner, size_class, total
from crossread.reading.stance import find_cue
from crossread.vocabulary import Stance

SOURCE_FLOOR = -1.5  # a wrong source costs no more than none, so a doubtful one is worth naming; tuned on PolNeAR dev
KEEP_FLOOR = -0.5  # log-odds below which an attribution is dropped, tuned on PolNeAR dev
_LONGEST = 300  # tokens of a sentence looked back over
SURE = 0.8  # probability of a cue from which it is not left without content
_STEPS = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.96, 0.99)
_TELLS = cue_words().tells
_MEETS = frozenset(
    ("face", "draw", "receive", "suffer", "attract", "spark", "provoke", "prompt", "trigger", "meet", "encounter", "earn")
)
_TARGETS = frozenset(("target", "subject", "object", "focus", "victim", "butt"))
_VERBAL = frozenset(("VERB", "AUX"))
_PASSIVE = frozenset(("aux:pass", "auxpass"))

Floats = NDArray[np.float32]


class Held(NamedTuple):
    """A content piece and the score with which it chose its cue."""

    piece: Piece
    score: float


class Choice(NamedTuple):
    """The source that a cue chose, ``None`` where none will do, and its score."""

    piece: Piece | None
    score: float


class Assembly:
    """The pieces of one document on their way to attributions.

    ``probabilities`` is ``(n_tokens, 7) float32`` in the order of ``tagging.LABELS``.
    """

    def __init__(self, pieces: Pieces, probabilities: Floats, columns: Columns, rules: RuleReader) -> None:
        self.pieces = pieces
        self.columns = columns
        self.rules = rules
        self.scene = Scene(pieces, columns)
        self._role: dict[str, list[float]] = {
            name: np.cumsum(np.r_[0.0, probabilities[:, k] + probabilities[:, k + 1]]).tolist()
            for k, name in ((1, "source"), (3, "cue"), (5, "content"))
        }
        self._cue_peak = probabilities[:, 3] + probabilities[:, 4]

    def mean(self, role: str, piece: Piece) -> float:
        """Mean probability of a role over a piece."""
        sums = self._role[role]
        return (sums[piece[1]] - sums[piece[0]]) / (piece[1] - piece[0])

    def run(self, learnt: Joiner) -> list[Joined]:
        """The attributions worth keeping, in order of their cues."""
        found = []
        held = self._given_back(self.contents_by_cue(learnt))
        for cue in sorted(held):
            held[cue] = self._without_addressee(self.pieces.cues[cue], held[cue])
            source = self.source_of(cue, held[cue], learnt)
            if total(self.keep_features(cue, held, source), learnt.keep) >= KEEP_FLOOR:
                contents = tuple(h.piece for h in held[cue])
                found.append(self._joined(self.pieces.cues[cue], source.piece, contents))
        return found

    # ------------------------------------------------------------ content to cue

    def contents_by_cue(self, learnt: Joiner) -> dict[int, list[Held]]:
        """Content pieces by the number of the cue that each goes to."""
        held: dict[int, list[Held]] = {}
        for number, content in enumerate(self.pieces.contents):
            near = [c for c in self.scene.near(content) if self._may_hold(self.pieces.cues[c], content)]
            if near:
                score, _, cue = max((self.scene.content_score(number, c, learnt.content), -i, c) for i, c in enumerate(near))
                held.setdefault(cue, []).append(Held(content, score))
        return held

    def _may_hold(self, cue: Piece, content: Piece) -> bool:
        """Whether a cue may have the content: a word that is quoted itself has none beyond its own sentence, as the quotation is another's;
        one without a colon has no plain words of another line, as a headline's "minister says" has none of the report's."""
        columns, quoted = self.columns, self.rules.quoted
        apart = columns.lines[cue[0]] != columns.lines[content[0]]
        printed = content[0] in quoted or columns.lower[content[0]] in MARKS or columns.lower[content[0]] in DOUBLED_MARKS
        if apart and not printed and columns.lower[cue[1] - 1] != ":":
            return False
        sentences = columns.sentences
        return cue[0] not in quoted or sentences[content[0]] == sentences[cue[0]] == sentences[content[1] - 1]

    def _joined(self, cue: Piece, source: Piece | None, contents: tuple[Piece, ...]) -> Joined:
        """The attribution; of whom something "is believed" says nothing, he is what it is about."""
        head = self.columns.head_of(*cue)
        source = self._without_place(source) if source is not None and not self._suffers(source, cue) else None
        if source is not None and self._is_expletive(source, cue, contents):
            source = None
        if source is not None and source[1] <= cue[0] and self.columns.lower[contents[0][0]] == "to" and contents[0][0] == cue[1]:
            passive = any(self.columns.deps[c] in _PASSIVE for c in self.columns.children[head])
            if passive and self.rules.agent_of(head) is None and self._is_held(cue):
                return Joined((), (cue,), (source, *contents))
        return Joined((source,) if source is not None else (), (cue,), contents)

    def _is_expletive(self, source: Piece, cue: Piece, contents: tuple[Piece, ...]) -> bool:
        """Whether the "it" of "it was announced that" was taken for a source."""
        columns = self.columns
        bare = source[1] - source[0] == 1 and columns.lower[source[0]] == "it"
        passive = any(columns.deps[c] in _PASSIVE for c in columns.children[columns.head_of(*cue)])
        return bare and passive and columns.lower[contents[0][0]] == "that"

    def _suffers(self, source: Piece, cue: Piece) -> bool:
        """Whether the phrase is whom criticism meets and not whose it is ("has been the target of criticism", "faced calls to go")."""
        columns = self.columns
        noun = columns.head_of(*cue)
        if columns.pos[noun] != "NOUN":
            return False
        verb = columns.heads[noun]
        met = (columns.deps[noun] == "obj" and columns.lemmas[verb] in _MEETS) or (
            columns.deps[noun] == "nmod" and columns.lemmas[verb] in _TARGETS
        )
        subject = self.rules.subject_of(verb) if met else None
        return subject is not None and _meet(subject, source)

    def _without_place(self, source: Piece) -> Piece:
        """ "The presidency" of "In Belgor the presidency confirmed", where the first noun belongs to a preposition before it."""
        columns = self.columns
        if source[0] == 0 or columns.lower[source[0] - 1] not in ("in", "at"):
            return source
        top = columns.head_of(*source)
        second = next((c for c in range(top + 1, source[1]) if columns.deps[c] in SUBJECTS or columns.deps[c] == "appos"), None)
        if second is None:
            return source
        start = next((c for c in range(source[0] + 1, second) if columns.heads[c] == second and columns.pos[c] == "DET"), source[0])
        return start, source[1]

    def _without_addressee(self, cue: Piece, held: list[Held]) -> list[Held]:
        """The content without whom it was told ("informed the families that ...")."""
        columns, head = self.columns, self.columns.head_of(*cue)
        first = held[0].piece
        if len(held) < 2 or first[0] < cue[0] or columns.lemmas[head] not in _TELLS:
            return held
        told = columns.head_of(*first)
        clause = columns.lower[held[1].piece[0]] in ("that", "of", "to", "whether", "about")
        return held[1:] if clause and columns.heads[told] == head and columns.deps[told] in ("obj", "iobj") else held

    def _is_held(self, cue: Piece) -> bool:
        entry = find_cue(range(*cue), self.columns, cue_codebook())
        return entry is not None and entry.kind in ("speech", "belief") and entry.stance is Stance.ASSERT

    def _given_back(self, held: dict[int, list[Held]]) -> dict[int, list[Held]]:
        """Content that a word inside it took from the cue behind ("The mayor should resign, Ms Brek said"), given back as a whole."""
        for cue, piece in enumerate(self.pieces.cues):
            if cue in held or float(self._cue_peak[piece[0] : piece[1]].max()) < SURE or not self._is_said(piece):
                continue
            inner = next((c for c in range(cue - 1, max(-1, cue - 4), -1) if c in held), None)
            if inner is None or held[inner][-1].piece[1] > piece[0]:
                continue
            last = held[inner][-1].piece
            start, comment = self._sentence_start(last[0]), self._comment_start(piece, last[1])
            if comment is not None and start <= self.pieces.cues[inner][0] and held[inner][0].piece[0] >= start:
                del held[inner]
                held[cue] = [Held((start, last[1]), 0.0)]
        return held

    def _is_said(self, cue: Piece) -> bool:
        entry = find_cue(range(*cue), self.columns, cue_codebook())
        return entry is not None and entry.kind == "speech" and self.columns.pos[self.columns.head_of(*cue)] in _VERBAL

    def _comment_start(self, cue: Piece, end: int) -> int | None:
        """First token of ", Ms Brek said" behind a content that ends at ``end``; ``None`` where other words stand between."""
        columns = self.columns
        parted = any(columns.lower[i] in (",", "?", "!") for i in range(max(0, end - 2), min(columns.n, end + 2)))
        sources = [s for s in self.pieces.sources if end <= s[0] < cue[1] + 3]
        first = min([cue[0], *(s[0] for s in sources)])
        between = [i for i in range(end, first) if columns.pos[i] not in ("PUNCT", "SPACE")]
        return first if parted and sources and not between else None

    def _sentence_start(self, i: int) -> int:
        columns, least = self.columns, i - _LONGEST
        while i > max(0, least) and columns.sentences[i - 1] == columns.sentences[i]:
            i -= 1
        while columns.pos[i] == "SPACE":
            i += 1
        return i

    # ------------------------------------------------------------ source to cue

    def source_of(self, cue: int, held: list[Held], learnt: Joiner) -> Choice:
        """The best source of a cue."""
        options = []
        for i, (piece, number, features) in enumerate(self._source_options(cue, held)):
            score = total(features, learnt.source)
            options.append((score if number is None else score + self.scene.source_score(number, cue, learnt.source), -i, piece))
        if not options:
            return Choice(None, 0.0)
        score, _, best = max(options)
        return Choice(best if score > SOURCE_FLOOR else None, score)

    def source_options(self, cue: int, held: list[Held]) -> Iterator[tuple[Piece, list[str]]]:
        """Phrases that may be the source of a cue, with all their features."""
        for piece, number, features in self._source_options(cue, held):
            yield piece, features if number is None else [*self.scene.source_features(number, cue), *features]

    def _source_options(self, cue: int, held: list[Held]) -> Iterator[tuple[Piece, int | None, list[str]]]:
        """The phrases, tagged ones first, with their numbers, then what the dependencies offer; features without those of the pair."""
        offered = list(self._offered(self.pieces.cues[cue]))
        near = self.scene.sources_near(cue)
        tagged = [self.pieces.sources[s] for s in near]
        for number, piece in zip(near, tagged, strict=True):
            features = [f"p {_step(self.mean('source', piece))}"]
            agreeing = [f"agrees {kind}" for other, kind in offered if _meet(other, piece)]
            features += agreeing or ["agrees not" if offered else "no syntax"]
            if any(h.piece[0] <= piece[0] < h.piece[1] for h in held):
                features.append("inside own content")
            yield piece, number, features
        for piece, kind in offered:
            if not any(_meet(piece, other) for other in tagged):
                yield piece, None, self._offered_features(piece, kind, self.pieces.cues[cue], held, has_tagged=bool(tagged))

    def _offered_features(self, piece: Piece, kind: str, cue: Piece, held: list[Held], *, has_tagged: bool) -> list[str]:
        step = _step(self.mean("source", piece))
        features = [
            f"syntax {kind}",
            f"syntax p {step}",
            f"syntax {kind} p {step}",
            f"syntax content {_step(self.mean('content', piece))}",
            "syntax before" if piece[0] < cue[0] else "syntax after",
            f"syntax {self.columns.pos[self.columns.head_of(*piece)]}",
        ]
        if any(h.piece[0] <= piece[0] < h.piece[1] for h in held):
            features.append("syntax inside own content")
        if has_tagged:
            features.append("syntax with tagged")
        return features

    def _offered(self, cue: Piece) -> Iterator[tuple[Piece, str]]:
        """Subject, agent or owner of a cue by the dependencies."""
        columns, rules = self.columns, self.rules
        head = columns.head_of(*cue)
        found: list[tuple[Piece | None, str]] = []
        if columns.pos[head] in _VERBAL:
            passive = any(columns.deps[c] in _PASSIVE for c in columns.children[head])
            if passive:
                found.append((rules.agent_of(head), "agent"))
            found.append((rules.subject_of(head), "passive subject" if passive else "subject"))
        elif columns.pos[head] in ("NOUN", "PROPN"):
            found.append((rules.owner_of(head), "owner"))
            governor = columns.heads[head]
            if governor != head and columns.pos[governor] in _VERBAL:
                found.append((rules.subject_of(governor), "subject of governor"))
        else:
            found.append((rules.subject_of(head), f"subject of {columns.pos[head]}"))
        for piece, kind in found:
            if piece is not None and piece[0] < piece[1] and not _meet(piece, cue):
                yield piece, kind

    # ------------------------------------------------------------ the whole

    def keep_features(self, cue: int, held: dict[int, list[Held]], source: Choice) -> Iterator[str]:
        """Features of an attribution as a whole."""
        columns, piece, own = self.columns, self.pieces.cues[cue], held[cue]
        head = columns.head_of(*piece)
        yield f"cue mean {_step(self.mean('cue', piece))}"
        yield f"cue max {_step(float(self._cue_peak[piece[0] : piece[1]].max()))}"
        yield f"cue {columns.pos[head]}"
        yield f"cue dep {columns.deps[head]}"
        yield f"cue length {min(piece[1] - piece[0], 4)}"
        entry = find_cue(range(*piece), columns, cue_codebook())
        yield f"lex none {columns.pos[head]}" if entry is None else f"lex {entry.kind} {entry.stance} {columns.pos[head]}"
        if any(c != cue and any(h.piece[0] <= piece[0] < h.piece[1] for h in others) for c, others in self._around(cue, held)):
            yield "inside content"
        if source.piece is None:
            yield "no source"
            if entry is None:
                yield "no source no lex"
        else:
            yield f"source p {_step(self.mean('source', source.piece))}"
            yield f"source logit {int(max(-4, min(6, source.score)))}"
            yield f"source {columns.pos[columns.head_of(*source.piece)]}"
        yield from self._content_features(own, entry.kind if entry is not None else None)

    def _content_features(self, own: list[Held], kind: str | None) -> Iterator[str]:
        columns = self.columns
        length = sum(h.piece[1] - h.piece[0] for h in own)
        mean = sum(self.mean("content", h.piece) * (h.piece[1] - h.piece[0]) for h in own) / length
        yield f"content mean {_step(mean)}"
        yield f"content length {size_class(length)}"
        yield f"content pieces {min(len(own), 3)}"
        yield f"content logit {int(max(-4, min(6, max(h.score for h in own))))}"
        longest = max((h.piece for h in own), key=lambda p: p[1] - p[0])
        head = columns.head_of(*longest)
        yield f"content head {columns.pos[head]} {columns.deps[head]}"
        yield f"content {columns.pos[head]} lex {kind}"
        if any(word in MARKS or word in DOUBLED_MARKS for word in columns.lower[longest[0] : longest[1]]):
            yield "quoted"
        if length == 1:
            yield f"one word {columns.pos[longest[0]]}"

    def _around(self, cue: int, held: dict[int, list[Held]]) -> list[tuple[int, list[Held]]]:
        """What the cues nearby hold; content further off cannot hold this cue."""
        return [(c, held[c]) for c in range(cue - 6, cue + 7) if c in held]


def assemble(
    pieces: Pieces, probabilities: Floats, columns: Columns, rules: RuleReader, *, learnt: Joiner | None = None
) -> list[Joined]:
    """Attributions of a document, in order of their cues; every content piece is in one of them at most."""
    return Assembly(pieces, probabilities, columns, rules).run(learnt or joiner())


def _step(p: float) -> int:
    return bisect_right(_STEPS, p)


def _meet(a: Piece, b: Piece) -> bool:
    return a[0] < b[1] and b[0] < a[1]
