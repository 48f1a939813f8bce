"""Sentences that tell how a match was played: their numbers are counts of which a story has many."""

from crossread.linking.sentences import Sentence
from crossread.linking.stems import stem

PLAYED = frozenset(
    map(
        stem,
        """touchdowns yards passes catches carries receptions points goals rebounds assists runs hits tackles punches wickets games matches
        boards steals blocks turnovers""".split(),  # noqa: SIM905
    )
)
"""What a player or a team has many counts of: this match, this season, so far."""
_MATCH = PLAYED | set(map(stem, "quarterback interception rushed scored halftime touchdown innings season record lead".split()))  # noqa: SIM905


def tells_of_play(sentence: Sentence) -> bool:
    """Whether a sentence tells how a match was played, of which every number is one of many such."""
    return not sentence.bag.isdisjoint(PLAYED) and len(sentence.bag & _MATCH) > 1
