"""Actors and recipients of event nouns ("the Ruritanian raid on Klow"), from light verbs, possessors, modifiers and prepositions."""

from crossread.codebook.actors.tables import names
from crossread.codebook.places import lookup
from crossread.codebook.plover import Sense, word_classes, word_list
from crossread.reading.control import agents, clause_subject, named_to_act, resolve_relative, subject_of_clause
from crossread.reading.party_phrases import is_actor_like, is_animate, is_aside, is_place_or_name, is_time
from crossread.reading.planners import drawn_from, own_act_of, planner, traveller
from crossread.reading.predicates import Predicate
from crossread.reading.taking_place import takes_place
from crossread.reading.tree import Tree
from crossread.vocabulary import EventType

_BLAMING = frozenset({"blame", "accuse", "condemn", "criticize", "criticise", "denounce", "punish", "fault", "thank", "praise", "suspect",
                      "convict", "sanction", "sentence", "jail", "imprison", "charge", "arrest", "detain", "try", "indict", "hang",
                      "execute", "acquit", "wanted"})  # fmt: skip
_PREFIXES = ("pro-", "anti-", "non-")
_OCCASIONS = frozenset({"after", "following", "during", "before", "in", "at", "ahead"})
_DONE_TO = frozenset({"assassination", "murder", "killing", "abduction", "kidnapping", "arrest", "detention", "execution", "imprisonment",
                      "conviction", "expulsion", "deportation", "extradition", "release", "dismissal", "beheading", "poisoning",
                      "lynching", "prosecution", "impeachment", "capture", "incarceration", "torture",
                      "remand", "indictment", "jailing", "ouster", "removal"})  # fmt: skip
_FIGHTERS = frozenset({"insurgent", "rebel", "militant"})
_COURSE = frozenset({"begin", "start", "resume", "continue", "go", "flow", "restart", "intensify"})
_PUTTING = frozenset({"put", "place", "keep", "hold", "remain"})
_HURTING = frozenset({"kill", "wound", "injure", "hurt", "maim"})
_DIRECTING = frozenset({"direct", "level", "aim", "make", "bring", "file", "impose", "target", "launch", "address"})
"""What is done with words and measures that reach somebody ("accusations levelled at the king", "sanctions imposed on the bank")."""
_MEDIA = frozenset({"twitter", "facebook", "instagram", "youtube", "tiktok", "telegram", "whatsapp"})
"""Where people quarrel or speak ("a Twitter feud"), who themselves do nothing there."""
_WATCHING = frozenset({"attend", "see", "watch", "cover", "witness"})
_BLAMED_WITH = frozenset({"for", "of", "over", "with", "in"})
_STRICKEN = frozenset({"dead", "wounded", "injured"})
_WARS = frozenset({"war", "conflict", "insurgency", "uprising", "unrest", "revolt", "rebellion", "revolution"})
"""What is named after its place ("the Borduria war"); who fights it "between" or "by" tells."""
_HARM = frozenset({"kill", "wound", "injure", "die", "hurt", "hit", "destroy", "damage", "massacre", "trap"})


def noun_arguments(tree: Tree, predicate: Predicate) -> tuple[list[int], list[int], list[str]]:
    """Head words of actors and recipients of an event noun, and the rules that found them."""
    head, sense = predicate.head, predicate.sense
    assert sense is not None
    rules: list[str] = []
    actors, recipients = _light_arguments(tree, predicate, rules)
    top = _top_noun(tree, head)
    groups = [k for i in dict.fromkeys((head, top)) for k in tree.kids[i]] + _shared(tree, head)
    if sense.label in ("release", "abduct"):  # who is swapped or freed does not do it
        groups = [k for k in groups if tree.deps[k] not in ("compound", "amod") or tree.lemmas[k] not in word_classes()["captive"]]
    if not actors and not recipients and tree.preposition(head) == "under":
        actors, recipients = _put_under(tree, head)
    if not recipients and (not actors or predicate.light is not None) and (recipients := _suffering(tree, head)):
        rules.append("possessive of who suffers")
        groups = [k for k in groups if k not in recipients]
    if not actors:
        actors = _noun_actors(tree, groups, sense, rules)
    if drawn := drawn_from(tree, head):
        actors, recipients = actors or drawn[0], recipients or drawn[1]
        rules.append("drawn from")
    if not actors:
        actors = _actors_of_clause(tree, head, sense, rules)
    sides = _sides(tree, groups, rules)
    if sides and actors and sense.label == "mediate":
        recipients = sides
    elif sides:
        if sense.mutual or sense.type is EventType.ASSAULT or not actors:
            actors = [*actors, *sides]
        else:
            recipients = recipients or sides
    if not recipients:
        recipients = _noun_recipients(tree, groups, predicate, sense, rules)
        harmed = [] if sides else _harmed(tree, head, sense, rules)
        recipients = [*recipients, *(i for i in harmed if i not in recipients)]
    if sense.type is EventType.ACCUSE:
        recipients = [k for k in recipients if tree.lower[k] not in _MEDIA]
    if not recipients and sense.label == "investigate" and "possessive" in rules:  # "the prosecutor's Borduria inquiry"
        recipients = [k for k in tree.kids[head] if tree.deps[k] == "compound" and is_place_or_name(tree, k) and k not in actors][
            :1
        ]
    if not recipients and sense.type is EventType.ACCUSE:
        clause = tree.child(head, "acl", "ccomp")
        recipients = [k for k in tree.children(clause, "nsubj") if is_animate(tree, k)] if clause is not None else []
    if not recipients and sense.type is EventType.REQUEST:
        asked = subject_of_clause(tree, head, "acl", "ccomp")
        recipients = [asked] if asked is not None and asked not in actors else _to_act(tree, head) or own_act_of(tree, head)
    if sense.mutual and not actors and "of-phrase" in rules:
        actors, recipients = recipients, []  # "a meeting of the ministers"
    if sense.mutual and len(actors) + len(recipients) > 1 and actors:
        actors, recipients = [*actors, *recipients], []
    return actors, recipients, rules


def _actors_of_clause(tree: Tree, head: int, sense: Sense, rules: list[str]) -> list[int]:
    """Who plans it, is on it, is blamed for it or attends it, as the clause around the noun tells."""
    if actors := planner(tree, head, sense):
        rules.append("subject of the plan")
    elif sense.mode == "visit" and (guest := traveller(tree, head)) is not None:
        actors = [resolve_relative(tree, guest)]
        rules.append("who is on it")
    elif sense.mutual and (side := _in_touch(tree, head)) is not None:
        actors = [side]
        rules.append("who is in touch")
    elif actors := _blamed(tree, head):
        rules.append("blamed for it")
    elif sense.mutual and (actors := _attending(tree, head)):
        rules.append("subject of the clause")
    return actors


def _shared(tree: Tree, head: int) -> list[int]:
    """What coordinated event nouns share ("the army's bombing and siege of the port"): the first's modifiers, the last's "of"-phrase."""
    if tree.deps[head] == "conj" and tree.is_noun(tree.heads[head]):
        if any(tree.deps[k] in ("det", "nmod:poss") for k in tree.kids[head]):
            return []  # "the king's trip and the police raid"
        first = tree.heads[head]
        before = [k for k in tree.kids[first] if k < first and tree.deps[k] in ("nmod:poss", "compound", "amod")]
        return before + [k for k in tree.kids[first] if k > head and tree.preposition(k) == "of"]
    last = tree.conjuncts(head)[-1]
    return [] if last == head else [k for k in tree.kids[last] if k > last and tree.deps[k] == "nmod"]


def _top_noun(tree: Tree, head: int) -> int:
    """The quantity noun above ("a series of attacks")."""
    if tree.deps[head] == "nmod" and tree.preposition(head) == "of" and tree.lemmas[tree.heads[head]] in word_list("quantity"):
        return tree.heads[head]
    return head


def _to_act(tree: Tree, head: int) -> list[int]:
    """Who is to do what a noun calls for ("the call for the king to step down")."""
    clause = tree.child(head, "acl")
    named = named_to_act(tree, head, clause) if clause is not None else None
    return [named] if named is not None else []


def _light_arguments(tree: Tree, predicate: Predicate, rules: list[str]) -> tuple[list[int], list[int]]:
    light = predicate.light
    if light is None:
        return [], []
    lemma = tree.lemmas[light]
    if tree.is_passive(light):
        found = agents(tree, light)
        if found:
            rules.append("agent of the light verb")
        return found, []
    subject, _ = clause_subject(tree, light)
    watched = lemma in _WATCHING and predicate.sense is not None and predicate.sense.type is EventType.PROTEST
    if subject is None or subject == predicate.head or watched:
        return [], []
    had = (
        lemma == "have"
        and bool(_sources(tree, light, predicate.head))
        and predicate.sense is not None
        and not predicate.sense.mutual
    )
    undergone = (
        lemma in word_list("passive_light") and tree.deps[predicate.head] != "obl"
    )  # who "gets into" a feud takes part in it
    if had or undergone or (lemma == "come" and tree.preposition(predicate.head) == "under"):
        rules.append("subject undergoes")
        return _sources(tree, light, predicate.head), [subject]
    rules.append("subject of the light verb")
    iobj = tree.child(light, "iobj")
    return [subject], [iobj] if iobj is not None else []


def _noun_actors(tree: Tree, groups: list[int], sense: Sense, rules: list[str]) -> list[int]:
    for k in groups:
        if tree.deps[k] in ("nmod", "obl:agent", "obl") and tree.preposition(k) == "by":
            rules.append("by-phrase")
            return [k]
    for k in groups:
        if tree.deps[k] == "nmod:poss":
            rules.append("possessive")
            return [k]
    if sense.type is EventType.REQUEST:
        for k in groups:
            if tree.deps[k] == "nmod" and tree.preposition(k) == "of" and is_actor_like(tree, k):
                rules.append("of-phrase")
                return [k]  # "at the request of the king"
    body = _body_modifier(tree, groups)
    if body is not None and not (sense.mode == "visit" and tree.lemmas[body] == "state"):  # "a state visit"
        rules.append("modifier")
        return [body]
    for k in groups:
        led = _led_by(tree, k)
        if led is not None:
            rules.append("led or backed by")
            return [led]
    for k in groups:
        if (
            tree.deps[k] in ("compound", "amod", "nmod")
            and tree.preposition(k) is None
            and is_place_or_name(tree, k)
            and tree.words[k][:1].isupper()
            and not is_time(tree, k)
            and tree.lower[k] not in _MEDIA
            and not _is_namesake(tree, k)
        ):
            rules.append("modifier")
            return [k]
    for k in groups:
        if sense.type is EventType.RETREAT:
            break  # from where they leave
        if tree.deps[k] == "nmod" and tree.preposition(k) == "from" and is_actor_like(tree, k):
            rules.append("from-phrase")
            return [k]
    return []


def dealt_with(tree: Tree, matter: int, sense: Sense | None) -> list[int]:
    """With whom it is that something is cut off ("a freeze on trade with Borduria", "a ban on flights to Borduria"); else the thing."""
    if sense is None or sense.type not in (EventType.SANCTION, EventType.COERCE) or is_animate(tree, matter):
        return [matter]
    sides = [
        k for k in tree.kids[matter] if tree.deps[k] == "nmod" and tree.preposition(k) in ("with", "to") and is_animate(tree, k)
    ]
    return sides[:1] or [matter]


def is_placed(tree: Tree, head: int) -> bool:
    """Whether fighting is told by its place ("the Borduria war", "the violence in Borduria")."""
    for k in tree.kids[head]:
        if tree.preposition(k) == "in" and not is_time(tree, k) and any(is_place_or_name(tree, j) for j in tree.subtree(k)):
            return True
        if tree.deps[k] in ("compound", "amod") and is_place_or_name(tree, k) and _is_namesake(tree, k):
            return True
    return False


def _is_namesake(tree: Tree, k: int) -> bool:
    """Whether a war or march is named after its place ("the Borduria war", not "the Syldavia-Borduria war")."""
    noun = tree.heads[k]
    if tree.deps[k] == "compound" and _is_town(tree, k):
        return True  # "the London march", "a Baghdad bombing"
    known = names().get(tree.words[k])
    if tree.deps[k] == "amod" and (known is None or known.kind != "adjective"):
        return False  # "the Shi'ite uprising"
    joined = any(mark in tree.words[k] for mark in "-–") or any(word in ("-", "–") for word in tree.words[max(0, k - 1) : k + 2])
    return tree.lemmas[noun] in _WARS and not joined


def _is_town(tree: Tree, k: int) -> bool:
    """Whether a name is that of a town or a region and of nobody who acts (a state, a body)."""
    words = [i for i in tree.subtree(k) if i <= k]
    name = "".join(tree.words[words[0] : k + 1]) if len(words) == 1 else " ".join(tree.words[i] for i in words)
    known = names().get(name)
    if known is not None and known.kind == "region":
        return tree.tags[k] in ("NNP", "NNPS")
    return (known is None or known.kind in ("capital", "area")) and bool(lookup(name)) and tree.tags[k] in ("NNP", "NNPS")


def _suffering(tree: Tree, head: int) -> list[int]:
    """The possessor of a noun for what is done to somebody ("his assassination"), unless an "of"-phrase says to whom."""
    if tree.lemmas[head] not in _DONE_TO or any(tree.preposition(k) == "of" for k in tree.kids[head]):
        return []
    return [k for k in tree.kids[head] if tree.deps[k] == "nmod:poss"]


def _put_under(tree: Tree, head: int) -> tuple[list[int], list[int]]:
    """Who puts whom under something ("was placed under house arrest", "the army put the town under curfew")."""
    verb = tree.heads[head]
    if tree.deps[head] != "obl" or tree.lemmas[verb] not in _PUTTING:
        return [], []
    if tree.is_passive(verb):
        found = tree.child(verb, "nsubj:pass", "nsubj")
        return agents(tree, verb), [found] if found is not None else []
    subject, _ = clause_subject(tree, verb)
    return [subject] if subject is not None else [], tree.children(verb, "obj")


def _body_modifier(tree: Tree, groups: list[int]) -> int | None:
    """A word for a body before an event noun ("government offensive", "rebel rocket attacks")."""
    before = [
        j for k in groups if tree.deps[k] == "compound" for j in (k, *(j for j in tree.kids[k] if tree.deps[j] == "compound"))
    ]
    bodies = word_list("role_nouns")
    counted = {k for k in before if any(tree.tags[j] == "CD" for j in tree.kids[k])}  # "a three-nation visit"
    before += [k for k in groups if tree.deps[k] == "amod" and tree.lower[k] in _FIGHTERS]
    return next((k for k in before if k not in counted and tree.lemmas[k] in bodies and not _is_prefixed(tree, k)), None)


def _is_prefixed(tree: Tree, i: int) -> bool:
    """Whether a word is the second half of "pro-government" and the like."""
    return tree.lower[i].startswith(_PREFIXES) or (i > 1 and tree.words[i - 1] == "-" and tree.lower[i - 2] + "-" in _PREFIXES)


def _blamed(tree: Tree, head: int) -> list[int]:
    """Who is blamed, thanked or punished for what a noun names ("blamed the army for the shelling")."""
    verb = tree.heads[head]
    if tree.deps[head] == "nmod" and tree.preposition(head) == "for" and tree.deps[verb] in ("obl", "nmod"):
        verb = next((i for i in tree.ancestors(verb)[:3] if tree.is_verb(i)), verb)  # "sentenced to ten years for the murder"
    elif tree.deps[head] != "obl":
        return []
    if tree.preposition(head) not in _BLAMED_WITH or tree.lemmas[verb] not in _BLAMING:
        return []
    found = tree.child(verb, "nsubj:pass") if tree.is_passive(verb) else tree.child(verb, "obj", "iobj")
    return [found] if found is not None else []


def _in_touch(tree: Tree, head: int) -> int | None:
    """Who "is in contact" or "in talks" with somebody."""
    touching = tree.preposition(head) == "in" and tree.child(head, "cop") is not None
    return tree.child(head, "nsubj") if touching else None


def _attending(tree: Tree, head: int) -> list[int]:
    """Whose meeting it is where a clause only names the other side ("after a meeting with X, the envoy said")."""
    verb = tree.heads[head]
    if not any(tree.preposition(k) == "with" for k in tree.kids[head]) or not tree.is_verb(verb) or tree.deps[head] != "obl":
        return []
    subject = tree.child(verb, "nsubj") if tree.preposition(head) in _OCCASIONS else None
    return [subject] if subject is not None and is_animate(tree, subject) else []


def _sources(tree: Tree, light: int, noun: int) -> list[int]:
    """Who a noun that somebody undergoes comes from ("came under attack from militants")."""
    near = [k for i in (noun, light) for k in tree.kids[i] if tree.deps[k] in ("nmod", "obl")]
    return [k for k in near if tree.preposition(k) in ("from", "by") and is_animate(tree, k)][:1]


def _harmed(tree: Tree, head: int, sense: Sense, rules: list[str]) -> list[int]:
    """Who is killed or hurt in what a noun names ("ten people died in the raid", "were killed by shelling", "strikes killed ten")."""
    verb = tree.heads[head]
    if sense.type is EventType.ASSAULT and (victims := _victims(tree, head)):
        rules.append("harmed by it")
        return victims
    if sense.type is not EventType.ASSAULT or tree.deps[head] not in ("obl", "obl:agent") or tree.lemmas[verb] not in _HARM:
        return []
    if tree.is_passive(verb):
        found = tree.child(verb, "nsubj:pass", "nsubj")
    else:
        found = tree.child(verb, "nsubj") if tree.lemmas[verb] == "die" else tree.child(verb, "obj")
    if found is None and tree.is_passive(verb) and tree.deps[verb] == "acl":
        found = tree.heads[verb]
    if found is not None:
        rules.append("harmed in it")
    return [found] if found is not None else []


def _victims(tree: Tree, head: int) -> list[int]:
    """People that an attack, as the subject or in a relative clause, is said to have killed or hurt ("the raid hit a school, killing six")."""
    verbs = [tree.heads[head]] if tree.deps[head] == "nsubj" else []
    verbs += [
        k
        for k in tree.kids[head]
        if tree.deps[k] == "acl:relcl" and tree.lower[tree.child(k, "nsubj") or head] in ("that", "which")
    ]
    verbs += [k for v in verbs for k in tree.kids[v] if tree.deps[k] == "advcl" and tree.tags[k] == "VBG"]
    for verb in verbs:
        left = tree.lemmas[verb] == "leave" and any(tree.lower[k] in _STRICKEN for k in tree.subtree(verb))
        if tree.is_passive(verb) or not (left or tree.lemmas[verb] in _HURTING):
            continue
        found = [k for k in tree.kids[verb] if tree.deps[k] == "obj" and (is_animate(tree, k) or tree.tags[k] in ("CD", "NNS"))]
        if found:
            return found
    return []


def _led_by(tree: Tree, k: int) -> int | None:
    """The name in "X-led" or "X-backed"."""
    if tree.lemmas[k] in ("lead", "led", "back", "backed") and tree.deps[k] in ("amod", "acl"):
        for j in tree.kids[k]:
            if j < k and tree.words[j][:1].isupper():
                return j
    return None


def _sides(tree: Tree, groups: list[int], rules: list[str]) -> list[int]:
    behind = [j for k in groups if tree.preposition(k) in ("in", "at", "near", "on", "over") for j in tree.kids[k]]
    for k in (*groups, *behind):  # "clashes in the port between police and dockers"
        if tree.deps[k] == "nmod" and tree.preposition(k) in ("between", "among") and is_animate(tree, k):
            rules.append("between-phrase")
            return [k]
    return []


def _noun_recipients(tree: Tree, groups: list[int], predicate: Predicate, sense: Sense, rules: list[str]) -> list[int]:
    near = [
        *groups,
        *(j for k in groups if tree.preposition(k) == "by" for j in tree.kids[k] if tree.preposition(j) in ("on", "against")),
    ]
    near += [
        j
        for k in tree.kids[predicate.head]
        if tree.deps[k] == "acl" and tree.lemmas[k] in _DIRECTING
        for j in tree.kids[k]
        if tree.preposition(j) in ("at", "against", "on", "to")
    ]
    if predicate.light is not None:
        near += [k for k in tree.kids[predicate.light] if tree.deps[k].startswith("obl") and k != predicate.head]
    elif tree.deps[head := predicate.head] == "nsubj" and (  # "strikes resumed on the port", "talks took place with the rebels"
        tree.lemmas[tree.heads[head]] in _COURSE or (sense.mutual and takes_place(tree, head))
    ):
        near += tree.children(tree.heads[head], "obl")
    elif tree.deps[head] == "obj" and sense.type is EventType.SANCTION:  # "a text toughening sanctions on X"
        near += [k for k in tree.kids[tree.heads[head]] if tree.deps[k] == "obl" and tree.preposition(k) in ("on", "against")]
    for prep in dict.fromkeys(
        (*sense.to, "against", "on", "with", "to", "of", *(("at",) if sense.type is EventType.ACCUSE else ()))
    ):
        for k in near:
            if tree.deps[k] in ("nmod", "obl", "obl:agent") and tree.preposition(k) == prep and not is_aside(tree, k):
                inside = sense.type is not EventType.ASSAULT and is_place_or_name(
                    tree, k
                )  # an attack in a country is not one on it
                fits = inside if prep == "in" else prep in sense.to or is_actor_like(tree, k)
                fits = fits or (sense.type is EventType.ACCUSE and prep == "on" and tree.child(k, "nmod:poss") is not None)
                if fits:
                    rules.append(f"{prep}-phrase")
                    return dealt_with(tree, k, sense)
    return []
