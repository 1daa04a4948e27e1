"""A program in a box ends by itself or at its limit, gives back what it said, and leaves nothing behind.

Each test runs as the user who runs the tests and, where that is root, as an ordinary user too. The attacks, which
try to get out, are in tests/attacks.
"""

import os
import pickle
import re
import signal
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest

from proxylings import toolchain
from proxylings.grader import sandbox
from proxylings.grader.sandbox import (
    Allowance,
    Outcome,
    Sandbox,
    SandboxFailed,
    SandboxUnavailable,
    Stopped,
    memory,
)
from proxylings.grader.sandbox import filter as system_calls
from proxylings.grader.sandbox.bubblewrap import Bubblewrap
from tests.conftest import missing

SMALL = Allowance(cpu=1, wall=10.0, memory=64, tmp=4, output=16, processes=16, data=16)
NOBODY = 65534


def as_nobody(work: Callable[[], Any]) -> Any:
    """Do `work` in a process of an ordinary user, and return or raise what came of it."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            result: Any = work()
        except BaseException as error:
            result = error
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(result, pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(pid, 0)
    result = pickle.loads(said)
    if isinstance(result, BaseException):
        raise result
    return result


class AsNobody:
    """A sandbox that an ordinary user runs."""

    def __init__(self) -> None:
        system_calls.program()  # read what the user might not be able to read
        self.backend: str = as_nobody(lambda: sandbox.find().backend)

    def run(self, argv: Sequence[str], allowance: Allowance, **more: Any) -> Outcome:
        result = as_nobody(lambda: sandbox.find().run(argv, allowance, **more))
        assert isinstance(result, Outcome)
        return result


@pytest.fixture(scope="module", params=["as we are", "as an ordinary user"])
def box(request: pytest.FixtureRequest) -> Sandbox:
    """Return the sandbox, as both kinds of user."""
    if request.param == "as we are":
        return here()
    if os.geteuid() != 0:
        pytest.skip("we are an ordinary user already")
    return AsNobody()


def here() -> Sandbox:
    try:
        return sandbox.find()
    except SandboxUnavailable as error:
        missing(str(error))


# Does what its first argument says; the others are numbers.
PROGRAM = r"""
use std::io::Write;
use std::os::fd::FromRawFd;
use std::time::Duration;

fn main() {
    let what = std::env::args().nth(1).unwrap();
    let number = std::env::args().nth(2).map_or(0, |text| text.parse::<usize>().unwrap());
    match what.as_str() {
        "loop" => loop { std::hint::black_box(number); },
        "sleep" => std::thread::sleep(Duration::from_secs(600)),
        "abort" => std::process::abort(),
        "overflow" => { println!("{}", deeper(1)); }
        "panic" => panic!("no such upstream"),
        // Grows by steps, so that a watchdog has something to see.
        "hold" => {
            let mut held = Vec::new();
            for _ in 0..number { held.push(vec![1u8; 1 << 20]); std::thread::sleep(Duration::from_millis(2)); }
            println!("held {}", held.len());
        }
        "files" => (0..number).for_each(|name| drop(std::fs::File::create(format!("/tmp/{name}")).unwrap())),
        "reserve" => drop(std::hint::black_box(vec![1u8; number << 20])),
        "threads" => {
            let made: Vec<_> = (0..number)
                .map_while(|_| std::thread::Builder::new().spawn(|| std::thread::sleep(Duration::from_secs(1))).ok())
                .collect();
            println!("{}", made.len());
        }
        "data" => {
            let mut data = unsafe { std::fs::File::from_raw_fd(3) };
            data.write_all(&vec![b'd'; number]).unwrap();
        }
        "descriptors" => {
            let open = |number: &i32| {
                // Not closed again: it may be nobody's.
                std::mem::ManuallyDrop::new(unsafe { std::fs::File::from_raw_fd(*number) }).metadata().is_ok()
            };
            (0..256).filter(open).for_each(|number| println!("{number}"));
        }
        "listen" => {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            let address = listener.local_addr().unwrap();
            std::thread::spawn(move || std::net::TcpStream::connect(address).unwrap().write_all(b"GET").unwrap());
            println!("{}", std::io::read_to_string(listener.accept().unwrap().0).unwrap());
        }
        _ => panic!("{what}?"),
    }
}

fn deeper(depth: u64) -> u64 {
    let here = std::hint::black_box([depth; 64]);
    deeper(depth + 1) + here[0]
}
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a compiled program that does what its first argument says."""
    folder = tmp_path_factory.mktemp("program")
    (folder / "program.rs").write_text(PROGRAM)
    made = toolchain.compile_file(folder / "program.rs", folder / "program", flags=("-Cstrip=symbols",))
    assert made.output is not None, made
    return made.output.read_bytes()


def shell(box: Sandbox, script: str, allowance: Allowance = SMALL, **more: Any) -> Outcome:
    """Run a shell script in a box."""
    return box.run(["/bin/sh", "-c", script], allowance, **more)


def with_(**changes: Any) -> Allowance:
    """Return the small allowance with some changes."""
    return msgspec.structs.replace(SMALL, **changes)


# How a program ends


def test_a_program_reads_its_input_and_gives_three_outputs_and_an_exit_code(box: Sandbox) -> None:
    done = shell(box, "read line; echo out $line; echo err >&2; echo data >&3; exit 3", stdin=b"GET /\n")
    assert (done.stdout, done.stderr, done.data) == (b"out GET /\n", b"err\n", b"data\n"), done
    assert (done.ending, done.code, done.ok) == ("exited", 3, False)
    assert done.says() == "ended with exit code 3"


def test_an_end_with_code_0_is_ok_and_its_time_is_known(box: Sandbox) -> None:
    done = shell(box, "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done")
    assert done.ok, done
    assert 0 < done.cpu_seconds <= done.seconds + 0.1, done


def test_without_input_the_input_is_empty(box: Sandbox) -> None:
    assert shell(box, "cat").stdout == b""


def test_a_large_input_comes_whole(box: Sandbox) -> None:
    assert shell(box, "wc -c", stdin=b"x" * 3_000_000).stdout.strip() == b"3000000"


def test_a_program_given_as_bytes_runs(box: Sandbox, program: bytes) -> None:
    done = box.run(["/answer/program", "panic"], SMALL, files={"/answer/program": program})
    assert (done.ending, done.code) == ("exited", 101)
    assert b"no such upstream" in done.stderr


@pytest.mark.parametrize(("what", "word"), [("abort", "SIGABRT"), ("overflow", "its stack overflowed")])
def test_a_program_that_dies_of_a_signal_is_told_apart(box: Sandbox, program: bytes, what: str, word: str) -> None:
    done = box.run(["/program", what], SMALL, files={"/program": program})
    assert done.ending == "signal", done
    assert word in done.says()
    assert b"Abort" not in done.stdout, "the box's shell must not speak among the program's words"


# Limits


def test_an_endless_loop_uses_up_its_processor_time(box: Sandbox, program: bytes) -> None:
    done = box.run(["/program", "loop"], SMALL, files={"/program": program})
    assert done.ending == "cpu", done
    assert "1 s of processor time" in done.says()


def test_a_program_that_waits_for_ever_is_stopped_by_the_clock(box: Sandbox, program: bytes) -> None:
    done = box.run(["/program", "sleep"], with_(wall=0.5), files={"/program": program})
    assert done.ending == "wall", done
    assert done.seconds < 5
    assert "within 0.5 s" in done.says()


def test_ignored_signals_stop_nobody(box: Sandbox) -> None:
    assert shell(box, "trap '' TERM INT HUP XCPU; while :; do :; done").ending == "cpu"


def test_memory_beyond_the_limit_ends_the_box(box: Sandbox, program: bytes) -> None:
    done = box.run(["/program", "hold", "600"], SMALL, files={"/program": program})
    assert done.ending == "memory", done
    assert "64 MiB of memory" in done.says()


def test_memory_within_the_limit_is_given_and_measured(box: Sandbox, program: bytes) -> None:
    done = box.run(["/program", "hold", "40"], SMALL, files={"/program": program})
    assert done.stdout == b"held 40\n", done
    assert done.peak_kib is not None
    assert 30 << 10 < done.peak_kib < 64 << 10


def test_a_reservation_beyond_the_address_space_is_refused_and_named(box: Sandbox, program: bytes) -> None:
    done = box.run(["/program", "reserve", "8192"], SMALL, files={"/program": program})
    assert done.ending == "memory", done


def test_several_processes_together_have_one_memory(box: Sandbox, program: bytes) -> None:
    done = shell(box, "for i in 1 2 3 4 5 6; do /program hold 30 & done; wait", files={"/program": program})
    assert done.ending == "memory", done


def test_a_program_has_as_many_threads_as_it_may(box: Sandbox, program: bytes) -> None:
    done = box.run(["/program", "threads", "100"], SMALL, files={"/program": program})
    assert done.stdout == b"15\n", "15 threads and the first one make the 16 that are allowed"


def test_the_output_is_cut_at_its_limit_and_the_flood_stopped(box: Sandbox) -> None:
    done = shell(box, "while :; do echo upstream; echo upstream >&2; done")
    assert done.ending == "output", done
    assert len(done.stdout) + len(done.stderr) == 16 << 10
    assert "printed more than 16 KiB" in done.says()


def test_a_short_flood_is_one_too(box: Sandbox) -> None:
    done = shell(box, "head -c 20000 /dev/zero")
    assert (done.ending, len(done.stdout)) == ("output", 16 << 10)


def test_descriptor_3_has_a_limit_of_its_own(box: Sandbox, program: bytes) -> None:
    whole = box.run(["/program", "data", str(16 << 10)], SMALL, files={"/program": program})
    assert (whole.ending, len(whole.data)) == ("exited", 16 << 10)
    more = box.run(["/program", "data", str((16 << 10) + 1)], SMALL, files={"/program": program})
    assert (more.ending, len(more.data)) == ("output", 16 << 10)
    flood = shell(box, "cat /dev/zero >&3")
    assert (flood.ending, len(flood.data)) == ("output", 16 << 10)


@pytest.mark.parametrize("place", ["/tmp", "/dev/shm"])
def test_the_folder_for_files_is_small(box: Sandbox, place: str) -> None:
    done = shell(box, f"for i in 1 2 3; do head -c 2000000 /dev/zero > {place}/$i || echo full; done")
    assert b"full" in done.stdout, done
    assert shell(box, f"head -c 1000000 /dev/zero > {place}/one && echo whole").stdout == b"whole\n"


def test_files_without_bytes_are_memory_too(box: Sandbox, program: bytes) -> None:
    done = box.run(["/program", "files", "20000"], with_(cpu=9, memory=16), files={"/program": program})
    assert done.ending == "memory", done


def test_one_file_is_not_larger_than_the_folder(box: Sandbox) -> None:
    done = shell(box, "exec dd if=/dev/zero of=/tmp/one bs=1M count=9")
    assert (b"No space left" in done.stderr) or "SIGXFSZ" in done.says(), done


def test_few_descriptors_are_open_at_once(box: Sandbox) -> None:
    assert shell(box, "ulimit -n; ulimit -c; ulimit -l").stdout.split() == [b"256", b"0", b"64"]


# What a program sees


def test_a_box_holds_the_system_what_was_given_and_nothing_else(box: Sandbox, tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    (given / "head").write_bytes(b"GET / HTTP/1.1")
    for path in (tmp_path, *tmp_path.parents[:3]):
        path.chmod(path.stat().st_mode | 0o055)
    done = shell(box, "ls -A /; cat /given/head; touch /given/x /made /dev/x /usr/bin/x", read_only={"/given": given})
    assert sorted(done.stdout.split(b"\n")[:-1]) == [b"bin", b"dev", b"given", b"lib", b"lib64", b"tmp", b"usr"], done
    assert done.stdout.endswith(b"GET / HTTP/1.1")
    assert len(re.findall(rb"Read-only file system|Permission denied", done.stderr)) == 4, done.stderr.decode()
    assert [path.name for path in given.iterdir()] == ["head"]


def test_given_files_can_be_read_and_not_changed(box: Sandbox) -> None:
    script = "cat /answer/src/lib.rs; echo x > /answer/src/lib.rs; rm /answer/src/lib.rs; chmod 777 /answer/src/lib.rs"
    done = shell(box, f"{script}; cat /answer/src/lib.rs", files={"/answer/src/lib.rs": b"fn one() {}\n"})
    assert done.stdout == b"fn one() {}\n" * 2, done


def test_the_environment_is_the_one_that_was_asked_for(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_TOKEN", "secret")
    names = {line.split(b"=")[0] for line in shell(box, "env", env={"SEED": "7"}).stdout.splitlines()}
    assert names - {b"PWD", b"OLDPWD", b"SHLVL", b"_"} == {b"HOME", b"LANG", b"PATH", b"SEED", b"TMPDIR"}


def test_no_descriptor_but_four_is_open(box: Sandbox, program: bytes) -> None:
    done = box.run(["/program", "descriptors"], SMALL, files={"/program": program})
    assert done.stdout.split() == [b"0", b"1", b"2", b"3"], done


def test_a_box_has_a_loopback_of_its_own(box: Sandbox, program: bytes) -> None:
    done = box.run(["/program", "listen"], SMALL, files={"/program": program})
    assert done.stdout == b"GET\n", done


def test_a_box_has_no_right_of_root(box: Sandbox) -> None:
    done = shell(box, "id -u; mount -t tmpfs none /tmp; unshare -r true; setpriv --dump | grep -i capab")
    assert done.stdout.splitlines()[0] != b"0"
    assert done.stderr.count(b"permitted") >= 1, done.stderr.decode()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has a file that its own box could read")
def test_a_file_of_root_alone_stays_unread(tmp_path: Path) -> None:
    secret = tmp_path / "cases"
    secret.write_text("hidden")
    secret.chmod(0o600)
    tmp_path.chmod(0o755)
    done = shell(here(), "cat /given/cases", read_only={"/given": tmp_path})
    assert b"hidden" not in done.stdout
    assert b"Permission denied" in done.stderr, done


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give each box a user of its own")
def test_as_root_each_box_has_a_user_of_its_own() -> None:
    users = {shell(here(), "id -u").stdout for _ in range(5)}
    assert len(users) == 5
    assert all(int(user) > 1 << 20 for user in users), users


# What is left when it has ended


def processes(mark: str) -> list[int]:
    """Return the processes whose command line holds `mark`."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if mark.encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


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


# When there is no box


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
    with pytest.raises(SandboxFailed, match="does not say why"):
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


def test_where_boxes_fail_the_refusal_says_what_they_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    refused = tmp_path / "bwrap"
    refused.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    refused.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(SandboxUnavailable, match="No permissions to create new namespace"):
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
