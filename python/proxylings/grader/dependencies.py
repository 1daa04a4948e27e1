"""The crates that a part needs, built once by cargo, so that a check can call rustc directly."""

import functools
import hashlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from proxylings import compose, state, toolchain
from proxylings.course import Desk, Exercise
from proxylings.errors import CourseError


@dataclass(frozen=True)
class Dependencies:
    """`externs`: the library of each crate that the part names. `search`: where their own dependencies lie."""

    externs: dict[str, Path]
    search: list[Path]


class _Recorded(msgspec.Struct):
    key: str
    externs: dict[str, str]
    search: list[str]


def dependencies(desk: Desk, exercise: Exercise, on_progress: Callable[[str], None] | None = None) -> Dependencies:
    """Return the part's dependencies, and build them first when anything about them has changed."""
    manifest = desk.course / "solutions" / exercise.chapter / "Cargo.toml"
    key = _key(desk, manifest)
    record = desk.builds / "dependencies" / f"{exercise.name}.json"
    try:
        known = msgspec.json.decode(record.read_bytes(), type=_Recorded)
    except (OSError, msgspec.DecodeError):
        known = None
    if known is None or known.key != key or not all(Path(path).exists() for path in known.externs.values()):
        known = _build(desk, exercise, manifest, key, on_progress)
        state.write_whole(record, msgspec.json.encode(known))
    return Dependencies({name: Path(path) for name, path in known.externs.items()}, [Path(p) for p in known.search])


def _build(
    desk: Desk, exercise: Exercise, manifest: Path, key: str, on_progress: Callable[[str], None] | None
) -> _Recorded:
    package = f"part-{exercise.name}"
    built = toolchain.cargo(
        ["build", "--locked", "-p", package],
        cwd=desk.course,
        environment=compose.target_dir(desk),
        on_progress=on_progress,
    )
    if not built.ok:
        raise CourseError(f"The crates that {exercise.id} needs could not be built.", built.stderr.strip()[-2000:])
    named = tomllib.loads(manifest.read_text(encoding="utf-8"))["dependencies"]
    wanted = [name.replace("-", "_") for name in named]
    externs = {
        name: str(next(path for path in built.files[name] if path.suffix in (".rlib", ".so", ".dylib", ".dll")))
        for name in wanted
    }
    folders = {str(path.parent) for paths in built.files.values() for path in paths}
    # cargo copies a workspace's own libraries up from deps/, where everything else lies.
    search = sorted(folders | {str(Path(folder) / "deps") for folder in folders if not folder.endswith("deps")})
    return _Recorded(key, externs, search)


def _key(desk: Desk, manifest: Path) -> str:
    """Hash everything that the libraries are made from."""
    wire = sorted((desk.course / "crates" / "wire").rglob("*.rs"))
    paths = [desk.course / "Cargo.lock", desk.course / "Cargo.toml", manifest, *wire]
    return _hash(repr(toolchain.find()), tuple((path, _stamp(path)) for path in paths))


@functools.lru_cache(maxsize=64)
def _hash(first: str, stamped: tuple[tuple[Path, object], ...]) -> str:
    """Hash the files; those whose stamps are the same are not read again, as every check asks."""
    digest = hashlib.sha256(first.encode())
    for path, _ in stamped:
        digest.update(f"{path}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _stamp(path: Path) -> object:
    found = path.stat()
    return (found.st_mtime_ns, found.st_size, found.st_ino)
