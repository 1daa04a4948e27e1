"""Ordinary processes with limits: no sandbox, for code that somebody has said to trust."""

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from proxylings import child
from proxylings.grader.sandbox.model import Allowance, Ending, Outcome, SandboxFailed, Stopped, ending_of

_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
# Descriptor 3 is a file here, under the limit on a file's size.
_REDIRECT = 'exec <"$1" 3>"$2"; shift 2; exec "$@"'
# A path begins where no name goes on, and right after an option of one letter (-o/tmp/program).
_BEFORE_A_PATH = r"(?:(?<![\w./])|(?<=[\s='\"]-[A-Za-z])|(?<=^-[A-Za-z]))"


class ProcessLimits:
    """Runs programs as `proxylings.child` does. Paths of the box are places in a folder that is deleted afterwards."""

    backend = "process limits, unsandboxed"

    def run(
        self,
        argv: Sequence[str],
        allowance: Allowance,
        *,
        stdin: bytes = b"",
        read_only: Mapping[str, Path] = {},
        files: Mapping[str, bytes] = {},
        env: Mapping[str, str] = {},
        stop: Callable[[], bool] | None = None,
        shares_network: bool = False,
    ) -> Outcome:
        """Run `argv` with its paths put where the files lie."""
        try:
            with tempfile.TemporaryDirectory(prefix="proxylings-", ignore_cleanup_errors=True) as name:
                return _run(Path(name), argv, allowance, stdin, read_only, files, env, stop)
        except OSError as error:
            raise SandboxFailed(f"The program could not be started: {error}.", "Is the disk full?") from error


def _run(
    folder: Path,
    argv: Sequence[str],
    allowance: Allowance,
    stdin: bytes,
    read_only: Mapping[str, Path],
    files: Mapping[str, bytes],
    env: Mapping[str, str],
    stop: Callable[[], bool] | None,
) -> Outcome:
    home, given, data = folder / "tmp", folder / "stdin", folder / "data"
    home.mkdir()
    given.write_bytes(stdin)
    places = {"/tmp": home, **read_only}
    for place, content in files.items():
        path = places[place] = folder / "files" / place.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(0o555)
    names = "|".join(re.escape(place) for place in sorted(places, key=len, reverse=True))
    known = re.compile(rf"{_BEFORE_A_PATH}({names})(?![\w.-])")

    def here(text: str) -> str:
        return known.sub(lambda match: str(places[match[1]]), text)

    limits = child.Limits(
        cpu=allowance.cpu,
        wall=allowance.wall,
        memory=max(4 * allowance.memory, 1024),
        file=max(allowance.tmp, allowance.data >> 10),
        output=allowance.output,
    )
    command: list[str | Path] = ["/bin/sh", "-c", _REDIRECT, "sh", given, data, *map(here, argv)]
    environment = {**_ENVIRONMENT, "HOME": str(home), "TMPDIR": str(home)}
    environment |= {name: here(value) for name, value in env.items()}
    done = child.run(command, limits, cwd=home, env=environment, stop=stop)
    if done.stopped.startswith("nobody waits"):
        raise Stopped("Nobody waits for this result any more.")
    why: Ending | None = None
    if done.stopped:
        why = "wall" if "did not end" in done.stopped else "output"
    with data.open("rb") as file:
        written = file.read((allowance.data << 10) + 1)
    if len(written) > allowance.data << 10:
        why, written = "output", written[:-1]
    code = done.returncode if done.returncode >= 0 else 128 - done.returncode
    ending, number = ending_of(code, done.stderr.encode())
    room = allowance.output << 10
    stdout = done.stdout.encode()[:room]
    return Outcome(
        ending=why or ending,
        code=number,
        stdout=stdout,
        stderr=done.stderr.encode()[: room - len(stdout)],
        data=written,
        seconds=done.seconds,
        cpu_seconds=0.0,
        peak_kib=None,
        allowance=allowance,
    )
