"""What a case is: a call with its arguments, made from a seed, in a form that a shim can read.

Owns the vocabulary of the case makers in `tests/oracle/`, and how a value becomes bytes. Knows no exercise.
"""

import functools
import importlib.util
import random
import struct
import threading
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from proxylings.course import Desk, Exercise
from proxylings.errors import CourseError
from proxylings.grader.oracle.scene import Play

Submission = Mapping[str, bytes]
# Says what is wrong with a value, or nothing: the call, what came, and what the reference gave.
Judge = Callable[["Call", str, str], str]

_loading = threading.Lock()


class Call(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One call of a shim: the class's name says which, its fields are the arguments, in order.

    A field is an int (at most 64 bits), a bool, a str, bytes, a list, a struct of such fields, or one of them or None.
    """

    @property
    def input(self) -> bytes:
        """Return the arguments as the shim reads them."""
        return b"".join(_packed(getattr(self, name), kind) for name, kind in _fields(type(self)))

    def __str__(self) -> str:
        """Return the call as a learner may read it."""
        named = (f"{name}: {_shown(getattr(self, name))}" for name, _ in _fields(type(self)))
        return "\n".join(named)


@dataclass(frozen=True)
class Case:
    """One question: `step` is the task that it counts for ("" for a drill), `name` says what it is about.

    Cases with one name are one line of the verdict. Of a hidden case the learner sees the name and nothing else.
    """

    step: str
    name: str
    call: Call
    hidden: bool = False


@dataclass(frozen=True)
class Probe:
    """A program that is compiled against the submission and never run.

    `fails` is the one error code that rustc must give, and "" says that it must compile. A probe that must fail
    stands beside one that differs in the point at issue and compiles, or it could fail for any reason.
    """

    step: str
    name: str
    source: str
    fails: str = ""


@dataclass(frozen=True)
class Maker:
    """What `tests/oracle/<slug>/<exercise>.py` gives; `judge` is there where equality would be too strict."""

    make: Callable[[random.Random], list[Case]]
    calls: dict[str, type[Call]]
    probes: Sequence[Probe]
    judge: Judge | None
    plays: Sequence[Play]


def named(step: str, name: str, calls: Iterable[Call]) -> list[Case]:
    """Return one case for each call, all of them for one line of the verdict."""
    return [Case(step, name, call) for call in calls]


def shim(desk: Desk, exercise: Exercise) -> Path:
    """Return the exercise's shim."""
    return desk.course / "tests" / "oracle" / exercise.chapter / f"{exercise.name}.rs"


@functools.lru_cache(maxsize=64)
def drawn(desk: Desk, exercise: Exercise, seed: int) -> tuple[Case, ...]:
    """Return the cases that `seed` gives for `exercise`: the same ones every time."""
    # The seed is recorded, and no secret: the same one has to give the same cases.
    return tuple(load(desk, exercise).make(random.Random(f"{exercise.id} {seed}")))  # noqa: S311


def load(desk: Desk, exercise: Exercise) -> Maker:
    """Return the exercise's case maker, read once: its judge knows no calls but those of its own module."""
    with _loading:
        return _load(desk, exercise)


@functools.cache
def _load(desk: Desk, exercise: Exercise) -> Maker:
    module = _module(desk, shim(desk, exercise).with_suffix(".py"))
    calls = {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, Call) and value is not Call
    }
    return Maker(
        module.cases,
        calls,
        tuple(getattr(module, "PROBES", ())),
        getattr(module, "judge", None),
        plays(desk, exercise),
    )


def plays(desk: Desk, exercise: Exercise) -> tuple[Play, ...]:
    """Return what is played with the whole proxy, where `<exercise>_net.py` stands beside the case maker."""
    path = shim(desk, exercise).with_name(f"{exercise.name}_net.py")
    return tuple(_module(desk, path).PLAYS) if path.is_file() else ()


def _module(desk: Desk, path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(f"proxylings_oracle_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise CourseError(f"{desk.shown(path)} can't be read.", f"Restore it: git checkout -- {desk.shown(path)}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def framed(numbered: Sequence[tuple[int, Case]]) -> bytes:
    """Return what a shim reads from its standard input; its own file says the form."""
    frames = []
    for number, case in numbered:
        call, arguments = type(case.call).__name__.encode(), case.call.input
        frames.append(struct.pack(f"<IB{len(call)}sI", number, len(call), call, len(arguments)) + arguments)
    return b"".join(frames)


def _fields(kind: type[msgspec.Struct]) -> list[tuple[str, Any]]:
    hints = get_type_hints(kind)
    return [(name, hints[name]) for name in kind.__struct_fields__]


def _packed(value: Any, kind: Any) -> bytes:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        (some,) = (one for one in inner if one is not types.NoneType)
        return b"\0" if value is None else b"\1" + _packed(value, some)
    if origin in (list, tuple):
        return struct.pack("<I", len(value)) + b"".join(_packed(one, inner[0]) for one in value)
    if isinstance(value, bool):
        return bytes([value])
    if isinstance(value, int):
        return struct.pack("<q" if value < 0 else "<Q", value)
    if isinstance(value, str):
        return _packed(value.encode(), bytes)
    if isinstance(value, bytes):
        return struct.pack("<I", len(value)) + value
    if isinstance(value, msgspec.Struct):
        return b"".join(_packed(getattr(value, name), one) for name, one in _fields(type(value)))
    raise TypeError(f"a case can't hold {value!r}")


def _shown(value: Any) -> str:
    """Return a value as a learner may read it; bytes as in a Rust literal."""
    if isinstance(value, bytes):
        return '"' + "".join(_escaped(byte) for byte in value) + '"'
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_shown, value)) + "]"
    if isinstance(value, str):
        return _shown(value.encode()) if value.isascii() else f'"{value}"'
    if isinstance(value, msgspec.Struct):
        fields = (f"{name}: {_shown(getattr(value, name))}" for name, _ in _fields(type(value)))
        return f"{type(value).__name__} {{ {', '.join(fields)} }}"
    return "none" if value is None else str(value).lower()


def _escaped(byte: int) -> str:
    known = {0x0D: r"\r", 0x0A: r"\n", 0x09: r"\t", 0x22: r"\"", 0x5C: r"\\"}
    return known.get(byte) or (chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}")
