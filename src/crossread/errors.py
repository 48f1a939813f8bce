"""Every exception that crossread raises.

    CrossreadError
    ├── InputError
    │   ├── UnreadableDocument      bytes that are no text, an empty file, a file that cannot be opened
    │   └── UnsupportedFormat       a kind of file that no reader takes
    ├── ConfigError
    │   ├── UnknownStep             a step name that is not registered
    │   ├── StepOrderError          a step that runs before what it needs
    │   └── MissingExtra            a feature whose optional packages are not installed
    ├── ModelError
    │   ├── ModelMissing            weights or a pipeline that are not there
    │   └── ModelMismatch           weights whose digest or version is not the expected one
    ├── RecordError
    │   ├── SpanOutOfRange          a span that does not lie in its text
    │   └── SchemaMismatch          a record that has another shape or schema version
    ├── StoreError                  the database cannot be opened, read or written
    └── ExportError                 an output that cannot be written

Exceptions stop the call.  A fault of one document that leaves the rest readable is a `Problem` record instead.
"""


class CrossreadError(Exception):
    """Root of all errors that crossread raises on purpose."""


class InputError(CrossreadError):
    """Input that cannot be turned into a document."""


class UnreadableDocument(InputError):
    """Bytes that hold no readable text, or a file that cannot be opened."""


class UnsupportedFormat(InputError):
    """A kind of file that no input reader takes."""


class ConfigError(CrossreadError):
    """The caller asked for something that cannot be put together."""


class UnknownStep(ConfigError):
    """A step name that is not registered."""


class StepOrderError(ConfigError):
    """A step that would run before what it needs exists."""


class MissingExtra(ConfigError):
    """A feature whose optional packages are not installed."""


class ModelError(CrossreadError):
    """The model cannot be used."""


class ModelMissing(ModelError):
    """Weights, or a spaCy pipeline, that are not there."""


class ModelMismatch(ModelError):
    """Weights whose digest or version is not the expected one."""


class RecordError(CrossreadError):
    """A record that breaks its contract."""


class SpanOutOfRange(RecordError):
    """A span that does not lie in its text."""


class SchemaMismatch(RecordError):
    """A record of another shape or schema version."""


class StoreError(CrossreadError):
    """The store cannot be opened, read or written."""


class ExportError(CrossreadError):
    """An output that cannot be written."""
