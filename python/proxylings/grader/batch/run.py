"""Grade a class: read submissions, hand each new answer to a worker, keep each verdict as it comes.

Bounded: a few submissions are open at a time, a few answers are with the workers, and the store has the rest.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proxylings.course import Exercise
from proxylings.errors import CourseError
from proxylings.grader.batch import layout, reading, repositories
from proxylings.grader.batch.pile import Pile, Unreadable
from proxylings.grader.batch.store import Key, Store
from proxylings.grader.batch.submissions import Entry
from proxylings.grader.batch.task import Done, Task, identity
from proxylings.grader.batch.workers import Workers

# Reading waits for disks and servers, so more of it goes on at a time than there are processors.
_READERS = 4
# So many answers in a row, with none graded before, are no accident: something is wrong with the machine.
_HOPELESS = 20

Answers = Mapping[str, tuple[str, Mapping[str, bytes]] | str]


@dataclass
class Tally:
    """How far a run is: answers looked at of all, graded now, known before, and not graded by our own fault."""

    total: int
    done: int = 0
    graded: int = 0
    known: int = 0
    ungraded: int = 0


@dataclass(frozen=True)
class Conditions:
    """What all tasks of a run have in common; see `Task`."""

    seed: int
    cases: Path | None
    grader: str
    course: str
    trust: bool = False
    require_cgroup: bool = False


class Run:
    """One run over a class. `tell` is called with the tally whenever it has changed, and at least every second."""

    def __init__(
        self, store: Store, workers: Workers, conditions: Conditions, exercises: Sequence[Exercise],
        tell: Callable[[Tally], None],
    ) -> None:  # fmt: skip
        """Take what the run works with; the store has begun a run already."""
        self._store, self._workers, self._conditions = store, workers, conditions
        self._exercises, self._tell = exercises, tell
        self._reading: dict[Future[tuple[Answers, Pile | None]], tuple[int, Entry]] = {}
        self._grading: dict[Future[Done], Key] = {}
        self._waiting: deque[Key] = deque()
        self._under_way: dict[Key, int] = {}
        self._stop = threading.Event()
        self.tally = Tally(0)

    def submissions(self, entries: Sequence[Entry]) -> Tally:
        """Read and grade all submissions."""
        self.tally = Tally(len(entries) * len(self._exercises))
        with ThreadPoolExecutor(_READERS, "read") as readers:
            try:
                self._drive(iter(enumerate(entries)), readers)
            except BaseException:
                self._stop.set()
                readers.shutdown(wait=False, cancel_futures=True)
                raise
        return self.tally

    def answers(self, keys: Sequence[Key]) -> Tally:
        """Grade answers that the store has already."""
        self.tally = Tally(len(keys))
        for key in keys:
            self._enqueue(key)
        self._drive(iter(()), None)
        return self.tally

    def _drive(self, entries: Iterator[tuple[int, Entry]], readers: ThreadPoolExecutor | None) -> None:
        more = readers is not None
        while True:
            while more and readers and self._has_room():
                place = next(entries, None)
                if place is None:
                    more = False
                else:
                    known = self._store.found_at(place[1]) if place[1].url and self._complete(place[1]) else ""
                    reading_ = readers.submit(open_, place[1], self._exercises, known, self._stop.is_set)
                    self._reading[reading_] = place
            while self._waiting and len(self._grading) < 2 * self._workers.count:
                self._begin(self._waiting.popleft())
            if not self._reading and not self._grading:
                return
            under_way: list[Future[Any]] = [*self._reading, *self._grading]
            ended, _ = wait(under_way, timeout=1.0, return_when=FIRST_COMPLETED)
            for future in ended:
                if future in self._reading:
                    self._handed_in(future)
                else:
                    self._graded(future)
            self._tell(self.tally)

    def _has_room(self) -> bool:
        """Return whether another submission may be opened: what is read waits in memory until it is handed on."""
        return len(self._reading) < 2 * _READERS and len(self._waiting) < 2 * self._workers.count

    def _complete(self, entry: Entry) -> bool:
        """Return whether all exercises of this run were looked for when this repository was read."""
        return all(self._store.handed_in(entry.student, exercise.id) is not None for exercise in self._exercises)

    def _handed_in(self, future: "Future[tuple[Answers, Pile | None]]") -> None:
        place, entry = self._reading.pop(future)
        answers, pile = future.result()
        if pile is None and not answers:
            self._store.keep(place, entry)
        else:
            submitted, commit = (pile.submitted, pile.commit) if pile else (None, "")
            self._store.hand_in(place, entry, answers, submitted, commit)
        for exercise in self._exercises:
            answer = self._store.handed_in(entry.student, exercise.id)
            if answer:
                self._enqueue(Key(answer, exercise.id))
            else:
                self.tally.done += 1

    def _enqueue(self, key: Key) -> None:
        """Take an answer on, unless its verdict is known or on its way."""
        if self._store.has(key):
            self.tally.done += 1
            self.tally.known += 1
        elif key in self._under_way:
            self._under_way[key] += 1
        else:
            self._under_way[key] = 1
            self._waiting.append(key)

    def _begin(self, key: Key) -> None:
        conditions = self._conditions
        task = Task(
            key.exercise, self._store.files(key.answer), conditions.seed, str(conditions.cases or ""),
            conditions.grader, conditions.course, conditions.trust, conditions.require_cgroup,
        )  # fmt: skip
        self._grading[self._workers.begin(task)] = key

    def _graded(self, future: "Future[Done]") -> None:
        key = self._grading.pop(future)
        done = future.result()
        if done.verdict is not None:
            self._store.record(key, done.verdict)
            self.tally.graded += 1
        else:
            self._store.record_ungraded(key, done.failure)
            self.tally.ungraded += 1
            if self.tally.ungraded >= _HOPELESS and not self.tally.graded:
                raise CourseError(
                    f"None of the first {_HOPELESS} answers could be graded. The last one: {done.failure}",
                    "This is not the learners' doing. Mend it (`proxylings doctor`), and run the same command again.",
                )
        self.tally.done += self._under_way.pop(key)


def open_(
    entry: Entry, exercises: Sequence[Exercise], known: str, stop: Callable[[], bool]
) -> tuple[Answers, Pile | None]:
    """Read a submission and find each exercise in it; a problem with it is told in words, for each exercise.

    Nothing at all says that the repository stands where it stood: `known`.
    """
    try:
        url, path = entry.url, entry.path
        pile = reading.read(path) if path is not None else repositories.read(url, entry.commit, known, stop=stop)
        if pile is None:
            return {}, None
        return {exercise.id: _answer(exercise, pile, exercises) for exercise in exercises}, pile
    except Unreadable as error:
        told = str(error)
    except Exception as error:  # noqa: BLE001, RUF100 - whatever it is, it costs this submission and no other
        told = f"It could not be read ({type(error).__name__}: {error}). Hand in the exercises/ folder as a .zip."
    return {exercise.id: told for exercise in exercises}, None


def _answer(exercise: Exercise, pile: Pile, exercises: Sequence[Exercise]) -> tuple[str, Mapping[str, bytes]] | str:
    try:
        files = layout.find(exercise, pile, exercises)
    except Unreadable as error:
        return str(error)
    return identity(files), files
