"""Reading many documents: worker processes on one machine, over the same functions as reading one."""

from crossread.scale.pool import PoolOptions, read_with_workers

__all__ = ["PoolOptions", "read_with_workers"]
