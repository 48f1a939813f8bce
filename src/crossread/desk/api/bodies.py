"""What the API is sent."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Key = Annotated[str, Field(min_length=1, max_length=100, description="Key of a finding")]
Words = Annotated[str, Field(max_length=2000)]
Person = Annotated[str, Field(min_length=1, max_length=80, description="Who decides; kept in the history")]
Offset = Annotated[int, Field(ge=0, le=2**31, description="Code points into the document's text")]
Value = str | float | bool | None


class Body(BaseModel):
    """Base of all bodies: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")
    person: Person
    reason: Words | None = None


class Decide(Body):
    """Accept, reject, edit or reset a finding; ``fields`` with edit only."""

    action: Literal["accept", "reject", "edit", "reset"]
    fields: dict[str, Value] = Field(default_factory=dict, max_length=20)


class Add(Body):
    """Add what the machine missed."""

    document: Annotated[str, Field(min_length=1, max_length=500)]
    kind: Literal["attribution", "event", "figure"]
    start: Offset
    end: Offset
    fields: dict[str, Value] = Field(default_factory=dict, max_length=20)


class Merge(Body):
    """Other findings become part of this one."""

    others: Annotated[list[Key], Field(min_length=1, max_length=200)]
    name: Words | None = None


class Piece(BaseModel):
    """A piece of evidence."""

    model_config = ConfigDict(extra="forbid")
    document: Annotated[str, Field(min_length=1, max_length=500)]
    start: Offset
    end: Offset


class Split(Body):
    """Part of the evidence becomes a finding of its own."""

    part: Annotated[list[Piece], Field(min_length=1, max_length=2000)]
    name: Words | None = None


class CorrectSpan(Body):
    """Other words of the document."""

    part: Literal["anchor", "source", "cue", "content", "span", "counted"]
    start: Offset
    end: Offset


class Undo(Body):
    """Take a line of the history back."""


class Paste(BaseModel):
    """A report's text with what is known beside it."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(min_length=1, max_length=500_000)]
    title: Words | None = None
    publisher: Words | None = None
    published: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    url: Words | None = None


def is_clean(value: Any) -> bool:
    """Whether all texts in a value can be stored: no halves of surrogate pairs, no NUL."""
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= c <= "\udfff" for c in value)
    if isinstance(value, dict):
        return all(is_clean(k) and is_clean(v) for k, v in value.items())
    if isinstance(value, list | tuple):
        return all(is_clean(v) for v in value)
    return True
