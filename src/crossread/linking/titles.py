"""What a story is called: the headline that tells most of what the other reports tell too."""

from collections import Counter
from collections.abc import Sequence

from crossread.linking.stems import content_stems
from crossread.records import Document

_TOLD = 0.6
"""Share of the other reports that must hold a word of a headline for it to speak for the headline; a word that fewer hold speaks against it."""
_QUESTION = 1.0
"""What a question in a headline speaks against it: it tells nothing."""


def title_of(documents: Sequence[Document]) -> str | None:
    """The headline most of whose words most other reports hold; of equals the earliest report's.  ``None`` where no report has one."""
    titled = sorted((d for d in documents if d.title), key=lambda d: (_day(d), d.id))
    if len(documents) < 2 or len(titled) < 2:
        return titled[0].title if titled else None
    bags = {d.id: frozenset(content_stems(f"{d.title or ''}\n{d.text}".casefold())) for d in documents}
    n_holding = Counter(word for bag in bags.values() for word in bag)

    def worth(document: Document) -> float:
        title = document.title or ""
        shares = ((n_holding[word] - 1) / (len(bags) - 1) for word in set(content_stems(title.casefold())))
        return round(sum(share - _TOLD for share in shares) - _QUESTION * ("?" in title), 6)

    return max(titled, key=worth).title


def _day(document: Document) -> str:
    return (document.published.start if document.published is not None else None) or "9999"
