"""The parts as Python sees them: one file a part, with its records and the class of `mine.<part>`."""

from collections.abc import Callable
from typing import Any

# Carries a call to a worker process: the function's name in `_native`, its arguments, and the type of the answer.
Call = Callable[[str, Any, Any], Any]
