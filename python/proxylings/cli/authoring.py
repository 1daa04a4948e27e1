"""`weave` and `record`: what authors of the course need."""

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


@click.command()
@click.argument("names", nargs=-1)
def record(names: tuple[str, ...]) -> None:
    """Record what C cells give on this machine, for machines without a C compiler (for authors).

    Those whose code has changed since, or the NAMES that are given.
    """
    # Imported here: a notebook's cells need IPython, which a check does not.
    from proxylings.lab import c_cell, c_program, recorded

    desk = find_desk()
    for cell in recorded.cells(desk):
        options = c_cell.parse(cell.line)
        if not options.recorded or not _wanted(options.recorded, names, cell.source, options.sanitize):
            continue
        ran = c_program.run(cell.source, sanitize=options.sanitize, finds=options.finds, limit=options.limit)
        if bool(options.finds) != (ran.report is not None) or (ran.report and options.finds not in ran.report.kind):
            raise CourseError(
                f"{options.recorded} was not recorded: {ran.ending() or 'no bug was found.'}",
                f"Mend the cell in {desk.shown(cell.notebook)}, or what its --finds names.",
            )
        click.echo(desk.shown(recorded.write(desk, options.recorded, cell.source, options.sanitize, ran)))


def _wanted(name: str, names: tuple[str, ...], source: str, sanitize: str) -> bool:
    from proxylings.lab import recorded

    desk = find_desk()
    if names:
        return name in names
    return not recorded.path(desk, name).is_file() or not recorded.read(desk, name).is_of(source, sanitize)
