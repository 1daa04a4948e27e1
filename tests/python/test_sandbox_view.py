"""A program in a box sees what it was given, and nothing else."""

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from proxylings.errors import CourseError
from proxylings.grader.sandbox import Sandbox
from tests.python.boxes import SMALL, here, shell


@pytest.fixture
def readable() -> Iterator[Path]:
    """Return a folder that every user can reach, which pytest's own are not."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_box_holds_the_system_what_was_given_and_nothing_else(box: Sandbox, readable: Path) -> None:
    (readable / "head").write_bytes(b"GET / HTTP/1.1")
    script = "ls -A /; cat /given/head; touch /given/x /made /dev/x /usr/bin/x"
    done = shell(box, script, read_only={"/given": readable})
    assert sorted(done.stdout.split(b"\n")[:-1]) == [b"bin", b"dev", b"given", b"lib", b"lib64", b"tmp", b"usr"], done
    assert done.stdout.endswith(b"GET / HTTP/1.1")
    assert len(re.findall(rb"Read-only file system|Permission denied", done.stderr)) == 4, done.stderr.decode()
    assert [path.name for path in readable.iterdir()] == ["head"]


def test_given_files_can_be_read_and_not_changed(box: Sandbox) -> None:
    script = "cat /answer/src/lib.rs; echo x > /answer/src/lib.rs; rm /answer/src/lib.rs; chmod 777 /answer/src/lib.rs"
    done = shell(box, f"{script}; cat /answer/src/lib.rs", files={"/answer/src/lib.rs": b"fn one() {}\n"})
    assert done.stdout == b"fn one() {}\n" * 2, done


@pytest.mark.parametrize("place", ["/answer/../../oldroot/made", "answer/lib.rs", "/answer/x\0--bind\0/\0/host"])
def test_no_name_of_a_file_leads_out_of_the_box(box: Sandbox, place: str) -> None:
    with pytest.raises(CourseError, match="No file in a box can be called"):
        shell(box, "true", files={place: b"x"})


def test_a_name_that_is_not_utf_8_is_a_name(box: Sandbox) -> None:
    place = "/answer/" + os.fsdecode(b"\xff.rs")
    assert shell(box, "cat /answer/*", files={place: b"fn one() {}"}).stdout == b"fn one() {}"


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
