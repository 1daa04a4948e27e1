"""What the compile box may see besides a submission: the crates that the exercise uses, and nothing of the reference.

cargo's own folder holds the reference's libraries, so it is never shown to a box. What is needed is copied into a
folder named by what it is made from, with the library that all shims share (`tests/oracle/support.rs`).
"""

import hashlib
import shutil
import threading
import tomllib
from dataclasses import dataclass
from pathlib import Path

from proxylings import child, compose, toolchain
from proxylings.course import Desk, Exercise
from proxylings.errors import CourseError

_LIMITS = child.Limits(cpu=30, wall=60, memory=8 * 1024, file=512, output=4096)
_LIBRARIES = (".rlib", ".so", ".dylib")
_making = threading.Lock()


@dataclass(frozen=True)
class Libraries:
    """A folder of libraries, and the name of the file of each crate that the exercise names."""

    folder: Path
    externs: dict[str, str]


def libraries(desk: Desk, exercise: Exercise) -> Libraries:
    """Return what a submission is linked with; made once for a state of the course and the toolchain."""
    manifest = desk.course / "solutions" / exercise.chapter / "Cargo.toml"
    named = _named(manifest) if exercise.kind == "part" else []
    folder = (
        desk.builds / "oracle" / "libraries" / f"{exercise.chapter if named else 'std'}-{_key(desk, manifest, named)}"
    )
    with _making:
        if not folder.is_dir():
            _make(desk, exercise, named, folder)
    found = sorted(path.name for path in folder.iterdir())
    externs = {name: next(file for file in found if file.startswith(f"lib{name}-")) for name in named}
    return Libraries(folder, externs | {"oracle_support": "liboracle_support.rlib"})


def support(desk: Desk) -> Path:
    """Return the source of the library that all shims share."""
    return desk.course / "tests" / "oracle" / "support.rs"


def _named(manifest: Path) -> list[str]:
    wanted = tomllib.loads(manifest.read_text(encoding="utf-8"))["dependencies"]
    return [name.replace("-", "_") for name in wanted]


def _make(desk: Desk, exercise: Exercise, named: list[str], folder: Path) -> None:
    """Fill a folder beside its place and rename it, so that nobody ever sees half of it."""
    making = folder.with_name(f".{folder.name}.{threading.get_ident()}")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    try:
        if named:
            _copy(desk, exercise, making)
        made = toolchain.compile_file(
            support(desk), making / "liboracle_support.rlib", crate_type="rlib", crate_name="oracle_support",
            flags=("-Cdebuginfo=0",),
        )  # fmt: skip
        if made.output is None:
            said = "\n".join([made.failure, *(d.rendered or d.message for d in made.errors)])
            raise CourseError(f"{desk.shown(support(desk))} does not compile.", said)
        # A box's user is nobody to this machine, whatever the umask of whoever built the libraries.
        for path in making.iterdir():
            path.chmod(0o644)
        making.chmod(0o755)
        if not folder.is_dir():
            making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _copy(desk: Desk, exercise: Exercise, folder: Path) -> None:
    package = f"part-{exercise.name}"
    built = toolchain.cargo(["build", "--locked", "-p", package], cwd=desk.course, environment=compose.target_dir(desk))
    if not built.ok:
        raise CourseError(f"The crates that {exercise.id} needs could not be built.", built.stderr.strip()[-2000:])
    for crate, paths in built.files.items():
        if crate == package.replace("-", "_"):
            continue  # the reference
        for path in paths:
            if path.suffix in _LIBRARIES:
                # cargo copies a workspace's own libraries up from deps/, without the hash in their names.
                deps = path if path.parent.name == "deps" else _in_deps(path)
                shutil.copy2(deps, folder / deps.name)


def _in_deps(path: Path) -> Path:
    same = [other for other in (path.parent / "deps").glob(f"{path.stem}-*{path.suffix}") if other.samefile(path)]
    if not same:
        raise CourseError(
            f"cargo's library {path} has no copy in deps/.", "Delete .proxylings/target, and grade again."
        )
    return same[0]


def _key(desk: Desk, manifest: Path, named: list[str]) -> str:
    """Hash everything that the libraries are made from."""
    digest = hashlib.sha256(repr(toolchain.find()).encode())
    files = [support(desk)]
    if named:
        wire = sorted((desk.course / "crates" / "wire").rglob("*.rs"))
        files += [desk.course / "Cargo.lock", desk.course / "Cargo.toml", manifest, *wire]
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
