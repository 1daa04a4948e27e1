"""What a notebook cell uses: `mine`, `reference`, `bench`, `exercise`, `quiz`, `proxy_map`, `run_proxy`, and `%%rust`."""

from typing import Any

from proxylings.lab.bench import bench
from proxylings.lab.proxy import run_proxy
from proxylings.lab.remote import mine, reference

__all__ = ["bench", "mine", "reference", "run_proxy"]
