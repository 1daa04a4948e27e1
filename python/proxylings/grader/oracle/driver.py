"""The process on the private network: it starts the proxy in its box, plays the plays, and tells what came of them.

Run by `net`, as root of a network namespace that holds nothing but the loopback. It takes a request and the program on
its standard input, and writes what each play told as JSON on its standard output.
"""

import fcntl
import os
import socket
import struct
import sys
import threading
import time
from random import Random

import msgspec

from proxylings.course import Desk, find_course
from proxylings.grader import sandbox
from proxylings.grader.oracle import cases
from proxylings.grader.oracle.net import Request, Told
from proxylings.grader.oracle.scene import SECONDS, Play, Scene, Upstream
from proxylings.grader.sandbox import Allowance, Outcome, Sandbox

# A play ends by itself; the box ends with it.
_ALLOWANCE = Allowance(cpu=20, wall=40.0, memory=512, tmp=16, output=64, processes=64, data=64)
_PORT = 8080
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 0x1


def main() -> None:
    """Play what standard input asks for."""
    given = sys.stdin.buffer.read()
    (length,) = struct.unpack_from("<I", given)
    request, program = msgspec.json.decode(given[4 : 4 + length], type=Request), given[4 + length :]
    _bring_up_loopback()
    desk = Desk(find_course())
    exercise = desk.exercise(request.exercise)
    box = sandbox.find(trust=request.trust, require_cgroup=request.require_cgroup)
    told = []
    plays = cases.plays(desk, exercise)
    for number in request.plays:
        play = plays[number]
        started = time.monotonic()
        why = _played(play, program, Random(f"{exercise.id} {request.seed} {number}"), box)  # noqa: S311 - reproducible
        told.append(Told(play.step, play.name, why, time.monotonic() - started))
    sys.stdout.buffer.write(msgspec.json.encode(told))


def _bring_up_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        asked = struct.pack("16sh14x", b"lo", 0)
        (flags,) = struct.unpack_from("h", fcntl.ioctl(control, _SIOCGIFFLAGS, asked), 16)
        fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | _IFF_UP))


def _played(play: Play, program: bytes, random: Random, box: Sandbox) -> str:
    """Start the upstreams and the proxy, play, and end all of them."""
    upstreams = [Upstream(random, socket.create_server(("127.0.0.1", 0))) for _ in range(2)]
    for upstream in upstreams:
        threading.Thread(target=upstream.serve, daemon=True).start()
    over = threading.Event()
    ended: list[Outcome] = []
    failed: list[BaseException] = []

    def run() -> None:
        first, second = (upstream.address for upstream in upstreams)
        settings = play.settings.replace("FIRST", first).replace("SECOND", second).encode()
        argv = ["/program", "--listen", f"127.0.0.1:{_PORT}", "--config", "/proxy.toml"]
        files = {"/program": program, "/proxy.toml": settings}
        try:
            ended.append(box.run(argv, _ALLOWANCE, files=files, stop=over.is_set, shares_network=True))
        except sandbox.Stopped:
            pass
        except BaseException as error:
            failed.append(error)
        finally:
            over.set()

    running = threading.Thread(target=run)
    running.start()
    try:
        if not _answers(over):
            return "the proxy with this part does not begin to listen" + _ending(ended, running, over)
        why = play.act(Scene(random, ("127.0.0.1", _PORT), upstreams))
        return why and why + (_ending(ended, running, over) if over.is_set() else "")
    finally:
        over.set()
        running.join()
        for upstream in upstreams:
            upstream.gate.set()
            upstream.listener.close()
        if failed:  # the box, and not what is in it: nothing is known of the part
            raise failed[0]


def _answers(over: threading.Event) -> bool:
    """Wait until the proxy accepts connections."""
    end = time.monotonic() + 2 * SECONDS
    while time.monotonic() < end and not over.is_set():
        try:
            socket.create_connection(("127.0.0.1", _PORT), timeout=1).close()
        except OSError:
            over.wait(0.02)
        else:
            return True
    return False


def _ending(ended: list[Outcome], running: threading.Thread, over: threading.Event) -> str:
    over.set()
    running.join()
    return f"; it {ended[0].says()}" if ended else ""


if __name__ == "__main__":
    os.umask(0o077)
    main()
