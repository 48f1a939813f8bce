"""Where tasks run: spawned processes on this machine, or Ray on any number.  Both take the same functions and give the same results."""

import importlib
import multiprocessing
import multiprocessing.connection
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, Protocol

from crossread.errors import ConfigError, MissingExtra
from crossread.scale.pool import one_thread_each

AHEAD = 3
"""Calls that wait for each worker: enough to keep it busy, few enough to bound memory."""
TRIES = 3
"""How often a call is made again whose process has died."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one call: its result, or why there is none (``died``: its process ended)."""

    number: int
    result: Any = None
    fault: str | None = None
    died: bool = False


class Engine(Protocol):
    """Runs calls of functions side by side."""

    @property
    def workers(self) -> int:
        """How many calls run at a time."""
        ...

    def run(self, function: str, calls: Sequence[tuple[Any, ...]]) -> Iterator[Outcome]:
        """Outcomes of ``module:function`` over argument tuples, as they come."""
        ...

    def close(self) -> None:
        """End the workers."""
        ...


def call(function: str, arguments: tuple[Any, ...]) -> Any:
    """Call ``module:function``; what every worker runs."""
    module, name = function.split(":")
    return getattr(importlib.import_module(module), name)(*arguments)


def end_with_parent() -> None:
    """End this process when the one that started it has ended, however that came: it would wait for calls for ever."""
    if (parent := multiprocessing.parent_process()) is None:
        return  # nobody started it

    def watch(sentinel: int = parent.sentinel) -> None:
        multiprocessing.connection.wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="end-with-parent").start()


def _said(err: BaseException) -> str:
    return f"{type(err).__name__}: {err}"


class LocalEngine:
    """Spawned processes on this machine; a call that kills its process costs that process only."""

    def __init__(self, workers: int = 1) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    @property
    def workers(self) -> int:
        """Processes."""
        return self._workers

    def run(self, function: str, calls: Sequence[tuple[Any, ...]]) -> Iterator[Outcome]:
        """Outcomes as they come; when a process dies, the calls that were under way are made again, one at a time."""
        waiting = list(enumerate(calls))[::-1]
        running: dict[Future[Any], int] = {}
        while waiting or running:
            while waiting and len(running) < AHEAD * self._workers:
                number, arguments = waiting[-1]
                if (future := self._submitted(function, arguments)) is None:
                    break  # the calls under way tell which of them it was
                running[future] = number
                waiting.pop()
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            if done and not any(_has_died(f) for f in done):
                for future in done:
                    yield _outcome(running.pop(future), future)
                continue
            self.close()
            for future, number in running.items():
                yield _outcome(number, future) if _is_told(future) else self._alone(function, number, calls[number])
            running.clear()

    def _alone(self, function: str, number: int, arguments: tuple[Any, ...]) -> Outcome:
        """The outcome of one call while no other is under way."""
        for _ in range(TRIES):
            if (future := self._submitted(function, arguments)) is not None:
                wait([future])
                if not _has_died(future):
                    return _outcome(number, future)
            self.close()
        return Outcome(number, fault="its process ended", died=True)

    def _submitted(self, function: str, arguments: tuple[Any, ...]) -> "Future[Any] | None":
        """The call under way, or ``None`` where the pool knows already that a process of it died."""
        try:
            return self._opened().submit(call, function, arguments)
        except BrokenProcessPool:
            return None

    def _opened(self) -> ProcessPoolExecutor:
        if self._pool is None:
            one_thread_each()
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._workers, mp_context=context, initializer=end_with_parent)
        return self._pool

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _is_told(future: "Future[Any]") -> bool:
    return future.done() and not future.cancelled() and not _has_died(future)


def _has_died(future: "Future[Any]") -> bool:
    return future.cancelled() or not future.done() or isinstance(future.exception(), BrokenProcessPool)


def _outcome(number: int, future: "Future[Any]") -> Outcome:
    err = future.exception()
    return Outcome(number, fault=_said(err)) if err is not None else Outcome(number, result=future.result())


class RayEngine:
    """Ray tasks, one a call, on this machine or on a cluster.

    Args:
        address: Address of a running cluster; ``None`` starts Ray on this machine for the time of the run.
        workers: Processor cores to use when Ray is started here; ``None`` takes all.

    Raises:
        MissingExtra: If Ray is not installed.
        ConfigError: If the cluster cannot be reached.
    """

    def __init__(self, address: str | None = None, workers: int | None = None) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody outside
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        try:
            import ray
        except ImportError as err:
            raise MissingExtra("--engine ray needs Ray: pip install 'crossread[scale]'") from err
        self._ray = ray
        options: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}
        options |= (
            {"address": address} if address else {"num_cpus": workers, "include_dashboard": False, "_metrics_export_port": None}
        )
        try:
            ray.init(**options)
        except (ConnectionError, ValueError, RuntimeError) as err:
            where = f"the cluster at {address}" if address else "Ray on this machine"
            raise ConfigError(f"{where} cannot be reached or started: {err}; check --address, or leave it out") from err
        self._task = ray.remote(max_retries=TRIES)(call)

    @property
    def workers(self) -> int:
        """Processor cores of the cluster."""
        resources: dict[str, float] = self._ray.cluster_resources()  # type: ignore[no-untyped-call]
        return max(1, int(resources.get("CPU", 1)))

    def run(self, function: str, calls: Sequence[tuple[Any, ...]]) -> Iterator[Outcome]:
        """Outcomes as they come; Ray runs a call again when its worker is lost, three times at most."""
        waiting = list(enumerate(calls))[::-1]
        running: dict[Any, int] = {}
        while waiting or running:
            while waiting and len(running) < AHEAD * self.workers:
                number, arguments = waiting.pop()
                running[self._task.remote(function, arguments)] = number
            done, _ = self._ray.wait(list(running), num_returns=1)
            for reference in done:
                yield self._outcome(running.pop(reference), reference)

    def _outcome(self, number: int, reference: Any) -> Outcome:
        try:
            return Outcome(number, result=self._ray.get(reference))
        except self._ray.exceptions.RayTaskError as err:
            return Outcome(number, fault=_said(err.cause if err.cause is not None else err))
        except self._ray.exceptions.RayError as err:  # the worker, its node or its memory is gone
            return Outcome(number, fault=_said(err).split("\n")[0], died=True)

    def close(self) -> None:
        """Leave the cluster, or stop Ray where it was started here."""
        self._ray.shutdown()


def open_engine(name: str, *, workers: int | None = None, address: str | None = None) -> Engine:
    """An engine by name: ``local`` or ``ray``.

    Raises:
        ConfigError: If there is no such engine, or an address is given to the local one.
    """
    if name == "ray":
        return RayEngine(address, workers)
    if name != "local":
        raise ConfigError(f"no engine {name!r}; there are: local, ray")
    if address:
        raise ConfigError("--address belongs to --engine ray; the local engine runs on this machine only")
    return LocalEngine(workers or 1)


def results(outcomes: Iterable[Outcome]) -> Iterator[Any]:
    """Results of calls none of which may fail.

    Raises:
        ConfigError: If one did; what is finished is kept.
    """
    for outcome in outcomes:
        if outcome.fault is not None:
            raise ConfigError(f"a task failed ({outcome.fault}); what is finished is kept: run the same command again")
        yield outcome.result
