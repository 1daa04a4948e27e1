"""A hosted runner, as far as our workflows need one: it takes their steps from the file and runs the shell's.

What it has is what a runner has: PATH, HOME, the toolchain's own variables, GITHUB_… and the files that these name.
The actions that the workflows use are played: checkout clones, cache gives back a set-up from an earlier run.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]  # comes with jupytext, without types

from proxylings import native, toolchain
from tests.conftest import ROOT, missing
from tests.python.small_course import commit, git

_TOOLCHAIN = ("CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN")
_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")
Context = Mapping[str, object]


def load(path: Path) -> dict[str, Any]:
    """Read a workflow; YAML 1.1 takes the key `on` for a truth value."""
    found: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {("on" if key is True else key): value for key, value in found.items()}


def evaluate(expression: str, context: Context) -> Any:
    """Work out an expression of a workflow; a name that the test does not know is a mistake of the workflow."""

    def known(match: re.Match[str]) -> str:
        text = match[0]
        if text.startswith("'"):
            return text
        if text.startswith("vars."):
            return repr(context.get(text, ""))
        return repr(context[text])

    python = re.sub(r"'[^']*'|[A-Za-z_][\w.-]*(?:\(\))?", known, expression)
    python = re.sub(r"!(?!=)", " not ", python.replace("&&", " and ").replace("||", " or "))
    return eval(python.strip(), {"__builtins__": {}})  # the text is our own workflow's


def filled(text: str, context: Context) -> str:
    """Put the values of all expressions into a text."""
    return _EXPRESSION.sub(lambda match: str(evaluate(match[1], context)), text)


def course_in(folder: Path) -> str:
    """Commit the course as it lies here into a repository of its own, and return the commit."""
    if not (ROOT / ".git").exists():
        missing("the course lies here without git, so nobody knows which files are its own")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    return commit(folder, "course: as it lies here")


def restore_cache(course: Path) -> None:
    """Lay into the checkout `course` what a run before has left: environment, module, stamp.

    Made of the environment that the tests run in, which `start.py setup` made; the course's Python is `course`'s own.
    """
    lib = course / ".venv" / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", course / ".venv"], check=True)
    others = [
        path for path in sys.path if path and not Path(path).is_relative_to(ROOT / "python") and path != str(ROOT)
    ]
    (lib / "course.pth").write_text("\n".join([str(course / "python"), *others]) + "\n", encoding="utf-8")
    program = course / ".venv" / "bin" / "proxylings"
    python = course / ".venv" / "bin" / "python"
    program.write_text(f"#!{python}\nfrom proxylings.cli import main\nmain()\n", encoding="utf-8")
    program.chmod(0o755)
    module = Path(str(native.reference().__file__))
    (course / "python" / "proxylings").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(module, course / "python" / "proxylings" / module.name)
    (course / ".proxylings").mkdir()
    (course / ".proxylings" / "target").symlink_to(ROOT / ".proxylings" / "tests" / "target")
    # The compiler itself, not rustup's: a learner's settings may lie around the course.
    path = f"{toolchain.find().sysroot / 'bin'}{os.pathsep}{os.environ['PATH']}"
    key = subprocess.run(
        [sys.executable, "-c", "import sys, pathlib, start; start.ROOT = pathlib.Path(sys.argv[1]); "
         "rust = start.check_rust(); print(start.fingerprint(rust))", str(course)],
        cwd=course, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    (course / ".proxylings" / "setup.json").write_text(json.dumps({"key": key, "dev": False}), encoding="utf-8")


@dataclass
class Runner:
    """One job's machine: its workspace, what steps wrote for each other, and what they printed."""

    workspace: Path
    path: str
    variables: dict[str, str] = field(default_factory=dict)
    printed: str = ""
    failed: str = ""

    def __post_init__(self) -> None:
        """Make the files that GITHUB_… variables name."""
        self.workspace.mkdir(parents=True, exist_ok=True)
        self.files = self.workspace.parent / f"{self.workspace.name}-files"
        self.files.mkdir()
        for name in ("output", "summary"):
            (self.files / name).write_text("", encoding="utf-8")

    @property
    def environment(self) -> dict[str, str]:
        """Return all that a step's shell finds in its environment, but for the workflow's own."""
        kept = {name: os.environ[name] for name in ("HOME", *_TOOLCHAIN) if name in os.environ}
        return {
            **kept,
            "PATH": self.path,
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_REPOSITORY": "ada/my-proxy",
            "GITHUB_OUTPUT": str(self.files / "output"),
            "GITHUB_STEP_SUMMARY": str(self.files / "summary"),
            **self.variables,
        }

    @property
    def summary(self) -> str:
        """Return the job summary."""
        return (self.files / "summary").read_text(encoding="utf-8")

    def outputs(self) -> dict[str, str]:
        """Return what the steps have set as outputs."""
        lines = (self.files / "output").read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)

    def shell(self, name: str, script: str, environment: Mapping[str, str] | None = None) -> bool:
        """Run one step as the runner does; keep what it printed, and its name if it failed."""
        file = self.files / "step.sh"
        file.write_text(script, encoding="utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(file)], cwd=self.workspace,
            env={**self.environment, **(environment or {})}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        self.printed += done.stdout
        if done.returncode:
            self.failed = self.failed or f"{name} ({done.returncode})"
        return done.returncode == 0
