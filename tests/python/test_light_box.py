"""The light box around a learner's own tests: no files of theirs, nothing to write to, no network; and no refusal."""

import secrets
import socket
from pathlib import Path

import pytest

from proxylings.course import find_desk
from proxylings.grader import check
from proxylings.grader.sandbox import light
from proxylings.grader.verdict import Verdict
from tests.conftest import missing
from tests.python.answers import place

DESK = find_desk(Path(__file__).parents[2])
DRILL = DESK.exercise("00-tour/first_green")
TESTS = """
#[cfg(test)]
mod tests {
    #[test]
    fn reaches_nothing() {
        assert!(std::fs::read_to_string("SECRET").is_err(), "it reads the home");
        assert!(std::fs::write("ELSEWHERE", "x").is_err(), "it writes where it likes");
        assert!(std::net::TcpStream::connect("LISTENER").is_err(), "it reaches the network");
        std::fs::write("mine", "x").expect("its own folder is its own");
    }
}
"""


@pytest.fixture
def boxed() -> None:
    if light.backend() != light.BACKEND:
        missing("bubblewrap makes no box here")


def checked(body: str, folder: Path) -> Verdict:
    return check.check(DESK, place(DESK, DRILL, body, folder))


def test_a_learners_test_reaches_no_file_of_theirs_and_no_network(
    boxed: None, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = Path.home() / f".proxylings-test-{secrets.token_hex(8)}"
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "file"
    secret.write_text("secret")
    try:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            address = f"127.0.0.1:{listener.getsockname()[1]}"
            body = TESTS.replace("SECRET", str(secret)).replace("ELSEWHERE", str(elsewhere))
            verdict = checked(body.replace("LISTENER", address), tmp_path)
    finally:
        secret.unlink()
    assert verdict.passed, verdict.says()
    assert verdict.backend == light.BACKEND
    assert not elsewhere.exists()


def test_a_signal_is_told_as_without_a_box(boxed: None, tmp_path: Path) -> None:
    body = "#[cfg(test)] mod tests { #[test] fn aborts() { std::process::abort() } }"
    verdict = checked(body, tmp_path)
    assert verdict.status == "crashed"
    assert "SIGABRT" in verdict.says()


def test_where_no_box_can_be_had_the_tests_run_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(light, "_PROGRAM", "no-such-bwrap")
    light._works.cache_clear()
    try:
        assert light.boxed(tmp_path) == []
        verdict = checked("#[cfg(test)] mod tests { #[test] fn passes() {} }", tmp_path)
    finally:
        light._works.cache_clear()
    assert verdict.passed
    assert verdict.backend == light.BARE
