"""The parts once more in pure Python, written as one would write them: what `bench` measures Rust against."""

import calendar
import functools
import re
import time
from array import array
from collections import Counter
from collections.abc import Sequence
from typing import Any


def parse_request(data: bytes) -> dict[str, object]:
    """Parse a request head into a dictionary, with the checks that the Rust part makes on the common path."""
    head, blank, _ = data.partition(b"\r\n\r\n")
    if not blank:
        raise ValueError("the head stops before its blank line")
    lines = head.split(b"\r\n")
    words = lines[0].split(b" ")
    if len(words) != 3 or not _is_token(words[0]) or words[2] not in (b"HTTP/1.0", b"HTTP/1.1"):
        raise ValueError("the request line is malformed")
    method, target, version = words
    if not target or not _is_printable(target):
        raise ValueError("the request-target is malformed")
    fields = []
    for line in lines[1:]:
        name, colon, value = line.partition(b":")
        if not colon or not _is_token(name):
            raise ValueError("a field line is malformed")
        value = value.strip(b" \t")
        if not _is_printable(value.replace(b" ", b"").replace(b"\t", b"")):
            raise ValueError("a field value holds a control byte")
        fields.append((name, value))
    return {"method": method, "target": target, "version": version, "fields": fields}


_TOKEN = frozenset(b"!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_CONTROL = frozenset((*range(33), 127))


def _is_token(word: bytes) -> bool:
    return bool(word) and _TOKEN.issuperset(word)


def _is_printable(word: bytes) -> bool:
    return _CONTROL.isdisjoint(word)


def find_field(fields: Sequence[tuple[bytes, bytes]], name: str) -> bytes | None:
    """Return the value of the first field called `name`, in small letters or capitals."""
    wanted = name.encode().lower()
    return next((value for field, value in fields if field.lower() == wanted), None)


def request_framing(fields: Sequence[tuple[bytes, bytes]], is_http10: bool) -> str | int:
    """Return where a body ends: "empty", "chunked", or how many bytes it has. Raises ValueError when it is in doubt."""
    named = [(name.lower(), value) for name, value in fields]
    elements = [
        element.strip(b" \t") for name, value in named if name == b"content-length" for element in value.split(b",")
    ]
    codings = [value.lower() for name, value in named if name == b"transfer-encoding"]
    if codings:
        if elements or is_http10 or codings != [b"chunked"]:
            raise ValueError("nobody can say where the body ends")
        return "chunked"
    if not all(element.isdigit() for element in elements) or len({int(element) for element in elements}) > 1:
        raise ValueError("nobody can say where the body ends")
    return int(elements[0]) if elements else "empty"


# One expression for a line of the access log, and one for what it escapes.
_LINE = re.compile(
    rb'(\S+) \S+ \S+ \[([^]]+)\] "(?:-|(\S*) (\S*) (HTTP/1\.[01]))" (\d+) (\d+|-) "([^"]*)" "([^"]*)" (\d+)'
)  # fmt: skip
_ESCAPE = re.compile(rb"\\x([0-9A-Fa-f]{2})")


def parse_line(line: bytes) -> dict[str, Any]:
    """Read one line of the access log into a dictionary."""
    match = _LINE.fullmatch(line.removesuffix(b"\n"))
    if match is None:
        raise ValueError("the line is not written as the access log writes it")
    client, when, method, target, version, status, length, referer, agent, took = match.groups()
    return {
        "client": client.decode(),
        "time": _seconds(when),
        "method": _text(method),
        "target": _text(target),
        "version": version and version.decode(),
        "status": int(status),
        "body_bytes": 0 if length == b"-" else int(length),
        "referer": None if referer == b"-" else _text(referer),
        "user_agent": None if agent == b"-" else _text(agent),
        "took_us": int(took),
    }


def log_dicts(log: bytes) -> list[dict[str, Any]]:
    """Read a log into a dictionary for each readable line."""
    entries = []
    for line in log.splitlines():
        try:
            entries.append(parse_line(line))
        except ValueError:
            continue
    return entries


def log_columns(log: bytes) -> "dict[str, array[int]]":
    """Read the numbers of a log into arrays, which is as near to columns as Python comes without a library."""
    columns = {
        name: array(code) for name, code in (("time", "Q"), ("status", "H"), ("body_bytes", "Q"), ("took_us", "Q"))
    }
    for entry in log_dicts(log):
        for name, column in columns.items():
            column.append(entry[name])
    return columns


def log_report(log: bytes) -> dict[str, Any]:
    """Say what a log says, with the ten clients that sent most."""
    entries = log_dicts(log)
    times = sorted(entry["took_us"] for entry in entries)
    clients = Counter(entry["client"] for entry in entries)
    return {
        "requests": len(entries),
        "body_bytes": sum(entry["body_bytes"] for entry in entries),
        "statuses": Counter(entry["status"] for entry in entries),
        "latency": [times[-(-len(times) * share // 1000) - 1] for share in (500, 900, 990, 999, 1000)] if times else [],
        "clients": clients.most_common(10),
    }


@functools.lru_cache(maxsize=64)
def _seconds(when: bytes) -> int:
    """Read a time; lines of the same second share the work."""
    moment, _, zone = when.decode().partition(" ")
    ahead = (int(zone[:3]) * 60 + int(zone[0] + zone[3:])) * 60
    return calendar.timegm(time.strptime(moment, "%d/%b/%Y:%H:%M:%S")) - ahead


def _text(escaped: bytes | None) -> bytes | None:
    if escaped is None or b"\\" not in escaped:
        return escaped
    return _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), escaped)
