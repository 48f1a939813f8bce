"""Actors that a text describes instead of naming: "a rebel official", "residents and activists", "the Syrian army", "his spokesman".

A mention is a noun phrase headed by a word for a person or body (codebook, ``nouns.tsv``), with its modifiers to the left and its
short complements to the right ("members of the council", "fighters from the north"); relative clauses and appositions stay outside.
"""

from dataclasses import replace

from crossread.codebook.actors import Noun, noun_endings, nouns, word_list
from crossread.reading.names import Found
from crossread.reading.noun_phrases import ARTICLES, ELECT, PhraseTokens, own_words
from crossread.records import Span
from crossread.vocabulary import EntityType

_MODIFIERS = frozenset(
    {"amod", "compound", "nummod", "nmod:poss", "det", "advmod", "case", "punct", "det:predet", "nmod:desc", "flat", "goeswith"}
    | {"nmod:unmarked", "obl", "acl", "nmod"}
)
_LEFT_TAGS = frozenset(
    {"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "CD", "DT", "PRP$", "POS", "VBN", "VBG", "HYPH", "RB", "PDT"}
)
_COMPLEMENTS = frozenset(
    {"of", "in", "from", "for", "against", "at", "on", "inside", "outside", "near", "around", "within", "to", "with"}
)
_IS_MODIFIER = frozenset({"compound", "amod", "nmod:desc", "flat", "nummod", "advmod", "goeswith"})
_PLACE = word_list("place nouns")
_FACILITY = word_list("facility nouns")
_HYPHENS = frozenset("-‐‑–")
_EMPTY_LEFT = frozenset({"least", "most", "that", "including", "dead", "some", "about", "nearly", "almost", "more", "than", "up"})
_CALENDAR = word_list("calendar words")
_MAX_LEFT, _MAX_RIGHT = 9, 9


class Describer:
    """Noun phrases for persons and bodies outside names."""

    def __init__(self, text: str, tokens: PhraseTokens, names: list[Found]) -> None:
        self.text = text
        self.tokens = tokens
        self.named = {i: f for f in names for i in range(f.first, f.last + 1)}

    def find(self) -> list[Found]:
        """All described actors, in order."""
        tokens, found = self.tokens, list[Found]()
        for i, tag in enumerate(tokens.tags):
            if not tag.startswith("NN") or i in self.named:
                continue
            noun = self.noun_at(i) or self._to_come(i)
            if noun is None or self._is_attitude(i) or (noun.number == "v" and not self._acts(i)):
                continue
            if noun.word.endswith(ELECT) and tokens.words[i - 1] in _HYPHENS:
                if i + 1 == len(tokens) or i + 1 not in self.named:
                    found.append(self._phrase(i - 2 if tokens.heads[i] == i - 2 else i, noun, i))
                continue
            head = self._head_of(i, noun)
            if self._is_head(head):
                found.append(self._phrase(head, noun, i))
        return found

    def noun_at(self, i: int) -> Noun | None:
        """The codebook's longest noun that ends at this token; buildings and places count too."""
        lower = self.tokens.lower
        word = lower[i]
        if word in _FACILITY:
            return Noun(word, None, EntityType.FACILITY, "s", "")
        if word in _PLACE:
            return Noun(word, None, EntityType.LOCATION, "s", "")
        for parts in noun_endings().get(word, ()):
            first = i - len(parts) + 1
            if first >= 0 and tuple(lower[first : i + 1]) == parts:
                return nouns()[" ".join(parts)]
        return None

    def _is_attitude(self, i: int) -> bool:
        """ "His opposition to the plan", "our position": what somebody thinks of it, nobody who acts and no place."""
        tokens = self.tokens
        if tokens.lower[i] not in ("opposition", "position"):
            return False
        if any(tokens.tags[k] == "PRP$" for k in tokens.children[i]):
            return True
        bare = not any(tokens.deps[k] in ("det", "amod", "compound") for k in tokens.children[i])
        return tokens.lower[i] == "opposition" and bare and tokens.lower[i + 1 : i + 2] == ["to"]

    def _to_come(self, i: int) -> Noun | None:
        """ "President-elect", "mayor-designate": an office to come, parted at its hyphen."""
        tokens = self.tokens
        if i < 2 or f"-{tokens.lower[i]}" not in ELECT or tokens.words[i - 1] not in _HYPHENS or not tokens.joined(i):
            return None
        office = self.noun_at(i - 2)
        return replace(office, word=f"{office.word}-{tokens.lower[i]}") if office is not None and office.number == "s" else None

    def _acts(self, i: int) -> bool:
        """Whether machines of a state act ("Russian jets bombed", "backed by Russian air power")."""
        tokens = self.tokens
        owner = next((self.named[k] for k in range(max(0, i - 3), i) if k in self.named), None)
        agent = tokens.deps[i] in ("nsubj", "obl:agent") or any(tokens.lower[k] == "by" for k in tokens.children[i])
        return agent and owner is not None and owner.known is not None and owner.known.kind in ("adjective", "state")

    def _head_of(self, i: int, noun: Noun) -> int:
        """The head of a noun that ends at ``i``: the word before "of" in "secretary of state", else the word itself."""
        words = noun.word.split()
        return i - len(words) + words.index("of") if "of" in words[1:] else i

    def _is_head(self, i: int) -> bool:
        """Whether the noun heads its phrase, and is no modifier of another noun or title of a name."""
        tokens = self.tokens
        if tokens.deps[i] in _IS_MODIFIER and tokens.heads[i] > i and tokens.sentences[tokens.heads[i]] == tokens.sentences[i]:
            between = range(i + 1, tokens.heads[i])
            return any(tokens.words[k] in (",", ";", "(") for k in between)
        following = i + 1
        if following < len(tokens) and tokens.tags[following].startswith("NN") and tokens.heads[i] == following:
            return False
        if following < len(tokens) and tokens.words[following] in _HYPHENS and tokens.joined(following):
            return False
        known = self.named.get(following)
        return not (known is not None and known.type is EntityType.PERSON and tokens.heads[i] in range(known.first, known.last + 1)
                    and tokens.deps[i] in ("nmod:desc", "compound", "flat"))  # fmt: skip

    def _phrase(self, head: int, noun: Noun, end: int) -> Found:
        first, last = self._left(head), self._right(end)
        whole = self.tokens.span(first, last)
        span = self.tokens.span(first, self._without_place(end, last))
        machines = noun.number == "v"
        kind = EntityType.GROUP if machines or (noun.type is EntityType.PERSON and noun.number == "p") else noun.type
        return Found(first, last, span, "noun", kind, own_words(self.text, whole), head=head, noun=noun)

    def _without_place(self, head: int, last: int) -> int:
        """Last token of the mention itself: complements with "of" belong to it, those that say where or for whom do not."""
        for i in range(head + 1, last + 1):
            if self.tokens.lower[i] in _COMPLEMENTS and self.tokens.lower[i] != "of":
                return i - 1
        return last

    def _left(self, head: int) -> int:
        """First token of the phrase: modifiers that depend on the head, or by their tags where there is no parse."""
        tokens = self.tokens
        first = head
        for i in range(head - 1, max(-1, head - 1 - _MAX_LEFT), -1):
            if (
                tokens.is_space[i]
                or tokens.sentences[i] != tokens.sentences[head]
                or tokens.words[i] in (",", ";", ":", "(", "“", '"')
            ):
                if tokens.words[i] == "\u00a0":
                    continue
                break
            hyphenated = tokens.joined(i + 1) and (tokens.words[i] in _HYPHENS or tokens.words[i + 1] in _HYPHENS)
            if not hyphenated and not self._modifies(i, head):
                break
            first = i
            if tokens.lower[i] in ARTICLES or tokens.tags[i] == "PRP$":
                break
        while first < head and (tokens.tags[first] in ("HYPH", "POS", "RB", "CC") or tokens.lower[first] in _EMPTY_LEFT):
            first += 1
        named = self.named.get(first)
        return min(first, named.first) if named is not None else first

    def _modifies(self, i: int, head: int) -> bool:
        tokens = self.tokens
        tag = tokens.tags[i]
        if tag == "CC":
            pair = (self.named.get(i - 1), self.named.get(i + 1))
            if all(n is not None and n.known is not None and n.known.kind == "adjective" for n in pair):
                return True
            return (
                tokens.heads[i] < head
                and tokens.deps[tokens.heads[i]] in _IS_MODIFIER
                and i + 1 < head
                and (tokens.tags[i - 1] in ("JJ", "NNP", "CD") and tokens.tags[i + 1] in ("JJ", "NNP", "CD"))
            )
        if tag not in _LEFT_TAGS and tokens.words[i] not in _HYPHENS:
            return False
        top = i
        for _ in range(8):
            if tokens.heads[top] == head:
                return tokens.deps[top] in _MODIFIERS
            if tokens.heads[top] == top:
                break
            top = tokens.heads[top]
            if top == head:
                return True
        return tag in ("DT", "PRP$", "POS", "JJ", "NNP", "HYPH") and tokens.heads[i] > head - 3 and tokens.heads[i] <= head

    def _right(self, head: int) -> int:
        """Last token of the phrase: prepositional complements that follow at once, without commas and clauses."""
        tokens = self.tokens
        last = head
        taken = 0
        while taken < 2 and last + 1 < len(tokens) and tokens.lower[last + 1] in _COMPLEMENTS:
            prep = last + 1
            noun = tokens.heads[prep]
            name = self._name_behind(prep) or self._place_behind_subject(head, prep)
            if name is not None:
                last, taken = self._coordinated(name.last), taken + 1
                continue
            if noun <= prep or tokens.sentences[noun] != tokens.sentences[head] or tokens.heads[noun] not in range(head, last + 1):
                break
            if tokens.lower[prep] in ("to", "with", "on") and noun not in self.named:
                break
            end = self._complement_end(noun, prep)
            if end - head > _MAX_RIGHT or tokens.lower[noun] in _CALENDAR:
                break
            last = end
            taken += 1
        return last

    def _name_behind(self, prep: int) -> Found | None:
        """The name that follows "of" at once, or "from" before an armed group or state, whatever the parser makes of it."""
        tokens = self.tokens
        if tokens.lower[prep] not in ("of", "from"):
            return None
        at = prep + 1
        while at < len(tokens) and at < prep + 3 and at not in self.named and tokens.tags[at] in ("DT", "JJ"):
            at += 1
        found = self.named.get(at)
        if found is not None and self._only_modifies(found):
            return None  # "hundreds of Bordurian farmers"
        if found is not None and found.type is EntityType.GROUP and found.last + 1 in self.named:
            found = self.named[found.last + 1]  # an adjective before the group's name
        if found is None or (
            tokens.lower[prep] == "from" and (found.known is None or found.known.sector not in ("REB", "IMG", "PRM"))
        ):
            return None
        return found

    def _only_modifies(self, found: Found) -> bool:
        """Whether a name is the adjective of a plain noun behind it."""
        tokens, noun = self.tokens, self.tokens.heads[found.last]
        if found.known is None or found.known.kind != "adjective" or found.last + 1 in self.named:
            return False
        return found.last < noun <= found.last + 3 and tokens.tags[noun].startswith("NN") and noun not in self.named

    def _place_behind_subject(self, head: int, prep: int) -> Found | None:
        """The place of a subject ("the parties in Syria agreed"): between a subject and its verb nothing else is meant."""
        if self.tokens.lower[prep] not in ("in", "from") or self.tokens.deps[head] not in ("nsubj", "nsubj:pass"):
            return None
        found = self.named.get(prep + 1)
        return found if found is not None and found.first == prep + 1 and found.last < self.tokens.heads[head] else None

    def _coordinated(self, last: int) -> int:
        """Last token of a list of names that begins with the one ending here ("of X, Y and Z")."""
        tokens = self.tokens
        end = last
        for _ in range(6):
            at = end + 1
            while at < len(tokens) and at <= end + 2 and tokens.lower[at] in (",", "and"):
                at += 1
            following = self.named.get(at)
            if at == end + 1 or following is None or following.first != at or following.type is not EntityType.GPE:
                return end if tokens.lower[last + 1 : end + 1].count("and") else last
            end = following.last
            if tokens.lower[following.first - 1] == "and":
                return end
        return last

    def _complement_end(self, noun: int, prep: int) -> int:
        """Last token of a complement's own words: the noun, or the name that it belongs to."""
        named = self.named.get(noun)
        end = named.last if named is not None else noun
        return max(end, prep + 1)


def is_definite(tokens: PhraseTokens, found: Found) -> bool:
    """Whether the phrase points back: "the", "that", "this", "these", "those"."""
    return tokens.lower[found.first] in ("the", "that", "this", "these", "those")


def determiner(tokens: PhraseTokens, found: Found) -> str:
    """First word of the phrase in lower case when it is a determiner or possessive pronoun, else an empty string."""
    return tokens.lower[found.first] if tokens.tags[found.first] in ("DT", "PRP$", "PDT") else ""


def possessor(tokens: PhraseTokens, found: Found) -> Span | None:
    """The span of the possessor before the head ("Mr Ruiz" in "Mr Ruiz's spokesman")."""
    head = found.head if found.head is not None else found.last
    for i in range(found.first, head):
        if tokens.tags[i] == "POS" and i > found.first:
            return tokens.span(found.first, i - 1)
    return None
