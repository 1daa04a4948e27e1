"""A world for attacks: namespaces in which nothing happens but what an attack does, and its first process.

Started by `unshare`. Opens the folders that the runner's user needs and may not enter (a toolchain below a closed
home), gives the world a /tmp, a home and a network of its own, and then plays one job after the other: a grader
and, beside it, another grader with an honest submission, both as the user in question, while this process looks
at the host before and after. It outlives whatever kills the graders: signals don't reach the first process.

Reads a plan (JSON) from standard input, writes a line of JSON for each job.
"""

import contextlib
import ctypes
import fcntl
import json
import multiprocessing
import os
import pickle
import resource
import signal
import socket
import subprocess
import sys
import termios
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.attacks import host as hosts
from tests.attacks import mechanisms
from tests.attacks.grader import Job, serve
from tests.attacks.grading import DESK
from tests.attacks.listing import load
from tests.attacks.programs import Attack, Reply

_RLIMIT_MSGQUEUE = 12
# What a grader may need beside its box's own time; where a mechanism is missing, nobody waits long for its return.
_LONGER, _NOT_LONG = 15.0, 4.0


@dataclass
class Server:
    """A grader in a process of its own, which takes jobs."""

    pid: int
    pipe: Connection
    weakness: str
    gone: bool = False

    @classmethod
    def start(cls, plan: dict[str, Any], host: hosts.Host, weakness: str = "") -> "Server":
        """Fork, become the user, with the terminal that a teacher would sit at; then serve."""
        ours, theirs = multiprocessing.Pipe()
        terminal, screen = os.openpty()
        pid = os.fork()
        if pid:
            theirs.close()
            os.close(screen)
            host.terminals.append(terminal)
            server = cls(pid, ours, weakness)
            if isinstance(said := server.answer(_LONGER), str):
                raise RuntimeError(f"a grader could not begin: {said}")
            return server
        try:
            ours.close()
            _become(plan["user"], host, screen)
            serve(theirs, weakness, host.lent, Path(plan["built"]))
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)

    def ask(self, job: Job) -> None:
        """Give it a job."""
        with contextlib.suppress(OSError):  # it is gone; `answer` tells
            self.pipe.send(job)

    def answer(self, seconds: float) -> Reply | str:
        """Return what came of the job, or what happened to the grader."""
        try:
            if not self.pipe.poll(seconds):
                self.gone = True
                os.kill(self.pid, signal.SIGKILL)
                return "run() did not return"
            reply: Reply = self.pipe.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            self.gone = True
            return "the grader's own process was ended"
        return reply


def main() -> None:
    """Make the world, play the plan."""
    plan = json.load(sys.stdin)
    owner = (plan["user"], plan["user"])
    _open(list(map(Path, plan["needs"])))
    _raise_limits()
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    socket.sethostname(hosts.NAME)
    # The host's processes have numbers that no box gives to its own.
    Path("/proc/sys/kernel/ns_last_pid").write_text(str(plan["first"]), encoding="utf-8")
    _desk(Path(plan["course"]), owner)
    host = hosts.Host(hosts.home_of(owner), owner)
    attacks = {attack.id: attack for attack in load()}
    stage = Stage(plan, host)
    for name, weakness in plan["jobs"]:
        started = time.monotonic()
        complaints, backend = stage.play(attacks[name], weakness)
        result = {"attack": name, "weakness": weakness, "complaints": complaints, "backend": backend}
        print(json.dumps({**result, "seconds": round(time.monotonic() - started, 3)}), flush=True)


class Stage:
    """The host, a grader, and its honest neighbour."""

    def __init__(self, plan: dict[str, Any], host: hosts.Host) -> None:
        """Start both."""
        self.plan = plan
        self.host = host
        self.groups = list(map(Path, plan["groups"]))
        self.honest = Server.start(plan, host)
        self.grader = Server.start(plan, host)
        self.number = 0

    def play(self, attack: Attack, weakness: str) -> tuple[list[str], str]:
        """Run one attack and return what there is to complain of, and the backend's name."""
        host = self.host
        self._ready("grader", weakness)
        self._ready("honest", weakness if weakness and mechanisms.by_name(weakness).neighbour else "")
        ours = {self.grader.pid, self.honest.pid}
        before, files = host.look(self.grader.pid, ours, self.groups), set(host.contents())
        self.number += 1
        self.honest.ask(Job("control", number=self.number))
        complaints, backend = list[str](), ""
        for act in range(1, attack.acts + 1):
            fields = attack.allowance.__struct_fields__
            briefing = host.briefing(act, {name: getattr(attack.allowance, name) for name in fields})
            extra = [f"process {pid}" for pid in (self.grader.pid, self.honest.pid)]
            self.grader.ask(Job(attack.id, act, "\n".join([*extra, briefing]), secret=str(host.hidden)))
            if attack.scene:
                self._kill_the_grader(ours)
            reply = self.grader.answer(attack.allowance.wall * 1.5 + (_NOT_LONG if weakness else _LONGER))
            if isinstance(reply, str):
                complaints += [reply] if reply not in attack.gets else []
                break
            backend = reply.backend
            complaints += _judged(attack, reply, host)
        if attack.scene:
            _until(lambda: not hosts.processes(ours))
        after = host.look(self.grader.pid, ours, self.groups)
        control = self.honest.answer(_LONGER)
        if isinstance(control, str) or control.complaint:
            said = control if isinstance(control, str) else control.complaint
            complaints.append(f"the honest submission beside it did not pass: {said}")
        if attack.scene:
            # Who is killed leaves its own, which a later one sweeps.
            after["control groups"] = before["control groups"]
        for what in after:
            complaints += [f"{what}: new: {line}" for line in sorted(after[what] - before[what])]
            complaints += [f"{what}: gone: {line}" for line in sorted(before[what] - after[what])]
        if complaints or weakness or attack.scene:
            self._mend(files)
        return complaints, backend

    def _kill_the_grader(self, ours: set[int]) -> None:
        """Wait until the attack's processes are there, and end the grader as a machine without memory would."""
        if not _until(lambda: sum(name.startswith("attack ") for name in hosts.processes(set())) >= 3):
            raise RuntimeError("the attack did not begin")
        os.kill(self.grader.pid, signal.SIGKILL)
        os.waitpid(self.grader.pid, 0)

    def _mend(self, files: set[Path]) -> None:
        strays = set(hosts.processes({self.grader.pid, self.honest.pid}).values())
        self.host.mend(strays, list(set(self.host.contents()) - files))
        self._reap()

    def _ready(self, name: str, weakness: str) -> None:
        """Have a grader with this weakness: the one that is there, if it is like that and lives."""
        old: Server = getattr(self, name)
        if old.weakness == weakness and not old.gone:
            return
        old.pipe.close()
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(old.pid, signal.SIGKILL)
            os.waitpid(old.pid, 0)
        new = Server.start(self.plan, self.host, weakness)
        setattr(self, name, new)
        self._reap()
        if weakness:
            # What has been made weak must still be a box: one that fails holds every attack.
            new.ask(Job("control", number=1))
            if isinstance(said := new.answer(_LONGER), str) or said.complaint:
                raise RuntimeError(f"without {weakness}, an honest submission fails: {said}")

    def _reap(self) -> None:
        """Bury the orphans that came to the first process, and none of our own servers."""
        while True:
            try:
                found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return
            if found is None or found.si_pid in (self.grader.pid, self.honest.pid):
                return
            os.waitpid(found.si_pid, 0)


def _until(happened: Callable[[], bool]) -> bool:
    """Wait for something, two seconds at most."""
    end = time.monotonic() + 2
    while not (seen := happened()) and time.monotonic() < end:
        time.sleep(0.005)
    return seen


def _judged(attack: Attack, reply: Reply, host: hosts.Host) -> list[str]:
    said = reply.stdout + reply.stderr
    complaints = [f"leak: {name}" for name in host.leaks(said + reply.data)]
    complaints += [line.decode("utf-8", "replace") for line in said.splitlines() if line.startswith(b"THROUGH")][:1]
    if reply.got not in attack.gets:
        tail = said[-300:].decode("utf-8", "replace")
        complaints.append(f"it got {reply.got!r} and not one of {attack.gets}: {tail}")
    if reply.seconds > attack.within:
        complaints.append(f"it took {reply.seconds:.1f} s")
    if reply.complaint:
        complaints.append(reply.complaint)
    return complaints


def _become(user: int, host: hosts.Host, terminal: int) -> None:
    """Take a session with a terminal, the user's rights, and an environment with a secret."""
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    if user:
        libc = ctypes.CDLL(None)
        libc.prctl(47, 4, 0, 0, 0)  # PR_SET_AMBIENT: clear
        if os.geteuid() == 0:
            os.setgroups([])
            os.setresgid(user, user, user)
            os.setresuid(user, user, user)
        libc.prctl(4, 1, 0, 0, 0)  # PR_SET_DUMPABLE: as a program that was started by this user
    secret = host.secrets["environment"]
    os.environ.update(PROXYLINGS_SECRET=secret, GITHUB_TOKEN=secret, HOME=str(host.home), USER="grader")
    os.chdir(host.home)


def _open(needs: list[Path]) -> None:
    """Give the world folders of its own over /tmp, /dev/shm, and whatever closed folder hides what we need."""
    closed = {path for need in needs for path in _closed(need)}
    covered = [*hosts.PLACES, *(path for path in closed if not any(path.is_relative_to(one) for one in hosts.PLACES))]
    kept = [(need, os.open(need, os.O_PATH)) for need in _outermost(needs) if any(map(need.is_relative_to, covered))]
    for path in covered:
        mode = "1777" if path in hosts.PLACES[:2] else "0755"
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"mode={mode},size=1g", "world", path], check=True)
    for path, descriptor in kept:
        path.mkdir(parents=True, exist_ok=True)
        source = f"/proc/{os.getpid()}/fd/{descriptor}"
        subprocess.run(["mount", "--no-canonicalize", "--bind", source, path], check=True)
        # Nothing of the machine can be changed from here, whatever an attack or a test does.
        subprocess.run(["mount", "-o", "remount,bind,ro", path], check=True)
        os.close(descriptor)


def _desk(course: Path, owner: tuple[int, int]) -> None:
    """Lay a desk for graders that may not write into the course: its own builds, and links to the rest."""
    DESK.mkdir()
    # A mount of its own: what a grader builds there is no change of the host.
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=0755", "world", DESK], check=True)
    for path in course.iterdir():
        if path.name not in (".proxylings", ".git", "target"):
            (DESK / path.name).symlink_to(path)
    for folder in (DESK, DESK / ".proxylings", DESK / "handed-in"):
        folder.mkdir(exist_ok=True)
        os.chown(folder, *owner)


def _raise_limits() -> None:
    """Take off this machine's own limits, so that those of the box are the ones that hold."""
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_MEMLOCK, _RLIMIT_MSGQUEUE, resource.RLIMIT_NPROC):
        with contextlib.suppress(ValueError, PermissionError):
            resource.setrlimit(limit, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    with contextlib.suppress(ValueError, PermissionError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (8192, 8192))


def _closed(path: Path) -> Iterator[Path]:
    """Return the first folder above `path` that not everybody may enter."""
    for folder in reversed(path.parents):
        if not folder.stat().st_mode & 0o001:
            yield folder
            return


def _outermost(paths: list[Path]) -> list[Path]:
    real = sorted({path for path in paths if path.is_dir()})
    return [path for path in real if not any(path != other and path.is_relative_to(other) for other in real)]


if __name__ == "__main__":
    main()
