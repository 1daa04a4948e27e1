"""Compile a submission, its shim and its probes in the compile box, and bring the program out through a pipe.

The learner's code is a crate of its own, in which `unsafe` is forbidden; the shim is another one that links to it.
One box does both, so a grade costs two boxes. Only what rustc writes leaves this one: diagnostics and the program.
"""

import shlex
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from proxylings import toolchain
from proxylings.course import Desk, Exercise
from proxylings.errors import CourseError
from proxylings.grader.oracle.cases import Probe, Submission, shim
from proxylings.grader.oracle.libraries import Libraries, libraries
from proxylings.grader.sandbox import COMPILE, Outcome, Sandbox, SandboxFailed
from proxylings.toolchain import Diagnostic

# Where things lie inside the box.
ANSWER, _SHIM, _LIBRARIES, TOOLCHAIN, _MADE = "/answer", "/shim", "/libraries", "/toolchain", "/tmp"  # noqa: S108
_COMMON = (
    "--edition=2024", f"--sysroot={TOOLCHAIN}", "--error-format=json", "--json=diagnostic-rendered-ansi",
    "-Cdebuginfo=0", f"-Ldependency={_LIBRARIES}",
)  # fmt: skip
# Between the diagnostics of one rustc call and the next; rustc itself writes JSON, so it never says this line.
NEXT = "next"
# How rustc ends when it refuses a program, and when it meets a bug of its own.
_RUSTC_ENDS = (1, 101)
_LONGEST_MESSAGE = 2000
_OTHER_TYPES = (
    "Your code compiles, and the calls that grade it do not: a function or a type is not what the exercise gave you. "
    "Keep the names, arguments and results that the stub has."
)
# rustc's JSON carries the long explanation of a code with each error, so that thirty honest errors are 128 KiB.
_ALLOWANCE = msgspec.structs.replace(COMPILE, output=1024)


@dataclass(frozen=True)
class Compiled:
    """`program` is None when there is none; `message` then says why, where no diagnostic does."""

    program: bytes | None
    diagnostics: tuple[Diagnostic, ...]
    probes: tuple[tuple[Diagnostic, ...], ...]
    seconds: float
    message: str = ""


def compile_submission(
    desk: Desk, exercise: Exercise, submission: Submission, probes: Sequence[Probe], sandbox: Sandbox
) -> Compiled:
    """Compile `submission` for `exercise`, with the exercise's shim and `probes`."""
    needs = libraries(desk, exercise)
    files = {f"{ANSWER}/{name}": data for name, data in submission.items()}
    files[f"{_SHIM}/shim.rs"] = shim(desk, exercise).read_bytes()
    files |= {f"{_SHIM}/probe_{number}.rs": probe.source.encode() for number, probe in enumerate(probes)}
    outcome = sandbox.run(
        ["/usr/bin/sh", "-c", _script(exercise, needs, len(probes))],
        _ALLOWANCE,
        read_only={TOOLCHAIN: sysroot(), _LIBRARIES: needs.folder},
        files=files,
        env={"LD_LIBRARY_PATH": f"{TOOLCHAIN}/lib", "PATH": "/usr/bin", "TMPDIR": _MADE},
    )
    return read(outcome, len(probes))


def _script(exercise: Exercise, needs: Libraries, probes: int) -> str:
    crate = crate_name(exercise)
    root = "src/lib.rs" if exercise.kind == "part" else f"drills/{exercise.name}.rs"
    externs = [f"--extern={name}={_LIBRARIES}/{file}" for name, file in needs.externs.items()]
    library = f"{_MADE}/lib{crate}.rlib"
    linked = [*externs, f"--extern={crate}={library}"]
    # A learner may not call what only shims may: the support library is not among the crates of the answer.
    known = [extern for extern in externs if not extern.startswith("--extern=oracle_support=")]
    # The root's path as the learner knows it: it stands in diagnostics and in the words of panics.
    answer = [*known, "-Funsafe_code", "--crate-type=rlib", f"--crate-name={crate}", "-o", library, root]
    program = [
        *linked, "--crate-type=bin", "--crate-name=shim", *linking(), "-Cstrip=symbols",
        "-o", f"{_MADE}/program", f"{_SHIM}/shim.rs",
    ]  # fmt: skip
    lines = [
        f"ln -s {TOOLCHAIN}/{rust_lld()} {_MADE}/ld.lld",
        f"root={ANSWER}/{root}",
        'cd "${root%/*/*}" || exit 97',
        or_exit(rustc(answer)),
        f"echo {NEXT} >&2",
        or_exit(rustc(program)),
    ]
    for number in range(probes):
        probe = ["--crate-type=lib", "--emit=metadata", "-o", f"{_MADE}/probe", f"{_SHIM}/probe_{number}.rs"]
        lines += [f"echo {NEXT} >&2", rustc([*linked, *probe])]
    return "\n".join([*lines, f"cat {_MADE}/program >&3 || exit 97"])


def sysroot() -> Path:
    """Return the folder of the toolchain that a box sees."""
    return toolchain.find().sysroot


def crate_name(exercise: Exercise) -> str:
    """Return the name by which a shim knows the learner's crate."""
    return f"part_{exercise.name}" if exercise.kind == "part" else exercise.name


def rustc(arguments: Sequence[str]) -> str:
    """Return the line of a script that calls rustc."""
    return shlex.join([f"{TOOLCHAIN}/bin/rustc", *_COMMON, *arguments])


def or_exit(command: str) -> str:
    """Return the line of a script that ends it when a command fails."""
    return f"{command} || exit $?"


def linking() -> list[str]:
    """Return how rustc links: with the linker that came with it where there is one, which takes half the time.

    The C compiler is named by its real path, as /usr/bin/cc may lead through /etc; and rustup's own way to its linker
    is a program that looks for itself in /proc. No box holds either.
    """
    if not (path := shutil.which("cc")):
        raise CourseError("There is no C compiler (cc), which Rust links with.", "Install gcc, and try again.")
    chosen = [f"-Clinker={Path(path).resolve()}"]
    if rust_lld():
        chosen += ["-Clink-arg=-fuse-ld=lld", f"-Clink-arg=-B{_MADE}", "-Clink-arg=-Wl,--threads=1"]
    return chosen


def rust_lld() -> str:
    """Return where the toolchain's own linker lies in it, or "" for a toolchain without one."""
    root = toolchain.find().sysroot
    return next((str(path.relative_to(root)) for path in root.glob("lib/rustlib/*/bin/rust-lld")), "")


def read(outcome: Outcome, probes: int) -> Compiled:
    """Read what a compile box gave: the answer's diagnostics, those of each probe, and the program."""
    said = outcome.stderr.decode("utf-8", "replace").split(f"{NEXT}\n")
    parsed = [tuple(toolchain.parse_diagnostics(part)) for part in said]
    if outcome.ok and outcome.data:
        if len(parsed) != probes + 2:
            raise SandboxFailed(f"The compile box told of {len(parsed)} compilations instead of {probes + 2}.")
        told = tuple(one for one in parsed[0] if one.spans or one.code)
        return Compiled(outcome.data, told, tuple(parsed[2:]), outcome.seconds)
    plain = [line for line in said[-1].splitlines() if not line.startswith("{")]
    if outcome.ending == "exited" and outcome.code not in _RUSTC_ENDS:
        raise SandboxFailed(f"The compile box {outcome.says()}. {' '.join(plain)[:500]}")
    told = tuple(one for part in parsed[:2] for one in part if one.spans or one.code)
    if len(parsed) > 1 and outcome.ending == "exited":
        return Compiled(None, told, (), outcome.seconds, _OTHER_TYPES)
    if any(one.is_error for one in told) and outcome.ending == "exited":
        return Compiled(None, told, (), outcome.seconds)
    other = [one.message for part in parsed for one in part if not (one.spans or one.code)]
    message = "\n".join([f"rustc {outcome.says()}.", *other, *plain])
    return Compiled(None, told, (), outcome.seconds, message[:_LONGEST_MESSAGE])
