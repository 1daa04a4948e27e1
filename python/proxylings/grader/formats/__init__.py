"""Verdicts in the form that other systems read: one small adapter a format.

`FORMATS` knows them by name. An adapter is a pure function from verdicts, with who and when, to bytes; it invents
nothing, so what it isn't told (a due date, a name) stays empty as far as the format allows.
"""

from collections.abc import Mapping

from proxylings.grader.formats import (
    badge,
    classroom50,
    exercism,
    github,
    gradescope,
    junit,
    ours,
    prairielearn,
    tables,
)
from proxylings.grader.formats.graded import Classroom50, Format, Graded

__all__ = ["FORMATS", "Classroom50", "Format", "Graded"]

# fmt: off
_ALL = (
    Format("json", "our own JSON", "verdict.json", "one exercise", ours.write_json),
    Format("jsonl", "our own JSON, a line a verdict", "grades.jsonl", "a class", ours.write_lines),
    Format("csv", "a table of a class", "grades.csv", "a class", tables.write_class),
    Format("junit", "JUnit XML as pytest writes it", "junit.xml", "one learner", junit.write),
    Format("badge", "the endpoint badge of shields.io", "badge.json", "one learner", badge.write),
    Format("github-annotations", "marks on the lines of a commit", "", "one learner", github.write_annotations),
    Format("github-summary", "the job summary, in Markdown", "summary.md", "one learner", github.write_summary),
    Format("github-classroom", "GitHub Classroom's reporter", "", "one learner", github.write_classroom, True),
    Format("classroom50", "Classroom 50", "result.json", "one learner", classroom50.write, True),
    Format("gradescope", "Gradescope", "results.json", "one learner", gradescope.write, True),
    Format("prairielearn", "PrairieLearn", "results.json", "one learner", prairielearn.write, True),
    Format("exercism", "Exercism, version 3", "results.json", "one exercise", exercism.write, True),
    Format("nbgrader", "the columns of nbgrader export", "grades.csv", "a class", tables.write_nbgrader),
)
# fmt: on
FORMATS: Mapping[str, Format] = {one.name: one for one in _ALL}
