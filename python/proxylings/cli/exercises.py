"""`check`, `hint`, `solution`, `reset`, `status`: the exercises at the terminal."""

import sys
import threading

import click
import msgspec

from proxylings.course import Desk, Exercise, find_desk
from proxylings.grader import desk as learners_desk
from proxylings.grader.check import advice, learners_answer
from proxylings.grader.verdict import Verdict
from proxylings.repository import note_on_version
from proxylings.toolchain import Diagnostic
from proxylings.watch import snapshot, watch

_SLUG = click.argument("slug")


@click.command()
@click.argument("slug", required=False)
@click.option("--watch", "watching", is_flag=True, help="Check again at every save, until Ctrl-C.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def check(slug: str | None, watching: bool, as_json: bool) -> None:
    """Check an exercise: the next unfinished one, or the one named by SLUG (01-request, moved_head, 01)."""
    desk = find_desk()
    exercise = desk.exercise(slug) if slug else _next(desk)
    if watching:
        _watch(desk, exercise)
        return
    verdict = _checked(desk, exercise)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(verdict)).decode())
    else:
        _show(desk, exercise, verdict)
    sys.exit(0 if verdict.passed else 1)


def _watch(desk: Desk, exercise: Exercise) -> None:
    stop = threading.Event()
    source = desk.source(exercise)
    paths = [source.parent if exercise.kind == "part" else source]
    seen = snapshot(paths)

    def again(_: object = None) -> None:
        click.clear()
        _show(desk, exercise, _checked(desk, exercise))
        click.secho(f"Waiting for {desk.shown(source)} to be saved; Ctrl-C ends.", dim=True, err=True)

    again()
    # In a thread of its own, so that Ctrl-C reaches us and not the watcher.
    watching = threading.Thread(target=watch, args=(paths, again, stop), kwargs={"since": seen}, daemon=True)
    watching.start()
    try:
        while watching.is_alive():
            watching.join(0.5)
    except KeyboardInterrupt:
        stop.set()


def _checked(desk: Desk, exercise: Exercise) -> Verdict:
    def building(line: str) -> None:
        if "Compiling" in line:
            click.echo(f"  {line.strip()}", err=True)

    return learners_desk.check_and_record(desk, exercise, on_build=building)


def _next(desk: Desk) -> Exercise:
    open_ = [line.exercise for line in learners_desk.status(desk).lines if line.state != "passed" or line.changed]
    return open_[0] if open_ else desk.exercises[-1]


def _show(desk: Desk, exercise: Exercise, verdict: Verdict) -> None:
    """Print a verdict: what is wrong first, then what to do next."""
    click.secho(f"{exercise.id}: {exercise.title}", bold=True)
    for diagnostic in verdict.diagnostics:
        if verdict.status == "error" and diagnostic.is_error:
            _diagnostic(diagnostic)
    for hint_ in verdict.hints:
        click.secho(hint_, fg="cyan")
    if verdict.message:
        click.echo(verdict.message)
    for step in verdict.steps:
        done = step.points == step.max_points
        mark = click.style("done", fg="green") if done else click.style("open", fg="yellow")
        click.echo(f"  {mark}  {step.title} ({step.points} of {step.max_points} points)")
    if failure := verdict.first_failure:
        click.secho(f"First failing test: {failure.name.replace('_', ' ')}", fg="red")
        click.echo(f"  {failure.place}\n{failure.message}" if failure.place else failure.message)
        if failure.output:
            click.echo(f"It printed:\n{failure.output}")
    colour = "green" if verdict.passed else "red"
    passed = sum(test.status == "pass" for test in verdict.tests)
    tests = f", {passed} of {len(verdict.tests)} tests" if verdict.tests else ""
    click.secho(
        f"{verdict.status.upper()}: {verdict.points} of {verdict.max_points} points{tests}", fg=colour, bold=True
    )
    if verdict.passed:
        for remark in advice(desk, learners_answer(desk, exercise)):
            _diagnostic(remark)
        click.echo(
            "Next: proxylings check" if exercise.kind == "drill" else "Your part now runs in the proxy: proxylings run"
        )
    else:
        click.echo(f"Edit {desk.shown(desk.source(exercise))}, or ask: proxylings hint {exercise.id}")


def _diagnostic(diagnostic: Diagnostic) -> None:
    click.echo((diagnostic.rendered or diagnostic.message).rstrip() + "\n")


@click.command()
@_SLUG
def hint(slug: str) -> None:
    """Open the next of the three hints."""
    desk = find_desk()
    exercise = desk.exercise(slug)
    codes = _checked(desk, exercise)
    number, text = learners_desk.next_hint(desk, exercise, codes)
    click.secho(f"Hint {number} of 3", bold=True)
    click.echo(text)


@click.command()
@_SLUG
@click.option("--yes", is_flag=True, help="Show it although your own answer has not passed.")
def solution(slug: str, yes: bool) -> None:
    """Show the reference solution: after a pass, or after an explicit yes."""
    desk = find_desk()
    exercise = desk.exercise(slug)
    passed = bool(learners_desk.has_passed(desk, exercise))
    if not passed and not yes and sys.stdin.isatty():
        yes = click.confirm("Your own answer has not passed yet. Show the solution all the same?", err=True)
    click.echo(learners_desk.solution(desk, exercise, confirmed=yes or passed))


@click.command()
@_SLUG
def reset(slug: str) -> None:
    """Put the stub back; your file is copied first."""
    desk = find_desk()
    exercise = desk.exercise(slug)
    shown = desk.shown(desk.source(exercise))
    if learners_desk.is_untouched(desk, exercise):
        click.echo(f"{shown} is the stub already.")
    elif copy := learners_desk.reset(desk, exercise):
        click.echo(f"{shown} is the stub again. Your own is kept: {desk.shown(copy)}")
    else:
        click.echo(f"{shown} is there again.")


@click.command()
def status() -> None:
    """List all exercises, and how far you are."""
    desk = find_desk()
    found = learners_desk.status(desk)
    if note := note_on_version(desk):
        click.secho(note, fg="yellow", err=True)
    chapter = ""
    for line in found.lines:
        exercise = line.exercise
        if exercise.chapter != chapter:
            chapter = exercise.chapter
            click.secho(chapter, bold=True)
        colour = {"passed": "green", "started": "yellow"}.get(line.state)
        shown = "passed, changed since" if line.changed else line.state
        points = f"{line.points:>3} of {exercise.points:<3}"
        click.echo(f"  {click.style(f'{shown:22}', fg=colour)}{points} {exercise.id}: {exercise.title}")
    click.echo(f"{found.passed} of {len(found.lines)} exercises, {found.points} of {found.max_points} points")
