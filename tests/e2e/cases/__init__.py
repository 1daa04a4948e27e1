"""The conformance cases, a module for each side of the wire and each kind of fault."""

from __future__ import annotations

from tests.e2e.cases import (
    interim,
    onward,
    persistence,
    request_chunks,
    request_fields,
    request_framing,
    request_line,
    response_bodies,
    response_fields,
    response_framing,
    response_heads,
    target,
)
from tests.e2e.cases.case import Case

REQUESTS: list[Case] = [
    *request_line.CASES,
    *request_fields.CASES,
    *target.CASES,
    *request_framing.CASES,
    *request_chunks.CASES,
    *onward.CASES,
]
"""What clients send, right and wrong, before an upstream that answers everything with 200."""

ALL: list[Case] = [
    *REQUESTS,
    *response_heads.CASES,
    *response_framing.CASES,
    *response_bodies.CASES,
    *response_fields.CASES,
    *interim.CASES,
    *persistence.CASES,
]
