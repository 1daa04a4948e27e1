"""What the proxy has to do with a right pool: played with real sockets, and bodies that nobody can know before."""

import contextlib
import threading

from proxylings.grader.oracle.scene import Play, Scene, exchanges

BOUND = 2
BOUNDED = f'[[upstream]]\nname = "app"\nservers = ["http://FIRST"]\nconnections = {BOUND}\n'
# How long we look whether something happens that must not.
GLANCE = 0.3


def a_client_that_leaves(scene: Scene) -> str:
    """Play: a client goes away while its answer is on its way; what is left of it must reach nobody else."""
    for _ in range(3):
        scene.upstream.gate.clear()
        seen = len(scene.upstream.seen)
        with scene.client() as leaver:
            leaver.request("GET", scene.target("wait"))
            if not scene.upstream.has_seen(seen + 1):
                return "a request did not reach the upstream"
        scene.upstream.gate.set()
        with scene.client() as other:
            for _ in range(2):
                if fault := scene.ask(other, scene.target()):
                    return f"after a client that left: {fault}"
    return ""


def one_after_the_other(scene: Scene) -> str:
    """Play: who asks when nobody else does gets the connection that is there already."""
    with scene.client() as connection:
        for _ in range(20):
            if fault := scene.ask(connection, scene.target()):
                return fault
    if scene.upstream.connections > 1:
        return f"20 requests, one after the other, took {scene.upstream.connections} connections to the upstream, not 1"
    return ""


def the_upstream_closes(scene: Scene) -> str:
    """Play: an idle connection that the upstream closed is not used again."""
    with scene.client() as connection:
        for _ in range(4):
            if fault := scene.ask(connection, scene.target()):
                return f"after the upstream closed what was idle: {fault}"
            scene.upstream.close_idle()
    return ""


def a_place_is_waited_for(scene: Scene) -> str:
    """Play: six clients at once and two connections; everybody is answered, and there are never three."""
    faults: list[str] = []

    def ask() -> None:
        with scene.client() as connection:
            faults.append(scene.ask(connection, scene.target("wait")))

    clients = [threading.Thread(target=ask) for _ in range(3 * BOUND)]
    for client in clients:
        client.start()
    upstream = scene.upstream
    if not upstream.has_seen(BOUND):
        return f"with {BOUND} connections, {len(upstream.seen)} of {len(clients)} requests reached the upstream"
    with contextlib.suppress(TimeoutError), upstream.changed:
        upstream.changed.wait_for(lambda: len(upstream.seen) > BOUND, GLANCE)
    upstream.gate.set()
    for client in clients:
        client.join()
    if upstream.most_together > BOUND:
        return f"{upstream.most_together} connections to the upstream at once, and {BOUND} are the most"
    return next(filter(None, faults), "")


PLAYS = [
    Play("step_1_dial", "through the proxy, every request and every answer arrives whole", exchanges),
    Play("step_2_give_back", "through the proxy, half an answer never reaches another client", a_client_that_leaves),
    Play("step_3_reuse", "through the proxy, a connection serves one request after the other", one_after_the_other),
    Play("step_3_reuse", "through the proxy, a connection that was closed is not used again", the_upstream_closes),
    Play("step_4_wait", "through the proxy, who finds no place waits for one", a_place_is_waited_for, BOUNDED),
]
