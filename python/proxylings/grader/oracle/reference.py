"""What the reference says to the same cases: made once for a seed, and kept.

Kept in memory, and in a file under .proxylings/oracle/ that is named by everything it depends on.
"""

import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path

import msgspec

from proxylings import state, toolchain
from proxylings.course import Desk, Exercise
from proxylings.errors import CourseError
from proxylings.grader.oracle.cases import Case, Submission, framed, shim
from proxylings.grader.oracle.libraries import support
from proxylings.grader.oracle.program import compile_submission
from proxylings.grader.oracle.transcript import Transcript, transcribe
from proxylings.grader.sandbox import Sandbox

_known: dict[str, Transcript] = {}
# One lock for each transcript that is being made: whoever needs the same one waits for it, and no one else does.
_making: dict[str, threading.Lock] = {}
_changing = threading.Lock()


def solution(desk: Desk, exercise: Exercise) -> Submission:
    """Return the reference as a submission."""
    path = desk.solution(exercise)
    if exercise.kind == "drill":
        return {f"drills/{path.name}": path.read_bytes()}
    root = path.parent
    return {f"src/{file.relative_to(root).as_posix()}": file.read_bytes() for file in sorted(root.rglob("*.rs"))}


def transcript(desk: Desk, exercise: Exercise, cases: Sequence[Case], sandbox: Sandbox) -> Transcript:
    """Return what the reference says to `cases`."""
    key = _key(desk, exercise, cases)
    with _changing:
        lock = _making.setdefault(key, threading.Lock())
    with lock:
        if key not in _known:
            _known[key] = _read(_file(desk, key)) or _make(desk, exercise, cases, sandbox, key)
        return _known[key]


def _make(desk: Desk, exercise: Exercise, cases: Sequence[Case], sandbox: Sandbox, key: str) -> Transcript:
    made = compile_submission(desk, exercise, solution(desk, exercise), (), sandbox)
    if made.program is None:
        said = "\n".join([made.message, *(d.rendered or d.message for d in made.diagnostics if d.is_error)])
        raise CourseError(
            f"The reference of {exercise.id} does not compile with {desk.shown(shim(desk, exercise))}.", said
        )
    done = transcribe(made.program, cases, sandbox)
    for case, answer in zip(cases, done.said, strict=True):
        # A panic of the shim, say: an input that it can't read. Every answer would agree with it.
        if answer.kind != "value":
            what = (
                f"The reference of {exercise.id} has no answer to the case {case.name!r}: {answer.text or answer.kind}"
            )
            raise CourseError(what, f"{type(case.call).__name__}\n{case.call}")
    done = msgspec.structs.replace(done, printed="")
    state.write_whole(_file(desk, key), msgspec.json.encode(done))
    return done


def _file(desk: Desk, key: str) -> Path:
    return desk.builds / "oracle" / "transcripts" / f"{key}.json"


def _read(path: Path) -> Transcript | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Transcript)
    except (OSError, msgspec.DecodeError):
        return None


def _key(desk: Desk, exercise: Exercise, cases: Sequence[Case]) -> str:
    digest = hashlib.sha256(repr((exercise.id, toolchain.find().version)).encode())
    digest.update(framed(list(enumerate(cases))))
    parts = [shim(desk, exercise), support(desk), *sorted((desk.course / "crates" / "wire" / "src").rglob("*.rs"))]
    for data in [*(path.read_bytes() for path in parts), *solution(desk, exercise).values()]:
        digest.update(f"{len(data)}\0".encode() + data)
    return digest.hexdigest()
