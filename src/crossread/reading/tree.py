"""A parsed text as plain lists, so that rules over it are fast and easy to test.

Labels are Universal Dependencies v2, tags Penn.  Everything copes with wrong or missing parses: no chain of heads is followed for
more than `MAX_CLIMB` steps.
"""

from bisect import insort
from typing import TYPE_CHECKING

from crossread.codebook.plover import is_phrasal, known_lemma, predicates, word_list
from crossread.reading.agreement import speaker_of_conjunct
from crossread.reading.datelines import part_dateline
from crossread.reading.noun_phrases import PhraseTokens
from crossread.reading.repairs import repair
from crossread.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

MAX_CLIMB = 40
_SHORT = 3
"""Letters of words that headlines may write small; words of which a line must have more to be told for one."""
_DITRANSITIVE = frozenset(
    {"give", "send", "offer", "call", "name", "award", "grant", "tell", "show", "pay", "lend", "deny", "elect", "appoint"}
)
_TELLING = frozenset({"allow", "urge", "ask", "tell", "order", "permit", "enable", "force", "persuade", "compel", "invite", "encourage",
                      "instruct", "beg", "press", "forbid"})  # fmt: skip
_OFFICES = frozenset({"minister", "leader", "president", "ambassador", "envoy", "army", "chief", "premier", "delegate", "diplomat"})
_RESULTS = frozenset({"dead", "alive", "free", "hostage", "captive", "unconscious"})
_OCCASIONS = frozenset({"following", "after", "amid", "during", "despite", "before"})
_NOUN_PLACES = frozenset({"obj", "nsubj", "nsubj:pass", "obl", "nmod"})
_PARTICLES = frozenset({"off", "out", "down", "up", "back", "away", "over", "forward", "in", "aside"})


class Tree:
    """Words, lemmas, tags, labels and heads of a ``Doc``; ``kids`` are the dependents of a word in the order of the text."""

    def __init__(self, doc: "Doc") -> None:
        known = PhraseTokens.of(doc)
        self.words, self.lower, self.tags, self.pos = known.words, known.lower, list(known.tags), list(known.pos)
        self.starts, self.ends = known.starts, known.ends
        self.lemmas = [
            known_lemma(lemma, word, verb=tag.startswith("VB"))
            for lemma, word, tag in zip(known.lemmas, known.lower, known.tags, strict=True)
        ]
        self.deps, self.heads = list(known.deps), list(known.heads)  # these, tags and parts of speech are mended here
        self.sentences = [(s.start, s.end) for s in doc.sents] if len(doc) else []
        self.openers = frozenset(start for start, _ in self.sentences)
        self.titled = frozenset(i for first, last in self.sentences if self._is_titled(first, last) for i in range(first, last))
        for first, last in self.sentences:
            part_dateline(self, first, last)
        self._mend_infinitives()
        self._raise_gerunds()
        self._return_prepositions()
        self.kids: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                self.kids[head].append(i)
        self._name_bare_objects()
        self._part_doubled_arguments()
        repair(self)
        for i, dep in enumerate(self.deps):
            if dep == "conj" and self.tags[i].startswith("VB") and (saying := speaker_of_conjunct(self, i)) is not None:
                self.attach(i, saying, "conj")

    def _is_titled(self, first: int, last: int) -> bool:
        """Whether a line is set as headlines are ("Borduria Denies Reckless Bombing"), where a capital marks no name."""
        words = [self.words[i] for i in range(first, last) if len(self.words[i]) > _SHORT and self.words[i].isalpha()]
        return len(words) >= _SHORT and all(word[0].isupper() for word in words)

    def _mend_infinitives(self) -> None:
        """A noun after the "to" of an infinitive is a verb ("is due to travel")."""
        for i in range(1, len(self.words)):
            if self.tags[i - 1] == "TO" and self.deps[i - 1] == "mark" and self.heads[i - 1] == i and self.tags[i] == "NN":
                self.tags[i], self.pos[i] = "VB", "VERB"
            elif i > 2 and self.lower[i - 2] == "due" and self.lower[i - 1] == "to":
                if self.heads[i - 2] == i:
                    self._read_due_to(i)
                elif self.deps[i - 1] == "fixed" and self.tags[i] == "VB":
                    self._part_due_to(i)

    def _read_due_to(self, i: int) -> None:
        """ "The envoy is due to travel": an act to come where somebody is due to do it, no cause."""
        subject = next((k for k in range(i - 3, max(-1, i - 12), -1) if self.deps[k] == "nsubj" and self.heads[k] == i), None)
        able = subject is not None and (
            self.tags[subject] in ("NNP", "NNPS", "PRP") or self.lemmas[subject] in word_list("role_nouns")
        )
        if not able or self.lower[i] not in predicates().verbs:
            return
        self.tags[i], self.pos[i] = "VB", "VERB"
        self.tags[i - 1], self.heads[i - 1], self.deps[i - 1] = "TO", i, "mark"
        for k in range(i - 12 if i > 12 else 0, i - 2):
            if self.deps[k] == "cop" and self.heads[k] == i:
                self.deps[k] = "aux"

    def _part_due_to(self, i: int) -> None:
        """ "Talks are due to be held": before a verb the two words are no preposition, and the verb stands where "due" stood."""
        due = i - 2
        verb = self.heads[i] if self.deps[i] in ("aux", "aux:pass", "cop") else i
        if self.heads[verb] != due:
            return
        self.tags[i - 1], self.heads[i - 1], self.deps[i - 1] = "TO", verb, "mark"
        self.heads[verb], self.deps[verb] = (verb if self.heads[due] == due else self.heads[due]), self.deps[due]
        for k in range(max(0, due - MAX_CLIMB), min(len(self.words), verb + MAX_CLIMB)):
            if self.heads[k] == due and k != due:
                self.heads[k] = verb
            if self.heads[k] == verb and self.deps[k] == "cop":
                self.deps[k] = "aux"
        self.heads[due], self.deps[due] = verb, "advmod"

    def _raise_gerunds(self) -> None:
        """Read "of bombing hospitals" as a gerund with its object where the parser saw a noun with a modifier."""
        for i in range(1, len(self.words) - 1):
            noun = self.heads[i]
            if (
                self.tags[i] != "VBG"
                or self.deps[i] not in ("compound", "amod")
                or noun <= i
                or self.deps[noun] not in ("obl", "nmod")
            ):
                continue
            if (
                self.deps[i - 1] == "case"
                and self.heads[i - 1] == noun
                and self.lower[i - 1] in ("of", "for", "by", "from", "in", "without")
            ):
                self.heads[i], self.deps[i] = self.heads[noun], "advcl"
                self.heads[noun], self.deps[noun] = i, "obj"
                self.heads[i - 1], self.deps[i - 1] = i, "mark"

    def _return_prepositions(self) -> None:
        """ "The release of all sailors being detained": what stands before a noun introduces it, not the participle behind."""
        for i, dep in enumerate(self.deps):
            verb = self.heads[i]
            noun = self.heads[verb]
            if dep == "mark" and self.lower[i] == "of" and self.deps[verb] == "acl" and i < noun < verb:
                self.heads[i], self.deps[i] = noun, "case"
            elif dep == "mark" and self.lower[i] == "for" and i and self.tags[i - 1].startswith("NN"):
                self._close_for_clause(i)

    def _close_for_clause(self, i: int) -> None:
        """ "Rejected calls for the minister to resign": who stands between "for" and "to" is to do it, and the noun before is what asks."""
        verb = self.heads[i]
        to = next((k for k in range(i + 1, verb) if self.tags[k] == "TO" and self.heads[k] == verb), None)
        if to is None or self.heads[i - 1] == verb:
            return
        for k in range(i + 1, to):
            if self.heads[k] == i - 1 and self.deps[k] in ("nmod", "obl", "obj", "appos"):
                self.heads[k], self.deps[k] = verb, "nsubj"
                if self.heads[verb] == self.heads[i - 1]:
                    self.heads[verb], self.deps[verb] = i - 1, "acl"
                return

    def _is_taken_away(self, verb: int) -> bool:
        """Whether a verb has a particle with which nobody becomes anything ("called off a visit", not "turned out a success")."""
        return any(self.deps[k] == "compound:prt" and self.lower[k] in ("off", "down") for k in self.kids[verb])

    def _name_bare_objects(self) -> None:
        """A noun after its verb without a preposition is an object, unless it tells the time ("laid down their arms")."""
        for i, dep in enumerate(self.deps):
            head = self.heads[i]
            if (
                not (dep in ("obl", "obl:unmarked") or (dep == "xcomp" and self._is_taken_away(head)))
                or head >= i
                or not self.tags[head].startswith("VB")
                or not self.tags[i].startswith("NN")
            ):
                continue
            below = {self.deps[k] for k in self.kids[i]}
            taken = any(self.deps[k] in ("obj", "ccomp", "aux:pass") for k in self.kids[head])
            timed = {self.lower[i], self.lemmas[i]} & (word_list("time_words") | word_list("weekday"))
            if "case" not in below and not taken and not timed:
                self.deps[i] = "obj"

    def _part_doubled_arguments(self) -> None:
        """Where the parser gave a verb two subjects or two objects: the subject after its verb is the object ("X meets the envoy Y"), or
        who says it ("killing ten, witnesses said"); of two objects side by side the first belongs to the second ("praised US President X").
        """
        seen: dict[tuple[int, str], int] = {}
        for i, dep in enumerate(self.deps):
            head = self.heads[i]
            if dep == "acl" and head < i:
                self._place_clause(i, head)
            elif dep in ("nmod", "appos") and head < i and self.tags[i].startswith("NN"):
                self._place_list_item(i, head)
            elif dep in ("obl", "obl:agent") and i < head and self.preposition(i) == "by":
                self._place_agent(i, head)
            elif (
                dep == "amod"
                and self.lower[i] in _RESULTS
                and i > 0
                and self.tags[i - 1].startswith("VB")
                and self.heads[head] == i - 1
            ):
                self.attach(i, i - 1, "xcomp")  # "shot dead two guards"
            elif self._is_mistagged_noun(i) and dep in _NOUN_PLACES and self.lemmas[i] in predicates().nouns:
                self.tags[i], self.pos[i] = "NN", "NOUN"  # "an offensive"
            elif dep == "conj" and self.tags[i].startswith("NN") and self.tags[head].startswith("VB") and self._is_introduced(i):
                self.deps[i] = "obl"  # "threw stones into the yard and at police"
            elif dep == "conj" and self.tags[i] == "NNP" and self.tags[head] in ("NNS", "NNPS"):
                self._place_state(i, head)
            if dep not in ("nsubj", "obj") or not self.tags[head].startswith("VB"):
                continue
            if dep == "nsubj" and self.preposition(i) in _OCCASIONS and self.child(head, "nsubj") == i and i < head:
                self.deps[i] = "obl"  # "following the attack, ministers met"
                continue
            first = seen.setdefault((head, dep), i)
            if dep == "nsubj" and head < i:
                self._place_late_subject(first, i, head)
            elif dep == "obj" and head < first < i and self.lemmas[head] not in _DITRANSITIVE:
                self._join_objects(first, i)

    def _is_introduced(self, noun: int) -> bool:
        """Whether a noun has a preposition of its own, and no verb below it."""
        below = {self.deps[k] for k in self.kids[noun]}
        return "case" in below and not below & {"nsubj", "nsubj:pass", "cop", "aux"}

    def _is_mistagged_noun(self, i: int) -> bool:
        """Whether a word may be a noun though tagged otherwise: an adjective, or a verb right after "her" ("extended her remand")."""
        owned = i > 0 and (self.tags[i - 1] == "PRP$" or (self.lower[i - 1] == "her" and self.deps[i - 1] == "obj"))
        if owned and self.tags[i].startswith("VB") and self.lower[i - 1] == "her" and self.lemmas[i] in predicates().nouns:
            self.tags[i - 1], self.deps[i - 1] = "PRP$", "nmod:poss"
            self.kids[self.heads[i - 1]].remove(i - 1)
            self.heads[i - 1] = i
            insort(self.kids[i], i - 1)
        return self.tags[i] == "JJ" or (self.tags[i].startswith("VB") and owned)

    def _place_clause(self, verb: int, noun: int) -> None:
        """ "Allowed fighters of the army to leave": what they are allowed, not what the army is for."""
        if self.tags[noun] == "VBN" and self.tags[verb] == "VBG":  # "the general, accused of lying"
            self.deps[verb] = "advcl"
            return
        for _ in range(3):
            if self.deps[noun] != "nmod":
                break
            noun = self.heads[noun]
        above = self.heads[noun]
        if self.lemmas[noun] == "time" and self.deps[noun] == "obl" and self.lower[verb - 1] == "to" and noun < verb:
            self.attach(verb, above, "xcomp")  # "failed for a third time to adopt it"
            return
        if self.deps[noun] == "obj" and self.tags[verb] == "VBG" and self.lemmas[above] in word_list("object_control"):
            if (
                self.lower[verb - 1] in ("of", "for", "from", "into") and self.heads[verb - 1] == verb
            ):  # "suspect the guards of lying"
                self.attach(verb, above, "advcl")
            return
        able = self.tags[noun] in ("NNS", "NNP", "NNPS") or self.lemmas[noun] in word_list("role_nouns")
        if self.deps[noun] == "obj" and self.lemmas[above] in _TELLING and able and self.lower[verb - 1] == "to":
            self.attach(verb, above, "xcomp")

    def _place_list_item(self, item: int, head: int) -> None:
        """ "A truce in the port, a curfew and access": a noun after a comma, without preposition, that goes on with "and" is coordinated;
        "a visit to Lutz by the king": a name has no agent, the noun above has."""
        if self.preposition(item) == "by":
            act = self.heads[head]
            named = self.tags[head] in ("NNP", "NNPS") and self.is_noun(act)
            if self.deps[head] == "nmod" and (
                named or (self.lemmas[act] in predicates().nouns and self.lemmas[head] not in predicates().nouns)
            ):
                self.attach(item, act, "nmod")
            return
        if self.deps[item] == "appos":
            return
        first = self.subtree(item)[0]
        below = {self.deps[k] for k in self.kids[item]}
        if self.words[first - 1] == "," and "conj" in below and "case" not in below and head < first:
            self.attach(item, head, "conj")

    def _place_agent(self, agent: int, verb: int) -> None:
        """ "A visit by the king was called off": the "by"-phrase right behind an act that is the subject says who does that."""
        act = self.child(verb, "nsubj", "nsubj:pass")
        start = self.subtree(agent)[0]
        if act is not None and self.lemmas[act] in predicates().nouns and self.subtree(act)[-1] == start - 1:
            self.attach(agent, act, "nmod")

    def _place_state(self, name: int, office: int) -> None:
        """ "The ministers of Borduria, Syldavia and Freedonia": states beside the first, not beside the ministers."""
        if self.lemmas[office] not in _OFFICES or any(self.deps[k] in ("nmod:desc", "flat") for k in self.kids[name]):
            return
        for k in self.kids[office]:
            if self.deps[k] == "nmod" and self.tags[k] == "NNP" and k < name and self.preposition(k) == "of":
                self.attach(name, k, "conj")
                return

    def _place_late_subject(self, first: int, late: int, verb: int) -> None:
        said = self.subtree(late)[-1] + 1
        if said < len(self) and self.tags[said] in ("VBD", "VBZ") and self.lemmas[said] in word_list("saying"):
            if self.child(said, "nsubj") is None:
                self.attach(late, said, "nsubj")
        elif first < verb and self.child(verb, "obj", "ccomp", "xcomp") is None and "," not in self.words[verb:late]:
            self.attach(late, verb, "obj")

    def _join_objects(self, first: int, second: int) -> None:
        last, start = self.subtree(first)[-1], self.subtree(second)[0]
        if last + 1 != start or self.tags[first] not in ("NNP", "NNPS"):
            return
        if self.lemmas[last] == "'s":
            self.attach(first, second, "nmod:poss")
        elif last == first and self.tags[start] == "NNP":
            self.attach(first, start, "compound")

    def attach(self, i: int, head: int, dep: str) -> None:
        """Hang a word from another."""
        self.kids[self.heads[i]].remove(i)
        insort(self.kids[head], i)
        self.heads[i], self.deps[i] = head, dep

    def __len__(self) -> int:
        return len(self.words)

    def is_root(self, i: int) -> bool:
        """Whether the word heads its sentence."""
        return self.heads[i] == i or self.deps[i] == "root"

    def child(self, i: int, *deps: str) -> int | None:
        """The first dependent with one of the labels."""
        for k in self.kids[i]:
            if self.deps[k] in deps:
                return k
        return None

    def children(self, i: int, *deps: str) -> list[int]:
        """All dependents with one of the labels."""
        return [k for k in self.kids[i] if self.deps[k] in deps]

    def preposition(self, i: int) -> str | None:
        """The preposition or marker of possession that introduces a noun ("against", "'s"), lower case."""
        for k in self.kids[i]:
            if self.deps[k] == "case":
                return self.lower[k]
        titles = [k for k in self.kids[i] if self.deps[k] == "nmod:desc" and k < i]
        return self.preposition(titles[0]) if titles else None  # "with the premier X": parsed as a phrase of the title

    def conjuncts(self, i: int) -> list[int]:
        """The word and all that are coordinated with it, in the order of the text."""
        found = [i]
        for k in self.kids[i]:
            if self.deps[k] == "conj":
                found += self.conjuncts(k) if len(found) < MAX_CLIMB else []
        return found

    def first_conjunct(self, i: int) -> int:
        """The word that heads the coordination that this word is in."""
        for _ in range(MAX_CLIMB):
            if self.deps[i] != "conj" or self.heads[i] == i:
                return i
            i = self.heads[i]
        return i

    def ancestors(self, i: int) -> list[int]:
        """The heads above a word, nearest first."""
        found: list[int] = []
        for _ in range(MAX_CLIMB):
            head = self.heads[i]
            if head == i:
                break
            found.append(head)
            i = head
        return found

    def particle(self, i: int) -> str | None:
        """The particle of a phrasal verb ("off" of "called off")."""
        for k in self.kids[i]:
            if self.deps[k] == "compound:prt":
                return self.lower[k]
        after = i + 1
        if after == len(self.words) or self.lower[after] not in _PARTICLES or not is_phrasal(self.lemmas[i], self.lower[after]):
            return None
        if self.heads[after] == i or self.deps[after] in ("case", "advmod", "mark"):
            return self.lower[after]
        return None

    def is_verb(self, i: int) -> bool:
        """Whether the word heads a verbal clause (auxiliaries and copulas do not)."""
        return self.tags[i].startswith("VB") and self.deps[i] not in (
            "aux",
            "aux:pass",
            "cop",
            "amod",
            "compound",
            "case",
            "fixed",
            "mark",
        )

    def is_noun(self, i: int) -> bool:
        """Whether the word is a noun, or a participle used as one."""
        tag = self.tags[i]
        return tag in ("NN", "NNS") or (tag in ("NNP", "NNPS", "VBG") and self.pos[i] in ("NOUN", "PROPN"))

    def is_passive(self, i: int) -> bool:
        """Whether a verb is in the passive voice, reduced relatives ("those killed") included."""
        if self.tags[i] in ("VBD", "VBN") and self._is_bare_past(i):
            return True
        if self.tags[i] != "VBN":
            return any(self.deps[k] == "nsubj:pass" for k in self.kids[i]) and self.tags[i] == "VBD"
        for k in self.kids[i]:
            if self.deps[k] in ("aux:pass", "nsubj:pass", "obl:agent"):
                return True
            if self.deps[k] == "aux" and self.lemmas[k] == "have":
                return False
        if self.deps[i] == "conj" and self.heads[i] < i:
            shared = self.child(i, "nsubj", "aux", "obj") is None
            return shared and self.tags[self.heads[i]] == "VBN" and self.is_passive(self.heads[i])
        return (
            self.deps[i] in ("acl", "advcl", "amod", "root", "xcomp", "dep", "parataxis") and self.child(i, "nsubj", "aux") is None
        )

    def _is_bare_past(self, i: int) -> bool:
        """Whether a verb that cannot do without an object stands without one, as in headlines ("Mayor arrested over bribes")."""
        if self.lemmas[i] == "shoot" and any(self.lower[k] == "dead" for k in self.kids[i]):
            return self.child(i, "obj", "aux") is None  # "two guards shot dead in Velm"
        if self.lemmas[i] not in word_list("needs_object") or self.deps[i] in ("acl:relcl", "conj", "amod"):
            return False
        below = {self.deps[k] for k in self.kids[i]}
        return not below & {"obj", "ccomp", "aux", "conj"} and "nsubj" in below

    def subtree(self, i: int) -> list[int]:
        """The word and all that depends on it, sorted."""
        found, todo = [i], [i]
        while todo:
            below = self.kids[todo.pop()]
            found += below
            todo += below
        return sorted(set(found))

    def span(self, first: int, last: int) -> Span:
        """The characters from one word to another, both included."""
        return Span(self.starts[first], self.ends[last])
