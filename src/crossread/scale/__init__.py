"""Many documents: worker processes on one machine, whole archives on one machine or a cluster, over the same functions as one document."""

from crossread.scale.engines import Engine, LocalEngine, RayEngine, open_engine
from crossread.scale.linking import Linked, LinkOptions, link_archive
from crossread.scale.pool import PoolOptions, read_with_workers
from crossread.scale.reading import Progress, ReadOptions, read_archive

__all__ = [
    "Engine",
    "LinkOptions",
    "Linked",
    "LocalEngine",
    "PoolOptions",
    "Progress",
    "RayEngine",
    "ReadOptions",
    "link_archive",
    "open_engine",
    "read_archive",
    "read_with_workers",
]
