"""What does a request cost, and how long does it wait? Our proxy beside nginx and HAProxy, on loopback.

Every round measures every peer, and another one begins each time, so that a slow minute of the machine meets
all of them. `direct` is the origin alone: the floor. Installs nothing; says which peers are missing.
Run with `python benchmarks/proxy.py [--rounds 5] [--seconds 3] [--connections 64] [--rate 2000] [--quick]`.
Needs Linux, for it reads /proc. Prints a table and writes .proxylings/bench/proxy.json.
"""

import argparse
import http.client
import json
import os
import shutil
import signal
import socket
import statistics
import string
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from proxylings import child, compose, state, toolchain
from proxylings.course import Desk, find_desk
from proxylings.errors import CourseError

HEAD, BODY = 500, 1024
TARGET = f"/bytes/{BODY}"
FIELDS = (
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language: en-GB,en;q=0.5",
    "Accept-Encoding: gzip, deflate",
    "Referer: http://example.test/catalogue/page/2",
)
SYSTEM_FOLDERS = "/usr/sbin:/sbin:/usr/local/sbin"
START_TRIES, START_SECONDS, REST = 5, 5.0, 0.02
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Plan:
    """How much to measure."""

    rounds: int
    seconds: float
    warm_up: float
    connections: int
    rate: float

    @property
    def longest(self) -> float:
        """How many seconds one run of the load generator may take at most."""
        return self.warm_up + self.seconds + 15


@dataclass(frozen=True)
class Server:
    """A server that accepts on a port of loopback."""

    port: int
    process: "subprocess.Popen[bytes]"


@dataclass(frozen=True)
class Cores:
    """Where things run: the load generator and the origin, and the proxy; None where nobody can be pinned."""

    load: int | None
    proxy: int | None

    @staticmethod
    def choose() -> "Cores":
        """Take the first two cores that this process may use."""
        cores = sorted(os.sched_getaffinity(0))
        return Cores(cores[0], cores[1]) if len(cores) > 1 else Cores(None, None)

    def __str__(self) -> str:
        """Say it in words."""
        if self.proxy is None:
            return "one core only: load generator, origin and proxy share it"
        return f"load generator and origin on core {self.load}, the proxy on core {self.proxy}"


class Sample(msgspec.Struct, frozen=True):
    """One peer in one round. `busy` is the part of a core that the proxy used while it went as fast as it could.

    The latencies are microseconds from when a request was due.
    """

    requests_per_second: float
    cpu_us: float | None
    busy: float | None
    p50: float
    p99: float
    p999: float
    rate_reached: float
    errors: int


class Figures(msgspec.Struct, frozen=True):
    """What we read of the load generator's figures."""

    requests: int
    warm_up_requests: int
    seconds: float
    errors: dict[str, int]
    rate: dict[str, float | None]
    latency_us: dict[str, float] | None


class Row(msgspec.Struct, frozen=True):
    """One peer over all rounds; `rss_mib` is the sum of the peaks of its processes."""

    peer: str
    samples: list[Sample]
    rss_mib: float | None


@contextmanager
def on_core(core: int | None) -> Iterator[None]:
    """Let what is started in the block run on `core`; children inherit it, their threads too."""
    before = os.sched_getaffinity(0)
    if core is not None:
        os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def tree(root: int) -> list[int]:
    """Return the process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            pid = int(folder.name)
            children.setdefault(int(stat_fields(pid)[1]), []).append(pid)
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def stat_fields(pid: int) -> list[str]:
    """Return the fields of /proc/PID/stat after the name, which may hold anything: state, parent, …."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()


def cpu_seconds(root: int) -> float:
    """Return the user and system time that a process tree has used, all threads included."""
    return sum(int(tick) for pid in tree(root) for tick in stat_fields(pid)[11:13]) / TICKS


def peak_mib(root: int) -> float:
    """Return the peak of the resident memory, summed over the tree."""
    texts = [Path(f"/proc/{pid}/status").read_text(encoding="utf-8") for pid in tree(root)]
    return sum(int(text.partition("VmHWM:")[2].split()[0]) for text in texts) / 1024


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def accepts(server: Server) -> bool:
    """Wait until the server accepts; False when it ended, or took too long."""
    for _ in range(int(START_SECONDS / REST)):
        with suppress(OSError), socket.create_connection(("127.0.0.1", server.port), timeout=1):
            return True
        # Waiting for its end is the pause: there is nothing to wait for after it.
        with suppress(subprocess.TimeoutExpired):
            server.process.wait(REST)
            return False
    return False


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a server and all that it started."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(2)
    child.kill_group(process)


class Stage:
    """Starts the servers; all of them end with the block."""

    def __init__(self, desk: Desk, cores: Cores, stack: ExitStack) -> None:
        """Make a folder for what servers write."""
        self.desk, self.cores, self._stack = desk, cores, stack
        self._home = Path(stack.enter_context(tempfile.TemporaryDirectory()))

    def templated(self, template: str, command: Callable[[Path, Path], list[str]], **values: object) -> Server:
        """Start a server from its template in peers/, on a port of its own."""
        text = string.Template((self.desk.root / "peers" / template).read_text(encoding="utf-8"))
        home = Path(tempfile.mkdtemp(dir=self._home))
        config, errors = home / template, home / "said.log"
        # As root, nginx would give its workers to another user, who can't read a private folder.
        user = "user root;" if os.geteuid() == 0 else ""
        for _ in range(START_TRIES):
            port = free_port()
            config.write_text(text.substitute(values, HOME=home, PORT=port, USER=user), encoding="utf-8")
            with errors.open("wb") as said:
                process = subprocess.Popen(
                    command(home, config), stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True
                )
            self._stack.callback(end, process)
            if accepts(server := Server(port, process)):
                return server
        raise CourseError(f"peers/{template} does not start.", errors.read_text(encoding="utf-8", errors="replace"))

    def proxy(self, program: Path, *arguments: str) -> tuple[Server, int]:
        """Start our proxy without a log; return it, and the port of its upstream."""
        process = subprocess.Popen(
            [program, "--stop-on-stdin-eof", *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        self._stack.callback(end, process)
        assert process.stdout is not None
        try:
            ready = json.loads(process.stdout.readline())
        except ValueError:
            raise CourseError("The proxy did not start.", "its own words stand above") from None
        return Server(port_of(ready["url"]), process), port_of(ready["upstream"])


def port_of(url: str) -> int:
    """Return the port of one of our own URLs."""
    return int(url.rpartition(":")[2])


def found(program: str) -> str | None:
    """Return the path of a program, also where only root has it on the PATH."""
    return shutil.which(program) or shutil.which(program, path=SYSTEM_FOLDERS)


def raise_all(stage: Stage, program: Path) -> tuple[dict[str, Server], list[str], str]:
    """Start the origin and every peer; return them, what is missing, and what the origin is."""
    nginx, haproxy = found("nginx"), found("haproxy")
    peers: dict[str, Server] = {}

    def start_nginx(template: str, path: str, **values: object) -> Server:
        return stage.templated(
            template, lambda home, config: [path, "-p", f"{home}", "-c", f"{config}", "-e", f"{home}/error.log"],
            **values,
        )  # fmt: skip

    with on_core(stage.cores.load):
        if nginx:
            peers["direct"] = start_nginx("origin.conf", nginx, BODY="x" * BODY)
        else:
            holder, port = stage.proxy(program)
            peers["direct"] = Server(port, holder.process)
    origin = peers["direct"].port
    with on_core(stage.cores.proxy):
        peers["proxylings"], _ = stage.proxy(program, "--upstream", f"http://127.0.0.1:{origin}")
        if nginx:
            peers["nginx"] = start_nginx("nginx.conf", nginx, ORIGIN=origin)
        if haproxy:
            peers["haproxy"] = stage.templated(
                "haproxy.cfg", lambda _, config: [haproxy, "-db", "-f", str(config)], ORIGIN=origin
            )
    missing = [name for name, path in (("nginx", nginx), ("haproxy", haproxy)) if path is None]
    return peers, missing, "nginx" if nginx else "our proxy's built-in one"


def compare(peers: dict[str, Server]) -> None:
    """Ask every peer once: all of them have to give the origin's answer."""
    answers = {}
    for name, server in peers.items():
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("GET", TARGET)
        response = connection.getresponse()
        answers[name] = (response.status, response.read())
        connection.close()
    different = [name for name, answer in answers.items() if answer != answers["direct"]]
    if answers["direct"][0] != 200 or different:
        raise CourseError(f"{different or 'The origin'} did not give the answer that was expected.", f"{answers}")


def fields_for(port: int) -> list[str]:
    """Return field lines that bring the head to HEAD bytes."""
    lines = [f"GET {TARGET} HTTP/1.1", f"Host: 127.0.0.1:{port}", *FIELDS, "Cookie: session="]
    padding = HEAD - sum(len(line) + 2 for line in lines) - 2
    return [*FIELDS, f"Cookie: session={'a' * padding}"]


def load(program: Path, port: int, plan: Plan, cores: Cores, *options: str) -> dict[str, object]:
    """Run the load generator once, and return its figures."""
    command = [str(program), f"http://127.0.0.1:{port}{TARGET}", f"--connections={plan.connections}"]
    command += [f"--seconds={plan.seconds}", f"--warm-up={plan.warm_up}", *options]
    command += [part for field in fields_for(port) for part in ("--field", field)]
    with on_core(cores.load):
        done = subprocess.run(command, stdout=subprocess.PIPE, timeout=plan.longest, check=True)
    figures = json.loads(done.stdout)
    assert isinstance(figures, dict)
    return figures


def measure(program: Path, name: str, server: Server, plan: Plan, cores: Cores) -> Sample:
    """Measure one peer: as fast as it goes, then at the fixed rate."""
    before = cpu_seconds(server.process.pid)
    fast = msgspec.convert(load(program, server.port, plan, cores), Figures)
    used = cpu_seconds(server.process.pid) - before
    slow = msgspec.convert(load(program, server.port, plan, cores, f"--rate={plan.rate}"), Figures)
    if slow.latency_us is None or fast.requests == 0:
        raise CourseError(f"{name} answered nothing.", "run it alone, and look at what it says")
    return Sample(
        requests_per_second=fast.rate["reached"] or 0,
        # The warm-up has cost processor time too.
        cpu_us=None if name == "direct" else 1e6 * used / (fast.requests + fast.warm_up_requests),
        busy=None if name == "direct" else used / (fast.seconds + plan.warm_up),
        p50=slow.latency_us["p50"],
        p99=slow.latency_us["p99"],
        p999=slow.latency_us["p99.9"],
        rate_reached=slow.rate["reached"] or 0,
        errors=sum([*fast.errors.values(), *slow.errors.values()]),
    )


def spread(values: Iterable[float | None], digits: int = 0) -> str:
    """Write the median and the quartiles."""
    known = [value for value in values if value is not None]
    if not known:
        return "-"
    quarters = statistics.quantiles(known, n=4, method="inclusive") if len(known) > 1 else known * 3
    low, middle, high = (f"{value:.{digits}f}" for value in quarters)
    return f"{middle} [{low} {high}]"


def ratios(rows: list[Row], value: Callable[[Sample], float | None]) -> dict[str, str]:
    """Write each peer's figure as a multiple of nginx's in the same round."""
    of_nginx = next((row.samples for row in rows if row.peer == "nginx"), None)
    if of_nginx is None:
        return {row.peer: "-" for row in rows}
    pairs = {row.peer: zip(map(value, row.samples), map(value, of_nginx), strict=True) for row in rows}
    return {peer: spread((a / b if a and b else None for a, b in pair), 2) for peer, pair in pairs.items()}


def table(rows: list[Row]) -> list[str]:
    """Write the rows as text."""
    speed, cost = ratios(rows, lambda sample: sample.requests_per_second), ratios(rows, lambda sample: sample.cpu_us)
    late = ratios(rows, lambda sample: sample.p99)
    lines = [("peer", "requests/s", "CPU us/request", "core busy", "p50 us", "p99 us", "p99.9 us", "RSS MiB", "errors")]
    for row in rows:
        samples = row.samples
        lines.append((
            row.peer,
            spread(sample.requests_per_second for sample in samples),
            spread((sample.cpu_us for sample in samples), 1),
            spread((sample.busy for sample in samples), 2),
            spread(sample.p50 for sample in samples),
            spread(sample.p99 for sample in samples),
            spread(sample.p999 for sample in samples),
            "-" if row.rss_mib is None else f"{row.rss_mib:.1f}",
            str(sum(sample.errors for sample in samples)),
        ))  # fmt: skip
    lines.append(("in nginx's", "requests/s", "CPU us/request", "", "", "p99 us", "", "", ""))
    lines += [(row.peer, speed[row.peer], cost[row.peer], "", "", late[row.peer], "", "", "") for row in rows]
    widths = [max(len(line[column]) for line in lines) + 2 for column in range(len(lines[0]))]
    return ["".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]


def build_load(desk: Desk) -> Path:
    """Build the load generator and return its program."""
    command = ["build", "--release", "--locked", "-p", "load", "--bin", "proxylings-load"]
    built = toolchain.cargo(command, cwd=desk.root, environment=compose.target_dir(desk), on_progress=tell)
    if not built.ok:
        raise CourseError("The load generator could not be built.", built.stderr.strip()[-2000:])
    return built.files["proxylings_load"][-1]


def tell(line: str) -> None:
    """Say on standard error what goes on."""
    print(line, file=sys.stderr)


def arguments() -> tuple[Plan, Path | None]:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0, help="of each of the two measurements of a peer")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--rate", type=float, default=2000.0, help="requests a second, for the latencies")
    parser.add_argument("--quick", action="store_true", help="see that it works; the figures mean nothing")
    parser.add_argument("--output", type=Path, help="where to write the figures as JSON")
    given = parser.parse_args()
    if min(given.rounds, given.seconds, given.connections, given.rate) <= 0:
        parser.error("rounds, seconds, connections and rate are above zero")
    if given.quick:
        return Plan(given.rounds, 0.3, 0.05, 8, 200.0), given.output
    return Plan(given.rounds, given.seconds, 0.5, given.connections, given.rate), given.output


def run(plan: Plan, output: Path | None) -> None:
    """Measure, print the table, and write the figures."""
    desk, cores = find_desk(), Cores.choose()
    before = os.getloadavg()[0]
    program, generator = compose.build_proxy(desk, compose.reference(desk), tell), build_load(desk)
    with ExitStack() as stack:
        peers, missing, origin = raise_all(Stage(desk, cores, stack), program)
        compare(peers)
        samples: dict[str, list[Sample]] = {name: [] for name in peers}
        names = list(peers)
        for number in range(plan.rounds):
            tell(f"round {number + 1} of {plan.rounds}")
            first = number % len(names)
            for name in names[first:] + names[:first]:
                samples[name].append(measure(generator, name, peers[name], plan, cores))
        peaks = {name: None if name == "direct" else peak_mib(peers[name].process.pid) for name in peers}
    rows = [Row(name, samples[name], peaks[name]) for name in peers]
    conditions = [
        f"{plan.rounds} rounds of {plan.seconds:g} s a measurement, {plan.connections} connections; "
        "medians [quartiles]; ratios are taken within a round",
        f"GET with a head of {HEAD} bytes, answered with {BODY}; the origin is {origin}; loopback; "
        "keep-alive on both sides; no logs",
        f"{cores}; where the proxy's core is not busy, requests/s is the limit of the other one",
        f"load average of the machine before it began: {before:.1f}",
        f"latencies at {plan.rate:g} requests a second, from when a request was due",
        *(f"missing: {name} is not installed" for name in missing),
    ]
    print("\n".join([*conditions, *table(rows)]))
    figures = {"conditions": conditions, "peers": rows}
    state.write_whole(output or desk.state / "bench" / "proxy.json", msgspec.json.format(msgspec.json.encode(figures)))


def main() -> None:
    """Run as a command; a message instead of a traceback."""
    if not sys.platform.startswith("linux"):
        raise SystemExit("This reads /proc, and needs Linux.")
    plan, output = arguments()
    # An orderly end, so that the servers end too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        run(plan, output)
    except CourseError as error:
        raise SystemExit(f"{error}") from None
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise SystemExit(f"The load generator did not end well: {error}") from None


if __name__ == "__main__":
    main()
