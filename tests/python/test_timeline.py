"""Timelines of threads: what is told is what happened, and a deadlock is named at once, with its circle."""

from collections.abc import Mapping

import pytest

from proxylings.errors import LearnerCodeError
from proxylings.lab import cell, program
from proxylings.lab.lanes import Lanes
from proxylings.lab.outcome import Unexpected
from proxylings.lab.timeline import Timeline, read

TWO_LOCKS = """
use lab::sync::{Arc, Mutex, mpsc};
use lab::thread;
let cache = Arc::new(Mutex::named("cache", 1));
let log = Arc::new(Mutex::new(2));
let (sender, receiver) = mpsc::channel();
let mine = cache.lock().unwrap();
let worker = {
    let (cache, log) = (Arc::clone(&cache), Arc::clone(&log));
    thread::named("worker", move || {
        let held = log.lock().unwrap();
        sender.send(()).unwrap();
        ORDER
        *held + *cache.lock().unwrap()
    })
};
receiver.recv().unwrap();
MINE
let both = *log.lock().unwrap();
worker.join().unwrap();
println!("{both}");
"""
DEADLOCK = TWO_LOCKS.replace("ORDER", "").replace("MINE", "")
# The lock that one thread has is let go before the other one is wanted.
REPAIRED = TWO_LOCKS.replace("ORDER", "").replace("MINE", "drop(mine);")


def ran(source: str) -> tuple[program.Ran, Timeline]:
    done = program.run(source, traced=True)
    assert not done.compiled.errors, done.compiled.errors
    assert done.timeline is not None
    return done, done.timeline


def test_two_locks_in_two_orders_are_a_deadlock_with_its_circle() -> None:
    done, timeline = ran(DEADLOCK)
    assert done.finished is not None
    assert not done.finished.stopped, "the time limit ended it, and not the crate"
    assert sorted(timeline.deadlock.split("; ")) == ["`main` waits for `lock, line 5`", "`worker` waits for `cache`"]
    assert "in a deadlock" in done.ending()
    assert {span.name for span in timeline.spans() if span.kind == "holds"} == {"cache", "lock, line 5"}
    assert "Deadlock: " in Lanes(timeline).to_text()


def test_the_repaired_program_ends_and_its_message_arrives() -> None:
    done, timeline = ran(REPAIRED)
    assert done.ok, done.ending()
    assert done.stdout == "2\n"
    assert timeline.deadlock == ""
    ((sent, received),) = timeline.messages()
    names = [(timeline.threads[timeline.events[at].thread], timeline.events[at].kind) for at in (sent, received)]
    assert names == [("worker", "sends"), ("main", "receives")]
    assert all(span.end < len(timeline.events) for span in timeline.spans()), "somebody waits or holds at the end"


def test_a_lock_that_waits_for_itself_and_a_join_that_waits_for_a_waiter_are_deadlocks() -> None:
    again = 'let m = lab::sync::Mutex::named("m", 0);\nlet _a = m.lock();\nlet _b = m.lock();'
    assert ran(again)[1].deadlock == "`main` waits for `m`"
    join = """
    use lab::sync::{Arc, Mutex};
    let m = Arc::new(Mutex::named("m", 0));
    let held = m.lock();
    let other = Arc::clone(&m);
    let worker = lab::thread::named("worker", move || { let _mine = other.lock(); });
    worker.join().unwrap();
    """
    assert "the end of `worker`" in ran(join)[1].deadlock


def test_readers_are_in_nobodys_way_and_a_writer_waits_for_them() -> None:
    source = """
    use lab::sync::RwLock;
    let routes = RwLock::named("routes", 1);
    let (a, b) = (routes.read().unwrap(), routes.read().unwrap());
    println!("{}", *a + *b);
    let _c = routes.write();
    """
    done, timeline = ran(source)
    assert done.stdout == "2\n"
    assert timeline.deadlock == "`main` waits for `routes`"


def test_without_the_option_a_cell_does_not_know_the_crate() -> None:
    assert program.run("use lab::sync::Mutex;").codes == ["E0433"]


@pytest.mark.parametrize(
    ("source", "line", "error"),
    [
        (DEADLOCK, "--deadlock", None),
        (REPAIRED, "--timeline", None),
        (DEADLOCK, "--timeline", LearnerCodeError),
        (REPAIRED, "--deadlock", Unexpected),
    ],
)
def test_a_cell_shows_the_lanes_and_judges_a_deadlock(
    source: str, line: str, error: type[Exception] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[object] = []
    monkeypatch.setattr(cell, "display", shown.append)
    monkeypatch.setattr("proxylings.lab.mime.display", lambda one: None)
    if error is None:
        cell.rust(line, source)
    else:
        with pytest.raises(error):
            cell.rust(line, source)
    assert [isinstance(one, Lanes) for one in shown] == [True]


def test_a_broken_record_is_read_as_far_as_it_goes() -> None:
    good = "10\t0\tmain\tbegins\t\t\t0\t\n"
    timeline = read(good + "nonsense\n12\tx\n" + "13\t0\tma", lambda line: line)
    assert [event.kind for event in timeline.events] == ["begins"]
    assert Timeline((), ()).spans() == []
    sizes: Mapping[str, int] = {"shown": len(read(good * 1000, lambda line: line).events)}
    assert sizes == {"shown": 200}
