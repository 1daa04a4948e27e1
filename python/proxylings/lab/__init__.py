"""What a notebook cell uses: the parts, the benchmark, exercise panel, quiz, map, state stepper, proxy, traffic."""

from proxylings.lab.bench import bench
from proxylings.lab.choice import quiz
from proxylings.lab.load import put_load
from proxylings.lab.map import proxy_map
from proxylings.lab.panel import exercise
from proxylings.lab.proxy import run_proxy
from proxylings.lab.recording import Recording, record_traffic
from proxylings.lab.remote import mine, reference
from proxylings.lab.stepper import step_states, watch_states
from proxylings.lab.traffic_widget import show_traffic

__all__ = [
    "Recording",
    "bench",
    "exercise",
    "mine",
    "proxy_map",
    "put_load",
    "quiz",
    "record_traffic",
    "reference",
    "run_proxy",
    "show_traffic",
    "step_states",
    "watch_states",
]
