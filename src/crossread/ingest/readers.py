"""The registry of input readers: which kinds of file there are, how they are told apart, and what reads each.

A reader turns one `Blob` into documents.  Readers are found by the end of the file name, else by the first bytes.
"""

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO, Protocol

from crossread.errors import InputError, MissingExtra, UnreadableDocument, UnsupportedFormat
from crossread.ingest.build import NOTHING_KNOWN, Known, failed_document
from crossread.records import Document, FileSource, Problem, Source

MAX_DOCUMENT_BYTES = 32 * 1024 * 1024
"""A single report, page or line larger than this is refused."""
MAX_FAILED = 100_000
"""After so many lines or members in a row that could not be read, the rest of an input is left out: it holds no reports."""


@dataclass(slots=True)
class Resume:
    """How many documents at the start of an input were taken in before and are passed over now.

    A reader of many documents asks `passes` right before it would build one, so that what is passed over costs little; what a reader builds
    without asking is dropped by `ingest_entries`.
    """

    left: int = 0

    def passes(self) -> bool:
        """Whether the document whose turn it is now is passed over; to be asked once for each."""
        if not self.left:
            return False
        self.left -= 1
        return True


class Page(Protocol):
    """What an address gave."""

    @property
    def url(self) -> str:
        """The address after redirects."""
        ...

    @property
    def data(self) -> bytes:
        """The bytes."""
        ...

    @property
    def fetched(self) -> str:
        """When, as ISO time."""
        ...


Fetch = Callable[[str], Page]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How input is taken in.

    ``as_is`` leaves text untouched; ``depth`` counts archives around this one; ``resume`` says where to begin; ``fetch`` asks addresses, where
    that is allowed; ``originals`` takes the bytes of each report by their SHA-256, where they are to be kept.
    """

    as_is: bool = False
    depth: int = 0
    resume: Resume = field(default_factory=Resume)
    fetch: "Fetch | None" = None
    originals: dict[str, bytes] | None = None

    def digest(self, data: bytes) -> str:
        """Hexadecimal SHA-256 of the bytes of a report, which are noted where they are to be kept."""
        name = sha256(data)
        if self.originals is not None:
            self.originals[name] = data
        return name


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """Bytes under a name; ``opener`` gives them as a stream from the start."""

    name: str
    source: Source
    opener: Callable[[], BinaryIO]
    known: Known = NOTHING_KNOWN

    def head(self, size: int = 4096) -> bytes:
        """The first bytes."""
        with self.opener() as stream:
            return stream.read(size)

    def data(self) -> bytes:
        """All bytes.

        Raises:
            UnsupportedFormat: If there are more than `MAX_DOCUMENT_BYTES`.
        """
        with self.opener() as stream:
            data = stream.read(MAX_DOCUMENT_BYTES + 1)
        if len(data) > MAX_DOCUMENT_BYTES:
            raise UnsupportedFormat(f"larger than {MAX_DOCUMENT_BYTES // 2**20} MB, more than any single report; split the file")
        return data


ReadFunction = Callable[[Blob, Options], Iterator[Document]]
SniffFunction = Callable[[bytes], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class InputReader:
    """A registered kind of input."""

    name: str
    suffixes: tuple[str, ...]
    sniff: SniffFunction | None
    read: ReadFunction


_READERS: dict[str, InputReader] = {}


def register_reader(
    name: str, *, suffixes: tuple[str, ...] = (), sniff: SniffFunction | None = None
) -> Callable[[ReadFunction], ReadFunction]:
    """Decorator that registers an input reader under a versioned name.

    Args:
        name: Such as ``"warc.v1"``; registering a name again replaces the reader.
        suffixes: Ends of file names, lower case, with their dot; longer ones win (``.jsonl.gz`` before ``.gz``).
        sniff: Tells from the first 4096 bytes whether a file without a known suffix is of this kind.
    """

    def register(function: ReadFunction) -> ReadFunction:
        _READERS[name] = InputReader(name=name, suffixes=suffixes, sniff=sniff, read=function)
        return function

    return register


def reader_names() -> tuple[str, ...]:
    """Names of all registered readers, sorted."""
    return tuple(sorted(_READERS))


def reader_of_name(name: str) -> InputReader | None:
    """The reader for a file name, ``None`` where its suffix is not known."""
    lower = PurePath(name).name.lower()
    fitting = [(len(s), r.name, r) for r in _READERS.values() for s in r.suffixes if lower.endswith(s) and lower != s]
    return max(fitting, key=lambda f: f[:2])[2] if fitting else None


def reader_of_bytes(head: bytes) -> InputReader | None:
    """The reader for bytes that begin like this; plain text takes what no other does."""
    for name in reader_names():
        reader = _READERS[name]
        if reader.sniff is not None and reader.sniff(head):
            return reader
    return _READERS.get("text.v1")


def read_blob(blob: Blob, options: Options) -> Iterator[Document]:
    """Documents of a blob; a fault becomes one document that carries its reason."""
    try:
        reader = reader_of_name(blob.name) or reader_of_bytes(blob.head())
        if reader is None:
            raise UnsupportedFormat("no reader takes this kind of file")
        n_passed, is_empty = options.resume.left, True
        for document in _patiently(reader.read(blob, options)):
            is_empty = False
            yield document
        if is_empty and n_passed == options.resume.left:
            raise UnreadableDocument("there is no report in it; open it to see what it holds, and give a file with reports")
    except FileNotFoundError:
        yield _failed(blob, "file.missing", "no such file; check the spelling and the folder")
    except PermissionError:
        yield _failed(blob, "file.forbidden", "no right to read it; change the file's rights or copy it to a place of your own")
    except OSError as err:
        yield _failed(blob, "file.unreadable", f"the file system refused it: {err.strerror or err}")
    except (InputError, MissingExtra) as err:
        code = "format.unsupported" if isinstance(err, UnsupportedFormat | MissingExtra) else "document.unreadable"
        yield _failed(blob, code, str(err))


def _patiently(documents: Iterator[Document]) -> Iterator[Document]:
    n_failed = 0
    for document in documents:
        yield document
        n_failed = 0 if document.text else n_failed + 1
        if n_failed == MAX_FAILED:
            raise UnreadableDocument(
                f"{MAX_FAILED} entries in a row are no reports, so that the rest was left out; give what follows as a file of its own"
            )


def _failed(blob: Blob, code: str, why: str) -> Document:
    problem = Problem(step="ingest", code=code, severity="error", message=f"{blob.name}: {why}")
    return failed_document(problem, source=blob.source, known=blob.known, where=blob.name)


def file_blob(path: str) -> Blob:
    """A file of the file system."""
    return Blob(name=shown(path), source=FileSource(path=shown(path)), opener=lambda: open(path, "rb"))


def shown(path: str) -> str:
    """A path as records hold it: what of a file's name is no UTF-8 is written as ``\\udc..``."""
    return path.encode("utf-8", "backslashreplace").decode()


def bytes_blob(data: bytes, *, name: str, source: Source, known: Known = NOTHING_KNOWN) -> Blob:
    """Bytes in memory."""
    return Blob(name=name, source=source, opener=lambda: io.BytesIO(data), known=known)


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()
