"""Persons by their office or standing: "the governor", "his Russian counterpart", "the former senator", "the billionaire".

An answer only where one person of the document fits; titles, appositions and predicates tell who holds which office.
"""

from collections.abc import Container

from crossread.codebook.actors import actor_code, word_list
from crossread.reading.described import determiner, possessor
from crossread.reading.drafts import HEADS, LAWMAKERS, LEADERS, OFFICE_CLASSES, Draft, offices_in
from crossread.reading.name_links import NameLinker
from crossread.reading.names import Found
from crossread.reading.noun_phrases import PhraseTokens
from crossread.vocabulary import EntityType

_STATUS_WORDS = word_list("words for a person's standing")
_OTHER_WORDS = _STATUS_WORDS | word_list("offices by which a person is called again")
_COUNTERPART = frozenset({"counterpart", "opposite number"})
_PARTIES = {
    "democratic": "Democrat",
    "democrat": "Democrat",
    "republican": "Republican",
    "gop": "Republican",
    "labour": "Labour",
    "conservative": "Conservative",
}
_ANOTHER = frozenset({"other", "second", "new", "next", "first", "only", "possible", "another", "latest", "late", "rival"})
_AMERICAN = frozenset({"governor", "senator", "member of congress", "sheriff"})
_FORMER = frozenset({"former", "ex", "onetime", "one-time", "ex-"})
_INDEFINITE = frozenset({"a", "an", "another", "one", "some", "any", "no", "every", "each"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_NEAR, _FAR, _FURTHER = 3, 12, 5  # sentences
_MUCH, _MORE = 4, 1.15  # times as many mentions
_CLIMBS = 8
"""Words that are climbed from a description to the verb under which it is told."""
_REACH = 400  # tokens looked back over, however long the sentences are


def head_of(found: Found) -> int:
    """The token that heads a mention."""
    return found.head if found.head is not None else found.last


def office_class(found: Found) -> str:
    """The class of the office that a description names, ``former`` put before it where the description does."""
    word = found.noun.word if found.noun is not None else ""
    if _FORMER & set(found.name.lower().split()) and not word.startswith("former"):
        return "former " + OFFICE_CLASSES.get(word, word)
    return OFFICE_CLASSES.get(word, word)


def is_indefinite(tokens: PhraseTokens, found: Found) -> bool:
    """Whether a description opens with "a", "another", "no" and the like."""
    return tokens.lower[found.first] in _INDEFINITE


def _names(role: str, name: str) -> bool:
    """Whether the words of a role hold a name, demonyms that start with it included."""
    return any(word.startswith(name.casefold()) for word in role.casefold().replace("’", "'").split())


def _of_another_party(draft: Draft, found: Found) -> bool:
    """Whether a description names one party and the person's roles another."""
    named = {_PARTIES[w] for w in found.name.lower().split() if w in _PARTIES}
    told = {p for p in _PARTIES.values() for role in draft.roles if p in role}
    return bool(named and told) and not named & told


class HolderFinder:
    """Finds the person that a description of an office or standing means; ``heads`` maps head tokens of mentions to entities."""

    def __init__(self, tokens: PhraseTokens, names: NameLinker, heads: dict[int, Draft]) -> None:
        self.tokens = tokens
        self.names = names
        self.at_head = heads

    # ------------------------------------------------------------ whose

    def owner(self, found: Found) -> Draft | None:
        """Who the description belongs to: a possessor's entity, or the person that "his" can only mean."""
        span = possessor(self.tokens, found)
        if span is not None:
            for i in reversed(self.tokens.indices(span)):
                if i in self.at_head:
                    return self.at_head[i].top()
        word = determiner(self.tokens, found)
        if word in ("his", "her"):
            return self._subject_person(found, "m" if word == "his" else "f")
        return None

    def _subject_person(self, found: Found, gender: str) -> Draft | None:
        """The one person named before in the sentence (else in the sentence before) that the pronoun's gender allows."""
        sentence = self.tokens.sentences[found.first]
        for back in (0, 1):
            here = {
                id(d): d
                for i, d in self.at_head.items()
                if i < found.first
                and self.tokens.sentences[i] == sentence - back
                and d.kind == "person"
                and d.gender in ("", gender)
            }
            if len(here) == 1:
                return next(iter(here.values()))
            if here:
                return None
        return None

    # ------------------------------------------------------------ offices

    def by_office(self, found: Found) -> Draft | None:
        """The person in the document who holds the office that the description names."""
        noun = found.noun
        if noun is None or noun.number != "s" or noun.type is not EntityType.PERSON or is_indefinite(self.tokens, found):
            return None
        if any(word in found.name.lower().split() for word in ("new", "next", "another")):
            return None
        code = actor_code(found.name, date=self.names.date)
        office = office_class(found)
        if office in _COUNTERPART:
            return self._counterpart(found, code.country)
        owner = self.owner(found)
        country = code.country or (owner.country if owner is not None else None)
        persons = [d for d in self.names.drafts if d.kind == "person" and d is not owner and self._holds(d, office)]
        persons = [d for d in persons if not _of_another_party(d, found)]
        if noun.gender:
            persons = [d for d in persons if d.gender in ("", noun.gender)]
        if country is not None:
            there = [d for d in persons if d.country == country]
            if office in _AMERICAN:  # "the Karvel governor", with no word on what country the governor is of
                there = [d for d in there or persons if d.country in (None, country) and self._governs(d, found)]
            return there[0] if len(there) == 1 else self._head_of_body(found)
        if (head := self._head_of_body(found)) is not None:
            return head
        tokens = self.tokens
        initials = {
            tokens.lower[i] for i in range(found.first, head_of(found)) if tokens.words[i].isupper() and len(tokens.words[i]) > 1
        }
        if initials:  # "the UN leader" is none of a state
            persons = [d for d in persons if any(initials <= set(r.lower().split()) for r in d.roles)]
        of_state = office in LEADERS or office.endswith("minister")
        if owner is not None and (owner.kind != "person" or of_state):  # "Veltland's president" where no table knows Veltland
            persons = [d for d in persons if any(_names(role, owner.name) for role in d.roles)]
            return persons[0] if len(persons) == 1 else None
        if determiner(self.tokens, found) == "" and found.first == head_of(found):
            return None
        return self._latest(found, persons)

    def _head_of_body(self, found: Found) -> Draft | None:
        """ "The PNB chief", "the former PNB boss" after "PNB Director X": the one person told of as the head of that body."""
        office = office_class(found).removeprefix("former ")
        tokens = self.tokens
        bodies = {tokens.lower[i] for i in range(found.first, head_of(found)) if tokens.tags[i] in ("NNP", "NNPS")}
        if office not in HEADS or not bodies:
            return None
        heads = [
            d for d in self.names.drafts
            if d.kind == "person" and any(bodies <= set(r.lower().split()) and offices_in(r) & HEADS for r in d.roles)
        ]  # fmt: skip
        return heads[0] if len(heads) == 1 else None

    def _governs(self, draft: Draft, found: Found) -> bool:
        """Whether the place that a description adds ("governor of Karvel") is told of the person as well; true where it adds none."""
        head = head_of(found)
        places = {self.tokens.words[i] for i in range(head + 1, found.last + 1) if self.tokens.tags[i] in ("NNP", "NNPS")}
        if not places:
            return self.tokens.deps[head] != "conj" or determiner(self.tokens, found) != ""
        told = {w for f in draft.found[:1] for w in self.tokens.words[f.first : f.last + 4]} | {
            w for r in draft.roles for w in r.split()
        }
        return bool(places & told)

    def _holds(self, draft: Draft, office: str) -> bool:
        if office in draft.offices:
            return True
        if office == "leader":
            return bool(draft.offices & LEADERS)
        if office == "lawmaker":
            return bool(draft.offices & LAWMAKERS)
        return any(o.endswith(" " + office) for o in draft.offices) and office in (
            "minister",
            "secretary",
            "envoy",
            "chief",
            "commander",
        )

    def _latest(self, found: Found, persons: list[Draft]) -> Draft | None:
        """Of several holders the one mentioned last before, when he alone was mentioned near; a single one anywhere before."""
        sentence = self.tokens.sentences[found.first]
        ranked = []
        for draft in persons:
            before = [f.first for f in draft.found if f.first < found.first]
            if before:
                ranked.append((max(before), draft))
        if not ranked:
            return None
        ranked.sort(key=lambda pair: -pair[0])
        best, draft = ranked[0]
        gap = sentence - self.tokens.sentences[best]
        if len(ranked) == 1:
            return draft if gap <= _FAR else None
        rival = self.tokens.sentences[ranked[1][0]]
        told_of = sorted((len(d.found) for _, d in ranked), reverse=True)
        main = next(d for _, d in ranked if len(d.found) == told_of[0])
        if self._is_bare(found) and len({d.country for _, d in ranked}) > 1 and told_of[0] >= _MORE * told_of[1]:
            return main  # "the president" is the one at home, a guest "the Velnish president"
        if gap <= _NEAR and rival < self.tokens.sentences[best]:
            return draft
        return main if gap > _NEAR and told_of[0] >= _MUCH * told_of[1] else None  # the report is about him, no guest named once

    def _is_bare(self, found: Found) -> bool:
        """Whether a head of state is called by the office alone ("the president")."""
        return self.tokens.lower[found.first] == "the" and found.last == found.first + 1 and office_class(found) in LEADERS

    def _counterpart(self, found: Found, country: str | None) -> Draft | None:
        """ "his Russian counterpart": who holds the office of "him" over there."""
        if country is None:
            return None
        owner = self.owner(found)
        there = [d for d in self.names.drafts if d.kind == "person" and d.country == country and d is not owner]
        if owner is not None and owner.offices:
            same = [d for d in there if d.offices & owner.offices]
            return same[0] if len(same) == 1 else None
        return there[0] if len(there) == 1 else None

    # ------------------------------------------------------------ another word for a person named before

    def named_before(self, found: Found, known: Container[str]) -> Draft | None:
        """ "The lawmaker", "the billionaire": the one person that the sentences just before are about, when nothing speaks against it;
        not where the same words (``known``, lower case) stood for somebody already."""
        noun, tokens, head = found.noun, self.tokens, head_of(found)
        if (
            noun is None
            or noun.word not in _OTHER_WORDS
            or tokens.lower[found.first] != "the"
            or tokens.deps[head] not in _SUBJECTS
        ):
            return None
        after = found.last + 1
        if found.last != head or (after < len(tokens) and tokens.tags[after].startswith(("NN", "HYPH", "CD", "W"))):
            return None
        if found.name.casefold() in known:
            return None
        draft = self._only_person(found)
        return draft if draft is not None and self._may_be(draft, found) else None

    def _only_person(self, found: Found) -> Draft | None:
        """The one named person of the nearest sentence before that names any; further back only over sentences of "he" or "she"."""
        tokens, i, here = self.tokens, found.first - 1, dict[int, Draft]()
        sentence = tokens.sentences[found.first]
        told_on = False
        while i >= max(0, found.first - _REACH) and sentence - tokens.sentences[i] <= (_FURTHER if told_on else 2):
            draft = self.at_head.get(i)
            if (
                draft is not None
                and draft.kind == "person"
                and tokens.deps[i] not in ("amod", "advmod", "obl")
                and not self._tells_of(i, found.first)
            ):
                here[id(draft)] = draft
            told_on = told_on or tokens.lower[i] in ("he", "she")
            if here and (i == 0 or tokens.sentences[i - 1] != tokens.sentences[i]):
                break
            i -= 1
        return next(iter(here.values())) if len(here) == 1 else None

    def _tells_of(self, subject: int, described: int) -> bool:
        """Whether it is who tells of somebody by his office ("Orel said the mayor had lied"), who does not hold it."""
        tokens = self.tokens
        if tokens.deps[subject] in ("flat", "compound"):
            subject = tokens.heads[subject]
        for _ in range(_CLIMBS):
            above = tokens.heads[described]
            if above == described:
                return False
            if tokens.deps[described] == "ccomp" and above == tokens.heads[subject]:
                return tokens.deps[subject] == "nsubj" and subject < described
            described = above
        return False

    def _may_be(self, draft: Draft, found: Found) -> bool:
        """Whether a person can be called by the words of a description: gender, country, party and office do not speak against it."""
        noun = found.noun
        if noun is None or (noun.gender and draft.gender not in ("", noun.gender)):
            return False
        words = set(found.name.lower().split())
        if words & _ANOTHER:
            return False
        country = actor_code(found.name, date=self.names.date).country
        if country != draft.country and country is not None and noun.word not in _AMERICAN:
            return False
        if _of_another_party(draft, found):
            return False
        return noun.word in _STATUS_WORDS or not draft.offices or self._holds(draft, office_class(found))
