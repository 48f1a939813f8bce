"""Linking whole archives: stories of reports that lie within reach of one another in time, copies by bands of MinHash keys.

Windows of days overlap by the reach, so that no pair is lost at a seam, and each pair is compared in one window only.  Two groups
of reports can only become one story where a pair of them is alike enough, so the pairs fall into parts that are clustered apart: the
result is that of clustering everything at once.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from crossread.linking.clusters import SAME_STORY, parts_of
from crossread.scale.archive import Archive
from crossread.scale.clustering import stories_of
from crossread.scale.engines import Engine, results
from crossread.scale.places import Places

if TYPE_CHECKING:
    import pyarrow

TASKS = "crossread.scale.link_tasks"
STEPS = {
    "survey": ("terms", "lines", "furniture"),
    "edges": ("edges",),
    "copies": ("copies",),
    "stories": ("stories", "events"),
}
RECURRING = 3
"""Reports of one outlet that print a line from which it is furniture, as in `crossread.linking.furniture`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkOptions:
    """How an archive is linked.

    ``reach_days``: reports published further apart are never compared; ``window_days``: how many days one task compares, beside the
    reach; ``part_size``: documents of a task that builds stories; ``most_together``: reports compared at once for copies.
    """

    reach_days: float = 30.0
    window_days: int = 30
    part_size: int = 200
    most_together: int = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What an archive holds after linking."""

    documents: int
    repeats: int
    stories: int
    events: int
    copies: int


def link_archive(
    folder: str, engine: Engine, options: LinkOptions = LinkOptions(), *, tell: Callable[[str, int, int], None] = lambda *_: None
) -> Linked:
    """Link what an archive holds: ``stories``, ``events`` and ``copies`` are added to it; an interrupted run goes on part by part.

    Args:
        folder: An archive whose reading is finished.
        engine: Where the tasks run.
        options: How.
        tell: Told the step, its finished parts and all its parts.

    Raises:
        StoreError: If the folder is no archive.
        ConfigError: If a task fails; what is finished is kept.
    """
    archive = Archive(folder)
    _begin(archive, options)
    documents, repeats = _index(archive)
    run, places = _Run(archive, engine, tell), Places(archive)
    run.parts("survey", "survey", {part: (folder, part, own) for part, own in places.by_part()})
    _learn_furniture(archive)
    run.parts("edges", "window_edges", _windows(archive, options, documents))

    def calls(groups: list[list[int]]) -> dict[str, tuple[Any, ...]]:
        cut = _parts(places.nearby(groups), options.part_size)
        return {name: (folder, name, part, places.of([n for group in part for n in group])) for name, part in cut}

    run.parts("copies", "copy_part", calls(_meeting(archive, options)))
    run.parts("stories", "link_group_part", calls(stories_of(archive, documents, SAME_STORY)))
    stories, events = archive.finished("stories"), archive.finished("copies")
    return Linked(
        documents=documents,
        repeats=repeats,
        stories=sum(f["stories"] for f in stories.values()),
        events=sum(f["events"] for f in stories.values()),
        copies=sum(f["pairs"] for f in events.values()),
    )


class _Run:
    """Runs the parts of a step that are not finished."""

    def __init__(self, archive: Archive, engine: Engine, tell: Callable[[str, int, int], None]) -> None:
        self._archive, self._engine, self._tell = archive, engine, tell

    def parts(self, step: str, function: str, calls: dict[str, tuple[Any, ...]]) -> None:
        """Run the calls of a step whose parts are not finished, and tell how far it is."""
        finished = self._archive.finished(step)
        left = [arguments for part, arguments in calls.items() if part not in finished]
        done = len(calls) - len(left)
        for _ in results(self._engine.run(f"{TASKS}:{function}", left)):
            done += 1
            self._tell(step, done, len(calls))


def _begin(archive: Archive, options: LinkOptions) -> None:
    """Drop what an earlier run left that was about other readings or other options."""
    state = json.dumps([asdict(options), archive.finished("read"), archive.get_json("plan.json")], sort_keys=True)
    about = hashlib.sha256(state.encode()).hexdigest()
    if archive.get_json("link.json") != {"about": about}:
        for step, tables in STEPS.items():
            archive.clear(step, tables)
        archive.clear("index", ("index",))
        archive.put_json("link.json", {"about": about})


def _column(archive: Archive, sql: str) -> list[Any]:
    found: list[Any] = archive.query(sql).column(0).to_pylist()
    return found


# ---------------------------------------------------------------- the index


def _index(archive: Archive) -> tuple[int, int]:
    """Number the documents by their ids; repeats are left out, other reports under a taken id get one of their own.

    Returns:
        How many documents there are, and how many repeats were left out.
    """
    known = archive.get_json("done/index-all.json")
    if known is not None:
        return known["documents"], known["repeats"]
    repeated = archive.query(
        "SELECT shard, row, id, digest, publisher, url FROM {documents} WHERE state = 'read' AND id IN "
        "(SELECT id FROM {documents} WHERE state = 'read' GROUP BY id HAVING count(*) > 1) ORDER BY shard, row"
    ).to_pylist()
    names = list(_names(repeated))
    rows = archive.query(
        "SELECT row_number() OVER (ORDER BY name) - 1 AS number, name, shard, row, day FROM ("
        "SELECT coalesce(n.name, d.id) AS name, d.shard, d.row, d.day FROM {documents} d "
        "LEFT JOIN names n ON d.shard = n.shard AND d.row = n.row WHERE d.state = 'read' AND (n.shard IS NULL OR n.name IS NOT NULL)) "
        "ORDER BY number",
        names=_names_table(names),
    )
    archive.write("index", "all", rows)
    facts = {"documents": rows.num_rows, "repeats": sum(name is None for _, _, name in names)}
    archive.finish("index", "all", facts)
    return facts["documents"], facts["repeats"]


def _names(repeated: Sequence[dict[str, Any]]) -> Iterator[tuple[int, int, str | None]]:
    """Shard, row and name of documents whose id others have as well; ``None`` for one that repeats the first under its name."""
    from crossread.ingest.build import digest

    first: dict[str, dict[str, Any]] = {}
    for row in repeated:
        own, name = (row["publisher"], row["url"]), row["id"]
        taken = first.setdefault(name, row)
        if taken is row:
            yield row["shard"], row["row"], name
            continue
        if row["digest"] == taken["digest"] and own in ((taken["publisher"], taken["url"]), (None, None)):
            yield row["shard"], row["row"], None
            continue
        name = f"{name}-{digest(row['digest'], *map(str, own))[:6]}"
        again = first.setdefault(name, row)
        yield row["shard"], row["row"], name if again is row else None


def _names_table(names: Sequence[tuple[int, int, str | None]]) -> "pyarrow.Table":
    import pyarrow as pa

    schema = pa.schema([("shard", pa.int32()), ("row", pa.int32()), ("name", pa.string())])
    return pa.Table.from_pylist([{"shard": s, "row": r, "name": n} for s, r, n in names], schema)


def _learn_furniture(archive: Archive) -> None:
    """Lines that recur in the reports of an outlet, by the rule of `crossread.linking.furniture.learn_furniture`."""
    if archive.files("furniture"):
        return
    rows = archive.query(
        f"WITH seen AS (SELECT line FROM {{lines}} GROUP BY line HAVING count(*) >= {RECURRING}), "
        "own AS (SELECT l.number FROM {lines} l LEFT JOIN seen s ON l.line = s.line GROUP BY l.number "
        "HAVING 2 * sum(CASE WHEN s.line IS NULL THEN 0 ELSE l.length END) <= sum(l.length)) "
        f"SELECT line FROM {{lines}} SEMI JOIN own USING (number) GROUP BY line HAVING count(*) >= {RECURRING} ORDER BY line"
    )
    archive.write("furniture", "all", rows)


# ---------------------------------------------------------------- stories


def _windows(archive: Archive, options: LinkOptions, documents: int) -> dict[str, tuple[Any, ...]]:
    found = _column(
        archive, f"SELECT DISTINCT coalesce(floor(day / {options.window_days})::BIGINT, -1) AS w FROM {{index}} ORDER BY 1"
    )
    rest = (options.window_days, options.reach_days, documents)
    return {f"{w + 1:06d}": (archive.url, w, *rest) for w in found}


def _parts(groups: Sequence[Sequence[int]], size: int) -> Iterator[tuple[str, list[list[int]]]]:
    """Groups in parts of about ``size`` documents, under a name that says which documents they hold."""
    part: list[list[int]] = []
    for group in [*groups, None]:
        if part and (group is None or sum(map(len, part)) + len(group) > size):
            digest = hashlib.sha256(json.dumps(part).encode()).hexdigest()[:12]
            yield f"{part[0][0]:09d}-{digest}", part
            part = []
        if group is not None:
            part.append(list(group))


# ---------------------------------------------------------------- copies


def _meeting(archive: Archive, options: LinkOptions) -> list[list[int]]:
    """Groups of reports that meet in a band of their keys within the reach; one band is joined at a time, which bounds memory.

    Of reports that share a key each is tied to the next in time only: the groups are the same as with all pairs.  Groups larger than what
    is compared at once are cut in order of time.
    """
    from crossread.scale.tasks import BANDS

    days = archive.query("SELECT day FROM {index} ORDER BY number").column(0).to_numpy()
    a = b = np.empty(0, np.int64)
    group = np.arange(len(days), dtype=np.int64)
    with archive.connection() as connection:
        for band in range(BANDS):
            sql = (
                "SELECT before, number FROM (SELECT i.number, i.day, lag(i.number) OVER w AS before, lag(i.day) OVER w AS last "
                f"FROM {{signatures}} s JOIN {{index}} i ON s.shard = i.shard AND s.row = i.row WHERE s.band = {band} "
                "WINDOW w AS (PARTITION BY s.key ORDER BY i.day NULLS LAST, i.number)) "
                f"WHERE before IS NOT NULL AND (day IS NULL OR last IS NULL OR day - last <= {options.reach_days})"
            )
            ties = connection.execute(archive.filled(sql)).fetchnumpy()
            a = np.concatenate([a, np.asarray(ties["before"], np.int64)])
            b = np.concatenate([b, np.asarray(ties["number"], np.int64)])
            group = parts_of(len(days), a, b, np.ones(len(a), np.bool_)).astype(np.int64)
            a, b = _first_of_each(group)
    order = np.lexsort((np.arange(len(group)), days, group))
    starts = np.flatnonzero(np.diff(group[order], prepend=-1)).tolist()
    size = options.most_together
    cut = [order[k : min(k + size, end)] for start, end in pairwise([*starts, len(order)]) for k in range(start, end, size)]
    return sorted(sorted(own.tolist()) for own in cut if len(own) > 1)


def _first_of_each(group: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ties that make the same groups, one for each member: from the first of its group to it."""
    _, first, of = np.unique(group, return_index=True, return_inverse=True)
    heads, members = first[of], np.arange(len(group))
    tied = heads != members
    return heads[tied], members[tied]
