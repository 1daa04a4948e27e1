"""`grade`: a class's submissions, or one learner's, graded strictly."""

import sys
from pathlib import Path

import click

from proxylings.course import Desk, find_course
from proxylings.grader.batch.grading import LARGEST_SEED, Report, Wish, grade_class
from proxylings.grader.batch.progress import Progress
from proxylings.grader.batch.run import Tally
from proxylings.grader.formats import FORMATS

# Exit codes beside 0 (graded), 1 (not possible, or below --fail-under) and 2 (mistyped).
NOT_ALL_GRADED, INTERRUPTED = 3, 130


@click.command()
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--exercise", "exercises", multiple=True, metavar="SLUG", help="Grade this one; all, when none is named.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("grades"),
    show_default=True,
    help="The folder for the grades. The same folder again goes on where the last run stopped.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(list(FORMATS)),
    help="Write this as well: a file for each learner, or for the class. Can be given again.",
)
@click.option("--student", default="", help="Whose it is, where SUBMISSIONS is one learner's.")
@click.option("--cases", type=click.Path(path_type=Path), help="A folder with hidden cases of your own.")
@click.option("--seed", type=click.IntRange(0, LARGEST_SEED), help="Make the inputs from this number.")
@click.option("--jobs", type=click.IntRange(1, 256), help="So many sandboxes at a time.  [default: the processors]")
@click.option("--scheduler", default="", metavar="ADDRESS", help="Grade on a Dask cluster that runs there already.")
@click.option("--require-cgroup", is_flag=True, help="Refuse where memory can only be watched, not limited.")
@click.option("--trust-this-code", is_flag=True, help="Without a sandbox: the code can do all that you can.")
@click.option("--fail-under", type=click.FloatRange(0, 100), metavar="PERCENT",
              help="End with exit code 1 when a learner has less than this part of the points.")  # fmt: skip
def grade(
    submissions: Path, exercises: tuple[str, ...], out: Path, formats: tuple[str, ...], student: str,
    cases: Path | None, seed: int | None, jobs: int | None, scheduler: str, require_cgroup: bool,
    trust_this_code: bool, fail_under: float | None,
) -> None:  # fmt: skip
    """Grade SUBMISSIONS: a folder of folders and archives, a CSV of repositories, or one learner's folder.

    Exit codes: 0 graded, 1 not possible or below --fail-under, 3 some could not be graded, 130 interrupted.
    """
    desk = Desk(find_course())
    wish = Wish(
        submissions, out, exercises, student, formats, seed, cases, trust_this_code, require_cgroup, jobs, scheduler
    )
    shown = _Shown()
    try:
        report = grade_class(desk, wish, shown)
    except KeyboardInterrupt:
        shown.close()
        click.echo("Interrupted. Every verdict so far is kept: run the same command again to go on.", err=True)
        sys.exit(INTERRUPTED)
    finally:
        shown.close()
    _tell(out, report)
    if report.ungraded:
        sys.exit(NOT_ALL_GRADED)
    if fail_under is not None and 100 * report.least < fail_under:
        click.echo(f"A learner has {100 * report.least:.0f} % of the points, less than {fail_under:g} %.", err=True)
        sys.exit(1)


class _Shown:
    """The lines about the progress: one after the other, a stage each."""

    def __init__(self) -> None:
        self._stage, self._progress, self._last = "", None, Tally(0)

    _progress: Progress | None

    def __call__(self, stage: str, tally: Tally) -> None:
        if stage != self._stage:
            self.close()
            self._stage, self._progress = stage, Progress(stage)
        self._last = tally
        if self._progress is not None:
            self._progress(tally)

    def close(self) -> None:
        if self._progress is not None:
            self._progress.close(self._last)
        self._progress = None


def _tell(out: Path, report: Report) -> None:
    learners = f"{report.learners:,} learner{'s' if report.learners != 1 else ''}"
    box = f"; sandbox: {', '.join(report.backends)}" if report.backends else ""
    click.echo(f"{learners}, random seed {report.seed}{box}", err=True)
    if report.ungraded:
        click.echo(
            f"{report.ungraded:,} could not be graded, by no fault of the learners: {out / 'ungraded.csv'}. "
            "Run the same command again to try these again.",
            err=True,
        )
    many = report.learners > 1
    click.echo(out / ("summary.html" if many else "grades.csv"))
