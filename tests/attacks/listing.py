"""All attacks: the programs, and the submissions."""

from tests.attacks import programs, submissions
from tests.attacks.programs import Attack


def load() -> list[Attack]:
    """Return every attack, box by box."""
    return [*programs.load(), *submissions.load()]
