"""Cases for `two_words_at_once`: lines of no word and of many, with one space between them and with more."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class AllWords(Call, frozen=True):
    """`next_word`, again and again, with a line."""

    line: str


class LogLine(Call, frozen=True):
    """`log_line`, with a line."""

    line: str


def cases(random: Random) -> list[Case]:
    """Return lines of zero to nine words; a tab and a letter that is not ASCII are parts of a word."""
    tight = ["GET /menu HTTP/1.1", "GET", "a b", "GET\t/menu", "GET /caf\N{LATIN SMALL LETTER E WITH ACUTE} x"]
    loose = ["", " ", "    ", "  GET   /menu ", "GET ", " GET", "a  b"]
    drawn = [
        "".join(draw.token(random, 1, 9) + " " * random.randint(1, 3) for _ in range(random.randint(0, 9)))
        for _ in range(24)
    ]
    return [
        *named("", "gives one word after the other", map(AllWords, tight)),
        *named("", "passes over spaces", map(AllWords, loose)),
        *named("", "does so with any line", map(AllWords, drawn)),
        *named("", "writes the target and the method", map(LogLine, [*tight, *loose])),
    ]
