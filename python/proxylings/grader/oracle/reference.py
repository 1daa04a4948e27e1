"""What the reference says to the same cases: made once for a seed, and kept.

Kept in memory, and in a file under .proxylings/oracle/ that is named by everything it depends on.
"""

import contextlib
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
from proxylings.grader.sandbox import Sandbox, SandboxFailed

# How many transcripts are kept, in memory and as files: each seed makes one for each exercise.
_MOST_KEPT = 400
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


def transcript(
    desk: Desk, exercise: Exercise, cases: Sequence[Case], sandbox: Sandbox, *, repeatable: bool = True
) -> Transcript:
    """Return what the reference says to `cases`.

    `repeatable` says that it has to say the same twice; where several answers are right, a judge decides instead.
    """
    key = _key(desk, exercise, cases)
    with _changing:
        lock = _making.setdefault(key, threading.Lock())
    with lock:
        if key not in _known:
            done = _read(_file(desk, key)) or _make(desk, exercise, cases, sandbox, key, repeatable)
            with _changing:
                while len(_known) >= _MOST_KEPT:
                    oldest = next(iter(_known))
                    del _known[oldest], _making[oldest]
                _known[key] = done
        return _known[key]


def _make(
    desk: Desk, exercise: Exercise, cases: Sequence[Case], sandbox: Sandbox, key: str, repeatable: bool
) -> Transcript:
    made = compile_submission(desk, exercise, solution(desk, exercise), (), sandbox)
    if made.program is None:
        said = "\n".join([made.message, *(d.rendered or d.message for d in made.diagnostics if d.is_error)])
        what = f"The reference of {exercise.id} does not compile with {desk.shown(shim(desk, exercise))}."
        raise CourseError(what, said)
    done = transcribe(made.program, cases, sandbox)
    again = transcribe(made.program, cases, sandbox) if repeatable else done
    for case, answer, other in zip(cases, done.said, again.said, strict=True):
        # A panic of the shim, say: an input that it can't read. Every answer would agree with it.
        if answer.kind != "value":
            what = (
                f"The reference of {exercise.id} has no answer to the case {case.name!r}: {answer.text or answer.kind}"
            )
            raise CourseError(what, f"{type(case.call).__name__}\n{case.call}")
        # A machine that is too busy, or a case that depends on chance. What was kept would be wrong for everybody.
        if answer != other:
            raise SandboxFailed(f"The reference of {exercise.id} answered the case {case.name!r} in two ways.")
    done = msgspec.structs.replace(done, printed="")
    path = _file(desk, key)
    state.write_whole(path, msgspec.json.encode(done))
    _forget_the_oldest(path.parent)
    return done


def _forget_the_oldest(folder: Path) -> None:
    """Keep the newest files; another grader may delete the same ones meanwhile."""
    seen = []
    for path in folder.glob("*.json"):
        with contextlib.suppress(OSError):
            seen.append((path.stat().st_mtime, path))
    for _, path in sorted(seen, reverse=True)[_MOST_KEPT:]:
        path.unlink(missing_ok=True)


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
