"""What a notebook cell uses: the parts, the benchmark, exercise panel, quiz, map, state stepper, proxy."""

from proxylings.lab.bench import bench
from proxylings.lab.choice import quiz
from proxylings.lab.load import put_load
from proxylings.lab.map import proxy_map
from proxylings.lab.panel import exercise
from proxylings.lab.proxy import run_proxy
from proxylings.lab.remote import mine, reference
from proxylings.lab.stepper import step_states, watch_states

__all__ = [
    "bench",
    "exercise",
    "mine",
    "proxy_map",
    "put_load",
    "quiz",
    "reference",
    "run_proxy",
    "step_states",
    "watch_states",
]
