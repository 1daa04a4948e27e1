"""What the compile box may see besides a submission: the crates that the exercise uses, and nothing of the reference.

cargo's own folder holds the reference's libraries, so it is never shown to a box. What is needed is copied into a
folder named by what it is made from, with the library that all shims share (`tests/oracle/support.rs`).
"""

import hashlib
import shutil
import threading
import tomllib
from collections.abc import Callable, Iterator, Sequence
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
            _fill(folder, lambda making: _copy(desk, exercise, named, making))
    found = sorted(path.name for path in folder.iterdir())
    externs = {name: next(file for file in found if file.startswith(f"lib{name}-")) for name in named}
    return Libraries(folder, externs | {"oracle_support": "liboracle_support.rlib"})


@dataclass(frozen=True)
class ProxyLibraries:
    """What the proxy is linked with: a folder of libraries that holds no part, and each part of the reference apart."""

    folder: Path
    externs: dict[str, str]
    parts: dict[str, Path]


def proxy_libraries(desk: Desk) -> ProxyLibraries:
    """Return the libraries of the whole proxy; made once for a state of the course and the toolchain."""
    manifest = desk.course / "crates" / "proxy" / "Cargo.toml"
    named = _named(manifest)
    parts = [name for name in named if name.startswith("part_")]
    sources = sorted((desk.course / "solutions").glob("*/src/**/*.rs"))
    folder = desk.builds / "oracle" / "libraries" / f"proxy-{_key(desk, manifest, named, sources)}"
    with _making:
        if not folder.is_dir():
            _fill(folder, lambda making: _copy_proxy(desk, making))
    found = sorted(path.name for path in (folder / "shared").iterdir())
    externs = {name: next(one for one in found if one.startswith(f"lib{name}-")) for name in named if name not in parts}
    return ProxyLibraries(folder / "shared", externs, {name: folder / "parts" / f"lib{name}.rlib" for name in parts})


def support(desk: Desk) -> Path:
    """Return the source of the library that all shims share."""
    return desk.course / "tests" / "oracle" / "support.rs"


def _named(manifest: Path) -> list[str]:
    wanted = tomllib.loads(manifest.read_text(encoding="utf-8"))["dependencies"]
    return [name.replace("-", "_") for name in wanted]


def _fill(folder: Path, make: Callable[[Path], None]) -> None:
    """Fill a folder beside its place and rename it, so that nobody ever sees half of it."""
    making = folder.with_name(f".{folder.name}.{threading.get_ident()}")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    try:
        make(making)
        # A box's user is nobody to this machine, whatever the umask of whoever built the libraries.
        for path in [making, *making.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        if not folder.is_dir():
            making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _copy(desk: Desk, exercise: Exercise, named: list[str], folder: Path) -> None:
    """Copy what the exercise's crate uses, without the crate itself, which is the reference."""
    if named:
        for crate, path in _built(desk, f"part-{exercise.name}"):
            if crate != f"part_{exercise.name}":
                shutil.copy2(path, folder / path.name)
    made = toolchain.compile_file(
        support(desk), folder / "liboracle_support.rlib", crate_type="rlib", crate_name="oracle_support",
        flags=("-Cdebuginfo=0",),
    )  # fmt: skip
    if made.output is None:
        said = "\n".join([made.failure, *(d.rendered or d.message for d in made.errors)])
        raise CourseError(f"{desk.shown(support(desk))} does not compile.", said)


def _copy_proxy(desk: Desk, folder: Path) -> None:
    """Copy what the proxy uses: each part under a name of its own, everything else into one folder."""
    for name in ("shared", "parts"):
        (folder / name).mkdir()
    for crate, path in _built(desk, "proxy"):
        if crate.startswith("part_"):
            shutil.copy2(path, folder / "parts" / f"lib{crate}.rlib")
        elif crate != "proxy":
            shutil.copy2(path, folder / "shared" / path.name)


def _built(desk: Desk, package: str) -> Iterator[tuple[str, Path]]:
    """Build a package, and give each library that it is made from, itself included, by its crate."""
    built = toolchain.cargo(["build", "--locked", "-p", package], cwd=desk.course, environment=compose.target_dir(desk))
    if not built.ok:
        raise CourseError(f"The crates that {package} needs could not be built.", built.stderr.strip()[-2000:])
    for crate, paths in built.files.items():
        for path in paths:
            if path.suffix in _LIBRARIES:
                # cargo copies a workspace's own libraries up from deps/, without the hash in their names.
                yield crate, path if path.parent.name == "deps" else _in_deps(path)


def _in_deps(path: Path) -> Path:
    same = [other for other in (path.parent / "deps").glob(f"{path.stem}-*{path.suffix}") if other.samefile(path)]
    if not same:
        raise CourseError(
            f"cargo's library {path} has no copy in deps/.", "Delete .proxylings/target, and grade again."
        )
    return same[0]


def _key(desk: Desk, manifest: Path, named: list[str], sources: Sequence[Path] = ()) -> str:
    """Hash everything that the libraries are made from."""
    digest = hashlib.sha256(repr(toolchain.find()).encode())
    files = sorted(support(desk).parent.glob("*.rs"))
    if named:
        wire = sorted((desk.course / "crates" / "wire").rglob("*.rs"))
        files += [desk.course / "Cargo.lock", desk.course / "Cargo.toml", manifest, *wire, *sources]
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
