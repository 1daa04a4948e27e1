"""A grader as an attack meets it: takes jobs, gives each to the sandbox or the oracle, says what came of it.

Runs in a process of its own, as the user that the test is about; with one mechanism taken away where a test says so.
"""

import shutil
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from proxylings import toolchain
from proxylings.errors import CourseError
from proxylings.grader.sandbox import Allowance, Outcome, Sandbox, find
from tests.attacks import grading
from tests.attacks.listing import load
from tests.attacks.mechanisms import take_away
from tests.attacks.programs import Attack, Reply

_CONTROL = Allowance(cpu=2, wall=10.0, memory=64, tmp=4, output=4, processes=8, data=4)


@dataclass(frozen=True)
class Job:
    """An attack by its id, or "control", an honest submission that doubles `number`."""

    attack: str
    act: int = 1
    briefing: str = ""
    secret: str = ""
    number: int = 0


def serve(pipe: Connection, weakness: str, lent: Path, built: Path) -> None:
    """Take jobs until nobody asks any more."""
    attacks = {attack.id: attack for attack in load()}
    if weakness:
        take_away(weakness)
    sandbox = find()
    pipe.send(Reply("ready", sandbox.backend))
    program = (built / "attacks").read_bytes()
    control = (built / "control").read_bytes()
    while True:
        try:
            job: Job = pipe.recv()
        except EOFError:
            return
        open_before = len(list(Path("/proc/self/fd").iterdir()))
        try:
            if job.attack == "control":
                reply = _honest(sandbox, control, job.number)
            else:
                reply = _attack(sandbox, attacks[job.attack], job, program, lent, built)
        except Exception as error:
            said = str(error) if isinstance(error, CourseError) else "".join(traceback.format_exception(error))
            reply = Reply("failed", sandbox.backend, complaint=f"{type(error).__name__}: {said}")
        left = len(list(Path("/proc/self/fd").iterdir())) - open_before
        if left and not reply.complaint:
            reply = Reply(**{**vars(reply), "complaint": f"{left} descriptors were left open"})
        pipe.send(reply)


def _attack(sandbox: Sandbox, attack: Attack, job: Job, program: bytes, lent: Path, built: Path) -> Reply:
    match attack.box:
        case "run":
            outcome = sandbox.run(
                ["/attack", attack.name],
                attack.allowance,
                stdin=job.briefing.encode(),
                read_only={"/lent": lent, "/bait": built / "bait"},
                files={"/attack": program, "/given.txt": b"given"},
            )
        case "compile":
            outcome = compile_in(sandbox, attack, job)
        case "grade" | "submission":
            return grading.play(sandbox, attack, Path(job.secret))
    return Reply(
        _ending(outcome), sandbox.backend, outcome.stdout, outcome.stderr, outcome.data, seconds=outcome.seconds
    )


def compile_in(sandbox: Sandbox, attack: Attack, job: Job) -> Outcome:
    """Compile a source as the oracle does, and bring the program out."""
    root = toolchain.find().sysroot
    linker = Path(shutil.which("cc") or "/usr/bin/cc").resolve()
    kind = "bin" if "pub fn main()" in attack.source else "lib"
    rustc = f"/toolchain/bin/rustc --edition=2024 --sysroot=/toolchain --crate-type={kind} -Cdebuginfo=0"
    source = attack.source.replace("/secret/file", job.secret)
    return sandbox.run(
        ["/usr/bin/sh", "-c", f"{rustc} -Clinker={linker} /answer/answer.rs -o /tmp/made && cat /tmp/made >&3"],
        attack.allowance,
        read_only={"/toolchain": root},
        files={"/answer/answer.rs": source.encode()},
        env={"LD_LIBRARY_PATH": "/toolchain/lib"},
    )


def _honest(sandbox: Sandbox, program: bytes, number: int) -> Reply:
    allowed = _CONTROL
    outcome = sandbox.run(["/control"], allowed, stdin=str(number).encode(), files={"/control": program})
    right = outcome.ok and outcome.data == f"{2 * number} {8 << 20}".encode() and outcome.stdout == b"honest\n"
    said = (outcome.stderr + outcome.stdout)[-300:].decode("utf-8", "replace")
    complaint = "" if right else f"it {outcome.says()}, and gave {outcome.data[:100]!r}: {said}"
    return Reply(_ending(outcome), sandbox.backend, complaint=complaint)


def _ending(outcome: Outcome) -> str:
    return f"{outcome.ending} {outcome.code}" if outcome.ending in ("exited", "signal") else outcome.ending
