"""The net box: the proxy with a submission's part inside, on a network with a client and upstreams of ours.

Every body on that network is random, so that nobody can answer without having proxied. The box holds the other parts
of the reference, as the proxy does, and never the reference of the part that is graded. The client and the upstreams
run in a process of their own (`driver`), in the same network namespace, and nowhere else than there.
"""

import os
import shutil
import struct
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from proxylings.course import Desk, Exercise
from proxylings.errors import CourseError
from proxylings.grader.oracle import cases, program
from proxylings.grader.oracle.cases import Submission
from proxylings.grader.oracle.libraries import proxy_libraries
from proxylings.grader.oracle.program import Compiled
from proxylings.grader.oracle.scene import Play
from proxylings.grader.sandbox import COMPILE, Sandbox, SandboxFailed
from proxylings.grader.verdict import TestResult

# The whole proxy is compiled, which is our own code but for one part.
_COMPILE = msgspec.structs.replace(COMPILE, cpu=120, wall=240.0, memory=3072, tmp=512, output=1024, data=256 * 1024)
_SECONDS = 60.0
_SOURCES, _PARTS, _LIBRARIES, _MADE = "/proxy", "/parts", "/libraries", "/tmp"  # noqa: S108


class Request(msgspec.Struct):
    """What the driver is asked: the exercise, the seed for all that is random, and how strict the box has to be."""

    exercise: str
    plays: list[int]
    seed: int
    require_cgroup: bool
    trust: bool


class Told(msgspec.Struct):
    """What a play came to: nothing in `why` when all went as it has to."""

    step: str
    name: str
    why: str
    seconds: float


def compile_proxy(desk: Desk, exercise: Exercise, submission: Submission, sandbox: Sandbox) -> Compiled:
    """Compile the proxy with `submission` in place of the reference's part."""
    needs = proxy_libraries(desk)
    others = {name: path for name, path in needs.parts.items() if name != program.crate_name(exercise)}
    files = {f"{program.ANSWER}/{name}": data for name, data in submission.items()}
    outcome = sandbox.run(
        ["/usr/bin/sh", "-c", _script(desk, exercise, needs.externs, list(others))],
        _COMPILE,
        read_only={
            program.TOOLCHAIN: program.sysroot(),
            _LIBRARIES: needs.folder,
            f"{_SOURCES}/src": desk.course / "crates" / "proxy" / "src",
            f"{_SOURCES}/proxy.toml": desk.course / "crates" / "proxy" / "proxy.toml",
            **{f"{_PARTS}/lib{name}.rlib": path for name, path in others.items()},
        },
        files=files,
        env={"LD_LIBRARY_PATH": f"{program.TOOLCHAIN}/lib", "PATH": "/usr/bin", "TMPDIR": _MADE,
             "CARGO_PKG_VERSION": "0.1.0"},
    )  # fmt: skip
    return program.read(outcome, 0)


def _script(desk: Desk, exercise: Exercise, externs: dict[str, str], others: Sequence[str]) -> str:
    mine = program.crate_name(exercise)
    known = [f"--extern={name}={_LIBRARIES}/{file}" for name, file in externs.items()]
    known += [f"--extern={name}={_PARTS}/lib{name}.rlib" for name in others]
    part = f"{_MADE}/lib{mine}.rlib"
    manifest = tomllib.loads((desk.course / "solutions" / exercise.chapter / "Cargo.toml").read_text(encoding="utf-8"))
    needed = [f"--extern={name}={_LIBRARIES}/{externs[name]}" for name in map(_crate, manifest["dependencies"])]
    answer = [*needed, "-Funsafe_code", "--crate-type=rlib", f"--crate-name={mine}", "-o", part, "src/lib.rs"]
    whole = [*known, f"--extern={mine}={part}", f"-Ldependency={_PARTS}", f"-Ldependency={_MADE}", "--cap-lints=allow"]
    library = [*whole, "--crate-type=rlib", "--crate-name=proxy", "-o", f"{_MADE}/libproxy.rlib"]
    main = [*whole, f"--extern=proxy={_MADE}/libproxy.rlib", "--crate-type=bin", "--crate-name=proxylings_proxy",
            *program.linking(), "-Cstrip=symbols", "-o", f"{_MADE}/program"]  # fmt: skip
    lines = [
        f"ln -s {program.TOOLCHAIN}/{program.rust_lld()} {_MADE}/ld.lld",
        f"cd {program.ANSWER} || exit 97",
        program.or_exit(program.rustc(answer)),
        f"echo {program.NEXT} >&2",
        program.or_exit(program.rustc([*library, f"{_SOURCES}/src/lib.rs"])),
        program.or_exit(program.rustc([*main, f"{_SOURCES}/src/main.rs"])),
    ]
    return "\n".join([*lines, f"cat {_MADE}/program >&3 || exit 97"])


def _crate(name: str) -> str:
    return name.replace("-", "_")


def play(
    desk: Desk, exercise: Exercise, made: bytes, plays: Sequence[Play], seed: int, sandbox: Sandbox
) -> list[TestResult]:
    """Play `plays` with the compiled proxy, in a network namespace that ends with them."""
    if not plays:
        return []
    known = cases.plays(desk, exercise)
    # By their places in the file: a function does not travel.
    wanted = [at for at, one in enumerate(known) if (one.step, one.name) in {(play.step, play.name) for play in plays}]
    request = msgspec.json.encode(
        Request(exercise.id, wanted, seed, "cgroup" in sandbox.backend, "unsandboxed" in sandbox.backend)
    )
    command = [*_apart(), sys.executable, "-m", "proxylings.grader.oracle.driver"]
    environment = {
        **os.environ,
        "PROXYLINGS_COURSE": str(desk.course),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    try:
        done = subprocess.run(
            command, input=struct.pack("<I", len(request)) + request + made, capture_output=True, check=False,
            timeout=_SECONDS + 20 * len(plays), env=environment, cwd=desk.course,
        )  # fmt: skip
        told = msgspec.json.decode(done.stdout, type=list[Told])
    except subprocess.TimeoutExpired as error:
        raise SandboxFailed("The net box did not come to an end.", "Is the machine very busy?") from error
    except msgspec.DecodeError as error:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise SandboxFailed(f"The net box gave no answer: {' '.join(said) or error}.") from error
    if [(one.step, one.name) for one in told] != [(one.step, one.name) for one in plays]:
        raise SandboxFailed("The net box told of other plays than it was given.")
    return [TestResult(one.name, one.step, "fail" if one.why else "pass", one.why, seconds=one.seconds) for one in told]


def _apart() -> list[str]:
    """Return the command that gives a program a network of its own."""
    unshare = shutil.which("unshare")
    if unshare is None:
        raise CourseError("The net box needs `unshare`.", "Install util-linux, and try again.")
    own = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    return [str(Path(unshare).resolve()), *own, "--net", "--kill-child", "--fork", "--"]
