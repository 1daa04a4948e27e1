"""The command line: `proxylings …`.

Data goes to standard output, everything else to standard error. Exit codes: 0 done (or passed), 1 not passed or
not possible, 2 a mistyped command.
"""

import sys

import click

from proxylings.errors import CourseError, refused
from proxylings.grader.text import terminal


class _Group(click.Group):
    """Commands in the order of a learner's day; our own errors as words, without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except CourseError as error:
            _say(error)
        except BrokenPipeError:  # whoever read our output has gone: click ends quietly
            raise
        except OSError as error:
            _say(refused(error))
        return sys.exit(1)


def _say(error: CourseError) -> None:
    click.secho(terminal(error.what), fg="red", err=True)
    if error.hint:
        click.echo(terminal(error.hint), err=True)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="proxylings")
def main() -> None:
    """Learn Rust by building a real HTTP/1.1 proxy."""


# Each module adds its commands to `main`.
from proxylings.cli import authoring, exercises, grading, lab, proxy, repository  # noqa: E402 - main is made first

for command in (lab.lab, exercises.check, exercises.hint, exercises.solution, exercises.reset, proxy.run,
                exercises.status, repository.init, repository.update, grading.grade, lab.doctor, lab.prepare,
                authoring.weave, authoring.record):  # fmt: skip
    main.add_command(command)
