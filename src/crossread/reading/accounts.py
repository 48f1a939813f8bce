"""Which attributions lie in which: what "according to two diplomats" holds, what others tell in a clause that is part of a statement."""

from crossread.reading.cues import RuleReader
from crossread.reading.joining import Joined

Account = tuple[Joined, list[Joined]]
"""An outer attribution with those that lie inside it."""


def with_inner(accounts: list[Account], before: list[Joined], rules: RuleReader) -> list[Account]:
    """Accounts that hold what others tell in a clause that became part of them: "the driver, who witnesses said had shouted, had fled"."""
    kept = {j.cue for j, held in accounts for j in (j, *held)}
    for inner in (j for j in before if j.cue not in kept and j.source):
        outer = next((a for a in accounts if any(s <= inner.cue[0][0] < e for s, e in a[0].content)), None)
        content = outer and tuple((a, b) for a, b in inner.content if any(s <= a and b <= e for s, e in outer[0].content))
        if outer is not None and content and rules.is_told_speech(inner):
            outer[1].append(inner._replace(content=content))
    return accounts


def by_account(found: list[Joined], rules: RuleReader) -> list[Account]:
    """Outer attributions, each with those found inside it: "according to two diplomats" holds what "Velland threatened" in its sentence."""
    taken = {i for joined in found for role in (joined.source, joined.cue) for piece in role for i in range(*piece)}
    places = {rules.columns.sentences[i]: i for i, word in enumerate(rules.columns.lower) if word == "according" and i not in taken}
    left, whole = [_before_account(j, places, rules) for j in found], []
    for i in places.values():
        for account in rules.within(i, i + 1):
            inside = [j for j in left if all(any(a <= p[0] and p[1] <= b for a, b in account.content) for role in j for p in role)]
            if any(start in rules.quoted for j in inside for start, _ in j.content):
                continue  # printed words are their speaker's, whatever text they stand in
            alone = not any(_touch(j, account) for j in left)
            if (inside or alone) and account.source and not taken & {k for piece in account.source for k in range(*piece)}:
                left = [j for j in left if j not in inside]
                whole.append((account, inside))
    return sorted([*((j, []) for j in left), *whole], key=lambda pair: pair[0].cue)


def _before_account(joined: Joined, places: dict[int, int], rules: RuleReader) -> Joined:
    """ "They would not vote" of "they would not vote, according to the survey", the cue standing before it."""
    i = places.get(rules.columns.sentences[joined.cue[0][0]], 0)
    if rules.columns.lower[i - 1 : i] != [","] or joined.cue[0][0] >= i or i in rules.quoted:
        return joined
    pieces = tuple((a, i - 1) if a < i - 1 < b and a not in rules.quoted else (a, b) for a, b in joined.content)
    return joined._replace(content=pieces) if pieces != joined.content else joined


def _touch(one: Joined, other: Joined) -> bool:
    return any(a[0] < b[1] and b[0] < a[1] for role in one for a in role for roles in other for b in roles)
