"""What AddressSanitizer, LeakSanitizer and ThreadSanitizer report, shortened to its telling lines.

Addresses, process numbers, paths of this machine and frames of libraries go: what stays is the same in each run.
Values in, values out; whoever runs a program with a sanitizer is `c_program`.
"""

import re
from dataclasses import dataclass

from proxylings.grader.text import plain

_MOST_LINES = 24
_HEAD = re.compile(r"(?:==\d+==)?(?:ERROR|WARNING): (?P<tool>(?:Address|Leak|Thread)Sanitizer): (?P<what>.+)")
# "… on address 0x…", "… on unknown address", "… in thread T0", "… (pid=7)", "…: 0x…": of the kind nothing stands there.
_BEHIND_KIND = re.compile(r"(?: on | in thread |:? ?\(|: 0x| 0x).*")
_FRAME = re.compile(
    r"#\d+ (?:0x[0-9a-f]+ (?:in )?)?(?P<function>\S+).*?(?P<file>[^\s/:]+):(?P<line>\d+)(?::\d+)?(?: \(.*)?$"
)
_CHANGING = (
    (re.compile(r"^0x[0-9a-f]+ is located "), "It is located "),
    (re.compile(r" of (\d+-byte region) \[.*\)"), r" of a \1"),
    (re.compile(r" at 0x[0-9a-f]+ thread T0"), ""),
    (re.compile(r" at 0x[0-9a-f]+ thread (T\d+)"), r" by thread \1"),
    (re.compile(r" by thread T0 here:"), " here:"),
    (re.compile(r"^Address 0x[0-9a-f]+ is located in stack of thread T0.*"), "It is on the stack of:"),
    (re.compile(r"^Address 0x[0-9a-f]+ is located in stack of thread (T\d+).*"), r"It is on the stack of thread \1:"),
    (re.compile(r" at (?:address )?0x[0-9a-f]+"), ""),
    (re.compile(r" \((?:pid=|tid=|0x|\S+\+0x)[^)]*\)"), ""),
    (re.compile(r"\b0x[0-9a-f]+\b"), "…"),
)
_PROCESS = re.compile(r"^==\d+==")
_END = re.compile(
    r"^(SUMMARY: |Shadow bytes |==\d+==ABORTING|==================|AddressSanitizer can not |Shadow byte legend|"
    r"==\d+==Register values|HINT: )"
)
# The sanitizer itself can't start: this kernel lays memory out in a way that it does not know, say.
_NOT_HERE = re.compile(
    r"FATAL: \w+Sanitizer|unexpected memory mapping|Shadow memory range interleaves|ReserveShadowMemoryRange|"
    r"\w+Sanitizer: failed to|\w+Sanitizer has encountered a fatal error|error while loading shared libraries"
)


@dataclass(frozen=True)
class Report:
    """A bug that a sanitizer found: what kind, at which line of the cell (0: none of it), and the report."""

    tool: str
    kind: str
    line: int
    text: str

    def found(self) -> str:
        """Say it in half a sentence."""
        place = f" in line {self.line}" if self.line else ""
        article = "" if self.kind.endswith("s") else "an " if self.kind[:1] in "aeiou" else "a "
        return f"{self.tool} found {article}{self.kind}{place}"


def read(text: str, cell: str) -> Report | None:
    """Return the first report in `text`; of its frames those stay that lie in the file `cell`."""
    lines = iter(plain(text).splitlines())
    head = next((found for line in lines if (found := _HEAD.search(line))), None)
    if head is None:
        return None
    kind = _BEHIND_KIND.sub("", head["what"]).removeprefix("attempting ").removeprefix("detected ").strip()
    shown, places = [f"{head['tool']}: {kind}"], []
    heading = ""
    for line in lines:
        line = line.strip()
        if _END.match(line):
            break
        line = _PROCESS.sub("", line)
        if line.startswith("#"):
            frame = _FRAME.match(line)
            if frame is None or frame["file"] != cell:
                continue
            shown += [heading] if heading else []
            shown.append(f"    in {frame['function']}, line {frame['line']}")
            places.append(int(frame["line"]))
            heading = ""
        elif line:
            # A heading is shown with the first frame below it; a sentence at once.
            told = _same_each_time(line)
            sentence = not told.endswith(":") and not told.startswith(("READ of", "WRITE of"))
            shown += [told] if sentence else []
            heading = "" if sentence else told
    if len(shown) > _MOST_LINES:
        shown = [*shown[:_MOST_LINES], f"… ({len(shown) - _MOST_LINES} more lines)"]
    return Report(head["tool"], kind, places[0] if places else 0, "\n".join(shown))


def runs_not_here(text: str) -> bool:
    """Tell whether these are the words of a sanitizer that can't start on this machine."""
    return bool(_NOT_HERE.search(text))


def _same_each_time(line: str) -> str:
    for changing, fixed in _CHANGING:
        line = changing.sub(fixed, line)
    return line
