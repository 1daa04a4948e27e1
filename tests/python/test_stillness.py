"""A deadlock is named as one, within two seconds and with what each thread waits for; nothing else is called one."""

import sys
from pathlib import Path

import pytest

from proxylings.course import Desk
from proxylings.grader.check import Answer, check
from proxylings.grader.verdict import TestResult

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="threads are looked at in /proc")

WITHIN = 2.0

DRILL = """
#[allow(unused_imports)] use std::sync::{Arc, Barrier, Condvar, Mutex, mpsc};
#[allow(unused_imports)] use std::{io::Read, net::TcpListener, thread, time::Duration};
#[cfg(test)]
mod tests {
    #[test]
    fn others_go_on() {}
    #[test]
    fn stands_still() { super::answer(); }
}
"""
TOKIO = """
#[allow(unused_imports)] use std::{sync::Arc, time::Duration};
#[tokio::test]
async fn others_go_on() {}
#[tokio::test]
async fn stands_still() { answer().await }
"""


def of_drill(desk: Desk, folder: Path, code: str) -> list[TestResult]:
    source = folder / "drill.rs"
    source.write_text(DRILL + code)
    verdict = check(desk, Answer(desk.exercise("00-tour/first_green"), source, source))
    assert verdict.tests, verdict.says()
    return list(verdict.tests)


def of_tokio(desk: Desk, folder: Path, code: str) -> list[TestResult]:
    """Check tests with tokio, as those of part 10 are; the part itself is empty."""
    source, tests = folder / "lib.rs", folder / "tests.rs"
    source.write_text("//! Nothing.\n")
    tests.write_text(TOKIO + code)
    verdict = check(desk, Answer(desk.exercise("10-pool"), source, tests))
    assert verdict.tests, verdict.says()
    return list(verdict.tests)


TWO_LOCKS = """
pub fn answer() {
    let (cups, plates) = (Arc::new(Mutex::new(0)), Arc::new(Mutex::new(0)));
    let both = Arc::new(Barrier::new(2));
    let start = |name: &str, first: &Arc<Mutex<i32>>, second: &Arc<Mutex<i32>>| {
        let (first, second, both) = (first.clone(), second.clone(), both.clone());
        let work = move || { let _one = first.lock(); both.wait(); let _other = second.lock(); };
        thread::Builder::new().name(name.into()).spawn(work).unwrap()
    };
    let workers = [start("waiter", &cups, &plates), start("cook", &plates, &cups)];
    for worker in workers { worker.join().unwrap(); }
}
"""
ONE_LOCK = "pub fn answer() { let cups = Mutex::new(0); let _kept = cups.lock(); let _again = cups.lock(); }"
JOIN = """
pub fn answer() {
    let (sender, receiver) = mpsc::channel::<u8>();
    let cook = thread::Builder::new().name("cook".into()).spawn(move || receiver.recv()).unwrap();
    let _ = cook.join();
    drop(sender);
}
"""
SENDER_KEPT = """
pub fn answer() {
    let (sender, receiver) = mpsc::channel::<u8>();
    let other = sender.clone();
    thread::spawn(move || other.send(1));
    let total: u8 = receiver.iter().sum();
    drop(sender);
    assert_eq!(total, 1);
}
"""
CONDITION = """
pub fn answer() {
    let (ready, changed) = (Mutex::new(false), Condvar::new());
    let _guard = changed.wait_while(ready.lock().unwrap(), |ready| !*ready);
}
"""
SOCKET = """
pub fn answer() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let _client = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let _ = listener.accept().unwrap().0.read(&mut [0; 8]);
}
"""


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (TWO_LOCKS, ["thread `waiter` waits for", "lock", "thread `cook` waits for another lock", "nobody runs"]),
        (ONE_LOCK, ["the test waits for a lock", "nobody is left to wake it"]),
        (JOIN, ["the test waits for thread `cook` to end", "thread `cook` waits for a message"]),
        (SENDER_KEPT, ["the test waits for a message"]),
        (CONDITION, ["the test waits for a notification"]),
        (SOCKET, ["the test waits for something to read"]),
    ],
    ids=["two locks", "one lock twice", "join", "a sender that is kept", "condition variable", "socket"],
)
def test_a_deadlock_of_threads_is_named(desk: Desk, tmp_path: Path, code: str, said: list[str]) -> None:
    well, still = of_drill(desk, tmp_path, code)
    assert (well.status, still.status) == ("pass", "timeout")
    assert still.message.startswith("A deadlock: ")
    assert [words for words in said if words not in still.message] == [], still.message
    assert still.seconds < WITHIN


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("async fn answer() { tokio::sync::Notify::new().notified().await }", "events, without a timer"),
        (
            "async fn answer() { let m = tokio::sync::Mutex::new(0); let _kept = m.lock().await; m.lock().await; }",
            "events, without a timer",
        ),
    ],
    ids=["a notification that nobody sends", "an asynchronous lock taken twice"],
)
def test_a_deadlock_of_tasks_is_named(desk: Desk, tmp_path: Path, code: str, said: str) -> None:
    well, still = of_tokio(desk, tmp_path, code)
    assert (well.status, still.status) == ("pass", "timeout")
    assert still.message.startswith("A deadlock: ")
    assert said in still.message
    assert still.seconds < WITHIN


@pytest.mark.parametrize(
    "code",
    [
        "pub fn answer() { thread::sleep(Duration::from_millis(1500)); }",
        "pub fn answer() { let end = std::time::Instant::now() + Duration::from_millis(1500);"
        "while std::time::Instant::now() < end { std::hint::spin_loop() } }",
        'pub fn answer() { assert!(std::process::Command::new("sleep").arg("1.5").status().unwrap().success()); }',
        "pub fn answer() { let (sender, receiver) = mpsc::channel::<u8>(); let _kept = sender;"
        "let _ = receiver.recv_timeout(Duration::from_millis(1500)); }",
        "pub fn answer() { let sleeper = thread::spawn(|| thread::sleep(Duration::from_millis(1500)));"
        "sleeper.join().unwrap(); }",
    ],
    ids=["sleep", "compute", "a child", "a wait with a limit", "join of one who sleeps"],
)
def test_who_takes_time_is_no_deadlock(desk: Desk, tmp_path: Path, code: str) -> None:
    assert [test.status for test in of_drill(desk, tmp_path, code)] == ["pass", "pass"]


def test_a_timer_of_the_runtime_is_no_deadlock(desk: Desk, tmp_path: Path) -> None:
    code = "async fn answer() { tokio::time::sleep(Duration::from_millis(1500)).await }"
    assert [test.status for test in of_tokio(desk, tmp_path, code)] == ["pass", "pass"]
