"""Part 03 for Python: the access log as entries, as dictionaries, and as columns without an object for each line."""

import ipaddress
from pathlib import Path
from typing import Annotated, Any

import msgspec

from proxylings.errors import CourseError
from proxylings.lab.faces import Call

# What Rust's u16 and u64 hold; msgspec's own bounds end at i64.
_U16 = Annotated[int, msgspec.Meta(ge=0, le=2**16 - 1)]
_LARGEST = 2**64 - 1


class LogEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the access log: texts as bytes, as the client sent them; None where it sent none.

    `client` is an IP address; `time` counts seconds since the start of 1970, UTC; `version` is "HTTP/1.0" or
    "HTTP/1.1"; `body_bytes` is the length of the answer's body; `took_us` is in microseconds. `method`, `target` and
    `version` are None together, when no request could be read.
    """

    client: str
    time: int
    method: bytes | None = None
    target: bytes | None = None
    version: str | None = None
    status: int
    body_bytes: int = 0
    referer: bytes | None = None
    user_agent: bytes | None = None
    took_us: int = 0


class UnreadableLine(msgspec.Struct, frozen=True):
    """A line that cannot be read: its number, counted from 1, and the fault with its offset in the line."""

    line: int
    message: str
    fault: str
    offset: int


class LogColumns:
    """A log as columns: `status[i]`, `took_us[i]`, … belong to the same entry.

    `time` (seconds since the start of 1970, UTC), `status`, `body_bytes` and `took_us` (microseconds) are memoryviews
    of numbers: index them, or give them to `numpy.frombuffer(column, dtype=column.format)`, which copies nothing.
    `client_bytes` holds 16 bytes an entry, IPv4 as ::ffff:192.0.2.7. `target_bytes` holds all targets, and target i
    lies between `target_offsets[i]` and `target_offsets[i + 1]`: that is the layout of pyarrow's LargeBinaryArray.
    `unreadable` counts the lines that are in no column, and `errors` tells of the first ten.
    """

    def __init__(self, raw: dict[str, Any]) -> None:
        """Look at the buffers of a `_native.LogColumns`; nothing is copied."""
        self.client_bytes = memoryview(raw["client"])
        self.time = memoryview(raw["time"]).cast("Q")
        self.status = memoryview(raw["status"]).cast("H")
        self.body_bytes = memoryview(raw["body_bytes"]).cast("Q")
        self.took_us = memoryview(raw["took_us"]).cast("Q")
        self.target_bytes = memoryview(raw["target"])
        self.target_offsets = memoryview(raw["target_offsets"]).cast("Q")
        self.unreadable: int = raw["unreadable"]
        self.errors = [UnreadableLine(*error) for error in raw["errors"]]

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self.status)

    def __repr__(self) -> str:
        """Tell how much there is."""
        return f"<columns of {len(self):,} entries; {self.unreadable:,} lines could not be read>"

    def client(self, index: int) -> str:
        """Return one client's address."""
        at = range(len(self))[index]
        address = ipaddress.IPv6Address(self.client_bytes[16 * at : 16 * at + 16].tobytes())
        return str(address.ipv4_mapped or address)

    def target(self, index: int) -> bytes:
        """Return one request-target, as the client sent it; empty when no request could be read."""
        at = range(len(self))[index]
        return self.target_bytes[self.target_offsets[at] : self.target_offsets[at + 1]].tobytes()


class LoglinePart:
    """Part 03: write a line of the access log, read one, and read a whole log in three shapes."""

    def __init__(self, call: Call) -> None:
        """Take the function that carries a call to the worker."""
        self._call = call

    def write(self, entry: LogEntry) -> bytes:
        """Return the line of one entry, its line end included; raises CourseError when no line can say the entry."""
        line: bytes = self._call("logline_write", [_checked(entry)], bytes)
        return line

    def parse(self, line: bytes) -> LogEntry:
        """Read one line; raises ParseError with the fault and the offset of the word that cannot be read."""
        entry: LogEntry = self._call("logline_parse", [line], LogEntry)
        return entry

    def dicts(self, log: bytes) -> list[dict[str, Any]]:
        """Read a log into a dictionary for each readable line, with the names of LogEntry."""
        entries: list[dict[str, Any]] = self._call("logline_dicts", [log], list[dict[str, Any]])
        return entries

    def objects(self, log: bytes) -> list[LogEntry]:
        """Read a log into an object for each readable line."""
        entries: list[LogEntry] = self._call("logline_objects", [log], list[LogEntry])
        return entries

    def columns(self, log: bytes | Path) -> LogColumns:
        """Read a log into columns. A path is read by the worker itself, so that a large log is not sent to it.

        Raises CourseError when the file cannot be read.
        """
        if isinstance(log, Path):
            return LogColumns(self._call("logline_columns_of_file", [readable(log)], dict[str, Any]))
        return LogColumns(self._call("logline_columns", [log], dict[str, Any]))


def readable(path: Path) -> str:
    """Return the absolute path of a file that can be opened; raises CourseError when it cannot."""
    try:
        with path.open("rb"):
            return str(path.absolute())
    except OSError as error:
        raise CourseError(f"{path} can't be read: {error.strerror}.", "Give the path of an access log.") from None


def _checked(entry: LogEntry) -> dict[str, Any]:
    """Return the fields of an entry that a line can say."""
    wrong = ""
    try:
        ipaddress.ip_address(entry.client)
        msgspec.convert(entry.status, _U16)
    except ValueError as error:  # msgspec's ValidationError is one
        wrong = str(error)
    for name in ("time", "body_bytes", "took_us"):
        if not 0 <= getattr(entry, name) <= _LARGEST:
            wrong = f"`{name}` is {getattr(entry, name)}, and not a number of 64 bits"
    if len({entry.method is None, entry.target is None, entry.version is None}) != 1:
        wrong = "`method`, `target` and `version` are given together or not at all"
    if entry.version not in (None, "HTTP/1.0", "HTTP/1.1"):
        wrong = f"`version` is {entry.version!r}, and neither HTTP/1.0 nor HTTP/1.1"
    if wrong:
        raise CourseError(f"No line can say this entry: {wrong}.", "help(LogEntry) names each field and its unit.")
    return msgspec.structs.asdict(entry)
