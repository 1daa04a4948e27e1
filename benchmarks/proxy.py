"""What does a request cost, and how long does it wait? Our proxy beside nginx, nginx with Lua, and HAProxy.

Every round measures every peer, and another one begins each time, so that a slow minute of the machine meets
all of them. `direct` is the origin alone: the floor. Installs nothing; says which peers are missing.
Run it from the root of the repository: `python -m benchmarks.proxy`. With `--quick` it takes seconds and shows that
everything works; with `--help` it says what can be chosen. Needs Linux, for it reads /proc.
Prints a table for each profile, and writes .proxylings/bench/proxy.json and proxy.svg.
"""

import argparse
import signal
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from benchmarks import machine, plot, report
from benchmarks.peers import Missing, all_peers
from benchmarks.profiles import PROFILES, Profile
from benchmarks.rounds import Amount, Bench
from proxylings import compose, state
from proxylings.course import find_desk
from proxylings.errors import CourseError
from proxylings.grader.mix import learners_mix
from proxylings.lab.load import generator

USUAL = Amount(rounds=5, seconds=2.0, warm_up=0.5)
QUICK = Amount(rounds=1, seconds=0.3, warm_up=0.05, connections=4, rate=50)
# Up to so many cores' worth of other programs leave the figures alone.
QUIET = 0.1


@dataclass(frozen=True)
class Wanted:
    """The command line. `mine` adds the learner's proxy, `options` add ours with these options."""

    profiles: tuple[Profile, ...]
    amount: Amount
    mine: bool
    build: compose.Profile
    options: tuple[str, ...]
    output: Path | None


def arguments() -> Wanted:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    profiles = "; ".join(f"{name}: {profile.says}" for name, profile in PROFILES.items())
    parser.add_argument(
        "--profile", action="append", choices=list(PROFILES), metavar="NAME",
        help=f"what to ask for; may be given again; all of them without it. {profiles}",
    )  # fmt: skip
    parser.add_argument("--rounds", type=int, help=f"how often each peer is measured; {USUAL.rounds} by default")
    parser.add_argument(
        "--seconds", type=float, help=f"of each of the two measurements of a peer; {USUAL.seconds:g} by default"
    )
    parser.add_argument("--connections", type=int, help="instead of the profile's own")
    parser.add_argument("--rate", type=float, help="requests a second for the latencies, instead of the profile's own")
    parser.add_argument("--syscalls", action="store_true", help="also count system calls a request, with strace")
    parser.add_argument("--mine", action="store_true", help="also measure the proxy with your parts that pass")
    parser.add_argument(
        "--build", choices=["dist", "release"],
        help="Cargo's profile for our proxy; dist, as other programs are shipped, without it, and release with --quick",
    )  # fmt: skip
    parser.add_argument(
        "--proxy-option",
        action="append",
        default=[],
        metavar="TEXT",
        help="also measure our proxy with this option, for example --config=FILE, as proxylings+; may be given again",
    )
    parser.add_argument("--quick", action="store_true", help="a moment for each, to see that it works")
    parser.add_argument("--output", type=Path, help="where to write the JSON; the picture goes beside it, as .svg")
    given = parser.parse_args()
    said = {name: getattr(given, name) for name in ("rounds", "seconds", "connections", "rate")}
    said = {name: value for name, value in said.items() if value is not None}
    for name, value in said.items():
        if value <= 0:
            parser.error(f"--{name} is above zero")
    amount = replace(QUICK if given.quick else USUAL, **said)
    if given.syscalls:
        amount = replace(amount, syscall_seconds=0.2 if given.quick else 2.0)
    build: compose.Profile = given.build or ("release" if given.quick else "dist")
    chosen = tuple(PROFILES[name] for name in dict.fromkeys(given.profile or PROFILES))
    return Wanted(chosen, amount, given.mine, build, tuple(given.proxy_option), given.output)


def run(wanted: Wanted) -> None:
    """Measure, print the tables, and write figures and picture."""
    desk, cores, amount = find_desk(), machine.Cores.choose(), wanted.amount
    ours = {"proxylings": compose.build_proxy(desk, compose.reference(desk), tell, profile=wanted.build)}
    if wanted.mine:
        ours["mine"] = compose.build_proxy(desk, learners_mix(desk), tell, profile=wanted.build)
    starts, templates = all_peers(ours, wanted.options), desk.root / "peers"
    bench = Bench(amount, cores, generator(desk, tell), ours["proxylings"], starts, templates, tell)
    each = 2 * (amount.seconds + amount.warm_up) * amount.rounds * (len(starts) + 1)
    tell(f"about {each * len(wanted.profiles) / 60:.1f} minutes from here")
    busy, started = machine.busy_seconds(), time.monotonic()
    results, missing = [], []
    for profile in wanted.profiles:
        try:
            result, without = bench.run(profile)
        except Missing as reason:
            missing.append(f"profile {profile.name}: {reason}")
        else:
            results.append(result)
            missing += without
    others = machine.others_busy(busy, time.monotonic() - started)
    conditions = [
        f"our proxy is built with the profile {wanted.build} of Cargo.toml",
        f"rounds: {amount.rounds}, {amount.seconds:g} s a measurement; medians [quartiles]; ratios are taken within a "
        "round",
        "loopback; keep-alive on both sides; one worker each; the same fields added by all; no logs",
        f"{cores}; where the proxy's core is not busy, requests/s is the limit of the other one",
        f"other programs kept {others:.2f} cores busy meanwhile"
        + ("; that is much: measure again on a quiet machine" if others > QUIET else ""),
        "latencies at the fixed rate of the profile, from when a request was due",
        *(["system calls: on one connection, one request at a time"] if amount.syscall_seconds else []),
        *([f"a plus behind the name: with {' '.join(wanted.options)}"] if wanted.options else []),
    ]
    whole = report.Report(conditions, list(dict.fromkeys(missing)), results)
    print("\n".join([*conditions, *(f"missing: {one}" for one in whole.missing)]))
    for result in results:
        print("\n".join(["", *report.table(result)]))
    output = wanted.output or desk.state / "bench" / "proxy.json"
    state.write_whole(output, msgspec.json.format(msgspec.json.encode(whole)))
    state.write_whole(output.with_suffix(".svg"), plot.svg(whole).encode())
    tell(f"written: {output} and {output.with_suffix('.svg').name}")


def tell(line: str) -> None:
    """Say on standard error what goes on."""
    print(line, file=sys.stderr)


def main() -> None:
    """Run as a command; a message instead of a traceback."""
    if not sys.platform.startswith("linux"):
        raise SystemExit("This reads /proc, and needs Linux.")
    wanted = arguments()
    # An orderly end, so that the servers end too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        run(wanted)
    except CourseError as error:
        raise SystemExit(f"{error}") from None
    except KeyboardInterrupt:
        raise SystemExit("Stopped.") from None


if __name__ == "__main__":
    main()
