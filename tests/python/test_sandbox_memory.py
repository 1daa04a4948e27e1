"""Which cgroup takes the boxes: the nearest in which this process may give a child a limit, in version 1 or 2."""

import os
from pathlib import Path

import pytest

from proxylings.grader.sandbox import memory


def machine(root: Path, monkeypatch: pytest.MonkeyPatch, own: str, files: dict[str, str]) -> None:
    """Make a machine of files: what /proc/self/cgroup says, and what lies in /sys/fs/cgroup."""
    (root / "self").write_text(own)
    for name, text in files.items():
        path = root / "cgroup" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(memory, "_CGROUPS", root / "cgroup")
    monkeypatch.setattr(memory, "_OWN", root / "self")


def test_version_2_needs_a_group_that_passes_the_controller_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine(tmp_path, monkeypatch, "0::/user.slice/app.slice/grade.scope\n", {
        "cgroup.controllers": "cpu memory",
        "cgroup.subtree_control": "cpu memory",
        "user.slice/cgroup.subtree_control": "memory pids",
        "user.slice/app.slice/cgroup.subtree_control": "",
        "user.slice/app.slice/grade.scope/cgroup.subtree_control": "",
    })  # fmt: skip
    found = memory.cgroups()
    assert [(group.parent, group.name) for group in found] == [
        (tmp_path / "cgroup" / "user.slice", "cgroup2"), (tmp_path / "cgroup", "cgroup2"),
    ]  # fmt: skip


def test_version_2_is_told_its_limits_and_says_what_it_saw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The kernel makes a new group's files; here nobody does.
    monkeypatch.setattr(memory, "_write", lambda path, value: path.write_text(str(value)))
    meter = memory.Cgroup(tmp_path, 2).meter(64)
    (group,) = tmp_path.iterdir()
    assert (group / "memory.max").read_text() == str(64 << 20)
    meter.enter(4711)
    assert (group / "cgroup.procs").read_text() == "4711"
    (group / "memory.events").write_text("low 0\nmax 3\noom 0\noom_kill 0\n")
    assert not meter.exceeded()
    (group / "memory.events").write_text("low 0\nmax 3\noom 1\noom_kill 1\n")
    assert meter.exceeded()
    assert meter.peak_kib() is None, "memory.peak came with Linux 5.19"
    (group / "memory.peak").write_text(str(10 << 20))
    assert meter.peak_kib() == 10 << 10


def test_version_1_is_found_by_the_controllers_own_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine(tmp_path, monkeypatch, "4:memory:/grading\n2:cpu,cpuacct:/\n0::/\n", {"memory/grading/cgroup.procs": ""})
    assert [(group.parent.name, group.name) for group in memory.cgroups()][:1] == [("grading", "cgroup1")]


def test_where_no_group_can_be_written_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine(tmp_path, monkeypatch, "0::/\n", {"cgroup.controllers": "cpu memory", "cgroup.subtree_control": "cpu"})
    assert memory.cgroups() == []
    monkeypatch.setattr(memory, "_OWN", tmp_path / "nowhere")
    assert memory.cgroups() == []


def test_the_groups_of_a_killed_grader_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine(tmp_path, monkeypatch, "0::/\n", {"cgroup.controllers": "memory", "cgroup.subtree_control": "memory"})
    ours, young, dead = (tmp_path / "cgroup" / f"proxylings-{pid}-0" for pid in (os.getpid(), 2**30, 2**30 + 1))
    for path in (ours, young, dead):
        path.mkdir()
    os.utime(dead, (0, 0))
    os.utime(ours, (0, 0))
    memory.cgroups()
    assert ours.exists()
    assert young.exists(), "it may be another container's"
    assert not dead.exists()
