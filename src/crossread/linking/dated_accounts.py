"""Whether the date in a sentence is that of what an account tells, or of something else in it."""

import re

from crossread.linking.accounts import Account

_SAYING = re.compile(
    r"\b(?:said|says|told (?:\w+ ){1,3}|announced|warned|called|added|reported|promised|according to \w+)(?: \w+)?(?: on)? ?$"
)


def dates_the_saying(account: Account) -> bool:
    """Whether the date belongs to the words of saying (``said on Monday``) rather than to what happened."""
    when = account.when
    if when is None or when.span is None or not account.sentence.span.overlaps(when.span):
        return False
    at = when.span.start - account.sentence.span.start
    return bool(_SAYING.search(account.sentence.folded, max(0, at - 45), at)) or (
        account.sentence.folded[max(0, at - 3) : at] == "on "
        and bool(_SAYING.search(account.sentence.folded, max(0, at - 45), max(0, at - 3)))
    )


_NOUN = re.compile(r"(?:['’]s?|\b(?:the|an?|his|her|its|their|this|that|of|over|against|despite|after|before|since)) $")


def dates_another(account: Account) -> bool:
    """Whether what happened is told by a noun that no day follows: the day is then that of the verb ("failed on Friday to undo the veto")."""
    when, sentence = account.when, account.sentence
    if when is None or when.span is None or _NOUN.search(sentence.folded, max(0, account.start - 9), account.start) is None:
        return False
    return not 0 <= when.span.start - sentence.span.start - account.end <= _DAY_FOLLOWS


_DAY_FOLLOWS = 12
