"""Everything that starts cargo or rustc, and what they say, as values.

rustc's diagnostics are read as JSON and never as text. rustc is called by its real path: the rustup
shim in front of it costs tens of milliseconds a call, and a check on save makes two.
"""

import functools
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from proxylings import child
from proxylings.errors import CourseError

OLDEST_RUST = (1, 85)
# How rustc and linkers say that the disk is full: some write through a mapping, and are ended by a signal.
_FULL = re.compile(r"No space left on device|os error 28|[Qq]uota exceeded|SIGBUS|signal 7|Bus error")
_BUILD = child.Limits(cpu=3600, wall=3600, memory=16 * 1024, file=4096, output=64 * 1024)
_COMPILE = child.Limits(cpu=30, wall=60, memory=8 * 1024, file=512, output=4096)


class SpanLine(msgspec.Struct, frozen=True):
    """One source line under a span; columns count characters from 1, the end is one past the last."""

    text: str
    highlight_start: int
    highlight_end: int


class Span(msgspec.Struct, frozen=True):
    """A place in a source file; lines and columns count from 1, `column_end` is one past the last."""

    file_name: str
    line_start: int
    line_end: int
    column_start: int
    column_end: int
    is_primary: bool
    text: list[SpanLine]
    label: str | None = None
    suggested_replacement: str | None = None
    suggestion_applicability: str | None = None


class Code(msgspec.Struct, frozen=True):
    """An error code (`E0382`) or a lint's name, with rustc's long explanation where there is one."""

    code: str
    explanation: str | None = None


class Diagnostic(msgspec.Struct, frozen=True):
    """One message of rustc (the Rust compiler's JSON format): level, code, spans, and its notes and helps."""

    message: str
    level: str
    spans: list[Span]
    children: list["Diagnostic"] = []
    code: Code | None = None
    rendered: str | None = None

    @property
    def is_error(self) -> bool:
        """Whether it stops the build; the closing "aborting due to …" lines don't count."""
        return self.level.startswith("error") and bool(self.spans or self.code)

    @property
    def error_code(self) -> str:
        """Return `E0382`, a lint's name, or "" when rustc gave none."""
        return self.code.code if self.code else ""


@dataclass(frozen=True)
class Compiled:
    """What one rustc call gave. `failure` says why there is no output when no diagnostic does."""

    output: Path | None
    diagnostics: list[Diagnostic]
    seconds: float
    failure: str = ""

    @property
    def errors(self) -> list[Diagnostic]:
        """Return the diagnostics that stop the build."""
        return [diagnostic for diagnostic in self.diagnostics if diagnostic.is_error]


@dataclass(frozen=True)
class Built:
    """What one cargo call gave: the files of each target by crate name."""

    files: Mapping[str, list[Path]]
    diagnostics: list[Diagnostic]
    ok: bool
    stderr: str


@dataclass(frozen=True)
class Toolchain:
    """A Rust toolchain on this machine: real paths, no shims."""

    rustc: Path
    cargo: Path
    sysroot: Path
    version: tuple[int, int, int]

    @property
    def clippy_driver(self) -> Path | None:
        """Return clippy as a compiler, where it is installed."""
        path = self.sysroot / "bin" / "clippy-driver"
        return path if path.exists() else None


@functools.cache
def find() -> Toolchain:
    """Find the Rust toolchain, or say how to get one."""
    remedy = "Install Rust from https://rustup.rs, then open a new shell."
    if not (shim := shutil.which("rustc")) or not shutil.which("cargo"):
        raise CourseError("Rust is not installed: there is no rustc or no cargo on the PATH.", remedy)
    # Asked from our own folder: in a learner's, a rust-toolchain.toml could name any program as the compiler.
    here = Path(__file__).parent
    shown = subprocess.run([shim, "--version", "--verbose"], cwd=here, capture_output=True, text=True, check=False)
    root = subprocess.run([shim, "--print", "sysroot"], cwd=here, capture_output=True, text=True, check=False)
    match = re.search(r"^release: (\d+)\.(\d+)\.(\d+)", shown.stdout, re.MULTILINE)
    if root.returncode or not match:
        said = (shown.stderr or root.stderr).strip()
        raise CourseError(f"rustc is there, and does not run: {said}", remedy)
    version = (int(match[1]), int(match[2]), int(match[3]))
    if version[:2] < OLDEST_RUST:
        need = ".".join(map(str, OLDEST_RUST))
        raise CourseError(f"Rust {match[1]}.{match[2]} is too old; the course needs {need}.", "Run: rustup update")
    sysroot = Path(root.stdout.strip())
    real = {
        name: path if (path := sysroot / "bin" / name).exists() else Path(shutil.which(name) or name)
        for name in ("rustc", "cargo")
    }
    return Toolchain(real["rustc"], real["cargo"], sysroot, version)


def parse_diagnostics(lines: str) -> list[Diagnostic]:
    """Decode rustc's JSON lines; other lines (a crash of the compiler, say) are left out."""
    found = []
    for line in lines.splitlines():
        if line.startswith("{"):
            try:
                found.append(msgspec.json.decode(line, type=Diagnostic))
            except msgspec.DecodeError:  # an artifact notification, or a line that a limit cut off
                continue
    return found


def compile_file(
    source: Path,
    output: Path,
    *,
    crate_type: str = "bin",
    crate_name: str = "",
    test: bool = False,
    externs: Mapping[str, Path] | None = None,
    search: Sequence[Path] = (),
    incremental: Path | None = None,
    flags: Sequence[str] = (),
    driver: Path | None = None,
    cwd: Path | None = None,
    stop: Callable[[], bool] | None = None,
) -> Compiled:
    """Compile one crate from its root file with rustc, without cargo; `stop` is asked as by `child.run`."""
    toolchain = find()
    # A path from `cwd` on is the one that messages show.
    shown = source.relative_to(cwd) if cwd and source.is_relative_to(cwd) else source
    argv: list[str | Path] = [driver or toolchain.rustc, shown, "-o", output, "--edition=2024"]
    argv += ["--error-format=json", "--json=diagnostic-rendered-ansi", "-Ccodegen-units=4"]
    argv += ["--test"] if test else [f"--crate-type={crate_type}"]
    argv += [f"--crate-name={crate_name}"] if crate_name else []
    argv += [f"-Cincremental={incremental}"] if incremental else []
    argv += [f"--extern={name}={path}" for name, path in (externs or {}).items()]
    argv += [f"-Ldependency={path}" for path in search]
    argv += flags
    done = child.run(argv, _COMPILE, cwd=cwd, env=_environment(toolchain), stop=stop)
    said = parse_diagnostics(done.stderr)
    # Some errors have no place in the source: a file that is not UTF-8, say. rustc's closing words have none either.
    placed = [diagnostic for diagnostic in said if diagnostic.spans or diagnostic.code]
    failure = ""
    if (
        not done.ok
        and not any(diagnostic.is_error for diagnostic in placed)
        and _FULL.search(f"{done.stderr}{done.ending()}")
    ):
        raise CourseError(
            f"{output.parent} can't be written: the disk, or your share of it, is full. Nothing was checked.",
            "Free some space, and try again.",
        )
    if not done.ok:
        other = [one.message for one in said if one not in placed and not one.message.startswith("aborting due to")]
        other += [line for line in done.stderr.splitlines() if not line.startswith("{")]
        failure = "\n".join([f"rustc {done.ending()}.", *other])
    return Compiled(output if done.ok else None, placed, done.seconds, failure)


class _Target(msgspec.Struct):
    name: str


class _CargoMessage(msgspec.Struct):
    reason: str
    target: _Target | None = None
    filenames: list[str] = []
    executable: str | None = None
    message: msgspec.Raw = msgspec.Raw(b"")


def cargo(
    arguments: Sequence[str],
    *,
    cwd: Path,
    environment: Mapping[str, str] | None = None,
    on_progress: Callable[[str], None] | None = None,
) -> Built:
    """Run a cargo command that builds; `on_progress` gets cargo's own status lines ("Compiling tokio …")."""
    toolchain = find()
    env = _environment(toolchain) | {"CARGO_TERM_COLOR": "never"} | dict(environment or {})
    argv: list[str | Path] = [toolchain.cargo, *arguments, "--message-format=json-diagnostic-rendered-ansi"]
    done = child.run(argv, _BUILD, cwd=cwd, env=env, on_line=on_progress)
    files: dict[str, list[Path]] = {}
    diagnostics: list[Diagnostic] = []
    for line in done.stdout.splitlines():
        if not line.startswith("{"):
            continue
        message = msgspec.json.decode(line, type=_CargoMessage)
        if message.reason == "compiler-message":
            diagnostics.append(msgspec.json.decode(message.message, type=Diagnostic))
        elif message.reason == "compiler-artifact" and message.target is not None:
            made = [*message.filenames, *([message.executable] if message.executable else [])]
            files.setdefault(message.target.name.replace("-", "_"), []).extend(map(Path, made))
    return Built(files, diagnostics, done.ok, done.stderr if not done.stopped else f"{done.stderr}\n{done.stopped}")


def _environment(toolchain: Toolchain) -> dict[str, str]:
    # The real cargo must find the real rustc, whatever shims stand first on the PATH.
    path = f"{toolchain.sysroot / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": path, "RUSTC": str(toolchain.rustc)}
