"""Connections that go on: pipelining, reuse, and when a request may be sent twice."""

from __future__ import annotations

from dataclasses import replace

from tests.e2e.cases.case import (
    CHUNKED,
    GET,
    GET_SEEN,
    HEAD,
    HEAD_OK,
    HOST_SEEN,
    LENGTH_2,
    OK,
    OKAY,
    OKAY_AND_CLOSE,
    OKAY_AND_STAY,
    Answer,
    Case,
    End,
    Message,
    asks,
    chunks,
    get,
    post,
    refusal,
    reply,
)

SILENT = Answer(b"", "closes")
DONE = Answer(OK)
HINTS_ONLY = Answer(b"HTTP/1.1 103 Early Hints\r\n\r\n", "closes")
FAILED = refusal(502, closes=False)


def asked_for(target: bytes) -> Message:
    """Give a GET as the upstream sees it."""
    return asks(b"GET " + target + b" HTTP/1.1", HOST_SEEN)


def saying(word: bytes) -> Answer:
    """Give an answer of one word."""
    return Answer(HEAD_OK + b"Content-Length: %d\r\n\r\n" % len(word) + word)


def says(word: bytes) -> Message:
    """Give that answer as the client gets it."""
    return reply(b"HTTP/1.1 200 OK", b"Content-Length: %d" % len(word), body=word)


POST_SEEN = asks(b"POST /p HTTP/1.1", HOST_SEEN, b"Content-Length: 5", body=b"hello")
POST = post(b"Content-Length: 5\r\n", b"hello")
CHUNKS_SEEN = asks(b"POST /p HTTP/1.1", HOST_SEEN, b"Transfer-Encoding: chunked", body=b"hello")
CHUNKS = chunks(b"5\r\nhello\r\n0\r\n\r\n")


def again(name: str, method: bytes, *, repeats: bool, answers_head: bool = False) -> Case:
    """Give a request whose connection has served before and dies without a byte."""
    seen = asks(method + b" / HTTP/1.1", HOST_SEEN)
    last = Message(OKAY.line, OKAY.fields, b"" if answers_head else b"ok", answers_head)
    gets = (OKAY, last if repeats else refusal(502, closes=False))
    asked = (GET_SEEN, seen, seen) if repeats else (GET_SEEN, seen)
    answers = (DONE, SILENT, Answer(HEAD_OK + LENGTH_2 + b"\r\n" + (b"" if answers_head else b"ok")))
    send = GET + method + b" / HTTP/1.1\r\nHost: a.example\r\n\r\n"
    return Case(name, "9110 9.2.2", send, gets, asked=asked, answers=answers, reused=repeats)


CASES = [
    # Pipelining.
    Case(
        "two requests in one piece",
        "9112 9.3.2",
        get(target=b"/1") + get(target=b"/2"),
        (says(b"one"), says(b"two")),
        asked=(asked_for(b"/1"), asked_for(b"/2")),
        answers=(saying(b"one"), saying(b"two")),
    ),
    Case(
        "five requests in one piece",
        "9112 9.3.2",
        b"".join(get(target=b"/%d" % n) for n in range(5)),
        tuple(says(b"%d" % n) for n in range(5)),
        asked=tuple(asked_for(b"/%d" % n) for n in range(5)),
        answers=tuple(saying(b"%d" % n) for n in range(5)),
    ),
    Case("a request behind a body", "9112 9.3.2", POST + GET, (OKAY, OKAY), asked=(POST_SEEN, GET_SEEN)),
    Case("a request behind chunks", "9112 9.3.2", CHUNKS + GET, (OKAY, OKAY), asked=(CHUNKS_SEEN, GET_SEEN)),
    Case(
        "a request behind trailers",
        "9112 9.3.2",
        chunks(b"5\r\nhello\r\n0\r\nA: b\r\n\r\n") + GET,
        (OKAY, OKAY),
        asked=(CHUNKS_SEEN, GET_SEEN),
    ),
    Case(
        "a body behind a body",
        "9112 9.3.2",
        CHUNKS + POST + CHUNKS,
        (OKAY,) * 3,
        asked=(CHUNKS_SEEN, POST_SEEN, CHUNKS_SEEN),
    ),
    Case(
        "an empty line between two requests",
        "9112 2.2",
        POST + b"\r\n" + GET,
        (OKAY, OKAY),
        asked=(POST_SEEN, GET_SEEN),
    ),
    Case(
        "a HEAD and a GET in one piece",
        "9110 9.3.2",
        HEAD + GET,
        (reply(b"HTTP/1.1 200 OK", b"Content-Length: 2", answers_head=True), OKAY),
        asked=(asks(b"HEAD / HTTP/1.1", HOST_SEEN), GET_SEEN),
        answers=(Answer(HEAD_OK + LENGTH_2 + b"\r\n"),),
    ),
    Case(
        "a bad request behind a good one",
        "9112 9.3.2",
        GET + get(b"A : b\r\n"),
        (OKAY, refusal(400)),
        End.CLOSES,
        (GET_SEEN,),
    ),
    Case(
        "nothing is answered behind a bad request", "9112 9.3.2", get(b"A : b\r\n") + GET, (refusal(400),), End.CLOSES
    ),
    Case(
        "nothing is answered behind Connection: close",
        "9112 9.6",
        get(b"Connection: close\r\n") + GET,
        (OKAY_AND_CLOSE,),
        End.CLOSES,
        (GET_SEEN,),
    ),
    Case(
        "a long request behind Connection: close",
        "9112 9.6",
        get(b"Connection: close\r\n") + post(b"Content-Length: 500000\r\n", b"x" * 500_000),
        (OKAY_AND_CLOSE,),
        End.CLOSES,
        (GET_SEEN,),
    ),
    Case(
        "nothing is answered behind an HTTP/1.0 request that does not ask to stay",
        "9112 9.6",
        b"GET / HTTP/1.0\r\nHost: a.example\r\n\r\n" + GET,
        (OKAY_AND_CLOSE,),
        End.CLOSES,
        (asks(b"GET / HTTP/1.1", HOST_SEEN, b"Via: 1.0 proxylings"),),
    ),
    Case(
        "nothing is answered behind two framings",
        "9112 6.1",
        post(b"Content-Length: 5\r\n" + CHUNKED, b"0\r\n\r\n") + GET,
        (refusal(400),),
        End.CLOSES,
    ),
    Case("nothing is answered behind a bad chunk", "9112 7.1", chunks(b"x\r\n\r\n") + GET, (refusal(400),), End.CLOSES),
    Case(
        "a body that is too long is the next request",
        "9112 6.3",
        post(b"Content-Length: 5\r\n", b"hello world") + GET,
        (OKAY, refusal(400)),
        End.CLOSES,
        (POST_SEEN,),
    ),
    Case(
        "a 502 between two answers",
        "9112 9.3.2",
        GET * 3,
        (OKAY, refusal(502, closes=False), OKAY),
        asked=(GET_SEEN,) * 3,
        answers=(DONE, Answer(b"nonsense\r\n\r\n"), DONE),
    ),
    Case(
        "a body that is answered with a 502",
        "9112 9.3",
        POST + GET,
        (refusal(502, closes=False), OKAY),
        asked=(POST_SEEN, GET_SEEN),
        answers=(Answer(b"nonsense\r\n\r\n"),),
    ),
    # Once more on a fresh connection.
    again("a GET is sent again", b"GET", repeats=True),
    again("a HEAD is sent again", b"HEAD", repeats=True, answers_head=True),
    again("an OPTIONS is sent again", b"OPTIONS", repeats=True),
    again("a TRACE is sent again", b"TRACE", repeats=True),
    again("a PUT without a body is sent again", b"PUT", repeats=True),
    again("a DELETE is sent again", b"DELETE", repeats=True),
    again("a POST is not sent again", b"POST", repeats=False),
    again("a PATCH is not sent again", b"PATCH", repeats=False),
    again("a method that nobody knows is not sent again", b"BREW", repeats=False),
    again("a method in small letters is not sent again", b"get", repeats=False),
    Case(
        "a POST with a body is not sent again",
        "9110 9.2.2",
        GET + POST,
        (OKAY, refusal(502)),
        End.CLOSES,
        (GET_SEEN, POST_SEEN),
        (DONE, SILENT),
        reused=False,
    ),
    Case(
        "nothing is sent again on a fresh connection",
        "9112 9.3.1",
        GET,
        (refusal(502, closes=False),),
        asked=(GET_SEEN,),
        answers=(SILENT,),
        reused=False,
    ),
    Case(
        "nothing is sent a third time",
        "9112 9.3.1",
        GET + GET,
        (OKAY, refusal(502, closes=False)),
        asked=(GET_SEEN,) * 3,
        answers=(DONE, SILENT, SILENT),
        reused=False,
    ),
    Case(
        "nothing is sent again when an answer has begun",
        "9112 9.3.1",
        GET + GET,
        (OKAY, refusal(502, closes=False)),
        asked=(GET_SEEN,) * 2,
        answers=(DONE, Answer(b"H", "closes")),
        reused=False,
    ),
    Case(
        "nothing is sent again behind an interim response",
        "9112 9.3.1",
        GET + GET,
        (OKAY, reply(b"HTTP/1.1 103 Early Hints"), refusal(502, "final response", closes=False)),
        asked=(GET_SEEN,) * 2,
        answers=(DONE, HINTS_ONLY),
        reused=False,
    ),
    Case(
        "nothing is sent again behind an interim response that HTTP/1.0 does not see",
        "9112 9.3.1",
        b"GET / HTTP/1.0\r\nHost: a.example\r\nConnection: keep-alive\r\n\r\n" * 2,
        (OKAY_AND_STAY, replace(FAILED, fields=(*FAILED.fields, b"Connection: keep-alive"))),
        asked=(asks(b"GET / HTTP/1.1", HOST_SEEN, b"Via: 1.0 proxylings"),) * 2,
        answers=(DONE, HINTS_ONLY),
        reused=False,
    ),
    Case(
        "a reset counts as a close",
        "9112 9.3.1",
        GET + GET,
        (OKAY, OKAY),
        asked=(GET_SEEN,) * 3,
        answers=(DONE, Answer(b"", "resets"), DONE),
    ),
]
