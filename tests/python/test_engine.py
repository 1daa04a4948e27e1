"""The proxy inside a Python process: `with proxylings.proxy() as p:`."""

import http.client
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import proxylings
from proxylings.errors import CourseError


def ask(url: str, target: str) -> tuple[int, bytes]:
    """Send one GET; give the status and the body."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        connection.request("GET", target)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def test_a_proxy_runs_for_the_length_of_a_block() -> None:
    with proxylings.proxy() as p:
        with p.events() as events:
            assert ask(p.url, "/bytes/10") == (200, b"0123456789")
            assert any(event["event"] == "request" for event in events.wait()), "by then it is counted"
        assert p.status()["requests"]["total"] == 1
        assert 'proxylings_requests_total{class="2xx"} 1' in p.metrics()
    with pytest.raises(ConnectionRefusedError):
        ask(p.url, "/bytes/10")
    with pytest.raises(CourseError, match="does not answer"):
        p.status()


def test_python_goes_on_while_the_proxy_serves() -> None:
    """The origin is a thread of this interpreter: if the proxy held the GIL, it could never answer."""
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Origin(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "6")
            self.end_headers()
            self.wfile.write(b"python")

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Origin) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        upstream = {"name": "app", "servers": [f"http://127.0.0.1:{server.server_port}"]}
        with proxylings.proxy({"upstream": [upstream]}) as p:
            assert ask(p.url, "/") == (200, b"python")
            assert p.upstream == upstream["servers"][0]
        server.shutdown()


def test_events_tell_of_each_request() -> None:
    with proxylings.proxy() as p, p.events() as events:
        ask(p.url, "/status/404")
        event = next(event for event in events.wait() if event["event"] == "request")
        assert (event["target"], event["status"]) == ("/status/404", 404)
        kinds = {event["event"] for event in events.wait(0.05)}
        assert kinds <= {"connection"}, "the client leaves, nothing else happens, and waiting comes to an end"
        ask(p.url, "/status/204")
        assert next(event for event in events.wait() if event["event"] == "request")["status"] == 204


def test_a_bad_setting_names_its_place_and_the_remedy(tmp_path: Path) -> None:
    file = tmp_path / "proxy.toml"
    file.write_text('listen = "127.0.0.1:0"\n[limits]\nclient = 7\n')
    with pytest.raises(CourseError) as caught:
        proxylings.proxy(file)
    assert f"{file}:3:1: unknown field `client`" in caught.value.what
    assert "--default-config" in caught.value.hint
    with pytest.raises(CourseError, match="can't be read"):
        proxylings.proxy(tmp_path / "nothing.toml")


def test_two_proxies_run_side_by_side_and_stopping_twice_is_harmless() -> None:
    with proxylings.proxy() as first, proxylings.proxy({"label": "second"}) as second:
        assert first.url != second.url
        assert ask(first.url, "/bytes/1")[0] == ask(second.url, "/bytes/1")[0] == 200
        assert first.stop() is True
        assert first.stop() is True
        assert ask(second.url, "/bytes/1")[0] == 200
