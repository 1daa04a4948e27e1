"""Play all attacks that the selected tests ask for: a world for each user, both at once, each attack once."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from proxylings import toolchain
from proxylings.grader.sandbox import memory
from tests.attacks import listing, programs
from tests.attacks.mechanisms import User
from tests.conftest import ROOT, missing, required

_NOBODY = 65534
_NAMESPACES = ("--mount", "--ipc", "--net", "--uts", "--pid", "--fork", "--mount-proc", "--kill-child")
_SYSTEM = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(frozen=True)
class Played:
    """What a test wants to know: an attack by a user, with one mechanism taken away or (``""``) none."""

    user: User
    attack: str
    weakness: str = ""

    def __str__(self) -> str:
        """Return what pytest shows."""
        return "-".join(filter(None, [self.user, self.weakness, self.attack]))


@dataclass(frozen=True)
class Result:
    """What came of it: nothing to complain of means that the attack was held."""

    complaints: list[str]
    backend: str
    seconds: float


class Worlds:
    """The worlds of all users; each plays its jobs from the start on, and is asked afterwards."""

    def __init__(self, built: Path, wanted: list[Played], logs: Path) -> None:
        """Start a world for each user that has jobs."""
        self.started: dict[User, tuple[subprocess.Popen[bytes], Path]] = {}
        self.results: dict[Played, Result] = {}
        for user in sorted({played.user for played in wanted}):
            if user == "root" and os.geteuid() != 0:
                continue
            jobs = [(played.attack, played.weakness) for played in wanted if played.user == user]
            log = logs / user
            with log.open("wb") as output:
                process = subprocess.Popen(_command(), stdin=subprocess.PIPE, stdout=output, stderr=output,
                                           cwd=ROOT, env=_environment())  # fmt: skip
            assert process.stdin is not None
            process.stdin.write(json.dumps(_plan(user, built, jobs)).encode())
            process.stdin.close()
            self.started[user] = (process, log)

    def result(self, played: Played) -> Result:
        """Return what came of one attack."""
        if played.user not in self.started:
            pytest.skip("only root can play root's half")
        process, log = self.started[played.user]
        process.wait()
        if played not in self.results:
            for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
                if line.startswith('{"attack"'):
                    told: dict[str, Any] = json.loads(line)
                    known = Played(played.user, told.pop("attack"), told.pop("weakness"))
                    self.results[known] = Result(**told)
        if played not in self.results:
            said = log.read_text(encoding="utf-8", errors="replace")
            if "unshare:" in said:
                missing(f"this machine gives no namespaces to play in: {said[-500:]}")
            pytest.fail(f"the world of {played.user} ended before {played}:\n{said[-3000:]}")
        return self.results[played]

    def end(self) -> None:
        """End worlds that nobody waits for."""
        for process, _ in self.started.values():
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def attacks() -> dict[str, programs.Attack]:
    """Return all attacks by their ids."""
    return {attack.id: attack for attack in listing.load()}


@pytest.fixture(scope="session")
def worlds(
    request: pytest.FixtureRequest, attacks: dict[str, programs.Attack], tmp_path_factory: pytest.TempPathFactory
) -> Any:
    """Build the programs, and start the worlds."""
    required("bwrap")
    required("unshare")
    specs = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    wanted = [spec["played"] for spec in specs if isinstance(spec.get("played"), Played)]
    built = programs.build(list(attacks.values()), tmp_path_factory.mktemp("built"))
    playing = Worlds(built, wanted, tmp_path_factory.mktemp("worlds"))
    yield playing
    playing.end()


def _command() -> list[str]:
    # As an ordinary user, the world's first process has its rights within a user namespace only.
    user = [] if os.geteuid() == 0 else ["--user", "--map-current-user", "--keep-caps"]
    return ["unshare", *user, *_NAMESPACES, sys.executable, "-m", "tests.attacks.world"]


def _environment() -> dict[str, str]:
    compiler = toolchain.find().sysroot / "bin"
    return {"PATH": f"{compiler}:{_SYSTEM}", "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}


def _plan(user: User, built: Path, jobs: list[tuple[str, str]]) -> dict[str, Any]:
    sysroot = toolchain.find().sysroot
    needs: list[Path] = [Path(entry) for entry in sys.path if entry]
    needs += [ROOT, built, sysroot, sysroot.resolve(), Path(sys.prefix), Path(sys.base_prefix)]
    number = 0 if user == "root" else os.geteuid() or _NOBODY
    groups = {str(group.parent) for group in memory.cgroups()} if os.geteuid() == 0 else set()
    return {"user": number, "built": str(built), "jobs": jobs, "needs": [str(path) for path in needs if path.is_dir()],
            "groups": sorted(groups), "course": str(ROOT), "first": 20_000 if user == "root" else 25_000}  # fmt: skip
