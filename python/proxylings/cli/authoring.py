"""`weave`: what authors of the course need."""

from pathlib import Path

import click

from proxylings import weave as weaving
from proxylings.course import find_desk
from proxylings.errors import CourseError


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; fail when a woven file differs from its source.")
@click.option(
    "--instructor", type=click.Path(path_type=Path), help="Write the instructor's notebooks into this folder."
)
def weave(check: bool, instructor: Path | None) -> None:
    """Weave exercises/ and the notebooks from their sources (for authors)."""
    desk = find_desk()
    if desk.checkout is not None:
        raise CourseError(
            "This is a learner's repository; to weave it would overwrite what they wrote.",
            "Weave in a clone of the course. To bring new exercises here: proxylings update",
        )
    if instructor is not None:
        for path in weaving.write(weaving.notebooks(desk, instructor=True, into=instructor.resolve())):
            click.echo(desk.shown(path))
        return
    woven = weaving.stubs(desk) | weaving.notebooks(desk)
    if not check:
        for path in weaving.write(woven):
            click.echo(desk.shown(path))
    elif drifted := weaving.drift(woven):
        shown = "\n".join(desk.shown(path) for path in drifted)
        raise CourseError(f"These files differ from what their sources give:\n{shown}", "Run: proxylings weave")
