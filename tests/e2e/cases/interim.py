"""Interim responses (1xx) and `Expect: 100-continue`, answers that come early, and a 101 that nobody asked for."""

from __future__ import annotations

from tests.e2e.cases.case import (
    GET,
    GET_SEEN,
    HOST,
    HOST_SEEN,
    OK,
    OKAY,
    OKAY_AND_CLOSE,
    OLD_GET,
    Answer,
    Case,
    End,
    asks,
    faulty,
    post,
    refusal,
    reply,
)

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
GETS_CONTINUE = reply(b"HTTP/1.1 100 Continue")
GETS_HINTS = reply(b"HTTP/1.1 103 Early Hints", b"Link: </a.css>")
EXPECT = b"Expect: 100-continue\r\n"
FIVE = b"Content-Length: 5\r\n"
POST_SEEN = asks(b"POST /p HTTP/1.1", HOST_SEEN, b"Expect: 100-continue", b"Content-Length: 5", body=b"hello")
OLD_SEEN = asks(b"GET / HTTP/1.1", HOST_SEEN, b"Via: 1.0 proxylings")
TOO_LARGE = b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\nno"
GETS_TOO_LARGE = reply(b"HTTP/1.1 413 Content Too Large", b"Content-Length: 2", b"Connection: close", body=b"no")

CASES = [
    # 1xx.
    Case(
        "103 before the answer", "9110 15.2", GET, (GETS_HINTS, OKAY), asked=(GET_SEEN,), answers=(Answer(HINTS + OK),)
    ),
    Case(
        "several interim responses",
        "9110 15.2",
        GET,
        (GETS_HINTS, GETS_CONTINUE, GETS_HINTS, OKAY),
        asked=(GET_SEEN,),
        answers=(Answer(HINTS + CONTINUE + HINTS + OK),),
    ),
    Case(
        "an interim status that nobody knows",
        "9110 15.2",
        GET,
        (reply(b"HTTP/1.1 199 Odd"), OKAY),
        asked=(GET_SEEN,),
        answers=(Answer(b"HTTP/1.1 199 Odd\r\n\r\n" + OK),),
    ),
    Case(
        "100 that nobody waits for",
        "9110 15.2.1",
        GET,
        (GETS_CONTINUE, OKAY),
        asked=(GET_SEEN,),
        answers=(Answer(CONTINUE + OK),),
    ),
    Case(
        "an interim response with a length",
        "9112 6.3",
        GET,
        (GETS_HINTS, OKAY),
        asked=(GET_SEEN,),
        answers=(Answer(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\nContent-Length: 9\r\n\r\n" + OK),),
    ),
    Case(
        "an interim response with chunks",
        "9112 6.1",
        GET,
        (GETS_HINTS, OKAY),
        asked=(GET_SEEN,),
        answers=(Answer(b"HTTP/1.1 103 Early Hints\r\nTransfer-Encoding: chunked\r\nLink: </a.css>\r\n\r\n" + OK),),
    ),
    Case(
        "a field that an interim Connection names",
        "9110 7.6.1",
        GET,
        (GETS_HINTS, OKAY),
        asked=(GET_SEEN,),
        answers=(Answer(b"HTTP/1.1 103 Early Hints\r\nConnection: X-Hop\r\nX-Hop: 1\r\nLink: </a.css>\r\n\r\n" + OK),),
    ),
    Case(
        "interim responses never reach HTTP/1.0",
        "9110 15.2",
        OLD_GET,
        (OKAY_AND_CLOSE,),
        End.CLOSES,
        (OLD_SEEN,),
        (Answer(HINTS + CONTINUE + OK),),
    ),
    Case(
        "a close behind an interim response",
        "9112 8",
        GET,
        (GETS_HINTS, refusal(502, closes=False)),
        asked=(GET_SEEN,),
        answers=(Answer(HINTS, "closes"),),
        reused=False,
    ),
    Case(
        "a bad answer behind an interim response",
        "9112 4",
        GET,
        (GETS_HINTS, refusal(502, closes=False)),
        asked=(GET_SEEN,),
        answers=(Answer(HINTS + b"HTTP/1.1 x\r\n\r\n"),),
        reused=False,
    ),
    Case(
        "too many interim responses",
        "9110 15.2",
        GET,
        (GETS_CONTINUE,) * 17 + (refusal(502, "interim", closes=False),),
        asked=(GET_SEEN,),
        answers=(Answer(CONTINUE * 18),),
        reused=False,
    ),
    Case(
        "the most interim responses",
        "9110 15.2",
        GET,
        (GETS_CONTINUE,) * 16 + (OKAY,),
        asked=(GET_SEEN,),
        answers=(Answer(CONTINUE * 16 + OK),),
    ),
    faulty("a bad interim response", "9110 5.1", b"HTTP/1.1 103 Early Hints\r\nA B: c\r\n\r\n" + OK),
    faulty(
        "101 that nobody asked for",
        "9110 7.8",
        b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
    ),
    # Expect.
    Case(
        "a client that waits for 100",
        "9110 10.1.1",
        post(EXPECT + FIVE),
        (GETS_CONTINUE, OKAY),
        asked=(POST_SEEN,),
        answers=(Answer(OK, early=CONTINUE),),
        then=b"hello",
    ),
    Case(
        "a client that does not wait for 100",
        "9110 10.1.1",
        post(EXPECT + FIVE, b"hello"),
        (GETS_CONTINUE, OKAY),
        asked=(POST_SEEN,),
        answers=(Answer(OK, early=CONTINUE),),
    ),
    Case(
        "an upstream that does not say 100", "9110 10.1.1", post(EXPECT + FIVE, b"hello"), (OKAY,), asked=(POST_SEEN,)
    ),
    Case(
        "an upstream that refuses what was expected",
        "9110 10.1.1",
        post(EXPECT + b"Content-Length: 100000\r\n"),
        (GETS_TOO_LARGE,),
        End.CLOSES,
        answers=(Answer(b"", early=TOO_LARGE),),
        reused=True,
    ),
    Case(
        "an expectation that nobody knows goes on",
        "9110 10.1.1",
        post(b"Expect: a-miracle\r\n" + FIVE, b"hello"),
        (OKAY,),
        asked=(asks(b"POST /p HTTP/1.1", HOST_SEEN, b"Expect: a-miracle", b"Content-Length: 5", body=b"hello"),),
    ),
    Case(
        "an expectation in HTTP/1.0 ends here",
        "9110 10.1.1",
        b"POST /p HTTP/1.0\r\n" + HOST + b"Expect: 100-Continue\r\n" + FIVE + b"\r\nhello",
        (OKAY_AND_CLOSE,),
        End.CLOSES,
        (asks(b"POST /p HTTP/1.1", HOST_SEEN, FIVE.strip(), b"Via: 1.0 proxylings", body=b"hello"),),
    ),
    Case(
        "an expectation in HTTP/1.0 that nobody knows goes on",
        "9110 10.1.1",
        b"POST /p HTTP/1.0\r\n" + HOST + b"Expect: a-miracle\r\n" + FIVE + b"\r\nhello",
        (OKAY_AND_CLOSE,),
        End.CLOSES,
        (
            asks(
                b"POST /p HTTP/1.1",
                HOST_SEEN,
                b"Expect: a-miracle",
                FIVE.strip(),
                b"Via: 1.0 proxylings",
                body=b"hello",
            ),
        ),
    ),
    Case(
        "Expect in a GET",
        "9110 10.1.1",
        b"GET / HTTP/1.1\r\n" + HOST + EXPECT + b"\r\n",
        (GETS_CONTINUE, OKAY),
        asked=(asks(b"GET / HTTP/1.1", HOST_SEEN, b"Expect: 100-continue"),),
        answers=(Answer(CONTINUE + OK),),
    ),
    # Early answers.
    Case(
        "an answer before the body has come",
        "9112 9.3",
        post(b"Content-Length: 100000\r\n", b"x" * 1000),
        (GETS_TOO_LARGE,),
        End.CLOSES,
        answers=(Answer(b"", early=TOO_LARGE),),
    ),
    Case(
        "an answer before the chunks have come",
        "9112 9.3",
        post(b"Transfer-Encoding: chunked\r\n", b"5\r\nhello\r\n"),
        (GETS_TOO_LARGE,),
        End.CLOSES,
        answers=(Answer(b"", early=TOO_LARGE),),
    ),
    Case(
        "an early answer is followed by no other",
        "9112 9.3",
        post(b"Content-Length: 100000\r\n", b"x" * 1000 + GET),
        (GETS_TOO_LARGE,),
        End.CLOSES,
        answers=(Answer(b"", early=TOO_LARGE),),
    ),
]
