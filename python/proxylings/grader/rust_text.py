"""Rust source looked at as text, where no compiler is at hand: what is quiet in it, and the bodies of its tests."""

import re
import textwrap

# Comments, strings and characters. What never ends goes to the end of the text, so that looking takes linear time.
QUIET = re.compile(
    r"""//[^\n]*|/\*(?:.*?\*/|.*)|b?r(\#*)"(?:.*?"\1|.*)|b?"(?:\\.|[^"\\])*(?:"|\Z)|b?'(?:\\.[^']*|[^'\\\n])'""",
    re.DOTALL,
)
_TEST = re.compile(r"#\[test\]\s*(?:#\[[^\]]{0,200}\]\s*){0,8}fn\s+(\w+)[^{;]{0,200}\{")
_STEP = re.compile(r"\bmod\s+(step_\w+)\s*\{")


def test_bodies(source: str) -> dict[str, str]:
    """Return what stands between the braces of each test function, by "step::name", or by its name outside a step."""
    code = QUIET.sub(lambda found: " " * len(found[0]), source)
    ends = _braces(code)
    steps = [(found[1], found.end(), ends.get(found.end() - 1, 0)) for found in _STEP.finditer(code)]
    bodies = {}
    for test in _TEST.finditer(code):
        start = test.end()
        if end := ends.get(start - 1):
            step = next((f"{name}::" for name, opens, closes in steps if opens < start < closes), "")
            bodies[f"{step}{test[1]}"] = textwrap.dedent(source[start:end].lstrip("\n")).strip()
    return bodies


test_bodies.__test__ = False  # type: ignore[attr-defined]  # not a test of pytest's


def _braces(code: str) -> dict[int, int]:
    """Return where each brace that opens is closed."""
    ends, open_ = {}, []
    for brace in re.finditer("[{}]", code):
        if brace[0] == "{":
            open_.append(brace.start())
        elif open_:
            ends[open_.pop()] = brace.start()
    return ends
