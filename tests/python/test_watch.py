"""The watcher: every way in which an editor, or git, puts new bytes into a file."""

import os
import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import watchfiles

from proxylings import watch

LONGEST = 20  # seconds until a change that nobody reports counts as lost
Reports = queue.Queue[frozenset[Path]]


@pytest.fixture
def begin() -> Iterator[Callable[..., Reports]]:
    """Start watchers in threads, and see that each of them ends when it is told to."""
    stop = threading.Event()
    threads: list[threading.Thread] = []

    def start(*paths: Path) -> Reports:
        reports: Reports = queue.Queue()
        since = watch.snapshot(paths)
        thread = threading.Thread(target=lambda: watch.watch(paths, reports.put, stop, since=since), daemon=True)
        thread.start()
        threads.append(thread)
        return reports

    yield start
    stop.set()
    for thread in threads:
        thread.join(LONGEST)
        assert not thread.is_alive()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "drills" / "greet.rs"
    path.parent.mkdir()
    path.write_text("one", encoding="utf-8")
    return path


def test_sees_a_file_that_is_written_in_place(begin: Callable[..., Reports], file: Path) -> None:
    reports = begin(file)
    file.write_text("two and more", encoding="utf-8")
    assert reports.get(timeout=LONGEST) == {file}


def test_sees_a_file_that_is_replaced_by_renaming(begin: Callable[..., Reports], file: Path) -> None:
    reports = begin(file)
    for text in ("two", "three"):
        other = file.with_name(".greet.rs.swp")
        other.write_text(text, encoding="utf-8")
        other.replace(file)
        assert reports.get(timeout=LONGEST) == {file}


def test_sees_a_file_that_is_deleted_and_comes_back(begin: Callable[..., Reports], file: Path) -> None:
    reports = begin(file)
    file.unlink()
    assert reports.get(timeout=LONGEST) == {file}
    file.write_text("again", encoding="utf-8")
    assert reports.get(timeout=LONGEST) == {file}


def test_sees_a_folder_that_is_deleted_and_comes_back(begin: Callable[..., Reports], file: Path) -> None:
    reports = begin(file)
    file.unlink()
    file.parent.rmdir()
    assert reports.get(timeout=LONGEST) == {file}
    file.parent.mkdir()
    file.write_text("again", encoding="utf-8")
    assert reports.get(timeout=LONGEST) == {file}


def test_a_folder_stands_for_its_rust_files(begin: Callable[..., Reports], file: Path) -> None:
    reports = begin(file.parent)
    (file.parent / "4913").write_text("an editor's probe", encoding="utf-8")
    added = file.parent / "words" / "mod.rs"
    added.parent.mkdir()
    added.write_text("//! Words.", encoding="utf-8")
    assert reports.get(timeout=LONGEST) == {added}


def test_other_files_of_the_folder_are_none_of_its_business(begin: Callable[..., Reports], file: Path) -> None:
    reports = begin(file)
    file.with_name("other.rs").write_text("x", encoding="utf-8")
    file.write_text("two", encoding="utf-8")
    assert reports.get(timeout=LONGEST) == {file}
    assert reports.empty()


def test_reports_what_changed_before_it_began(file: Path) -> None:
    stop = threading.Event()
    reports: Reports = queue.Queue()
    since = watch.snapshot([file])
    file.write_text("two", encoding="utf-8")

    def report(changed: frozenset[Path]) -> None:
        reports.put(changed)
        stop.set()

    watch.watch([file], report, stop, since=since)
    assert reports.get_nowait() == {file}


def test_polls_when_it_is_told_to(begin: Callable[..., Reports], file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    used = record_polling(monkeypatch)
    monkeypatch.setenv("PROXYLINGS_POLL", "1")
    reports = begin(file)
    file.write_text("two", encoding="utf-8")
    assert reports.get(timeout=LONGEST) == {file}
    assert used.get(timeout=LONGEST) is True


def test_turns_to_polling_when_no_event_comes(
    begin: Callable[..., Reports], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = record_polling(monkeypatch, deaf=True)
    reports = begin(file)
    assert used.get(timeout=LONGEST) is None
    file.write_text("two", encoding="utf-8")
    assert reports.get(timeout=LONGEST) == {file}
    assert used.get(timeout=LONGEST) is True
    os.utime(file, (1, 1))
    assert reports.get(timeout=LONGEST) == {file}


def record_polling(monkeypatch: pytest.MonkeyPatch, *, deaf: bool = False) -> "queue.Queue[bool | None]":
    """Note how watchfiles is called; `deaf` gives it no events, as NFS does."""
    used: queue.Queue[bool | None] = queue.Queue()
    real = watchfiles.watch

    def spy(*paths: Path, **options: object) -> Iterator[object]:
        used.put(options["force_polling"])  # type: ignore[arg-type]  # the options pass through untyped
        for events in real(*paths, **options):  # type: ignore[arg-type]  # as above
            yield set() if deaf and not options["force_polling"] else events

    monkeypatch.setattr(watchfiles, "watch", spy)
    return used
