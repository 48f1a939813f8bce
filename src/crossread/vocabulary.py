"""The closed lists of words that records use (DESIGN: contracts).  One enum per list, values as written in JSON."""

from enum import StrEnum


class EntityType(StrEnum):
    """What kind of thing a mention names."""

    PERSON = "PERSON"
    ORGANIZATION = "ORGANIZATION"
    GPE = "GPE"
    LOCATION = "LOCATION"
    FACILITY = "FACILITY"
    GROUP = "GROUP"
    EVENT = "EVENT"
    WORK = "WORK"
    OTHER = "OTHER"


class EventType(StrEnum):
    """PLOVER's sixteen event types, and NONE for processes that PLOVER leaves out."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"
    NONE = "NONE"


class Stance(StrEnum):
    """What a source does by saying something."""

    ASSERT = "assert"
    ACCUSE = "accuse"
    DENY = "deny"
    DEMAND = "demand"
    PROMISE = "promise"
    THREATEN = "threaten"
    SUPPORT = "support"
    REJECT = "reject"
    PROPOSE = "propose"
    DOUBT = "doubt"
    LAMENT = "lament"
    SILENCE = "silence"


class AttributionKind(StrEnum):
    """How much of the content stands in quotation marks: all, part, none."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Status(StrEnum):
    """Whether an event is reported as having happened."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    CALLED_OFF = "called_off"
    PROPOSED = "proposed"
    DENIED = "denied"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"
    ALLEGED = "alleged"


TO_COME = frozenset({Status.PLANNED, Status.PROPOSED})
"""What is meant to happen."""
DONE = frozenset({Status.HAPPENED, Status.ONGOING})
"""What has happened, or has begun to."""


class Auxiliary(StrEnum):
    """PLOVER's auxiliary modes."""

    HISTORICAL = "historical"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    NEGATION = "negation"


class Bound(StrEnum):
    """How exact a reported number is."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    ABOUT = "about"
    NEARLY = "nearly"
    UP_TO = "up_to"
    VAGUE = "vague"


class FigureKind(StrEnum):
    """What a figure counts."""

    KILLED = "killed"
    WOUNDED = "wounded"
    KILLED_OR_WOUNDED = "killed_or_wounded"
    MISSING = "missing"
    DETAINED = "detained"
    FREED = "freed"
    ESCAPED = "escaped"
    ABDUCTED = "abducted"
    DISPLACED = "displaced"
    TRAPPED = "trapped"
    BESIEGED = "besieged"
    IN_NEED = "in_need"
    AFFECTED = "affected"
    ABOARD = "aboard"
    BUILDINGS = "buildings"
    STRIKES = "strikes"
    POSITIONS = "positions"
    VOTES_FOR = "votes_for"
    VOTES_AGAINST = "votes_against"
    ABSTENTIONS = "abstentions"
    MEMBERS = "members"
    MONEY = "money"
    TROOPS = "troops"
    DURATION = "duration"
    OTHER = "other"


class Precision(StrEnum):
    """Granularity of a date interval."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """Where a date interval comes from."""

    STATED = "stated"
    RELATIVE = "relative"
    PUBLICATION = "publication"
    CONTEXT = "context"


class CopyKind(StrEnum):
    """How two documents share their words."""

    COPY = "copy"
    PARTIAL = "partial"
    QUOTE = "quote"
    BOILERPLATE = "boilerplate"


class Independence(StrEnum):
    """Whether agreeing reports rest on different origins."""

    YES = "yes"
    NO = "no"
    PARTLY = "partly"
    UNKNOWN = "unknown"


class DisputeKind(StrEnum):
    """What two sides disagree about."""

    NUMBER = "number"
    ACCUSATION_VS_DENIAL = "accusation_vs_denial"
    CLAIM_VS_COUNTERCLAIM = "claim_vs_counterclaim"
    JUSTIFICATION = "justification"
    CAUSE = "cause"
    ACTOR = "actor"
    DATE = "date"
    PLACE = "place"
    WORDING = "wording"
    POSITION_CHANGE = "position_change"
    HEADLINE_VS_BODY = "headline_vs_body"


class Compatible(StrEnum):
    """Whether both sides of a dispute can be true."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


class ThreadKind(StrEnum):
    """Processes that reports follow."""

    RESOLUTION = "resolution"
    TRUCE = "truce"
    TALKS = "talks"
    VISIT = "visit"
    AIR_CAMPAIGN = "air_campaign"
    OFFENSIVE = "offensive"
    SIEGE_AID = "siege_aid"
    GROUND_CONTROL = "ground_control"
    INVESTIGATION = "investigation"
    SANCTION = "sanction"
    OFFER = "offer"
    ALLIANCE = "alliance"
    BLAME = "blame"


_CAMPAIGN = ("started", "reduced", "paused", "resumed", "ended")

THREAD_STATES: dict[ThreadKind, tuple[str, ...]] = {
    ThreadKind.RESOLUTION: ("drafted", "negotiated", "tabled", "expected", "voted", "adopted", "vetoed"),
    ThreadKind.TRUCE: ("proposed", "agreed", "in_force", "broken", "collapsed"),
    ThreadKind.TALKS: ("called", "opened", "suspended", "resumed", "ended"),
    ThreadKind.VISIT: ("planned", "changed", "called_off", "postponed", "held"),
    ThreadKind.AIR_CAMPAIGN: _CAMPAIGN,
    ThreadKind.OFFENSIVE: _CAMPAIGN,
    ThreadKind.SIEGE_AID: ("besieged", "access_asked", "granted", "refused", "delivered"),
    ThreadKind.GROUND_CONTROL: ("attacked", "taken", "retaken", "disputed"),
    ThreadKind.INVESTIGATION: ("called_for", "opened", "found"),
    ThreadKind.SANCTION: ("threatened", "imposed", "lifted"),
    ThreadKind.OFFER: ("made", "accepted", "refused", "carried_out"),
    ThreadKind.ALLIANCE: ("backs", "opposes"),
    ThreadKind.BLAME: ("accused", "denied"),
}
"""The states that each kind of thread may pass through, in their usual order."""
