"""An instructor's own cases: a folder outside of the learners' repositories, one TOML file for an exercise.

Owns the form of these files, which docs/cases.md describes. They hold inputs only: what is right, the reference says.
"""

import codecs
import functools
import re
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from proxylings.course import Desk, Exercise
from proxylings.errors import CourseError
from proxylings.grader.oracle.cases import Call, Case, load

_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|[rnt0\\\"'])|\\")


class _Case(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    call: str
    input: dict[str, Any] = {}
    step: str = ""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    case: list[_Case]


def place(exercise: Exercise) -> str:
    """Return the name of the exercise's file in a folder of cases: its id, as in `01-request/give_it_back.toml`."""
    return f"{exercise.id}.toml"


def cases(desk: Desk, exercise: Exercise, folder: Path) -> list[Case]:
    """Return the hidden cases for `exercise` in `folder`; none when it has no file there."""
    path = folder / place(exercise)
    try:
        seen = path.stat()
    except FileNotFoundError:
        if not folder.is_dir():
            raise CourseError(f"There is no folder of cases at {folder}.", "Give --cases the folder itself.") from None
        return []
    return list(_read(desk, exercise, path, (seen.st_mtime_ns, seen.st_size)))


def check(desk: Desk, folder: Path) -> dict[str, int]:
    """Read every file in `folder`, and return how many cases each exercise has; the first mistake is told."""
    known = {place(exercise): exercise for exercise in desk.exercises}
    found = {}
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder).as_posix()
        if name not in known:
            raise CourseError(
                f"{path} belongs to no exercise.",
                "A part's file is called NN-slug.toml, a drill's NN-slug/name.toml. `proxylings status` lists all ids.",
            )
        found[known[name].id] = len(cases(desk, known[name], folder))
    return found


@functools.lru_cache(maxsize=256)
def _read(desk: Desk, exercise: Exercise, path: Path, _seen: tuple[int, int]) -> tuple[Case, ...]:
    try:
        file = msgspec.toml.decode(path.read_bytes(), type=_File)
    except (msgspec.DecodeError, OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} can't be read: {error}", "docs/cases.md says what it looks like.") from error
    calls = load(desk, exercise).calls
    return tuple(_case(exercise, calls, one, f"{path}, case {number}") for number, one in enumerate(file.case, 1))


def _case(exercise: Exercise, calls: Mapping[str, type[Call]], one: _Case, where: str) -> Case:
    steps = [step.id for step in exercise.steps] or [""]
    if one.step not in steps:
        said = f"has no step {one.step!r}" if exercise.steps else "is a drill, and has no steps"
        raise CourseError(f"{where}: {exercise.id} {said}.", f"Its steps: {', '.join(steps)}" if exercise.steps else "")
    if one.call not in calls:
        raise CourseError(f"{where}: {exercise.id} has no call {one.call!r}.", f"Its calls: {', '.join(calls)}")
    kind = calls[one.call]
    try:
        call = msgspec.convert(_decoded(one.input, kind), type=kind, builtin_types=(bytes,))
        _ = call.input  # packs it: a number may not fit
    except (msgspec.ValidationError, ValueError, OverflowError) as error:
        hints = get_type_hints(kind)
        fields = ", ".join(f"{name} ({_said(hints[name])})" for name in kind.__struct_fields__)
        raise CourseError(f"{where}: {error}", f"The input of {one.call}: {fields}") from error
    return Case(one.step, one.name, call, hidden=True)


def _decoded(value: Any, kind: Any) -> Any:
    """Put bytes where the case maker's classes want them, which TOML does not have."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _decoded(value, next(one for one in inner if one is not types.NoneType))
    if origin is list and isinstance(value, list):
        return [_decoded(one, inner[0]) for one in value]
    if kind is bytes and isinstance(value, str):
        return unescaped(value)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and isinstance(value, dict):
        hints = get_type_hints(kind)
        return {name: _decoded(one, hints.get(name)) for name, one in value.items()}
    return value


def unescaped(text: str) -> bytes:
    r"""Return the bytes that `text` spells: UTF-8, with the escapes \r \n \t \0 \\ \" \' and \xHH."""

    def byte(match: re.Match[str]) -> str:
        if match[1] is None:
            raise ValueError(f"the backslash at character {match.start()} begins no escape; a backslash itself is \\\\")
        return codecs.decode(match[0].replace("\\0", "\\x00"), "unicode_escape")

    # An escape stands for one byte, and everything else for its UTF-8: so both go through latin-1.
    pieces, at = [], 0
    for match in _ESCAPE.finditer(text):
        pieces += [text[at : match.start()].encode(), byte(match).encode("latin-1")]
        at = match.end()
    return b"".join([*pieces, text[at:].encode()])


def _said(kind: Any) -> str:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return " or none".join(_said(one) for one in inner if one is not types.NoneType) + " or left out"
    if origin is list:
        return f"a list of {_said(inner[0])}"
    return {int: "a number", bool: "true or false", str: "a text", bytes: "bytes"}.get(
        kind, getattr(kind, "__name__", "a value")
    )
