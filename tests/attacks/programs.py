"""Read the attack programs: each is one Rust file whose first `//!` lines are TOML.

`attack` says what it does, `kind` is its group, `gets` lists the endings that it may get ("exited 0", "signal 6",
"cpu", …), `held_by` names what holds it back. `allow` changes the allowance, `acts = 2` runs it twice, the second
time as another submission, `scene` is what happens meanwhile, `within` the seconds after which it must be over. The
folder says which box it attacks. Those in `run/` are one program: building the hundred of them is one call of rustc.
"""

import subprocess
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from proxylings import toolchain
from proxylings.grader.sandbox import Allowance

HERE = Path(__file__).resolve().parent
Box = Literal["run", "compile", "grade", "submission"]

# Small, so that a bomb is over soon. A learner's allowance is larger, and kept by the same means.
SMALL = Allowance(cpu=1, wall=3.0, memory=64, tmp=8, output=64, processes=16, data=64)
SMALL_COMPILE = Allowance(cpu=1, wall=20.0, memory=400, tmp=16, output=64, processes=64, data=16 * 1024)


@dataclass(frozen=True)
class Attack:
    """One attack: what it does, where, and what it must get."""

    box: Box
    name: str
    attack: str
    kind: str
    gets: tuple[str, ...]
    held_by: tuple[str, ...]
    source: str = ""
    allow: dict[str, float] = field(default_factory=dict)
    acts: int = 1
    exercise: str = ""
    scene: str = ""
    within: float = 600.0

    @property
    def id(self) -> str:
        """Return its name, as the table and pytest show it."""
        return f"{self.box}/{self.name}"

    @property
    def allowance(self) -> Allowance:
        """Return what its box may use."""
        base = SMALL_COMPILE if self.box == "compile" else SMALL
        values = {name: getattr(base, name) for name in base.__struct_fields__}
        return Allowance(**{**values, **self.allow})


@dataclass(frozen=True)
class Reply:
    """How it ended, in the words of an attack's `gets`; what it said; what the grader itself has to complain of."""

    got: str
    backend: str
    stdout: bytes = b""
    stderr: bytes = b""
    data: bytes = b""
    complaint: str = ""
    seconds: float = 0.0


def load() -> list[Attack]:
    """Return all attack programs, in the order of their names."""
    return [_read(path) for box in get_args(Box) for path in sorted((HERE / box).glob("*.rs"))]


def build(attacks: list[Attack], folder: Path) -> Path:
    """Build the programs of the run box, and what the runner itself needs; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)  # an ordinary user starts programs from here
    run = [attack for attack in attacks if attack.box == "run"]
    modules = [f'#[path = "{HERE / "run" / attack.name}.rs"]\nmod {attack.name};' for attack in run]
    arms = [f'        Some("{attack.name}") => {attack.name}::main(),' for attack in run]
    lines = [*modules, "fn main() {", "    match std::env::args().nth(1).as_deref() {", *arms]
    lines += ['        other => panic!("no attack is called {other:?}"),', "    }", "}", ""]
    main = folder / "attacks.rs"
    main.write_text("\n".join(lines), encoding="utf-8")
    rustc(HERE / "foe.rs", folder / "libfoe.rlib", "--crate-type=rlib")
    rustc(main, folder / "attacks", f"--extern=foe={folder / 'libfoe.rlib'}")
    (folder / "bait").mkdir(exist_ok=True)
    for source, program in (("control.rs", folder / "control"), ("whoami.rs", folder / "bait" / "whoami")):
        rustc(HERE / source, program, f"--extern=foe={folder / 'libfoe.rlib'}")
    (folder / "bait" / "whoami").chmod(0o4755)  # runs as root, where root has built it
    return folder


def rustc(source: Path, output: Path, *flags: str) -> None:
    """Compile one of our own programs; a warning is an error."""
    compiler = [toolchain.find().rustc, "--edition=2024", "-Dwarnings", "-Cstrip=symbols", *flags, source, "-o", output]
    done = subprocess.run(list(map(str, compiler)), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ValueError(f"{source.name} does not compile:\n{done.stderr}")


def _read(path: Path) -> Attack:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    length = next((at for at, line in enumerate(lines) if not line.startswith("//!")), len(lines))
    header = tomllib.loads("".join(line.removeprefix("//!").lstrip() for line in lines[:length]))
    header |= {name: tuple(header[name]) for name in ("gets", "held_by")}
    box: Box = path.parent.name  # type: ignore[assignment]  # `load` takes the folders from the type
    return Attack(box, path.stem, source="".join(lines[length:]), **header)
