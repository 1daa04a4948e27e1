"""No attack gets through: nothing is read, forged, left behind or changed, and the neighbour's verdict stands.

What each attack must get stands at the head of its file; what the host must look like is seen from outside (`host`).
"""

import pytest

from tests.attacks.conftest import Played, Worlds
from tests.attacks.listing import load
from tests.attacks.mechanisms import BOTH

FEWEST = 70
# The first test of a user waits for all of that user's attacks.
pytestmark = pytest.mark.timeout(900)
KINDS = {
    "fork bomb", "thread bomb", "memory bomb", "disk bomb", "inode bomb", "descriptor bomb", "output bomb",
    "compile bomb", "archive bomb", "loop", "sleep", "ignored signal", "crash", "orphan", "held pipe",
    "kill everything", "forged status", "forging", "hidden tests", "home", "environment", "leak",
    "other submissions", "network", "kernel", "keyring", "terminal", "setuid", "namespaces", "mounts", "limits",
    "host change", "poisoned cache", "Cargo tricks", "symlink", "hardlink", "archive escape", "special file",
    "output text", "control",
}  # fmt: skip
ALL = [Played(user, attack.id) for user in BOTH for attack in load()]


@pytest.mark.parametrize("played", ALL, ids=str)
def test_an_attack_is_held_back(played: Played, worlds: Worlds) -> None:
    result = worlds.result(played)
    assert not result.complaints, f"{played.attack} in {result.backend}:\n" + "\n".join(result.complaints)


def test_there_are_many_attacks_of_every_kind() -> None:
    attacks = load()
    assert len(attacks) >= FEWEST
    assert {attack.kind for attack in attacks} == KINDS
    assert len({attack.id for attack in attacks}) == len(attacks)
