"""One upstream takes over from another: copies in the shadow, a share of the clients, and the way back."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.loopback import PATIENCE, Cut, FakeUpstream, Peer, Proxy, Wire, answer_ok, fake_upstream, free_port
from tests.e2e.programs import StartProxy
from tests.e2e.test_admin import ask, asking, told

StartMigration = Callable[..., Proxy]

QUICK = 'key = "field:X-Client"\nrequests = 20\nhold_ms = 0\n'
"""A migration that needs few requests and no time."""


@pytest.fixture
def start_migration(start_proxy: StartProxy, tmp_path: Path) -> StartMigration:
    """Give a function that starts a proxy with the upstreams `old` and `new`."""

    def start(old: str, new: str, settings: str, rules: str = "") -> Proxy:
        file = tmp_path / "proxy.toml"
        (tmp_path / "rules.toml").write_text(rules)
        top = 'listen = "127.0.0.1:0"\nadmin = "127.0.0.1:0"\nrules = "rules.toml"\n'
        upstreams = (("old", old), ("new", new))
        tables = "".join(
            f'[[upstream]]\nname = "{name}"\nservers = ["{url}"]\nfailures = 2\n' for name, url in upstreams
        )
        file.write_text(f'{top}{tables}[migration]\nold = "old"\nnew = "new"\n{settings}\n')
        return start_proxy("--config", str(file))

    return start


def answering(body: bytes, status: bytes = b"200 OK", fields: bytes = b"") -> Callable[[Peer], None]:
    """Give a script that answers every request alike."""

    def script(peer: Peer) -> None:
        while True:
            head = peer.request().head
            content = b"" if head.startswith(b"HEAD ") else body
            peer.wire.send(b"HTTP/1.1 %s\r\nContent-Length: %d\r\n%s\r\n%s" % (status, len(body), fields, content))

    return script


def request(client: int | str, method: str = "GET", target: str = "/") -> bytes:
    """Spell a request of one client."""
    return f"{method} {target} HTTP/1.1\r\nHost: a\r\nX-Client: {client}\r\n\r\n".encode()


def migration(proxy: Proxy, answers: int = 0) -> Any:  # the value of a JSON text
    """Read how far the migration is, once so many answers are counted: a client has its answer before that."""
    deadline = time.monotonic() + PATIENCE
    while True:
        got = json.loads(ask(proxy.admin, "/status")[1])["migration"]
        if answers == 0 or time.monotonic() > deadline:
            return got
        if sum(sum(got["requests"][side].values()) for side in ("old", "new")) >= answers:
            return got


def settle(proxy: Proxy) -> None:
    """Wait until no copy is under way."""
    deadline = time.monotonic() + PATIENCE
    while migration(proxy)["shadows"]["running"]:
        assert time.monotonic() < deadline, "a copy is still under way"


@contextmanager
def events(proxy: Proxy, *kinds: str) -> Iterator[Iterator[dict[str, Any]]]:
    """Listen for events of some kinds."""
    with asking(proxy.admin, "/events") as response:
        yield (event for event in told(response) if event["event"] in kinds)


class TestShadow:
    """The old upstream answers; the new one gets copies."""

    def test_a_planted_difference_is_found_and_no_client_sees_it(self, start_migration: StartMigration) -> None:
        old = answering(b"menu", fields=b"Date: today\r\nETag: 1\r\nSet-Cookie: id=secret\r\n")
        new = answering(b"meny", fields=b"Date: tomorrow\r\nETag: 2\r\n")
        with fake_upstream(old) as before, fake_upstream(new) as after:
            proxy = start_migration(before.url, after.url, "")
            with events(proxy, "differs") as differs, Wire.to(proxy.address) as client:
                client.send(request(1, target="/menu?day=1"))
                assert client.response().body == b"menu"
                event = next(differs)
        got = migration(proxy)
        assert (event["method"], event["target"]) == ("GET", "/menu?day=1")
        assert event["differences"] == [
            'ETag: "1" is "2" now',
            "Set-Cookie: its values differ",
            "body: as long, but with other bytes",
        ]
        assert got["differences"][0]["differences"] == event["differences"]
        assert got["shadows"] | {"running": 0} == {"compared": 1, "differed": 1, "dropped": 0, "running": 0}
        assert got["requests"]["new"] == {"answered": 0, "failed": 0}
        copy = after.requests[0].head
        assert copy.startswith(b"GET /menu?day=1 HTTP/1.1\r\nHost: a\r\nX-Client: 1\r\n"), copy
        assert b"X-Forwarded-For: 127.0.0.1\r\n" in copy
        assert b"secret" not in ask(proxy.admin, "/status")[1].encode()

    def test_equal_answers_lead_out_of_the_shadow(self, start_migration: StartMigration) -> None:
        def chunked(peer: Peer) -> None:
            while True:
                head = peer.request().head
                body = b"" if head.startswith(b"HEAD ") else b"2\r\nme\r\n2\r\nnu\r\n0\r\n\r\n"
                peer.wire.send(
                    b"HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body
                )

        ignored = 'ignored_fields = ["Content-Length", "Transfer-Encoding"]'
        with fake_upstream(answering(b"menu")) as before, fake_upstream(chunked) as after:
            proxy = start_migration(before.url, after.url, f"requests = 4\nhold_ms = 0\n{ignored}")
            with events(proxy, "migration", "differs") as changes, Wire.to(proxy.address) as client:
                for method in ("GET", "HEAD", "GET", "GET"):
                    client.send(request(1, method))
                    assert client.response(method).status == 200
                stage = next(changes)["stage"]
            assert (stage["name"], stage["percent"], stage["step"]) == ("canary", 1.0, 0)
            assert after.connections <= 4, "its connections serve again"

    def test_what_may_not_be_repeated_is_not_copied(self, start_migration: StartMigration) -> None:
        with fake_upstream() as before, fake_upstream() as after:
            proxy = start_migration(before.url, after.url, "")
            with events(proxy, "request") as done, Wire.to(proxy.address) as client:
                client.send(b"POST /order HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
                client.response()
                client.send(b"DELETE /order HTTP/1.1\r\nHost: a\r\n\r\n")
                client.response()
                client.send(b"GET /body HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
                client.response()
                for _ in range(3):
                    next(done)
                client.send(request(1, target="/last"))
                client.response()
                assert after.got_request.wait(PATIENCE)
            settle(proxy)
            assert [copied.line for copied in after.requests] == ["GET /last HTTP/1.1"]
            assert migration(proxy)["shadows"]["compared"] == 1

    def test_one_that_hangs_costs_the_client_nothing_and_more_than_the_limit_are_dropped(
        self, start_migration: StartMigration
    ) -> None:
        def hang(peer: Peer) -> None:
            peer.request()
            peer.upstream.release.wait(PATIENCE)

        with fake_upstream() as before, fake_upstream(hang) as after:
            proxy = start_migration(before.url, after.url, "shadows = 2")
            with Wire.to(proxy.address) as client:
                for _ in range(10):
                    client.send(request(1))
                    assert client.response().body == b"ok"
            shadows = migration(proxy)["shadows"]
            assert (shadows["running"], shadows["dropped"], shadows["compared"]) == (2, 8, 0)
            assert proxy.stop() == 0, "nor does it hold up a stop"

    @pytest.mark.parametrize("death", ["never there", "reset", "half a head", "half a body", "nonsense"])
    def test_one_that_dies_counts_as_a_difference(self, start_migration: StartMigration, death: str) -> None:
        def die(peer: Peer) -> None:
            peer.request()
            if death == "reset":
                peer.reset()
                return
            peer.wire.send(
                {
                    "half a head": b"HTTP/1.1 200 OK\r\nContent-Le",
                    "half a body": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no",
                    "nonsense": b"HTTP/1.1 two hundred\r\n\r\n",
                }[death]
            )

        with fake_upstream() as before, fake_upstream(die) as after:
            url = f"http://127.0.0.1:{free_port()}" if death == "never there" else after.url
            proxy = start_migration(before.url, url, "requests = 3\nhold_ms = 0")
            with events(proxy, "migration") as changes, Wire.to(proxy.address) as client:
                for _ in range(3):
                    client.send(request(1))
                    assert client.response().body == b"ok"
                stage = next(changes)["stage"]
            assert (stage["name"], stage["why"]) == ("rolled-back", "100.00 % of the answers differ")
            assert "gave no answer" in migration(proxy)["differences"][0]["differences"][0]

    def test_without_an_old_answer_there_is_nothing_to_compare(self, start_migration: StartMigration) -> None:
        def broken(peer: Peer) -> None:
            peer.request()
            peer.wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\no")

        with fake_upstream(broken) as before, fake_upstream() as after:
            proxy = start_migration(before.url, after.url, "")
            for _ in range(2):
                with Wire.to(proxy.address) as client, suppress(Cut):
                    client.send(request(1))
                    client.rest()
            settle(proxy)
            shadows = migration(proxy)["shadows"]
            assert (shadows["compared"], shadows["differed"]) == (0, 0)

    def test_its_idle_connection_that_was_closed_is_no_difference(self, start_migration: StartMigration) -> None:
        def once(peer: Peer) -> None:
            peer.request()
            peer.wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            if peer.number == 1:
                # The next request comes while this end is closing.
                peer.wire.until(b"\r\n\r\n")
                return
            answer_ok(peer)

        with fake_upstream() as before, fake_upstream(once) as after:
            proxy = start_migration(before.url, after.url, "requests = 2\nhold_ms = 0\nshadows = 1")
            with events(proxy, "migration", "differs") as changes, Wire.to(proxy.address) as client:
                client.send(request(1))
                client.response()
                # One at a time: the second copy finds the connection of the first.
                settle(proxy)
                client.send(request(1))
                client.response()
                assert next(changes)["stage"]["name"] == "canary"
            assert after.connections == 2


def sides(proxy: Proxy, clients: int) -> dict[int, str]:
    """Ask once for each client; give who answered."""
    answers = {}
    with Wire.to(proxy.address) as wire:
        for client in range(clients):
            wire.send(request(client, "POST"))
            response = wire.response()
            answers[client] = response.body.decode() if response.status == 200 else str(response.status)
    return answers


def until_rolled_back(proxy: Proxy) -> list[str]:
    """Ask once for each client, until the canary is over; give the answers."""
    answers = []
    for client in range(400):
        with Wire.to(proxy.address) as wire:
            wire.send(request(client, "POST"))
            try:
                response = wire.response()
                answers.append(response.body.decode() if response.status == 200 else str(response.status))
            except Cut:
                answers.append("cut")
        if migration(proxy)["stage"]["name"] != "canary":
            return answers
    pytest.fail(f"it is still there after {len(answers)} requests: {migration(proxy)}")


class TestCanary:
    """The new upstream answers a share of the clients."""

    def test_ramps_up_and_keeps_every_client_on_its_side(self, start_migration: StartMigration) -> None:
        steps = "shadow = false\nsteps_percent = [30, 60, 100]\nslower_percent = 10000"
        with fake_upstream(answering(b"old")) as before, fake_upstream(answering(b"new")) as after:
            proxy = start_migration(before.url, after.url, QUICK + steps)
            with events(proxy, "migration") as changes:
                seen: set[int] = set()
                shares = []
                for _ in range(20):
                    answers = sides(proxy, 40)
                    now = {client for client, answer in answers.items() if answer == "new"}
                    assert seen <= now, "nobody goes back from the new one to the old"
                    seen = now
                    shares.append(len(seen))
                    if migration(proxy)["stage"]["name"] == "complete":
                        break
                told_stages = [next(changes)["stage"] for _ in range(3)]
            assert sides(proxy, 40) == dict.fromkeys(range(40), "new")
            assert [stage["percent"] for stage in told_stages] == [60.0, 100.0, 100.0]
            assert 0 < shares[0] < 40, "at first, only some meet it"

    def test_a_client_is_known_by_its_address_when_nothing_else_is_said(self, start_migration: StartMigration) -> None:
        with fake_upstream(answering(b"old")) as before, fake_upstream(answering(b"new")) as after:
            proxy = start_migration(before.url, after.url, "shadow = false\nsteps_percent = [50, 100]")
            assert len(set(sides(proxy, 10).values())) == 1, "they all come from the same address"

    def test_errors_roll_back_and_cost_no_more_than_the_requests_until_then(
        self, start_migration: StartMigration
    ) -> None:
        broken = answering(b"oops", b"500 Internal Server Error")
        with fake_upstream(answering(b"old")) as before, fake_upstream(broken) as after:
            proxy = start_migration(before.url, after.url, QUICK + "shadow = false\nsteps_percent = [50, 100]")
            with events(proxy, "migration") as changes:
                answers = until_rolled_back(proxy)
                bad = answers.count("500")
                stage = next(changes)["stage"]
            assert sides(proxy, 40) == dict.fromkeys(range(40), "old"), "everybody is back at the old one"
            got = migration(proxy, len(answers) + 40)
        assert (stage["name"], stage["percent_before"]) == ("rolled-back", 50.0)
        assert stage["why"] == "100.00 % of its requests failed, against 0.00 %"
        assert got["stage"] == stage
        assert got["requests"]["new"]["failed"] == bad == len(after.requests)
        assert 20 <= bad < 60, "it takes 20 requests of each side to be sure"

    @pytest.mark.parametrize("failure", ["reset", "half an answer", "not there"])
    def test_a_new_one_that_breaks_rolls_back_too(self, start_migration: StartMigration, failure: str) -> None:
        def breaks(peer: Peer) -> None:
            peer.request()
            if failure == "half an answer":
                peer.wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nn")
            else:
                peer.reset()

        with fake_upstream(answering(b"old")) as before, fake_upstream(breaks) as after:
            url = f"http://127.0.0.1:{free_port()}" if failure == "not there" else after.url
            proxy = start_migration(before.url, url, QUICK + "shadow = false\nsteps_percent = [50, 100]")
            until_rolled_back(proxy)
            assert "failed, against 0.00 %" in migration(proxy)["stage"]["why"]

    def test_a_new_one_that_is_slower_rolls_back(self, start_migration: StartMigration) -> None:
        def later(peer: Peer) -> None:
            while True:
                peer.request()
                peer.upstream.release.wait(0.05)  # it is slow: nobody waits for anything here
                peer.wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnew")

        with fake_upstream(answering(b"old")) as before, fake_upstream(later) as after:
            proxy = start_migration(before.url, after.url, QUICK + "shadow = false\nsteps_percent = [50, 100]")
            answers = until_rolled_back(proxy)
            got = migration(proxy)["stage"]
            assert (got["name"], set(answers)) == ("rolled-back", {"old", "new"})
            assert "95 % of its answers took" in got["why"]
            assert sides(proxy, 20) == dict.fromkeys(range(20), "old")


class TestFallback:
    """What the new upstream does not support is asked of the old one."""

    @pytest.fixture
    def old(self) -> Iterator[FakeUpstream]:
        """Run the old upstream."""
        with fake_upstream(answering(b"old")) as upstream:
            yield upstream

    @pytest.fixture
    def new(self) -> Iterator[FakeUpstream]:
        """Run a new upstream that supports nothing."""
        with fake_upstream(answering(b"not yet", b"501 Not Implemented")) as upstream:
            yield upstream

    def test_a_501_falls_back_and_is_no_error(
        self, start_migration: StartMigration, old: FakeUpstream, new: FakeUpstream
    ) -> None:
        proxy = start_migration(old.url, new.url, QUICK + "shadow = false\nsteps_percent = [100]")
        with events(proxy, "fell-back") as fell, Wire.to(proxy.address) as client:
            for number in range(30):
                client.send(request(number, target=f"/{number}"))
                assert client.response().body == b"old", "one connection, and nothing of the 501 on it"
            event = next(fell)
        got = migration(proxy, 30)
        assert (event["target"], event["reason"]) == ("/0", "501 Not Implemented")
        assert got["requests"] == {
            "old": {"answered": 30, "failed": 0},
            "new": {"answered": 0, "failed": 0},
            "fell_back": 30,
        }
        assert (got["stage"]["name"], len(new.requests)) == ("canary", 30)

    def test_what_may_not_be_repeated_keeps_its_501(
        self, start_migration: StartMigration, old: FakeUpstream, new: FakeUpstream
    ) -> None:
        proxy = start_migration(old.url, new.url, QUICK + "shadow = false\nsteps_percent = [100]")
        assert proxy.ask(request(1, "POST")).status == 501
        assert proxy.ask(b"PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\na").status == 501
        assert old.requests == []
        assert migration(proxy, 2)["requests"]["new"] == {"answered": 0, "failed": 2}

    def test_when_neither_supports_it_the_old_one_has_the_last_word(
        self, start_migration: StartMigration, new: FakeUpstream
    ) -> None:
        with fake_upstream(answering(b"never", b"501 Not Implemented")) as neither:
            proxy = start_migration(neither.url, new.url, QUICK + "shadow = false\nsteps_percent = [100]")
            response = proxy.ask(request(1))
            assert (response.status, response.body) == (501, b"never")
            assert migration(proxy, 1)["requests"]["old"] == {"answered": 0, "failed": 1}


def test_a_tunnel_to_the_new_one_counts_as_an_answer(
    start_migration: StartMigration,
) -> None:
    def switch(peer: Peer) -> None:
        while not peer.request().head.startswith(b"GET /tunnel "):
            peer.wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnew")
        peer.wire.send(b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n")
        peer.wire.send(peer.wire.exactly(4))

    with fake_upstream(answering(b"old")) as before, fake_upstream(switch) as after:
        proxy = start_migration(before.url, after.url, "shadow = false\nsteps_percent = [100]")
        upgrade = b"GET /tunnel HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"
        with Wire.to(proxy.address) as client:
            client.send(upgrade + b"ping")
            assert client.response().status == 101
            assert client.rest() == b"ping"
        assert proxy.ask(request(1)).body == b"new"
        assert migration(proxy, 2)["requests"]["new"] == {"answered": 2, "failed": 0}


def test_an_operator_rolls_back(start_migration: StartMigration) -> None:
    with fake_upstream(answering(b"old")) as before, fake_upstream(answering(b"new")) as after:
        proxy = start_migration(before.url, after.url, "shadow = false\nsteps_percent = [100]")
        assert proxy.ask(request(1)).body == b"new"
        assert ask(proxy.admin, "/rollback")[0] == 405
        assert ask(proxy.admin, "/rollback", "POST")[0] == 200
        assert ask(proxy.admin, "/rollback", "POST")[0] == 409, "it is rolled back already"
        assert proxy.ask(request(1)).body == b"old"
        assert migration(proxy)["stage"]["why"] == "an operator asked for it"


def test_without_a_migration_there_is_nothing_to_roll_back(start_proxy: StartProxy) -> None:
    proxy = start_proxy("--admin", "127.0.0.1:0")
    assert ask(proxy.admin, "/rollback", "POST")[0] == 409
    assert migration(proxy) is None


def test_metrics_show_the_share_and_both_sides(start_migration: StartMigration) -> None:
    with fake_upstream(answering(b"old")) as before, fake_upstream(answering(b"new")) as after:
        proxy = start_migration(before.url, after.url, "shadow = false\nsteps_percent = [100]")
        proxy.ask(request(1))
        migration(proxy, 1)
        lines = dict(
            line.rsplit(" ", 1) for line in ask(proxy.admin, "/metrics")[1].splitlines() if not line.startswith("#")
        )
    assert lines["proxylings_migration_share"] == "1"
    assert lines['proxylings_migration_requests_total{side="new",outcome="ok"}'] == "1"
    assert lines['proxylings_migration_requests_total{side="old",outcome="ok"}'] == "0"


def test_only_what_goes_to_the_old_upstream_is_shared_out(start_migration: StartMigration) -> None:
    rules = '[[route]]\npath = "/new"\nupstream = "new"\n'
    with fake_upstream(answering(b"old")) as before, fake_upstream(answering(b"new")) as after:
        proxy = start_migration(before.url, after.url, "", rules)
        assert proxy.ask(request(1, target="/new")).body == b"new", "a rule has sent it there, and no migration"
        assert proxy.ask(request(1, target="/")).body == b"old"
        settle(proxy)
        assert [got.line for got in after.requests] == ["GET /new HTTP/1.1", "GET / HTTP/1.1"]
        assert migration(proxy)["shadows"]["compared"] == 1
        assert migration(proxy, 1)["requests"]["old"] == {"answered": 1, "failed": 0}


def test_an_upstream_on_the_command_line_leaves_no_migration(
    binary: Path, start_migration: StartMigration, tmp_path: Path
) -> None:
    start_migration("http://127.0.0.1:1", "http://127.0.0.1:2", "")
    command = [str(binary), "--config", str(tmp_path / "proxy.toml"), "--upstream", "http://127.0.0.1:1"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 1
    assert '[migration] speaks of "old"' in done.stderr
    assert "help: leave --upstream out" in done.stderr
