"""A badge with a learner's points: what the endpoint badge of shields.io reads.

Source: shields.io, "Endpoint Badge", which names the keys and the colours.
"""

from collections.abc import Sequence

import msgspec

from proxylings.grader.formats.graded import Graded

# From this part of the points on; the last colour means all of them.
_COLOURS = ((0.0, "lightgrey"), (0.01, "orange"), (0.4, "yellow"), (0.6, "yellowgreen"), (0.8, "green"))


def write(verdicts: Sequence[Graded]) -> bytes:
    """Return the badge's data as JSON."""
    earned, most = (sum(getattr(graded.verdict, name) for graded in verdicts) for name in ("points", "max_points"))
    part = earned / most if most else 0.0
    colour = "brightgreen" if most and earned == most else [name for least, name in _COLOURS if part >= least][-1]
    badge = {"schemaVersion": 1, "label": "proxylings", "message": f"{earned} of {most} points", "color": colour}
    return msgspec.json.format(msgspec.json.encode(badge)) + b"\n"
