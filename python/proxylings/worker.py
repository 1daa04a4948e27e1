"""The worker: a process that loads one composed module and calls it, so that a crash costs the worker only.

Speaks length-prefixed MessagePack on its standard input and on a copy of its standard output; whatever the
learner's code prints goes to standard error. Run as `python -m proxylings.worker MODULE…`: the first
module is the one that calls go to, a benchmark names any of them by position.
"""

import os
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

import msgspec

from proxylings import native, timing
from proxylings.errors import ParseError

REFERENCE = "reference"  # in place of a path: the module that came with the package


class Call(msgspec.Struct, tag=True):
    """Call `function` of the first module."""

    function: str
    arguments: list[Any]


class Bench(msgspec.Struct, tag=True):
    """Time a function of every module, and Python functions given as source, in interleaved rounds."""

    function: str
    arguments: list[Any]
    python: dict[str, str]
    rounds: int


class Value(msgspec.Struct, tag=True):
    """The call returned."""

    value: Any


class Refused(msgspec.Struct, tag=True):
    """The call raised ParseError."""

    message: str
    fault: str
    offset: int


class Panicked(msgspec.Struct, tag=True):
    """The call panicked, or raised something else."""

    message: str


Request = Call | Bench
Reply = Value | Refused | Panicked


def _plain(value: object) -> Any:
    """Turn a class of the module into a table of its properties."""
    names = [name for name in dir(type(value)) if not name.startswith("_")]
    if not names:
        raise TypeError(f"{type(value).__name__} has no properties to show")
    return {name: getattr(value, name) for name in names}


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_plain)


def read_frame(stream: BinaryIO) -> bytes:
    """Read one message; empty when the other side is gone."""
    size = stream.read(4)
    return stream.read(struct.unpack("!I", size)[0]) if len(size) == 4 else b""


def frame(message: Request | Reply) -> bytes:
    """Encode one message with its length in front."""
    data = _ENCODER.encode(message)
    return struct.pack("!I", len(data)) + data


def _answer(modules: list[ModuleType], request: Request) -> Reply:
    try:
        match request:
            case Call(function, arguments):
                return Value(getattr(modules[0], function)(*arguments))
            case Bench(function, arguments, python, rounds):
                named: dict[str, Callable[..., object]] = {
                    str(at): getattr(module, function) for at, module in enumerate(modules)
                }
                named |= {name: timing.function_from(source) for name, source in python.items()}
                return Value(timing.interleaved(named, tuple(arguments), rounds))
    except ParseError as error:
        return Refused(*error.arguments)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # pyo3 raises a panic as a BaseException
        return Panicked(str(error) or type(error).__name__)


def main(paths: list[str]) -> None:
    """Answer requests until standard input closes."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    modules = [native.reference() if path == REFERENCE else native.load(Path(path)) for path in paths]
    decoder = msgspec.msgpack.Decoder(Request)
    while message := read_frame(sys.stdin.buffer):
        replies.write(frame(_answer(modules, decoder.decode(message))))
        replies.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
