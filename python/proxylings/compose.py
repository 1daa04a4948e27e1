"""Compose the proxy, or the Python module, from any mix of the learner's parts and the reference's.

Cargo builds a generated package: the sources stay where they are, only the manifest is ours. The learner's
Cargo.toml is never read, so what a part may depend on is said in one place, its solution's manifest.
"""

import hashlib
import os
import shutil
import struct
import sys
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

import tomlkit

from proxylings import samples, state, toolchain, weave
from proxylings.course import Desk, Exercise
from proxylings.errors import CompileFailed, CourseError

# "mine", "reference", or "stub": the woven stub, whatever the learner has made of it, so the proxy as it is before the
# chapter. And "wrong: NAME": the answer of that name in tests/wrong, for a scene that shows what it does.
Origin = str
WRONG = "wrong: "
Mix = Mapping[str, Origin]
# The profiles of the root Cargo.toml.
Profile = Literal["release", "dist"]
Progress = Callable[[str], None]

# The same environment that maturin gives to cargo, so that pyo3 is built once for both.
_PYO3 = {
    "PYO3_BUILD_EXTENSION_MODULE": "1",
    "PYO3_PYTHON": sys.executable,
    "PYO3_ENVIRONMENT_SIGNATURE": f"cpython-{sys.version_info[0]}.{sys.version_info[1]}-{struct.calcsize('P') * 8}bit",
}


def reference(desk: Desk) -> Mix:
    """Return the mix in which every part is the reference's."""
    return {part.name: "reference" for part in desk.parts}


def described(mix: Mix) -> str:
    """Say in few words whose parts a proxy has: `request: mine, the others: reference`."""
    origins = list(mix.values())
    usual = max(set(origins), key=lambda origin: (origins.count(origin), origin == "reference"))
    named = [f"{part}: {origin}" for part, origin in mix.items() if origin != usual]
    return ", ".join([*named, f"{'the others' if named else 'all parts'}: {usual}"])


def target_dir(desk: Desk) -> dict[str, str]:
    """Return where cargo builds for the desk; a CARGO_TARGET_DIR that is set already wins."""
    return {"CARGO_TARGET_DIR": os.environ.get("CARGO_TARGET_DIR", str(desk.builds / "target"))}


def build_proxy(desk: Desk, mix: Mix, on_progress: Progress | None = None, *, profile: Profile = "release") -> Path:
    """Build the proxy from `mix` and return its program. A part that `mix` does not name is the reference's.

    The profile `dist` takes a minute or two, and gives what a proxy is shipped as.
    """
    return _build(desk, "proxy", {**reference(desk), **mix}, "proxylings-proxy", on_progress, profile)


def build_module(desk: Desk, mix: Mix, on_progress: Progress | None = None) -> Path:
    """Build the Python module of the parts in `mix`; return its library, in a folder named by its content.

    Each part makes an edit wait longer, so a part that `mix` does not name is left out, unless one of them needs it.
    """
    needed = _features(desk, mix)
    whole = {part: origin for part, origin in reference(desk).items() if part in needed} | dict(mix)
    return _build(desk, "bindings", whole, "_native.so", on_progress)


def _features(desk: Desk, parts: Iterable[str]) -> set[str]:
    """Return the features of the bindings that stand for `parts`, with those that they need themselves."""
    manifest = tomllib.loads((desk.course / "crates" / "bindings" / "Cargo.toml").read_text(encoding="utf-8"))
    needed, left = set[str](), list(parts)
    while left:
        feature = left.pop()
        if feature not in needed:
            needed.add(feature)
            left += [name for name in manifest["features"][feature] if not name.startswith("dep:")]
    return needed


def _build(
    desk: Desk, crate: str, mix: Mix, name: str, on_progress: Progress | None, profile: Profile = "release"
) -> Path:
    folder, key = _generate(desk, crate, mix, profile)
    made = _place(desk, crate, key, mix, name)
    while not made.exists():
        library = _cargo(desk, crate, mix, folder, profile, on_progress)
        before = key
        folder, key = _generate(desk, crate, mix, profile)
        made = _place(desk, crate, key, mix, name)
        # A file that was saved while cargo ran may or may not be in what cargo built: build again.
        if key == before:
            _keep(library, made)
    return made


def _cargo(desk: Desk, crate: str, mix: Mix, folder: Path, profile: Profile, on_progress: Progress | None) -> Path:
    environment = target_dir(desk) | (_PYO3 if crate == "bindings" else {})
    product = _product(crate, folder.name)
    target = ["--bin", product] if crate == "proxy" else ["--lib"]
    built = toolchain.cargo(
        ["rustc", f"--profile={profile}", "--offline", *target],
        cwd=folder, environment=environment, on_progress=on_progress,
    )  # fmt: skip
    if not built.ok:
        raise _failure(desk, mix, built)
    return [
        path for path in built.files[product.replace("-", "_")] if path.suffix in ("", ".exe", ".so", ".dylib", ".dll")
    ][-1]


def _product(crate: str, mixed: str) -> str:
    # Cargo copies what it made out of deps/ under this name, and does not copy again what is fresh. So two
    # mixes that shared a name would hand out each other's code.
    return f"proxylings-proxy-{mixed}" if crate == "proxy" else f"native_{mixed}"


def _place(desk: Desk, crate: str, key: str, mix: Mix, name: str) -> Path:
    return _home(desk, mix.values()) / "built" / f"{crate}-{key}" / name


def _home(desk: Desk, origins: Iterable[Origin]) -> Path:
    """Return where a build is kept: beside the learner's code if any of it is inside, else where desks share."""
    return desk.state if "mine" in origins else desk.builds


def _keep(built: Path, made: Path) -> None:
    made.parent.mkdir(parents=True, exist_ok=True)
    # Beside its place and then renamed: a second builder of the same content finds a whole file or none.
    fresh = made.with_name(f".{made.name}.{os.getpid()}")
    shutil.copy2(built, fresh)
    fresh.replace(made)
    _forget_old(made.parent)


def _forget_old(newest: Path) -> None:
    """Remove old builds of the same kind; a process that has one loaded keeps its file until it ends."""
    kind = newest.name.rsplit("-", 1)[0]
    keep = 24 if kind == "bindings" else 8  # a module a part, and its last edits
    builds = [path for path in newest.parent.iterdir() if path.name.startswith(f"{kind}-")]
    for path in sorted(builds, key=lambda path: path.stat().st_mtime, reverse=True)[keep:]:
        shutil.rmtree(path, ignore_errors=True)


def _failure(desk: Desk, mix: Mix, built: toolchain.Built) -> CourseError:
    errors = [diagnostic for diagnostic in built.diagnostics if diagnostic.is_error]
    if errors and "mine" in mix.values():
        shown = "\n".join(error.rendered or error.message for error in errors[:3])
        parts = [part.id for part in desk.parts if mix.get(part.name) == "mine"]
        return CompileFailed(f"Your part does not compile yet.\n{shown}", f"Check it: proxylings check {parts[0]}")
    return CourseError("The proxy's crates could not be built.", built.stderr.strip()[-2000:])


def _generate(desk: Desk, crate: str, mix: Mix, profile: Profile) -> tuple[Path, str]:
    """Write the generated package; return its folder, and a key of everything that goes into the build."""
    root = tomllib.loads((desk.course / "Cargo.toml").read_text(encoding="utf-8"))
    home = desk.course / "crates" / crate
    # Desks that share a target directory must not share the name of what holds their own parts.
    whose = [str(desk.root)] if desk.checkout and "mine" in mix.values() else []
    mixed = hashlib.sha256(repr([*sorted(mix.items()), *whose]).encode()).hexdigest()[:12]
    folder = _home(desk, mix.values()) / "compose" / crate / mixed
    manifest = _standalone(home, root, {f"part-{part}" for part in mix})
    digest = hashlib.sha256(repr((toolchain.find(), sys.version, sys.executable, crate, profile)).encode())
    _feed(digest, [desk.course / "Cargo.lock", desk.course / "Cargo.toml", home, desk.course / "crates" / "wire"])
    for part in desk.parts:
        package = f"part-{part.name}"
        if package in manifest["dependencies"]:
            source = _source(desk, part, mix[part.name])
            manifest["dependencies"][package] = {"path": str(_part_package(desk, part, mix[part.name], source, root))}
            _feed(digest, [desk.course / "solutions" / part.chapter / "Cargo.toml", source])
    if crate == "proxy":
        manifest["package"]["name"] = f"proxy-{mixed}"
        manifest["lib"] = {"name": "proxy", "path": str(home / "src" / "lib.rs")}
        manifest["bin"] = [{"name": _product(crate, mixed), "path": str(home / "src" / "main.rs")}]
    else:
        manifest["package"]["name"] = f"bindings-{mixed}"
        manifest["features"]["default"] = sorted(mix)
        manifest["lib"] |= {"name": _product(crate, mixed), "path": str(home / "src" / "lib.rs")}
    profiles = dict(root["profile"])
    if any(origin not in ("mine", "reference") for origin in mix.values()):
        # A scene shows what goes wrong, and nobody measures it. Without optimisation it is there in a quarter of the
        # time; what it depends on is built as for the others, so that it is built once.
        quick = {manifest["package"]["name"]: {"opt-level": 0}}
        profiles["release"] = profiles["release"] | {"package": profiles["release"].get("package", {}) | quick}
    manifest |= {"workspace": {}, "profile": profiles}
    _write(folder / "Cargo.toml", tomlkit.dumps(manifest))
    if not (folder / "Cargo.lock").exists() or _older(folder / "Cargo.lock", desk.course / "Cargo.lock"):
        shutil.copyfile(desk.course / "Cargo.lock", folder / "Cargo.lock")
    return folder, digest.hexdigest()[:24]


def _source(desk: Desk, part: Exercise, origin: Origin) -> Path:
    """Return the src/ folder of a part from where `mix` wants it."""
    if origin == "mine":
        return desk.source(part).parent
    if origin == "reference":
        return desk.solution(part).parent
    folder = desk.builds / "compose" / "sources" / _folder_name(part, origin) / "src"
    solution = desk.solution(part)
    text = solution.read_text(encoding="utf-8")
    if origin == "stub":
        _write(folder / solution.name, weave.stub(text, desk.shown(solution)))
    else:
        answer = samples.find(desk.course / "tests" / "wrong", part, origin.removeprefix(WRONG))
        _write(folder / solution.name, answer.source(text))
    return folder


def _folder_name(part: Exercise, origin: Origin) -> str:
    return f"{part.chapter}-{origin}".replace(": ", "-")


def _part_package(desk: Desk, part: Exercise, origin: Origin, source: Path, root: dict[str, Any]) -> Path:
    """Write the package of one part, with the solution's dependencies and the sources in `source`."""
    folder = _home(desk, [origin]) / "compose" / "parts" / _folder_name(part, origin)
    manifest = _standalone(desk.course / "solutions" / part.chapter, root)
    manifest["lib"] = {"path": str(source / "lib.rs")}
    # Cargo compares times, and an old file that comes back has an old time. The declared features are in its
    # fingerprint, so one that is named after the contents makes it see what the files hold.
    contents = hashlib.sha256()
    _feed(contents, [source])
    manifest["features"] = {f"contents-{contents.hexdigest()[:24]}": []}
    _write(folder / "Cargo.toml", tomlkit.dumps(manifest))
    return folder


def _standalone(home: Path, root: dict[str, Any], chosen: Collection[str] = ()) -> dict[str, Any]:
    """Return the manifest in `home` with all that it inherits from the workspace written out, paths absolute.

    Of the optional dependencies those that are `chosen` stay. Targets, lints and dev-dependencies are left out: a
    composed build needs none of them.
    """
    manifest = tomllib.loads((home / "Cargo.toml").read_text(encoding="utf-8"))
    workspace = root["workspace"]
    package = {
        key: workspace["package"][key] if isinstance(value, dict) and value.get("workspace") else value
        for key, value in manifest["package"].items()
    }
    needed = {}
    for name, wanted in manifest.get("dependencies", {}).items():
        dependency = {"version": wanted} if isinstance(wanted, str) else dict(wanted)
        if dependency.pop("optional", False) and name not in chosen:
            continue
        if dependency.pop("workspace", False):
            shared = workspace["dependencies"][name]
            shared = {"version": shared} if isinstance(shared, str) else dict(shared)
            if "path" in shared:
                shared["path"] = str(home.parent.parent / shared["path"])
            features = [*shared.get("features", []), *dependency.pop("features", [])]
            dependency = shared | dependency | ({"features": features} if features else {})
        needed[name] = dependency
    declared: dict[str, list[str]] = {name: [] for name in manifest.get("features", {})}
    kept = {"package": package, "features": declared, "dependencies": needed}
    return kept | ({"lib": manifest["lib"]} if "lib" in manifest else {})


def _feed(digest: "hashlib._Hash", paths: list[Path]) -> None:
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file():
                data = file.read_bytes()
                digest.update(f"{file}\0{len(data)}\0".encode() + data)


def _older(path: Path, other: Path) -> bool:
    return path.stat().st_mtime < other.stat().st_mtime


def _write(path: Path, text: str) -> None:
    """Write a file only when it changed: cargo looks at the time of its last change."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        state.write_whole(path, text.encode())
