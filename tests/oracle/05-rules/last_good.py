"""Cases for `last_good`: rules in force, and files that come after them, good and bad in any order."""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, named


class Follow(Call, frozen=True):
    """`follow`, of a service with a limit and rules in force, with the files that come."""

    limit: int
    rules: list[str]
    files: list[str]


def cases(random: Random) -> list[Case]:
    """Return services that see good files, a bad one, several, and files that flap."""

    def lines(count: int) -> list[str]:
        return [f"/{random.randrange(10_000)}" for _ in range(count)]

    def file(count: int) -> str:
        return "".join(f"{line}\n" for line in lines(count))

    def bad(limit: int) -> str:
        kept = lines(random.randint(0, limit - 1))
        return random.choice((file(2 * limit), file(limit + 1), "\n".join([*kept, "no path"]), "\n"))

    def service(*make: str) -> Follow:
        limit = random.randint(1, 9)
        files = [bad(limit) if one == "bad" else file(random.randint(0, limit)) for one in make]
        return Follow(limit, lines(random.randint(1, limit)), files)

    full = [Follow(limit, ["/old"], [file(limit)]) for limit in (0, 1, 3, 200)]
    flaps = [service(*["good", "bad"] * 5) for _ in range(6)]
    drawn = [service(*random.choices(("good", "bad"), k=random.randint(2, 8))) for _ in range(12)]
    return [
        *named("", "a good file takes the place of the old rules", [service("good") for _ in range(8)] + full),
        *named("", "a bad file changes nothing", [service("bad") for _ in range(10)]),
        *named("", "keeps why each file was refused", [service("bad", "bad", "bad") for _ in range(6)]),
        *named("", "survives files that flap", [*flaps, *drawn]),
    ]
