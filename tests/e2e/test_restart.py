"""A restart without a lost request: a successor gets the listening sockets, and the old process finishes what runs.

What is promised. A new connection is served by one process or the other. A connection that is open stays with the old
process: its next answer says `Connection: close`, and it may wait for half of drain_ms before it brings that request.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest

from proxylings import running as proxylings_running
from tests.e2e.loopback import OK, PATIENCE, Cut, Peer, Proxy, Response, Wire, fake_upstream, running
from tests.e2e.programs import ROOT, StartProxy, built
from tests.e2e.test_admin import ADMIN, ask, asking, told

GET = b"GET /bytes/1000 HTTP/1.1\r\nHost: a\r\n\r\n"

Status = dict[str, object]

T = TypeVar("T")


@pytest.fixture
def start(start_proxy: StartProxy) -> Iterator[Callable[..., Proxy]]:
    """Give a function that starts a proxy; its standard input ends every successor, and the test waits for that."""
    started: list[Proxy] = []

    def begin(*arguments: str) -> Proxy:
        proxy = start_proxy(*ADMIN, "--stop-on-stdin-eof", *arguments, stdin=subprocess.PIPE)
        started.append(proxy)
        return proxy

    yield begin
    for proxy in started:
        end(proxy)


def within(read: Callable[[], T]) -> T:
    """Read from a pipe that other processes hold as well, so that its end is no deadline."""
    got: list[T] = []
    reader = threading.Thread(target=lambda: got.append(read()), daemon=True)
    reader.start()
    reader.join(PATIENCE)
    assert got, "nothing came"
    return got[0]


def end(proxy: Proxy) -> None:
    """Close the standard input of all generations; standard output ends with the last of them."""
    assert proxy.process.stdin is not None
    assert proxy.process.stdout is not None
    proxy.process.stdin.close()
    within(proxy.process.stdout.read)


def status(proxy: Proxy) -> Status:
    """Read the status page of whoever answers at the admin listener."""
    value = json.loads(ask(proxy.admin, "/status")[1])
    assert isinstance(value, dict)
    return value


def restart(proxy: Proxy) -> int:
    """Restart, and wait until the successor says that it listens where the first one did; give its id."""
    code, text = ask(proxy.admin, "/restart", "POST")
    assert code == 200, text
    line = within(proxy.line)
    pid = line["pid"]
    assert isinstance(pid, int)
    assert text == f"process {pid} takes over\n"
    assert (line["event"], line["url"], line["admin"]) == ("listening", proxy.url, proxy.admin)
    return pid


@dataclass
class Load:
    """Clients that ask without a pause. None of them asks twice for the same: what fails is a failure."""

    proxy: Proxy
    done: threading.Event = field(default_factory=threading.Event)
    failures: list[str] = field(default_factory=list)
    servers: set[str] = field(default_factory=set)
    answers: list[int] = field(default_factory=list)
    news: threading.Condition = field(default_factory=threading.Condition)

    def note(self, client: int, response: Response) -> None:
        """Count an answer, and say whose it was: each process has a name of its own in Via."""
        with self.news:
            self.answers[client] += 1
            self.servers.add(response.one("Via") or "")
            if (response.status, len(response.body)) != (200, 1000):
                self.failures.append(f"status {response.status}, {len(response.body)} bytes")
            self.news.notify_all()

    def run(self, client: int, *, keep: bool) -> None:
        """Ask until the test is over; a kept connection is left when an answer says `Connection: close`."""
        try:
            while not self.done.is_set():
                with self.proxy.connect() as wire:
                    while not self.done.is_set():
                        wire.send(GET)
                        response = wire.response()
                        self.note(client, response)
                        if not keep or response.one("Connection") == "close":
                            break
        except (Cut, OSError, AssertionError) as error:
            with self.news:
                self.failures.append(f"client {client}, keep: {keep}: {error!r}")
                self.news.notify_all()

    def go_on(self) -> None:
        """Wait until every client has 20 more answers."""
        with self.news:
            wanted = [count + 20 for count in self.answers]
            went_on = self.news.wait_for(
                lambda: self.failures or all(got >= want for got, want in zip(self.answers, wanted, strict=True)),
                PATIENCE,
            )
            assert went_on, f"some clients stand still: {self.answers}, wanted {wanted}"


@contextmanager
def load(proxy: Proxy, clients: int) -> Iterator[Load]:
    """Put load on the proxy for the length of a block: half of the clients keep their connection."""
    it = Load(proxy, answers=[0] * clients)
    threads = [
        threading.Thread(target=it.run, args=(number,), kwargs={"keep": number % 2 == 0}, daemon=True)
        for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    try:
        it.go_on()
        yield it
        it.go_on()
    finally:
        it.done.set()
        for thread in threads:
            thread.join(PATIENCE)


def test_three_restarts_under_load_lose_no_request(start: Callable[..., Proxy]) -> None:
    """New connections and kept ones: each request is answered once, by one of the four processes."""
    proxy = start()
    pids = [proxy.process.pid]
    with load(proxy, 8) as clients:
        for _ in range(3):
            pids.append(restart(proxy))
            clients.go_on()
    assert clients.failures == []
    assert len(set(pids)) == len(clients.servers) == 4, (pids, clients.servers)
    assert proxy.process.wait(PATIENCE) == 0
    after = status(proxy)
    assert (after["pid"], after["draining"]) == (pids[-1], False)
    assert after["restart"] == {"predecessor": pids[-2], "last": None}


def test_the_load_generator_sees_no_failure_either(start: Callable[..., Proxy]) -> None:
    """Another client, which counts connections that could not be made and answers that were cut."""
    generator = built(ROOT / "Cargo.toml", "load", "--locked")
    proxy = start()
    with asking(proxy.admin, "/events") as events:
        command = [str(generator), proxy.url + "/bytes/1024", "--connections", "8", "--seconds", "2"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            next(event for event in told(events) if event["event"] == "request")
            for _ in range(3):
                restart(proxy)
            figures = json.loads(process.communicate(timeout=20)[0])
    assert figures["errors"] == dict.fromkeys(("connect", "cut", "io", "malformed", "status", "unanswered"), 0)
    assert figures["requests"] > 100, figures


def slow_then_ok(peer: Peer) -> None:
    """Answer the first connection by halves; the others at once."""
    peer.request()
    if peer.number == 1:
        peer.wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")
        peer.upstream.release.wait(PATIENCE)
        peer.wire.send(b"world")
    else:
        peer.wire.send(OK)


def test_a_long_download_runs_to_its_end_in_the_old_process(start: Callable[..., Proxy]) -> None:
    """The old process stays for it, and then ends by itself with exit code 0."""
    with fake_upstream(slow_then_ok) as upstream:
        proxy = start("--upstream", upstream.url, "--drain-ms", "60000")
        with proxy.connect() as download:
            download.send(GET)
            download.head()
            assert download.exactly(5) == b"hello"
            pid = restart(proxy)
            assert status(proxy)["pid"] == pid, "operators talk to the new process"
            assert proxy.ask(GET).body == b"ok", "clients, too"
            assert proxy.process.poll() is None
            upstream.release.set()
            assert download.exactly(5) == b"world"
        assert proxy.process.wait(PATIENCE) == 0


def test_an_idle_connection_may_bring_one_more_request(start: Callable[..., Proxy]) -> None:
    """It is answered by the process that has the connection, with `Connection: close`."""
    proxy = start("--drain-ms", "60000")
    with proxy.connect() as kept, proxy.connect() as fresh:
        kept.send(GET)
        before = kept.response()
        restart(proxy)
        for wire in (kept, fresh):
            wire.send(GET)
            response = wire.response()
            assert (response.status, response.one("Connection")) == (200, "close")
            assert response.one("Via") == before.one("Via"), "the old process has this connection"
            assert wire.is_closed()
    assert proxy.process.wait(PATIENCE) == 0


def test_an_idle_connection_closes_after_half_of_the_deadline(start: Callable[..., Proxy]) -> None:
    """So that a silent client does not make the stop a cut."""
    proxy = start("--drain-ms", "600")
    with proxy.connect() as idle:
        idle.send(GET)
        assert idle.response().status == 200
        restart(proxy)
        assert idle.is_closed()
    assert proxy.process.wait(PATIENCE) == 0


def test_a_stop_after_a_restart_does_not_wait_for_idle_connections(start: Callable[..., Proxy]) -> None:
    proxy = start("--drain-ms", "60000")
    with proxy.connect() as idle:
        idle.send(GET)
        assert idle.response().status == 200
        restart(proxy)
        proxy.process.send_signal(signal.SIGTERM)
        assert idle.is_closed()
    assert proxy.process.wait(PATIENCE) == 0


def test_a_signal_restarts_and_events_tell_of_it(start: Callable[..., Proxy]) -> None:
    """The last thing that the old process tells its listeners is who takes over."""
    proxy = start()
    with asking(proxy.admin, "/events") as events:
        proxy.process.send_signal(signal.SIGUSR2)
        pid = within(proxy.line)["pid"]
        event = list(told(events))[-1]
    assert (event["event"], event["outcome"], event["pid"], event["error"]) == ("restarted", "takes-over", pid, None)
    assert proxy.process.wait(PATIENCE) == 0
    assert proxy.process.stderr is not None
    assert f"process {pid} takes over" in within(proxy.process.stderr.readline)


def test_a_successor_that_cannot_start_changes_nothing(start: Callable[..., Proxy], tmp_path: Path) -> None:
    """The operator reads what is wrong with the new settings; once they are mended, the restart works."""
    file = tmp_path / "proxy.toml"
    good = 'listen = "127.0.0.1:0"\nlabel = "first"\n'
    file.write_text(good)
    proxy = start("--config", str(file))
    with proxy.connect() as kept:
        for text, words in (
            (good + "[timeouts]\nhead_s = 1\n", f"{file}:4:1: unknown field `head_s`"),
            (good + 'rules = "nowhere.toml"\n', "nowhere.toml: it can't be read"),
        ):
            file.write_text(text)
            code, answer = ask(proxy.admin, "/restart", "POST")
            assert code == 409, answer
            assert words in answer
            now = status(proxy)
            assert (now["pid"], now["draining"]) == (proxy.process.pid, False)
            last = now["restart"]
            assert isinstance(last, dict)
            assert last["last"]["outcome"] == "failed"
            assert words in last["last"]["error"]
            kept.send(GET)
            response = kept.response()
            assert (response.status, response.one("Connection")) == (200, None)
    file.write_text(good.replace("first", "second"))
    restart(proxy)
    assert "second" in (proxy.ask(GET).one("Via") or "")


def test_a_restart_starts_what_stands_at_the_path_now(binary: Path, tmp_path: Path) -> None:
    """A new version has taken the file's place: it runs. Without the file, the old process goes on and says so."""
    program = tmp_path / "proxy"
    shutil.copy(binary, program)
    with running(program, *ADMIN, "--stop-on-stdin-eof", stdin=subprocess.PIPE) as proxy:
        program.unlink()
        code, answer = ask(proxy.admin, "/restart", "POST")
        assert (code, f"cannot start {program}: " in answer) == (409, True), answer
        program.write_text("#!/bin/sh\nexit 7\n")
        program.chmod(0o755)
        code, answer = ask(proxy.admin, "/restart", "POST")
        assert (code, "exit status: 7" in answer) == (409, True), answer
        program.unlink()
        shutil.copy(binary, program)
        restart(proxy)
        assert proxy.ask(GET).status == 200
        end(proxy)


def test_a_successor_that_is_too_late_is_ended(start: Callable[..., Proxy], tmp_path: Path) -> None:
    """It waits for its rules, which nobody writes; the old process serves on."""
    proxy, rules = with_rules(start, tmp_path, "--ready-ms", "300")
    rules.unlink()
    os.mkfifo(rules)
    code, answer = ask(proxy.admin, "/restart", "POST")
    assert code == 504, answer
    words = answer.split()
    late = words[words.index("process", 5) + 1]
    assert "was not ready within 300 ms" in answer
    assert not Path(f"/proc/{late}").exists(), "the successor was left behind"
    assert proxy.ask(GET).status == 200
    assert status(proxy)["pid"] == proxy.process.pid


def test_a_second_restart_waits_for_the_end_of_the_first(start: Callable[..., Proxy], tmp_path: Path) -> None:
    """A successor that is slow, and in time: while it gets ready, another restart is refused."""
    proxy, rules = with_rules(start, tmp_path)
    good = rules.read_text()
    rules.unlink()
    os.mkfifo(rules)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(ask, proxy.admin, "/restart", "POST")
        # Opening waits until the successor reads.
        with rules.open("w") as pipe:
            code, answer = ask(proxy.admin, "/restart", "POST")
            assert (code, "under way" in answer) == (409, True), answer
            assert proxy.ask(GET).status == 200
            pipe.write(good)
        assert first.result(PATIENCE)[0] == 200
    assert within(proxy.line)["url"] == proxy.url


def with_rules(start: Callable[..., Proxy], folder: Path, *options: str) -> tuple[Proxy, Path]:
    """Start a proxy with a rule file; give both."""
    rules, file = folder / "rules.toml", folder / "proxy.toml"
    rules.write_text(BLOCK)
    file.write_text('listen = "127.0.0.1:0"\nrules = "rules.toml"\n')
    return start("--config", str(file), *options), rules


BLOCK = '[[block]]\npath = "/admin/"\n'


def test_a_hangup_reads_the_rules_anew(start: Callable[..., Proxy], tmp_path: Path) -> None:
    """Good rules take effect; with bad ones, those before stay, and the operator is told where the mistake is."""
    proxy, rules = with_rules(start, tmp_path)
    private = b"GET /private/ HTTP/1.1\r\nHost: a\r\n\r\n"
    assert proxy.ask(private).status == 404
    for text, error in ((BLOCK.replace("/admin/", "/private/"), None), ("[[block]]\npfad = 1\n", f"{rules}:2:1: ")):
        rules.write_text(text)
        with asking(proxy.admin, "/events") as events:
            proxy.process.send_signal(signal.SIGHUP)
            event = next(event for event in told(events) if event["event"] == "reloaded")
        said = event["error"]
        assert (said is None) if error is None else (isinstance(said, str) and said.startswith(error)), event
        assert proxy.ask(private).status == 403
    assert proxy.process.stderr is not None
    assert "1 rules are in force" in within(proxy.process.stderr.readline)
    assert f"the rules stay as they were: {rules}:2:1: " in within(proxy.process.stderr.readline)


BECOME = """
import os, sys
descriptors, program = map(int, sys.argv[1].split(",")), sys.argv[2]
# Copies lie above all others first, so that no one is overwritten.
for place, copy in enumerate([os.dup2(it, 100 + it) for it in descriptors], 3):
    os.dup2(copy, place)
os.environ.setdefault("LISTEN_PID", str(os.getpid()))
os.execv(program, sys.argv[2:])
"""


@contextmanager
def activated(
    binary: Path, sockets: list[socket.socket], *arguments: str, **variables: str
) -> Iterator[subprocess.Popen[str]]:
    """Run the proxy as a process manager does: sockets from descriptor 3 on, and their number in the environment."""
    descriptors = [it.fileno() for it in sockets]
    environment = {**os.environ, "LISTEN_FDS": str(len(sockets)), **variables}
    with subprocess.Popen(
        [sys.executable, "-c", BECOME, ",".join(map(str, descriptors)), str(binary), *arguments],
        pass_fds=descriptors, env=environment, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


def listener() -> socket.socket:
    """Open a socket that listens on a free port."""
    return socket.create_server(("127.0.0.1", 0))


def address(it: socket.socket) -> str:
    """Write the address of a socket as the proxy does."""
    return f"http://127.0.0.1:{it.getsockname()[1]}"


@pytest.mark.parametrize(("names", "swapped"), [("", False), ("a.socket:b.socket", False), ("admin:web", True)])
def test_sockets_from_outside_are_taken(binary: Path, names: str, *, swapped: bool) -> None:
    """By their names, or else the clients' first; a client that came before the start is answered."""
    with listener() as clients, listener() as admin, Wire.to(clients.getsockname()) as early:
        early.send(GET)
        sockets = [admin, clients] if swapped else [clients, admin]
        with activated(binary, sockets, LISTEN_FDNAMES=names) as process:
            assert process.stdout is not None
            line = json.loads(within(process.stdout.readline))
            assert (line["url"], line["admin"]) == (address(clients), address(admin))
            assert early.response().status == 200
            # Idle, it would keep the old process for a while.
            early.sock.close()
            assert ask(line["admin"], "/restart", "POST")[0] == 200
            pid = json.loads(within(process.stdout.readline))["pid"]
            try:
                assert process.wait(PATIENCE) == 0
                assert json.loads(ask(line["admin"], "/status")[1])["pid"] == pid
            finally:
                os.kill(pid, signal.SIGTERM)


def test_sockets_for_another_process_are_left_alone(binary: Path) -> None:
    with listener() as other, activated(binary, [other], LISTEN_PID="1") as process:
        assert process.stdout is not None
        assert json.loads(within(process.stdout.readline))["url"] != address(other)


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"LISTEN_FDS": "two"}, "LISTEN_FDS is not the number of descriptors"),
        ({"LISTEN_FDS": "2147483000"}, "2147483000 descriptors are too many"),
        ({"LISTEN_PID": "me"}, "LISTEN_PID is not a process id"),
        ({"LISTEN_FDS": "2"}, "descriptor 4: "),
        ({"LISTEN_FDNAMES": "predecessor"}, "descriptor 3: "),
    ],
)
def test_sockets_that_cannot_be_taken_are_told(binary: Path, variables: dict[str, str], words: str) -> None:
    """The proxy does not open another socket in silence: the clients of the one from outside would wait for ever."""
    with listener() as clients, activated(binary, [clients], **variables) as process:
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (1, "")
    assert words in err
    assert "help:" in err


def test_a_socket_that_does_not_listen_is_told(binary: Path) -> None:
    with socket.socket() as unready:
        unready.bind(("127.0.0.1", 0))
        with activated(binary, [unready]) as process:
            out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (1, "")
    assert "descriptor 3: it does not listen" in err


def test_a_notebook_that_restarts_its_proxy_still_has_it(binary: Path) -> None:
    """The package follows the standard streams and not a process id: the proxy is alive, and stopping ends it."""
    started = proxylings_running.start(binary, options=ADMIN)
    try:
        assert ask(started.admin, "/restart", "POST")[0] == 200
        assert started.process.wait(PATIENCE) == 0
        assert started.alive
        pid = json.loads(within(started.log.readline))["pid"]
        assert json.loads(ask(started.admin, "/status")[1])["pid"] == pid
    finally:
        started.stop()
    assert not started.alive
    with pytest.raises(ConnectionRefusedError):
        ask(started.admin, "/status")
