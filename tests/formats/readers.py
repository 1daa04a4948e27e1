"""Read each format as its own consumer would, and say what is wrong with a document.

A schema in schemas/ says what a document looks like; the rules here are those that a schema can't say: sums, sizes.
"""

import base64
import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import xmlschema
from markdown_it import MarkdownIt
from referencing import Registry, Resource

SCHEMAS = Path(__file__).parent / "schemas"
_LOADED = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.json")}
_REGISTRY: Any = Registry().with_resources((name, Resource.from_contents(one)) for name, one in _LOADED.items())
_XSD = xmlschema.XMLSchema(SCHEMAS / "junit.xsd")
# The same set as in the grader, said another way: what must not come out in any format.
UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)
Rules = Callable[[Any], list[str]]


def read(name: str, data: bytes) -> Any:
    """Return a document as plain values; ValueError when it is not one of its kind at all."""
    if name in ("json", "gradescope", "exercism", "classroom50", "prairielearn", "badge"):
        return json.loads(data)
    if name == "jsonl":
        return [json.loads(line) for line in data.splitlines()]
    if name in ("csv", "nbgrader"):
        return list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))
    if name == "github-classroom":
        found = re.fullmatch(rb"result=([A-Za-z0-9+/]+=*)\n", data)
        if found is None:
            raise ValueError("this is not one line of a step output")
        return json.loads(base64.b64decode(found[1], validate=True))
    if name == "github-annotations":
        return [_command(line) for line in re.split("[\r\n]+", data.decode().removesuffix("\n")) if line]
    if name == "github-summary":
        return data.decode()
    return ET.fromstring(data)


def problems(name: str, data: bytes) -> list[str]:
    """Return all that is wrong with a document: as its schema and its rules have it."""
    try:
        document = read(name, data)
    except (ValueError, ET.ParseError, csv.Error) as error:
        return [f"not readable: {error}"]
    if name == "junit":
        found = [str(error.reason) for error in _XSD.iter_errors(document)]
    else:
        schema = {"json": "verdict-v1", "jsonl": "graded-v1", "csv": "class"}.get(name, name)
        schema = {"exercism": "exercism-v3", "classroom50": "classroom50-v1"}.get(name, schema)
        shape = _elements(document) if name == "github-summary" else document
        validator = jsonschema.Draft202012Validator(_LOADED[f"{schema}.schema.json"], registry=_REGISTRY)
        found = [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(shape)]
    if not found:
        found = _RULES.get(name, lambda _: [])(document)
    if UNSAFE.search(data.decode() if name == "github-summary" else _texts(document)):
        found.append("an unsafe character")
    return found


def _command(line: str) -> dict[str, Any]:
    """Decode a workflow command as GitHub's runner does."""
    found = re.fullmatch(r"::(\w+)(?: ([^:]*))?::(.*)", line)
    if found is None:
        raise ValueError(f"not a command: {line[:80]!r}")
    pairs = [pair.partition("=") for pair in (found[2] or "").split(",") if pair]
    properties = {key: _decoded(value, {"%3A": ":", "%2C": ","}) for key, _, value in pairs}
    return {"command": found[1], "properties": properties, "message": _decoded(found[3], {})}


def _decoded(value: str, more: dict[str, str]) -> str:
    for code, char in {"%0D": "\r", "%0A": "\n", **more, "%25": "%"}.items():
        value = value.replace(code, char)
    return value


def _elements(markdown: str) -> list[str]:
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    kinds = [token.type for token in tokens] + [inner.type for token in tokens for inner in token.children or []]
    return [kind.removesuffix("_open").removesuffix("_close") for kind in kinds]


def _texts(document: Any) -> str:
    """Return every text of a document, keys too."""
    if isinstance(document, ET.Element):
        own = [*document.attrib.values(), document.text or "", document.tail or ""]
        return "\n".join([*own, *map(_texts, document)])
    if isinstance(document, dict):
        return "\n".join([*document, *map(_texts, document.values())])
    if isinstance(document, list):
        return "\n".join(map(_texts, document))
    return document if isinstance(document, str) else ""


def _sums(score: str, most: str, tests: Any, total: float, all_in_all: float) -> list[str]:
    wrong = [f"{test[score]} of {test[most]}" for test in tests if test[score] > test[most]]
    if (sum(test[score] for test in tests), sum(test[most] for test in tests)) != (total, all_in_all):
        wrong.append("the tests don't add up")
    return wrong


def _gradescope(document: Any) -> list[str]:
    most = sum(test["max_score"] for test in document["tests"])
    return _sums("score", "max_score", document["tests"], document["score"], most)


def _classroom50(document: Any) -> list[str]:
    return _sums("score", "max-score", document["tests"], document["score"], document["max-score"])


def _classroom(document: Any) -> list[str]:
    got = sum(test["score"] for test in document["tests"])
    return [] if got <= document["max_score"] else ["more points than there are"]


def _prairielearn(document: Any) -> list[str]:
    tests = document["tests"]
    points, most = (sum(test[key] for test in tests) for key in ("points", "max_points"))
    wrong = [] if not most or abs(document["score"] - points / most) < 1e-9 else ["score and points differ"]
    return wrong + ([] if len(json.dumps(document, ensure_ascii=False).encode()) <= 1_000_000 else ["too large"])


def _junit(document: ET.Element) -> list[str]:
    wrong = []
    for suite in document:
        cases = suite.findall("testcase")
        for key, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            if int(suite.attrib[key]) != sum(case.find(kind) is not None for case in cases):
                wrong.append(f"{key} are miscounted")
        if int(suite.attrib["tests"]) != len(cases):
            wrong.append("tests are miscounted")
    return wrong


def _summary(document: str) -> list[str]:
    return [] if len(document.encode()) <= 1024 * 1024 else ["too large for a summary"]


_RULES: dict[str, Rules] = {
    "gradescope": _gradescope,
    "classroom50": _classroom50,
    "github-classroom": _classroom,
    "prairielearn": _prairielearn,
    "junit": _junit,
    "github-summary": _summary,
}
