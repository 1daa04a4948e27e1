"""start.py on machines where something is wrong: one clear message, exit code 1, and never a traceback."""

import ast
import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import start
from proxylings import toolchain

SOURCES = ("start.py", "pyproject.toml", "uv.lock", "Cargo.toml", "Cargo.lock", "course.toml")
OLD = '#!/bin/sh\nprintf "rustc 1.70.0\\nrelease: 1.70.0\\n"\n'

Machine = Callable[..., str]


@pytest.fixture
def clone(repository: Path, tmp_path: Path) -> Path:
    """Return a folder that looks like a fresh clone to start.py."""
    folder = tmp_path / "clone"
    folder.mkdir()
    for name in SOURCES:
        shutil.copy(repository / name, folder / name)
    return folder


def put(folder: Path, name: str, text: str) -> None:
    """Put a program onto a machine."""
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)


@pytest.fixture
def machine(clone: Path, tmp_path: Path) -> Machine:
    """Return a function that runs start.py where only the given programs are on the PATH."""

    def run(programs: dict[str, str], *arguments: str, **environment: str) -> str:
        path = tmp_path / "bin"
        path.mkdir(exist_ok=True)
        for name, text in programs.items():
            put(path, name, text)
        kept = {name: os.environ[name] for name in ("HOME", "RUSTUP_HOME", "CARGO_HOME") if name in os.environ}
        command = [sys.executable, "start.py", *(arguments or ("lab",))]
        env = {**kept, "PATH": str(path), **environment}
        done = subprocess.run(command, cwd=clone, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 1, done.stdout + done.stderr
        assert "Traceback" not in done.stdout + done.stderr
        return done.stderr.strip()

    return run


def real(name: str) -> str:
    """Return a script that stands for a program of the real toolchain."""
    found = toolchain.find()
    return f'#!/bin/sh\nexec "{found.rustc if name == "rustc" else found.cargo}" "$@"\n'


def test_it_can_be_read_by_a_python_that_is_too_old(repository: Path) -> None:
    tree = ast.parse((repository / "start.py").read_text(encoding="utf-8"), feature_version=(3, 6))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            notes = [argument.annotation for argument in node.args.args] + [node.returns]
            assert not any(isinstance(note, ast.Subscript | ast.BinOp) for note in notes), (
                f"quote the types of {node.name}"
            )


def test_a_python_that_is_too_old_is_told_so() -> None:
    with pytest.raises(start.Trouble, match=r"This is Python 3\.10; the course needs 3\.11") as caught:
        start.check_python((3, 10))
    assert "python3.11 start.py lab" in caught.value.remedy
    start.check_python((3, 11))
    start.check_python((4, 0))


@pytest.mark.parametrize("arguments", [[], ["play"], ["setup", "now"]])
def test_a_mistyped_command_shows_the_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(arguments) == 2
    assert "usage: python3 start.py lab" in capsys.readouterr().err


def test_without_rust_it_points_to_rustup(machine: Machine) -> None:
    said = machine({})
    assert "Rust is not installed" in said
    assert "rustup.rs" in said


def test_without_cargo_it_points_to_rustup(machine: Machine) -> None:
    assert "no cargo on the PATH" in machine({"rustc": OLD})


def test_an_old_rust_is_told_to_update(machine: Machine) -> None:
    said = machine({"rustc": OLD, "cargo": OLD})
    assert "Rust 1.70.0 is too old; the course needs 1.85" in said
    assert "rustup update" in said


def test_a_rust_that_does_not_run_says_why(machine: Machine) -> None:
    broken = "#!/bin/sh\necho 'error: no default toolchain is configured' >&2\nexit 1\n"
    assert "no default toolchain is configured" in machine({"rustc": broken, "cargo": broken})


def test_without_a_linker_it_names_the_package(machine: Machine) -> None:
    said = machine({"rustc": real("rustc"), "cargo": real("cargo")})
    assert "Rust can't link a program" in said
    assert "linker `cc` not found" in said


def test_a_linker_that_fails_is_found_before_anything_is_built(machine: Machine, clone: Path) -> None:
    said = machine({"rustc": real("rustc"), "cargo": real("cargo"), "cc": "#!/bin/sh\nexit 1\n"})
    assert "Rust can't link a program" in said
    assert not (clone / ".venv").exists()


def test_without_a_network_it_says_that_the_first_run_needs_one(machine: Machine, clone: Path) -> None:
    cc = shutil.which("cc")
    assert cc is not None
    programs = {
        "rustc": real("rustc"),
        "cargo": real("cargo"),
        "cc": f'#!/bin/sh\nPATH=/usr/bin:/bin exec "{cc}" "$@"\n',
    }
    nowhere = "http://127.0.0.1:9/simple"
    said = machine(programs, PIP_INDEX_URL=nowhere, UV_DEFAULT_INDEX=nowhere, PIP_CONFIG_FILE=os.devnull)
    assert "can't reach pypi.org" in said
    assert "run the same command again" in said
    assert (clone / ".venv" / "pyvenv.cfg").is_file()


def test_a_folder_that_cannot_be_written_is_named(machine: Machine, clone: Path) -> None:
    (clone / ".proxylings").write_text("in the way")
    said = machine({})
    assert ".proxylings can't be written" in said
    assert "Make the folder writable" in said


def test_ctrl_c_ends_what_runs_and_says_how_to_go_on(clone: Path, tmp_path: Path) -> None:
    put(tmp_path, "cargo", OLD)
    put(tmp_path, "rustc", '#!/bin/sh\necho here >&2 2> "$HOME/started"\nexec /bin/sleep 60\n')
    os.mkfifo(tmp_path / "started")
    process = subprocess.Popen(
        [sys.executable, "start.py", "lab"], cwd=clone, env={"PATH": str(tmp_path), "HOME": str(tmp_path)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    (tmp_path / "started").read_text()
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "Stopped." in said
    assert "goes on where it stopped" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("broken", ["empty folder", "python that does not start", "a file"])
def test_a_half_made_environment_is_made_anew(clone: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    monkeypatch.setattr(start, "ROOT", clone)
    (clone / ".proxylings").mkdir()
    venv = clone / ".venv"
    if broken == "a file":
        venv.write_text("")
    else:
        (venv / "bin").mkdir(parents=True)
    if broken == "python that does not start":
        put(venv / "bin", "python", "#!/nowhere/python\n")
    start.make_venv()
    assert start.output_of([start.venv_python(), "-c", "print(6 * 7)"]) == (0, "42\n")


def test_a_full_disk_is_one_message(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "ROOT", clone)
    with pytest.raises(start.Trouble, match=r"GiB are free here"):
        start.check_space(1e9)
    assert start.told(OSError(errno.ENOSPC, "No space left on device")) == start.NO_SPACE


@pytest.mark.parametrize(
    ("printed", "means"),
    [
        (
            "WARNING: Retrying: NewConnectionError: Failed to establish a new connection: [Errno -3]",
            "A download failed",
        ),
        ("error: Failed to fetch: `https://pypi.org/simple/x/`\n  Caused by: dns error", "A download failed"),
        ("warning: spurious network error (1 tries remaining): [6] Could not resolve hostname", "A download failed"),
        ("error: invalid peer certificate: UnknownIssuer", "certificate"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "certificate"),
        ("error: could not write output: No space left on device (os error 28)", "The disk is full"),
        ("error: failed to open: Read-only file system (os error 30)", "can't be written"),
        (
            "error: could not compile `syn`\nCaused by: process didn't exit successfully (signal: 9, SIGKILL: kill)",
            "memory",
        ),
    ],
)
def test_what_the_tools_print_is_put_into_our_words(printed: str, means: str) -> None:
    assert means in start.explained(printed, ["uv", "sync"]).what


def test_what_nobody_foresaw_is_shown_as_it_is() -> None:
    trouble = start.explained("DEBUG noise\nerror: the moon is full", [str(Path("bin") / "uv"), "sync", "--locked"])
    assert trouble.what == "`uv sync --locked` failed:\n    error: the moon is full"
    assert "setup.log" in trouble.remedy


def test_a_changed_source_asks_for_a_new_set_up(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "ROOT", clone)
    before = start.fingerprint("rustc 1.95")
    assert start.fingerprint("rustc 1.95") == before
    assert start.fingerprint("rustc 1.96") != before
    source = clone / "crates" / "wire" / "src" / "lib.rs"
    source.parent.mkdir(parents=True)
    source.write_text("//! New.\n")
    assert start.fingerprint("rustc 1.95") != before
    assert not start.ready(before, dev=False)
