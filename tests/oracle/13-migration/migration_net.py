"""What the proxy has to do with a right migration: played with two upstreams, an old one and a new one."""

from proxylings.grader.oracle.scene import Play, Scene

UPSTREAMS = (
    '[[upstream]]\nname = "old"\nservers = ["http://FIRST"]\n[[upstream]]\nname = "new"\nservers = ["http://SECOND"]\n'
)
EVERYBODY = UPSTREAMS + '[migration]\nold = "old"\nnew = "new"\nshadow = false\nsteps_percent = [100]\n'
NOBODY_YET = UPSTREAMS + '[migration]\nold = "old"\nnew = "new"\nshadow = true\n'


def the_new_one_answers(scene: Scene) -> str:
    """Play: with a share of a hundred percent, the new upstream answers, and the old one is not asked."""
    old, new = scene.upstreams
    with scene.client() as connection:
        for _ in range(5):
            if fault := scene.ask(connection, scene.target()):
                return fault
    return (
        "" if (len(old.seen), len(new.seen)) == (0, 5) else f"of 5 requests, {len(new.seen)} reached the new upstream"
    )


def the_old_one_helps_out(scene: Scene) -> str:
    """Play: what the new upstream does not know yet is answered by the old one, and the client sees nothing of it."""
    old, new = scene.upstreams
    new.knows_nothing = True
    with scene.client() as connection:
        for _ in range(3):
            target = scene.target()
            if fault := scene.ask(connection, target):
                return f"the new upstream says 501: {fault}"
            if [seen.target for seen in old.seen][-1:] != [target]:
                return "the old upstream was not asked for what the new one does not know"
    return ""


def the_shadow_never_answers(scene: Scene) -> str:
    """Play: in the shadow, the client gets the old upstream's body, whatever the new one says to the copy."""
    old, new = scene.upstreams
    with scene.client() as connection:
        for _ in range(3):
            target = scene.target()
            connection.request("GET", target)
            if connection.getresponse().read() != old.said.get(target):
                return "the client got another body than the old upstream sent"
    return "" if new.has_seen(3) else "no copies of the requests reached the new upstream"


PLAYS = [
    Play("step_2_sides", "through the proxy, everybody's share is everybody", the_new_one_answers, EVERYBODY),
    Play(
        "step_4_answer", "through the proxy, the old one does what the new one can't", the_old_one_helps_out, EVERYBODY
    ),
    Play("step_5_ramp", "through the proxy, the shadow never answers", the_shadow_never_answers, NOBODY_YET),
]
