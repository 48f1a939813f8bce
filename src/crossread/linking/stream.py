"""Stories of a stream, one report at a time: where a report belongs is told when it comes, without looking at later ones.

`crossread.linking.link_stories` over everything that has come in gives the stories anew, so nothing decided here is final.
"""

from crossread.linking.dating import Dating, dating_of
from crossread.linking.features import Rarity, counts_of, likeness, vector_of
from crossread.linking.likeness import LikenessOptions, nearness
from crossread.records import Reading

JOINS_STORY = 0.095
"""Mean likeness from which a report joins a story as it comes: more than of two groups, as it cannot be taken out again and words are
weighed by the few reports so far."""


class StoryStream:
    """Puts each report into the story that it is most like on average, or opens a new one."""

    def __init__(self, *, options: LikenessOptions | None = None, least: float = JOINS_STORY) -> None:
        self._options = options or LikenessOptions()
        self._least = least
        self._rarity = Rarity()
        self._vectors: list[dict[str, float]] = []
        self._dates: list[Dating] = []
        self._story_of: list[int] = []
        self._sizes: list[int] = []
        self._holders: dict[str, list[int]] = {}

    def add(self, reading: Reading) -> int:
        """Number of the story, from 0, that the report joins or opens."""
        counts, dating = counts_of(reading), dating_of(reading.document)
        self._rarity.add(counts)
        vector = vector_of(counts, self._rarity)
        heavy = sorted(vector, key=lambda t: (-vector[t], t))[: self._options.n_terms]
        sums: dict[int, float] = {}
        for n in sorted({n for term in heavy for n in self._holders.get(term, ())}):
            value = likeness(vector, self._vectors[n]) * nearness(dating, self._dates[n], self._options)
            sums[self._story_of[n]] = sums.get(self._story_of[n], 0.0) + value
        story = max(sums, key=lambda s: (sums[s] / self._sizes[s], -s), default=None)
        if story is None or sums[story] / self._sizes[story] < self._least:
            story = len(self._sizes)
            self._sizes.append(0)
        self._remember(vector, heavy, dating, story)
        return story

    def _remember(self, vector: dict[str, float], heavy: list[str], dating: Dating, story: int) -> None:
        for term in heavy:
            self._holders.setdefault(term, []).append(len(self._vectors))
        self._vectors.append(vector)
        self._dates.append(dating)
        self._story_of.append(story)
        self._sizes[story] += 1
