"""The test of the tests: with one mechanism taken away, the attacks that it holds get through.

A mechanism without such an attack is not tested by anything, and an attack without a mechanism tests nothing.
"""

import pytest

from proxylings.grader.sandbox import arguments
from tests.attacks import matrix
from tests.attacks.conftest import Played, Worlds
from tests.attacks.listing import load
from tests.attacks.mechanisms import BOTH, INHERENT, MECHANISMS
from tests.attacks.programs import SMALL

# The first test of a user waits for all of that user's attacks.
pytestmark = pytest.mark.timeout(900)
# What mechanisms.py takes away, and what makes a box without being a defence.
OPTIONS = {
    "--unshare-ipc", "--unshare-pid", "--unshare-uts", "--unshare-net", "--unshare-cgroup-try", "--unshare-user",
    "--new-session", "--die-with-parent", "--as-pid-1", "--hostname", "--disable-userns", "--cap-drop", "--cap-add",
    "--ro-bind-try", "--symlink", "--perms", "--tmpfs", "--dev-bind", "--size", "--clearenv", "--chdir", "--setenv",
    "--remount-ro", "--dir",
    "--cpu", "--as", "--nproc", "--fsize", "--nofile", "--core", "--memlock", "--msgqueue",
    "--reuid", "--regid", "--clear-groups", "--inh-caps", "--",
}  # fmt: skip
WEAK = [
    Played(user, attack, one.name) for user in BOTH for one in MECHANISMS if user in one.users for attack in one.attacks
]


@pytest.mark.parametrize("played", WEAK, ids=str)
def test_without_a_mechanism_its_attack_gets_through(played: Played, worlds: Worlds) -> None:
    result = worlds.result(played)
    assert result.complaints, f"{played.attack} is held back by something else than {played.weakness!r}"


def test_each_mechanism_has_an_attack_that_shows_it() -> None:
    known = {attack.id for attack in load()}
    shown = {one.name: one.attacks for one in MECHANISMS} | {name: attacks for name, (attacks, _) in INHERENT.items()}
    for name, attacks in shown.items():
        assert attacks, f"{name} is shown by no attack"
        assert set(attacks) <= known, f"{name} names an attack that does not exist"
    assert {user for one in MECHANISMS for user in one.users} == set(BOTH)


def test_what_holds_an_attack_is_a_mechanism() -> None:
    known = {one.name for one in MECHANISMS} | set(INHERENT)
    for attack in load():
        assert attack.held_by, f"{attack.id} does not say what holds it"
        assert set(attack.held_by) <= known, (
            f"{attack.id} is held by {set(attack.held_by) - known}: mechanisms.py has none"
        )


def test_every_option_that_the_sandbox_gives_is_a_mechanism_of_the_table() -> None:
    """Whoever gives bubblewrap or prlimit one more option adds a mechanism, or says here why it is none."""
    given = arguments.Arguments()
    given.namespaces(user=True, network=True)
    given.namespaces(user=False, network=True)
    given.system(1)
    given.environment({})
    given.closed()
    words = {word for word in [*given._options, *arguments.inside(SMALL, 1, stdin=True)] if word.startswith("--")}
    assert {word.partition("=")[0] for word in words} == OPTIONS


def test_the_readme_shows_the_matrix_as_it_is() -> None:
    text = matrix.README.read_text(encoding="utf-8")
    assert text == matrix.woven(text), "run: python -m tests.attacks.matrix"
