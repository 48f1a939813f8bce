"""Phrases of actors and recipients: where they begin and end, and whether their heads can act.

Phrases are cut as people mark them: with articles, modifiers, who made or leads a thing ("a bill drafted by X") and the name or office of a
person in apposition, without relative clauses, other appositions after a comma or the preposition that introduces them.
"""

from crossread.calendar_words import MONTHS
from crossread.codebook.actors.tables import names, nouns
from crossread.codebook.plover import word_classes, word_list
from crossread.reading.tree import Tree
from crossread.vocabulary import EntityType

_CUT = ("nsubj", "aux", "acl:relcl", "parataxis", "cc", "conj", "dep", "discourse", "orphan", "advcl", "cop", "list", "vocative")
_OF_PEOPLES = ("ian", "ians", "ese")
_TIME_LABELS = ("obl:tmod", "nmod:tmod", "obl:unmarked", "nmod:unmarked")
_AGENT_ENDINGS = ("ers", "ors", "ists", "ians", "men", "ants", "ents")
_THINGS = frozenset(
    (
        "accidents", "agreements", "antennas", "banners", "bombers", "borders", "boulders", "bunkers", "centers", "centres",
        "comments", "computers", "containers", "documents", "doors", "elements", "errors", "events", "factors", "grants",
        "helicopters", "implants", "incidents", "investments", "letters", "matters", "members", "moments", "newspapers",
        "numbers", "offers", "orders", "others", "papers", "patents", "payments", "plants", "powers", "quarters", "rivers",
        "shipments", "statements", "talents", "tankers", "tents", "towers", "trailers", "trawlers", "warrants", "waters",
    )
)  # fmt: skip


ASIDES = frozenset(("(", "--", "–", "—"))
"""What opens an aside, which is no part of a phrase ("the mayor (in office since 2011)")."""


def phrase(tree: Tree, head: int, *, without: int | None = None) -> tuple[int, int]:
    """First and last word of the phrase of a head as people mark it: the head's group, cut at clauses and loose attachments.

    ``without`` is a word that stays out with all that depends on it: the participle that tells the act ("a ship seized by the navy").
    """
    if tree.deps[head] == "nmod:poss" or tree.tags[head] == "POS":
        return _possessor(tree, head)
    first = last = head
    todo = [head]
    while todo:
        i = todo.pop()
        for k in tree.kids[i]:
            if k == without or _is_cut(tree, i, k, head):
                continue
            todo.append(k)
            first, last = min(first, k), max(last, k)
    other = next((k for k in tree.kids[head] if tree.deps[k] == "conj" and head < k < last), None)
    if other is not None:  # "marchers and pupils around the town": what follows is of both
        last = max(head, min(tree.subtree(other)) - 1)
    if beside := _counted_beside(tree, head):
        last = max(head, min(tree.subtree(beside[0])) - 1)
    words = range(first, last + 1)
    outside = [k for k in words if k != head and not _under(tree, k, head)]
    if outside:  # a crossing attachment: keep the unbroken run around the head
        first = max((k + 1 for k in outside if k < head), default=first)
        last = min((k - 1 for k in outside if k > head), default=last)
    return _trim(tree, first, last, head)


def _possessor(tree: Tree, head: int) -> tuple[int, int]:
    words = [k for k in tree.subtree(head) if not (tree.deps[k] == "case" and tree.heads[k] == head)]
    first, last = min(words), max(words)
    return _trim(tree, first, max(last, head), head)


def _is_cut(tree: Tree, parent: int, k: int, head: int) -> bool:
    dep = tree.deps[k]
    if parent == head:
        return _is_cut_at_head(tree, k, head, dep)
    if dep in ("acl:relcl", "parataxis", "advcl"):
        return True
    return dep in _TIME_LABELS and tree.lemmas[k] in word_list("time_words")


def _is_cut_at_head(tree: Tree, k: int, head: int, dep: str) -> bool:
    if k > head and tree.words[min(tree.subtree(k))] in ASIDES:
        return True
    if dep == "appos":  # "the leader Milan Dret", "the leader, Milan Dret", but not "the port, a town of 9,000"
        parted = any(tree.deps[j] == "punct" for j in range(head + 1, tree.subtree(k)[0] + 1))
        return k < head or (parted and not _is_office_of(tree, head, k))
    if dep == "acl":  # "forces based in Klow", but not "a plane flying home"
        return not (
            k == head + 1 and (tree.tags[k] in ("VBN", "VBD") or tree.lower[k] in ("belonging", "living"))
        ) or _is_cut_short(tree, k)
    if dep == "punct":
        return tree.words[k] not in ("-", "–", "$", "’", "'", ".", "/")
    if dep in _CUT or dep == "cc:preconj":
        return True
    if dep == "case":
        return k < head
    if dep.startswith(("nmod", "obl")) and k > head and _is_loose(tree, k):
        return True
    if dep in ("mark", "advmod") and k > head:
        return True
    return dep in _TIME_LABELS and tree.lemmas[k] in word_list("time_words")


def _is_cut_short(tree: Tree, participle: int) -> bool:
    """Whether all that follows a participle stays out of the phrase ("four diplomats accused of spying")."""
    after = [k for k in tree.kids[participle] if k > participle and tree.deps[k] != "punct"]
    return bool(after) and all(tree.deps[k] in ("acl:relcl", "parataxis", "advcl") for k in after)


def _is_office_of(tree: Tree, head: int, apposed: int) -> bool:
    """Whether of two words in apposition one names a person and the other the office ("the envoy, Milan Dret")."""
    for role, other in ((head, apposed), (apposed, head)):
        noun = nouns().get(tree.lemmas[role])
        if noun is not None and noun.type is EntityType.PERSON and tree.tags[role] != "NNS" and tree.tags[other] in ("NNP", "NNPS"):
            return True
    return False


def _is_loose(tree: Tree, k: int) -> bool:
    if tree.preposition(k) in word_list("loose_prepositions") or tree.lemmas[k] in word_list("time_words"):
        return True
    head = tree.heads[k]
    if tree.preposition(k) == "with" and tree.deps[head] == "obj" and tree.lemmas[tree.heads[head]] == "threaten":
        return True
    if tree.preposition(k) == "of" and head + 1 < k and names().get(tree.words[head]) is not None:
        return True  # "accusations by Borduria of spying"
    if (
        tree.preposition(k) == "of"
        and tree.deps[head] in ("obj", "nsubj:pass")
        and tree.lemmas[tree.heads[head]] in word_list("of_verbs")
    ):
        return True
    if tree.preposition(k) == "from" and tree.deps[head] == "obj" and tree.lemmas[tree.heads[head]] in word_list("from_verbs"):
        return True
    if tree.preposition(k) == "to" and tree.lemmas[tree.heads[k]] in word_list("sent_to"):
        return False
    if tree.deps[head] == "nsubj" and head < k < tree.heads[head] and tree.preposition(k) in ("at", "for", "on"):
        return False  # before its verb a subject keeps what follows it ("teachers at 200 schools walked out")
    return is_animate(tree, head) and tree.preposition(k) in word_list("cut_after_people")


def _under(tree: Tree, i: int, top: int) -> bool:
    return i == top or top in tree.ancestors(i)


def _trim(tree: Tree, first: int, last: int, head: int) -> tuple[int, int]:
    while (
        first < head
        and (tree.deps[first] in ("punct", "cc", "case", "mark") or tree.tags[first] == "WP$" or not tree.words[first].strip())
        and tree.words[first] != "$"
    ):
        first += 1
    while (
        last > head
        and (tree.deps[last] in ("punct", "cc") or tree.words[last] in ("'s", "’s", "'", "’", ","))
        and tree.words[last] != "."
    ):
        last -= 1
    if first > 0 and tree.lower[first] in ("least", "most") and tree.lower[first - 1] == "at":
        first -= 1
    return first, _with_acronym(tree, last)


def _with_acronym(tree: Tree, last: int) -> int:
    """The end of a phrase moved over its short form in brackets ("the Council ( NSC )")."""
    opened = next((k for k in range(last, max(-1, last - 5), -1) if tree.words[k] in "()"), None)
    start = opened if opened is not None and tree.words[opened] == "(" else last + 1
    if start + 2 < len(tree) and tree.words[start] == "(":
        for k in range(start + 1, min(start + 5, len(tree))):
            if tree.words[k] == ")" and k > last:
                return k if any(w.isupper() for w in tree.words[start + 1 : k]) else last
    return last


def is_place_or_name(tree: Tree, i: int) -> bool:
    """Whether a word is a name or a demonym (names and their adjectives begin with a capital)."""
    if tree.tags[i] in ("NNP", "NNPS"):
        return True
    told = i not in tree.openers and i not in tree.titled
    return tree.words[i][:1].isupper() and tree.tags[i].startswith("JJ") and (told or _is_demonym(tree, i))


def _is_demonym(tree: Tree, i: int) -> bool:
    """Whether a word that any sentence could open with ("Heavy fighting") is a people's adjective ("Russian jets")."""
    word = tree.words[i]
    if names().get(word) is not None or word.endswith(_OF_PEOPLES):
        return True
    return any(other == word and k not in tree.openers and k not in tree.titled for k, other in enumerate(tree.words))


def is_actor_like(tree: Tree, i: int) -> bool:
    """Whether a noun can act: a name, a pronoun for people, a word for people or bodies."""
    if is_place_or_name(tree, i) or (tree.tags[i] == "PRP" and tree.deps[i] != "expl"):
        return True
    return (
        tree.lemmas[i] in word_list("role_nouns")
        or tree.lower[i] in word_list("role_nouns")
        or (tree.tags[i] == "CD" and tree.deps[i] != "nummod")
    )


def is_animate(tree: Tree, i: int) -> bool:
    """Whether a noun names people or bodies, by itself or by its ending ("strikers", "loyalists")."""
    if is_actor_like(tree, i) or tree.lemmas[i] in word_classes()["person"]:
        return True
    if tree.lemmas[i] in word_list("quantity"):  # "dozens of activists"
        return any(k > i and tree.preposition(k) == "of" and is_animate(tree, k) for k in tree.kids[i])
    return tree.tags[i] == "NNS" and tree.lower[i].endswith(_AGENT_ENDINGS) and tree.lower[i] not in _THINGS


def listed(tree: Tree, i: int) -> list[int]:
    """The word and all coordinated with it, also where the parse takes a list's middle for an apposition ("the bank, the state and X")."""
    found = list[int]()
    for part in tree.conjuncts(i):
        found.append(part)
        found += _counted_beside(tree, part)
        for k in tree.kids[part]:
            if tree.deps[k] == "appos" and _is_list_item(tree, part, k):
                found += tree.conjuncts(k)
    return found


def _counted_beside(tree: Tree, quantity: int) -> list[int]:
    """What is counted by itself behind a quantity ("thousands of farmers and 30 soldiers")."""
    if tree.lemmas[quantity] not in word_list("quantity"):
        return []
    of = [k for k in tree.kids[quantity] if tree.deps[k] == "nmod" and tree.preposition(k) == "of"]
    return [j for k in of for j in tree.conjuncts(k)[1:] if tree.child(j, "nummod") is not None]


def _is_list_item(tree: Tree, before: int, k: int) -> bool:
    """Whether what seems an apposition is the next of several: after a comma, with an "and" behind it, and no other word for the same."""
    first, parts = next(j for j in tree.subtree(k) if tree.deps[j] != "punct"), tree.conjuncts(k)
    if len(parts) < 2 or tree.words[first - 1] != "," or tree.lower[first] in ("a", "an") or _is_office_of(tree, before, k):
        return False
    joint = next((j for j in tree.kids[parts[-1]] if tree.deps[j] == "cc" and tree.lower[j] in ("and", "or")), None)
    if joint is None or not (is_animate(tree, before) and is_animate(tree, k)):
        return False
    named = tree.tags[before] == "NNS" and tree.tags[k] in ("NNP", "NNPS")  # "two states, Borduria and Syldavia"
    end = tree.subtree(k)[-1] + 1
    closed = end < len(tree) and tree.words[end] == ","
    return tree.words[joint - 1] == "," or not (named or closed)


def is_aside(tree: Tree, i: int) -> bool:
    """Whether a word in a prepositional phrase takes no part in an act: a time, or a set phrase ("in addition", "on charges")."""
    return is_time(tree, i) or f"{tree.preposition(i)}_{tree.lemmas[i]}" in word_list("idle_phrases")


_SEASONS = frozenset({"spring", "summer", "autumn", "fall", "winter"})


def is_time(tree: Tree, i: int) -> bool:
    """Whether a word names a time: a unit, a part of the day, a weekday, a month, a year or a day's number.

    A month's name without a preposition that acts or suffers is a person's ("May visited the king").
    """
    if tree.lower[i] in MONTHS and _takes_part(tree, i):
        return False
    return (
        tree.lemmas[i] in word_list("time_words")
        or tree.lower[i] in word_list("time_words")
        or (
            tree.lemmas[i] in _SEASONS
            and (tree.preposition(i) in ("in", "during", "by", "since") or tree.lower[i - 1] in ("this", "last"))
        )
        or (tree.tags[i] == "CD" and ((len(tree.words[i]) == 4 and tree.words[i].isdigit()) or _is_day_number(tree, i)))
    )


def _takes_part(tree: Tree, i: int) -> bool:
    first = next((k for k in reversed(tree.ancestors(i)) if i in tree.conjuncts(k)), i) if tree.deps[i] == "conj" else i
    return tree.deps[first] in ("nsubj", "nsubj:pass", "obj", "iobj") and tree.is_verb(tree.heads[first])


def _is_day_number(tree: Tree, i: int) -> bool:
    """Whether a number stands beside a month ("14 January", "March 31")."""
    return any(tree.lower[k] in MONTHS for k in (i - 1, i + 1) if 0 <= k < len(tree))
