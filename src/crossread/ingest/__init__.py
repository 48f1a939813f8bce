"""Bytes to documents: the only room that touches files, encodings and markup.

`ingest_paths` reads files, folders, globs, archives and standard input; `ingest_text` and `ingest_bytes` read what is in memory.
An input that cannot be read still gives a document, empty, with a problem of severity ``error`` that says why.
"""

import glob
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from crossread.ingest.addresses import is_address, read_address
from crossread.ingest.build import Known, build_document, digest
from crossread.ingest.readers import (
    Blob,
    Fetch,
    InputReader,
    Options,
    Resume,
    bytes_blob,
    file_blob,
    read_blob,
    reader_names,
    reader_of_name,
    register_reader,
    shown,
)
from crossread.records import Document, FileSource, LineSource, Problem, Source, TextSource

__all__ = [
    "Blob",
    "Entry",
    "InputReader",
    "Known",
    "Options",
    "ingest_bytes",
    "ingest_entries",
    "ingest_paths",
    "ingest_text",
    "input_files",
    "is_failed",
    "reader_names",
    "register_reader",
]

OnProblem = Callable[[Problem], None]
STDIN = "-"


def ingest_paths(
    paths: Iterable[str | os.PathLike[str]],
    *,
    as_is: bool = False,
    on_problem: OnProblem | None = None,
    fetch: Fetch | None = None,
) -> Iterator[Document]:
    """Documents of all reports under the paths, sorted by path, one at a time.

    Args:
        paths: Files, folders (with all below them), globs, archives, or ``-`` for standard input.
        as_is: Leave text untouched (other people's offsets must still fit); pages in HTML are extracted all the same.
        on_problem: Told of what gives no document of its own: files passed over in folders, globs without a match, repeats.
        fetch: Asks an address (see `crossread.ingest.fetch.Fetcher`); without it addresses are not asked.

    Notes:
        The same report met twice (same id, same text, no other outlet) is given once.  Different reports never share an id.
    """
    tell = on_problem or (lambda problem: None)
    seen: dict[str, Document] = {}
    for entry in ingest_entries(paths, as_is=as_is, on_problem=tell, fetch=fetch):
        unique = _unique(entry.document, seen, tell) if entry.document is not None else None
        if unique is not None:
            yield unique


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document as it stands in an input, or the end of the input (``document`` is ``None``).

    ``number`` says which document of the input at ``path`` it is, from 1; at the end, how many there were.
    """

    path: str
    number: int
    document: Document | None
    original: bytes | None = None
    """The bytes as they came, where they are to be kept."""


def ingest_entries(
    paths: Iterable[str | os.PathLike[str]],
    *,
    as_is: bool = False,
    on_problem: OnProblem | None = None,
    after: Callable[[str], int | None] = lambda path: 0,
    fetch: Fetch | None = None,
    keep_originals: bool = False,
) -> Iterator[Entry]:
    """Documents of all reports under the paths with their places, sorted by path, repeats and all.

    Args:
        paths: As for `ingest_paths`.
        as_is: As for `ingest_paths`.
        on_problem: As for `ingest_paths`.
        after: How many documents of an input to pass over, as they were taken in before; ``None`` passes over the input unopened.
        fetch: Asks an address (see `crossread.ingest.fetch.Fetcher`); without it addresses are not asked.
        keep_originals: Give the bytes of each report with it.
    """
    from crossread.ingest import formats, packed  # noqa: F401 -- register the readers

    for path in _expand([os.fspath(p) for p in paths], on_problem or (lambda problem: None)):
        number = after(path)
        if number is None:
            continue
        resume, originals = Resume(left=number), dict[str, bytes]() if keep_originals else None
        options = Options(as_is=as_is, resume=resume, fetch=fetch, originals=originals)
        for document in _documents(path, options):
            if not resume.passes():
                number += 1
                original = originals.get(document.raw_sha256 or "") if originals is not None else None
                yield Entry(path=path, number=number, document=document, original=original)
            if originals is not None:
                originals.clear()
        yield Entry(path=path, number=number, document=None)


def _documents(path: str, options: Options) -> Iterator[Document]:
    if is_address(path):
        return read_address(path, options)
    return read_blob(_stdin_blob() if path == STDIN else file_blob(path), options)


def ingest_text(
    text: str,
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: Any = None,
    url: str | None = None,
    id: str | None = None,
    as_is: bool = False,
) -> Document:
    """A document of one report's text; the metadata are what is known beside it."""
    known = Known(id=id, title=title, publisher=publisher, published=published, url=url)
    return build_document(text, known=known, as_is=as_is)


def ingest_bytes(
    data: bytes, *, name: str = "input", source: Source | None = None, known: Known | None = None, as_is: bool = False
) -> Iterator[Document]:
    """Documents of bytes in memory; the end of ``name`` says what they are, else their first bytes do."""
    from crossread.ingest import formats, packed  # noqa: F401 -- register the readers

    blob = bytes_blob(data, name=name, source=source or TextSource(), known=known or Known())
    return read_blob(blob, Options(as_is=as_is))


def is_failed(document: Document) -> bool:
    """Whether a problem of severity ``error`` says that the document, or something of it, was lost."""
    return any(p.severity == "error" for p in document.problems)


def _stdin_blob() -> Blob:
    data = sys.stdin.buffer.read()
    head = data[:4096].lstrip()
    name = "stdin.jsonl" if head.startswith(b"{") else "stdin"
    return bytes_blob(data, name=name, source=FileSource(path=STDIN))


# ---------------------------------------------------------------- paths


def input_files(paths: Iterable[str | os.PathLike[str]], *, on_problem: OnProblem | None = None) -> list[str]:
    """Files behind paths, folders and globs, each once, sorted."""
    from crossread.ingest import formats, packed  # noqa: F401 -- register the readers

    return _expand([os.fspath(p) for p in paths], on_problem or (lambda problem: None))


def _expand(paths: list[str], tell: OnProblem) -> list[str]:
    """Files behind the paths, each once, sorted, so that the order of the arguments changes nothing."""
    files: set[str] = set()
    for path in paths:
        if path == STDIN or is_address(path) or os.path.isfile(path):
            files.add(path)
        elif os.path.isdir(path):
            files.update(_walk(path, tell))
        elif glob.has_magic(path):
            matches = [m for m in glob.glob(path, recursive=True) if os.path.isfile(m)]
            if not matches:
                tell(
                    Problem(
                        step="ingest",
                        code="glob.no_match",
                        severity="error",
                        message=f"{shown(path)}: no file matches this pattern; check it and the folder",
                    )
                )
            files.update(matches)
        else:
            files.add(path)  # is not there: the reader says so
    return sorted(files)


def _walk(folder: str, tell: OnProblem) -> Iterator[str]:
    for where, folders, names in os.walk(folder):  # links to folders are not followed
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            path = os.path.join(where, name)
            if name.startswith("."):
                continue
            if os.path.islink(path):
                tell(
                    Problem(
                        step="ingest", code="file.link", message=f"{shown(path)}: a symbolic link; passed over (name it to read it)"
                    )
                )
            elif (reader_of_name(name) is None and "." in name) or not os.path.isfile(path):  # pipes and devices never end
                tell(
                    Problem(
                        step="ingest",
                        code="file.skipped",
                        message=f"{shown(path)}: not a kind of file that holds reports; passed over",
                    )
                )
            else:
                yield path


# ---------------------------------------------------------------- ids


def _unique(document: Document, seen: dict[str, Document], tell: OnProblem) -> Document | None:
    """The document under an id of its own; ``None`` where it has been given already."""
    first = seen.get(document.id)
    if first is None:
        seen[document.id] = _light(document)
        return document
    same = _light(document)
    if same.raw_sha256 == first.raw_sha256 and _outlet(same) in (_outlet(first), (None, None)):
        tell(
            Problem(
                step="ingest",
                code="document.duplicate",
                doc_id=document.id,
                message=f"{_where(document)}: the same report as {_where(first)}; given once",
            )
        )
        return None
    name = f"{document.id}-{digest(same.raw_sha256 or '', *(str(x) for x in _outlet(same)))[:6]}"
    if name in seen:
        name = f"{name}-{sum(k.startswith(name) for k in seen) + 1}"
    problems = [msgspec.structs.replace(p, doc_id=name) for p in document.problems]
    problems.append(
        Problem(
            step="ingest",
            code="id.taken",
            doc_id=name,
            message=f"the id {document.id!r} belongs to {_where(first)}; this report is {name!r}",
        )
    )
    renamed = msgspec.structs.replace(document, id=name, problems=tuple(problems))
    seen[name] = _light(renamed)
    return renamed


def _light(document: Document) -> Document:
    """What is needed to know a document again: the digest of its text stands for the text."""
    return msgspec.structs.replace(
        document, text="", title_span=None, removed=(), problems=(), raw_sha256=digest(document.title or "", document.text)
    )


def _outlet(document: Document) -> tuple[str | None, str | None]:
    return document.publisher, document.url


def _where(document: Document) -> str:
    source = document.source
    if isinstance(source, LineSource):
        return f"{source.path}, line {source.line}"
    return getattr(source, "member", None) or getattr(source, "path", None) or "the text given"
