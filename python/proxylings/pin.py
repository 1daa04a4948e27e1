"""Where the course comes from, and which version of it: what a learner's repository is pinned to.

Owns the few questions that we ask git. Changes nothing.
"""

import io
import re
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

from proxylings.errors import CourseError

# git@host:owner/name.git, and the same as ssh://. A runner has no key of ours, so it asks by HTTPS.
_SSH = re.compile(r"^(?:ssh://)?git@([\w.-]+)[:/](?:\d+/)?(.+)$")
# It is written into a workflow and a README, so it holds nothing that a shell or YAML would read otherwise.
_PLAIN = re.compile(r"[a-z]+://[\w.~:/%@+,-]+")
_USER = re.compile(r"^(https?://)[^/@]+@")


@dataclass(frozen=True)
class Pin:
    """One version of the course: its address, its commit (40 hexadecimal digits), and the tag on it, if any."""

    url: str
    commit: str
    tag: str = ""

    @property
    def named(self) -> str:
        """Return the version in words: the tag, or the beginning of the commit."""
        return self.tag or self.commit[:12]


@dataclass(frozen=True)
class Found:
    """The pin of a checkout, and what may go wrong with it elsewhere, in words."""

    pin: Pin
    doubts: tuple[str, ...]


def find(course: Path, url: str = "") -> Found:
    """Return the version of the course that lies in `course`; `url` is its address, if not the one of its remote."""
    commit = _git(course, "rev-parse", "--verify", "HEAD")
    top = _git(course, "rev-parse", "--show-toplevel")
    if not commit or not top or Path(top).resolve() != course.resolve():
        raise CourseError(
            f"{course} is not a git checkout, so nobody can tell which version of the course it is.",
            "Get the course by git clone, set it up with `python3 start.py setup`, and use its proxylings.",
        )
    address = url or _git(course, "remote", "get-url", "origin")
    if not address:
        raise CourseError(
            f"The course in {course} has no remote, so nobody can tell where it comes from.",
            "Say it: --course URL, the address that others clone it from.",
        )
    tag = _git(course, "tag", "--points-at", "HEAD", "--sort=-version:refname").partition("\n")[0]
    pin = Pin(public(address), commit, tag)
    return Found(pin, tuple(_doubts(course, pin)))


def commit(course: Path) -> str:
    """Return the commit that is checked out, or nothing where git does not know."""
    return _git(course, "rev-parse", "--verify", "HEAD")


def is_newer(course: Path, commit: str, than: str) -> bool:
    """Whether `commit` is `than` or comes after it. Nobody can tell when this clone does not know `than`."""
    return _git(course, "merge-base", than, commit) == than


def committed(course: Path, folder: str) -> dict[str, bytes]:
    """Return the files of a folder as the checked-out commit has them, by their names."""
    done = _run(course, "archive", "--format=tar", "HEAD", "--", folder)
    if done is None:
        return {}
    with tarfile.open(fileobj=io.BytesIO(done), mode="r:") as tar:
        files = ((member, tar.extractfile(member)) for member in tar if member.isfile())
        return {member.name: file.read() for member, file in files if file is not None}


def public(address: str) -> str:
    """Return an address as everybody can use it: by HTTPS instead of a key, and without a user's name or token."""
    if match := _SSH.match(address):
        return f"https://{match[1]}/{match[2]}"
    if "://" not in address:
        return Path(address).resolve().as_uri()
    address = _USER.sub(r"\1", address)
    if not _PLAIN.fullmatch(address):
        raise CourseError(f"{address!r} is not an address to clone from.", "Say it as https://HOST/OWNER/NAME")
    return address


def _doubts(course: Path, pin: Pin) -> list[str]:
    doubts = []
    if _git(course, "status", "--porcelain", "--untracked-files=no", "--", "."):
        doubts.append("The course here has changes that are in no commit; elsewhere nobody will have them.")
    elif not _git(course, "branch", "--remotes", "--contains", pin.commit) and not pin.tag:
        doubts.append(f"The commit {pin.commit[:12]} is not in the remote yet; push the course before learners push.")
    if pin.url.startswith("file:"):
        doubts.append(f"{pin.url} is on this machine; a runner can't reach it. Say where the course is: --course URL")
    return doubts


def _git(folder: Path, *arguments: str) -> str:
    """Return what git prints, or nothing when it can't."""
    return (_run(folder, *arguments) or b"").decode("utf-8", "replace").strip()


def _run(folder: Path, *arguments: str) -> bytes | None:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
