"""`lab`, `doctor`, `prepare`: what concerns the machine and not an exercise."""

import json
import os
import shutil
import sys
from pathlib import Path

import click

from proxylings import compose, state
from proxylings import doctor as doctor_
from proxylings.course import find_desk
from proxylings.errors import CourseError
from proxylings.grader.dependencies import dependencies
from proxylings.repository import note_on_version

# JupyterLab asks its home for news and updates when it starts; the course fetches nothing from outside.
# With their state saved, panels and questions are still there when a notebook is opened again without its kernel.
_SETTINGS = {
    "@jupyterlab/apputils-extension/notification.jupyterlab-settings": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyter-widgets/jupyterlab-manager/plugin.jupyterlab-settings": {"saveState": True},
    "@jupyterlab/extensionmanager-extension/plugin.jupyterlab-settings": {"enabled": False},
}


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def lab(arguments: tuple[str, ...]) -> None:
    """Open the course in JupyterLab. More arguments go to `jupyter lab`."""
    desk = find_desk()
    if note := note_on_version(desk):
        click.secho(note, fg="yellow", err=True)
    settings = desk.state / "jupyterlab"
    for name, values in _SETTINGS.items():
        if not (settings / name).exists():
            state.write_whole(settings / name, json.dumps(values, indent=1).encode())
    jupyter = shutil.which("jupyter-lab", path=str(Path(sys.executable).parent)) or shutil.which("jupyter-lab")
    if jupyter is None:
        raise CourseError("JupyterLab is not installed in this environment.", "Run: python3 start.py lab")
    environment = {**os.environ, "JUPYTERLAB_SETTINGS_DIR": os.environ.get("JUPYTERLAB_SETTINGS_DIR", str(settings))}
    # The kernel has to find this environment's programs, whichever shell started us.
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment.get('PATH', '')}"
    first = "notebooks/00-tour.ipynb"
    command = [jupyter, f"--ServerApp.root_dir={desk.root}", f"--LabApp.default_url=/lab/tree/{first}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    os.execve(jupyter, [*command, *arguments], environment)  # noqa: S606 - the learner's own JupyterLab


@click.command()
def doctor() -> None:
    """Say what is there, what is missing, and what for."""
    findings = doctor_.examine()
    for finding in findings:
        mark = (
            click.style("there  ", fg="green")
            if finding.there
            else click.style("missing", fg="red" if finding.required else "yellow")
        )
        click.echo(f"{mark}  {finding.name}: {finding.found or finding.needed_for}")
        if not finding.there:
            need = "Needed" if finding.required else "Wanted"
            click.echo(f"         {need} for {finding.needed_for}. {finding.remedy}")
    if any(finding.required and not finding.there for finding in findings):
        raise CourseError("Something that the course needs is missing.", "See the lines marked `missing` above.")


@click.command(hidden=True)
def prepare() -> None:
    """Build everything that later steps need, so that they work without a network."""
    desk = find_desk()

    def progress(line: str) -> None:
        if line.strip().startswith(("Compiling", "Finished", "Downloading", "Downloaded")):
            click.echo(f"  {line.strip()}", err=True)

    for part in desk.parts:
        dependencies(desk, part, progress)
    compose.build_proxy(desk, compose.reference(desk), progress)
    compose.build_proxy(desk, {**compose.reference(desk), desk.parts[0].name: "stub"}, progress)
    # One part's module: what all of them are made of is built then.
    compose.build_module(desk, {desk.parts[0].name: "reference"}, progress)
