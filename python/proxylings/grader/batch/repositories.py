"""Fetch a submission from a git repository: its newest commit or a given one, without its history.

Nothing is checked out. git runs as a child with limits, in an empty repository of ours: no hooks, no submodules, no
filters, no protocols that could start programs or read this machine's files. `git archive` then gives a tar, which is
read like any other.
"""

import functools
import os
import re
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from proxylings import child
from proxylings.errors import CourseError
from proxylings.grader.batch import archives
from proxylings.grader.batch.pile import Caps, Pile, Unreadable
from proxylings.grader.batch.submissions import without_password

_FETCH = child.Limits(cpu=30, wall=90.0, memory=2048, file=256, output=64)
_ASK = child.Limits(cpu=5, wall=30.0, memory=1024, file=1, output=256)
_PACK = child.Limits(cpu=10, wall=30.0, memory=1024, file=256, output=64)
_ADDRESS = re.compile(r"(?:https?|ssh|git)://[^\s-]\S*|\w[\w.-]*@\w[\w.-]*:[^\s:-]\S*", re.ASCII)
_COMMIT = re.compile(r"[0-9A-Za-z][\w./-]*", re.ASCII)
_WHOLE = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


def check_git() -> None:
    """Raise when git can't be started, before a thousand submissions say so."""
    try:
        done = child.run(["git", "--version"], _ASK)
    except OSError:
        done = None
    if done is None or not done.ok:
        raise CourseError("git can't be started, and submissions are to be fetched with it.", "Install git.")


def read(
    url: str, commit: str, known: str = "", caps: Caps | None = None, stop: Callable[[], bool] | None = None
) -> Pile | None:
    """Fetch and read a repository. None says that it still stands at `known`, the commit that was read before.

    `stop` is asked whether nobody waits for it any more.
    """
    if not _ADDRESS.fullmatch(url):
        raise Unreadable(
            f"{without_password(url)[:200]} is not the address of a repository that can be fetched: it begins with "
            "https://, ssh://, git:// or git@host:, and names no file on this machine."
        )
    if commit and not _COMMIT.fullmatch(commit):
        raise Unreadable(f"{commit[:80]!r} is not the name of a commit, a branch or a tag.")
    if known and known in (commit, _newest(url, commit, stop)):
        return None
    with tempfile.TemporaryDirectory(prefix="proxylings-fetch-") as folder:
        git = functools.partial(_git, Path(folder), url, stop)
        git(["init", "--quiet", "--bare", "--template=", "."], _ASK, "git could not begin")
        fetch = ["fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-write-commit-graph"]
        git([*fetch, "--", url, commit or "HEAD"], _FETCH, "It could not be fetched")
        told = git(["log", "-1", "--format=%H %cI", "FETCH_HEAD"], _PACK, "It has no commit", local=True)
        git(["archive", "--format=tar", "--output=tree.tar", "FETCH_HEAD"], _PACK, "It can't be read", local=True)
        pile = Pile(caps or Caps())
        with (Path(folder) / "tree.tar").open("rb") as tar:
            archives.read(tar, pile)
    pile.commit, _, when = told.strip().partition(" ")
    pile.submitted = datetime.fromisoformat(when).timestamp()
    return pile


def _newest(url: str, commit: str, stop: Callable[[], bool] | None) -> str:
    """Ask the server where the branch stands; "" when that can't be known, and the repository has to be fetched."""
    if _WHOLE.fullmatch(commit):
        return commit
    done = child.run(_command(["ls-remote", "--", url, commit or "HEAD"]), _ASK, env=_environment(), stop=stop)
    found = {line.split()[0] for line in done.stdout.splitlines() if line.split()}
    return found.pop() if done.ok and len(found) == 1 else ""


def _git(
    folder: Path, url: str, stop: Callable[[], bool] | None, arguments: list[str], limits: child.Limits, what: str, *,
    local: bool = False,
) -> str:  # fmt: skip
    done = child.run(_command(arguments), limits, cwd=folder, env=_environment(local=local), stop=stop)
    if not done.ok:
        # git's words may hold the address, and the address a password.
        said = " ".join(done.stderr.replace(url, without_password(url)).split())[-300:]
        raise Unreadable(f"{what}: git {done.ending()}{f' and said: {said}' if said else ''}.")
    return done.stdout


def _command(arguments: list[str]) -> list[str]:
    allowed = [f"protocol.{name}.allow=always" for name in ("https", "http", "ssh", "git")]
    settings = ["protocol.allow=never", *allowed, "core.hooksPath=/dev/null", "core.fsmonitor=false", "gc.auto=0",
                "maintenance.auto=false", "pack.threads=1", "core.askPass=true", "fetch.unpackLimit=1"]  # fmt: skip
    return ["git", *(part for setting in settings for part in ("-c", setting)), *arguments]


def _environment(*, local: bool = False) -> dict[str, str]:
    """Return git's environment: the instructor's own settings, for credentials, and only where a server is asked."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_TERMINAL_PROMPT": "0", "GIT_LFS_SKIP_SMUDGE": "1", "LC_ALL": "C"}
    environment.setdefault("GIT_SSH_COMMAND", "ssh -o BatchMode=yes -o ConnectTimeout=15")
    if local:
        environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return environment
