"""`init`, `update`: a learner's own repository."""

import shlex
from pathlib import Path
from typing import get_args

import click

from proxylings import repository, updating
from proxylings.course import find_course, find_desk


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--ci", type=click.Choice(get_args(repository.CI)), default="github", show_default=True,
    help="The workflow that grades each push.",
)  # fmt: skip
@click.option(
    "--course", "url", metavar="URL", default="", help="Where others get the course: its git remote, if not given."
)
def init(folder: Path, ci: repository.CI, url: str) -> None:
    """Make a repository of your own in DIR: notebooks, exercises, a workflow, and no solutions."""
    made = repository.init(folder, find_course(), ci, url)
    top: dict[str, int] = {}
    for name in made.files:
        head, _, rest = name.partition("/")
        top[f"{head}/" if rest else head] = top.get(f"{head}/" if rest else head, 0) + 1
    click.secho(f"{made.folder} holds your course, version {made.pin.named}:", bold=True)
    for name, count in top.items():
        click.echo(f"  {name}{f' ({count} files)' if count > 1 else ''}")
    for doubt in made.doubts:
        click.secho(doubt, fg="yellow", err=True)
    click.echo("Next:")
    click.echo(f"  cd {shlex.quote(str(made.folder))}")
    click.echo("  git init && git add . && git commit -m 'The course'")
    click.echo("  proxylings lab")
    if ci != "none":
        click.echo("Then push it to a repository of yours: each push is graded.")


@click.command()
@click.option("--course", "url", metavar="URL", default="", help="Where others get the course, if that has changed.")
@click.option("--any-version", is_flag=True, help="Take the version that is here, older or not.")
@click.option("--take", metavar="PATH", help="Put the course's version in the place of your file, which is kept.")
def update(url: str, any_version: bool, take: str | None) -> None:
    """Bring what is new in the course into your repository; files that you edited stay."""
    desk = find_desk()
    if take is not None:
        copies = updating.take(desk, take)
        click.echo(f"{take} is the course's now.")
        for copy in copies:
            click.echo(f"Your own is kept: {desk.shown(copy)}")
        return
    updated = updating.update(desk, url=url, any_version=any_version)
    fates: tuple[tuple[updating.Fate, str], ...] = (("added", "new"), ("renewed", "renewed"), ("removed", "removed"))
    for fate, word in fates:
        for name in updated.named(fate):
            click.echo(f"  {word:8} {name}")
    left = updated.named("left")
    for name in left:
        newer = updating.beside(desk, name)
        where = f"the course's newer one: {desk.shown(newer)}" if newer.exists() else "no longer in the course"
        click.secho(f"  left     {name} ({where})", fg="yellow")
    if left:
        click.echo("What you edited or deleted was left as it is. To take the course's; your own is kept:")
        click.echo(f"  proxylings update --take {shlex.quote(left[0])}")
    for doubt in updated.doubts:
        click.secho(doubt, fg="yellow", err=True)
    moved = updated.before.commit != updated.pin.commit
    version = f"from {updated.before.named} to {updated.pin.named}" if moved else f"at {updated.pin.named}"
    changed = any(updated.named(fate) for fate, _ in fates)
    click.secho(f"The course is {version}{'' if changed else '; nothing else changed'}.", bold=True)
