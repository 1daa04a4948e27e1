"""`run`: the proxy at the terminal."""

import json
import subprocess
import sys
from pathlib import Path

import click

from proxylings import compose, running
from proxylings.course import find_desk
from proxylings.grader.mix import learners_mix


@click.command()
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="A settings file, proxy.toml.")
@click.option("--default-config", is_flag=True, help="Print a commented settings file with every default, and stop.")
@click.option("--upstream", help="Where requests go, as http://HOST:PORT. Without any, a small origin is started.")
@click.option("--listen", help="Address to listen on; port 0 takes a free one.  [default: 127.0.0.1:8080]")
@click.option(
    "--mine/--reference", "mine", default=True, help="Your parts where they pass (the default), or the reference's."
)
def run(config: Path | None, default_config: bool, upstream: str | None, listen: str | None, mine: bool) -> None:
    """Run the proxy, with your parts inside.

    What stands on the command line wins over the settings file.
    """
    desk = find_desk()
    mix = learners_mix(desk) if mine else compose.reference(desk)
    label = compose.described(mix)
    if not default_config:
        click.echo(f"Parts of the proxy: {label}", err=True)
    program = compose.build_proxy(desk, mix, lambda line: click.echo(f"  {line.strip()}", err=True))
    if default_config:
        sys.exit(subprocess.run([program, "--default-config"], check=False).returncode)
    options = ["--label", label]
    if config is not None:
        options += ["--config", str(config)]
    if listen or config is None:
        options += ["--listen", listen or "127.0.0.1:8080"]
    proxy = running.start(program, upstream=upstream, options=options, quiet=False)
    try:
        click.secho(proxy.url, bold=True)
        where = f" Its counters: {proxy.admin}/status" if proxy.admin else ""
        click.echo(f"It forwards to {proxy.upstream}.{where} Open the address above; Ctrl-C stops the proxy.", err=True)
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
