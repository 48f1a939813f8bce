"""Who "he", "she", "they", "it" and, inside quotations, "we" and "I" are; no answer where the text does not decide.

Candidates are ranked by nearness, grammatical role and paragraph; a pronoun is linked only when one candidate stands clear of the next.
The figures of the ranking were set on sentences of our own (tests/golden/coreference.json).
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from crossread.codebook.actors import word_list
from crossread.reading.drafts import Draft
from crossread.reading.noun_phrases import PhraseTokens
from crossread.reading.spoken_quotes import SpokenQuotes
from crossread.vocabulary import EntityType

_HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_IT = frozenset({"it", "its", "itself"})
_I = frozenset({"i", "me", "my", "myself", "mine"})
_WE = frozenset({"we", "us", "our", "ours", "ourselves"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_OBJECTS = frozenset({"obj", "iobj", "obl"})
_CLAUSES = frozenset({"ccomp", "advcl", "acl", "acl:relcl", "xcomp", "csubj"})
_SPEECH = word_list("speech verbs")
_EMPTY_VERBS = frozenset({"rain", "snow", "seem", "appear", "happen", "turn", "emerge", "matter", "remain", "follow"})
_ASKING = frozenset({"demand", "urge", "ask", "call", "tell", "order", "request", "insist", "require", "warn"})
_MARGIN = 0.45
_FAINT = -1.0  # score under which the better of two in one sentence is not good enough
_BODIES = frozenset({EntityType.ORGANIZATION, EntityType.GPE, EntityType.GROUP})


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A mention that a pronoun may point back to."""

    token: int
    draft: Draft
    score: float


class PronounLinker:
    """Links pronouns of one document; ``at_head`` maps head tokens of mentions to entities and grows as pronouns are linked."""

    def __init__(
        self, text: str, tokens: PhraseTokens, at_head: dict[int, Draft], new_draft: Callable[[EntityType, str], Draft]
    ) -> None:
        self.tokens = tokens
        self.at_head = at_head
        self._new_draft = new_draft
        self._authors: dict[str, Draft] = {}
        self._quotes = SpokenQuotes(text, tokens, at_head)
        self._said_before = self._quotes.announced()
        self._heads = sorted(at_head)

    def link(self) -> list[tuple[int, Draft]]:
        """(token, entity) of every pronoun that the text decides, outside quotations first."""
        found: list[tuple[int, Draft]] = []
        pronouns = [i for i, tag in enumerate(self.tokens.tags) if tag in ("PRP", "PRP$")]
        for inside in (False, True):
            for i in pronouns:
                quote = self._quotes.at(i)
                if (quote is not None) is not inside:
                    continue
                draft = self._resolve(i, quote)
                if draft is not None:
                    found.append((i, draft))
                    self.at_head[i] = draft
                    self._heads.insert(bisect_right(self._heads, i), i)
        return found

    def _resolve(self, i: int, quote: int | None) -> Draft | None:
        word = self.tokens.lower[i]
        if word in _HE:
            return self._he(i, _HE[word], quote)
        if word in _I or word in _WE:
            return self._first_person(i, word, quote)
        if word in _IT:
            return self._it(i, quote)
        return self._they(i, quote) if word in _THEY else None

    # ------------------------------------------------------------ we and I

    def _first_person(self, i: int, word: str, quote: int | None) -> Draft | None:
        speaker = self._quotes.speaker(quote) if quote is not None else self._announced_speaker(i)
        if speaker is None:
            return self._author(word) if quote is None else None
        if word in _I:
            return speaker if speaker.type is EntityType.PERSON and not speaker.plural else None
        if speaker.type is not EntityType.PERSON:
            return speaker
        return self._state_of(speaker) or speaker

    def _announced_speaker(self, i: int) -> Draft | None:
        """Who was announced last as saying what follows."""
        n = bisect_right(self._said_before, (i, 0)) - 1
        return self._quotes.subject_of(self._said_before[n][1]) if n >= 0 else None

    def _author(self, word: str) -> Draft:
        """Who writes "I" or "we" outside quotations: the document's own voice, named by that word."""
        single = word in _I
        name = "I" if single else "we"
        if name not in self._authors:
            self._authors[name] = self._new_draft(EntityType.PERSON if single else EntityType.ORGANIZATION, name)
        return self._authors[name]

    def _state_of(self, speaker: Draft) -> Draft | None:
        """The state in whose name an official speaks, when the document names it."""
        if speaker.country is None or speaker.sector not in ("GOV", "MIL"):
            return None
        return next((d for d in self.at_head.values() if d.kind == "state" and d.country == speaker.country), None)

    # ------------------------------------------------------------ he and she

    def _he(self, i: int, gender: str, quote: int | None) -> Draft | None:
        tokens = self.tokens
        if tokens.lower[i].endswith("self") and i - 1 in self.at_head:
            return self.at_head[i - 1].top()  # "Mr Ruiz himself"
        speaker = self._quotes.speaker(quote) if quote is not None else None
        own = self._quotes.own(i) if quote is None else []
        spoken_of = [*self._quotes.named_in(own), *self._others_of_verb(i)]
        best: dict[int, _Candidate] = {}
        for token in self._before(i, 3):
            draft = self.at_head[token].top()
            if draft.kind not in ("person", "noun") or draft.type is not EntityType.PERSON or draft.plural:
                continue
            if draft.gender not in ("", gender) or draft is speaker or draft in spoken_of or self._quotes.at(token) in own:
                continue
            if self._is_coargument(i, token) or self._is_cut_off(i, token) or self._is_described(i, token):
                continue
            score = self._score(i, token, quote)
            if draft.gender == gender:
                score += 0.2
            if draft.kind == "noun":
                score -= 0.3
            known = best.get(id(draft))
            if known is None or score > known.score:
                best[id(draft)] = _Candidate(token, draft, score)
        chosen = self._clear(list(best.values()))
        if chosen is None and tokens.deps[i] == "nmod:poss" and quote is None:
            return None
        if chosen is not None and not chosen.gender:
            chosen.gender = gender
        return chosen

    def _is_described(self, i: int, token: int) -> bool:
        """Whether the pronoun is subject of a relative clause about the mention ("X, whom he called a thief"): then X is another."""
        tokens, verb = self.tokens, self.tokens.heads[i]
        return tokens.deps[i] in _SUBJECTS and tokens.deps[verb] == "acl:relcl" and tokens.heads[verb] == token

    def _before(self, i: int, sentences: int) -> list[int]:
        """Heads of mentions before a token, within some sentences."""
        tokens = self.tokens
        last = bisect_right(self._heads, i - 1)
        low = tokens.sentences[i] - sentences
        found = []
        for n in range(last - 1, -1, -1):
            token = self._heads[n]
            if tokens.sentences[token] < low or tokens.paragraphs[token] < tokens.paragraphs[i] - 2:
                break
            found.append(token)
        return found

    def _score(self, i: int, token: int, quote: int | None) -> float:
        """How well a mention serves as antecedent: near, subject, in the open, in the same paragraph."""
        tokens = self.tokens
        score = -0.8 * (tokens.sentences[i] - tokens.sentences[token])
        score += 0.3 if tokens.paragraphs[i] == tokens.paragraphs[token] else 0.0
        score += self._role_score(token)
        if self._quotes.at(token) != quote and (self._quotes.at(token) is not None):
            score -= 1.5 if tokens.lemmas[tokens.heads[i]] in _SPEECH else 0.7
        if token == self._governing_subject(i):
            score += 0.7
        verb = tokens.heads[i]
        if tokens.deps[i] in _SUBJECTS and tokens.lemmas[verb] in _SPEECH and tokens.lemmas[self._clause(token)] in _SPEECH:
            score += 0.5
        return score

    def _role_score(self, token: int) -> float:
        token = self._first_of_pair(token)
        dep, head = self.tokens.deps[token], self.tokens.heads[token]
        for _ in range(4):
            if dep not in ("conj", "flat", "appos"):
                break
            dep, head = self.tokens.deps[head], self.tokens.heads[head]
        if dep in _SUBJECTS:
            return 0.9 if self.tokens.deps[head] not in _CLAUSES else 0.45
        if dep in ("nmod:poss", "nmod", "compound", "nmod:desc"):
            return -0.5
        return -0.1 if dep in ("obj", "iobj") else -0.2

    def _first_of_pair(self, token: int) -> int:
        """The first of two coordinated names ("Mr X and Mr Y"), whatever the parser makes of the second."""
        tokens = self.tokens
        at = token
        while (
            at > 0
            and token - at < 4
            and tokens.tags[at - 1] in ("NNP", "DT")
            and tokens.sentences[at - 1] == tokens.sentences[token]
        ):
            at -= 1
        if at > 1 and tokens.lower[at - 1] in ("and", "or") and at - 2 in self.at_head:
            return at - 2
        return token

    def _clause(self, token: int) -> int:
        """The verb that the mention is subject of, else the token itself."""
        return self.tokens.heads[token] if self.tokens.deps[token] in _SUBJECTS else token

    def _is_coargument(self, i: int, token: int) -> bool:
        """Subject and object of one verb mean two persons ("X met him")."""
        tokens = self.tokens
        if tokens.lower[i].endswith("self") or tokens.tags[i] == "PRP$":
            return False
        return (
            tokens.heads[i] == tokens.heads[token]
            and tokens.heads[i] != i
            and {tokens.deps[i], tokens.deps[token]} & _SUBJECTS != set()
        )

    def _others_of_verb(self, i: int) -> list[Draft]:
        """Who else takes part in the pronoun's verb, so that it means none of them ("he called on Orel", "he invited him")."""
        tokens, verb = self.tokens, self.tokens.heads[i]
        if tokens.tags[i] == "PRP$" or tokens.lower[i].endswith("self") or verb == i:
            return []
        subject = tokens.deps[i] in _SUBJECTS
        if not subject and tokens.deps[i] not in _OBJECTS:
            return []
        others = [k for k in tokens.children[verb] if tokens.deps[k] in (_OBJECTS if subject else _SUBJECTS)]
        return [self.at_head[k].top() for k in others if k in self.at_head]

    def _is_cut_off(self, i: int, token: int) -> bool:
        """Whether a whole paragraph with another speaker lies between the mention and "he said"."""
        tokens = self.tokens
        if tokens.paragraphs[i] - tokens.paragraphs[token] < 2 or tokens.lemmas[tokens.heads[i]] not in _SPEECH:
            return False
        draft = self.at_head[token].top()
        for k in self._heads[bisect_right(self._heads, token) : bisect_right(self._heads, i - 1)]:
            between = tokens.paragraphs[token] < tokens.paragraphs[k] < tokens.paragraphs[i]
            if (
                between
                and self.at_head[k].top() is not draft
                and tokens.deps[k] in _SUBJECTS
                and tokens.lemmas[tokens.heads[k]] in _SPEECH
            ):
                return True
        return False

    def _clear(self, candidates: list[_Candidate]) -> Draft | None:
        if not candidates:
            return None
        ranked = sorted(candidates, key=lambda c: (-c.score, -c.token))
        sentences = self.tokens.sentences
        if len(ranked) > 1 and sentences[ranked[0].token] == sentences[ranked[1].token] and ranked[0].score < _FAINT:
            return None
        if ranked[0].score < -1.9 or (len(ranked) > 1 and ranked[0].score - ranked[1].score < _MARGIN):
            return None
        return ranked[0].draft

    def _governing_subject(self, i: int) -> int | None:
        """The subject of the nearest clause around the pronoun's own that has one before it ("X said he", "X left, saying it")."""
        tokens = self.tokens
        at = i if tokens.deps[i] in _SUBJECTS or tokens.tags[i] != "PRP$" else -1
        clause = tokens.heads[i]
        for _ in range(12):
            for child in tokens.children[clause]:
                if child < i and child != at and tokens.deps[child] in _SUBJECTS and not self._within(i, child):
                    return child
            if tokens.heads[clause] == clause:
                return None
            clause = tokens.heads[clause]
        return None

    def _within(self, i: int, top: int) -> bool:
        """Whether a token stands under another in the tree."""
        for _ in range(12):
            if i == top:
                return True
            if self.tokens.heads[i] == i:
                return False
            i = self.tokens.heads[i]
        return False

    def _asked(self, i: int) -> Draft | None:
        """Who is asked in "X urged Y that it ..." or "X demands from Y that it ...": Y."""
        tokens = self.tokens
        verb = tokens.heads[tokens.heads[i]]
        if tokens.lemmas[verb] not in _ASKING or tokens.deps[i] not in _SUBJECTS:
            return None
        for child in tokens.children[verb]:
            if verb < child < i and tokens.deps[child] in ("obj", "iobj", "obl") and child in self.at_head:
                return self.at_head[child].top()
        return None

    def _coordinated(self, i: int) -> int | None:
        """The first noun of "X and its allies"."""
        tokens = self.tokens
        owned = tokens.heads[i]
        return (
            tokens.heads[owned] if tokens.tags[i] == "PRP$" and tokens.deps[owned] == "conj" and tokens.heads[owned] < i else None
        )

    # ------------------------------------------------------------ it and they

    def _it(self, i: int, quote: int | None) -> Draft | None:
        """A state or body that is the subject of the clause before; nothing where another noun could be meant."""
        tokens = self.tokens
        if tokens.deps[i] in ("expl", "expl:pv", "expl:impers") or self._is_empty_it(i):
            return None
        return self._subject_before(i, quote, plural=False)

    def _is_empty_it(self, i: int) -> bool:
        """ "it is clear that", "it took", "it rained": no one is meant."""
        tokens = self.tokens
        if tokens.lower[i] != "it" or tokens.deps[i] not in _SUBJECTS:
            return False
        verb = tokens.heads[i]
        if tokens.lemmas[verb] in _EMPTY_VERBS or tokens.lower[verb] in ("rained", "rains", "snowed", "snows"):
            return True
        kids = [tokens.deps[k] for k in tokens.children[verb]]
        return "csubj" in kids or ("cop" in kids and ("ccomp" in kids or "advcl" in kids or "xcomp" in kids or "acl:relcl" in kids))

    def _they(self, i: int, quote: int | None) -> Draft | None:
        return self._subject_before(i, quote, plural=True)

    def _subject_before(self, i: int, quote: int | None, *, plural: bool) -> Draft | None:
        """The subject that governs the pronoun's clause, else that of the sentence before, when it fits and is an entity."""
        tokens = self.tokens
        asked = self._asked(i)
        if asked is not None and asked.type in _BODIES and asked.plural is plural:
            return asked
        here = self._coordinated(i)
        here = self._governing_subject(i) if here is None else here
        while here is not None and tokens.pos[here] == "PRON" and here not in self.at_head:
            here = self._governing_subject(here)
        if here is not None and tokens.sentences[here] == tokens.sentences[i]:
            if self._quotes.at(here) != quote:
                return None
            return self._fitting(here, plural)
        return self._subject_of_sentence_before(i, quote, plural)

    def _subject_of_sentence_before(self, i: int, quote: int | None, plural: bool) -> Draft | None:
        """The main subject of the sentence before; nothing where another noun before the pronoun would fit as well."""
        tokens = self.tokens
        start = self._sentence_start(i, 0)
        if any(tokens.deps[k] in _SUBJECTS and self._number_fits(k, plural) and tokens.pos[k] != "PRON" for k in range(start, i)):
            return None
        for token in range(self._sentence_start(i, 1), start):
            if (
                tokens.deps[token] in _SUBJECTS
                and tokens.deps[tokens.heads[token]] in ("root", "conj")
                and self._quotes.at(token) == quote
            ):
                return self._fitting(token, plural)
        return None

    def _fitting(self, token: int, plural: bool) -> Draft | None:
        draft = self.at_head.get(token)
        if draft is None:
            return None
        draft = draft.top()
        return draft if self._is_body(draft, token, plural) else None

    def _number_fits(self, token: int, plural: bool) -> bool:
        return (self.tokens.tags[token] in ("NNS", "NNPS")) is plural

    def _is_body(self, draft: Draft, token: int, plural: bool) -> bool:
        many = self.tokens.tags[token] in ("NNS", "NNPS") or any(self.tokens.deps[k] == "conj" for k in self.tokens.children[token])
        if plural:
            return (
                many
                and not any(self.tokens.deps[k] == "conj" for k in self.tokens.children[token])
                and (draft.plural or draft.type in (EntityType.GROUP, EntityType.ORGANIZATION))
            )
        if many:
            return False
        return draft.type in _BODIES or (draft.kind == "noun" and draft.plural and draft.type in _BODIES)

    def _sentence_start(self, i: int, back: int) -> int:
        tokens = self.tokens
        sentence, paragraph = tokens.sentences[i], tokens.paragraphs[i]
        while i > 0 and tokens.sentences[i - 1] >= sentence - back and tokens.paragraphs[i - 1] >= paragraph - 1:
            i -= 1
        return i
