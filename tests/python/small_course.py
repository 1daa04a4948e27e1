"""A small course in a git checkout of its own, as a learner's repository is made from."""

import os
import subprocess
from pathlib import Path

from proxylings import weave
from proxylings.course import Desk
from tests.python.small_desk import small_desk

URL = "https://git.example/course/proxylings.git"
NOTEBOOK = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  name: python3
---

# A request's trip

```{code-cell}
print("GET / HTTP/1.1")
```
"""


def git(folder: Path, *arguments: str) -> str:
    """Run git as somebody, and return what it prints."""
    who = {f"GIT_{role}_{what}": "course@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    command = ["git", "-c", "init.defaultBranch=main", "-C", str(folder), *arguments]
    done = subprocess.run(command, env={**os.environ, **who}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"git {' '.join(arguments)}: {done.stderr}"
    return done.stdout.strip()


def small_course(folder: Path) -> Desk:
    """Make the small course, with a notebook, and commit it; its remote is URL."""
    desk = small_desk(folder)
    (folder / "notebooks" / "src").mkdir()
    (folder / "notebooks" / "src" / "00-tour.md").write_text(NOTEBOOK, encoding="utf-8")
    (folder / "rustfmt.toml").write_text("max_width = 120\n", encoding="utf-8")
    (folder / ".gitignore").write_text(".proxylings/\n", encoding="utf-8")
    git(folder, "init", "--quiet")
    git(folder, "remote", "add", "origin", URL)
    commit(folder, "course: the first version")
    return desk


def commit(folder: Path, message: str) -> str:
    """Commit all that lies in the folder, with the notebooks of their sources, and return the commit's hash."""
    if (folder / "notebooks" / "src").is_dir():
        weave.write(weave.notebooks(Desk(folder)))
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
    return git(folder, "rev-parse", "HEAD")


def change(desk: Desk, name: str, old: str, new: str) -> None:
    """Put `new` in the place of `old` in a file of the course."""
    path = desk.root / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{name} does not hold {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def texts(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder by their names, without git's own and what the course remembers."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {".git", ".proxylings"}.intersection(path.relative_to(folder).parts)
    }
