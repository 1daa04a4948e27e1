"""Which wrong answers are alike? Token shingles, bottom-k sketches, and one pass that puts like to like.

Names that a learner chose are one placeholder, comments are nothing, and what the stub or the reference says too is
left out, so that two wrong answers are alike by what is wrong in them and not by how it is called. The sketch (the k
smallest hashes of the shingles; Broder, "On the resemblance and containment of documents", 1997) bounds the memory an
answer takes.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

# A shingle is this many tokens in a row: `head . clone ( )` is five.
_SHINGLE = 4
_SKETCH = 64
# A leader is found by so many of its hashes. Of 1,500 answers as alike as ALIKE, one has none of them: 0.4 ** 8.
_INDEXED = 8
ALIKE = 0.6
# What does not end ends with the text: so no text, however odd, takes more than one look at each of its parts.
_TOKEN = re.compile(
    r"""(?P<nothing>\s+|//[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<text>b?r(?P<hashes>\#*)".*?(?:"(?P=hashes)|\Z)|[bc]?"(?:\\.|[^"\\])*+(?:"|\\?\Z))
    |(?P<letter>b?'(?:\\(?:u\{[^}]{0,8}\}|.)|[^'\\])')
    |(?P<life>'\w+)
    |(?P<number>\d[\w.]*?(?=\.\.|[^\w.]|$|\.[A-Za-z_]))
    |(?P<word>\w+)
    |(?P<sign>::|->|=>|\.\.=?|&&|\|\||[-+*/%^!&|=<>]=|.)""",
    re.VERBOSE | re.DOTALL,
)
_KEYWORDS = frozenset((
    "as", "async", "await", "box", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern",
    "false", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref",
    "return", "self", "Self", "static", "struct", "super", "trait", "true", "type", "unsafe", "use", "where",
    "while",
))  # fmt: skip
# The smallest hashes, in order.
Sketch = tuple[int, ...]


def tokens(source: str) -> list[str]:
    """Return the tokens of a Rust text, up to its tests. Names that a learner chose become `_`."""
    source = source.partition("#[cfg(test)]")[0]
    found = [(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(source)]
    bare = [(kind, text) for kind, text in found if kind != "nothing"]
    return [_normal(kind, text, before, after) for (before, (kind, text), after) in _with_neighbours(bare)]


def shingles(files: Mapping[str, bytes]) -> frozenset[int]:
    """Return the hashes of all shingles of an answer."""
    hashes: set[int] = set()
    for name in sorted(files):
        words = tokens(files[name].decode("utf-8", "replace"))
        hashes.update(_hash(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1)))
    return frozenset(hashes)


def sketch(files: Mapping[str, bytes], known: frozenset[int] = frozenset()) -> Sketch:
    """Return the sketch of an answer without the shingles that are known."""
    return tuple(sorted(shingles(files) - known)[:_SKETCH])


def likeness(one: Sketch, other: Sketch) -> float:
    """Estimate how much two answers have in common, from 0 to 1, by the smallest hashes of both."""
    if not one or not other:
        return float(one == other)
    both = sorted({*one, *other})[:_SKETCH]
    shared = set(one) & set(other)
    return sum(value in shared for value in both) / len(both)


@dataclass
class Cluster:
    """Answers that are alike. `leader` is the first of them; `size` counts the learners who handed one in."""

    leader: str
    sketch: Sketch
    size: int = 0
    answers: int = 0
    students: list[str] = field(default_factory=list)
    misconceptions: Counter[str] = field(default_factory=Counter)


class Clusters:
    """Takes answers one after the other; each joins the cluster whose leader it is most like, or leads a new one."""

    def __init__(self) -> None:
        """Begin without clusters."""
        self.clusters: list[Cluster] = []
        self._by_hash: dict[int, list[Cluster]] = {}
        # The one whose leader says nothing that is not known.
        self._bare: Cluster | None = None

    def add(self, answer: str, sketch: Sketch) -> Cluster:
        """Put a new answer to those that it is like."""
        cluster = self._nearest(sketch) or self._led_by(answer, sketch)
        cluster.answers += 1
        return cluster

    def _nearest(self, sketch: Sketch) -> Cluster | None:
        if not sketch:
            return self._bare
        votes: Counter[int] = Counter()
        found: dict[int, Cluster] = {}
        for value in sketch:
            for cluster in self._by_hash.get(value, ()):
                votes[id(cluster)] += 1
                found[id(cluster)] = cluster
        near = [found[place] for place, _ in votes.most_common(5)]
        best = max(near, key=lambda cluster: likeness(sketch, cluster.sketch), default=None)
        return best if best is not None and likeness(sketch, best.sketch) >= ALIKE else None

    def _led_by(self, answer: str, sketch: Sketch) -> Cluster:
        cluster = Cluster(answer, sketch)
        self.clusters.append(cluster)
        for value in sketch[:_INDEXED]:
            self._by_hash.setdefault(value, []).append(cluster)
        if not sketch:
            self._bare = cluster
        return cluster


def _with_neighbours(found: list[tuple[str, str]]) -> Iterable[tuple[str, tuple[str, str], str]]:
    padded = [("", ""), *found, ("", "")]
    for (before, here), (_, after) in zip(pairwise(padded), pairwise(padded[1:]), strict=False):
        if here != ("", ""):
            yield before[1], here, after[1]


def _normal(kind: str, text: str, before: str, after: str) -> str:
    if kind == "text":
        return '""'
    if kind in ("letter", "number", "life"):
        return {"letter": "''", "number": "0", "life": "'_"}[kind]
    if kind != "word" or text in _KEYWORDS:
        return text
    # What is called or named by a path is part of the meaning: `clone`, `Vec`, `Option::Some`.
    called = before in (".", "::") or after in ("(", "!", "::", "<") or text[0].isupper()
    return text if called and before != "fn" else "_"


def _hash(words: list[str]) -> int:
    return int.from_bytes(hashlib.blake2b("\0".join(words).encode(), digest_size=8).digest(), "big")
