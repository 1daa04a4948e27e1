"""What the documents say is so: their commands exist, their paths exist, and long files are explained."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from proxylings.cli import main

DOCUMENTS = ["README.md", "CONTRIBUTING.md", "STYLE.md", "SECURITY.md", "ARCHITECTURE.md", "CHANGELOG.md"]
DOCUMENTS += sorted(f"docs/{path.name}" for path in (Path(__file__).parents[2] / "docs").glob("*.md"))
LONGEST = 500
_FENCED = re.compile(r"^```(?:console|sh|bash|shell)?\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)(?:#[^)]*)?\)")
# Hosts that hand out scripts and styles: with one of them in a page, the page needs a network.
_CDN = re.compile(r"\b(?:cdn\.|unpkg\.com|jsdelivr|cdnjs|esm\.sh|fonts\.googleapis|skypack|polyfill\.io)")
# Folders of one machine: a home directory, or the root of somebody's checkout.
_MACHINE = re.compile(r"(?<![\w.{}$])/(?:home|Users|root|work|mnt)/[\w.-]+/")


def tracked(repository: Path) -> list[Path]:
    """Return the files that git knows, without those that somebody has deleted just now."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=repository, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("this is not a git checkout")
    return [path for name in listed.stdout.split("\0") if name and (path := repository / name).is_file()]


def texts(repository: Path) -> dict[str, str]:
    """Return the text files of the repository by their names; locks and this file's own patterns are left out."""
    found = {}
    for path in tracked(repository):
        name = path.relative_to(repository).as_posix()
        if path.suffix == ".lock" or path == Path(__file__):
            continue
        try:
            found[name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_commands_of_a_document_exist(repository: Path, name: str) -> None:
    blocks = "\n".join(_FENCED.findall((repository / name).read_text(encoding="utf-8")))
    for command in re.findall(r"^\s*(?:\$ )?(?:\S*/)?proxylings ([\w-]+)", blocks, re.MULTILINE):
        assert command in main.commands, f"{name} names `proxylings {command}`, which does not exist"
    for command in re.findall(r"python3 start\.py (\S+)", blocks):
        assert command in ("lab", "test", "setup"), f"{name} names `start.py {command}`, which does not exist"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_links_of_a_document_lead_somewhere(repository: Path, name: str) -> None:
    text = (repository / name).read_text(encoding="utf-8")
    broken = [link for link in _LINK.findall(text) if not (repository / name).parent.joinpath(link).exists()]
    assert not broken, f"{name} links to {broken}"


def test_the_readme_names_the_two_commands(repository: Path) -> None:
    text = (repository / "README.md").read_text(encoding="utf-8")
    assert "python3 start.py lab" in text
    assert "python3 start.py test" in text


def test_a_long_file_is_named_with_a_reason_in_the_architecture(repository: Path) -> None:
    architecture = (repository / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for name, text in texts(repository).items():
        written = name.endswith((".py", ".rs", ".js", ".css", ".sh"))
        if written and text.count("\n") > LONGEST:
            assert f"`{name}`" in architecture, f"split {name}, which is long, or say why in ARCHITECTURE.md"


def test_nothing_is_fetched_from_a_cdn(repository: Path) -> None:
    users = {name: found[0] for name, text in texts(repository).items() if (found := _CDN.findall(text))}
    assert not users, "everything works offline after set-up: bring the file along instead"


def test_no_path_of_one_machine_is_written_down(repository: Path) -> None:
    users = {name: found[0] for name, text in texts(repository).items() if (found := _MACHINE.findall(text))}
    assert not users, "write the path as seen from the root of the repository"


def test_start_and_the_manifests_agree_on_versions(repository: Path) -> None:
    start = (repository / "start.py").read_text(encoding="utf-8")
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    workspace = tomllib.loads((repository / "Cargo.toml").read_text(encoding="utf-8"))["workspace"]
    rust = workspace["package"]["rust-version"]
    major, minor = project["requires-python"].removeprefix(">=").split(".")
    assert f"OLDEST_PYTHON = ({major}, {minor})" in start
    assert f"OLDEST_RUST = ({rust.replace('.', ', ')})" in start
    toolchain = (repository / "python" / "proxylings" / "toolchain.py").read_text(encoding="utf-8")
    assert f"OLDEST_RUST = ({rust.replace('.', ', ')})" in toolchain
