"""Find an exercise's files in a submission: in the course's layout, nested in a folder, or the file alone."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import PurePosixPath

from proxylings.course import Exercise
from proxylings.grader.batch.pile import Pile, Unreadable

# Rooms of the course whose files have the names of exercises and are nobody's answer.
_NOT_ANSWERS = frozenset({"solutions", "tests", "backups"})


def find(exercise: Exercise, pile: Pile, wanted: Sequence[Exercise]) -> Mapping[str, bytes]:
    """Return the files of `exercise` as the oracle names them: `src/lib.rs` and its modules, or `drills/name.rs`.

    `wanted` are all exercises that are graded: a bare `lib.rs` can only be meant for one part. Raises Unreadable with
    words for the learner when there is no such file, or when more than one may be meant.
    """
    places = _places(exercise, wanted)
    ranked = sorted(
        (rank, name.count("/"), name)
        for name in [*pile.files, *pile.left_out]
        if (rank := _rank(name, places)) is not None
    )
    if not ranked and len(wanted) == 1 and len(pile.files) == 1:
        ranked = [(0, 0, name) for name in pile.files]
    if not ranked:
        raise Unreadable(_missing(exercise, pile))
    best = [name for _, _, name in next(groupby(ranked, key=lambda place: place[:2]))[1]]
    root = best[0]
    if root in pile.left_out:
        raise Unreadable(f"{root} was not read: {pile.left_out[root]}.")
    if len({pile.files.get(name) for name in best}) > 1:
        raise Unreadable(f"It holds {' and '.join(best[:3])}: nobody can tell which one is meant. Hand in one of them.")
    if exercise.kind == "drill":
        return {f"drills/{exercise.name}.rs": pile.files[root]}
    return _part(root, pile)


def _places(exercise: Exercise, wanted: Sequence[Exercise]) -> list[tuple[str, ...]]:
    """Return how the path of the exercise's file may end, the surest way first."""
    chapter, file = exercise.chapter, exercise.source.name
    if exercise.kind == "drill":
        return [("exercises", chapter, "drills", file), (chapter, "drills", file), ("drills", file), (file,)]
    places: list[tuple[str, ...]] = [("exercises", chapter, "src", file), (chapter, "src", file)]
    if sum(other.kind == "part" for other in wanted) == 1:
        places += [("src", file), (file,)]
    return [*places, (f"{chapter}.rs",), (f"{chapter.replace('-', '_')}.rs",), (f"{exercise.name}.rs",)]


def _rank(name: str, places: Sequence[tuple[str, ...]]) -> int | None:
    parts = PurePosixPath(name).parts
    for rank, place in enumerate(places):
        before = parts[: len(parts) - len(place)]
        if parts[len(before) :] == place and not _NOT_ANSWERS.intersection(before):
            return rank
    return None


def _part(root: str, pile: Pile) -> Mapping[str, bytes]:
    """Return a part's root file and its modules, as they would lie in src/."""
    folder, _, file = root.rpartition("/")
    if file != "lib.rs" or not (folder == "src" or folder.endswith("/src")):
        return {"src/lib.rs": pile.files[root]}
    prefix = folder + "/"
    if broken := [name for name in pile.left_out if name.startswith(prefix)]:
        raise Unreadable(f"{broken[0]} was not read: {pile.left_out[broken[0]]}.")
    return {f"src/{name.removeprefix(prefix)}": data for name, data in pile.files.items() if name.startswith(prefix)}


def _missing(exercise: Exercise, pile: Pile) -> str:
    where = f"exercises/{exercise.source.as_posix()}"
    if not pile.files and not pile.left_out:
        return f"It holds no Rust file. Hand in {where}."
    notes = [f"{name} was left out: {why}." for name, why in list(pile.left_out.items())[:3]]
    found = (
        f" It holds {', '.join(sorted(pile.files)[:5])}{', …' if len(pile.files) > 5 else ''}." if pile.files else ""
    )
    return " ".join([f"There is no {where} in it.{found}", *notes])
