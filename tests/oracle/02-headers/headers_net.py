"""What the proxy has to do with right headers: played with real sockets, and bodies that nobody can know before."""

from proxylings.grader.oracle.scene import Play, Scene, exchanges


def what_ends_here(scene: Scene) -> str:
    """Play: fields that Connection names, and those that always end at a hop, do not reach the upstream."""
    secret = f"x-{scene.random.getrandbits(32):08x}"
    kept = f"x-{scene.random.getrandbits(32):08x}"
    sent = {"Connection": f"keep-alive, {secret}", secret: "1", "Keep-Alive": "5", "TE": "trailers", kept: "2"}
    with scene.client() as connection:
        if fault := scene.ask(connection, scene.target(), headers=sent):
            return fault
    got = {name.lower() for name in scene.upstream.seen[-1].fields}
    if stayed := got & {secret, "keep-alive", "te"}:
        return f"fields that end at the proxy reached the upstream: {', '.join(sorted(stayed))}"
    return "" if kept in got else "a field that is meant for the upstream did not reach it"


def a_body_is_framed_once(scene: Scene) -> str:
    """Play: a request with a length and a coding, which two servers would cut differently, reaches no upstream."""
    tail = b"GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
    head = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    answer = scene.raw(head % (5 + len(tail)) + tail)
    if any(seen.target == "/smuggled" for seen in scene.upstream.seen):
        return "a request that was hidden in the body of another one reached the upstream"
    return "" if answer.startswith(b"HTTP/1.1 400") else f"the answer is {answer[:20]!r}, and has to be a 400"


PLAYS = [
    Play("step_3_end_to_end", "through the proxy, what ends at this hop stays there", what_ends_here),
    Play("step_4_framing", "through the proxy, bodies arrive whole, one request after the other", exchanges),
    Play("step_4_framing", "through the proxy, no request is smuggled", a_body_is_framed_once),
]
