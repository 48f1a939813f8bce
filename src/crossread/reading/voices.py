"""Whose words a passage is: the innermost attribution whose content covers it, found without a look at all of them."""

from collections import defaultdict
from collections.abc import Sequence

from crossread.records import Attribution, Span

BLOCK = 512  # characters: a passage is compared with what reaches into its own block, so long texts cost no more a figure than short ones


class Voices:
    """The attributions of one document by the place of their contents."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self._near: defaultdict[int, list[Attribution]] = defaultdict(list)
        for attribution in attributions:
            blocks = {b for s in attribution.content for b in range(s.start // BLOCK, (s.end - 1) // BLOCK + 1)}
            for block in blocks:
                self._near[block].append(attribution)

    def of(self, span: Span) -> str | None:
        """Id of the innermost attribution whose content covers a span; ``None`` for the reporter's own voice."""
        middle = (span.start + span.end) // 2
        near = self._near.get(span.start // BLOCK, [])
        if middle // BLOCK != span.start // BLOCK:
            near = [*near, *(a for a in self._near.get(middle // BLOCK, []) if a not in near)]
        held = [(sum(s.end - s.start for s in a.content), a) for a in near if any(_covers(s, span) for s in a.content)]
        inner = {a.inside for _, a in held}
        held = [(size, a) for size, a in held if a.id not in inner] or held
        return min(held, key=lambda pair: pair[0])[1].id if held else None


def _covers(content: Span, span: Span) -> bool:
    middle = (span.start + span.end) // 2
    return content.covers(span) or content.start <= span.start < content.end or content.start <= middle < content.end
