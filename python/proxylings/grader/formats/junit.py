"""JUnit XML as pytest writes it (`junit_family=xunit2`), for CI systems that show test reports.

Source: pytest's own writer (`_pytest/junitxml.py`) and Jenkins' `junit-10.xsd`, which pytest names.
A test that fails is a `failure`; one that did not end or crashed, and an answer that does not compile, is an `error`.
"""

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from proxylings.grader.formats.graded import Graded
from proxylings.grader.formats.rows import SAID, headline, told
from proxylings.grader.text import excerpt, one_line
from proxylings.grader.verdict import TestResult, Verdict

_LONGEST_MESSAGE = 500  # what pytest leaves in the attribute; the element has the rest


def write(verdicts: Sequence[Graded]) -> bytes:
    """Return one suite for each exercise."""
    root = ET.Element("testsuites", name="proxylings")
    for graded in verdicts:
        root.append(_suite(graded))
    ET.indent(root)
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _suite(graded: Graded) -> ET.Element:
    verdict = graded.verdict
    cases = [_case(verdict, test) for test in verdict.tests] or [_whole(verdict)]
    suite = ET.Element("testsuite", name=one_line(verdict.exercise))
    suite.set("errors", str(sum(case.find("error") is not None for case in cases)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("skipped", "0")
    suite.set("tests", str(len(cases)))
    suite.set("time", f"{verdict.compile_seconds + verdict.test_seconds:.3f}")
    if graded.submitted is not None:
        suite.set("timestamp", graded.submitted.isoformat(timespec="seconds"))
    properties = ET.SubElement(suite, "properties")
    for name in ("status", "points", "max_points", "mode", "backend", "seed", "submission", "version"):
        if (value := getattr(verdict, name)) not in (None, ""):
            ET.SubElement(properties, "property", name=name, value=one_line(str(value)))
    suite.extend(cases)
    return suite


def _case(verdict: Verdict, test: TestResult) -> ET.Element:
    name = ".".join(filter(None, [one_line(verdict.exercise).replace("/", "."), one_line(test.task)]))
    case = ET.Element("testcase", classname=name, name=one_line(test.name), time=f"{test.seconds:.3f}")
    if test.status != "pass":
        kind = "failure" if test.status == "fail" else "error"
        text = test.message or SAID[test.status]
        problem = ET.SubElement(case, kind, message=excerpt(text, _LONGEST_MESSAGE))
        problem.text = f"{test.place}\n{text}" if test.place else text
    if test.output:
        ET.SubElement(case, "system-out").text = test.output
    return case


def _whole(verdict: Verdict) -> ET.Element:
    """Return the one case of a verdict without tests: whether the exercise as a whole passed."""
    name = one_line(verdict.exercise)
    seconds = verdict.compile_seconds + verdict.test_seconds
    case = ET.Element("testcase", classname=name.replace("/", "."), name=name, time=f"{seconds:.3f}")
    if not verdict.passed:
        ET.SubElement(case, "error", message=headline(verdict)).text = told(verdict)
    return case
