"""Set the course up, then open it or test it: `python3 start.py lab`, `python3 start.py test`.

Needs nothing but Python's own library. Every step looks at what is there already, so a run that was interrupted
goes on where it stopped, and a run with nothing left to do takes less than a second and no network.

Written in the Python of 2016 (3.6) on purpose: a Python that is too old must still read this file, to say so.
"""

import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

OLDEST_PYTHON = (3, 11)
OLDEST_RUST = (1, 85)
UV_VERSION = "0.13.9"
# A set-up takes about 2 GiB; the learner's own builds take the rest.
FREE_GIB = 3.0
ROOT = Path(__file__).resolve().parent
USAGE = """\
usage: python3 start.py lab  [arguments of jupyter lab]   set up, then open the course
       python3 start.py test [arguments of pytest]        set up, then run all tests
       python3 start.py setup                             set up, and no more
"""
STEPS = 5

RUSTUP = "Install Rust from https://rustup.rs, open a new shell, and try again."
LINKERS = {
    "darwin": "Run: xcode-select --install",
    "win32": "Install the Visual Studio Build Tools with the workload for C++.",
}
LINKER = "Debian, Ubuntu: sudo apt install gcc libc6-dev. Fedora: sudo dnf install gcc."
WRITABLE = "Make the folder writable, or clone the course into a folder of your own."
NO_SPACE = "The disk is full.", "Free some space, and run the same command again."
# What the tools print when something outside of them is wrong, and what we say then. The first match wins.
KNOWN = (
    (r"No space left on device|os error 28|disk quota exceeded", NO_SPACE),
    (
        r"invalid peer certificate|UnknownIssuer|CERTIFICATE_VERIFY_FAILED|SSL certificate problem",
        (
            "A download was refused: the certificate of the server, or of a proxy in between, is not trusted here.",
            "Set SSL_CERT_FILE to the file with your organisation's certificates, and try again.",
        ),
    ),
    (
        r"dns error|error sending request|failed to lookup address|name resolution|Could not resolve host"
        r"|Failed to establish a new connection|Could not connect|Failed to connect|[Nn]etwork is unreachable"
        r"|Connection refused|[Cc]onnection timed out|ConnectTimeout|ReadTimeout|ProxyError|spurious network error"
        r"|operation timed out|network was disabled|in offline mode|--offline",
        (
            "A download failed: this machine can't reach pypi.org or crates.io.",
            "The first set-up needs a network, once. Connect (or set HTTPS_PROXY), and run the same command again.",
        ),
    ),
    (r"Read-only file system|Permission denied|os error 13\b|os error 30\b", ("A file can't be written.", WRITABLE)),
    (
        r"signal: 9|SIGKILL|[Cc]annot allocate memory|out of memory",
        (
            "The system ended a build, most likely because it ran out of memory.",
            "Close other programs, set CARGO_BUILD_JOBS=1, and run the same command again.",
        ),
    ),
)


class Trouble(Exception):
    """Something that we can't mend: `what` happened, and the `remedy`."""

    def __init__(self, what: str, remedy: str) -> None:
        """Keep both halves."""
        super().__init__(what)
        self.what = what
        self.remedy = remedy


def main(arguments: "list[str]") -> int:
    """Run one command; return the exit code: 0, 1 for trouble, 2 for a mistyped command."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command in ("-h", "--help", "help"):
        print(USAGE, end="")
        return 0
    if command not in ("lab", "test", "setup") or (command == "setup" and rest):
        print(USAGE, end="", file=sys.stderr)
        return 2
    try:
        check_python(sys.version_info[:2])
        os.chdir(str(ROOT))
        set_up(dev=command == "test")
        if command == "setup":
            return 0
        if command == "lab":
            return become([venv_program("proxylings"), "lab", *rest])
        return become([venv_python(), "-m", "pytest", *rest])
    except Trouble as trouble:
        return say(trouble.what, trouble.remedy)
    except KeyboardInterrupt:
        return say("Stopped.", "Run the same command again: it goes on where it stopped.")
    except OSError as error:
        return say(*told(error))


def say(what: str, remedy: str) -> int:
    """Print one clear message, and return the exit code that goes with it."""
    sys.stdout.flush()
    print("\n" + what + "\n" + remedy, file=sys.stderr)
    return 1


def told(error: OSError) -> "tuple[str, str]":
    """Return an error of the operating system in words."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return NO_SPACE
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{error.filename or ROOT} can't be written: {error.strerror}.", WRITABLE
    return f"The operating system refused: {error}.", "Mend that, and run the same command again."


def set_up(dev: bool) -> None:
    """Do what is left to do of the set-up; `dev` adds what the tests need."""
    announce(1, "Looking at this machine")
    check_folder()
    rust = check_rust()
    key = fingerprint(rust)
    if ready(key, dev):
        print("      Everything is set up already.")
        return
    check_venv_module()
    check_linker()
    check_space(FREE_GIB if not stamp_file().exists() else 1.0)
    note_windows()

    announce(2, "Making a Python environment in .venv")
    make_venv()
    install_uv()

    announce(3, f"Downloading Python packages and Rust crates (about {how_many()}, a minute or two)")
    uv_sync(dev, "--no-install-project")
    run(["cargo", "fetch", "--locked"])

    announce(4, "Building the Rust module (about a minute)")
    build_module(dev)

    announce(5, "Building the proxy and the crates of its parts (about a minute)")
    run([venv_program("proxylings"), "prepare"])
    stamp_file().write_text(json.dumps({"key": key, "dev": dev}))
    print("      Done. From now on everything works without a network.")


def announce(number: int, what: str) -> None:
    """Say which step begins."""
    print(f"[{number}/{STEPS}] {what}", flush=True)


# What the machine has to have


def check_python(version: "tuple[int, int]") -> None:
    """Refuse a Python that is too old."""
    if version < OLDEST_PYTHON:
        found, need = (".".join(str(number) for number in numbers) for numbers in (version, OLDEST_PYTHON))
        raise Trouble(
            f"This is Python {found}; the course needs {need} or newer.",
            f"Install a newer Python, then run start.py with it, for example: python{need} start.py lab",
        )


def check_folder() -> None:
    """Refuse a folder that can't be written."""
    state = ROOT / ".proxylings"
    try:
        state.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=str(state)) as file:
            file.write(b" " * 4096)
    except OSError as error:
        full = error.errno == errno.ENOSPC
        refused = f"{state} can't be written: {error.strerror}.", WRITABLE
        raise Trouble(*(NO_SPACE if full else refused)) from error


def check_rust() -> str:
    """Refuse a missing, broken or old Rust toolchain; return its version, with all that rustc says about it."""
    for name in ("rustc", "cargo"):
        if shutil.which(name) is None:
            raise Trouble(f"Rust is not installed: there is no {name} on the PATH.", RUSTUP)
    code, shown = output_of(["rustc", "--version", "--verbose"])
    match = re.search(r"^release: ((\d+)\.(\d+)\.\d+)", shown, re.MULTILINE)
    if code != 0 or match is None:
        raise Trouble(f"rustc is there, and does not run: {last_line(shown)}", RUSTUP)
    if (int(match.group(2)), int(match.group(3))) < OLDEST_RUST:
        raise Trouble(
            "Rust {} is too old; the course needs {}.{} or newer.".format(match.group(1), *OLDEST_RUST),
            "Run: rustup update. Without rustup: install Rust from https://rustup.rs, and open a new shell.",
        )
    code, said = output_of(["cargo", "--version"])
    if code != 0:
        raise Trouble(f"cargo is there, and does not run: {last_line(said)}", RUSTUP)
    return shown


def check_venv_module() -> None:
    """Refuse a Python whose venv can't put pip into an environment, as on Debian without python3-venv."""
    code, _ = output_of([sys.executable, "-c", "import venv, ensurepip"])
    if code != 0:
        raise Trouble(
            "This Python can't make environments: its modules venv and ensurepip are not installed.",
            "Debian, Ubuntu: sudo apt install python3-venv. Elsewhere: install Python from https://python.org.",
        )


def check_linker() -> None:
    """Link a program: only this shows that a linker is there and works."""
    with tempfile.TemporaryDirectory(prefix="proxylings-") as folder:
        source = Path(folder) / "empty.rs"
        source.write_text("fn main() {}\n")
        code, shown = output_of(["rustc", str(source), "-o", str(Path(folder) / "empty.exe")])
    if code != 0:
        first = next((line for line in shown.splitlines() if line.startswith("error")), last_line(shown))
        raise Trouble(f"Rust can't link a program: {first}", LINKERS.get(sys.platform, LINKER))


def check_space(need: float) -> None:
    """Refuse a disk with less than `need` GiB left."""
    free = shutil.disk_usage(str(ROOT)).free / 2.0**30
    if free < need:
        raise Trouble(
            f"Only {free:.1f} GiB are free here; the set-up and your builds need {need:.0f} GiB.",
            "Free some space, or clone the course onto a larger disk.",
        )


def note_windows() -> None:
    """Say early what does not work on Windows."""
    if sys.platform == "win32":
        print("      On Windows itself exercises can't be checked yet: use WSL (wsl --install), and start there.")


# The steps


def make_venv() -> None:
    """Make .venv; one that does not run, because making it was interrupted or its Python is gone, is made anew."""
    check = f"import sys; raise SystemExit(sys.version_info < {OLDEST_PYTHON})"
    if Path(venv_python()).exists() and output_of([venv_python(), "-c", check])[0] == 0:
        return
    folder = ROOT / ".venv"
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(str(folder))
    run([sys.executable, "-m", "venv", str(folder)])


def install_uv() -> None:
    """Put the pinned uv into .venv."""
    code, shown = output_of([venv_program("uv"), "--version"])
    if code == 0 and shown.split()[1:2] == [UV_VERSION]:
        return
    if output_of([venv_python(), "-m", "pip", "--version"])[0] != 0:
        run([venv_python(), "-m", "ensurepip"])
    options = ["--disable-pip-version-check", "--no-input", "--retries=1", "--force-reinstall", "--no-deps"]
    run([venv_python(), "-m", "pip", "install", *options, "uv==" + UV_VERSION])


def uv_sync(dev: bool, *options: str) -> None:
    """Install what uv.lock says. Packages that are there for another reason stay."""
    wanted = ["--locked", "--inexact", "--python", venv_python()] + ([] if dev else ["--no-dev"])
    run([venv_program("uv"), "sync", *wanted, *list(options)])


def build_module(dev: bool) -> None:
    """Build the Python module with the maturin of .venv, which needs no network, and install the course."""
    options = ["--no-build-isolation-package", "proxylings", "--verbose"]
    uv_sync(dev, *options)
    # uv remembers that it built the library; whether somebody has deleted it since, it does not look.
    if output_of([venv_python(), "-c", "import proxylings._native"])[0] != 0:
        uv_sync(dev, "--reinstall-package", "proxylings", *options)


# What was done before


def stamp_file() -> Path:
    """Return the file that says what the last complete set-up was made from."""
    return ROOT / ".proxylings" / "setup.json"


def ready(key: str, dev: bool) -> bool:
    """Say whether a complete set-up of these sources is there."""
    try:
        stamp = json.loads(stamp_file().read_text())
        done = stamp["key"] == key and (stamp["dev"] or not dev)
    except (OSError, ValueError, KeyError, TypeError):
        return False
    library = [path for path in (ROOT / "python" / "proxylings").glob("_native.*") if path.suffix in (".so", ".pyd")]
    return bool(done and library) and output_of([venv_python(), "-c", "import proxylings"])[0] == 0


def fingerprint(rust: str) -> str:
    """Hash all that a set-up is made from."""
    digest = hashlib.sha256((rust + UV_VERSION + str(ROOT)).encode())
    files = [ROOT / name for name in ("pyproject.toml", "uv.lock", "Cargo.toml", "Cargo.lock", "course.toml")]
    for folder in ("crates", "solutions"):
        for suffix in ("*.rs", "Cargo.toml"):
            files += [path for path in (ROOT / folder).rglob(suffix) if "target" not in path.relative_to(ROOT).parts]
    for path in sorted(files):
        digest.update(f"{path.relative_to(ROOT).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def how_many() -> int:
    """Return about how many packages and crates there are to get, in tens."""
    count = sum((ROOT / name).read_text(encoding="utf-8").count("[[package]]") for name in ("uv.lock", "Cargo.lock"))
    return max(10, count // 10 * 10)


# Programs


def venv_program(name: str) -> str:
    """Return the path of a program in .venv."""
    folder = ROOT / ".venv"
    return str(folder / "Scripts" / (name + ".exe") if os.name == "nt" else folder / "bin" / name)


def venv_python() -> str:
    """Return the path of .venv's Python."""
    return venv_program("python")


def environment() -> "dict[str, str]":
    """Return the environment of everything that we start."""
    env = dict(os.environ)
    for name in ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "UV_PROJECT"):
        env.pop(name, None)
    env["PATH"] = str(Path(venv_python()).parent) + os.pathsep + env.get("PATH", "")
    env["UV_PROJECT_ENVIRONMENT"] = str(ROOT / ".venv")
    env["UV_PYTHON_DOWNLOADS"] = "never"
    env.setdefault("UV_SYSTEM_CERTS", "1")
    env.setdefault("CARGO_NET_RETRY", "1")
    # One folder for all that cargo builds here: what the set-up builds, the course need not build again.
    env.setdefault("CARGO_TARGET_DIR", str(ROOT / ".proxylings" / "target"))
    env["PYTHONUNBUFFERED"] = "1"
    return env


def output_of(command: "list[str]") -> "tuple[int, str]":
    """Run a short command; return its exit code and all that it printed."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=str(ROOT),
            env=environment(),
        )
    except OSError as error:
        return 127, str(error)
    return done.returncode, done.stdout.decode("utf-8", "replace")


def run(command: "list[str]") -> None:
    """Run a long command and show that it lives; when it fails, say why in our own words."""
    log = ROOT / ".proxylings" / "setup.log"
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=str(ROOT),
        env=environment(),
    )
    lines = []
    progress = Progress()
    try:
        with log.open("a", encoding="utf-8") as file:
            file.write("$ {}\n".format(" ".join(command)))
            for raw in iter(process.stdout.readline, b"") if process.stdout else ():
                line = raw.decode("utf-8", "replace").rstrip()
                file.write(line + "\n")
                lines.append(line)
                progress.see(line)
        process.wait()
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()
        progress.end()
    if process.returncode != 0:
        raise explained("\n".join(lines), command)


def explained(text: str, command: "list[str]") -> Trouble:
    """Return what a failed command means for the reader."""
    for pattern, (what, remedy) in KNOWN:
        if re.search(pattern, text):
            return Trouble(what, remedy + "\nAll that was printed is in .proxylings/setup.log.")
    worth = [line for line in text.splitlines() if line.strip() and not line.startswith(("DEBUG", "TRACE"))]
    shown = "\n".join("    " + line for line in worth[-12:])
    name = " ".join([Path(command[0]).name, *command[1:4]])
    return Trouble(
        f"`{name}` failed:\n{shown}",
        "Run the same command again. When that does not help, delete the folder .venv and try once more.\n"
        "All that was printed is in .proxylings/setup.log.",
    )


def last_line(text: str) -> str:
    """Return the last line that is not empty."""
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "it says nothing")


class Progress:
    """One line that shows what a long command is doing: it changes in a terminal, and is repeated in a log."""

    WORD = re.compile(r"\b(Compiling|Downloading|Downloaded|Collecting|Building|Installed|Prepared) ([\w.-]+)")

    def __init__(self) -> None:
        """Start to show."""
        self.started = time.monotonic()
        self.built = 0
        self.latest = ""
        self.terminal = sys.stdout.isatty()
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._show, daemon=True)
        self.thread.start()

    def see(self, line: str) -> None:
        """Take one line of the command's output."""
        match = self.WORD.search(line)
        if match:
            self.built += match.group(1) == "Compiling"
            self.latest = f"{match.group(1).lower()} {match.group(2)}"

    def end(self) -> None:
        """Take the line away."""
        self.ended.set()
        self.thread.join()
        if self.terminal:
            print("\r\033[K", end="", flush=True)

    def _show(self) -> None:
        while not self.ended.wait(0.5 if self.terminal else 15.0):
            count = f" ({self.built} crates)" if self.built else ""
            text = f"      {time.monotonic() - self.started:3.0f} s  {self.latest}{count}"
            print("\r\033[K" + text[:79] if self.terminal else text, end="" if self.terminal else "\n", flush=True)


def become(command: "list[str]") -> int:
    """Go on as another program."""
    sys.stdout.flush()
    if os.name == "nt":
        return subprocess.call(command, env=environment())
    os.execve(command[0], command, environment())  # noqa: S606 - our own program, no shell
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
