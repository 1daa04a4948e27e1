"""The crates' own tests: units, properties, and the inputs that the fuzzer is started with."""

import os
import subprocess
from pathlib import Path

import pytest

from proxylings import compose
from proxylings.course import Desk
from tests.house.test_tools import component, quiet


@pytest.mark.timeout(600)
def test_the_crates_pass_their_own_tests(desk: Desk) -> None:
    # `bindings` has no tests of its own, and a test of it would have to be linked with Python's library.
    command = ["cargo", "test", "--workspace", "--exclude", "bindings", "--locked", "--quiet"]
    environment = {**os.environ, **compose.target_dir(desk)}
    done = subprocess.run(command, cwd=desk.root, env=environment, capture_output=True, text=True, check=False)
    said = f"{done.stdout[-9000:]}\n{done.stderr[-6000:]}"
    assert done.returncode == 0, f"run: {' '.join(command)}\n{said}"


def test_the_fuzz_targets_are_formatted(repository: Path) -> None:
    component("fmt")
    files = sorted(map(str, repository.glob("fuzz/fuzz_targets/*.rs")))
    mend = "run: rustfmt --edition=2024 fuzz/fuzz_targets/*.rs"
    quiet(repository, ["rustfmt", "--edition=2024", "--check", *files], mend)


def test_each_fuzz_target_has_stored_inputs_and_each_input_a_target(repository: Path) -> None:
    targets = {path.stem for path in repository.glob("fuzz/fuzz_targets/*.rs")}
    stored = {path.parent.name for kind in ("http", "toml") for path in repository.glob(f"fuzz/corpus/*/*.{kind}")}
    assert targets == stored, "add fuzz/corpus/<target>/<what-it-is>.http (or .toml), or remove what has no target"
