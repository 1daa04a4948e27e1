"""Everything that a sandbox is made of, how to take each thing away, and the attacks that must get through then.

This is the test of the tests: an attack that is held by something else proves nothing. Taking away works from
outside, on the commands and filters that the sandbox gives to bubblewrap and the kernel: the product itself has no
weaker form. It is done in a process of its own, in a world of its own (see `world`), never in the test's process.

Where two defences each hold the same attack, both are taken away, and `why` says so.
"""

import os
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from unittest import mock

from proxylings.grader import text
from proxylings.grader.batch import reading
from proxylings.grader.batch.pile import Caps
from proxylings.grader.oracle import judge, program, reference, transcript
from proxylings.grader.oracle.cases import Case
from proxylings.grader.oracle.transcript import Transcript
from proxylings.grader.sandbox import Allowance, Outcome, Sandbox, arguments, box, bubblewrap, memory
from proxylings.grader.sandbox import filter as system_calls
from tests.attacks import grading
from tests.attacks.programs import HERE

User = Literal["root", "ordinary"]
BOTH: tuple[User, ...] = ("root", "ordinary")
_OFF = (
    "--unshare-ipc", "--unshare-pid", "--unshare-uts", "--unshare-net", "--as-pid-1", "--new-session",
    "--die-with-parent", "--disable-userns", "--clearenv",
)  # fmt: skip


@dataclass(frozen=True)
class Mechanism:
    """One defence: how to take it away, and which of these attacks must then be red."""

    name: str
    away: tuple[Callable[[], None], ...]
    attacks: tuple[str, ...]
    users: tuple[User, ...] = BOTH
    why: str = ""
    # Whether the honest neighbour's grader loses it, too.
    neighbour: bool = False


def take_away(name: str) -> None:
    """Take one mechanism out of this process's sandbox, for good."""
    for away in by_name(name).away:
        away()


def by_name(name: str) -> Mechanism:
    """Find a mechanism."""
    return next(one for one in MECHANISMS if one.name == name)


def without(*options: str) -> Callable[[], None]:
    """Leave options of bubblewrap out, each with the value that follows where it has one."""

    def edit(given: list[str]) -> list[str]:
        for option in options:
            length = 1 if option in _OFF else 2
            while option in given:
                at = given.index(option)
                given = given[:at] + given[at + length :]
        return given

    return _editing(edit)


def instead(**words: str) -> Callable[[], None]:
    """Put other options of bubblewrap in the place of some; `_` stands for `-`."""
    new = {f"--{old.replace('_', '-')}": f"--{word}" for old, word in words.items()}
    return _editing(lambda given: [new.get(option, option) for option in given])


def first(*options: str) -> Callable[[], None]:
    """Begin with more options."""
    return _editing(lambda given: [*options, *given])


def before(mark: tuple[str, ...], *options: str) -> Callable[[], None]:
    """Put more options before those of `mark`."""

    def edit(given: list[str]) -> list[str]:
        at = next(at for at in range(len(given)) if tuple(given[at : at + len(mark)]) == mark)
        return [*given[:at], *options, *given[at:]]

    return _editing(edit)


def unsized(place: str) -> Callable[[], None]:
    """Let a tmpfs be as large as memory."""

    def edit(given: list[str]) -> list[str]:
        at = next(at for at in range(len(given)) if given[at : at + 2] == ["--tmpfs", place])
        if given[at - 2] != "--size":
            raise ValueError(f"{place} has no size")
        return given[: at - 2] + given[at:]

    return _editing(edit)


def _the_hosts_devices(given: list[str]) -> list[str]:
    """Show the host's /dev instead of one with four devices."""
    at = next(at for at in range(len(given)) if given[at : at + 2] == ["--tmpfs", "/dev"])
    return [*given[: at - 2], "--dev-bind", "/dev", "/dev", *given[at + 2 :]]


def _editing(edit: Callable[[list[str]], list[str]]) -> Callable[[], None]:
    def away() -> None:
        close = arguments.Arguments.closed

        def closed(self: arguments.Arguments) -> bytes:
            close(self)
            given = self._options
            self._options = edit(list(given))
            if self._options == given:
                raise ValueError("the sandbox does not use what this test takes away; mend tests/attacks/mechanisms.py")
            return b"".join(option.encode() + b"\0" for option in self._options)

        _put(arguments.Arguments, "closed", closed)

    return away


def command(edit: Callable[[list[str]], list[str]]) -> Callable[[], None]:
    """Change the command that leads to the program."""

    def away() -> None:
        inside = arguments.inside

        def edited(allowance: Allowance, user: int | None, *, stdin: bool) -> Iterator[str]:
            given = list(inside(allowance, user, stdin=stdin))
            changed = edit(given)
            if changed == given:
                raise ValueError("the sandbox does not use what this test takes away; mend tests/attacks/mechanisms.py")
            yield from changed

        _put(bubblewrap, "inside", edited)

    return away


def unlimited(limit: str) -> Callable[[], None]:
    """Leave out one of prlimit's limits."""
    return command(lambda given: [word for word in given if not word.startswith(f"--{limit}=")])


def open_calls(*names: str) -> Callable[[], None]:
    """Let the filter pass these system calls."""

    def away() -> None:
        refuse = system_calls._refuse

        def some(seccomp: Any, made: Any, action: int, name: str, *more: Any) -> None:
            if name not in names:
                refuse(seccomp, made, action, name, *more)

        _put(system_calls, "_refuse", some)
        _program_anew()

    return away


def _put(place: Any, name: str, new: Any) -> None:
    """Replace something for as long as this process lives."""
    mock.patch.object(place, name, new).start()


def _program_anew() -> None:
    for value in vars(system_calls).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()


def foreign_architectures() -> None:
    """Let the filter pass system calls of other architectures."""
    seccomp = system_calls._library()
    seccomp.KILL_PROCESS = seccomp.ALLOW
    _program_anew()


def started(**changes: Callable[[Any], Any]) -> Callable[[], None]:
    """Start bubblewrap in another way."""

    def away() -> None:
        start = subprocess.Popen

        def popen(argv: list[str], **keywords: Any) -> "subprocess.Popen[bytes]":
            if Path(argv[0]).name == "bwrap":
                keywords |= {name: change(keywords[name]) for name, change in changes.items()}
            return start(argv, **keywords)

        _put(subprocess, "Popen", popen)

    return away


def no_setpriv(given: list[str]) -> list[str]:
    """Stay who we are."""
    if "/usr/bin/setpriv" not in given:
        return given
    at = given.index("/usr/bin/setpriv")
    return given[:at] + given[given.index("--", at) + 1 :]


def one_user_for_all(given: list[str]) -> list[str]:
    """Give every box the same user."""
    return ["--reuid=1879048192" if word.startswith("--reuid=") else word for word in given]


def endless_memory() -> None:
    """Give every box 1,000 times the memory."""
    for keeper in (memory.Cgroup, memory.Watchdog):
        meter: Any = keeper.meter

        def generous(self: memory.Keeper, mib: int, meter: Any = meter) -> Any:
            return meter(self, mib * 1000)

        _put(keeper, "meter", generous)


def endless_output() -> None:
    """Never find that a box says too much."""
    _put(box.Box, "_flooded", lambda self: False)


def endless_time() -> None:
    """Give every box an hour."""
    watch = box.Box._until_a_limit

    def patient(self: box.Box, *more: Any) -> Any:
        self.started += 3600
        return watch(self, *more)

    _put(box.Box, "_until_a_limit", patient)


def nobody_is_overworked() -> None:
    """Do not look at the processor time of all of a box's processes together."""
    _put(box.Box, "_overworked", lambda self, starving: False)


def patience_with_everybody() -> None:
    """Give all the time that a starving box may get to one whose own processes take it."""
    _put(box.Box, "_end", lambda self, starving: self.started + 5 * self.allowance.wall)
    nobody_is_overworked()


def nobody_is_killed() -> None:
    """Leave a box's processes to themselves."""
    _put(box, "_kill", lambda pidfd: None)


def leaking_descriptors() -> None:
    """Start bubblewrap with a descriptor of the grader's own, as a grader with threads would without care."""
    mine = os.open("/srv/course/hidden", os.O_RDONLY)
    started(pass_fds=lambda passed: [*passed, mine])()


def exit_code_1_is_the_box() -> None:
    """Take bubblewrap's own exit code for the truth: 1 is what it gives when it can't make a box."""
    outcome = box.Box._outcome

    def naive(self: box.Box, *more: Any) -> Outcome:
        if self.process.returncode == 1:
            raise self._failed()
        return outcome(self, *more)

    _put(box.Box, "_outcome", naive)


def believing() -> None:
    """Judge a submission by its own exit code, as a test runner does."""
    right: list[Transcript] = []
    known, transcribe = reference.transcript, transcript.transcribe

    def remembered(*arguments: Any) -> Transcript:
        right[:] = [known(*arguments)]
        return right[0]

    def believed(program: bytes, cases: Sequence[Case], sandbox: Sandbox) -> Transcript:
        listening = _Listening(sandbox)
        said = transcribe(program, cases, listening)
        return right[0] if cases and listening.last is not None and listening.last.ok else said

    _put(reference, "transcript", remembered)
    _put(judge, "transcribe", believed)


class _Listening:
    """A sandbox that keeps its last outcome."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.backend, self._sandbox = sandbox.backend, sandbox
        self.last: Outcome | None = None

    def run(self, *arguments: Any, **keywords: Any) -> Outcome:
        self.last = self._sandbox.run(*arguments, **keywords)
        return self.last


def comparing_inside() -> None:
    """Take a shim that pins no type, and compares in the learner's process, with the learner's own types."""
    for module in (program, reference):
        _put(module, "shim", lambda desk, exercise: HERE / "unpinned.rs")


def unsafe_code() -> None:
    """Let an answer hold unsafe code."""
    rustc = program.rustc
    _put(program, "rustc", lambda words: rustc([word for word in words if word != "-Funsafe_code"]))


def the_seed_of_last_time() -> None:
    """Grade with the seed of an earlier grade."""
    _put(grading, "_seed", lambda: grading.KNOWN_SEED)


def dirty_output() -> None:
    """Show what a learner's program says as it is."""
    for name in ("_UNSAFE", "_ESCAPES"):
        _put(text, name, re.compile("(?!)"))


def following_links() -> None:
    """Open what a link leads to."""
    _put(os, "O_NOFOLLOW", 0)


def endless_caps() -> None:
    """Read a submission of any size."""
    _put(reading, "Caps", lambda: Caps(file=1 << 40, total=1 << 40, archive=1 << 40, unpacked=1 << 40, ratio=1 << 40))


_NAMESPACES = tuple(system_calls._NAMESPACES.split())
_KERNEL = tuple(system_calls._KERNEL.split())
_PROCESSES = tuple(system_calls._PROCESSES.split())
_LOOSE = tuple(system_calls._LOOSE_MEMORY.split())

MECHANISMS = (
    Mechanism("pid namespace", (without("--unshare-pid", "--as-pid-1"),), ("run/orphan",)),
    Mechanism("ipc namespace", (without("--unshare-ipc"), open_calls(*_LOOSE)),
              ("run/message_to_the_next_in_system_v",),
              why="the filter refuses the calls as well"),
    Mechanism("uts namespace", (without("--unshare-uts", "--hostname"),), ("run/host_name",)),
    Mechanism("net namespace", (without("--unshare-net"),),
              ("run/tcp_to_the_host", "run/udp_to_the_host", "run/abstract_socket")),
    Mechanism("closed user namespaces", (without("--disable-userns"), open_calls("unshare", "clone", "clone3")),
              ("run/new_user_namespace",), ("ordinary",),
              why="bubblewrap closes them and the filter refuses them"),
    Mechanism("user of its own", (command(no_setpriv),), ("run/become_root",), ("root",)),
    Mechanism("user for each box", (command(one_user_for_all),), ("run/starve_the_neighbours",), ("root",),
              neighbour=True),
    Mechanism("no capabilities", (instead(cap_drop="cap-add"), command(no_setpriv)),
              ("run/capabilities",), ("root",),
              why="who changes the user loses them all"),
    Mechanism("no capabilities in the user namespace", (first("--cap-add", "ALL"),),
              ("run/capabilities",), ("ordinary",)),
    Mechanism("new session",
              (without("--new-session"), started(start_new_session=lambda _: False),
               before(("--remount-ro", "/dev"), "--dev-bind", "/dev/tty", "/dev/tty")),
              ("run/write_to_the_terminal",),
              why="the session is left twice, and the box has no /dev/tty"),
    Mechanism("death with the grader", (without("--die-with-parent"),), ("run/outlive_the_grader",)),
    Mechanism("empty environment", (without("--clearenv"), started(env=lambda _: dict(os.environ))),
              ("run/environment",),
              why="bubblewrap is started with an empty one, and empties it"),
    Mechanism("root of its own", (first("--ro-bind", "/srv", "/srv", "--ro-bind", "/etc", "/etc"),),
              ("run/hidden_cases", "run/walk_everything", "run/path_socket", "run/sys",
               "compile/include_the_secret")),
    Mechanism("read-only mounts", (instead(ro_bind="bind", ro_bind_try="bind-try"),),
              ("run/write_what_is_lent", "run/lend_to_the_next")),
    Mechanism("read-only root", (without("--remount-ro"),), ("run/disk_bomb_anywhere",), ("ordinary",),
              why="as root, what bubblewrap makes belongs to root, and the box's user is another"),
    Mechanism("size of /tmp", (unsized("/tmp"),), ("run/disk_bomb",)),
    Mechanism("size of /dev/shm", (unsized("/dev/shm"),), ("run/disk_bomb_in_shared_memory",)),
    Mechanism("no /proc", (first("--proc", "/proc"),), ("run/proc",)),
    Mechanism("devices of its own", (_editing(_the_hosts_devices),), ("run/devices",)),
    Mechanism("process limit", (unlimited("nproc"),), ("run/fork_bomb", "run/thread_bomb")),
    Mechanism("cpu limit", (unlimited("cpu"), nobody_is_overworked), ("run/cpu_loop_for_a_while",),
              why="the time of all processes together is looked at as well"),
    Mechanism("cpu limit of all together", (nobody_is_overworked,), ("run/cpu_in_many_children",)),
    Mechanism("file size limit", (unlimited("fsize"),), ("run/one_huge_file",)),
    Mechanism("descriptor limit", (unlimited("nofile"),), ("run/descriptor_bomb",)),
    Mechanism("no core files", (unlimited("core"),), ("run/core_file",)),
    Mechanism("memory lock limit", (unlimited("memlock"),), ("run/lock_memory",)),
    Mechanism("message queue limit", (unlimited("msgqueue"), open_calls("mq_open")), ("run/message_queues",),
              why="the filter refuses the call as well"),
    Mechanism("address space limit", (unlimited("as"),), ("run/reserve_memory",)),
    Mechanism("memory limit", (endless_memory,), ("run/memory_bomb",)),
    Mechanism("wall limit", (endless_time,), ("run/sleep",)),
    Mechanism("no patience with swarms", (patience_with_everybody,), ("run/cpu_that_nobody_counts",)),
    Mechanism("output cap", (endless_output,), ("run/stdout_bomb", "run/stderr_bomb", "run/data_bomb")),
    Mechanism("death of process 1", (nobody_is_killed,), ("run/sleep",)),
    Mechanism("no inherited descriptors", (leaking_descriptors,), ("run/read_descriptors",)),
    Mechanism("seccomp: namespaces", (open_calls(*_NAMESPACES),), ("run/other_namespaces",)),
    Mechanism("seccomp: kernel", (open_calls(*_KERNEL),), ("run/io_uring", "run/keyrings", "run/clock")),
    Mechanism("seccomp: other processes", (open_calls(*_PROCESSES),), ("run/trace",)),
    Mechanism("seccomp: loose memory", (open_calls(*_LOOSE), endless_memory), ("run/memory_in_files_without_a_name",),
              why="a cgroup counts such memory, a watchdog does not"),
    Mechanism("seccomp: clone3", (open_calls("clone3"),), ("run/clone3",)),
    Mechanism("seccomp: clone's flags", (open_calls("clone", "unshare"),), ("run/new_user_namespace",), ("root",),
              why="as an ordinary user, bubblewrap closes user namespaces as well"),
    Mechanism("seccomp: terminal", (open_calls("ioctl"),), ("run/type_into_the_terminal",)),
    Mechanism("seccomp: socket families", (open_calls("socket", "socketpair"),), ("run/rare_sockets",)),
    Mechanism("seccomp: foreign architectures", (foreign_architectures,), ("run/foreign_architecture",)),
    Mechanism("values are compared outside", (believing,), ("grade/exit_with_success", "grade/printed_lines")),
    Mechanism("types are pinned", (comparing_inside,), ("grade/a_string_that_equals_everything",)),
    Mechanism("no unsafe code", (unsafe_code,), ("grade/run_before_main", "grade/hook_write")),
    Mechanism("random seeds", (the_seed_of_last_time,), ("grade/all_cases_of_last_time",)),
    Mechanism("clean output", (dirty_output,), ("grade/terminal_in_the_output", "grade/markup_in_a_diagnostic")),
    Mechanism("regular files only", (following_links,), ("submission/link_in_place_of_the_submission",)),
    Mechanism("caps of a submission", (endless_caps,), ("submission/zip_bomb",)),
    Mechanism("status descriptor", (exit_code_1_is_the_box,), ("run/exit_like_a_failed_box",)),
)  # fmt: skip

# What no test can take away, which attacks show that it is there, and why not.
INHERENT = {
    "no new privileges": (("run/setuid_program", "run/capabilities"), "bubblewrap has no switch for it"),
    "cgroup namespace": (("run/cgroup_escape", "run/proc"), "without a /proc nothing tells of it"),
    "only the answer's own files": (
        ("submission/build_script", "submission/runner_and_wrapper", "submission/course_of_its_own"),
        "nothing reads any other file",
    ),
    "stable compiler": (("compile/other_crate", "compile/compiler_plugin"), "rustc itself refuses"),
}
