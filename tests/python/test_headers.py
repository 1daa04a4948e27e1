"""Part 02 from Python: what the fields of a head say, and what it answers to fields that no head can have."""

import pytest

from proxylings.errors import CourseError, ParseError
from proxylings.lab import reference
from proxylings.lab.faces.headers import ConnectionOptions, Framing, FramingFault, Version

FIELDS = [(b"Host", b"cafe.example"), (b"Via", b"1.1 a, 1.1 b"), (b"via", b",1.1 c"), (b"X-Hop", b"1")]


def test_fields_are_found_in_any_letters() -> None:
    assert reference.headers.find(FIELDS, "HOST") == b"cafe.example"
    assert reference.headers.find(FIELDS, "Accept") is None
    assert reference.headers.find([(b"A", b" \xe9 ")], "a") == b"\xe9"


def test_a_list_goes_over_all_its_lines() -> None:
    assert reference.headers.elements(FIELDS, "Via") == [b"1.1 a", b"1.1 b", b"1.1 c"]
    with pytest.raises(CourseError, match="knows no field called 'X-Hop'"):
        reference.headers.elements(FIELDS, "X-Hop")


def test_what_connection_names_ends_here() -> None:
    named = [*FIELDS, (b"Connection", b"close, x-hop")]
    assert reference.headers.connection(named) == ConnectionOptions(close=True, keep_alive=False, upgrade=False)
    assert reference.headers.end_to_end(named) == FIELDS[:3]


@pytest.mark.parametrize(
    ("fields", "version", "expected"),
    [
        ([], "HTTP/1.1", Framing("empty")),
        ([(b"Content-Length", b"18446744073709551615")], "HTTP/1.1", Framing("length", 2**64 - 1)),
        ([(b"Transfer-Encoding", b"chunked")], "HTTP/1.1", Framing("chunked")),
        ([(b"Transfer-Encoding", b"chunked")], "HTTP/1.0", "CodingInHttp10"),
        ([(b"Content-Length", b"5, 6")], "HTTP/1.1", "LengthsDiffer"),
    ],
)
def test_a_request_ends_where_its_fields_say(
    fields: list[tuple[bytes, bytes]], version: Version, expected: Framing | str
) -> None:
    got = reference.headers.request_framing(fields, version)
    assert (got.fault if isinstance(got, FramingFault) else got) == expected


def test_a_response_may_speak_of_a_body_that_does_not_come() -> None:
    five = [(b"Content-Length", b"5")]
    assert reference.headers.response_framing(five) == Framing("length", 5, 5)
    assert reference.headers.response_framing(five, answers_head=True) == Framing("empty", None, 5)
    assert reference.headers.response_framing([]) == Framing("until close")
    fault = reference.headers.response_framing([(b"Content-Length", b"x")])
    assert isinstance(fault, FramingFault)
    assert fault.message == "Content-Length is not a decimal number of at most 64 bits"
    with pytest.raises(CourseError, match="no status code"):
        reference.headers.response_framing([], 99)


def test_a_field_that_no_head_can_have_is_refused() -> None:
    with pytest.raises(ParseError) as caught:
        reference.headers.find([(b"A", b"b\r\nC: d")], "A")
    assert (caught.value.fault, caught.value.offset) == ("FieldValue", 4)
