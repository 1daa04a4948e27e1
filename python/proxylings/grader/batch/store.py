"""What a grading run knows, in one SQLite file: who handed in what, each distinct answer once, each verdict once.

Every step is a transaction of its own, so a run that is killed at any moment goes on where it stopped. A verdict
stands under its answer's hash, the exercise and the terms (grader, course, seed, hidden cases, kind of sandbox): the
same answer under the same terms is graded once, however many handed it in.
"""

import contextlib
import fcntl
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from proxylings.errors import CourseError
from proxylings.grader.batch.submissions import Entry, without_password
from proxylings.grader.verdict import Verdict

FILE = "grades.sqlite"
# Each script takes a store from one schema version to the next; the file's user_version says how many it has seen.
_SCRIPTS = (
    """
    CREATE TABLE terms (id INTEGER PRIMARY KEY, grader TEXT NOT NULL, course TEXT NOT NULL, seed INTEGER NOT NULL,
        cases TEXT NOT NULL, guard TEXT NOT NULL, UNIQUE (grader, course, seed, cases, guard));
    CREATE TABLE runs (id INTEGER PRIMARY KEY, terms INTEGER NOT NULL REFERENCES terms, exercises TEXT NOT NULL,
        started TEXT NOT NULL, ended TEXT);
    CREATE TABLE students (student TEXT PRIMARY KEY, run INTEGER NOT NULL, place INTEGER NOT NULL,
        first_name TEXT NOT NULL, last_name TEXT NOT NULL, email TEXT NOT NULL, path TEXT NOT NULL,
        url TEXT NOT NULL, wanted TEXT NOT NULL, submitted REAL, found TEXT NOT NULL);
    CREATE INDEX students_of_a_run ON students (run, place);
    CREATE TABLE handed_in (student TEXT NOT NULL, exercise TEXT NOT NULL, answer TEXT NOT NULL, problem TEXT NOT NULL,
        PRIMARY KEY (student, exercise)) WITHOUT ROWID;
    CREATE TABLE answers (answer TEXT PRIMARY KEY, files BLOB NOT NULL);
    CREATE TABLE verdicts (answer TEXT NOT NULL, exercise TEXT NOT NULL, terms INTEGER NOT NULL, verdict BLOB NOT NULL,
        PRIMARY KEY (answer, exercise, terms));
    CREATE TABLE ungraded (answer TEXT NOT NULL, exercise TEXT NOT NULL, terms INTEGER NOT NULL, reason TEXT NOT NULL,
        PRIMARY KEY (answer, exercise, terms)) WITHOUT ROWID;
    """,
)
SCHEMA = len(_SCRIPTS)


class Terms(msgspec.Struct, frozen=True):
    """What a verdict depends on beside the answer: versions, the random seed, hidden cases, and the kind of sandbox."""

    grader: str
    course: str
    seed: int
    cases: str
    guard: str


@dataclass(frozen=True, slots=True)
class Key:
    """An answer to an exercise, by the answer's hash."""

    answer: str
    exercise: str


@dataclass(frozen=True, slots=True)
class Line:
    """One learner and one exercise: the verdict, or `problem` (theirs), or `ungraded` (ours)."""

    entry: Entry
    submitted: datetime | None
    exercise: str
    answer: str
    verdict: Verdict | None
    problem: str
    ungraded: str


class Store:
    """The store in `folder`, for one process at a time. Used from one thread."""

    def __init__(self, folder: Path) -> None:
        """Open the store, make it where there is none, and bring an older one up to date."""
        self.folder = folder
        with self._told():
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = (folder / ".lock").open("w")
            self._claim()
            self._db = sqlite3.connect(folder / FILE, isolation_level=None)
            self._migrate()
        self._run = self._terms = 0

    def close(self) -> None:
        """Fold the log into the file, and let others in."""
        with contextlib.suppress(sqlite3.Error):
            self._db.close()
        self._lock.close()

    def seed(self) -> int | None:
        """Return the seed of the last run, so that going on with it compares like with like."""
        row = self._db.execute(
            "SELECT seed FROM runs JOIN terms ON terms.id = runs.terms ORDER BY runs.id DESC LIMIT 1"
        ).fetchone()
        return None if row is None else int(row[0])

    def begin(self, terms: Terms, exercises: list[str]) -> None:
        """Begin a run under `terms`."""
        values = msgspec.structs.astuple(terms)
        with self._change() as db:
            db.execute(
                "INSERT OR IGNORE INTO terms (grader, course, seed, cases, guard) VALUES (?, ?, ?, ?, ?)", values
            )
            found = db.execute(
                "SELECT id FROM terms WHERE (grader, course, seed, cases, guard) = (?, ?, ?, ?, ?)", values
            )
            self._terms = int(found.fetchone()[0])
            run = db.execute(
                "INSERT INTO runs (terms, exercises, started) VALUES (?, ?, ?)",
                (self._terms, " ".join(exercises), _now()),
            )
            self._run = int(run.lastrowid or 0)

    def end(self) -> None:
        """Note that the run has come to its end."""
        with self._change() as db:
            db.execute("UPDATE runs SET ended = ? WHERE id = ?", (_now(), self._run))

    def found_at(self, entry: Entry) -> str:
        """Return the commit at which this repository was read before; "" when it was not, or not for all exercises."""
        row = self._db.execute(
            "SELECT found FROM students WHERE student = ? AND url = ? AND wanted = ?",
            (entry.student, without_password(entry.url), entry.commit),
        ).fetchone()
        return "" if row is None else str(row[0])

    def keep(self, place: int, entry: Entry) -> None:
        """Note that a submission stands as it was read before; who it is of may be known better."""
        with self._change() as db:
            db.execute(
                "UPDATE students SET run = ?, place = ?, first_name = ?, last_name = ?, email = ? WHERE student = ?",
                (self._run, place, entry.first_name, entry.last_name, entry.email, entry.student),
            )

    def hand_in(
        self,
        place: int,
        entry: Entry,
        answers: Mapping[str, tuple[str, Mapping[str, bytes]] | str],
        submitted: float | None = None,
        found: str = "",
    ) -> None:
        """Note what a learner handed in: for each exercise the answer's hash and files, or what is wrong with it."""
        path = str(entry.path or "").encode("utf-8", "replace").decode()  # a path may hold bytes that are no text
        with self._change() as db:
            db.execute(
                "INSERT OR REPLACE INTO students VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (entry.student, self._run, place, entry.first_name, entry.last_name, entry.email, path,
                 without_password(entry.url), entry.commit, submitted, found),
            )  # fmt: skip
            for exercise, answer in answers.items():
                problem = answer if isinstance(answer, str) else ""
                name = "" if isinstance(answer, str) else answer[0]
                db.execute(
                    "INSERT OR REPLACE INTO handed_in VALUES (?, ?, ?, ?)", (entry.student, exercise, name, problem)
                )
                if not isinstance(answer, str):
                    self._remember(*answer)

    def handed_in(self, student: str, exercise: str) -> str | None:
        """Return the hash of a learner's answer, "" when there is none to grade, None when it was never looked at."""
        row = self._db.execute(
            "SELECT answer FROM handed_in WHERE student = ? AND exercise = ?", (student, exercise)
        ).fetchone()
        return None if row is None else str(row[0])

    def remember(self, answer: str, files: Mapping[str, bytes]) -> None:
        """Keep an answer that nobody handed in: one of the course's own wrong answers."""
        with self._change():
            self._remember(answer, files)

    def files(self, answer: str) -> dict[str, bytes]:
        """Return the files of an answer."""
        (packed,) = self._db.execute("SELECT files FROM answers WHERE answer = ?", (answer,)).fetchone()
        return msgspec.msgpack.decode(zlib.decompress(packed), type=dict[str, bytes])

    def verdict(self, key: Key) -> Verdict | None:
        """Return the verdict on an answer under this run's terms."""
        row = self._db.execute(
            "SELECT verdict FROM verdicts WHERE (answer, exercise, terms) = (?, ?, ?)",
            (key.answer, key.exercise, self._terms),
        ).fetchone()
        return None if row is None else msgspec.json.decode(row[0], type=Verdict)

    def has(self, key: Key) -> bool:
        """Return whether there is a verdict on an answer under this run's terms."""
        query = "SELECT 1 FROM verdicts WHERE (answer, exercise, terms) = (?, ?, ?)"
        return self._db.execute(query, (key.answer, key.exercise, self._terms)).fetchone() is not None

    def record(self, key: Key, verdict: Verdict) -> None:
        """Keep a verdict; the first one stands."""
        values = (key.answer, key.exercise, self._terms)
        with self._change() as db:
            db.execute("INSERT OR IGNORE INTO verdicts VALUES (?, ?, ?, ?)", (*values, msgspec.json.encode(verdict)))
            db.execute("DELETE FROM ungraded WHERE (answer, exercise, terms) = (?, ?, ?)", values)

    def record_ungraded(self, key: Key, reason: str) -> None:
        """Keep why an answer could not be graded; the next run tries again."""
        with self._change() as db:
            db.execute(
                "INSERT OR REPLACE INTO ungraded VALUES (?, ?, ?, ?)", (key.answer, key.exercise, self._terms, reason)
            )

    def lines(self, exercises: list[str]) -> Iterator[Line]:
        """Give every learner of this run with each exercise, in the order of the submissions, one at a time."""
        students = self._db.execute(
            "SELECT student, first_name, last_name, email, path, url, wanted, submitted, found FROM students "
            "WHERE run = ? ORDER BY place",
            (self._run,),
        )
        for student, first, last, email, path, url, wanted, submitted, found in students:
            entry = Entry(student, Path(path) if path else None, url, found or wanted, first, last, email)
            when = None if submitted is None else datetime.fromtimestamp(submitted, UTC)
            for exercise in exercises:
                yield self._line(entry, when, exercise)

    def count(self) -> int:
        """Return how many verdicts there are under this run's terms."""
        query = "SELECT count(*) FROM verdicts WHERE terms = ?"
        return int(self._db.execute(query, (self._terms,)).fetchone()[0])

    def _line(self, entry: Entry, submitted: datetime | None, exercise: str) -> Line:
        row = self._db.execute(
            "SELECT handed_in.answer, problem, verdict, reason FROM handed_in "
            "LEFT JOIN verdicts v ON (v.answer, v.exercise, v.terms) = (handed_in.answer, handed_in.exercise, ?) "
            "LEFT JOIN ungraded u ON (u.answer, u.exercise, u.terms) = (handed_in.answer, handed_in.exercise, ?) "
            "WHERE student = ? AND handed_in.exercise = ?",
            (self._terms, self._terms, entry.student, exercise),
        ).fetchone()
        answer, problem, verdict, reason = row or ("", "", None, "")
        decoded = None if verdict is None else msgspec.json.decode(verdict, type=Verdict)
        ungraded = reason or ("" if decoded or problem else "the run ended before its turn")
        return Line(entry, submitted, exercise, answer, decoded, problem, "" if decoded else ungraded)

    def _remember(self, answer: str, files: Mapping[str, bytes]) -> None:
        packed = zlib.compress(msgspec.msgpack.encode(dict(files)))
        self._db.execute("INSERT OR IGNORE INTO answers VALUES (?, ?)", (answer, packed))

    @contextlib.contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        """Make a change as a whole or not at all."""
        with self._told():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                # SQLite rolls back by itself when the disk is full.
                with contextlib.suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise CourseError(
                f"{self.folder} can't be written: {told}.",
                "Every verdict so far is kept. Free some disk space, or make the folder writable, "
                "and run the same command again.",
            ) from error

    def _claim(self) -> None:
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._lock.close()
            raise CourseError(
                f"Another `proxylings grade` is writing to {self.folder}.", "Wait for its end, or choose another --out."
            ) from error

    def _migrate(self) -> None:
        try:
            (version,) = self._db.execute("PRAGMA user_version").fetchone()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            raise CourseError(
                f"{self.folder / FILE} is not a store of grades: {error}.", "Move it away, or choose another --out."
            ) from error
        if version > SCHEMA:
            raise CourseError(
                f"{self.folder / FILE} was written by a newer proxylings: its form is {version}, ours is {SCHEMA}.",
                "Update proxylings, or choose another --out.",
            )
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        for number, script in enumerate(_SCRIPTS[version:], start=version + 1):
            self._db.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
