"""Which entity a described actor means: an office and its holder, "the group", "the army", "her government", or somebody new.

A description is linked where the text decides: by apposition, by office and country, by repeating the words.  Else it stays an
entity of its own, named by its own words.
"""

from crossread.codebook.actors import actor_code, state_name, word_list
from crossread.reading.described import determiner, is_definite, possessor
from crossread.reading.drafts import LAWMAKERS, LEADERS, OFFICE_CLASSES, Draft
from crossread.reading.name_links import NameLinker
from crossread.reading.names import Found
from crossread.reading.noun_phrases import PhraseTokens
from crossread.vocabulary import EntityType

_GOVERNMENT = word_list("government nouns")
_POINTS_BACK = word_list("body nouns that point back")
_STATUS_WORDS = word_list("words for a person's standing")
_OTHER_WORDS = _STATUS_WORDS | word_list("offices by which a person is called again")
_COUNTERPART = frozenset({"counterpart", "opposite number"})
_GROUP_NOUNS = frozenset(
    {"group", "organization", "organisation", "militant group", "rebel group", "armed group", "terrorist group"}
)
_MEMBERS = word_list("members of armed groups")
_PARTIES = {
    "democratic": "Democrat",
    "republican": "Republican",
    "gop": "Republican",
    "labour": "Labour",
    "conservative": "Conservative",
}
_ANOTHER = frozenset({"other", "second", "new", "next", "first", "only", "possible", "another", "latest", "late", "rival"})
_AMERICAN = frozenset({"governor", "senator", "member of congress", "sheriff"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_FORMER = frozenset({"former", "ex", "onetime", "one-time", "ex-"})
_NOT = frozenset({"not", "n't", "n’t", "no", "never", "hardly", "scarcely"})
_PRESENT = frozenset({"is", "'s", "’s"})
_NEAR, _FAR = 3, 12


def _names(role: str, name: str) -> bool:
    """Whether the words of a role hold a name, demonyms that start with it included."""
    return any(word.startswith(name.casefold()) for word in role.casefold().replace("’", "'").split())


class NounLinker:
    """Links described actors in the order of the text, after all names."""

    def __init__(self, tokens: PhraseTokens, names: NameLinker, heads: dict[int, Draft]) -> None:
        self.tokens = tokens
        self.names = names
        self.at_head = heads
        self._own: dict[str, Draft] = {}
        self._singular: dict[str, list[tuple[int, Draft]]] = {}

    def link(self, found: Found) -> Draft:
        """The entity that a description means, new or known."""
        draft = self._apposed(found) or self._predicated(found) or self._place_of(found) or self._members(found)
        draft = draft or self._government(found)
        draft = draft or self._office(found) or self._back(found) or self._named_before(found)
        if draft is not None:
            draft.found.append(found)
            return draft
        return self._own_words(found)

    # ------------------------------------------------------------ apposition

    def _apposed(self, found: Found) -> Draft | None:
        """The name beside the description: "X, head of the port authority", "the envoy, X,", "the monitoring group X"."""
        tokens, head = self.tokens, self._head(found)
        if tokens.deps[head] == "appos":
            draft = self.at_head.get(tokens.heads[head])
            if draft is not None and self._fits(found, draft):
                return self._described(draft, found)
        for child in tokens.children[head]:
            if tokens.deps[child] == "appos":
                draft = self.at_head.get(child)
                if draft is not None and draft.kind != "noun" and self._fits(found, draft):
                    return self._described(draft, found)
        after = self.at_head.get(self._name_after(found))
        if (
            after is not None
            and after.kind == "name"
            and after.type in (EntityType.ORGANIZATION, EntityType.GROUP)
            and self._is_body(found)
        ):
            return self._described(after, found)
        return self._behind_comma(found)

    def _predicated(self, found: Found) -> Draft | None:
        """The person of whom the description is told: "X is a senator from Y", "X, who is a senator from Y"."""
        tokens, head = self.tokens, self._head(found)
        if found.noun is None or found.noun.number != "s" or found.type is not EntityType.PERSON:
            return None
        below = {tokens.deps[k]: k for k in tokens.children[head]}
        subject, copula = below.get("nsubj"), below.get("cop")
        if subject is None or copula is None or tokens.lower[copula] not in _PRESENT or subject > copula:
            return None
        if below.keys() & {"aux", "neg", "mark"} or any(tokens.lower[k] in _NOT for k in tokens.children[head]):
            return None
        if tokens.lower[subject] == "who" and tokens.deps[head] == "acl:relcl":
            subject = tokens.heads[head]
        draft = self.at_head.get(subject)
        if draft is None or not self._fits(found, draft):
            return None
        return draft if found.noun.sector in ("CVL", "OPP", None) else self._described(draft, found)

    def _behind_comma(self, found: Found) -> Draft | None:
        """Without a label of the parser: name, comma, description that opens with a role ("X, head of ...", "X, the ... of ...")."""
        tokens = self.tokens
        comma = found.first - 1
        if (
            comma < 1
            or tokens.words[comma] != ","
            or found.noun is None
            or found.noun.number != "s"
            or found.type is not EntityType.PERSON
        ):
            return None
        draft = self.at_head.get(comma - 1)
        closes = found.last + 1 < len(tokens) and tokens.words[found.last + 1] in (",", ".", ";", ")", "”", '"')
        if draft is None or draft.kind != "person" or not closes or not self._fits(found, draft):
            return None
        return self._described(draft, found)

    def _name_after(self, found: Found) -> int:
        """Token that ends the name which follows the description at once; -1 when none does."""
        following = found.last + 1
        for i in range(following, min(following + 8, len(self.tokens))):
            if i in self.at_head:
                named = self.at_head[i].found
                return i if any(f.first == following and f.last >= i for f in named) else -1
        return -1

    def _fits(self, found: Found, draft: Draft) -> bool:
        if found.type is EntityType.PERSON:
            return draft.kind == "person" and found.noun is not None and found.noun.number == "s"
        return draft.kind in ("name", "state") and draft.type in (EntityType.ORGANIZATION, EntityType.GROUP)

    def _is_body(self, found: Found) -> bool:
        return found.type in (EntityType.ORGANIZATION, EntityType.GROUP) and found.noun is not None and found.noun.number == "b"

    def _described(self, draft: Draft, found: Found) -> Draft:
        """The draft, with what the description tells of it."""
        if found.name not in draft.roles:
            draft.roles.append(found.name)
        code = actor_code(found.name, date=self.names.date)
        draft.country = draft.country or code.country
        draft.sector = draft.sector or code.sector
        if found.noun is not None and draft.kind == "person":
            draft.offices.add(self._office_class(found))
            draft.gender = draft.gender or found.noun.gender
        return draft

    # ------------------------------------------------------------ names inside

    def _place_of(self, found: Found) -> Draft | None:
        """ "the city of X": X."""
        tokens, head = self.tokens, self._head(found)
        if found.type is not EntityType.LOCATION or head + 1 >= len(tokens) or tokens.lower[head + 1] != "of":
            return None
        draft = self.at_head.get(found.last)
        return draft if draft is not None and draft.type in (EntityType.GPE, EntityType.LOCATION) else None

    def _members(self, found: Found) -> Draft | None:
        """ "X fighters", "militants from X": the armed group X that acts through them."""
        noun = found.noun
        if noun is None or noun.word not in _MEMBERS:
            return None
        inside = [self.at_head[i].top() for i in range(found.first, found.last + 1) if i in self.at_head]
        groups = {id(d): d for d in inside if d.kind == "name" and d.known is not None and d.sector in ("REB", "IMG", "PRM")}
        if len(groups) != 1:
            return None
        words = set(self.tokens.lower[self._head(found) + 1 : found.last + 1])
        return None if words & {"in", "against", "near", "around"} else next(iter(groups.values()))

    # ------------------------------------------------------------ governments

    def _government(self, found: Found) -> Draft | None:
        """ "the Syrian government", "her government", "the regime": the state."""
        noun = found.noun
        if noun is None or noun.word not in _GOVERNMENT:
            return None
        code = actor_code(found.name, date=self.names.date)
        if code.country is not None and code.sector == "GOV":
            name = state_name(code.country)
            if name is not None:
                return self._without_mention(self.names.state(found, name, code.country), found)
        owner = self._owner(found)
        if owner is not None and owner.country is not None and owner.sector == "GOV":
            name = state_name(owner.country)
            if name is not None:
                return self._without_mention(self.names.state(found, name, owner.country), found)
        if code.country is None and is_definite(self.tokens, found):
            return self._only_government()
        return None

    def _without_mention(self, draft: Draft, found: Found) -> Draft:
        draft.found.remove(found)
        draft.reason = "government"
        return draft

    def _only_government(self) -> Draft | None:
        """The one state whose government the document has named so far."""
        named = {id(d): d for d in self.names.drafts if d.kind == "state" and d.reason == "government"}
        return next(iter(named.values())) if len(named) == 1 else None

    def _owner(self, found: Found) -> Draft | None:
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

    def _office_class(self, found: Found) -> str:
        word = found.noun.word if found.noun is not None else ""
        if _FORMER & set(found.name.lower().split()) and not word.startswith("former"):
            return "former " + OFFICE_CLASSES.get(word, word)
        return OFFICE_CLASSES.get(word, word)

    def _office(self, found: Found) -> Draft | None:
        """The person in the document who holds the office that the description names."""
        noun = found.noun
        if noun is None or noun.number != "s" or noun.type is not EntityType.PERSON or self._is_indefinite(found):
            return None
        if any(word in found.name.lower().split() for word in ("new", "next", "another")):
            return None
        code = actor_code(found.name, date=self.names.date)
        office = self._office_class(found)
        if office in _COUNTERPART:
            return self._counterpart(found, code.country)
        owner = self._owner(found)
        country = code.country or (owner.country if owner is not None else None)
        persons = [d for d in self.names.drafts if d.kind == "person" and d is not owner and self._holds(d, office)]
        if noun.gender:
            persons = [d for d in persons if d.gender in ("", noun.gender)]
        if country is not None:
            there = [d for d in persons if d.country == country]
            if office in _AMERICAN:  # "the Karvel governor", with no word on what country the governor is of
                there = [d for d in there or persons if d.country in (None, country) and self._governs(d, found)]
            return there[0] if len(there) == 1 else None
        of_state = office in LEADERS or office.endswith("minister")
        if owner is not None and (owner.kind != "person" or of_state):  # "Veltland's president" where no table knows Veltland
            persons = [d for d in persons if any(_names(role, owner.name) for role in d.roles)]
            return persons[0] if len(persons) == 1 else None
        if determiner(self.tokens, found) == "" and found.first == self._head(found):
            return None
        return self._latest(found, persons)

    def _governs(self, draft: Draft, found: Found) -> bool:
        """Whether the place that a description adds ("governor of Karvel") is told of the person as well; true where it adds none."""
        head = self._head(found)
        places = {self.tokens.words[i] for i in range(head + 1, found.last + 1) if self.tokens.tags[i] in ("NNP", "NNPS")}
        if not places:
            return self.tokens.deps[head] != "conj" or determiner(self.tokens, found) != ""
        told = {w for f in draft.found[:1] for w in self.tokens.words[f.first : f.last + 4]} | {
            w for r in draft.roles for w in r.split()
        }
        return bool(places & told)

    def _is_indefinite(self, found: Found) -> bool:
        first = self.tokens.lower[found.first]
        return first in ("a", "an", "another", "one", "some", "any", "no", "every", "each")

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
        return draft if gap <= _NEAR and rival < self.tokens.sentences[best] else None

    def _counterpart(self, found: Found, country: str | None) -> Draft | None:
        """ "his Russian counterpart": who holds the office of "him" over there."""
        if country is None:
            return None
        owner = self._owner(found)
        there = [d for d in self.names.drafts if d.kind == "person" and d.country == country and d is not owner]
        if owner is not None and owner.offices:
            same = [d for d in there if d.offices & owner.offices]
            return same[0] if len(same) == 1 else None
        return there[0] if len(there) == 1 else None

    # ------------------------------------------------------------ another word for a person named before

    def _named_before(self, found: Found) -> Draft | None:
        """ "The lawmaker", "the billionaire": the one person that the sentences just before are about, when nothing speaks against it."""
        noun, tokens, head = found.noun, self.tokens, self._head(found)
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
        if found.name.casefold() in self._own:
            return None
        sentence = tokens.sentences[found.first]
        for back in (0, 1, 2):
            here = {
                id(d): d
                for i, d in self.at_head.items()
                if i < found.first and tokens.sentences[i] == sentence - back and d.kind == "person"
                and tokens.deps[i] not in ("amod", "advmod", "obl")
            }  # fmt: skip
            if here:
                draft = next(iter(here.values()))
                return draft if len(here) == 1 and self._may_be(draft, found) else None
        return None

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
        other = {p for w in words & _PARTIES.keys() for p in _PARTIES.values() if p != _PARTIES[w]}
        if any(p in role for role in draft.roles for p in other):
            return False
        return noun.word in _STATUS_WORDS or not draft.offices or self._holds(draft, self._office_class(found))

    # ------------------------------------------------------------ pointing back

    def _back(self, found: Found) -> Draft | None:
        """A definite description that repeats a word of an earlier name or description."""
        noun = found.noun
        if noun is None or not is_definite(self.tokens, found):
            return None
        if noun.word in _GROUP_NOUNS:
            return self._last_group(found)
        if noun.word in _POINTS_BACK and self._is_bare(found):
            named = self._latest_with(found, noun.word)
            if named is not None:
                return named
        if noun.number == "s" and noun.type is EntityType.PERSON:
            return self._last_singular(found)
        return self._same_head(found)

    def _is_bare(self, found: Found) -> bool:
        """Whether the phrase is an article and the noun alone."""
        return found.last == self._head(found) and len(found.name.split()) == len((found.noun.word if found.noun else "").split())

    def _latest_with(self, found: Found, word: str) -> Draft | None:
        fits = {
            id(d): d
            for d in self.names.drafts
            if d.kind == "name" and d.type in (EntityType.ORGANIZATION, EntityType.GROUP) and word in d.name.lower().split()
            and any(f.first < found.first for f in d.found)
        }  # fmt: skip
        return next(iter(fits.values())) if len(fits) == 1 else None

    def _last_group(self, found: Found) -> Draft | None:
        """The one body or armed group mentioned last, within two sentences; none where a sentence has two."""
        sentence = self.tokens.sentences[found.first]
        for back in (0, 1, 2):
            here: dict[int, Draft] = {}
            for i, draft in self.at_head.items():
                if i >= found.first or self.tokens.sentences[i] != sentence - back:
                    continue
                if (
                    draft.kind in ("name", "noun")
                    and draft.type in (EntityType.ORGANIZATION, EntityType.GROUP)
                    and self._is_group(draft)
                ):
                    here[id(draft)] = draft
            if here:
                return next(iter(here.values())) if len(here) == 1 else None
        return None

    def _is_group(self, draft: Draft) -> bool:
        if draft.kind == "noun":
            return draft.found[0].noun is not None and draft.found[0].noun.number == "b" and "group" in draft.name
        return draft.sector not in ("JRN", "CVL") or draft.type is EntityType.ORGANIZATION

    def _last_singular(self, found: Found) -> Draft | None:
        """The unnamed person of the same word mentioned last ("a harbour official ... the official")."""
        if found.noun is None or not self._is_bare(found):
            return None
        sentence = self.tokens.sentences[found.first]
        near = [d for at, d in self._singular.get(found.noun.word.split()[-1], []) if sentence - at <= 6]
        return near[-1] if near and len({id(d) for d in near}) == 1 else None

    def _same_head(self, found: Found) -> Draft | None:
        """The one earlier description with the same head word that says more ("the Syrian army ... the army")."""
        if found.noun is None or not self._is_bare(found):
            return None
        word = self.tokens.lower[self._head(found)]
        fits = {id(d): d for d in self._own.values() if d.name.lower().split()[-1:] == [word] and self._plain(d)}
        return next(iter(fits.values())) if len(fits) == 1 else None

    def _plain(self, draft: Draft) -> bool:
        return draft.found[0].noun is not None and draft.found[0].noun.number != "s"

    # ------------------------------------------------------------ new ones

    def _own_words(self, found: Found) -> Draft:
        key = found.name.casefold()
        single = found.noun is not None and found.noun.number == "s" and found.noun.type is EntityType.PERSON
        known = self._own.get(key)
        if known is not None and not (single and self._is_indefinite(found)):
            known.found.append(found)
            return known
        draft = self.names.new(found, "noun", found.type, found.name)
        draft.plural = not single
        if found.noun is not None:
            draft.gender = found.noun.gender
            draft.offices.add(self._office_class(found))
        if single and found.noun is not None:
            place = (self.tokens.sentences[found.first], draft)
            self._singular.setdefault(found.noun.word.split()[-1], []).append(place)
        self._own[key] = draft
        return draft

    def _head(self, found: Found) -> int:
        return found.head if found.head is not None else found.last
