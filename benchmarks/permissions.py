"""How long does `%%rust --permissions` take? Twenty lines with five variables, asked again and again.

The aim is less than a second. Each round asks about another text, so nothing of rustc's can be kept between two rounds.
Run with `python benchmarks/permissions.py [--rounds 20]`. Prints milliseconds of the clock and of the processors,
which on a busy machine differ, and how many probes one question takes.
"""

import argparse
import resource
import statistics
import time

from proxylings.lab import permissions

CELL = """let mut head = String::from("GET /menu HTTP/1.1");
let method = &head[..3];
println!("{method}");
let mut hits = ROUND;
hits += 1;
head.push_str("x");
let target = head.clone();
println!("{target}");
let upstream = head;
hits += upstream.len();
if hits > 3 {
    println!("{upstream}");
    hits -= 1;
} else {
    println!("{hits}");
}
hits *= 2;
println!("{target}");
drop(target);
println!("{hits}");
"""


def main() -> None:
    """Measure, and print p50 and p95."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    clock, processor, probes = [], [], 0
    for number in range(rounds + 1):
        started, used = time.perf_counter(), _used()
        found = permissions.ask(CELL.replace("ROUND", str(number)))
        clock.append(1000 * (time.perf_counter() - started))
        processor.append(1000 * (_used() - used))
        assert not found.problem, found.problem
        probes = found.probes
    print(f"{len(CELL.splitlines())} lines, 5 variables, {probes} probes, {rounds} rounds")
    for name, milliseconds in (("clock", clock), ("processors", processor)):
        ordered = sorted(milliseconds[1:])  # the first one also finds the toolchain
        p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
        between = f"{ordered[0]:.0f} to {ordered[-1]:.0f} ms"
        print(f"{name}: p50 {statistics.median(ordered):.0f} ms, p95 {p95:.0f} ms, {between}")


def _used() -> float:
    """Return the seconds of processor time that this process and its children have used."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    main()
