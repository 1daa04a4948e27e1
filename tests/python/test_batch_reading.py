"""Submissions are opened without trusting them: what is read, what is left out, and what it says of itself.

The story: a learner's folder, then the same as archives, then what somebody might hand in to cost others something.
"""

import contextlib
import gzip
import io
import lzma
import os
import socket
import struct
import tarfile
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from proxylings.course import Desk
from proxylings.errors import CourseError
from proxylings.grader.batch import layout, reading, submissions
from proxylings.grader.batch.pile import Caps, Unreadable
from tests.python.small_desk import small_desk

GREET, REQUEST = "00-tour/greet", "01-request"
IN_PLACE = "exercises/00-tour/drills/greet.rs"
TEXT = b"pub fn greet() {}\n"


@pytest.fixture
def small(tmp_path: Path) -> Desk:
    return small_desk(tmp_path / "course")


def folder(root: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


def zipped(path: Path, members: Mapping[str, bytes], attributes: Mapping[str, int] = {}) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = attributes.get(name, 0)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return path


def tarred(path: Path, members: Mapping[str, bytes], change: Callable[[tarfile.TarInfo], None] | None = None) -> Path:
    modes = {".gz": "w:gz", ".xz": "w:xz", ".tgz": "w:gz"}
    with tarfile.open(path, modes.get(path.suffix, "w")) as archive:  # type: ignore[call-overload]  # a mode by name
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            if change is not None:
                change(info)
            archive.addfile(info, io.BytesIO(data) if info.isreg() else None)
    return path


def found(small: Desk, path: Path, exercise: str = GREET, *others: str) -> Mapping[str, bytes]:
    """Read a submission and find one exercise in it."""
    wanted = [small.exercise(name) for name in (exercise, *others)]
    return layout.find(wanted[0], reading.read(path), wanted)


def refused(small: Desk, path: Path, exercise: str = GREET) -> str:
    """Return the words that a learner gets about a submission that can't be graded."""
    with pytest.raises(Unreadable) as raised:
        found(small, path, exercise)
    words = str(raised.value)
    assert words.endswith("."), words
    assert len(words) < 1500, words
    return words


@pytest.mark.parametrize(
    "name",
    [IN_PLACE, f"proxylings-main/{IN_PLACE}", f"a/b/{IN_PLACE}", "00-tour/drills/greet.rs", "drills/greet.rs",
     "greet.rs", "my answers/greet.rs"],
)  # fmt: skip
def test_a_drill_is_found_in_the_layouts_that_learners_use(small: Desk, tmp_path: Path, name: str) -> None:
    assert found(small, folder(tmp_path / "alice", {name: TEXT})) == {"drills/greet.rs": TEXT}


@pytest.mark.parametrize("name", ["exercises/01-request/src", "01-request/src", "src", "x/exercises/01-request/src"])
def test_a_part_is_found_with_its_modules(small: Desk, tmp_path: Path, name: str) -> None:
    files = {f"{name}/lib.rs": b"mod words;", f"{name}/words.rs": b"//", f"{name}/deep/mod.rs": b"//d", "x.rs": b"no"}
    expected = {"src/lib.rs": b"mod words;", "src/words.rs": b"//", "src/deep/mod.rs": b"//d"}
    assert found(small, folder(tmp_path / "alice", files), REQUEST) == expected


@pytest.mark.parametrize("name", ["lib.rs", "request.rs", "01_request.rs", "01-request.rs"])
def test_a_part_may_be_handed_in_as_its_file_alone(small: Desk, tmp_path: Path, name: str) -> None:
    assert found(small, folder(tmp_path / "alice", {name: TEXT}), REQUEST) == {"src/lib.rs": TEXT}


def test_the_only_file_is_meant_when_one_exercise_is_graded(small: Desk, tmp_path: Path) -> None:
    (tmp_path / "alice.rs").write_bytes(TEXT)
    assert found(small, tmp_path / "alice.rs") == {"drills/greet.rs": TEXT}
    with pytest.raises(Unreadable, match=r"no exercises/00-tour/drills/greet\.rs"):
        found(small, tmp_path / "alice.rs", GREET, REQUEST)


def test_a_whole_clone_gives_the_learners_file_and_not_the_solution(small: Desk, tmp_path: Path) -> None:
    files = {IN_PLACE: TEXT, "solutions/00-tour/drills/greet.rs": b"no", "target/drills/greet.rs": b"no"}
    files |= {".proxylings/backups/now/exercises/00-tour/drills/greet.rs": b"no", "tests/greet.rs": b"no"}
    assert found(small, folder(tmp_path / "alice", files)) == {"drills/greet.rs": TEXT}
    (tmp_path / "alice" / IN_PLACE).unlink()
    assert "There is no exercises/00-tour/drills/greet.rs" in refused(small, tmp_path / "alice")


def test_two_files_that_could_be_meant_are_named(small: Desk, tmp_path: Path) -> None:
    files = {"one/greet.rs": TEXT, "two/greet.rs": b"other"}
    assert "one/greet.rs and two/greet.rs" in refused(small, folder(tmp_path / "alice", files))
    files = {"one/greet.rs": TEXT, "two/greet.rs": TEXT}
    assert found(small, folder(tmp_path / "bob", files)) == {"drills/greet.rs": TEXT}


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tgz", "a.tar.xz", "a.bin"])
def test_an_archive_reads_like_a_folder(small: Desk, tmp_path: Path, name: str) -> None:
    make = zipped if name.endswith(("zip", "bin")) else tarred
    path = make(tmp_path / name, {f"top/{IN_PLACE}": TEXT, "top/report.pdf": b"%PDF" * 9, "top/x.rs": b"//"})
    assert found(small, path) == {"drills/greet.rs": TEXT}


def test_a_folder_with_one_archive_is_read_as_that_archive(small: Desk, tmp_path: Path) -> None:
    (tmp_path / "Alice_1234_file").mkdir()
    zipped(tmp_path / "Alice_1234_file" / "homework.zip", {IN_PLACE: TEXT})
    assert found(small, tmp_path / "Alice_1234_file") == {"drills/greet.rs": TEXT}


def test_a_windows_zip_may_use_backslashes(small: Desk, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"top_exercises_00-tour_drills_greet.rs": TEXT})
    # The names are the same length, so the bytes can be changed where they stand.
    data = path.read_bytes().replace(
        b"top_exercises_00-tour_drills_greet.rs", b"top\\exercises\\00-tour\\drills\\greet.rs"
    )
    path.write_bytes(data)
    assert found(small, path) == {"drills/greet.rs": TEXT}


@pytest.mark.parametrize("make", [zipped, tarred])
@pytest.mark.parametrize(
    "name", [f"../{IN_PLACE}", f"/{IN_PLACE}", f"a/../../{IN_PLACE}", f"C:/{IN_PLACE}", "a//greet.rs"]
)
def test_a_name_that_leads_out_of_the_archive_is_left_out(
    small: Desk, tmp_path: Path, make: Callable[..., Path], name: str
) -> None:
    path = make(tmp_path / "a.archive", {name: b"evil"})
    assert "its name is not the name of a file inside the submission" in refused(small, path)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.archive", "course"], "something was unpacked"


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_of_a_tar_are_not_read(small: Desk, tmp_path: Path, kind: bytes) -> None:
    def change(info: tarfile.TarInfo) -> None:
        info.type, info.linkname, info.devmajor, info.devminor = kind, "/etc/passwd", 1, 5

    assert "it is a link or a device" in refused(small, tarred(tmp_path / "a.tar", {IN_PLACE: b""}, change))


def test_a_link_of_a_zip_is_not_read(small: Desk, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {IN_PLACE: b"/etc/passwd"}, {IN_PLACE: 0o120777 << 16})
    assert "it is a link or a device" in refused(small, path)


def test_links_in_a_folder_are_not_followed(small: Desk, tmp_path: Path) -> None:
    secret = folder(tmp_path / "secret", {"greet.rs": b"secret", f"x/{IN_PLACE}": b"secret"})
    alice = folder(tmp_path / "alice", {"note.txt": b""})
    (alice / "greet.rs").symlink_to(secret / "greet.rs")
    assert "it is a link" in refused(small, alice)
    (alice / "greet.rs").unlink()
    (alice / "inner").symlink_to(secret / "x")
    assert "It holds no Rust file" in refused(small, alice)
    (tmp_path / "bob").symlink_to(secret)
    assert "It is a link" in refused(small, tmp_path / "bob")


def test_pipes_and_sockets_do_not_block_the_reading(small: Desk, tmp_path: Path) -> None:
    alice = folder(tmp_path / "alice", {"note.txt": b""})
    os.mkfifo(alice / "greet.rs")
    assert "not a regular file" in refused(small, alice)
    os.mkfifo(tmp_path / "bob")
    assert "neither a folder nor a regular file" in refused(small, tmp_path / "bob")
    (alice / "greet.rs").unlink()
    with socket.socket(socket.AF_UNIX) as listener:
        with contextlib.chdir(alice):  # a socket's path must be short
            listener.bind("greet.rs")
        assert "not a regular file" in refused(small, alice)


def test_a_zip_with_a_password_says_so(small: Desk, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {IN_PLACE: TEXT})
    data = bytearray(path.read_bytes())
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + at] |= 1
    path.write_bytes(bytes(data))
    assert "without a password" in refused(small, path)


def test_bytes_that_are_damaged_say_so(small: Desk, tmp_path: Path) -> None:
    whole = zipped(tmp_path / "a.zip", {IN_PLACE: bytes(range(256)) * 40}).read_bytes()
    broken = bytearray(whole)
    broken[60] ^= 0xFF
    (tmp_path / "crc.zip").write_bytes(bytes(broken))
    assert "damaged" in refused(small, tmp_path / "crc.zip")
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    assert "cut short" in refused(small, tmp_path / "cut.zip")
    packed = tarred(tmp_path / "b.tar.gz", {IN_PLACE: os.urandom(4000)}).read_bytes()
    (tmp_path / "cut.tar.gz").write_bytes(packed[: len(packed) // 2])
    assert "cut short" in refused(small, tmp_path / "cut.tar.gz")
    for size in range(0, len(whole), 7):
        (tmp_path / "some.zip").write_bytes(whole[:size])
        refused(small, tmp_path / "some.zip")


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 600, b"%PDF-1.7 homework", b"PK", b"\x1f\x8b", b"\xfd7zXZ\0", os.urandom(999)]
)
def test_a_file_that_is_no_archive_says_what_to_hand_in(small: Desk, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    words = refused(small, tmp_path / "a.zip")
    assert "Hand in" in words or "hand that in" in words


def test_an_empty_folder_says_what_is_missing(small: Desk, tmp_path: Path) -> None:
    (tmp_path / "alice").mkdir()
    assert refused(small, tmp_path / "alice") == f"It holds no Rust file. Hand in {IN_PLACE}."


def test_a_huge_file_is_left_out_and_named(small: Desk, tmp_path: Path) -> None:
    huge = b"// " + b"x" * 300_000
    for path in (
        folder(tmp_path / "alice", {IN_PLACE: huge}),
        zipped(tmp_path / "a.zip", {IN_PLACE: huge}),
        tarred(tmp_path / "a.tar.xz", {IN_PLACE: huge}),
    ):
        assert refused(small, path) == f"{IN_PLACE} was not read: it is larger than 256 KiB."


def test_many_files_together_are_too_large(small: Desk, tmp_path: Path) -> None:
    files = {f"src/m{number}.rs": os.urandom(1) * 250_000 for number in range(18)}
    assert "larger than 4 MiB" in refused(small, zipped(tmp_path / "a.zip", files))


def test_bombs_cost_neither_time_nor_memory(small: Desk, tmp_path: Path) -> None:
    zeros = b"\0" * 2**20
    with (
        zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(IN_PLACE, "w") as file,
    ):
        for _ in range(60):
            file.write(zeros)
    # The directory says that the member is small.
    data = (tmp_path / "bomb.zip").read_bytes()
    (tmp_path / "liar.zip").write_bytes(data.replace(struct.pack("<I", 60 * 2**20), struct.pack("<I", 100)))
    with gzip.open(tmp_path / "bomb.tar.gz", "wb", 9) as file:
        for _ in range(60):
            file.write(zeros)
    with lzma.open(tmp_path / "bomb.tar.xz", "wb", preset=0) as file:
        for _ in range(60):
            file.write(zeros)
    began = time.monotonic()
    for name, words in (
        ("bomb.zip", "larger than 256 KiB"),
        ("liar.zip", "damaged"),
        ("bomb.tar.gz", "unpacks to far more"),
        ("bomb.tar.xz", "unpacks to far more"),
    ):
        assert words in refused(small, tmp_path / name), name
    assert time.monotonic() - began < 10


def test_a_hundred_thousand_members_are_too_many(small: Desk, tmp_path: Path) -> None:
    number = 100_000
    # Written by hand: APPNOTE 4.3.12 and 4.3.16, the entries of a directory and its end. zipfile takes seconds.
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0)
    directory = b"".join(entry + b"%06d" % at for at in range(number))
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, number % 65536, number % 65536, len(directory), 0, 0)
    (tmp_path / "a.zip").write_bytes(b"PK" + directory[2:] + end)
    (tmp_path / "a.tar").write_bytes(tarfile.TarInfo("x").tobuf() * number)
    assert zipfile.ZipFile(tmp_path / "a.zip").namelist()[-1] == "099999"
    assert "too many files" in refused(small, tmp_path / "a.zip")
    assert "more than 20,000 files" in refused(small, tmp_path / "a.tar")


def test_one_name_with_two_contents_is_refused(small: Desk, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(IN_PLACE, TEXT)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(IN_PLACE, b"other")
    assert "twice, with different contents" in refused(small, tmp_path / "a.zip")


def test_folders_without_an_end_are_cut(small: Desk, tmp_path: Path) -> None:
    deep = "/".join(["d"] * 60)
    assert "folders deep" in refused(small, zipped(tmp_path / "a.zip", {f"{deep}/greet.rs": TEXT}))
    assert "folders deep" in refused(small, folder(tmp_path / "alice", {f"{deep}/greet.rs": TEXT}))


@pytest.mark.parametrize("kind", [b"x", b"g", b"L", b"K"])
def test_headers_that_lie_about_their_size_end_the_reading(small: Desk, tmp_path: Path, kind: bytes) -> None:
    for size in (-512, -1, 2**40, 50 * 2**20):
        info = tarfile.TarInfo("evil")
        info.type = kind
        header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
        header[124:136] = tarfile.itn(size, 12, tarfile.GNU_FORMAT)  # type: ignore[attr-defined]  # not in typeshed
        header[148:156] = b" " * 8
        header[148:156] = b"%06o\0 " % sum(header)
        (tmp_path / "a.tar").write_bytes(bytes(header) * 50 + b"\0" * 2048)
        began = time.monotonic()
        try:
            pile = reading.read(tmp_path / "a.tar", Caps(seconds=3))
        except Unreadable:
            continue
        finally:
            assert time.monotonic() - began < 5
        assert not pile.files


def test_names_that_are_no_text_do_no_harm(small: Desk, tmp_path: Path) -> None:
    alice = folder(tmp_path / "alice", {IN_PLACE: TEXT})
    (alice / os.fsdecode(b"\xff\xfe.rs")).write_bytes(b"//")
    (alice / "line\nbreak.rs").write_bytes(b"//")
    assert found(small, alice) == {"drills/greet.rs": TEXT}
    path = tarred(tmp_path / "a.tar", {os.fsdecode(b"\xff/greet.rs"): TEXT})
    refused(small, path).encode()


def test_a_folder_of_submissions_is_listed_by_name(tmp_path: Path) -> None:
    root = folder(
        tmp_path / "all", {f"alice/{IN_PLACE}": TEXT, "bob.tar.gz": b"", "carol/x": b"", "carol.zip": b"", "d.rs": b""}
    )
    names = [entry.student for entry in submissions.find(root)]
    assert names == ["alice", "bob", "carol", "carol.zip", "d"]


@pytest.mark.parametrize("holds", ["exercises/00-tour/drills/x.rs", "src/lib.rs", "course.toml"])
def test_one_learners_folder_is_one_submission(tmp_path: Path, holds: str) -> None:
    root = folder(tmp_path / "alice", {holds: b"", "README.md": b""})
    assert [entry.student for entry in submissions.find(root)] == ["alice"]
    assert [entry.student for entry in submissions.find(root, "a@b")] == ["a@b"]


def test_a_csv_names_repositories_and_paths(tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_text(
        "\ufeffStudent_ID, url ,commit,name,email,path\n"
        "s1,https://example.org/a.git,main,Ada M. Lovelace,ada@example.org\n"
        's2,,,"Hopper",,sub/bob\n'
    )
    one, two = submissions.find(tmp_path / "class.csv")
    assert (one.student, one.url, one.commit, one.first_name, one.last_name) == (
        "s1", "https://example.org/a.git", "main", "Ada M.", "Lovelace",
    )  # fmt: skip
    assert (two.student, two.path, two.last_name) == ("s2", tmp_path / "sub" / "bob", "Hopper")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("student_id,url\n", "lists no submission"),
        ("student,link\na,b\n", "row 2"),
        ("student_id,url\na,\n", "row 2"),
        ("student_id,url\na,https://x/y\na,https://x/z\n", "more than once: a"),
        (b"student_id,url\n\xff\xfe,x\n", "not a CSV file in UTF-8"),
    ],
)
def test_a_csv_that_is_wrong_says_where(tmp_path: Path, text: str | bytes, words: str) -> None:
    (tmp_path / "class.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CourseError) as raised:
        submissions.find(tmp_path / "class.csv")
    assert words in raised.value.what
    assert raised.value.hint
