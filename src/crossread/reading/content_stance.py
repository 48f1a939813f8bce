"""The stance that the content of a plain report ("said", "believes") takes by itself.

An order, an undertaking, a refusal, praise, a judgement on somebody, a statement called untrue.  Who acts in the content matters: "she
would resign" is an undertaking where she is the speaker, and inside quotation marks only "I" and "we" are.
"""

from collections.abc import Sequence

from crossread.codebook.cues import Cue, cue_codebook, cue_words
from crossread.reading.columns import SUBJECTS, Columns
from crossread.reading.demands import is_demand
from crossread.reading.joining import Joined
from crossread.reading.judgements import NEGATIONS, is_negated, judged_at
from crossread.reading.said_clauses import BACKSHIFTED, FUTURE, OURS, SHOULD, SaidClauses, Sides
from crossread.reading.said_forms import (
    are_supplies,
    is_announced,
    is_dark_day,
    is_not_found,
    is_sided_with,
    is_spoken_for,
    is_subjunctive,
    is_supposed,
    reproach,
    says_nothing,
)
from crossread.vocabulary import Stance

_WORDS = cue_words()
_DONE = frozenset(("did", "had", "have", "has", "never", "'ve", "’ve"))
_NEEDED = frozenset(("needed", "necessary", "required", "essential", "vital"))
_WISHING = frozenset(("want", "wish", "like", "love"))
_BEING = frozenset(("am", "are", "'m", "’m", "'re", "’re"))
_INTENDING = frozenset(("intend", "plan"))
_EASING = frozenset(("ease", "lift", "waive", "relax", "remove"))
_OF_THE_SPEAKER = frozenset((Stance.SUPPORT, Stance.REJECT, Stance.PROMISE, Stance.THREATEN))
"""What a poll that "found that voters oppose it" does not do."""
_FELT = frozenset((Stance.SUPPORT, Stance.LAMENT, Stance.DOUBT, Stance.REJECT))
_GIST = 70  # tokens of the content that tell its stance; a long speech wanders


def stance_of_content(joined: Joined, columns: Columns, cue: Cue | None, sides: Sides) -> Stance:
    """Stance that the content takes under a plain cue."""
    tokens = [i for start, end in joined.content for i in range(start, end)][:_GIST]
    return _Content(joined, columns, cue, sides, tokens).stance() if tokens else Stance.ASSERT


class _Content(SaidClauses):
    """What is said, clause by clause, and the stance that each takes."""

    def stance(self) -> Stance:
        """The stance of the first clause that takes one; else that of a judgement, or of a loss."""
        if says_nothing(self.tokens, self.columns):
            return Stance.SILENCE
        if any(self._is_spread(i) for i in self.tokens):
            return Stance.ACCUSE
        if self._is_untrue() or any(self._is_ruled_out(i) for i in self.tokens):
            return Stance.DENY
        if self._is_quoted_order():
            return Stance.DEMAND
        if self._opens_with_no() and self.lemma in _WORDS.factual_denial:
            return Stance.DENY
        if self.lemma in _WORDS.naming and (named := self._named()) is not Stance.ASSERT:
            return named
        tops = self.clause_heads()
        if self._is_innocence(tops):
            return Stance.DENY
        judged = judged_at(self.tokens, tops, self.columns) if self.lemma not in _WORDS.admitting else None
        for top in tops:
            stance = self._by_clause(top)
            if stance is Stance.DEMAND and judged is not None and judged < top:
                return Stance.ACCUSE
            if stance is not Stance.ASSERT and not (
                stance in _OF_THE_SPEAKER and self.cue is not None and self.cue.kind == "finding"
            ):
                return stance
        if judged is not None:
            return Stance.ACCUSE
        if any(is_sided_with(top, self.subject(top), self.columns) for top in tops):
            return Stance.SUPPORT
        return Stance.LAMENT if self._is_loss(tops) or is_dark_day(self.tokens, self.columns) else Stance.ASSERT

    # ------------------------------------------------------------ the whole

    def _is_untrue(self) -> bool:
        """Whether a statement is called untrue: "the report is nonsense", "ridiculous", but not "cancel your ridiculous party"."""
        columns = self.columns
        if self.lemmas & _WORDS.falsity and self.lemmas & _WORDS.statements:
            return True
        found = (i for i in self.tokens if columns.lemmas[i] in _WORDS.falsity) if len(self.tokens) <= 12 else ()
        return any(columns.deps[i] not in ("amod", "compound") or columns.heads[i] not in self.tokens for i in found)

    def _is_spread(self, i: int) -> bool:
        """ "He keeps spreading false claims", of somebody else."""
        columns, claim = self.columns, self.columns.heads[i]
        if columns.lemmas[i] not in _WORDS.falsity or columns.deps[i] != "amod" or columns.deps[claim] != "obj":
            return False
        verb = columns.heads[claim]
        if columns.lemmas[verb] not in _WORDS.spreading or is_negated(verb, self.tokens[0], columns):
            return False
        return columns.lemmas[claim] in _WORDS.statements | {"information", "news", "evidence", "testimony"} and not self.is_own(
            verb
        )

    def _is_ruled_out(self, i: int) -> bool:
        """ "There is zero chance that it will", "the charges include no allegations against anybody", "nothing here suggests that we did"."""
        columns, verb = self.columns, self.columns.heads[i]
        if columns.lower[i] == "nothing" and columns.deps[i] in SUBJECTS:
            return columns.lemmas[verb] in ("suggest", "show", "indicate", "prove") and not columns.lower[verb].endswith("ing")
        if columns.lemmas[i] not in _WORDS.chances | _WORDS.charges or not any(
            columns.lower[c] in ("no", "zero") for c in columns.children[i]
        ):
            return False
        if columns.lemmas[i] in _WORDS.chances:
            return any(columns.deps[c] == "expl" for c in columns.children[verb])
        return columns.lemmas[verb] in ("include", "contain") and columns.deps[i] == "obj"

    def _is_quoted_order(self) -> bool:
        """ "Tweeted to him to “cancel the party”": what follows "to" are the words of an order."""
        columns, words = self.columns, [i for i in self.tokens if self.columns.lower[i][:1].isalnum()][:2]
        if len(words) < 2 or columns.lower[words[0]] != "to" or self.cue is None or self.cue.kind != "speech":
            return False
        return columns.tags[words[1]] == "VB" and words[0] not in self.quoted and words[1] in self.quoted

    def _opens_with_no(self) -> bool:
        words = [i for i in self.tokens if self.columns.lower[i][:1].isalnum()]
        if len(words) < 2 or self.columns.lower[words[0]] != "no" or is_not_found(words[0], self.columns):
            return False
        second = next((self.columns.lower[i] for i in words if self.columns.lower[i] != "no"), "")
        return second not in _WORDS.no_denial

    def _is_innocence(self, tops: Sequence[int]) -> bool:
        """ "Had nothing to do with it", "was not involved", of the speaker's own side; what is "not true" is denied of whomever."""
        phrase = " ".join("not" if self.columns.lower[i] in ("n't", "n’t") else self.columns.lower[i] for i in self.tokens)
        untrue = next((p for words in _WORDS.untruth if (p := f" {phrase} ".find(f" {words} ")) >= 0), None)
        if untrue is not None:
            return not is_supposed(phrase, untrue)
        own = self.lemma in _WORDS.contending or any(self.is_own(top) for top in tops[:1])
        return own and any(f" {words} " in f" {phrase} " for words in _WORDS.innocence)

    def _is_loss(self, tops: Sequence[int]) -> bool:
        """Whether a loss is told of: a word of loss as the predicate or beside it; "the cause of the tragedy" only names what happened."""
        columns = self.columns
        for i in self.tokens:
            if columns.lemmas[i] in _WORDS.loss or columns.lower[i] in _WORDS.loss:
                above = columns.heads[i] in tops and columns.deps[i] in (
                    "amod",
                    "advmod",
                    "obl",
                    "xcomp",
                    "discourse",
                    "conj",
                    "acl",
                )
                if i in tops or (above and columns.pos[columns.heads[i]] != "PROPN"):
                    return True
        return False

    def _named(self) -> Stance:
        """What somebody or something is called: "called the meeting excellent", "described him as a disaster"."""
        if is_dark_day(self.tokens[:8], self.columns):
            return Stance.LAMENT
        told_as = next((n for n, i in enumerate(self.tokens) if self.columns.lower[i] == "as"), None)
        in_cue = any(self.columns.lower[i] == "as" for start, end in self.joined.cue for i in range(start, end))
        if told_as is None and self.lemma in _WORDS.portraying and not in_cue:
            return Stance.ASSERT  # "described officers stopping families"
        for n, i in enumerate(self.tokens):
            if self.lemma in _WORDS.portraying and n < (told_as or 0):
                continue
            if is_negated(i, self.tokens[0], self.columns):
                continue
            if n and self._is_calamity(i):
                return Stance.LAMENT
            if n and (self._is_fault(i) or self._is_blame(i)):
                return Stance.ACCUSE
            if n and self._is_praise(i):
                return Stance.SUPPORT
        return Stance.ASSERT

    def _is_calamity(self, i: int) -> bool:
        """Whether what befell people is called a catastrophe, or the worst of its kind, and no plan or person."""
        columns, head = self.columns, self.columns.heads[i]
        worst = columns.lower[i] in ("worst", "worse") and columns.lemmas[head] in _WORDS.befalling
        if not worst and columns.lemmas[i] not in _WORDS.calamities:
            return False
        before = [k for k in self.tokens if k < i and columns.pos[k] in ("NOUN", "PROPN", "PRON")]
        return not before or any(columns.lemmas[k] in _WORDS.befalling or columns.lower[k] in ("it", "this") for k in before)

    def _is_fault(self, i: int) -> bool:
        return self.columns.lower[i] in _WORDS.faults or self.columns.lemmas[i] in _WORDS.faults

    def _is_blame(self, i: int) -> bool:
        """Whether a noun or adjective that something is called blames ("called the vote a farce")."""
        return self.columns.pos[i] in ("NOUN", "ADJ") and self.columns.lemmas[i] in _WORDS.blame | _WORDS.outrages

    def _is_praise(self, i: int) -> bool:
        if self.columns.deps[i] == "amod" and self.columns.lemmas[self.columns.heads[i]] in _WORDS.meritless:
            return False
        if self.columns.pos[i] == "NOUN" and self.columns.lower[i] in ("fine", "kind", "great", "good"):
            return False
        return self.columns.lower[i] in _WORDS.praise or self.columns.lemmas[i] in _WORDS.praise

    # ------------------------------------------------------------ one clause

    def _by_clause(self, top: int) -> Stance:
        columns, lemma = self.columns, self.columns.lemmas[top]
        children = columns.children[top]
        helpers = {
            columns.lower[c]
            for c in children
            if columns.deps[c].startswith(("aux", "advmod", "neg", "cop")) or columns.lower[c] == "nor"
        }
        negated = bool(helpers & NEGATIONS)
        if (negated and columns.lower[top] in _WORDS.fitting) or (not negated and self._is_improper(top, helpers)):
            return Stance.REJECT
        if negated and lemma == "want" and columns.tags[top] == "VB" and self.is_own(top) and top in self.quoted:
            return Stance.REJECT  # "we do not want a war"
        if negated and columns.pos[top] == "AUX" and helpers <= NEGATIONS and self._is_refusal(top):
            return Stance.REJECT
        refused = lemma in _WORDS.refuse or (lemma in _WORDS.endorse | _WORDS.accepting and negated)
        if refused and self._is_of_others(top, helpers) and not self._has_unacceptable(top):
            return Stance.ASSERT  # "said the rebels had rejected the truce"
        if refused or self._has_unacceptable(top):
            return Stance.REJECT
        if lemma == "agree" and self.has_to(top) and not negated:
            return Stance.PROMISE if self.is_own(top) else Stance.ASSERT  # "we have agreed to send teams"
        itself = any(columns.deps[c] == "obj" and columns.lower[c].endswith(("self", "selves")) for c in children)
        if lemma in _WORDS.endorse and not itself and columns.tags[top] != "VBG" and lemma + columns.pos[top] != "welcomeADJ":
            if self._is_of_others(top, helpers):
                return Stance.ASSERT  # "said the minister had praised the plan", "most voters back it"
            return Stance.SUPPORT
        if (denied := self._denial(top, helpers)) is not Stance.ASSERT:
            return denied
        if lemma in _WORDS.harming and not negated and self._harms(top, helpers):
            return Stance.ACCUSE
        if lemma in _WORDS.doubting:
            return Stance.ASSERT if negated else Stance.DOUBT
        if lemma in ("trust", "believe", "imagine", "envision", "envisage", "fathom") and negated:
            return Stance.DOUBT
        if columns.lower[top] in _NEEDED and columns.tags[top] != "VBD" and not are_supplies(self.subject(top), columns):
            return Stance.PROPOSE
        if helpers & SHOULD and "have" in helpers:
            return reproach(top, self.subject(top), columns, own=self.is_own(top))
        if is_subjunctive(top, columns.lemmas[columns.head_of(*self.joined.cue[0])], columns):
            return Stance.DEMAND if self.lemma == "insist" else Stance.PROPOSE
        if is_demand(self, top, helpers, negated=negated):
            return Stance.DEMAND
        if not negated and not itself and self.is_first(top) and (felt := self._felt(top)) is not Stance.ASSERT:
            return felt
        if lemma == "find" and self.is_own(top) and not negated and (found := self._found_to_be(top)) is not Stance.ASSERT:
            return found
        if lemma in _INTENDING and not negated and self.is_own(top) and self.has_to(top):
            return Stance.PROMISE
        if lemma in _WORDS.willing and any(columns.deps[c] in ("xcomp", "advcl", "ccomp", "acl") for c in children):
            return Stance.PROMISE
        given = lemma == "donate" and columns.tags[top] in ("VBD", "VBN")
        if lemma in _WORDS.offering and not negated and not given and self.is_own(top):
            return Stance.PROMISE
        return self._undertaking(top, helpers, negated=negated)

    def _is_improper(self, top: int, helpers: set[str]) -> bool:
        """ "It is wrong to link the two", "calling them that is unfair"."""
        columns = self.columns
        if columns.lower[top] not in _WORDS.improper or helpers & (BACKSHIFTED | FUTURE):
            return False
        return any(
            columns.deps[c] in ("csubj", "ccomp", "xcomp", "advcl")
            and columns.tags[c] in ("VB", "VBG")
            and columns.deps[top] != "amod"
            for c in columns.children[top]
        )

    def _is_refusal(self, top: int) -> bool:
        """ "(Asked if he would go, he said) that he would not"."""
        return self.columns.lower[top] in BACKSHIFTED and self.is_own(top)

    def _is_of_others(self, top: int, helpers: set[str]) -> bool:
        """Whether a clause tells what somebody else than the speaker's side does."""
        own = self.is_own(top) or self.subject(top) is None
        return not (own or helpers & BACKSHIFTED or is_spoken_for(top, self.joined.source, self.columns))

    def _found_to_be(self, top: int) -> Stance:
        """ "I find the law disturbing"."""
        below = [c for c in self.columns.children[top] if c > top and self.columns.deps[c] in ("xcomp", "obj", "amod")]
        below += [k for c in below for k in self.columns.children[c] if self.columns.deps[k] == "amod" and k > c]
        if any(self._is_fault(i) for i in below):
            return Stance.ACCUSE
        return Stance.SUPPORT if any(self._is_praise(i) for i in below) else Stance.ASSERT

    def _harms(self, top: int, helpers: set[str]) -> bool:
        """ "His speech had hurt relations with the union", said of somebody else, and of no more than what might be."""
        columns, subject = self.columns, self.subject(top)
        good = next((c for c in columns.children[top] if columns.deps[c] == "obj"), None)
        real = not helpers & (BACKSHIFTED | {"could", "may", "might", "can"})
        return (
            real
            and subject is not None
            and good is not None
            and columns.lemmas[good] in _WORDS.shared_goods
            and not self.is_own(top)
        )

    def _denial(self, top: int, helpers: set[str]) -> Stance:
        """ "They target only the rebels", "it had not fired on the port", "insisted the plant was not at risk"."""
        columns, lemma = self.columns, self.columns.lemmas[top]
        negated = bool(helpers & NEGATIONS)
        own = self.is_own(top)
        if lemma in _WORDS.force and own and any(columns.lower[i] == "only" for i in self.tokens):
            return Stance.DENY
        if lemma in _WORDS.deeds and negated and helpers & _DONE and own:
            return Stance.DENY
        subject = self.subject(top)
        nobody = subject is not None and columns.lower[subject] in ("nobody", "none", "nothing", "no-one")
        contended = (
            self.lemma in _WORDS.contending
            and (negated or nobody)
            and not helpers & (BACKSHIFTED | SHOULD | {"can", "could", "ca"})
        )
        return Stance.DENY if contended and top not in self.quoted else Stance.ASSERT

    def _felt(self, top: int) -> Stance:
        """What the speakers feel or do by their words: "we condemn this", "she was worried", "it was a great honour", "a failure"."""
        columns, subject = self.columns, self.subject(top)
        book = cue_codebook()
        if subject is None or (columns.lower[subject] in ("who", "which", "that", "what")):
            return Stance.ASSERT
        entry = book.adjectives.get(columns.lower[top]) or book.adjectives.get(columns.lemmas[top])
        if entry is not None and entry.stance in _FELT and self.is_own(top) and columns.pos[top] != "NOUN":
            return entry.stance
        if columns.lemmas[top] in _WISHING and columns.lower[subject] in OURS:  # "I want to thank the crews"
            wished = [c for c in columns.children[top] if columns.deps[c] == "xcomp" and columns.lemmas[c] in book.verbs]
            done = next((book.verbs[columns.lemmas[c]] for c in wished), None)
            if done is not None and done.kind == "speech" and done.stance in _FELT:
                return done.stance
            if wished:
                return Stance.ASSERT
        now = columns.tags[top] == "VBG" and any(
            columns.lower[c] in _BEING for c in columns.children[top]
        )  # "I am calling on them"
        if columns.pos[top] == "VERB" and columns.lower[subject] in OURS and (now or columns.tags[top] in ("VBP", "VB")):
            said = book.verbs.get(" ".join((columns.lemmas[top], *columns.lower[top + 1 : top + 2]))) or book.verbs.get(
                columns.lemmas[top]
            )
            if said is not None and said.kind in ("speech", "belief"):
                return said.stance
        if columns.lemmas[top] == "have":  # "they have my blessing"
            given = next((c for c in columns.children[top] if columns.deps[c] == "obj" and columns.lemmas[c] in book.nouns), None)
            whose = (
                {columns.lower[c] for c in columns.children[given] if columns.deps[c] == "nmod:poss"}
                if given is not None
                else set()
            )
            if given is not None and whose & {"my", "our"}:
                return book.nouns[columns.lemmas[given]].stance
        return self._valued(top, subject)

    def _valued(self, top: int, subject: int) -> Stance:
        """Praise or fault as the predicate, or of it: "is a very fine man", "was a disaster", "is doing a great job"."""
        columns = self.columns
        below = columns.children[top]
        predicate = top
        if columns.lemmas[top] == "do":
            predicate = next((c for c in below if columns.deps[c] == "obj" and columns.lemmas[c] in ("job", "work")), top)
        elif not any(columns.deps[c] == "cop" for c in below):
            return Stance.ASSERT
        if any(columns.deps[c] == "case" for c in columns.children[predicate]):
            return Stance.ASSERT
        words = [predicate, *(c for c in columns.children[predicate] if columns.deps[c] == "amod")]
        helpers = {columns.lower[c] for c in below}
        if helpers & (BACKSHIFTED - FUTURE) or (helpers & FUTURE and columns.lemmas[subject] not in _WORDS.measures):
            of = (c for c in columns.children[predicate] if columns.deps[c] == "nmod" and c > predicate)
            outrage = any(columns.lemmas[i] in _WORDS.outrages for i in (predicate, *of))
            return Stance.ACCUSE if outrage else Stance.ASSERT  # "it would be great if"
        if any(self._is_praise(i) for i in words):
            return Stance.SUPPORT
        if columns.lower[subject] in ("this", "it", "there") and columns.lemmas[predicate] in _WORDS.calamities:
            return Stance.LAMENT
        mine = columns.lower[subject] in OURS or (self.is_own(top) and subject not in self.quoted)
        blamed = columns.pos[subject] == "PROPN" or columns.lower[subject] in ("he", "she", "they", "you", "this", "these")
        blamed = blamed or columns.lemmas[subject] in _WORDS.measures or columns.lemmas[predicate] in _WORDS.verdicts
        return Stance.ACCUSE if blamed and not mine and any(self._is_fault(i) for i in words) else Stance.ASSERT

    def _undertaking(self, top: int, helpers: set[str], *, negated: bool) -> Stance:
        """What the speaker's side will do, or will not."""
        columns = self.columns
        future = FUTURE if top in self.quoted else BACKSHIFTED
        if columns.lemmas[top] == "go" and columns.tags[top] == "VBG":
            return self._going(top, negated=negated)
        if negated and self._is_not_doing(top, helpers):
            return Stance.REJECT
        if not helpers & future or helpers & {"have", "has", "rather"} or columns.pos[top] != "VERB":
            return Stance.ASSERT
        if columns.tags[top] in ("VBN", "VBD") and not helpers & (future - {"'d", "’d"}):
            return Stance.ASSERT  # "he'd estimated the cost"
        if columns.lemmas[top] in _WORDS.involuntary:
            return Stance.ASSERT
        if not (self.is_own(top) or self._has_lost_subject(top)):
            announced = not negated and top not in self.quoted and is_announced(top, self.subject(top), self.lemma, columns)
            return Stance.PROMISE if announced else Stance.ASSERT
        if negated:
            return Stance.REJECT
        bought = columns.lemmas[top] == "pay" and any(columns.deps[c] in ("obj", "iobj") for c in columns.children[top])
        eased = bool(self.lemmas & _EASING)
        if columns.lemmas[top] in _WORDS.hurting and any(
            columns.deps[c] == "obj" and columns.lower[c] == "you" for c in columns.children[top]
        ):
            return Stance.THREATEN  # "I'll break you in half"
        return Stance.THREATEN if self.lemmas & _WORDS.threat and not (bought or eased) else Stance.PROMISE

    def _has_lost_subject(self, top: int) -> bool:
        """Whether the content opens with what is undertaken, as in a headline: "Brek says will not suspend talks"."""
        return (
            self.subject(top) is None and self.columns.heads[self.tokens[0]] == top and self.columns.lower[self.tokens[0]] in FUTURE
        )

    def _is_not_doing(self, top: int, helpers: set[str]) -> bool:
        """ "I'm not suspending talks"."""
        columns = self.columns
        now = columns.tags[top] == "VBG" and bool(helpers & _BEING) and self.is_own(top)
        done = any(columns.deps[c] == "obj" for c in columns.children[top])
        return now and done and columns.lemmas[top] not in _WORDS.involuntary and columns.lemmas[top] not in cue_codebook().verbs

    def _going(self, top: int, *, negated: bool) -> Stance:
        """ "We are going to rebuild it", "I am not going to that war"."""
        columns = self.columns
        done = next((c for c in columns.children[top] if columns.deps[c] == "xcomp" and c > top), None)
        supposed = any(columns.lower[c] in ("if", "whether") for c in columns.children[top])
        if not self.is_own(top) or (done is None and not negated) or supposed:
            return Stance.ASSERT
        if done is not None and (columns.lemmas[done] in _WORDS.involuntary or columns.lemmas[done] in cue_codebook().verbs):
            return Stance.ASSERT  # "I am going to read you the letter"
        return Stance.REJECT if negated else Stance.PROMISE

    def _has_unacceptable(self, top: int) -> bool:
        return any(self.columns.lower[i] == "unacceptable" for i in self.columns.subtree(top))

    # ------------------------------------------------------------ whose clause it is
