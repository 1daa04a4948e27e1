"""The code's own form: what rustfmt, clippy, ruff and mypy have to say."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import missing, required


def quiet(repository: Path, command: list[str], mend: str) -> None:
    """Run a tool that has nothing to say about good code; show what it said otherwise."""
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{mend}\n{done.stdout[-6000:]}\n{done.stderr[-6000:]}"


def component(name: str) -> None:
    """Skip, or fail in CI, when the toolchain comes without clippy or rustfmt."""
    if subprocess.run(["cargo", name, "--version"], capture_output=True, check=False).returncode != 0:
        missing(f"cargo {name} is not installed; run: rustup component add clippy rustfmt")


def python_tool(*arguments: str) -> list[str]:
    """Return the command of a tool of this environment."""
    return [sys.executable, "-m", *arguments]


def test_the_crates_are_formatted(repository: Path) -> None:
    component("fmt")
    quiet(repository, ["cargo", "fmt", "--all", "--check"], "run: cargo fmt --all")


def test_drills_and_specifications_are_formatted(repository: Path) -> None:
    component("fmt")
    files = [*repository.glob("solutions/*/drills/*.rs"), *repository.glob("tests/parts/*.rs")]
    command = ["rustfmt", "--edition=2024", *map(str, files)]
    quiet(repository, [*command, "--check"], "run: rustfmt --edition=2024 solutions/*/drills/*.rs tests/parts/*.rs")


@pytest.mark.timeout(900)
def test_clippy_has_nothing_to_say(repository: Path) -> None:
    component("clippy")
    command = ["cargo", "clippy", "--workspace", "--all-targets", "--locked", "--quiet", "--", "-D", "warnings"]
    quiet(repository, command, f"run: {' '.join(command)}")


def test_ruff_has_nothing_to_say(repository: Path) -> None:
    quiet(repository, python_tool("ruff", "check", "--output-format=concise", "."), "run: ruff check --fix .")
    quiet(repository, python_tool("ruff", "format", "--check", "."), "run: ruff format .")


def test_the_types_are_right(repository: Path) -> None:
    quiet(repository, python_tool("mypy"), "run: mypy")


def test_the_compiled_module_is_what_its_stub_says(repository: Path) -> None:
    quiet(repository, python_tool("mypy.stubtest", "proxylings._native"), "mend python/proxylings/_native.pyi")


def test_the_locks_are_up_to_date(repository: Path) -> None:
    quiet(repository, ["cargo", "metadata", "--locked", "--format-version=1"], "run: cargo update --workspace")
    uv = Path(sys.executable).parent / "uv"
    program = str(uv) if uv.exists() else required("uv")
    environment = {**os.environ, "UV_PYTHON": sys.executable, "UV_PYTHON_DOWNLOADS": "never", "UV_OFFLINE": "1"}
    done = subprocess.run(
        [program, "lock", "--check"], cwd=repository, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"run: uv lock\n{done.stderr[-3000:]}"
