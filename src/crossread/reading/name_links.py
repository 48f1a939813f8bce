"""Which names of a document mean the same one: persons by surname, states by all their forms, bodies by words and initials."""

import re

from crossread.codebook.actors import Name, actor_code, holder_of, nouns, surname_holder, word_list
from crossread.reading.drafts import OFFICE_CLASSES, Draft, offices_in, spelled_out
from crossread.reading.metonyms import is_government
from crossread.reading.names import Found
from crossread.reading.noun_phrases import PhraseTokens
from crossread.reading.persons import PersonName, distance, fold, gender_of, parse_name, same_person
from crossread.vocabulary import EntityType

_SEATS = word_list("seats of government")
_SPACES = re.compile(r"\s+")
_EDGES = re.compile(r"^(?:the|a|an)\s+|['’]s$", re.IGNORECASE)
_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "de", "la"})
_FEW = frozenset({"some", "several", "few", "many", "other", "dozen", "various", "numerous", "certain"})
_QUANTITIES = frozenset({"handful", "dozen", "number", "group", "few", "couple", "score", "majority", "minority"})
_SHORTEST = 3  # letters of the last word of a name that stands for the name
_SLIP = 5  # letters of a surname from which one wrong letter is taken for a slip
_PLACES = frozenset({EntityType.GPE, EntityType.LOCATION, EntityType.FACILITY})


class NameLinker:
    """Links names one after the other; ``drafts`` holds the entities in order of first mention."""

    def __init__(self, tokens: PhraseTokens, *, date: str | None, likely_persons: frozenset[str] = frozenset()) -> None:
        self.tokens = tokens
        self.date = date
        self.drafts: list[Draft] = []
        self._keys: dict[tuple[str, str], Draft] = {}
        self._persons: list[Draft] = []
        self._likely_persons = likely_persons

    def link(self, found: Found) -> Draft:
        """The entity that a name means, new or known."""
        surname = found.name.split()[-1].casefold() if found.name.split() else ""
        if found.known is not None and not self._is_surname(found, found.known):
            return self._known(found, found.known)
        body = found.name.isupper() and ("initials", found.name) in self._keys and surname not in self._likely_persons
        if not body and (found.type is EntityType.PERSON or self._means_person(found, surname)):
            return self._person(found)
        return self._other(found)

    def _means_person(self, found: Found, surname: str) -> bool:
        """Whether what the model took for no person is one: named as one elsewhere in the document, or the holder of an office."""
        if " " not in found.name:
            return surname in self._likely_persons
        return found.name.casefold() in self._likely_persons or holder_of(found.name, self.date) is not None

    def _is_surname(self, found: Found, known: Name) -> bool:
        """Whether the word for a body is the surname of a person of the document; in capitals it is not ("UN" beside "Kim Jong Un")."""
        return known.kind == "organisation" and not found.name.isupper() and found.name.casefold() in self._likely_persons

    def new(self, found: Found, kind: str, type: EntityType, name: str) -> Draft:
        """A fresh entity with this first mention."""
        draft = self.bare(type, name)
        draft.kind = kind
        draft.found.append(found)
        return draft

    def bare(self, type: EntityType, name: str) -> Draft:
        """A fresh entity without a mention yet."""
        draft = Draft(len(self.drafts), "voice", type, name)
        self.drafts.append(draft)
        return draft

    def state(self, found: Found, name: str, code: str | None) -> Draft:
        """The entity of a state, or of its government."""
        return self._keyed(found, ("state", name), "state", EntityType.GPE, name, country=code, sector="GOV")

    def _keyed(
        self, found: Found, key: tuple[str, str], kind: str, type: EntityType, name: str, *, country: str | None, sector: str | None
    ) -> Draft:
        draft = self._keys.get(key)
        if draft is None:
            draft = self.new(found, kind, type, name)
            draft.country, draft.sector = country, sector
            self._keys[key] = draft
        else:
            draft.found.append(found)
        return draft

    # ------------------------------------------------------------ known names

    def _known(self, found: Found, known: Name) -> Draft:
        if known.kind == "adjective":
            if self._means_people(found):
                return self._keyed(
                    found, ("people", known.form), "name", EntityType.GROUP, known.form, country=known.country, sector="CVL"
                )
            return self.state(found, known.name, known.country)
        if known.kind == "people":
            form = known.form
            return self._keyed(found, ("people", form), "name", EntityType.GROUP, form, country=known.country, sector="CVL")
        if known.kind == "state":
            return self.state(found, known.name, known.country)
        if known.kind == "capital":
            seat = known.form in _SEATS
            if is_government(self.tokens, found, seat=seat):
                return self.state(found, known.name, known.country)
            kind = EntityType.FACILITY if seat else EntityType.GPE
            return self._keyed(found, ("town", known.form), "town", kind, known.form, country=known.country, sector=None)
        if known.kind == "organisation" and (some := self._some_of(found)) is not None:
            return some
        key = (known.kind, known.name)
        draft = self._keyed(found, key, "name", known.type, known.name, country=known.country, sector=known.sector)
        draft.known = known
        if known.kind == "organisation" and " " not in known.name:
            self._prefer_spelled(draft, found)
        return draft

    def _some_of(self, found: Found) -> Draft | None:
        """ "Several Republicans", "a half-dozen House Democrats": members, not the party."""
        tokens, noun = self.tokens, found.last
        if tokens.tags[noun] != "NNPS" or found.first != noun:
            return None
        above = tokens.heads[noun]
        counted = tokens.deps[noun] == "nmod" and tokens.lemmas[above] in _QUANTITIES and above < noun
        head = above if counted else noun
        few = [k for k in tokens.children[noun] if k < noun and (tokens.lower[k] in _FEW or tokens.tags[k] == "CD")]
        if not counted and not few:
            return None
        words = [k for k in (*tokens.children[head], head, *tokens.children[noun]) if k <= noun and tokens.pos[k] != "ADV"]
        name = " ".join(tokens.words[k] for k in range(min(words), noun + 1) if not tokens.is_space[k])
        draft = self.new(found, "noun", EntityType.GROUP, name.replace(" - ", "-"))
        draft.country = found.known.country if found.known is not None else None
        return draft

    def _means_people(self, found: Found) -> bool:
        """Whether a demonym heads its phrase ("the French", "two Afghans")."""
        tokens = self.tokens
        if tokens.tags[found.last] in ("NNS", "NNPS"):
            return True
        before = tokens.lower[found.first - 1] if found.first else ""
        return (
            before == "the"
            and tokens.deps[found.last] in ("nsubj", "nsubj:pass", "obj", "obl", "nmod")
            and tokens.heads[found.last] != found.last + 1
        )

    def _prefer_spelled(self, draft: Draft, found: Found) -> None:
        if len(found.name) > len(draft.name) and " " in found.name:
            draft.name = found.name

    # ------------------------------------------------------------ persons

    def _person(self, found: Found) -> Draft:
        name = parse_name(found.name)
        courtesy = found.courtesy or gender_of(name) or _gender_of_title(found.title) or self._gender_of_holder(found)
        draft = self._same_person(name, courtesy, found)
        if draft is None:
            draft = self.new(found, "person", EntityType.PERSON, _clean(found.name))
            draft.person = name
            self._persons.append(draft)
        else:
            draft.found.append(found)
            known = draft.person
            if known is not None and (len(name.given), len(name.words)) > (len(known.given), len(known.words)):
                draft.person, draft.name = name, _clean(found.name)
        draft.gender = draft.gender or courtesy
        self._learn(draft, found.title)
        return draft

    def _gender_of_holder(self, found: Found) -> str:
        """The gender of the one office holder of this surname, when the title or the day says that he is meant and no relative."""
        holder = surname_holder(found.name)
        if holder is None:
            return ""
        office = OFFICE_CLASSES.get(holder.office, holder.office)
        in_office = self.date is not None and not found.title and holder.holds_on(self.date)
        return holder.gender if in_office or office in offices_in(found.title) else ""

    def _same_person(self, name: PersonName, gender: str, found: Found) -> Draft | None:
        fits = [
            d for d in self._persons
            if d.person is not None and same_person(d.person, name) and not (gender and d.gender and gender != d.gender)
        ]  # fmt: skip
        if not fits and not name.given:
            fits = [
                d for d in self._persons if d.person is not None and name.surname in d.person.given[:1] and self._is_family_first(d)
            ]
        if not fits and not name.given and name.surname not in self._likely_persons:
            fits = [
                d for d in self._persons if d.person is not None and d.person.given and _is_slip(d.person.surname, name.surname)
            ]
            return fits[0] if len(fits) == 1 else None
        if len(fits) <= 1:
            return fits[0] if fits else None
        exact = [d for d in fits if d.person is not None and d.person.given == name.given]
        if name.given and exact:
            return exact[0]
        offices = offices_in(found.title)
        same_office = [d for d in fits if d.offices & offices]
        if len(same_office) == 1:
            return same_office[0]
        if gender:
            sure = [d for d in fits if d.gender == gender]
            fits = sure or fits
        bare = [d for d in fits if any(not parse_name(f.name).given for f in d.found)]
        if len(bare) == 1:
            return bare[0]
        titled = [d for d in fits if d.offices or d.roles]
        if len(titled) == 1:
            return titled[0]
        return None if len(fits) > 1 else fits[0]

    def _is_family_first(self, draft: Draft) -> bool:
        """Names with the family name first ("Kim Jong Un", "Xi Jinping"): no known given name stands first."""
        return draft.person is not None and bool(draft.person.given) and not gender_of(draft.person)

    def _learn(self, draft: Draft, title: str) -> None:
        """What a title tells of a person: role, office, country, sector."""
        if title:
            offices = offices_in(title)
            draft.offices |= offices
            if offices and title not in draft.roles:
                draft.roles.append(title)
            code = actor_code(spelled_out(title), date=self.date)
            draft.country = draft.country or code.country
            draft.sector = draft.sector or code.sector
        holder = holder_of(draft.name, self.date) or surname_holder(draft.name)
        if holder is not None:
            draft.gender = draft.gender or holder.gender
            draft.country = draft.country or holder.country
            if holder.holds_on(self.date):
                draft.sector = draft.sector or holder.sector
                draft.offices.add(OFFICE_CLASSES.get(holder.office, holder.office))

    # ------------------------------------------------------------ bodies and places

    def _other(self, found: Found) -> Draft:
        name = _clean(found.name)
        key = fold(name)
        kind = "place" if found.type in _PLACES else "body"
        for scope in (kind, "place" if kind == "body" else "body"):
            draft = self._keys.get((scope, key))
            if draft is not None:
                draft.found.append(found)
                return draft
        draft = self._keys.get(("initials", name)) if name.isupper() and len(name) > 2 else None
        draft = draft or (self._longer(name) if kind == "body" else None)
        if draft is not None:
            draft.found.append(found)
            self._keys[(kind, key)] = draft
            return draft
        draft = self.new(found, "name", found.type, name)
        self._keys[(kind, key)] = draft
        if kind == "body":
            self._enter_initials(draft, found, name)
        return draft

    def _longer(self, name: str) -> Draft | None:
        """An earlier body whose name begins with these words ("Harbour Workers" after "Harbour Workers Union"), when only one does."""
        if " " not in name:
            return self._ending(name)
        start = fold(name) + " "
        fits = [d for d in self.drafts if d.kind == "name" and d.type is EntityType.ORGANIZATION and fold(d.name).startswith(start)]
        return fits[0] if len(fits) == 1 else None

    def _ending(self, name: str) -> Draft | None:
        """An earlier body whose name ends with this word ("the Herald" after "the Ostrel Herald"), when only one does."""
        end = " " + fold(name)
        fits = [d for d in self.drafts if d.kind == "name" and d.type is EntityType.ORGANIZATION and fold(d.name).endswith(end)]
        return fits[0] if len(fits) == 1 and len(name) > _SHORTEST else None

    def _enter_initials(self, draft: Draft, found: Found, name: str) -> None:
        words = [w for w in re.findall(r"[^\W\d_]+", name) if w.lower() not in _SMALL]
        initials = "".join(w[0] for w in words).upper()
        if len(initials) > 2:
            self._keys.setdefault(("initials", initials), draft)
        tokens = self.tokens
        after = found.last + 1
        if (
            after + 2 < len(tokens)
            and tokens.words[after] == "("
            and tokens.words[after + 2] == ")"
            and tokens.words[after + 1].isupper()
        ):
            self._keys[("initials", tokens.words[after + 1])] = draft


def _is_slip(known: str, other: str) -> bool:
    """Whether a surname that stands by itself looks like a misspelt one ("Halden" after "Ines Haldan")."""
    return min(len(known), len(other)) >= _SLIP and known[0] == other[0] and distance(known, other, 1) == 1


def _gender_of_title(title: str) -> str:
    """``m`` or ``f`` where a word of the title tells ("wife", "chairman")."""
    for word in title.lower().split():
        noun = nouns().get(word)
        if noun is not None and noun.gender:
            return noun.gender
    return ""


def _clean(name: str) -> str:
    """The name with single spaces, without article, possessive ending and stray brackets."""
    bare = _EDGES.sub("", _SPACES.sub(" ", name).strip())
    return re.sub(r"\s*[()\[\]]\s*", " ", bare).strip(" ,;:.") or name
