"""Labels of a parse that grammar speaks against, in hand-made parses."""

import pytest

from crossread.reading.tree import Tree
from tests.docs import Row, make_doc

DUE: list[Row] = [
    ("Talks", "talk", "NNS", 6, "nsubj:pass"), ("are", "be", "VBP", 6, "aux:pass"), ("due", "due", "JJ", 0, "root"),
    ("to", "to", "IN", 3, "fixed"), ("be", "be", "VB", 6, "aux:pass"), ("held", "hold", "VBN", 3, "advcl"), (".", ".", ".", 3, "punct"),
]  # fmt: skip
CALLS: list[Row] = [
    ("He", "he", "PRP", 2, "nsubj"), ("rejected", "reject", "VBD", 0, "root"), ("calls", "call", "NNS", 2, "obj"),
    ("for", "for", "IN", 7, "mark"), ("Greel", "Greel", "NNP", 3, "nmod"), ("to", "to", "TO", 7, "mark"),
    ("resign", "resign", "VB", 2, "xcomp"), (".", ".", ".", 2, "punct"),
]  # fmt: skip
CALLS_TO_RESIGN: list[Row] = [
    ("Calls", "call", "NNS", 6, "nsubj"), ("for", "for", "IN", 6, "mark"), ("the", "the", "DT", 4, "det"),
    ("minister", "minister", "NN", 1, "nmod"), ("to", "to", "TO", 6, "mark"), ("resign", "resign", "VB", 0, "root"),
]  # fmt: skip
LED: list[Row] = [
    ("Velm", "Velm", "NNP", 3, "compound"), ("-", "-", "HYPH", 1, "punct"), ("led", "lead", "VBN", 6, "amod"),
    ("coalition", "coalition", "NN", 6, "compound"), ("air", "air", "NN", 6, "compound"), ("strikes", "strike", "NNS", 7, "nsubj"),
    ("resumed", "resume", "VBD", 0, "root"),
]  # fmt: skip
LED_AT_THE_END: list[Row] = [
    ("Forces", "force", "NNS", 0, "root"), ("Velm", "Velm", "NNP", 4, "compound"), ("-", "-", "HYPH", 2, "punct"),
    ("led", "lead", "VBN", 1, "amod"),
]  # fmt: skip
DRAFT: list[Row] = [
    ("Velm", "Velm", "NNP", 3, "compound"), ("-", "-", "HYPH", 1, "punct"), ("backed", "back", "VBN", 5, "amod"),
    ("draft", "draft", "NN", 5, "compound"), ("resolution", "resolution", "NN", 0, "root"),
]  # fmt: skip


def hangs(tree: Tree, word: str) -> tuple[str, str]:
    """Label and head of a word."""
    i = tree.words.index(word)
    return tree.deps[i], tree.words[tree.heads[i]]


def test_due_to_before_a_verb_is_no_preposition() -> None:
    tree = Tree(make_doc(DUE))
    assert [hangs(tree, w) for w in ("held", "to", "due", "Talks")] == [
        ("root", "held"), ("mark", "held"), ("advmod", "held"), ("nsubj:pass", "held")
    ]  # fmt: skip


def test_who_is_called_on_is_to_act() -> None:
    tree = Tree(make_doc(CALLS))
    assert [hangs(tree, w) for w in ("Greel", "resign")] == [("nsubj", "resign"), ("acl", "calls")]


def test_a_body_before_its_act_is_what_is_led() -> None:
    assert hangs(Tree(make_doc(LED)), "led") == ("amod", "coalition")
    assert hangs(Tree(make_doc(DRAFT)), "backed") == ("amod", "resolution")


@pytest.mark.parametrize("rows", [DUE, CALLS, CALLS_TO_RESIGN, LED, LED_AT_THE_END, DRAFT])
def test_a_repaired_parse_is_still_a_tree(rows: list[Row]) -> None:
    tree = Tree(make_doc(rows))
    for i in range(len(tree.words)):
        seen = set()
        while tree.heads[i] != i:
            assert i not in seen, "a cycle"
            seen.add(i)
            i = tree.heads[i]
