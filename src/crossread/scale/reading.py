"""Reading whole archives: inputs are cut into shards, each shard is read by one task, and what is finished is never read again."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from crossread.errors import ConfigError, StoreError, UnreadableDocument
from crossread.scale.archive import Archive
from crossread.scale.engines import Engine, Outcome, results
from crossread.scale.shards import Shard, cut, is_counted

READ = "crossread.scale.tasks:read_shard"
COUNT = "crossread.scale.tasks:count"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How an archive is read.

    ``shard_size`` is how many documents a task reads, ``seconds`` the longest that one document may take, ``model`` an installed spaCy
    pipeline instead of the shipped model.
    """

    shard_size: int = 500
    seconds: float = 60.0
    model: str | None = None
    task: str = READ
    """``module:function`` that reads a shard (tests put a faulty one here)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a run has done: parts of how many, and documents so far."""

    done: int
    of: int
    documents: int
    failed: int


def read_archive(
    paths: Iterable[str],
    folder: str,
    engine: Engine,
    options: ReadOptions = ReadOptions(),
    *,
    tell: Callable[[Progress], None] = lambda progress: None,
) -> Progress:
    """Read the documents of inputs into an archive; a run that was interrupted goes on where it stopped.

    Args:
        paths: Files, folders, globs, or addresses that fsspec opens; those that the archive does not hold yet are added to it.
        folder: The archive, made where it is not there.
        engine: Where the tasks run.
        options: How.
        tell: Told after each part.

    Raises:
        UnreadableDocument: If there are no inputs.
        ConfigError: If an input has changed since it was read, the folder holds other files, or parts could not be read; what is
            finished is kept.
    """
    archive = Archive(folder)
    shards = _planned(archive, _inputs(paths), engine, options)
    finished = archive.finished("read")
    left = [s for s in shards if s.name not in finished]
    counts = {"documents": sum(f["documents"] for f in finished.values()), "failed": sum(f["failed"] for f in finished.values())}

    def heard(outcome: Outcome) -> None:
        counts["documents"] += outcome.result["documents"]
        counts["failed"] += outcome.result["failed"]
        finished[str(len(finished))] = outcome.result
        tell(Progress(done=len(finished), of=len(shards), **counts))

    again = _run(engine, folder, left, options, careful=False, heard=heard)
    lost = _run(engine, folder, [shard for shard, _ in again], options, careful=True, heard=heard)
    if lost:
        shard, why = lost[0]
        raise ConfigError(
            f"{folder}: {len(lost)} of {len(shards)} shards could not be read, the first from {shard.pieces[0].path} ({why}); "
            "the others are finished and kept: mend the cause and run the same command again"
        )
    return Progress(done=len(shards), of=len(shards), **counts)


def _run(
    engine: Engine, folder: str, shards: Sequence[Shard], options: ReadOptions, *, careful: bool, heard: Callable[[Outcome], None]
) -> list[tuple[Shard, str]]:
    """Read shards; returns those that failed with the reason."""
    calls = [(folder, msgspec.to_builtins(s), options.model, options.seconds, careful) for s in shards]
    lost = []
    for outcome in engine.run(options.task, calls):
        if outcome.fault is None:
            heard(outcome)
        else:
            lost.append((shards[outcome.number], outcome.fault))
    return sorted(lost, key=lambda item: item[0].number)


def _inputs(paths: Iterable[str]) -> list[str]:
    from crossread.ingest import input_files

    given = list(paths)
    remote = sorted(_remote(p) for p in given if "://" in p)
    found = [*input_files([p for p in given if "://" not in p]), *(address for group in remote for address in group)]
    if not found:
        raise UnreadableDocument(f"no input under {', '.join(given)}; give files, folders, globs or addresses")
    return found


def _remote(address: str) -> list[str]:
    """Addresses behind one that may hold a star."""
    if "*" not in address:
        return [address]
    import fsspec

    fs, path = fsspec.core.url_to_fs(address)
    return sorted(fs.unstrip_protocol(found) for found in fs.glob(path))


def _planned(archive: Archive, paths: list[str], engine: Engine, options: ReadOptions) -> list[Shard]:
    """The shards of an archive: those of its plan, and new ones for inputs that the plan does not hold yet."""
    plan = _plan_of(archive)
    shards = [msgspec.convert(s, Shard) for s in plan["shards"]]
    _check_unchanged(archive, plan, shards, paths)
    added = [p for p in paths if p not in set(plan["inputs"])]
    if not added:
        return shards
    counted = [p for p in added if is_counted(p)]
    counts = dict(zip(counted, _in_order(engine, counted), strict=True))
    shards += cut(added, counts, options.shard_size, first=len(shards))
    sizes = {p: os.path.getsize(p) for p in added if "://" not in p and os.path.exists(p)}
    archive.put_json(
        "plan.json",
        {
            "inputs": [*plan["inputs"], *added],
            "sizes": plan["sizes"] | sizes,
            "shards": [msgspec.to_builtins(s) for s in shards],
        },
    )
    return shards


def _plan_of(archive: Archive) -> dict[str, Any]:
    """The plan of an archive; an empty one where nothing was begun.

    Raises:
        StoreError: If it is not a plan of this version.
        ConfigError: If the folder holds files that are no archive.
    """
    plan = archive.get_json("plan.json")
    if plan is None:
        if not archive.is_empty():
            raise ConfigError(f"{archive.url}: holds files that are no archive; give a new or an empty folder with --to")
        return {"inputs": [], "sizes": {}, "shards": []}
    try:
        msgspec.convert(plan, _Plan)
    except msgspec.ValidationError as err:
        raise StoreError(f"{archive.url}/plan.json: not a plan of this version ({err}); read into a new folder") from err
    return dict(plan)


class _Plan(msgspec.Struct):
    inputs: list[str]
    sizes: dict[str, int]
    shards: list[Shard]


def _in_order(engine: Engine, paths: Sequence[str]) -> list[int]:
    found: dict[int, Any] = {}
    for outcome in engine.run(COUNT, [(p,) for p in paths]):
        found[outcome.number] = next(results([outcome]))
    return [found[n] for n in range(len(paths))]


def _check_unchanged(archive: Archive, plan: dict[str, Any], shards: Sequence[Shard], paths: list[str]) -> None:
    """Refuse inputs that are not what the plan was made of: those given again, and those that still have to be read."""
    finished = archive.finished("read")
    needed = {piece.path for shard in shards if shard.name not in finished for piece in shard.pieces} | set(paths)
    for path, size in plan["sizes"].items():
        if path in needed and (not os.path.exists(path) or os.path.getsize(path) != size):
            raise ConfigError(
                f"{path} has changed since it was read into {archive.url}; put back the file as it was and give what is new as a file of "
                "its own, or read everything into a new folder"
            )
