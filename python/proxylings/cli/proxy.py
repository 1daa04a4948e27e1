"""`run`: the proxy at the terminal."""

import json
import sys

import click

from proxylings import compose, running
from proxylings.course import find_desk
from proxylings.grader.mix import learners_mix


@click.command()
@click.option("--upstream", help="Where requests go, as http://HOST:PORT. Without it a small origin is started.")
@click.option(
    "--listen", default="127.0.0.1:8080", show_default=True, help="Address to listen on; port 0 takes a free one."
)
@click.option(
    "--mine/--reference", "mine", default=True, help="Your parts where they pass (the default), or the reference's."
)
def run(upstream: str | None, listen: str, mine: bool) -> None:
    """Run the proxy, with your parts inside."""
    desk = find_desk()
    mix = learners_mix(desk) if mine else compose.reference(desk)
    for part in desk.parts:
        whose = "yours" if mix[part.name] == "mine" else "the reference's"
        click.echo(f"part {part.name}: {whose}", err=True)
    program = compose.build_proxy(desk, mix, lambda line: click.echo(f"  {line.strip()}", err=True))
    label = ", ".join(f"{part}: {origin}" for part, origin in mix.items())
    proxy = running.start(program, upstream=upstream, listen=listen, options=("--label", label), quiet=False)
    try:
        click.secho(proxy.url, bold=True)
        click.echo(f"It forwards to {proxy.upstream}. Open the address above; Ctrl-C stops the proxy.", err=True)
        for line in proxy.log:
            _show(line)
        click.echo("The proxy has ended.", err=True)
        sys.exit(proxy.process.wait())
    except KeyboardInterrupt:
        click.echo("Stopping: running requests may finish …", err=True)
    finally:
        proxy.stop()


def _show(line: bytes) -> None:
    """Print one request of the log."""
    try:
        event = json.loads(line)
        took = f"{event['response_bytes']} B {event['micros'] / 1000:.1f} ms"
        click.echo(f"{event['status']} {event['method']} {event['target']} {took}")
    except (ValueError, KeyError):
        click.echo(line.decode("utf-8", "replace").rstrip())
