"""The report of a class, for its instructor: what to talk about in the next hour, exercise by exercise."""

import statistics
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from proxylings.grader.batch.page import Block, Code, Heading, Table, Text
from proxylings.grader.batch.similar import Cluster
from proxylings.grader.batch.store import Store, Terms
from proxylings.grader.batch.summary import Summary

_MOST_CLUSTERS, _MOST_ROWS, _MOST_LINES, _WIDEST = 10, 15, 25, 140
_STATUS = {
    "pass": "passed", "fail": "failed tests", "error": "does not compile", "refused": "nothing to grade",
    "timeout": "did not end", "crashed": "crashed",
}  # fmt: skip


def overview(summaries: Sequence[Summary], terms: Terms) -> list[Block]:
    """Return the page of the whole class."""
    rows = [
        (summary.exercise.id, summary.exercise.title, summary.learners, summary.statuses["pass"],
         summary.learners - summary.statuses["pass"] - summary.statuses["refused"] - summary.ungraded.total(),
         summary.statuses["refused"], summary.ungraded.total())
        for summary in summaries
    ]  # fmt: skip
    head = ("exercise", "title", "learners", "passed", "not passed", "nothing to grade", "not graded")
    cases = f" and hidden cases ({terms.cases[:12]})" if terms.cases else ""
    how = f"Graded with {terms.grader}; inputs from the random seed {terms.seed}{cases}, which can be given again."
    backends: Counter[str] = sum((summary.backends for summary in summaries), Counter())
    boxes = f"Sandbox: {'; '.join(sorted(backends))}." if backends else "Nothing ran."
    return [Heading(1, "A class, graded"), Text(how), Text(boxes), Table(head, rows)]


def exercise(summary: Summary, store: Store, given: Sequence[Mapping[str, bytes]]) -> list[Block]:
    """Return the page of one exercise; `given` are the files of its stub and of its reference."""
    what = summary.exercise
    steps = {step.id: step.title for step in what.steps}
    rows = [(_STATUS.get(status, status), count) for status, count in summary.statuses.most_common()]
    blocks: list[Block] = [
        Heading(2, f"{what.id}: {what.title}"),
        Table(("result", "learners"), rows, bar=1),
    ]
    if what.points > 1:
        points = [(f"{value} of {what.points}", summary.points[value]) for value in sorted(summary.points)]
        blocks += [Heading(3, "Points"), Table(("points", "learners"), points, bar=1)]
    failing = [
        (name.replace("_", " "), steps.get(step, step), red, green + red)
        for (step, name), (green, red) in summary.tests.items()
        if red
    ]
    if failing:
        failing.sort(key=lambda row: -row[2])
        head = ("test", "step", "failed", "of")
        blocks += [Heading(3, "Tests that fail"), Table(head, failing[:_MOST_ROWS], bar=2)]
    for title, name, counter in (
        ("Why it does not compile", "error code", summary.codes),
        ("What may be behind it", "misconception", summary.misconceptions),
        ("What could not be read", "problem", summary.problems),
        ("Not graded, by no fault of the learners", "reason", summary.ungraded),
    ):
        if counter:
            blocks += [Heading(3, title), Table((name, "learners"), counter.most_common(_MOST_ROWS), bar=1)]
    blocks += _clusters(summary, store, given)
    if summary.compile_seconds:
        times = [("compile", *_times(summary.compile_seconds)), ("run", *_times(summary.test_seconds))]
        blocks += [Heading(3, "Times"), Table(("what", "median", "slowest 5 %", "longest"), times)]
    return blocks


def _clusters(summary: Summary, store: Store, given: Sequence[Mapping[str, bytes]]) -> Iterable[Block]:
    clusters = summary.largest()
    if not clusters and not summary.untouched.size:
        return
    yield Heading(3, "Wrong answers that are alike")
    if summary.untouched.size:
        yield Text(f"{_learners(summary.untouched)}: the stub, as good as untouched.")
    for way, cluster in clusters[:_MOST_CLUSTERS]:
        texts = f", {cluster.answers} different texts" if cluster.answers > 1 else ""
        believed = "".join(f" May believe: {text}." for text, _ in cluster.misconceptions.most_common(1))
        written = _written(store.files(cluster.leader), given)
        missing = "" if written else " Every line of it is the stub's or the reference's: something is missing."
        yield Text(f"{_learners(cluster)}{texts}. Fails: {way[:300]}.{believed}{missing}")
        if written:
            yield Code(written)
    if rest := clusters[_MOST_CLUSTERS:]:
        yield Text(f"And {len(rest)} more groups, with {sum(cluster.size for _, cluster in rest)} learners.")


def _learners(cluster: Cluster) -> str:
    more = f" and {cluster.size - len(cluster.students)} more" if cluster.size > len(cluster.students) else ""
    return f"{cluster.size} learner{'s' if cluster.size > 1 else ''} ({', '.join(cluster.students)}{more})"


def _written(files: Mapping[str, bytes], given: Sequence[Mapping[str, bytes]]) -> str:
    """Return the lines of an answer that neither the stub nor the reference has."""
    known = {line.strip() for one in given for line in _lines(one)}
    lines = [line.rstrip()[:_WIDEST] for line in _lines(files) if line.strip() not in known]
    own = [line for line in lines if not line.lstrip().startswith("//")]
    return "\n".join([*own[:_MOST_LINES], *(["…"] if len(own) > _MOST_LINES else [])])


def _lines(files: Mapping[str, bytes]) -> Iterable[str]:
    for name in sorted(files):
        yield from files[name].decode("utf-8", "replace").splitlines()


def _times(seconds: "array[float]") -> tuple[str, str, str]:
    ordered = sorted(seconds)
    slow = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return (f"{statistics.median(ordered):.2f} s", f"{slow:.2f} s", f"{ordered[-1]:.2f} s")
