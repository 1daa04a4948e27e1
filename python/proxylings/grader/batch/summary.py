"""What a class did with an exercise: points, failing tests, error codes, misconceptions, answers that are alike.

Counts while the store's lines go by, and keeps no verdict: what it holds grows with the distinct wrong answers only,
by a sketch for each.
"""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from proxylings.course import Exercise
from proxylings.grader.batch.similar import Cluster, Clusters, Sketch, likeness, shingles, sketch
from proxylings.grader.batch.store import Key, Line, Store
from proxylings.grader.verdict import Verdict

# So many learners are named for a cluster.
_NAMED = 12
# The failing tests of each step ("" for a drill); or, under "code", the error codes.
Way = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Known:
    """A wrong answer of the course: what its author believes, how it fails, and its sketch."""

    misconception: str
    way: Way
    sketch: Sketch


@dataclass
class Summary:
    """The counts of one exercise over a class. Learners who handed in the same are counted each.

    `stub` and `reference` are their shingles; `clusters` are wrong answers that are alike, by the way they fail.
    """

    exercise: Exercise
    stub: frozenset[int]
    reference: frozenset[int]
    known: Sequence[Known] = ()
    learners: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    points: Counter[int] = field(default_factory=Counter)
    tests: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    codes: Counter[str] = field(default_factory=Counter)
    misconceptions: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    ungraded: Counter[str] = field(default_factory=Counter)
    backends: Counter[str] = field(default_factory=Counter)
    clusters: dict[str, Clusters] = field(default_factory=dict)
    untouched: Cluster = field(default_factory=lambda: Cluster("", ()))
    compile_seconds: "array[float]" = field(default_factory=lambda: array("f"))
    test_seconds: "array[float]" = field(default_factory=lambda: array("f"))
    _told: dict[str, tuple[Cluster, str]] = field(default_factory=dict)

    def add(self, line: Line, store: Store) -> None:
        """Count one learner."""
        self.learners += 1
        verdict = line.verdict
        if verdict is None:
            if line.ungraded:
                self.ungraded[line.ungraded] += 1
            else:
                self.statuses["refused"] += 1
                self.points[0] += 1
                self.problems[line.problem] += 1
            return
        self.statuses[verdict.status] += 1
        self.points[verdict.points] += 1
        self.backends[verdict.backend] += 1
        self.codes.update(set(verdict.error_codes))
        self.compile_seconds.append(verdict.compile_seconds)
        self.test_seconds.append(verdict.test_seconds)
        for test in verdict.tests:
            counts = self.tests.setdefault((test.task, test.name), [0, 0])
            counts[test.status != "pass"] += 1
        if not verdict.passed:
            self._wrong(line, verdict, store)

    def largest(self) -> list[tuple[str, Cluster]]:
        """Return the clusters with the way that each fails, the largest first."""
        found = [(way, cluster) for way, clusters in self.clusters.items() for cluster in clusters.clusters]
        return sorted(found, key=lambda pair: (-pair[1].size, pair[0], pair[1].leader))

    def _wrong(self, line: Line, verdict: Verdict, store: Store) -> None:
        if line.answer not in self._told:
            self._told[line.answer] = self._first(line.answer, way_of(verdict), store.files(line.answer))
        cluster, misconception = self._told[line.answer]
        cluster.size += 1
        if len(cluster.students) < _NAMED:
            cluster.students.append(line.entry.student)
        if misconception:
            self.misconceptions[misconception] += 1
            cluster.misconceptions[misconception] += 1

    def _first(self, answer: str, way: Way, files: Mapping[str, bytes]) -> tuple[Cluster, str]:
        """Look at an answer for the first time: what it is like, and what may be behind it."""
        written = shingles(files)
        if written <= self.stub:
            return self.untouched, ""  # who has not begun believes nothing
        taken = sketch(files, self.stub | self.reference)
        clusters = self.clusters.setdefault(" · ".join(said(way)), Clusters())
        return clusters.add(answer, taken), nearest(way, taken, self.known)


def way_of(verdict: Verdict) -> dict[str, frozenset[str]]:
    """Return how an answer fails."""
    if verdict.status == "error":
        return {"code": frozenset(verdict.error_codes)}
    steps: dict[str, set[str]] = {}
    for test in verdict.tests:
        if test.status != "pass":
            steps.setdefault(test.task, set()).add(f"{test.name} ({test.status})")
    return {step: frozenset(names) for step, names in steps.items()}


def said(way: Way) -> list[str]:
    """Return how an answer fails, in words."""
    if "code" in way:
        return sorted(way["code"]) or ["does not compile"]
    return sorted(name.removesuffix(" (fail)").replace("_", " ") for names in way.values() for name in names)


def nearest(way: Way, taken: Sketch, known: Sequence[Known]) -> str:
    """Return the misconception whose wrong answer fails in the same way; of several, that of the likest one.

    In a part, an answer may be wrong in more than one step: a wrong answer of the course speaks for the steps that
    it fails in itself.
    """
    alike = [one for one in known if one.way and all(way.get(step) == names for step, names in one.way.items())]
    if not alike:
        return ""
    return max(alike, key=lambda one: (likeness(taken, one.sketch), len(one.way), one.misconception)).misconception


def known_answers(
    store: Store, samples: Mapping[Key, str], given: Mapping[str, frozenset[int]]
) -> dict[str, list[Known]]:
    """Return the course's wrong answers by exercise, as far as they were graded.

    `samples` are their misconceptions, `given` the shingles of stub and reference by exercise.
    """
    found: dict[str, list[Known]] = {}
    for key, misconception in samples.items():
        verdict = store.verdict(key)
        if verdict is not None and not verdict.passed:
            taken = sketch(store.files(key.answer), given[key.exercise])
            found.setdefault(key.exercise, []).append(Known(misconception, way_of(verdict), taken))
    return found
