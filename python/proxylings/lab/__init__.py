"""What a notebook cell uses: the parts, the benchmark, the exercise panel, the quiz, the map, and the proxy."""

from proxylings.lab.bench import bench
from proxylings.lab.choice import quiz
from proxylings.lab.load import put_load
from proxylings.lab.map import proxy_map
from proxylings.lab.panel import exercise
from proxylings.lab.proxy import run_proxy
from proxylings.lab.remote import mine, reference

__all__ = ["bench", "exercise", "mine", "proxy_map", "put_load", "quiz", "reference", "run_proxy"]
