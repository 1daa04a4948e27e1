"""What the parts give back to Python: plain, frozen records, the same for `mine` and `reference`."""

import msgspec


class Cut(msgspec.Struct, frozen=True):
    """A buffer cut at its blank line: the head with its blank line, and the bytes after it."""

    head: bytes
    rest: bytes


class RequestHead(msgspec.Struct, frozen=True):
    """A parsed request head: bytes as the client sent them, `version` as "HTTP/1.0" or "HTTP/1.1", fields in order."""

    method: bytes
    target: bytes
    version: str
    fields: list[tuple[bytes, bytes]]


class Note(msgspec.Struct, frozen=True):
    """What stays behind for the access log when the request is handed on."""

    method: str
    target: str
