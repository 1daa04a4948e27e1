"""The parts once more in pure Python, written as one would write them: what `bench` measures Rust against."""


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
