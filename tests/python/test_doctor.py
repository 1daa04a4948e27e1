"""The doctor finds what is missing, says how to get it, and never falls ill itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from proxylings import doctor, toolchain
from proxylings.cli import main

OPTIONAL = {"clippy", "git", "curl", "nginx", "chromium", "sandbox"}


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Take every program off the PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(doctor, "_SYSTEM_FOLDERS", str(tmp_path))
    toolchain.find.cache_clear()
    yield
    toolchain.find.cache_clear()


def findings(folder: Path) -> dict[str, doctor.Finding]:
    """Return what the doctor found, by name."""
    return {finding.name: finding for finding in doctor.examine(folder)}


def test_a_machine_that_runs_these_tests_has_all_that_is_required(repository: Path) -> None:
    for finding in findings(repository).values():
        assert finding.there or not finding.required, finding


def test_what_is_required_comes_first(repository: Path) -> None:
    required = [finding.required for finding in doctor.examine(repository)]
    assert required == sorted(required, reverse=True)


@pytest.mark.usefixtures("bare_machine")
def test_each_missing_program_is_named_with_its_remedy(repository: Path) -> None:
    found = findings(repository)
    assert "rustup.rs" in found["Rust"].remedy
    assert not found["linker"].there
    for name in OPTIONAL:
        assert not found[name].there
        assert not found[name].required
        assert found[name].remedy


@pytest.mark.usefixtures("bare_machine")
def test_an_old_rust_is_named_with_its_version(tmp_path: Path, repository: Path) -> None:
    for name in ("rustc", "cargo"):
        script = tmp_path / name
        script.write_text('#!/bin/sh\necho "release: 1.70.0"\n')
        script.chmod(0o755)
    rust = findings(repository)["Rust"]
    assert not rust.there
    assert "1.70 is too old" in rust.found
    assert "rustup update" in rust.remedy


def test_a_folder_that_is_gone_is_a_finding_and_no_error(tmp_path: Path) -> None:
    found = findings(tmp_path / "gone")
    assert not found["disk space"].there
    assert not found["file events"].there


@pytest.mark.usefixtures("bare_machine")
def test_the_command_fails_when_something_required_is_missing() -> None:
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 1
    assert "missing  Rust" in result.output
    assert "rustup.rs" in result.output
