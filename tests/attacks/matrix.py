"""Write the table of README.md from the attacks' own headers; `python -m tests.attacks.matrix` does it."""

from collections import Counter
from pathlib import Path

from tests.attacks.listing import load
from tests.attacks.mechanisms import INHERENT, MECHANISMS
from tests.attacks.programs import HERE, Attack

README = HERE / "README.md"
_BEGIN, _END = "<!-- woven by tests/attacks/matrix.py: begin -->\n", "<!-- end -->\n"


def table(attacks: list[Attack]) -> str:
    """Return the tables: kinds, attacks, mechanisms."""
    kinds = Counter(attack.kind for attack in attacks)
    counted = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    rows = [
        f"| `{attack.id}` | {attack.attack} | {attack.kind} | {', '.join(attack.gets)} | {', '.join(attack.held_by)} |"
        for attack in attacks
    ]
    mechanisms = [
        f"| {one.name} | {' and '.join(one.users)} | {', '.join(f'`{attack}`' for attack in one.attacks)} | {one.why} |"
        for one in MECHANISMS
    ]
    mechanisms += [
        f"| {name} | - | {', '.join(f'`{attack}`' for attack in shown)} | not taken away: {why} |"
        for name, (shown, why) in INHERENT.items()
    ]
    return "\n".join([
        f"{len(attacks)} attacks: {counted}.", "",
        "| attack | what it does | kind | what it gets | held by |", "|---|---|---|---|---|", *rows, "",
        "| mechanism taken away | as | attacks that then get through | why others go with it |", "|---|---|---|---|",
        *mechanisms, "",
    ])  # fmt: skip


def woven(text: str) -> str:
    """Return the page with the tables in their place."""
    head, _, rest = text.partition(_BEGIN)
    _, _, tail = rest.partition(_END)
    return f"{head}{_BEGIN}{table(load())}{_END}{tail}"


def main() -> None:
    """Write the page."""
    Path(README).write_text(woven(README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
