"""What comes out of a submission: its Rust files by name, within caps, and notes on what was left out."""

import time
from dataclasses import dataclass, field

# Build output, version control, and what editors and systems leave behind: nobody hands these in on purpose.
PASSED_OVER = frozenset(
    {".git", ".hg", ".proxylings", ".venv", ".ipynb_checkpoints", "__MACOSX", "__pycache__", "node_modules", "target"}
)
# So many notes are kept of files that were left out; a submission with more has said enough.
_MOST_NOTES = 100


class Unreadable(Exception):
    """A submission can't be read: the text says why, and what its author can do."""


@dataclass(frozen=True)
class Caps:
    """What a submission may hold: how many files, bytes of a Rust file and of all, folders below each other.

    `archive` is the size of an archive, `unpacked` what a tar may unpack to, in bytes, and `ratio` how many times its
    own size; `seconds` is how long reading may take.
    """

    members: int = 20_000
    file: int = 256 * 1024
    total: int = 4 * 1024 * 1024
    depth: int = 24
    archive: int = 64 * 1024 * 1024
    unpacked: int = 256 * 1024 * 1024
    ratio: int = 200
    seconds: float = 20.0


@dataclass
class Pile:
    """What came out of a submission: Rust files, why others were left out, and when it was handed in."""

    caps: Caps = field(default_factory=Caps)
    files: dict[str, bytes] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    archives: list[str] = field(default_factory=list)
    submitted: float | None = None
    commit: str = ""
    _members: int = 0
    _total: int = 0
    _until: float = 0.0

    def __post_init__(self) -> None:
        """Begin the time that reading may take."""
        self._until = time.monotonic() + self.caps.seconds

    def tick(self) -> None:
        """Stop when reading takes too long."""
        if time.monotonic() > self._until:
            raise Unreadable(
                f"Reading it took longer than {self.caps.seconds:g} s. Hand in the exercises/ folder only."
            )

    def count(self) -> None:
        """Count a file or a folder."""
        self._members += 1
        if self._members > self.caps.members:
            raise Unreadable(f"It holds more than {self.caps.members:,} files. Hand in the exercises/ folder only.")

    def member(self, name: str) -> str:
        """Count one file, and return its name in our form; "" when it is none of a learner's Rust files."""
        self.count()
        # Some tools on Windows write backslashes into archives.
        name = name.replace("\\", "/").removeprefix("./")
        if not name.lower().endswith(".rs"):
            return ""
        parts = name.split("/")
        if not name.isprintable() or ".." in parts or "" in parts or ":" in parts[0]:
            return self.leave_out(name, "its name is not the name of a file inside the submission")
        if len(parts) > self.caps.depth:
            return self.leave_out(name, f"it lies more than {self.caps.depth} folders deep")
        return "" if PASSED_OVER.intersection(parts[:-1]) else name

    def leave_out(self, name: str, why: str) -> str:
        """Note why a file was not read."""
        if len(self.left_out) < _MOST_NOTES:
            # A tar's name may hold bytes that are no text.
            self.left_out.setdefault(name[:300].encode("utf-8", "replace").decode(), why)
        return ""

    def fits(self, name: str, size: int) -> bool:
        """Return whether a file of `size` bytes may be read; note it when it may not."""
        if size <= self.caps.file:
            return True
        self.leave_out(name, f"it is larger than {self.caps.file // 1024} KiB")
        return False

    def add(self, name: str, data: bytes) -> None:
        """Keep a Rust file. The same name twice, with other bytes, is a riddle that we don't guess at."""
        if not self.fits(name, len(data)):
            return
        if self.files.setdefault(name, data) != data:
            raise Unreadable(f"It holds {name} twice, with different contents. Hand in one of them.")
        self._total += len(data)
        if self._total > self.caps.total:
            raise Unreadable(f"Its Rust files are larger than {self.caps.total // 2**20} MiB. Hand in exercises/ only.")
