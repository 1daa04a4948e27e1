"""The access log from Python: entries, dictionaries, objects, columns; and what runs while Rust reads."""

import os
import threading
from pathlib import Path

import pytest

from proxylings import native
from proxylings.errors import CourseError, ParseError
from proxylings.lab import plain, reference, traffic
from proxylings.lab.faces.logline import LogEntry, UnreadableLine

ENTRY = LogEntry(
    client="192.0.2.7", time=1_795_439_127, method=b"GET", target=b"/menu", version="HTTP/1.1", status=200,
    body_bytes=1536, user_agent=b'curl"\n', took_us=840,
)  # fmt: skip
LINE = rb'192.0.2.7 - - [23/Nov/2026:13:05:27 +0000] "GET /menu HTTP/1.1" 200 1536 "-" "curl\x22\x0A" 840' + b"\n"
REFUSED = LogEntry(client="2001:db8::7", time=9, status=400)
BROKEN = b"this is no line of an access log\n"
LOG = LINE + BROKEN + rb'2001:db8::7 - - [01/Jan/1970:00:00:09 +0000] "-" 400 0 "-" "-" 0' + b"\n"


def test_an_entry_is_written_and_read_back() -> None:
    assert reference.logline.write(ENTRY) == LINE
    assert reference.logline.parse(LINE) == ENTRY
    assert reference.logline.parse(reference.logline.write(REFUSED)) == REFUSED


def test_a_line_that_cannot_be_read_names_the_fault_and_its_place() -> None:
    with pytest.raises(ParseError, match="not written as") as caught:
        reference.logline.parse(LINE.replace(b"23/Nov", b"31/Nov"))
    assert (caught.value.fault, caught.value.offset) == ("Time", 14)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"client": "cafe.example"}, "cafe.example"),
        ({"status": 65_536}, "65535"),
        ({"time": -1}, "`time` is -1"),
        ({"body_bytes": 2**64}, "`body_bytes`"),
        ({"method": None}, "together"),
        ({"version": "HTTP/2"}, "HTTP/2"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_an_entry_that_no_line_can_say_is_refused_in_words(changed: dict[str, object], said: str) -> None:
    fields = {name: getattr(ENTRY, name) for name in ENTRY.__struct_fields__}
    with pytest.raises(CourseError, match=said):
        reference.logline.write(LogEntry(**{**fields, **changed}))


def test_dictionaries_objects_and_columns_hold_the_same_log() -> None:
    entries = [ENTRY, REFUSED]
    assert reference.logline.objects(LOG) == entries
    assert [LogEntry(**entry) for entry in reference.logline.dicts(LOG)] == entries
    columns = reference.logline.columns(LOG)
    assert len(columns) == 2
    for name in ("time", "status", "body_bytes", "took_us"):
        assert list(getattr(columns, name)) == [getattr(entry, name) for entry in entries]
    assert [columns.client(at) for at in range(2)] == [entry.client for entry in entries]
    assert [columns.target(at) for at in (0, -1)] == [b"/menu", b""]
    assert columns.unreadable == 1
    assert columns.errors == [UnreadableLine(2, "the line does not begin with an IP address", "Client", 0)]


def test_a_column_is_one_buffer_that_is_looked_at_and_not_copied() -> None:
    columns = reference.logline.columns(LOG)
    assert (columns.status.format, columns.status.itemsize, columns.status.nbytes) == ("H", 2, 4)
    assert columns.took_us.c_contiguous
    assert isinstance(columns.took_us.obj, bytes), "the view lies on the bytes that came from Rust"


def test_a_path_is_read_by_the_worker(tmp_path: Path) -> None:
    path = tmp_path / "access.log"
    path.write_bytes(LOG)
    columns = reference.logline.columns(path)
    assert list(columns.status) == [200, 400]
    with pytest.raises(CourseError, match=r"no\.log can't be read: No such file"):
        reference.logline.columns(tmp_path / "no.log")


def test_other_threads_run_while_rust_reads_a_log(tmp_path: Path) -> None:
    # Reading a pipe ends only when somebody writes to it. The writer is a thread of Python: if Rust held the GIL,
    # it could never write, and nobody would come back.
    path = tmp_path / "pipe"
    os.mkfifo(path)
    found = []
    reader = threading.Thread(
        target=lambda: found.append(native.reference().logline_columns_of_file(path)), daemon=True
    )
    reader.start()
    path.write_bytes(LOG)
    reader.join(10)
    assert [columns.unreadable for columns in found] == [1]


def test_plain_python_reads_what_rust_reads() -> None:
    log = b"".join(traffic.pieces(2_000, unreadable=0.01)) + LOG
    assert plain.log_dicts(log) == reference.logline.dicts(log)
    columns = reference.logline.columns(log)
    assert {name: list(column) for name, column in plain.log_columns(log).items()} == {
        name: list(getattr(columns, name)) for name in ("time", "status", "body_bytes", "took_us")
    }
