"""Who does the work: threads of this process, or the workers of a Dask cluster that is there already.

Both look the same from `run`: an executor that takes a packed task and gives what came of it.
"""

import importlib
import os
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, Protocol

import msgspec

from proxylings.course import Desk
from proxylings.errors import CourseError
from proxylings.grader.batch.task import Done, Find, Grade, Stoppable, Task, attempt, attempt_elsewhere
from proxylings.grader.sandbox import Sandbox, Stopped


class Workers(Protocol):
    """Workers that take tasks; `count` is how many they do at a time."""

    count: int

    def begin(self, task: Task) -> "Future[Done]":
        """Begin a task, and return at once."""

    def close(self, *, stopped: bool) -> None:
        """Let the workers go; `stopped` says that nobody waits for what they do."""


class Threads:
    """A thread for each sandbox that runs at a time."""

    def __init__(self, grade: Grade, sandbox: Sandbox, desk: Desk, count: int | None = None) -> None:
        """Start with `count` threads, as many as there are processors when it is not given."""
        # Those that this process may use, where the system tells (Linux).
        processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        self.count = count or processors or 1
        self._stop = threading.Event()
        self._grade, self._desk = grade, desk
        self._sandbox = Stoppable(sandbox, self._stop)
        self._pool = ThreadPoolExecutor(self.count, "grade")

    def begin(self, task: Task) -> "Future[Done]":
        """Grade in a thread."""
        return self._pool.submit(attempt, self._grade, self._sandbox, self._desk, task)

    def close(self, *, stopped: bool) -> None:
        """End the threads; what runs in a sandbox ends with them."""
        if stopped:
            self._stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)


class Cluster:
    """The workers of the Dask cluster whose scheduler listens at `address`."""

    def __init__(self, address: str, grade: Grade, find: Find) -> None:
        """Connect; say what to do where there is no such scheduler, or no `distributed`."""
        try:
            # An extra: a class on one machine needs none of it. It has no types of its own.
            distributed: Any = importlib.import_module("distributed")
        except ImportError as error:
            raise CourseError("--scheduler needs Dask.", "Install it: pip install 'proxylings[dask]'") from error
        try:
            self._client = distributed.Client(address, timeout=5, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise CourseError(
                f"No Dask scheduler answers at {address}: {error}", "Start one: dask scheduler; dask worker ADDRESS"
            ) from error
        self.count = sum(self._client.nthreads().values())
        if not self.count:
            self._client.close()
            raise CourseError(f"The scheduler at {address} has no workers.", f"Start some: dask worker {address}")
        # pure=False: two tasks are never taken for the same one. Dask runs a task again whose worker has gone.
        self._pool: Executor = self._client.get_executor(pure=False)
        self._grade, self._find = grade, find

    def begin(self, task: Task) -> "Future[Done]":
        """Grade on a worker. A task that ends its worker again and again is no verdict, but a failure in words."""
        packed: Future[bytes] = self._pool.submit(
            attempt_elsewhere, self._grade, self._find, msgspec.msgpack.encode(task)
        )
        return _then(packed, lambda data: msgspec.msgpack.decode(data, type=Done))

    def close(self, *, stopped: bool) -> None:
        """Leave the cluster as it was."""
        self._pool.shutdown(wait=not stopped)
        self._client.close()


def _then(first: "Future[bytes]", change: Callable[[bytes], Done]) -> "Future[Done]":
    """Return a future for what `change` makes of the first one's result."""
    second: Future[Done] = Future()

    def pass_on(done: "Future[bytes]") -> None:
        if done.cancelled():
            second.set_exception(
                Stopped(
                    "The Dask scheduler has gone, or has forgotten the tasks.",
                    "Every verdict so far is kept: start it, and run the same command again.",
                )
            )
        elif (error := done.exception()) is not None:
            second.set_result(Done(None, f"the worker was lost: {type(error).__name__}: {error}"[:500]))
        else:
            second.set_result(change(done.result()))

    first.add_done_callback(pass_on)
    return second
