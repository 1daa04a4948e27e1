"""Text that a learner's program had a hand in, made safe to show.

Owns what is taken out (terminal escapes, control characters, characters that turn the reading direction), the length,
and the escapes of each place that text is put into. HTML is escaped by `html.escape`, XML and JSON by their libraries.
"""

import re

LONGEST_OUTPUT = 500
LONGEST_TEXT = 8_000
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"  # control characters and Unicode's ends of lines
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # turns the reading direction: code can look like other code
    "\ud800-\udfff"  # half a surrogate pair can't be encoded
    f"{''.join(chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000))}]"  # no characters
)
# ECMA-48: strings for the terminal (titles, links) up to their end, then sequences (colours, cursor), then the rest.
_ESCAPES = re.compile(
    r"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|\x1b[ -/]*[0-~]"
)
_COLOUR = re.compile(r"(\x1b\[[0-9;]*m)")
# A log line that GitHub's runner would obey; it looks past leading white space.
_COMMAND = re.compile(r"^(\s*)(?=::|##\[)", re.MULTILINE)
_CUT = "\n… (cut at {} characters)"


def clean(text: str) -> str:
    """Return `text` with a visible mark in place of each control or direction-turning character.

    One mark for one character, so that columns stay right.
    """
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))


def plain(text: str) -> str:
    """Return `text` without terminal escapes, and cleaned."""
    return clean(_ESCAPES.sub("", text))


def excerpt(text: str, longest: int = LONGEST_OUTPUT) -> str:
    """Return `text` plain, and of at most `longest` characters; a longer one ends by saying that it was cut."""
    # What is read is bounded too: a text can be megabytes of escapes.
    shown = plain(text[: 4 * longest + 4])
    if len(shown) <= longest and len(text) <= 4 * longest + 4:
        return shown
    note = _CUT.format(longest)
    return shown[: max(longest - len(note), 0)] + note[-longest:] if longest else ""


def one_line(text: str) -> str:
    """Return `text` plain, with a space for each run of white space."""
    return " ".join(plain(text).split())


def sentence(name: str) -> str:
    """Return a test's name as a sentence: keeps_a_head -> "keeps a head"."""
    return one_line(name.replace("_", " "))


def coloured(text: str) -> str:
    """Return `text` for a place that shows colours: they stay, and end with the text; other escapes go."""
    pieces = _COLOUR.split(text)
    if len(pieces) == 1:
        return plain(text)
    shown = "".join(piece if at % 2 else plain(piece) for at, piece in enumerate(pieces))
    return shown if pieces[-2] in ("\x1b[m", "\x1b[0m") else f"{shown}\x1b[0m"


def terminal(text: str) -> str:
    """Return `text` for a terminal or a log: coloured, and no line of it is a workflow command."""
    return _COMMAND.sub(r"\1| ", coloured(text))


def markdown(text: str) -> str:
    """Return `text` as one line of Markdown that means itself, also inside a table."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", one_line(text))


def fenced(text: str) -> str:
    """Return `text` as a block of Markdown; the fence is longer than any run of backticks in it."""
    shown = plain(text)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", shown)), default=0))
    return f"{fence}text\n{shown}\n{fence}"


def command(text: str) -> str:
    """Return `text` as the message of a workflow command."""
    return plain(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def command_property(text: str) -> str:
    """Return `text` as a property of a workflow command."""
    return command(text).replace(":", "%3A").replace(",", "%2C")


def cell(text: str) -> str:
    """Return `text` as one cell of a table that no spreadsheet takes for a formula (CWE-1236)."""
    shown = one_line(text)
    return f"'{shown}" if shown.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) else shown  # noqa: RUF001 - the wide forms count, too
