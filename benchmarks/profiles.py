"""What is asked of the peers: one kind of request a profile."""

from dataclasses import dataclass

SMALL, LARGE, UPLOAD = 1024, 10 * 1024 * 1024, 100 * 1024
HEAD = 500
# What a browser sends beside Host and Cookie: with them, ten fields.
BROWSER = (
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language: en-GB,en;q=0.5",
    "Accept-Encoding: gzip, deflate",
    "Referer: http://example.test/catalogue/page/2",
    "DNT: 1",
    "Upgrade-Insecure-Requests: 1",
    "Priority: u=0, i",
)


@dataclass(frozen=True)
class Profile:
    """One kind of request, and how much of it is asked for by default.

    `rate` is in requests a second, for the latencies; so low that the slowest peer has time to spare. `is_cached`:
    a peer that has a cache answers out of it.
    """

    name: str
    says: str
    target: str
    rate: float
    connections: int = 64
    method: str = "GET"
    body_bytes: int = 0
    browser: bool = True
    is_cached: bool = False

    def fields(self, port: int) -> list[str]:
        """Return the field lines beside Host; a browser's bring the head to HEAD bytes."""
        if not self.browser:
            return []
        lines = [f"{self.method} {self.target} HTTP/1.1", f"Host: 127.0.0.1:{port}", *BROWSER, "Cookie: session="]
        if self.body_bytes:
            lines.append(f"Content-Length: {self.body_bytes}")
        padding = HEAD - sum(len(line) + 2 for line in lines) - 2
        return [*BROWSER, f"Cookie: session={'a' * padding}"]


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("bare", "GET without fields but Host, answered with 1 KiB", f"/bytes/{SMALL}", 2000, browser=False),
        Profile("browser", f"GET with a head of {HEAD} bytes, answered with 1 KiB", f"/bytes/{SMALL}", 2000),
        Profile("download", "GET, answered with 10 MiB", f"/bytes/{LARGE}", 20, connections=8),
        Profile("upload", "POST of 100 KiB", "/echo", 500, method="POST", body_bytes=UPLOAD),
        Profile("cached", "GET, answered with 1 KiB that may be cached", "/cached", 2000, is_cached=True),
    )
}
