"""Attacks by what is handed in: manifests and scripts that cargo would run, links, pipes, archives that climb.

Each is a function that makes the submission in an empty folder and returns its path; `secret` is a file of the host.
The code in it is wrong, so nothing of it may get a point; nothing of the host may come out.
"""

import io
import os
import socket
import stat
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.attacks.programs import Attack

EXERCISE = "00-tour/first_green"
_ANSWER = "exercises/00-tour/drills/first_green.rs"
_WRONG = b'pub fn greet(_method: &str) -> String {\n    String::from("wrong")\n}\n'
_OURS = ("only the answer's own files",)
_KEPT = ("regular files only",)
_CAPS = ("caps of a submission",)
Make = Callable[[Path, Path], Path]
_made: dict[str, Make] = {}
_known: list[Attack] = []


def attack(kind: str, gets: tuple[str, ...], held_by: tuple[str, ...]) -> Callable[[Make], Make]:
    """Enter a function into the list; its first line says what it does."""

    def enter(make: Make) -> Make:
        says = (make.__doc__ or "").strip().removesuffix(".")
        entry = Attack("submission", make.__name__, says[0].lower() + says[1:], kind, gets, held_by, exercise=EXERCISE)
        _made[make.__name__] = make
        _known.append(entry)
        return make

    return enter


def load() -> list[Attack]:
    """Return these attacks."""
    return sorted(_known, key=lambda one: one.name)


def make(name: str, folder: Path, secret: Path) -> Path:
    """Make one of these submissions."""
    return _made[name](folder, secret)


def _folder(folder: Path, files: Mapping[str, str]) -> Path:
    """Write a submission with the wrong answer and these files beside it."""
    for name, text in {_ANSWER: _WRONG.decode(), **files}.items():
        path = folder / "handed-in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)
    return folder / "handed-in"


_CARGO = '[package]\nname = "answer"\nversion = "0.1.0"\nedition = "2024"\n'
_SCRIPT = 'fn main() {\n    std::fs::write("/tmp/owned", "by cargo").unwrap();\n    std::process::exit(0);\n}\n'
_LEAVE = "raise SystemExit(0)\n"
_SHELL = "#!/bin/sh\ntouch /tmp/owned\nexit 0\n"


@attack("Cargo tricks", ("fail 0",), _OURS)
def build_script(folder: Path, secret: Path) -> Path:
    """A build.rs, which cargo would compile and run."""
    manifest = _CARGO + 'build = "build.rs"\n'
    return _folder(folder, {"exercises/00-tour/Cargo.toml": manifest, "exercises/00-tour/build.rs": _SCRIPT})


@attack("Cargo tricks", ("fail 0",), _OURS)
def runner_and_wrapper(folder: Path, secret: Path) -> Path:
    """A .cargo/config.toml with a runner, a linker and a rustc-wrapper of the learner's."""
    config = '[build]\nrustc-wrapper = "./x.sh"\n[target."cfg(all())"]\nrunner = "./x.sh"\nlinker = "./x.sh"\n'
    beside = {f"{place}/{name}": text for place in (".", "exercises", "exercises/00-tour")
              for name, text in ((".cargo/config.toml", config), ("x.sh", _SHELL))}  # fmt: skip
    return _folder(folder, beside)


@attack("Cargo tricks", ("fail 0",), _OURS)
def harness_of_its_own(folder: Path, secret: Path) -> Path:
    """Tests without a harness that end with 0, in the place of the course's."""
    manifest = _CARGO + '[[test]]\nname = "first_green"\npath = "tests/first_green.rs"\nharness = false\n'
    return _folder(folder, {"Cargo.toml": manifest, "tests/parts/00_tour.rs": _SCRIPT, "tests/first_green.rs": _SCRIPT,
                            "tests/oracle/00-tour/first_green.rs": _SCRIPT})  # fmt: skip


@attack("Cargo tricks", ("fail 0",), _OURS)
def another_toolchain(folder: Path, secret: Path) -> Path:
    """A rust-toolchain.toml that names a compiler of the learner's, and a rustc beside the answer."""
    text = '[toolchain]\npath = "./tools"\n'
    return _folder(folder, {"rust-toolchain.toml": text, "tools/bin/rustc": _SHELL, "rustc": _SHELL, "cargo": _SHELL})


@attack("Cargo tricks", ("fail 0",), _OURS)
def dependency_on_the_solution(folder: Path, secret: Path) -> Path:
    """A manifest that depends on the solution by its path, and patches the course's crates."""
    depends = f'[dependencies]\nsolution = {{ path = "{secret.parent}" }}\n[patch.crates-io]\nwire = {{ path = "." }}\n'
    manifest = _CARGO + depends
    return _folder(folder, {"Cargo.toml": manifest, "exercises/00-tour/Cargo.toml": manifest})


@attack("Cargo tricks", ("fail 0",), _OURS)
def course_of_its_own(folder: Path, secret: Path) -> Path:
    """A whole course around the answer, with easier cases and a solution that is as wrong."""
    case = "from proxylings.grader.oracle.cases import Call\n\n\ndef cases(random):\n    return []\n"
    return _folder(folder, {"course.toml": 'title = "mine"\n', "tests/oracle/00-tour/first_green.py": case,
                            "solutions/00-tour/drills/first_green.rs": _WRONG.decode(),
                            "python/proxylings/__init__.py": _LEAVE, "conftest.py": _LEAVE})  # fmt: skip


@attack("symlink", ("unreadable",), _KEPT)
def link_to_a_file(folder: Path, secret: Path) -> Path:
    """The answer is a symbolic link to a file of the host."""
    path = _folder(folder, {}) / _ANSWER
    path.unlink()
    path.symlink_to(secret)
    return folder / "handed-in"


@attack("symlink", ("unreadable",), _KEPT)
def link_to_a_folder(folder: Path, secret: Path) -> Path:
    """The folder of the answer is a symbolic link to a folder of the host."""
    (folder / "handed-in" / "exercises" / "00-tour").mkdir(parents=True)
    (folder / "handed-in" / "exercises" / "00-tour" / "drills").symlink_to(secret.parent)
    return folder / "handed-in"


@attack("symlink", ("unreadable",), _KEPT)
def link_in_place_of_the_submission(folder: Path, secret: Path) -> Path:
    """The submission itself is a symbolic link to a folder of the host."""
    (folder / "handed-in").symlink_to(secret.parent)
    return folder / "handed-in"


@attack("symlink", ("fail 0", "unreadable"), _KEPT)
def link_to_itself(folder: Path, secret: Path) -> Path:
    """A folder that links to itself, and to the one above it."""
    path = _folder(folder, {})
    (path / "exercises" / "again").symlink_to(".")
    (path / "up").symlink_to("..")
    return path


@attack("special file", ("unreadable",), _KEPT)
def pipe(folder: Path, secret: Path) -> Path:
    """The answer is a named pipe, which nobody ever writes to."""
    path = _folder(folder, {}) / _ANSWER
    path.unlink()
    os.mkfifo(path)
    return folder / "handed-in"


@attack("special file", ("unreadable",), _KEPT)
def server(folder: Path, secret: Path) -> Path:
    """The answer is a socket."""
    path = _folder(folder, {}) / _ANSWER
    path.unlink()
    with socket.socket(socket.AF_UNIX) as one:
        here = Path.cwd()
        os.chdir(path.parent)  # a socket's path is short
        one.bind(path.name)
        os.chdir(here)
    return folder / "handed-in"


def _tar(folder: Path, *members: tuple[tarfile.TarInfo, bytes], mode: str = "w") -> Path:
    path = folder / "handed-in.tar"
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]  # typeshed wants the mode as a literal
        for member, data in members:
            archive.addfile(member, io.BytesIO(data))
    return path


def _member(
    name: str, data: bytes = b"", kind: bytes = tarfile.REGTYPE, link: str = ""
) -> tuple[tarfile.TarInfo, bytes]:
    member = tarfile.TarInfo(name)
    member.size, member.type, member.linkname = len(data), kind, link
    return member, data


@attack("hardlink", ("unreadable",), _KEPT)
def hardlink_in_a_tar(folder: Path, secret: Path) -> Path:
    """A hard link in a tar to a file of the host."""
    return _tar(folder, _member(_ANSWER, kind=tarfile.LNKTYPE, link=str(secret)))


@attack("symlink", ("unreadable",), _KEPT)
def symlink_in_a_tar(folder: Path, secret: Path) -> Path:
    """A symbolic link in a tar to a file of the host."""
    return _tar(folder, _member(_ANSWER, kind=tarfile.SYMTYPE, link=str(secret)))


@attack("archive escape", ("unreadable", "fail 0"), _KEPT)
def file_through_a_link(folder: Path, secret: Path) -> Path:
    """A tar with a link to a folder of the host, then a file in that folder, which unpacking would write there."""
    return _tar(folder, _member("exercises", kind=tarfile.SYMTYPE, link="/srv/course"), _member(_ANSWER, _WRONG),
                _member("exercises/planted.rs", _WRONG))  # fmt: skip


@attack("archive escape", ("unreadable",), _KEPT)
def climbing_tar(folder: Path, secret: Path) -> Path:
    """A tar whose files have names that climb, and absolute ones."""
    up = "../" * 12
    return _tar(folder, _member(f"{up}srv/course/planted.rs", _WRONG), _member("/srv/course/planted.rs", _WRONG))


@attack("archive escape", ("unreadable",), _KEPT)
def climbing_zip(folder: Path, secret: Path) -> Path:
    """A zip whose files have names that climb, absolute ones, and ones with backslashes."""
    path = folder / "handed-in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("../" * 12 + "srv/course/a.rs", "/srv/course/b.rs", "..\\..\\srv\\c.rs", "exercises/../../d.rs"):
            archive.writestr(name, _WRONG)
    return path


@attack("symlink", ("unreadable",), _KEPT)
def symlink_in_a_zip(folder: Path, secret: Path) -> Path:
    """A symbolic link in a zip to a file of the host."""
    path = folder / "handed-in.zip"
    member = zipfile.ZipInfo(_ANSWER)
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, str(secret))
    return path


@attack("archive escape", ("unreadable",), _KEPT)
def devices_in_a_tar(folder: Path, secret: Path) -> Path:
    """Devices and pipes in a tar, which unpacking as root would make."""
    kinds = (tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)
    return _tar(folder, *(_member(_ANSWER, kind=kind) for kind in kinds))


@attack("archive bomb", ("unreadable",), _CAPS)
def zip_bomb(folder: Path, secret: Path) -> Path:
    """A zip of some KiB with an answer of 32 MiB, most of it blank lines."""
    path = folder / "handed-in.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(_ANSWER, _WRONG + b"\n" * (32 << 20))
    return path


@attack("archive bomb", ("unreadable",), _CAPS)
def tar_bomb(folder: Path, secret: Path) -> Path:
    """A tar of some KiB that unpacks to 24 MiB."""
    path = folder / "handed-in.tar.gz"
    member = tarfile.TarInfo("exercises/notes.txt")
    with tarfile.open(path, "w:gz", compresslevel=9) as archive:
        member.size = 24 << 20
        archive.addfile(member, io.BytesIO(bytes(member.size)))
    return path


@attack("archive bomb", ("unreadable",), _CAPS)
def many_members(folder: Path, secret: Path) -> Path:
    """A tar of more empty files than a submission may hold."""
    return _tar(folder, *(_member(f"exercises/{number}.rs") for number in range(20_100)))


@attack("archive escape", ("unreadable", "fail 0"), _CAPS)
def two_answers(folder: Path, secret: Path) -> Path:
    """A zip that holds the answer twice: one for whoever looks at it, one for the grader."""
    path = folder / "handed-in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(_ANSWER, _WRONG)
        archive.writestr("./" + _ANSWER, _WRONG + b"// another one\n")
    return path


@attack("archive bomb", ("unreadable", "fail 0"), _CAPS)
def deep_folders(folder: Path, secret: Path) -> Path:
    """A tar with two thousand folders below each other."""
    return _tar(folder, _member("a/" * 2000 + "first_green.rs", _WRONG), _member(_ANSWER, _WRONG))
