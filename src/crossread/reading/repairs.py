"""What grammar says against single labels of the parse: late speakers in a list, two objects read as one, agents behind a noun,
bodies that are led, labels of parties.

Each repair looks at one word and moves it; `repair` runs them over a tree whose dependents are known.
"""

from typing import TYPE_CHECKING

from crossread.codebook.plover import predicates, word_list

if TYPE_CHECKING:
    from crossread.reading.tree import Tree

_NAMING = frozenset({"brand", "label", "call", "declare", "dub", "deem", "name", "elect", "appoint"})
_GIVING = frozenset({"lend", "give", "grant", "offer", "pay", "owe", "send", "award", "promise", "pledge"})
_LEADING = frozenset({"lead", "back", "support", "dominate", "ally", "control", "run"})
_PARTIES = frozenset({"R", "D", "I", "Lab", "Con", "Lib"})
"""Parties as they stand before a hyphen and a state or seat."""
_MONEY = frozenset({"$", "€", "£"})


def repair(tree: "Tree") -> None:
    """Mend the parse of a tree in place."""
    saying, tags = word_list("saying"), tree.tags
    for i, dep in enumerate(tree.deps):
        if dep == "case" and tree.heads[i] < i:
            _return_preposition(tree, i)
        elif dep == "compound" and i < tree.heads[i]:
            _part_objects(tree, i)
        elif dep == "amod" and tags[i] == "VBN" and i and tree.words[i - 1] == "-" and tree.heads[i] > i + 1:
            _lead_next_noun(tree, i)
        elif dep in ("obl", "obl:agent") and tree.heads[i] < i and tree.preposition(i) == "by":
            _place_agent_behind(tree, i)
        elif dep in ("appos", "conj", "nmod") and tree.words[i] in _PARTIES:
            _set_label_apart(tree, i)
        elif tags[i] in ("VBD", "VBZ") and (tree.lemmas[i] in saying or tree.lemmas[i] == "report"):
            _free_late_speaker(tree, i)


def _set_label_apart(tree: "Tree", party: int) -> None:
    """ "Jon Arkell (R-Ariz.) and Dara Lind, D-N.Y., left": party and state of a senator are no third and fourth who left."""
    if tree.words[party - 1] not in ("(", "[", ","):
        return
    if tree.words[party + 1 : party + 2] == ["-"] and tree.tags[party + 2] in ("NNP", "NN"):
        name = tree.heads[party]
        tree.attach(party + 2, party, "flat")
        tree.attach(party, name, "parataxis")


def _return_preposition(tree: "Tree", case: int) -> None:
    """ "Held talks with the premier X": a preposition behind a noun introduces what follows it."""
    if not tree.tags[tree.heads[case]].startswith("NN"):
        return
    for k in tree.kids[tree.heads[case]]:
        if k > case and tree.deps[k] == "nmod" and tree.child(k, "case") is None and tree.subtree(k)[0] == case + 1:
            tree.attach(case, k, "case")
            return


def _part_objects(tree: "Tree", first: int) -> None:
    """ "Branded the strikers traitors", "lent Borduria two billion": two objects side by side."""
    second = tree.heads[first]
    verb = tree.heads[second]
    if tree.deps[second] != "obj" or not tree.tags[verb].startswith("VB") or tree.subtree(second)[0] != verb + 1:
        return
    if tree.lemmas[verb] in _NAMING and tree.tags[first] == "NNS" and second == first + 1:
        tree.attach(second, verb, "xcomp")
        tree.attach(first, verb, "obj")
        for k in [k for k in tree.kids[second] if k < first]:
            tree.attach(k, first, tree.deps[k])
    elif tree.lemmas[verb] in _GIVING and first == verb + 1 and tree.tags[first] == "NNP" and _is_sum(tree, first + 1):
        tree.attach(first, verb, "iobj")


def _lead_next_noun(tree: "Tree", led: int) -> None:
    """ "The Graustark-led coalition air strikes": the coalition is led, not the strikes."""
    body = led + 1
    is_body = tree.lemmas[body] in word_list("role_nouns") and tree.deps[body] == "compound"
    if tree.lemmas[led] in _LEADING and is_body and tree.heads[body] == tree.heads[led]:
        tree.attach(led, body, "amod")


def _is_sum(tree: "Tree", i: int) -> bool:
    return tree.tags[i] == "CD" or tree.words[i] in _MONEY


def _place_agent_behind(tree: "Tree", agent: int) -> None:
    """ "Condemned the missile launch by Borduria": of an active verb nobody is the agent, of the act right before one may be."""
    verb, start = tree.heads[agent], tree.subtree(agent)[0]
    act = tree.child(verb, "obj")
    if act is None or tree.is_passive(verb) or tree.lemmas[act] not in predicates().nouns or tree.subtree(act)[-1] != start - 1:
        return
    if tree.tags[agent] in ("NNP", "NNPS", "NNS") and tree.lemmas[agent] not in word_list("time_words"):
        tree.attach(agent, act, "nmod")


def _free_late_speaker(tree: "Tree", verb: int) -> None:
    """ "Killing five people, activists and a doctor reported": the end of what seems one list says it."""
    noun = verb - 1
    if noun < 0 or tree.deps[noun] != "conj" or tree.child(verb, "nsubj", "obj", "aux") is not None:
        return
    chain = [noun]
    while tree.deps[chain[-1]] == "conj" and tree.heads[chain[-1]] < chain[-1]:
        chain.append(tree.heads[chain[-1]])
    parts = [i for i in chain[:-1] if _follows_comma(tree, i)]
    if not parts or verb in tree.subtree(chain[-1]):
        return
    speaker = parts[-1]
    tree.attach(speaker, verb, "nsubj")


def _follows_comma(tree: "Tree", noun: int) -> bool:
    first = next(k for k in tree.subtree(noun) if tree.deps[k] != "punct")
    return tree.words[first - 1] == ","
