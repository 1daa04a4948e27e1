"""The sandbox, and a program to run in it."""

import os
from pathlib import Path

import pytest

from proxylings import toolchain
from proxylings.grader.sandbox import Sandbox
from tests.python.boxes import AsNobody, here


@pytest.fixture(scope="session", params=["as we are", "as an ordinary user"])
def box(request: pytest.FixtureRequest) -> Sandbox:
    """Return the sandbox, as both kinds of user."""
    if request.param == "as we are":
        return here()
    if os.geteuid() != 0:
        pytest.skip("we are an ordinary user already")
    return AsNobody()


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a compiled program that does what its first argument says."""
    folder = tmp_path_factory.mktemp("program")
    source = Path(__file__).with_name("boxed.rs")
    made = toolchain.compile_file(source, folder / "boxed", flags=("-Cstrip=symbols",))
    assert made.output is not None, made
    return made.output.read_bytes()
