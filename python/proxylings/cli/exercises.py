"""`check`, `hint`, `solution`, `reset`, `status`: the exercises at the terminal."""

import contextlib
import os
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import click

from proxylings.course import Desk, Exercise, find_desk
from proxylings.errors import CourseError
from proxylings.grader import desk as learners_desk
from proxylings.grader.check import Superseded, advice, learners_answer
from proxylings.grader.formats import FORMATS, Classroom50, Format, Graded
from proxylings.grader.rust_text import test_bodies
from proxylings.grader.text import LONGEST_TEXT, excerpt, one_line, sentence, terminal
from proxylings.grader.trial import Stale
from proxylings.grader.verdict import Verdict
from proxylings.repository import note_on_version
from proxylings.toolchain import Diagnostic
from proxylings.watch import snapshot, watch

_SLUG = click.argument("slug")


@click.command()
@click.argument("slug", required=False)
@click.option("--watch", "watching", is_flag=True, help="Check again at every save, until Ctrl-C.")
@click.option("--format", "wanted", type=click.Choice(list(FORMATS)), metavar="NAME", help="Print the verdict as NAME.")
@click.option("--json", "wanted", flag_value="json", help="The same as --format json.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write it to FILE instead.")
def check(slug: str | None, watching: bool, wanted: str | None, output: Path | None) -> None:
    """Check an exercise: the next unfinished one, or the one named by SLUG (01-request, moved_head, 01)."""
    if watching and wanted:
        raise click.UsageError("--watch is for reading along: leave --format out.")
    if output and not wanted:
        raise click.UsageError("--output needs --format, which says what to write.")
    desk = find_desk()
    exercise = desk.exercise(slug) if slug else _next(desk)
    if watching:
        _watch(desk, exercise)
        return
    verdict = _checked(desk, exercise)
    if wanted is None:
        _show(desk, exercise, verdict)
        _advise(desk, exercise, verdict)
        sys.exit(0 if verdict.passed else 1)
    chosen = FORMATS[wanted]
    _write(chosen.render([_graded(desk, exercise, verdict)]), output)
    sys.exit(0 if verdict.passed or chosen.always_zero else 1)


def _formats() -> str:
    """Return the part of the help that names the formats."""

    def line(one: Format) -> str:
        return f"  {one.name:19} {one.summary}{f' ({one.file_name})' if one.file_name else ''}"

    passing = ", ".join(one.name for one in FORMATS.values() if one.always_zero)
    return (
        "\n\n\b\nFormats:\n" + "\n".join(map(line, FORMATS.values())) + "\n\n"
        f"The exit code is 0 for a pass and 1 for anything else. With {passing} it is 0 for every verdict: "
        "there, another code would mean that the grader is broken. All of them are described in docs/formats.md."
    )


check.help = f"{check.help}{_formats()}"


def _graded(desk: Desk, exercise: Exercise, verdict: Verdict) -> Graded:
    """Return the verdict with what is known here: the time, the tests, and what Classroom 50's runner tells."""
    try:
        code = test_bodies(desk.tests(exercise).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        code = {}
    told = Classroom50.from_environment(os.environ)
    return Graded(verdict=verdict, submitted=datetime.now(UTC), test_code=code, classroom50=told)


def _write(data: bytes, output: Path | None) -> None:
    if output is None:
        click.echo(data, nl=False)
        return
    # Not by way of a rename: FILE may be /dev/stdout, and its reader may be another user.
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(data)
    except OSError as error:
        raise CourseError(
            f"{output} can't be written: {error.strerror}", "Choose another file, or free some disk space."
        ) from error


def _watch(desk: Desk, exercise: Exercise) -> None:
    """Check at every save: the verdict first, then clippy's advice. A save makes stale what still runs."""
    stop, saved = threading.Event(), threading.Event()
    source = desk.source(exercise)
    paths = [source.parent if exercise.kind == "part" else source]

    def again() -> None:
        verdict = _checked(desk, exercise, saved.is_set, known=True)
        click.clear()
        _show(desk, exercise, verdict)
        click.secho(f"Waiting for {desk.shown(source)} to be saved; Ctrl-C ends.", dim=True, err=True)
        _advise(desk, exercise, verdict, saved.is_set)

    def watching() -> None:
        watch(paths, lambda _: saved.set(), stop, since=seen)

    seen = snapshot(paths)
    saved.set()
    # The watcher has a thread of its own, so that Ctrl-C reaches us.
    thread = threading.Thread(target=watching, daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            if saved.wait(0.5):
                saved.clear()
                with contextlib.suppress(Superseded):
                    again()
    except KeyboardInterrupt:
        stop.set()


def _checked(desk: Desk, exercise: Exercise, stale: Stale | None = None, *, known: bool = False) -> Verdict:
    def building(line: str) -> None:
        if "Compiling" in line:
            click.echo(f"  {line.strip()}", err=True)

    return learners_desk.check_and_record(desk, exercise, stale=stale, on_build=building, known=known)


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
        click.secho(terminal(hint_), fg="cyan")
    if verdict.message:
        click.echo(terminal(verdict.message))
    for step in verdict.steps:
        done = step.points == step.max_points
        mark = click.style("done", fg="green") if done else click.style("open", fg="yellow")
        click.echo(f"  {mark}  {step.title} ({step.points} of {step.max_points} points)")
    if failure := verdict.first_failure:
        click.secho(f"First failing test: {sentence(failure.name)}", fg="red")
        message = terminal(excerpt(failure.message, LONGEST_TEXT))
        click.echo(f"  {one_line(failure.place)}\n{message}" if failure.place else message)
        if failure.output:
            click.echo(f"It printed:\n{terminal(excerpt(failure.output))}")
    colour = "green" if verdict.passed else "red"
    passed = sum(test.status == "pass" for test in verdict.tests)
    tests = f", {passed} of {len(verdict.tests)} tests" if verdict.tests else ""
    click.secho(
        f"{verdict.status.upper()}: {verdict.points} of {verdict.max_points} points{tests}", fg=colour, bold=True
    )
    if verdict.passed:
        click.echo(
            "Next: proxylings check" if exercise.kind == "drill" else "Your part now runs in the proxy: proxylings run"
        )
    else:
        click.echo(f"Edit {desk.shown(desk.source(exercise))}, or ask: proxylings hint {exercise.id}")


def _advise(desk: Desk, exercise: Exercise, verdict: Verdict, stale: Stale | None = None) -> None:
    """Print what clippy says of an answer that passes."""
    if verdict.passed:
        for remark in advice(desk, learners_answer(desk, exercise), stale):
            _diagnostic(remark)


def _diagnostic(diagnostic: Diagnostic) -> None:
    click.echo(terminal((diagnostic.rendered or diagnostic.message).rstrip()) + "\n")


@click.command()
@_SLUG
def hint(slug: str) -> None:
    """Open the next of the three hints."""
    desk = find_desk()
    exercise = desk.exercise(slug)
    codes = _checked(desk, exercise, known=True)
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
