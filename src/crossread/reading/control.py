"""Who does what a verb without a subject of its own says: control, raising, participles, relative clauses."""

from crossread.codebook.plover import word_list
from crossread.reading.clause_forms import is_imperative, is_subjunctive
from crossread.reading.party_phrases import is_actor_like, is_animate, is_time
from crossread.reading.tree import Tree

_NO_AGENT = frozenset({"according", "at", "against", "to", "on", "in", "for", "into"})
_SENDING = frozenset({"send", "dispatch"})
_NUMBERED = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "latest", "only", "last"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})


def has_to(tree: Tree, i: int) -> bool:
    """Whether a verb is a "to" infinitive."""
    return any(tree.lower[k] == "to" and tree.deps[k] == "mark" for k in tree.kids[i])


def _nearest_noun(tree: Tree, pronoun: int, head: int) -> int:
    """The noun right before a relative pronoun where the parse ties it to a farther one that does not hold it ("18 after a fire that")."""
    near = pronoun - 1 if tree.words[pronoun - 1] != "," else pronoun - 2
    if near < 0 or near == head or not tree.tags[near].startswith("NN") or head in tree.ancestors(near) or near < head:
        return head
    return near


def resolve_relative(tree: Tree, i: int) -> int:
    """The noun that a relative pronoun stands for, else the word itself."""
    if tree.lower[i] not in _RELATIVE or tree.tags[i] not in ("WP", "WDT", "WP$", "IN", "DT"):
        return i
    verb = tree.heads[i]
    for _ in range(4):
        if tree.deps[verb] == "acl:relcl":
            return _nearest_noun(tree, i, tree.heads[verb])
        if tree.heads[verb] == verb:
            break
        verb = tree.heads[verb]
    return i


def speaker_for(tree: Tree, i: int) -> int:
    """The speaker, for a pronoun that is the subject of what is said ("the rebels said they will"); else the word itself."""
    verb = tree.heads[i]
    if tree.lower[i] not in ("it", "he", "she", "they") or not tree.deps[i].startswith("nsubj"):
        return i
    for _ in range(3):
        if tree.deps[verb] not in ("conj", "xcomp"):
            break
        verb = tree.heads[verb]
    above = tree.heads[verb]
    if tree.deps[verb] != "ccomp" or tree.lemmas[above] not in word_list("saying") or is_subjunctive(tree, verb):
        return i
    speaker = tree.child(above, "nsubj")
    if speaker is None or tree.tags[speaker].startswith(("PRP", "W")):
        return i
    if tree.lower[i] in ("he", "she") and _is_quoted(tree, i) and not _is_quoted(tree, speaker):
        return i  # nobody calls himself "he" in his own words
    plural = tree.tags[speaker] in ("NNS", "NNPS") or tree.child(speaker, "conj") is not None
    return i if plural and tree.lower[i] != "they" else speaker


def _is_quoted(tree: Tree, i: int) -> bool:
    """Whether a word stands in a quotation of its sentence: the next mark before it opens one, or the next one after it closes one."""
    first, last = next(((a, b) for a, b in tree.sentences if a <= i < b), (i, i + 1))
    marks = {"“": 1, "”": -1, "``": 1, "''": -1}
    before = [tree.words[k] for k in range(first, i) if tree.words[k] in ("“", "”", "``", "''", '"')]
    after = [tree.words[k] for k in range(i + 1, last) if tree.words[k] in ("“", "”", "``", "''", '"')]
    if '"' in (*before, *after):
        return len(before) % 2 == 1
    return marks.get(before[-1], 0) > 0 if before else bool(after) and marks.get(after[0], 0) < 0


def subject_above(tree: Tree, pronoun: int) -> int | None:
    """The subject of the clause above that "they" or "it" of a dependent clause can mean: of the same number, no pronoun itself."""
    word, verb = tree.lower[pronoun], tree.heads[pronoun]
    if word not in ("they", "it", "their", "its", "them"):
        return None
    if tree.tags[pronoun] == "PRP$" and not tree.is_verb(verb):  # "the marchers protested against their detention"
        verb = next((i for i in tree.ancestors(verb) if tree.is_verb(i)), verb)
        owner = tree.child(verb, "nsubj", "nsubj:pass")
        if (
            owner is not None
            and owner < pronoun
            and tree.tags[owner] in ("NNS", "NNPS")
            and word == "their"
            and is_animate(tree, owner)
        ):
            return owner
    for _ in range(4):
        above, dep = tree.heads[verb], tree.deps[verb]
        if dep not in ("advcl", "ccomp", "acl", "conj", "xcomp", "acl:relcl") or above == verb:
            return None
        told = _object_controller(tree, above) if dep == "xcomp" and has_to(tree, verb) else None
        if told is not None and tree.tags[told] in ("NNP", "NN") and word in ("it", "its") and told < pronoun:
            return told  # "warned Borduria to end its siege"
        if dep == "acl" and tree.lemmas[above] in word_list("speech_nouns"):
            return next((k for k in tree.kids[above] if tree.deps[k] in ("nmod:poss", "compound", "amod")), None)
        subject = tree.child(above, "nsubj", "nsubj:pass") if dep != "conj" else None
        paired = subject is not None and tree.child(subject, "conj") is not None
        if subject is not None and (paired or not tree.tags[subject].startswith(("PRP", "W", "DT", "EX"))):
            several = tree.tags[subject] in ("NNS", "NNPS") or tree.child(subject, "conj") is not None
            return subject if several == (word in ("they", "their", "them")) and is_animate(tree, subject) else None
        verb = above
    return None


def controller_of(tree: Tree, pronoun: int) -> int | None:
    """Whom the syntax makes a pronoun of an infinitive or participle mean: its owner is who acts there ("urged Orel to cancel his trip"),
    its partner is who asks for it ("invited Orel to meet him")."""
    word, head = tree.lower[pronoun], tree.heads[pronoun]
    if word not in ("his", "her", "him"):
        return None
    owner = tree.tags[pronoun] == "PRP$" and tree.deps[pronoun] == "nmod:poss" and tree.deps[head] == "obj"
    verb = tree.heads[head] if owner else head
    if not tree.tags[verb].startswith("VB"):
        return None
    subject, rule = clause_subject(tree, verb)
    if subject is None or rule not in ("object control", "participle"):
        return None
    if owner:
        bound = rule == "object control" or tree.deps[verb] == "acl"
        return subject if bound and _is_one_person(tree, subject) else None
    if rule != "object control" or tree.lemmas[verb] not in ("meet", "join", "see", "visit", "help", "advise", "talk", "speak"):
        return None
    asking = tree.heads[verb]
    asker, _ = clause_subject(tree, asking) if tree.lemmas[asking] in ("invite", "ask", "urge", "persuade") else (None, "")
    return asker if asker is not None and asker != subject and _is_one_person(tree, asker) else None


def _is_one_person(tree: Tree, i: int) -> bool:
    """Whether a word is a name or an office that one person may bear, and no pronoun."""
    if tree.tags[i] not in ("NN", "NNP") or tree.child(i, "conj") is not None:
        return False
    return is_animate(tree, i) and tree.lemmas[i] not in ("government", "country", "state", "party", "group", "army", "company")


def only_plural_before(tree: Tree, pronoun: int) -> int | None:
    """The only people, in the plural and as a subject, that the sentence names before "they" or "them"."""
    if tree.lower[pronoun] not in ("they", "them"):
        return None
    first = max((start for start, _ in tree.sentences if start <= pronoun), default=0)
    several = [i for i in range(first, pronoun) if tree.tags[i] in ("NNS", "NNPS") and is_animate(tree, i)]
    subjects = [i for i in several if tree.deps[i] in ("nsubj", "nsubj:pass")]
    return subjects[0] if len(several) == len(subjects) == 1 else None


def _speaker_of_clause(tree: Tree, verb: int, found: int) -> int | None:
    """Who says what a clause "while hosting the king" is hung to, where the clause's own subject is no person ("said talks had begun")."""
    above = tree.heads[verb]
    marked = any(tree.lower[k] in ("while", "when", "after", "before", "during") for k in tree.kids[verb])
    if tree.tags[verb] != "VBG" or tree.deps[verb] != "advcl" or not marked or is_animate(tree, found):
        return None
    if tree.deps[above] != "ccomp":
        return None
    speaker = tree.child(tree.heads[above], "nsubj")
    return speaker if speaker is not None and is_animate(tree, speaker) else None


def _agent_above(tree: Tree, verb: int, passive: int, subject: int) -> int | None:
    """Who does what a clause tells that goes with a passive about a thing ("was arranged by the king without asking them")."""
    if tree.tags[verb] != "VBG" or tree.deps[verb] != "advcl" or not tree.is_passive(passive) or is_animate(tree, subject):
        return None
    return next(iter(agents(tree, passive)), None)


def _is_order(tree: Tree, verb: int) -> bool:
    """Whether a clause tells somebody to act (saying, "Please release them")."""
    bare = tree.tags[verb] == "VB" and tree.deps[verb] in ("ccomp", "parataxis")
    opens = verb in tree.openers or (verb > 0 and tree.words[verb - 1] in ("“", "‘", '"', "'", "``"))
    return (
        bare
        and (opens or tree.lemmas[tree.heads[verb]] in word_list("saying"))
        and tree.child(verb, "aux", "mark", "nsubj") is None
    )


def clause_subject(tree: Tree, verb: int) -> tuple[int | None, str]:
    """The understood subject of a verb and the rule that gives it."""
    if is_imperative(tree, verb):
        return None, ""
    i = verb
    for _ in range(6):
        own = next((k for k in tree.kids[i] if tree.deps[k] in ("nsubj", "nsubj:pass")), None)
        if own is not None:
            if i != verb and (speaker := _speaker_of_clause(tree, verb, own)) is not None:
                return speaker, "control"
            if i != verb and (agent := _agent_above(tree, verb, i, own)) is not None:
                return agent, "control"
            return resolve_relative(tree, own), "subject" if i == verb else "control"
        dep, head = tree.deps[i], tree.heads[i]
        if _is_order(tree, i):
            break
        if (judged := _judged_for(tree, i)) is not None:
            return judged, "object control"
        if head == i or dep == "csubj" or (i != verb and tree.child(i, "csubj") is not None):
            break
        if is_one_of_several(tree, i):
            told_of = tree.child(head, "nsubj") if tree.child(head, "cop") is not None else head
            return (told_of if told_of is not None else head), "one of several"
        if dep == "advcl" and has_to(tree, i) and tree.deps[head] == "root" and tree.is_noun(head) and is_actor_like(tree, head):
            return head, "headline infinitive"
        if dep == "acl" and (seen := _seen_doing(tree, i, head)) is not None:
            return seen, "participle"
        if dep == "acl" or dep == "amod":
            about = tree.tags[i] == "VBG" and any(tree.lower[k] in ("in", "of", "for", "on", "about") for k in tree.kids[i])
            if has_to(tree, i) and tree.deps[head] == "root" and is_actor_like(tree, head):
                return head, "headline infinitive"  # "King to visit Klow in July"
            if has_to(tree, i) and (named := named_to_act(tree, head, i)) is not None:
                return named, "who is to act"
            if has_to(tree, i) or about or tree.lemmas[head] in word_list("speech_nouns"):
                return _bearer(tree, head)
            told_of = tree.child(head, "nsubj") if tree.child(head, "cop") is not None and tree.tags[i] == "VBG" else None
            return (told_of, "control") if told_of is not None else (head, "participle")
        if dep == "acl:relcl":
            return head, "relative"
        if dep in ("xcomp", "ccomp", "advcl") and has_to(tree, i):
            controller = _object_controller(tree, head)
            if controller is not None:
                return controller, "object control"
        elif dep == "advcl" and tree.tags[i] not in ("VBG", "VBN", "VB"):
            break
        elif dep in ("xcomp", "ccomp"):
            controller = _object_controller(tree, head) if dep == "xcomp" or tree.tags[i] == "VBG" else None
            if controller is not None:
                return controller, "object control"
        elif dep == "advcl" and any(tree.lower[k] in ("of", "from", "into", "for") for k in tree.kids[i]):
            obj = tree.child(head, "obj", "iobj", "nsubj:pass")
            if obj is not None and tree.lemmas[head] in word_list("object_control"):
                return obj, "object control"
        elif dep not in ("conj", "parataxis", "advcl", "obl") and not (dep == "advmod" and tree.lower[i] == "short"):
            break
        i = head
    return None, ""


def _seen_doing(tree: Tree, verb: int, noun: int) -> int | None:
    """Who does it in "signs of Dret softening it", "the sight of police beating them", where signs do nothing."""
    near = verb - 1
    of = near > noun and tree.deps[near] == "nmod" and tree.heads[near] == noun and tree.preposition(near) == "of"
    return near if of and tree.tags[verb] == "VBG" and is_animate(tree, near) and not is_animate(tree, noun) else None


def _judged_for(tree: Tree, verb: int) -> int | None:
    """Who is thanked, fined or put under sanctions "for" doing something: whoever the words before "for" name."""
    if tree.tags[verb] != "VBG" or tree.deps[verb] not in ("advcl", "acl"):
        return None
    mark = next((k for k in tree.kids[verb] if tree.lower[k] == "for" and tree.deps[k] in ("mark", "case") and k > 0), None)
    if mark is None:
        return None
    last = mark - 1
    for k in (last, *tree.ancestors(last)):
        below = [j for j in tree.subtree(k) if j < mark]
        if below[-1] != last or tree.is_verb(k):
            break
        named = tree.deps[k] in ("obj", "iobj") or (
            tree.deps[k] in ("obl", "nmod") and tree.preposition(k) in ("on", "upon", "against", "at")
        )
        if named and is_actor_like(tree, k):
            return k
    judged = tree.child(tree.heads[verb], "obj")
    return judged if judged is not None and is_animate(tree, judged) else None  # "sentenced Orel to five years for attacking"


def is_asserted(tree: Tree, clause: int | None) -> bool:
    """Whether a clause says what is so, not what must be done ("insists it never sold arms", not "insists that they leave")."""
    if clause is None:
        return False
    helpers = {tree.lower[k] for k in tree.kids[clause] if tree.deps[k] in ("aux", "aux:pass", "cop")}
    if helpers & {"must", "should", "ought", "be"}:
        return False
    return bool(helpers) or tree.tags[clause] in ("VBD", "VBZ", "VBN")


def subject_of_clause(tree: Tree, head: int, *deps: str) -> int | None:
    """The subject of a finite clause below a word, where it can act ("insisted that Borduria withdraw")."""
    clause = tree.child(head, *deps)
    subject = tree.child(clause, "nsubj", "nsubj:pass") if clause is not None else None
    return subject if subject is not None and is_actor_like(tree, subject) else None


def _object_controller(tree: Tree, head: int) -> int | None:
    if tree.lemmas[head] in _SENDING:
        sent = tree.child(head, "obj")
        return sent if sent is not None and is_actor_like(tree, sent) else None
    if tree.lemmas[head] not in word_list("object_control"):
        return None
    found = tree.child(head, "obj", "iobj")
    if tree.lemmas[head] == "call" and found is not None and tree.lower[tree.subtree(found)[0] - 1] not in ("on", "upon", "for"):
        return None  # "called the king to thank him": whoever calls thanks
    if found is None:
        obliques = [
            k
            for k in tree.kids[head]
            if tree.deps[k].startswith("obl") and tree.preposition(k) in ("on", "upon", "to", "with", "for")
        ]
        found = obliques[0] if obliques else tree.child(head, "nsubj:pass")
        if found is None and tree.deps[head] == "acl" and tree.is_passive(head):
            found = tree.heads[head]  # "the general, accused of ordering it"
    return found


def is_one_of_several(tree: Tree, verb: int) -> bool:
    """Whether a clause tells what somebody did first, or as the latest ("the second envoy to be shot", "the only state to object")."""
    noun = tree.heads[verb]
    if tree.deps[verb] not in ("acl", "xcomp", "advcl") or not has_to(tree, verb):
        return False
    if not tree.is_noun(noun) and tree.tags[noun] != "JJS":
        return False
    near = [k for k in tree.kids[noun] if k < verb]
    return tree.tags[noun] == "JJS" or any(tree.lower[k] in _NUMBERED or tree.tags[k] == "JJS" for k in near)


def named_to_act(tree: Tree, noun: int, verb: int) -> int | None:
    """Who is to do what a noun asks for ("the call for the rebels to leave")."""
    to = next((k for k in tree.kids[verb] if tree.lower[k] == "to" and tree.deps[k] == "mark"), None)
    for k in tree.kids[noun] if to is not None else ():
        if to is None or not noun < k < to or tree.deps[k] != "nmod":
            continue
        below = tree.subtree(k)
        asked = tree.preposition(k) in ("for", "on") or tree.lower[below[0] - 1] == "for"  # the parse may see a mark
        if asked and below[-1] == to - 1:
            return k if is_actor_like(tree, k) else None
    return None


def _bearer(tree: Tree, noun: int) -> tuple[int | None, str]:
    """Whose plan, decision or call it is: the possessor, else the subject of the verb that the noun depends on."""
    possessor = tree.child(noun, "nmod:poss")
    if possessor is not None:
        return possessor, "possessive"
    verb = tree.heads[noun]
    if tree.deps[noun] in ("obj", "xcomp") and tree.is_verb(verb):
        given = tree.child(verb, "iobj")
        if given is not None:  # "offered the rebels a chance to surrender"
            return given, "object control"
        found, _ = clause_subject(tree, verb)
        return found, "control"
    return None, ""


def agents(tree: Tree, head: int) -> list[int]:
    """The "by"-phrases of a verb that say who acts."""
    found = []
    for k in tree.kids[head]:
        by = tree.deps[k] in ("obl", "nmod") and tree.preposition(k) == "by" and not is_time(tree, k)
        if by or (tree.deps[k] == "obl:agent" and tree.preposition(k) not in _NO_AGENT):
            found.append(k)
    return found
