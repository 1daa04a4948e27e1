"""Verdicts to render: every status once, everything hostile once, and as many more as a seed gives."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec

from proxylings.grader.formats import Classroom50, Graded
from proxylings.grader.verdict import Status, StepResult, TestResult, TestStatus, Verdict
from proxylings.toolchain import Code, Diagnostic, Span, SpanLine

STEPS = (StepResult("step_1_cut", "Cut the head off", 0, 6), StepResult("step_2_parse", "Move the bytes", 0, 4))
WHEN = datetime(2026, 3, 2, 17, 4, 5, tzinfo=UTC)
CLASSROOM = Classroom50(
    classroom="rust", assignment="request", owner="ada", submission="submit/2026-03-02T17-04-05Z-a1b2c3d",
    commit="https://example.org/commit/a1b2c3d", release="https://example.org/release", review="https://example.org/r",
)  # fmt: skip
HOSTILE = {
    "control": "".join(map(chr, (*range(32), *range(0x7F, 0xA0)))),
    "colours": "\x1b[31mred\x1b[0m \x1b[2J\x1b]0;title\x07\x1b]52;c;cm0=\x1b\\ \x9b31m \x1b[\x1b[0m0m \x1b]unended",
    "bidi": "a\u202eb\u2066c\u2069\u200f\u061c",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;&lt;",
    "xml": "]]><!-- --><?php ?><![CDATA[",
    "surrogates": "\ud800 \udfff x",
    "no characters": "\ufffe\uffff\U0001ffff\u2028\u2029",
    "formula": "=cmd|' /C calc'!A0",
    "formula, too": "@SUM(1+1)*cmd|' /C calc'!A0",
    "wide formula": "\t ＝1+1",  # noqa: RUF001 - a spreadsheet knows the wide forms
    "csv": 'a,"b";c\r\nd\te',
    "commands": "x\n::error::forged\n  ::add-mask::x\n##[error]forged\r::stop-commands::t",
    "percent": "100%0A%25 file=x,line=1::",
    "markdown": "# h\n```\n| a | b |\n~~~\n[x](javascript:alert(1)) **b** <b>!</b> @ada #1 ![i](i)\n````\n",
    "long": "A" * 10_000_000,
    "long escapes": "\x1b[0m" * 2_500_000,
    "blank": " \n\t ",
}
CLEAN_NAME = "takes_a_head_that_is_all_there"


def diagnostic(text: str = "borrow of moved value: `head`", level: str = "error") -> Diagnostic:
    """Return a message of rustc about the learner's file."""
    span = Span(
        file_name="exercises/01-request/src/lib.rs", line_start=7, line_end=7, column_start=5, column_end=9,
        is_primary=True, text=[SpanLine(text, 5, 9)], label=text,
    )  # fmt: skip
    note = Diagnostic(message=text, level="note", spans=[])
    code = Code("E0382", "A long explanation.\n")
    return Diagnostic(
        message=text, level=level, spans=[span], children=[note], code=code, rendered=f"\x1b[1merror\x1b[0m: {text}\n"
    )


def verdict(status: Status = "pass", **changes: object) -> Verdict:
    """Return the verdict of a part with two steps; points follow from the tests."""
    tests = (
        TestResult(CLEAN_NAME, "step_1_cut", "pass", seconds=0.001),
        TestResult("keeps_a_partial_head", "step_1_cut", "pass", output="a line\nanother"),
        TestResult("moves_the_bytes", "step_2_parse", "pass"),
    )
    base = Verdict(
        exercise="01-request", status=status, points=10, max_points=10, tests=tests, compile_seconds=0.4,
        test_seconds=0.01, submission="ab" * 32, version="0.1.0",
        steps=tuple(msgspec.structs.replace(step, points=step.max_points) for step in STEPS),
    )  # fmt: skip
    return msgspec.structs.replace(base, **changes)


def failing(status: TestStatus, text: str = "expected: 1\n     got: 2", name: str = "moves_the_bytes") -> Verdict:
    """Return a verdict whose second step does not pass."""
    whole = verdict()
    red = TestResult(name, "step_2_parse", status, text, "tests/parts/01_request.rs:9", text, 0.5)
    return verdict(
        status, points=6, tests=(*whole.tests[:2], red), steps=(whole.steps[0], STEPS[1]), mode="strict", seed=7
    )


def plain() -> dict[str, Verdict]:
    """Return a verdict of each kind, without malice."""
    nothing: dict[str, Any] = {"points": 0, "tests": (), "steps": STEPS}
    drill: dict[str, Any] = {
        "exercise": "01-request/who_has_it_now",
        "steps": (),
        "tests": verdict().tests[:1],
        "max_points": 2,
    }
    apart = tuple(
        msgspec.structs.replace(test, points=points, max_points=5)
        for test, points in zip(failing("fail").tests, (5, 5, 0), strict=True)
    )
    return {
        "pass": verdict(),
        "a drill": verdict(**drill, points=2),
        "a drill that fails": verdict("fail", **drill | {"tests": failing("fail").tests[2:]}, points=0),
        "fail": failing("fail"),
        "timeout": failing("timeout", "The test ran for longer than 10 s."),
        "crashed": failing("crashed", "The test was ended by SIGABRT."),
        "no words": failing("fail", ""),
        "tests with points": verdict("fail", points=10, max_points=15, tests=apart, backend="bubblewrap", seed=2**63),
        "points that don't add up": verdict("fail", points=3, max_points=11),
        "no points at all": verdict(points=0, max_points=0, steps=(), tests=()),
        "error": verdict("error", **nothing, diagnostics=(diagnostic(), diagnostic(level="warning"))),
        "many errors": verdict("error", **nothing, diagnostics=(diagnostic(),) * 300),
        "error without a message": verdict("error", **nothing),
        "error of rustc itself": verdict("error", **nothing, message="rustc ended with exit code 101."),
        "refused": verdict("refused", **nothing, message="src/lib.rs is not there."),
        "pass without tests": verdict(tests=()),
        "warnings": verdict(diagnostics=(diagnostic("unused", "warning"),) * 12),
    }


def hostile() -> dict[str, Verdict]:
    """Return verdicts that carry each hostile text wherever a learner can put one."""
    found = {}
    for name, text in HOSTILE.items():
        found[f"{name} in a test"] = failing("fail", text)
        found[f"{name} as a test's name"] = failing("crashed", text, name=f"x{text[:9_000]}")
        found[f"{name} in a diagnostic"] = verdict(
            "error", points=0, tests=(), steps=STEPS, message=text, hints=(text,), diagnostics=(diagnostic(text),)
        )
    return found


def drawn(count: int, seed: int = 2026) -> Iterator[Verdict]:
    """Give verdicts made up from a seed: any statuses, any texts, points that add up as the grader's do."""
    dice = random.Random(seed)
    pieces = [text[:2_000] for text in HOSTILE.values()] + ["a request", "", "\n", "é", "🦀", "\u0301"]

    def text() -> str:
        return "".join(dice.choices(pieces, k=dice.randrange(4)))

    for _ in range(count):
        steps, tests = [], []
        for number in range(dice.randrange(4)):
            most = dice.randrange(8)
            steps.append(StepResult(f"step_{number}", text(), dice.choice([0, most]), most))
        kinds: list[TestStatus] = ["pass", "fail", "timeout", "crashed"]
        for number in range(dice.randrange(6)):
            task = dice.choice([step.id for step in steps] or [""])
            most = dice.randrange(3)
            points = {"points": dice.randrange(most + 1), "max_points": most} if dice.random() < 0.5 else {}
            tests.append(
                TestResult(
                    f"t{number}{text()}", task, dice.choice(kinds), text(), text(), text(), dice.random(), **points
                )
            )
        red = {test.status for test in tests} - {"pass"}
        status: Status = "fail" if red else dice.choice(["pass", "error", "refused"]) if not tests else "pass"
        said = tuple(diagnostic(text(), dice.choice(["error", "warning"])) for _ in range(dice.randrange(3)))
        yield verdict(
            status, steps=tuple(steps), tests=tuple(tests), diagnostics=said, message=text(), hints=(text(),),
            points=sum(step.points for step in steps), max_points=sum(step.max_points for step in steps),
            backend=text(), seed=dice.choice([None, dice.getrandbits(64)]),
        )  # fmt: skip


def graded(one: Verdict, text: str = "Ada") -> Graded:
    """Return the verdict as somebody's, whose name may be hostile, too."""
    return Graded(
        verdict=one, student="ada", first_name=text, last_name="Lovelace", email="ada@example.org", submitted=WHEN,
        due=WHEN, repository="https://example.org/ada/rust", commit="a1b2c3d", classroom50=CLASSROOM,
        test_code={f"step_1_cut::{CLEAN_NAME}": "assert!(true);"},
    )  # fmt: skip
