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


def exercise(summary: Summary, store: Store, stub: Mapping[str, bytes]) -> list[Block]:
    """Return the page of one exercise."""
    what = summary.exercise
    rows = [(_STATUS.get(status, status), count) for status, count in summary.statuses.most_common()]
    blocks: list[Block] = [
        Heading(2, f"{what.id}: {what.title}"),
        Table(("result", "learners"), rows, bar=1),
    ]
    if what.points > 1:
        points = [(f"{value} of {what.points}", summary.points[value]) for value in sorted(summary.points)]
        blocks += [Heading(3, "Points"), Table(("points", "learners"), points, bar=1)]
    failing = [
        (name.replace("_", " "), step, red, green + red) for (step, name), (green, red) in summary.tests.items() if red
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
    blocks += _clusters(summary, store, stub)
    if summary.compile_seconds:
        times = [("compile", *_times(summary.compile_seconds)), ("run", *_times(summary.test_seconds))]
        blocks += [Heading(3, "Times"), Table(("what", "median", "slowest 5 %", "longest"), times)]
    return blocks


def _clusters(summary: Summary, store: Store, stub: Mapping[str, bytes]) -> Iterable[Block]:
    clusters = summary.largest()
    if not clusters:
        return
    yield Heading(3, "Wrong answers that are alike")
    for cluster in clusters[:_MOST_CLUSTERS]:
        yield Text(_described(cluster))
        if cluster.sketch:
            yield Code(_written(store.files(cluster.leader), stub))
    if rest := clusters[_MOST_CLUSTERS:]:
        yield Text(f"And {len(rest)} more groups, with {sum(cluster.size for cluster in rest)} learners.")


def _described(cluster: Cluster) -> str:
    ((way, _),) = cluster.ways.most_common(1)
    named = ", ".join(cluster.students)
    more = f" and {cluster.size - len(cluster.students)} more" if cluster.size > len(cluster.students) else ""
    learners = f"{cluster.size} learner{'s' if cluster.size > 1 else ''} ({named}{more})"
    if not cluster.sketch:
        return f"{learners}: the stub, as good as untouched."
    believed = "".join(f" May believe: {text}." for text, _ in cluster.misconceptions.most_common(1))
    texts = f", {cluster.answers} different texts" if cluster.answers > 1 else ""
    return f"{learners}{texts}. Fails: {way[:300]}.{believed}"


def _written(files: Mapping[str, bytes], stub: Mapping[str, bytes]) -> str:
    """Return the lines of an answer that are not in the stub: what the learner wrote."""
    given = {line.strip() for data in stub.values() for line in data.decode("utf-8", "replace").splitlines()}
    lines = [line for name in sorted(files) for line in files[name].decode("utf-8", "replace").splitlines()]
    written = [line[:_WIDEST] for line in lines if line.strip() not in given and not line.strip().startswith("//")]
    cut = ["…"] if len(written) > _MOST_LINES else []
    return "\n".join([*written[:_MOST_LINES], *cut])


def _times(seconds: "array[float]") -> tuple[str, str, str]:
    ordered = sorted(seconds)
    slow = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return (f"{statistics.median(ordered):.2f} s", f"{slow:.2f} s", f"{ordered[-1]:.2f} s")
