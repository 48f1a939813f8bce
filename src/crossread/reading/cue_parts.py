"""Parts of an attribution by the dependencies: who is subject, agent or owner of a cue, and the pieces around it."""

from crossread.codebook.cues import cue_words
from crossread.reading.columns import SUBJECTS, Columns
from crossread.reading.joining import Joined, Piece

_WORDS = cue_words()
_BEFORE_CUE = frozenset(("aux", "aux:pass", "advmod", "neg", "cop"))
_AFTER_CUE = frozenset(("compound:prt",))
_CLIMB = frozenset(("advcl", "acl", "xcomp", "conj", "acl:relcl"))
_LEFT_OUT_OF_SOURCE = frozenset(("acl:relcl", "punct", "advcl", "parataxis"))
_LONGEST = 300  # tokens of a sentence looked at on each side of a cue


class CueParts:
    """Finds the parts of attributions in the columns of one document."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns

    def owner_of(self, i: int) -> Piece | None:
        """Whose statement a noun is: "the ministry's claim", "criticism from residents"."""
        columns = self.columns
        for child in columns.children[i]:
            if columns.deps[child] == "nmod:poss":
                return self._solid(columns.subtree(child), i)
            if columns.deps[child] in ("nmod", "obl:agent", "obl"):
                words = columns.subtree(child)
                if columns.lower[words[0]] in ("by", "from") and len(words) > 1:
                    return words[1], words[-1] + 1
            if columns.deps[child] == "compound" and (columns.pos[child] == "PROPN" or columns.lemmas[child] in _WORDS.bodies):
                return child, child + 1
        head = columns.heads[i]
        if columns.deps[i] in ("obj", "obl") and columns.lemmas[head] in (
            "make",
            "issue",
            "express",
            "have",
            "voice",
            "give",
            "repeat",
        ):
            return self.subject_of(head)
        return None

    def subject_of(self, i: int) -> Piece | None:
        """The subject of a verb, its own or the one it shares."""
        columns, seen = self.columns, 0
        while seen < 5:
            subject = self._child(i, SUBJECTS)
            if subject is not None:
                return self._phrase(self._second_subject(i, subject))
            if columns.deps[i] == "acl" and columns.heads[i] != i:
                return self._phrase(columns.heads[i])
            if columns.deps[i] not in _CLIMB or columns.heads[i] == i:
                return None
            i, seen = columns.heads[i], seen + 1
        return None

    def _second_subject(self, i: int, first: int) -> int:
        """The witnesses of "the driver, who witnesses said had fled"."""
        columns = self.columns
        if columns.tags[first] not in ("WP", "WDT"):
            return first
        return next((c for c in columns.children[i] if first < c < i and columns.deps[c] in SUBJECTS), first)

    def agent_of(self, i: int) -> Piece | None:
        """Who does it in a passive clause: "was confirmed by the mayor"."""
        columns = self.columns
        for child in columns.children[i]:
            if columns.deps[child] == "obl:agent" or (
                columns.deps[child] == "obl" and columns.lower[columns.subtree(child)[0]] == "by"
            ):
                words = columns.subtree(child, without=_LEFT_OUT_OF_SOURCE)
                return self.stripped((words[1] if len(words) > 1 else words[0], words[-1] + 1))
        return None

    def _phrase(self, head: int) -> Piece | None:
        words = self.columns.subtree(head, without=_LEFT_OUT_OF_SOURCE)
        low = high = words.index(head)
        while low > 0 and words[low - 1] == words[low] - 1:
            low -= 1
        while high + 1 < len(words) and words[high + 1] <= words[high] + 2:
            high += 1
        return self.stripped((words[low], words[high] + 1))

    def _child(self, i: int, labels: frozenset[str], *, after: bool = False) -> int | None:
        return next((c for c in self.columns.children[i] if self.columns.deps[c] in labels and (c > i or not after)), None)

    def _cue(self, i: int) -> Piece:
        columns = self.columns
        start, end = i, i + 1
        while start > 0 and columns.heads[start - 1] == i and columns.deps[start - 1] in _BEFORE_CUE:
            start -= 1
        while end < columns.n and columns.heads[end] == i and columns.deps[end] in _AFTER_CUE:
            end += 1
        return start, end

    def sentence_of(self, i: int) -> Piece:
        """The tokens of the sentence of a token, as far as one looks."""
        columns = self.columns
        start = end = i
        while start > max(0, i - _LONGEST) and columns.sentences[start - 1] == columns.sentences[i]:
            start -= 1
        while end < min(columns.n, i + _LONGEST) and columns.sentences[end] == columns.sentences[i]:
            end += 1
        return start, end

    def _solid(self, words: list[int], cue: int) -> Piece:
        """The stretch from the first to the last word that does not reach over the cue."""
        side = [w for w in words if w > cue] if words[-1] > cue else [w for w in words if w < cue]
        return self.stripped((side[0], side[-1] + 1)) or (side[0], side[-1] + 1)

    def _pieces(self, words: list[int]) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        for w in words:
            if pieces and w == pieces[-1][1]:
                pieces[-1] = (pieces[-1][0], w + 1)
            else:
                pieces.append((w, w + 1))
        return tuple(p for p in map(self.stripped, pieces) if p)

    def stripped(self, piece: Piece) -> Piece | None:
        """The piece without outer commas, full stops, dashes and spaces."""
        start, end = piece
        bare = (",", ".", ";", ":", "-", "--", "–", "—")
        while start < end and (self.columns.lower[start] in bare or self.columns.pos[start] == "SPACE"):
            start += 1
        while start < end and (self.columns.lower[end - 1] in bare or self.columns.pos[end - 1] == "SPACE"):
            end -= 1
        return (start, end) if start < end else None

    @staticmethod
    def _joined(source: tuple[Piece, ...], cue: Piece, content: tuple[Piece, ...]) -> Joined:
        """An attribution whose roles share no word: source and cue win over content."""
        taken = [cue, *source]
        pieces = []
        for start, end in content:
            for a, b in taken:
                if a <= start < b:
                    start = b
                elif start < a < end:
                    end = min(end, a)
            if start < end:
                pieces.append((start, end))
        return Joined(tuple(s for s in source if not (s[0] < cue[1] and cue[0] < s[1])), (cue,), tuple(pieces))
