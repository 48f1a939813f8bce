"""Quotations of a text with who speaks them, as far as grammar tells: for pronouns in them and beside them."""

from bisect import bisect_left, bisect_right

from crossread.codebook.actors import word_list
from crossread.reading.drafts import Draft
from crossread.reading.noun_phrases import PhraseTokens
from crossread.reading.quotes import find_quotations

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_SPEECH = word_list("speech verbs")
_LONGEST = 4000  # characters of a quotation whose speaker is looked for
_BESIDE = 30  # characters between a quotation and its verb of speech


class SpokenQuotes:
    """The quotations of one document by number; ``at_head`` maps head tokens of mentions to entities and may grow."""

    def __init__(self, text: str, tokens: PhraseTokens, at_head: dict[int, Draft]) -> None:
        self.tokens = tokens
        self._text = text
        self.at_head = at_head
        self._quotes = [(q.inner.start, q.inner.end, q.continues) for q in find_quotations(text)]
        self._speakers: dict[int, Draft | None] = {}

    def at(self, i: int) -> int | None:
        """Number of the quotation that the token stands in."""
        start = self.tokens.starts[i]
        n = bisect_right(self._quotes, start, key=lambda quote: quote[0]) - 1
        return n if n >= 0 and self._quotes[n][0] <= start < self._quotes[n][1] else None

    def speaker(self, quote: int) -> Draft | None:
        """Who speaks a quotation: the subject of a verb of speech in its sentences, else of the quotation that it carries on."""
        if quote not in self._speakers:
            self._speakers[quote] = None
            self._speakers[quote] = self._find_speaker(quote)
        return self._speakers[quote]

    def _find_speaker(self, quote: int) -> Draft | None:
        tokens = self.tokens
        start, end, continues = self._quotes[quote]
        inside = range(bisect_left(tokens.starts, start), bisect_left(tokens.starts, end))
        if not inside or end - start >= _LONGEST:
            return None
        first, last = tokens.sentences[inside[0]], tokens.sentences[inside[-1]]
        paragraph = tokens.paragraphs[inside[0]]
        near = [
            i for i in range(max(0, inside[0] - 60), min(len(tokens), inside[-1] + 40))
            if tokens.lemmas[i] in _SPEECH and tokens.tags[i].startswith("V") and tokens.paragraphs[i] == paragraph
            and self.at(i) is None
        ]  # fmt: skip
        in_sentence = [i for i in near if first <= tokens.sentences[i] <= last]
        for verb in sorted(in_sentence, key=lambda i: min(abs(i - inside[0]), abs(i - inside[-1]))):
            draft = self.subject_of(verb)
            if draft is not None:
                return draft
        beside = [i for i in near if tokens.sentences[i] in (first - 1, last + 1)]
        if len({tokens.sentences[i] for i in beside}) == 1:
            for verb in beside:
                draft = self.subject_of(verb)
                if draft is not None:
                    return draft
        previous = quote - 1
        if previous >= 0 and (continues or tokens.paragraphs[self._first_token(previous)] == paragraph):
            before = self.speaker(previous)
            if before is not None:
                return before
        return self.speaker(quote + 1) if self._goes_on(quote) else None

    def _goes_on(self, quote: int) -> bool:
        """Whether the next quotation follows without a word between."""
        if quote + 1 >= len(self._quotes):
            return False
        between = self._text[self._quotes[quote][1] : self._quotes[quote + 1][0]]
        return len(between) < 12 and "\n\n" not in between and not any(c.isalnum() for c in between)

    def _first_token(self, quote: int) -> int:
        return min(bisect_right(self.tokens.starts, self._quotes[quote][0] - 1), len(self.tokens) - 1)

    def subject_of(self, verb: int) -> Draft | None:
        """Whom the subject of a verb mentions."""
        for child in self.tokens.children[verb]:
            if self.tokens.deps[child] in _SUBJECTS:
                draft = self.at_head.get(child)
                return draft.top() if draft is not None else None
        return None

    def announced(self) -> list[tuple[int, int]]:
        """(colon, verb of speech) of sentences that announce a statement printed without marks ("The minister said:")."""
        tokens = self.tokens
        found = []
        for i in (k for k, word in enumerate(tokens.words) if word == ":"):
            ends = i + 1 == len(tokens) or tokens.is_space[i + 1]
            if ends:
                verb = next(
                    (k for k in range(i - 1, max(-1, i - 12), -1) if tokens.lemmas[k] in _SPEECH and tokens.tags[k][:1] == "V"),
                    None,
                )
                if verb is not None and tokens.sentences[verb] == tokens.sentences[i]:
                    found.append((i, verb))
        return found

    def own(self, i: int) -> list[int]:
        """Numbers of the quotations that a pronoun with its verb ("he said") introduces or follows."""
        tokens, verb = self.tokens, self.tokens.heads[i]
        return self._quotes_of(verb) if tokens.lemmas[verb] in _SPEECH and tokens.deps[i] in _SUBJECTS else []

    def named_in(self, quotes: list[int]) -> list[Draft]:
        """Whom the quotations of "he said" name: he who speaks calls himself "I"."""
        tokens = self.tokens
        found: list[Draft] = []
        for quote in quotes:
            low, high = bisect_left(tokens.starts, self._quotes[quote][0]), bisect_left(tokens.starts, self._quotes[quote][1])
            for token in range(low, high):
                if (
                    token in self.at_head
                    and tokens.pos[token] == "PROPN"
                    and tokens.deps[token] not in ("compound", "amod", "nmod:desc")
                ):
                    found.append(self.at_head[token].top())
        return found

    def _quotes_of(self, verb: int) -> list[int]:
        """Numbers of the quotations that end just before a verb of speech or begin just behind it."""
        tokens = self.tokens
        first = bisect_left(self._quotes, tokens.starts[verb], key=lambda quote: quote[0])
        found = []
        if first and tokens.starts[verb] - self._quotes[first - 1][1] < _BESIDE:
            found.append(first - 1)
        if first < len(self._quotes) and self._quotes[first][0] - tokens.ends[verb] < _BESIDE:
            found.append(first)
        line = tokens.paragraphs[verb]
        return [n for n in found if tokens.paragraphs[self._first_token(n)] == line]
