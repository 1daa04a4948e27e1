"""When a box has ended nothing of it is left; and a box that fails, or can't be had, is nobody's fault but says why."""

import os
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from proxylings.grader import sandbox
from proxylings.grader.sandbox import Outcome, Sandbox, SandboxFailed, SandboxUnavailable, Stopped, memory
from proxylings.grader.sandbox import filter as system_calls
from proxylings.grader.sandbox.bubblewrap import Bubblewrap
from tests.python.boxes import NOBODY, SMALL, AsNobody, here, processes, shell, with_


def test_what_a_program_started_is_gone_when_it_has_ended(box: Sandbox) -> None:
    mark = f"6{os.getpid()}.25"
    done = shell(box, f"setsid sleep {mark} & (sleep {mark} &) ; sleep 0.1; exit 0", with_(processes=8))
    assert processes(mark) == []
    assert done.ok, done
    assert done.seconds < 5, "who holds the pipes is not waited for"


def test_a_program_that_is_stopped_leaves_nothing(box: Sandbox) -> None:
    mark = f"7{os.getpid()}.25"
    assert shell(box, f"trap '' TERM; sleep {mark} & sleep {mark}", with_(wall=0.5)).ending == "wall"
    assert processes(mark) == []


def test_nobody_waits_any_more(box: Sandbox) -> None:
    mark = f"8{os.getpid()}.25"
    with pytest.raises(Stopped):
        shell(box, f"sleep {mark}", stop=lambda: bool(processes(mark)))
    assert processes(mark) == []


def test_a_box_does_not_outlive_its_grader(box: Sandbox) -> None:
    mark = f"9{os.getpid()}.25"
    pid = os.fork()
    if pid == 0:
        if isinstance(box, AsNobody):
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        shell(sandbox.find(), f"setsid sleep {mark} & sleep {mark}")
        os._exit(0)
    while len(processes(mark)) < 4:  # bubblewrap, process 1 and both sleeps
        time.sleep(0.01)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    end = time.monotonic() + 5
    while left := processes(mark):
        assert time.monotonic() < end, f"the box lives on: {left}"
        time.sleep(0.01)


def test_an_interrupted_grader_ends_its_box(box: Sandbox) -> None:
    mark = f"5{os.getpid()}.25"

    def interrupt() -> bool:
        if processes(mark):
            raise KeyboardInterrupt
        return False

    with pytest.raises(KeyboardInterrupt):
        shell(box, f"sleep {mark}", stop=interrupt)
    assert processes(mark) == []


def descriptors() -> int:
    """Return how many descriptors this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def test_a_hundred_boxes_at_once_leak_no_descriptor_group_or_process() -> None:
    box = here()
    before = descriptors()

    def one(number: int) -> Outcome:
        return shell(box, f"echo {number}; exit {number % 50}", stdin=b"x")

    with ThreadPoolExecutor(max_workers=8) as pool:
        done = list(pool.map(one, range(100)))
    assert [(each.stdout, each.code) for each in done] == [(b"%d\n" % i, i % 50) for i in range(100)]
    assert descriptors() == before
    assert not list(Path("/sys/fs/cgroup").glob(f"**/proxylings-{os.getpid()}-*"))


def test_boxes_at_once_do_not_see_or_hinder_each_other(box: Sandbox, program: bytes) -> None:
    """Fork as much as is allowed in one box; another one, at the same time, has its full number."""
    full = "i=0; while [ $i -lt 14 ]; do sleep 1 & i=$((i+1)); done; echo all; wait"
    with ThreadPoolExecutor(max_workers=3) as pool:
        done = list(pool.map(lambda _: shell(box, full), range(3)))
    assert [each.stdout for each in done] == [b"all\n"] * 3, done


def test_a_bubblewrap_that_can_not_start_is_not_the_programs_failure() -> None:
    box = here()
    with pytest.raises(SandboxFailed, match="did not start: bwrap:"):
        box.run(["/bin/true"], SMALL, files={"/tmp": b"a folder"})


def test_a_bubblewrap_that_says_nothing_is_not_the_programs_failure(tmp_path: Path) -> None:
    quiet = tmp_path / "bwrap"
    quiet.write_text("#!/bin/sh\nexit 1\n")
    quiet.chmod(0o755)
    box = here()
    assert isinstance(box, Bubblewrap)
    with pytest.raises(SandboxFailed, match="bubblewrap ended with 1"):
        Bubblewrap(str(quiet), box.keeper, box.users).run(["/bin/true"], SMALL)


@pytest.mark.parametrize("mode", [0o600, None])
def test_what_a_box_could_not_read_is_refused_before(box: Sandbox, tmp_path: Path, mode: int | None) -> None:
    library = tmp_path / "libwire.rlib"
    if mode is not None:
        library.write_bytes(b"!<arch>")
        library.chmod(mode)
        library.chmod(0o000 if os.geteuid() else mode)
    with pytest.raises(SandboxUnavailable, match=r"libwire\.rlib"):
        box.run(["/bin/true"], SMALL, read_only={"/libwire.rlib": library})


def test_a_program_that_is_not_there_is_told_by_the_shell(box: Sandbox) -> None:
    done = box.run(["/nowhere"], SMALL)
    assert done.code == 127
    assert b"/nowhere" in done.stderr


def test_without_bubblewrap_the_refusal_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxUnavailable, match="apt-get install bubblewrap libseccomp2"):
        sandbox.find()


def test_without_libseccomp_the_refusal_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyseccomp", None)
    system_calls.program.cache_clear()
    with pytest.raises(SandboxUnavailable, match="pyseccomp"):
        sandbox.find()


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ("bwrap: No permissions to create new namespace", r"namespaces"),
        ("bwrap: Unknown option --disable-userns", r"0\.8 or newer"),
    ],
)
def test_where_boxes_fail_the_refusal_says_why_and_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str, remedy: str
) -> None:
    refused = tmp_path / "bwrap"
    refused.write_text(f"#!/bin/sh\necho '{said}' >&2\nexit 1\n")
    refused.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(SandboxUnavailable, match=f"(?s){said}.*{remedy}"):
        sandbox.find()


def test_without_a_cgroup_those_who_require_one_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "cgroups", list)
    with pytest.raises(SandboxUnavailable, match="cgroup"):
        sandbox.find(require_cgroup=True)
    assert "watchdog" in sandbox.find().backend


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_elsewhere_than_on_linux_the_refusal_points_there(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    with pytest.raises(SandboxUnavailable, match=r"(?s)Linux.*container.*--trust-this-code"):
        sandbox.find()
    assert sandbox.find(trust=True).backend == "process limits, unsandboxed"


def test_a_group_of_a_grader_in_another_container_is_left_alone(tmp_path: Path) -> None:
    mine, theirs, forgotten = (tmp_path / f"proxylings-{pid}-0" for pid in (os.getpid(), 4_000_001, 4_000_002))
    for path in (mine, theirs, forgotten):
        path.mkdir()
    os.utime(mine, (0, 0))
    os.utime(forgotten, (0, 0))
    memory._sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([mine, theirs])


@pytest.mark.parametrize(
    ("uid_map", "users"),
    [
        ("0 0 4294967295", range(0x70000000, 0x78000000)),
        ("0 100000 65536", range(60536, 64536)),
        ("0 1000 1\n1 100000 65536", range(60537, 64537)),
        ("0 1000 1", None),
    ],
    ids=["a machine", "a container", "a container without root", "only root"],
)
def test_the_boxes_users_are_among_those_that_exist(uid_map: str, users: range | None) -> None:
    assert sandbox.free_users(uid_map) == users
