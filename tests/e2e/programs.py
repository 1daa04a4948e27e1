"""Programs that the tests run: how they are found, and how the proxy is built.

A module of its own, because `conftest` is a name that every folder of tests has.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.loopback import Proxy

ROOT = Path(__file__).resolve().parents[2]

StartProxy = Callable[..., Proxy]
"""Starts a proxy with the arguments given; it ends with the test."""


@dataclass(frozen=True)
class Nginx:
    """A running nginx that serves a folder and takes uploads into it."""

    url: str
    folder: Path


def built(manifest: Path, package: str, *arguments: str) -> Path:
    """Build a package and give the path of its executable, which cargo itself names."""
    command = ["cargo", "build", "--release", "--manifest-path", str(manifest), "-p", package]
    command += ["--message-format=json-render-diagnostics", *arguments]
    build = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if build.returncode != 0:
        pytest.fail(f"{package} does not build: see cargo's messages above")
    messages = (json.loads(line) for line in build.stdout.splitlines())
    executables = [message["executable"] for message in messages if message.get("executable")]
    assert len(executables) == 1, f"one program expected, got {executables}"
    return Path(executables[0])
