"""What the case makers draw from: tokens, targets, fields, heads. Every draw takes the `Random` that the seed gave."""

from random import Random

import msgspec

# The bytes of a token (RFC 9110 5.6.2).
ALPHABET = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
METHODS = (b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"OPTIONS", b"PATCH", b"Purge", b"get")
NAMES = (b"Host", b"Accept", b"Content-Length", b"Connection", b"X-Request-Id", b"Cookie", b"Via", b"TE")
_VALUE = bytes(range(0x21, 0x7F)) + bytes(range(0x80, 0x100))


class Field(msgspec.Struct, frozen=True):
    """A field line, as the argument of a call."""

    name: bytes
    value: bytes


def listed(*pairs: tuple[str, str]) -> list[Field]:
    """Return fields that are written down in a case maker."""
    return [Field(name.encode(), value.encode()) for name, value in pairs]


def in_any_case(random: Random, name: str) -> str:
    """Return `name` in a mix of small letters and capitals."""
    return "".join(random.choice((letter.lower(), letter.upper())) for letter in name)


def token(random: Random, shortest: int, longest: int) -> str:
    """Return a token of RFC 9110 5.6.2."""
    return "".join(random.choices(ALPHABET, k=random.randint(shortest, longest)))


def target(random: Random, longest: int = 40) -> bytes:
    """Return a path that may hold any byte but white space and control bytes."""
    return b"/" + bytes(random.choices(_VALUE, k=random.randint(0, longest)))


def value(random: Random, longest: int = 30) -> bytes:
    """Return a field value without white space around it; inside, words may be apart."""
    words = (bytes(random.choices(_VALUE, k=random.randint(1, 8))) for _ in range(random.randint(0, longest // 8)))
    return b" ".join(words)


def field(random: Random) -> bytes:
    """Return a field line without its line end, with white space around the value as clients write it."""
    name = random.choice(NAMES) if random.random() < 0.5 else token(random, 1, 16).encode()
    before, after = random.choice((b"", b" ", b"\t ", b"  ")), random.choice((b"", b"", b" ", b" \t"))
    return name + b":" + before + value(random) + after


def head(random: Random, fields: int | None = None) -> bytes:
    """Return a good request head with its blank line."""
    count = random.randint(0, 8) if fields is None else fields
    line = random.choice(METHODS) + b" " + target(random) + random.choice((b" HTTP/1.1", b" HTTP/1.0"))
    return b"\r\n".join([line, *(field(random) for _ in range(count)), b"", b""])


def head_of_length(random: Random, length: int) -> bytes:
    """Return a good request head of exactly `length` bytes, its blank line included."""
    empty = b"GET / HTTP/1.1\r\nX-Pad: \r\n\r\n"
    return empty.replace(b": ", b": " + bytes(random.choices(b"abcdefgh", k=length - len(empty))))


def crumb(random: Random, whole: bytes) -> bytes:
    """Return a piece from the front that is not the whole."""
    return whole[: random.randrange(len(whole))]


def path(random: Random, longest: int = 40) -> str:
    """Return a path of visible ASCII bytes."""
    return "/" + "".join(map(chr, random.choices(range(0x21, 0x7F), k=random.randint(0, longest))))


def address(random: Random) -> str:
    """Return an address with its port."""
    return f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(256)}:{random.randint(1, 65535)}"
