"""Submissions that are git repositories: fetched without their history, without hooks, and without a checkout.

The server is git's own daemon behind a socket of ours, so that it listens on a port that is free.
"""

import os
import socket
import socketserver
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from proxylings import child
from proxylings.grader.batch import repositories
from proxylings.grader.batch.grading import Report, Wish, grade_class
from proxylings.grader.batch.pile import Unreadable
from tests.conftest import required
from tests.python.batch_stand_in import GRADER
from tests.python.small_desk import small_desk

DRILL = "exercises/00-tour/drills/greet.rs"


class Server:
    """Git repositories below a folder, served on loopback."""

    def __init__(self, root: Path) -> None:
        self.root = root
        required("git")
        command = ["git", "daemon", "--inetd", "--export-all", f"--base-path={root}"]
        command += ["--forbid-override=receive-pack", str(root)]

        class Connection(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                subprocess.run(command, stdin=self.request, stdout=self.request, stderr=subprocess.DEVNULL, check=False)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Connection)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def url(self, name: str) -> str:
        return f"git://127.0.0.1:{self._server.server_address[1]}/{name}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def commit(self, name: str, files: dict[str, str], *options: str) -> str:
        """Commit files, and return the commit."""
        folder = self.root / name
        if not folder.exists():
            self.git(name, "init", "--quiet", "--initial-branch=main", str(folder))
            self.git(name, "config", "uploadpack.allowAnySHA1InWant", "true")
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        self.git(name, "add", "--all")
        self.git(name, "commit", "--quiet", "--allow-empty", "--message=an answer", *options)
        return self.git(name, "rev-parse", "HEAD")

    def git(self, name: str, *arguments: str) -> str:
        folder = self.root / name
        who = {
            f"GIT_{role}_{what}": "ada@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.root), **who}
        done = subprocess.run(
            ["git", "-c", "protocol.file.allow=always", *arguments], cwd=folder if folder.is_dir() else self.root,
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "git").mkdir()
    server = Server(tmp_path / "git")
    yield server
    server.close()


def test_the_newest_commit_is_read_or_the_one_that_is_named(server: Server) -> None:
    first = server.commit("ada", {DRILL: "first"})
    second = server.commit("ada", {DRILL: "second", "README.md": "x"})
    for wanted, commit, text in (("", second, b"second"), (first, first, b"first"), ("main", second, b"second")):
        pile = repositories.read(server.url("ada"), wanted)
        assert pile is not None
        assert (pile.commit, pile.files, bool(pile.submitted)) == (commit, {DRILL: text}, True)
    assert repositories.read(server.url("ada"), "", known=second) is None
    assert repositories.read(server.url("ada"), first, known=first) is None
    assert repositories.read(server.url("ada"), "", known=first) is not None


def test_links_hooks_filters_and_submodules_are_not_followed(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.commit("other", {"greet.rs": "other"})
    server.commit("ada", {DRILL: "right", ".gitattributes": "*.rs filter=evil\n", "a.rs": "x"})
    (server.root / "ada" / "link.rs").symlink_to("/etc/passwd")
    server.git("ada", "submodule", "--quiet", "add", str(server.root / "other"), "inner")
    server.commit("ada", {})
    # What an instructor's own git may be set up to do, for repositories that are trusted.
    hook = tmp_path / "hooks" / "reference-transaction"
    hook.parent.mkdir()
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/hooked\n")
    hook.chmod(0o755)
    (tmp_path / ".gitconfig").write_text(
        f'[core]\nhooksPath = {hook.parent}\n[filter "evil"]\nsmudge = touch {tmp_path}/filtered\n'
        "[submodule]\nrecurse = true\n[fetch]\nrecurseSubmodules = true\n"
    )
    monkeypatch.setenv("HOME", str(tmp_path))
    pile = repositories.read(server.url("ada"), "")
    assert pile is not None
    assert pile.files == {DRILL: b"right", "a.rs": b"x"}
    assert pile.left_out == {"link.rs": "it is a link or a device or has holes, and only regular files are read"}
    assert not (tmp_path / "hooked").exists()
    assert not (tmp_path / "filtered").exists()


@pytest.mark.parametrize(
    "url",
    ["/etc", "file:///etc", "ext::sh -c touch% /tmp/x", "--upload-pack=touch /tmp/x", "ada", "./ada", "git@host:",
     "https://-oProxyCommand=x/y", "ssh://-oProxyCommand=touch/x", "fd::17", "http:// x", "a:b\nc", "-x@host:y"],
)  # fmt: skip
def test_an_address_that_is_no_servers_is_refused(url: str) -> None:
    with pytest.raises(Unreadable, match="is not the address of a repository"):
        repositories.read(url, "")


@pytest.mark.parametrize("commit", ["--upload-pack=x", "-c", "a b", "main:evil", "@{-1}", "+main"])
def test_a_commit_that_is_none_is_refused(commit: str) -> None:
    with pytest.raises(Unreadable, match="is not the name of a commit"):
        repositories.read("https://example.org/a.git", commit)


def test_what_can_not_be_fetched_says_why_and_keeps_passwords(server: Server) -> None:
    server.commit("ada", {DRILL: "x"})
    for url, commit in (
        (server.url("nobody"), ""),
        (server.url("ada"), "no-such-branch"),
        (server.url("ada"), "a" * 40),
    ):
        with pytest.raises(Unreadable, match="It could not be fetched: git ended with exit code 128") as raised:
            repositories.read(url, commit)
        assert str(raised.value).endswith(".")
    with pytest.raises(Unreadable, match="could not be fetched") as raised:
        repositories.read("http://ada:secret@127.0.0.1:1/a.git", "")
    assert "secret" not in str(raised.value)
    assert "127.0.0.1" in str(raised.value)


def test_a_server_that_never_answers_costs_its_own_learner_some_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repositories, "_FETCH", child.Limits(cpu=5, wall=0.5, memory=2048, file=16, output=64))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"git://127.0.0.1:{silent.getsockname()[1]}/ada"
        with pytest.raises(Unreadable, match=r"could not be fetched: git was stopped: it did not end within 0\.5 s"):
            repositories.read(url, "")


def test_a_huge_repository_is_not_fetched_to_its_end(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.commit("ada", {DRILL: "right"})
    (server.root / "ada" / "video.mp4").write_bytes(os.urandom(3 * 2**20))
    server.commit("ada", {})
    assert repositories.read(server.url("ada"), "") is not None
    monkeypatch.setattr(repositories, "_FETCH", child.Limits(cpu=5, wall=20, memory=2048, file=1, output=64))
    with pytest.raises(Unreadable, match="It could not be fetched: git"):
        repositories.read(server.url("ada"), "")


def test_a_class_of_repositories_is_fetched_once_and_again_when_somebody_pushed(server: Server, tmp_path: Path) -> None:
    desk = small_desk(tmp_path / "course")
    commits = {name: server.commit(name, {DRILL: f"right // {name}"}) for name in ("ada", "bob")}
    rows = [f"{name},{server.url(name)},{name}@example.org" for name in (*commits, "nobody")]
    (tmp_path / "class.csv").write_text("\n".join(["student_id,url,email", *rows]))

    def grade() -> Report:
        wish = Wish(tmp_path / "class.csv", tmp_path / "grades", ("greet",), seed=1)
        return grade_class(desk, wish, lambda *_: None, GRADER)

    assert grade().tally.graded == 2
    table = (tmp_path / "grades" / "grades.csv").read_text()
    assert f"{server.url('ada')},{commits['ada']}" in table
    assert "nobody,,,nobody@example.org,00-tour/greet,refused" in table
    commits["bob"] = server.commit("bob", {DRILL: "right, and better"})
    again = grade()
    assert (again.tally.graded, again.tally.known) == (1, 1)
    assert commits["bob"] in (tmp_path / "grades" / "grades.csv").read_text()
