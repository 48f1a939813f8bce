"""Which entity a described actor means: an office and its holder, "the group", "the army", "her government", or somebody new.

A description is linked where the text decides: by apposition, by office and country, by repeating the words.  Else it stays an
entity of its own, named by its own words.
"""

from collections.abc import Iterator, Sequence

from crossread.codebook.actors import actor_code, state_name, word_list
from crossread.reading.described import is_definite
from crossread.reading.drafts import Draft
from crossread.reading.name_links import NameLinker
from crossread.reading.names import Found
from crossread.reading.noun_holders import HolderFinder, head_of, is_indefinite, office_class
from crossread.reading.noun_phrases import PhraseTokens
from crossread.vocabulary import EntityType

_GOVERNMENT = word_list("government nouns")
_POINTS_BACK = word_list("body nouns that point back")
_MEDIA = word_list("words for media")
_CENTRAL = 3
"""Mentions of the state that a report is about, and how many times those of any other."""
_TITLES_OF_MEDIA = word_list("words in names of media")
_ANY_BODY = frozenset({"agency", "company", "firm", "organization", "organisation", "charity", "authority", "association"})
_GROUP_NOUNS = frozenset(
    {"group", "organization", "organisation", "militant group", "rebel group", "armed group", "terrorist group"}
)
_MEMBERS = word_list("members of armed groups")
_NOT = frozenset({"not", "n't", "n’t", "no", "never", "hardly", "scarcely"})
_OWNED = frozenset({"his", "her", "their", "its", "our", "my"})
_PRESENT = frozenset({"is", "'s", "’s"})
_NEAR = 3  # sentences
_REACH = 400  # tokens looked back over, however long the sentences are


class NounLinker:
    """Links described actors in the order of the text, after all names."""

    def __init__(self, tokens: PhraseTokens, names: NameLinker, heads: dict[int, Draft]) -> None:
        self.tokens = tokens
        self.names = names
        self.at_head = heads
        self._holders = HolderFinder(tokens, names, heads)
        self._own: dict[str, Draft] = {}
        self._singular: dict[str, list[tuple[int, Draft]]] = {}

    def link_all(self, described: Sequence[Found]) -> Iterator[Draft]:
        """The entities that descriptions mean, new or known, one after the other; what stands beside a name is looked at first of all,
        for it tells who holds which office."""
        beside = [self._apposed(found) or self._predicated(found) for found in described]
        for found, draft in zip(described, beside, strict=True):
            yield self._link(found, draft)

    def _link(self, found: Found, draft: Draft | None) -> Draft:
        draft = draft or self._place_of(found) or self._members(found) or self._government(found)
        draft = draft or self._holders.by_office(found) or self._back(found) or self._holders.named_before(found, self._own)
        if draft is not None:
            draft.found.append(found)
            return draft
        return self._own_words(found)

    # ------------------------------------------------------------ apposition

    def _apposed(self, found: Found) -> Draft | None:
        """The name beside the description: "X, head of the port authority", "the envoy, X,", "the monitoring group X"."""
        tokens, head = self.tokens, head_of(found)
        if tokens.deps[head] == "appos":
            draft = self.at_head.get(tokens.heads[head])
            if draft is not None and self._fits(found, draft) and not self._is_listed(draft, tokens.heads[head], found.last):
                return self._described(draft, found)
        for child in tokens.children[head]:
            if tokens.deps[child] == "appos":
                draft = self.at_head.get(child)
                fits = draft is not None and draft.kind != "noun" and self._fits(found, draft)
                if draft is not None and fits and not self._is_listed(draft, found.last, child):
                    return self._described(draft, found)
        after = self.at_head.get(self._name_after(found))
        if (
            after is not None
            and after.kind == "name"
            and after.type in (EntityType.ORGANIZATION, EntityType.GROUP)
            and self._is_body(found)
        ):
            return self._described(after, found)
        return self._behind_comma(found) or self._before_name(found)

    def _is_listed(self, draft: Draft, first: int, last: int) -> bool:
        """Whether two bodies are items of a list: "the foreign ministry, the bank and the police"."""
        tokens, after = self.tokens, last + 1
        if draft.kind == "person" or not any(tokens.words[i] == "," for i in range(first + 1, last)) or after + 1 >= len(tokens):
            return False
        return tokens.lower[after] in ("and", "or") and tokens.tags[after + 1].startswith(("NN", "DT", "JJ", "PRP$", "CD"))

    def _predicated(self, found: Found) -> Draft | None:
        """The person of whom the description is told: "X is a senator from Y", "X, who is a senator from Y"."""
        tokens, head = self.tokens, head_of(found)
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

    def _before_name(self, found: Found) -> Draft | None:
        """The same the other way round: "the ambassador to X, Y,", whatever the parser hangs the name on; a list of people goes on."""
        tokens, comma = self.tokens, found.last + 1
        if comma + 1 >= len(tokens) or tokens.words[comma] != "," or not is_definite(tokens, found):
            return None
        end = self._name_after(found, comma + 1)
        draft = self.at_head.get(end)
        if draft is None or draft.kind != "person" or not self._fits(found, draft):
            return None
        last = max(f.last for f in draft.found if f.first == comma + 1)
        behind = [tokens.lower[i] for i in range(last + 1, min(last + 3, len(tokens)))]
        closes = bool(behind) and behind[0] in (",", ".", ";", ")", "”", '"') and behind[1:] not in (["and"], ["or"])
        return self._described(draft, found) if closes else None

    def _name_after(self, found: Found, following: int | None = None) -> int:
        """Token that ends the name which follows the description at once, or begins where it is said; -1 when none does."""
        following = found.last + 1 if following is None else following
        for i in range(following, min(following + 8, len(self.tokens))):
            if i in self.at_head:
                named = self.at_head[i].found
                return i if any(f.first == following and f.last >= i for f in named) else -1
        return -1

    def _fits(self, found: Found, draft: Draft) -> bool:
        if found.type is EntityType.PERSON:
            return draft.kind == "person" and found.noun is not None and found.noun.number == "s"
        if found.name.isupper() and self._opens_sentence(found.first):
            return False  # "HARBOUR PRISON, Ostrel (Reuters)" says where, not what the agency is
        return draft.kind in ("name", "state") and draft.type in (EntityType.ORGANIZATION, EntityType.GROUP)

    def _opens_sentence(self, i: int) -> bool:
        return i == 0 or self.tokens.sentences[i - 1] != self.tokens.sentences[i]

    def _is_body(self, found: Found) -> bool:
        return found.type in (EntityType.ORGANIZATION, EntityType.GROUP) and found.noun is not None and found.noun.number == "b"

    def _described(self, draft: Draft, found: Found) -> Draft:
        """The draft, with what the description tells of it."""
        role = found.name[:1].lower() + found.name[1:] if found.name.split()[0].lower() in _OWNED else found.name
        if role not in draft.roles:
            draft.roles.append(role)
        code = actor_code(found.name, date=self.names.date)
        draft.country = draft.country or code.country
        draft.sector = draft.sector or code.sector
        if found.noun is not None and draft.kind == "person":
            draft.offices.add(office_class(found))
            draft.gender = draft.gender or found.noun.gender
        return draft

    # ------------------------------------------------------------ names inside

    def _place_of(self, found: Found) -> Draft | None:
        """ "the city of X": X."""
        tokens, head = self.tokens, head_of(found)
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
        words = set(self.tokens.lower[head_of(found) + 1 : found.last + 1])
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
        owner = self._holders.owner(found)
        if owner is not None and owner.country is not None and owner.sector == "GOV":
            name = state_name(owner.country)
            if name is not None:
                return self._without_mention(self.names.state(found, name, owner.country), found)
        if code.country is None and is_definite(self.tokens, found):
            return self._main_government(found)
        return None

    def _without_mention(self, draft: Draft, found: Found) -> Draft:
        draft.found.remove(found)
        draft.reason = "government"
        return draft

    def _main_government(self, found: Found) -> Draft | None:
        """ "The government": that of the state that the report speaks of by far the most, else the one state whose government it has named."""
        states = {id(d): d for d in self.names.drafts if d.kind == "state"}
        told = {key: sum(f.first < found.first for f in d.found) for key, d in states.items()}
        order = sorted(told, key=lambda key: -told[key])
        if order and told[order[0]] >= _CENTRAL and all(told[order[0]] >= _CENTRAL * told[key] for key in order[1:]):
            return states[order[0]]
        named = [d for d in states.values() if d.reason == "government"]
        return named[0] if len(named) == 1 else None

    # ------------------------------------------------------------ pointing back

    def _back(self, found: Found) -> Draft | None:
        """A definite description that repeats a word of an earlier name or description."""
        noun = found.noun
        if noun is None or not is_definite(self.tokens, found):
            return None
        if noun.word in _GROUP_NOUNS:
            return self._last_group(found)
        if noun.word in _MEDIA and self._is_bare(found) and self.tokens.lower[found.first - 1] not in ("in", "on"):
            medium = self._last_medium(found)
            if medium is not None:
                return medium
        if noun.word in _POINTS_BACK and self._is_bare(found):
            named = self._latest_with(found, noun.word)
            named = named or self._last_body(found)
            if named is not None:
                return named
        if noun.number == "s" and noun.type is EntityType.PERSON:
            return self._last_singular(found)
        return self._same_head(found)

    def _is_bare(self, found: Found) -> bool:
        """Whether the phrase is an article and the noun alone."""
        return found.last == head_of(found) and len(found.name.split()) == len((found.noun.word if found.noun else "").split())

    def _latest_with(self, found: Found, word: str) -> Draft | None:
        fits = {
            id(d): d
            for d in self.names.drafts
            if d.kind == "name" and d.type in (EntityType.ORGANIZATION, EntityType.GROUP) and word in d.name.lower().split()
            and any(f.first < found.first for f in d.found)
        }  # fmt: skip
        return next(iter(fits.values())) if len(fits) == 1 else None

    def _last_body(self, found: Found) -> Draft | None:
        """ "The agency said" after a sentence that names one body, as its subject; only for words that say no more than that."""
        tokens = self.tokens
        if found.noun is None or found.noun.word not in _ANY_BODY or tokens.deps[head_of(found)] not in ("nsubj", "nsubj:pass"):
            return None
        i, here, sentence = found.first - 1, dict[int, tuple[int, Draft]](), tokens.sentences[found.first]
        while i >= max(0, found.first - _REACH) and sentence - tokens.sentences[i] <= 1:
            draft = self.at_head.get(i)
            if draft is not None and draft.kind == "name" and draft.type is EntityType.ORGANIZATION and not self._is_medium(draft):
                here[id(draft)] = (i, draft)
            i -= 1
        if len(here) != 1:
            return None
        at, draft = next(iter(here.values()))
        return draft if tokens.sentences[at] < sentence and tokens.deps[at] in ("nsubj", "nsubj:pass") else None

    def _last_medium(self, found: Found) -> Draft | None:
        """ "The newspaper", "the network": the one named last, within three sentences."""
        tokens, i, here = self.tokens, found.first - 1, dict[int, Draft]()
        while i >= max(0, found.first - _REACH) and tokens.sentences[found.first] - tokens.sentences[i] <= _NEAR:
            draft = self.at_head.get(i)
            if draft is not None and draft.kind == "name" and draft.type is EntityType.ORGANIZATION and self._is_medium(draft):
                here[id(draft)] = draft
            if here and (i == 0 or tokens.sentences[i - 1] != tokens.sentences[i]):
                break
            i -= 1
        return next(iter(here.values())) if len(here) == 1 else None

    def _is_medium(self, draft: Draft) -> bool:
        return draft.sector == "JRN" or bool(_TITLES_OF_MEDIA & set(draft.name.casefold().split()))

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
        word = self.tokens.lower[head_of(found)]
        fits = {id(d): d for d in self._own.values() if d.name.lower().split()[-1:] == [word] and self._plain(d)}
        return next(iter(fits.values())) if len(fits) == 1 else None

    def _plain(self, draft: Draft) -> bool:
        return draft.found[0].noun is not None and draft.found[0].noun.number != "s"

    # ------------------------------------------------------------ new ones

    def _own_words(self, found: Found) -> Draft:
        key = found.name.casefold()
        single = found.noun is not None and found.noun.number == "s" and found.noun.type is EntityType.PERSON
        known = self._own.get(key)
        if known is not None and not (single and is_indefinite(self.tokens, found)):
            known.found.append(found)
            return known
        draft = self.names.new(found, "noun", found.type, found.name)
        draft.plural = not single
        if found.noun is not None:
            draft.gender = found.noun.gender
            draft.offices.add(office_class(found))
        if single and found.noun is not None:
            place = (self.tokens.sentences[found.first], draft)
            self._singular.setdefault(found.noun.word.split()[-1], []).append(place)
        self._own[key] = draft
        return draft
