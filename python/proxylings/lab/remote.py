"""`mine` and `reference`: the parts of the proxy as Python objects with the same methods.

Every call goes to a worker process. `mine` is rebuilt when your files have changed since the last call.
"""

import contextlib
import os
import select
import subprocess
import sys
import tempfile
import time
import weakref
from typing import Any, TypeVar

import msgspec

from proxylings import child, compose, worker
from proxylings.course import Desk, find_desk
from proxylings.errors import LearnerCodeError, ParseError
from proxylings.grader.text import plain
from proxylings.lab.faces import Call
from proxylings.lab.faces.analytics import AnalyticsPart
from proxylings.lab.faces.balancer import BalancerPart
from proxylings.lab.faces.cache import CachePart
from proxylings.lab.faces.connection import ConnectionPart
from proxylings.lab.faces.drain import DrainPart
from proxylings.lab.faces.headers import HeadersPart
from proxylings.lab.faces.logline import LoglinePart
from proxylings.lab.faces.migration import MigrationPart
from proxylings.lab.faces.pipeline import PipelinePart
from proxylings.lab.faces.pool import PoolPart
from proxylings.lab.faces.request import RequestPart
from proxylings.lab.faces.rules import RulesPart

CALL_SECONDS = 5.0
_LIMITS = child.Limits(cpu=600, wall=CALL_SECONDS, memory=2048, file=64)
_REPLY = msgspec.msgpack.Decoder(worker.Reply)
T = TypeVar("T")


class Worker:
    """A worker process with its modules; it is started at the first call and again after a crash."""

    def __init__(self, modules: list[str]) -> None:
        """Remember the modules: paths of libraries, or `worker.REFERENCE`."""
        self.modules = modules
        self._process: subprocess.Popen[bytes] | None = None
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the worker
        self._finalizer: weakref.finalize[..., Worker] | None = None

    def ask(self, request: worker.Request, seconds: float = CALL_SECONDS) -> worker.Reply:
        """Send a request and wait for its reply; a worker that does not answer is ended."""
        process = self._process if self._process and self._process.poll() is None else self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        answered = False
        try:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(worker.frame(request))
                process.stdin.flush()
            reply = self._read(process, time.monotonic() + seconds)
            answered = reply is not None
        finally:
            if not answered:  # a crash, a time-out, or an interrupted cell: the next call gets a fresh worker
                self.close()
        if reply is None:
            raise LearnerCodeError(
                f"Your code did not return within {seconds:g} s, so its worker process was stopped.",
                "Is there a loop that never ends, or a lock that waits for itself?",
            )
        if not reply:
            raise self._crash(process)
        decoded: worker.Reply = _REPLY.decode(reply)
        return decoded

    def _read(self, process: "subprocess.Popen[bytes]", deadline: float) -> bytes | None:
        """Return the reply, b"" when the worker died, None at the deadline."""
        assert process.stdout is not None
        descriptor = process.stdout.fileno()
        data = bytearray()
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([descriptor], [], [], left)[0]:
                return None
            piece = os.read(descriptor, 1 << 20)
            if not piece:
                return b""
            data += piece
            if len(data) >= 4 and len(data) >= 4 + int.from_bytes(data[:4], "big"):
                return bytes(data[4:])

    def _start(self) -> "subprocess.Popen[bytes]":
        self.close()
        command = child.limited([sys.executable, "-m", "proxylings.worker", *self.modules], _LIMITS)
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._stderr, start_new_session=True,
            env={**os.environ, "RUST_BACKTRACE": "0"},
        )  # fmt: skip
        self._finalizer = weakref.finalize(self, child.kill_group, self._process)
        return self._process

    def _crash(self, process: "subprocess.Popen[bytes]") -> LearnerCodeError:
        with contextlib.suppress(subprocess.TimeoutExpired):  # it may have closed its output and live on
            process.wait(1.0)
        child.kill_group(process)
        ending = child.Finished(process.returncode, "", "", "", 0.0).ending()
        self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(0, self._stderr.tell() - 2000))
        last = plain(self._stderr.read().decode("utf-8", "replace")).strip().splitlines()[-4:]
        said = "\n".join(["Its last words:", *last]) if last else "It printed nothing."
        return LearnerCodeError(f"Your code took its worker process down: it {ending}. The kernel is unharmed.", said)

    def close(self) -> None:
        """End the worker."""
        if self._process is not None:
            if self._finalizer is not None:
                self._finalizer.detach()
            child.kill_group(self._process)
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            self._process = None


class Parts:
    """The parts of the proxy, callable from Python."""

    def __init__(self, origin: compose.Origin) -> None:
        """Remember whose parts they are; nothing is built or started yet."""
        self._origin = origin
        self._workers: dict[str, Worker] = {}

    @property
    def request(self) -> RequestPart:
        """Part 01: cut, parse, hand_on, recycle."""
        return RequestPart(self._carrier("request"))

    @property
    def headers(self) -> HeadersPart:
        """Part 02: find, elements, connection, end_to_end, request_framing, response_framing."""
        return HeadersPart(self._carrier("headers"))

    @property
    def logline(self) -> LoglinePart:
        """Part 03: write, parse, dicts, objects, columns."""
        return LoglinePart(self._carrier("logline"))

    @property
    def connection(self) -> ConnectionPart:
        """Part 04: steps."""
        return ConnectionPart(self._carrier("connection"))

    @property
    def migration(self) -> MigrationPart:
        """Part 13: compare, bucket, side, answer, ramp."""
        return MigrationPart(self._carrier("migration"))

    @property
    def rules(self) -> RulesPart:
        """Part 05: load, route, replay."""
        return RulesPart(self._carrier("rules"))

    @property
    def analytics(self) -> AnalyticsPart:
        """Part 09: report."""
        return AnalyticsPart(self._carrier("analytics"))

    @property
    def cache(self) -> CachePart:
        """Part 08: freshness, scene."""
        return CachePart(self._carrier("cache"))

    @property
    def pipeline(self) -> PipelinePart:
        """Part 06: run."""
        return PipelinePart(self._carrier("pipeline"))

    @property
    def balancer(self) -> BalancerPart:
        """Part 07: replay, rehearse."""
        return BalancerPart(self._carrier("balancer"))

    @property
    def pool(self) -> PoolPart:
        """Part 10: scene."""
        return PoolPart(self._carrier("pool"))

    @property
    def drain(self) -> DrainPart:
        """Part 11: play, hand_over."""
        return DrainPart(self._carrier("drain"))

    def __repr__(self) -> str:
        """Name the parts that can be called."""
        names = [name for name, value in vars(Parts).items() if isinstance(value, property)]
        return f"<the {'learner' if self._origin == 'mine' else 'reference'}'s parts: {', '.join(names)}>"

    def _carrier(self, part: str) -> Call:
        return lambda function, arguments, shape: self._call(part, function, arguments, shape)

    def _call(self, part: str, function: str, arguments: Any, shape: type[T]) -> T:
        # All parts of the reference are one module; each part of the learner's is a module with a worker of its own.
        key = part if self._origin == "mine" else worker.REFERENCE
        modules = [module_of(find_desk(), self._origin, part)]
        own = self._workers.get(key)
        if own is None or own.modules != modules:
            if own is not None:
                own.close()
            own = self._workers[key] = Worker(modules)
        reply = own.ask(worker.Call(function, arguments))
        match reply:
            case worker.Value(value):
                return msgspec.convert(value, shape)
            case worker.Refused(message, fault, offset):
                raise ParseError(message, fault, offset)
            case worker.Panicked(message):
                raise panicked(message)


def panicked(message: str) -> LearnerCodeError:
    """Return a panic in words; a `todo!()` is work that is left, not a mistake."""
    message = plain(message)
    todo = message.removeprefix("not yet implemented: ")
    what = f"Your code panicked: {message}" if todo == message else f"This is still to do: {todo}"
    return LearnerCodeError(what, "The worker goes on; mend the code and call again.")


def module_of(desk: Desk, origin: compose.Origin, part: str) -> str:
    """Return the module whose `part` is of that origin, built when it is not there yet.

    The other parts are not in it: parts do not call each other, and each one would make an edit wait.
    """
    if origin == "reference":
        return worker.REFERENCE
    return str(compose.build_module(desk, {part: origin}))


mine = Parts("mine")
reference = Parts("reference")
__all__ = ["Parts", "Worker", "mine", "module_of", "reference"]
