"""The export formats: one list that the command line and the desk both use.

An export is a pure function of stories and their readings to the bytes of one file.  `EXPORTS` names them all; `register_export` adds
one, and the built-in formats come in the same way.
"""

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from crossread.errors import ExportError
from crossread.records import Reading, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What an export is made of.

    Attributes:
        stories: The stories, in the order in which they are written.
        readings: The readings behind them, and of documents set aside; further ones do no harm.
        raw_csv: Leave cells that a spreadsheet would take for formulas as they are.
        previous: The event table made before, as bytes, so that ids of events stay the same (`crossread.export.event_table`).
        as_of: ISO time that new and changed rows of the event table are stamped with; ``None``: the newest publication day.
    """

    stories: Sequence[Story]
    readings: Sequence[Reading] = ()
    raw_csv: bool = False
    previous: bytes | None = None
    as_of: str | None = None
    by_document: dict[str, Reading] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_document", {r.document.id: r for r in self.readings})


Maker = Callable[[Material], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A format that stories can be written in.

    Attributes:
        name: What users call it (``--format NAME``).
        suffix: Ending of its files, with the dot.
        media_type: What a server says of it.
        description: One line on what the file holds.
        maker: ``module:function`` of a `Maker`; imported when first used.
        needs_readings: Whether the words of the reports are needed too, not only the stories.
        one_story: Whether a file holds exactly one story.
        extra: The optional part of crossread (``pip install 'crossread[NAME]'``) that it needs.
    """

    name: str
    suffix: str
    media_type: str
    description: str
    maker: str
    needs_readings: bool = False
    one_story: bool = False
    extra: str | None = None

    @property
    def is_text(self) -> bool:
        """Whether the file is text that a terminal shows."""
        return self.media_type.startswith("text/") or "json" in self.media_type or self.media_type.startswith("application/x-")

    def make(self, material: Material) -> bytes:
        """The bytes of the file.

        Raises:
            ExportError: If the material does not fit: no story, several where one is due, readings that are lacking.
            MissingExtra: If an optional package is not installed; the message names the extra.
        """
        self._check(material)
        module, function = self.maker.split(":")
        maker: Maker = getattr(importlib.import_module(module), function)
        return maker(material)

    def _check(self, material: Material) -> None:
        if not material.stories:
            raise ExportError(f"{self.name}: there is no story to write; `crossread link` or `crossread brief --json` makes some")
        if self.one_story and len(material.stories) != 1:
            raise ExportError(
                f"{self.name} holds one story a file, the input has {len(material.stories)}; choose one with --story ID,"
                " or give a folder with --out to get a file for each"
            )
        missing = sorted({d for s in material.stories for d in s.documents} - set(material.by_document))
        if self.needs_readings and missing:
            raise ExportError(
                f"{self.name} needs the readings behind the stories; give them with --readings"
                f" (lacking: {', '.join(missing[:5])}{f' and {len(missing) - 5} more' if len(missing) > 5 else ''})"
            )


EXPORTS: dict[str, Export] = {}
"""All formats by name, in the order in which they are listed."""


def register_export(export: Export) -> Export:
    """Add a format.

    Raises:
        ExportError: If the name is taken.
    """
    if export.name in EXPORTS:
        raise ExportError(f"the export format {export.name!r} is there already; choose another name")
    EXPORTS[export.name] = export
    return export


def find_export(name: str) -> Export:
    """The format of that name.

    Raises:
        ExportError: If there is none; the message lists those there are.
    """
    export = EXPORTS.get(name)
    if export is None:
        raise ExportError(f"no format is called {name!r}; there are {', '.join(sorted(EXPORTS))}")
    return export


def export_stories(
    stories: Sequence[Story],
    readings: Sequence[Reading] = (),
    *,
    to: str,
    raw_csv: bool = False,
    previous: bytes | None = None,
    as_of: str | None = None,
) -> bytes:
    """Stories as the bytes of a file in a named format.

    Args:
        stories: One or more stories; some formats hold exactly one.
        readings: The readings behind them; formats that show words of the reports need them.
        to: A name in `EXPORTS`.
        raw_csv: Leave cells that a spreadsheet would take for formulas as they are.
        previous: The former event table, so that ids of events stay the same.
        as_of: ISO time that changed rows of the event table are stamped with.

    Raises:
        ExportError: If the format is unknown (the message lists those there are), or the input does not fit it.
        MissingExtra: If an optional package is not installed.
    """
    material = Material(stories=stories, readings=readings, raw_csv=raw_csv, previous=previous, as_of=as_of)
    return find_export(to).make(material)
