"""Proxies with other parts than the reference's, built by `compose` the way a learner's is.

Owns a desk whose crates and solutions are the repository's own, and whose exercises the tests write. Everything is
compiled without optimisation: that costs 4 seconds of processor time for a mix instead of 25.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from proxylings import compose
from proxylings.course import Desk, Exercise
from tests.e2e.programs import ROOT

SHARED = ("course.toml", "Cargo.toml", "Cargo.lock", "crates", "solutions")


@dataclass(frozen=True)
class Composer:
    """Builds proxies. Its folder keeps its place, because cargo builds anew what has moved."""

    desk: Desk

    @classmethod
    def at(cls, folder: Path) -> Composer:
        """Lay out the desk."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in SHARED:
            if not (folder / name).is_symlink():
                (folder / name).symlink_to(ROOT / name)
        return cls(Desk(folder))

    def stub(self, part: Exercise) -> Path:
        """Build the proxy with one part as the learner finds it."""
        return self._build({part.name: "stub"})

    def mine(self, part: Exercise, sources: Mapping[str, str]) -> Path:
        """Build the proxy with these files as the `src` of one part."""
        folder = self.desk.source(part).parent
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
        for name, text in sources.items():
            (folder / name).write_text(text, encoding="utf-8")
        return self._build({part.name: "mine"})

    def _build(self, mix: compose.Mix) -> Path:
        target = os.environ.get("CARGO_TARGET_DIR", str(ROOT / "target"))
        cheap = {"CARGO_PROFILE_RELEASE_OPT_LEVEL": "0", "CARGO_PROFILE_RELEASE_DEBUG": "0"}
        with mock.patch.dict(os.environ, cheap | {"CARGO_TARGET_DIR": target}):
            return compose.build_proxy(self.desk, {**compose.reference(self.desk), **mix})


def composer() -> Composer:
    """Give the one composer of the end-to-end tests."""
    return Composer.at(ROOT / ".proxylings" / "tests" / "composed")


def plugged_in() -> list[Exercise]:
    """Give the parts that the proxy is made of, in the order of the course."""
    manifest = tomllib.loads((ROOT / "crates/proxy/Cargo.toml").read_text(encoding="utf-8"))
    return [part for part in Desk(ROOT).parts if f"part-{part.name}" in manifest["dependencies"]]
