"""Read an archive's Rust files into memory: zip, and tar, plain or packed with gzip or xz.

No member is ever written to a path of its own choice. Sizes that an archive claims are not believed: every read is
capped, and so is what a packed tar unpacks to, which goes to a temporary file without a name.
"""

import io
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from typing import IO, Any

from proxylings.grader.batch.pile import Pile, Unreadable

_PIECE = 256 * 1024
# No header of a tar needs to be read in larger pieces: a long name or a list of attributes is some KiB.
_LARGEST_READ = 1024 * 1024
_LARGEST_DIRECTORY = 4 * 1024 * 1024
# A dictionary of 64 MiB is what `xz -9` uses.
_XZ_MEMORY = 80 * 1024 * 1024
_AGAIN = "Pack the exercises/ folder again, and hand that in."


def read(file: IO[bytes], pile: Pile) -> None:
    """Add the Rust files of an archive to the pile; its first bytes tell its kind, whatever its name is."""
    head = file.read(512)
    file.seek(0)
    try:
        if head.startswith(b"PK"):
            _zip(file, pile)
        elif head.startswith(b"\x1f\x8b"):
            _packed(file, zlib.decompressobj(wbits=31), pile)
        elif head.startswith(b"\xfd7zXZ\x00"):
            _packed(file, lzma.LZMADecompressor(lzma.FORMAT_XZ, _XZ_MEMORY), pile)
        elif head[257:262] == b"ustar":
            _tar(file, pile)
        elif not head:
            raise Unreadable("The file is empty. Hand in a folder, a .zip or a .tar.gz.")
        else:
            raise Unreadable("It is no archive that can be read here. Hand in a folder, a .zip or a .tar.gz.")
    except Unreadable:
        raise
    except Exception as error:  # noqa: BLE001, RUF100 - Python's readers raise anything at bytes made to confuse them
        told = str(error) or type(error).__name__
        raise Unreadable(f"The archive is damaged ({told[:200]}). {_AGAIN}") from error


def _zip(file: IO[bytes], pile: Pile) -> None:
    _weigh_directory(file)
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            pile.tick()
            if not (name := pile.member(member.filename)) or member.is_dir():
                continue
            kind = member.external_attr >> 16 & 0o170000
            if kind not in (0, 0o100000):
                pile.leave_out(name, "it is a link or a device, and only regular files are read")
            elif member.flag_bits & 0x1:
                raise Unreadable(f"{name} is encrypted. Pack the exercises/ folder again, without a password.")
            elif pile.fits(name, member.file_size):
                with archive.open(member) as content:
                    # One byte more than allowed, should there be more than the directory says; `add` notes that.
                    pile.add(name, content.read(pile.caps.file + 1))


def _weigh_directory(file: IO[bytes]) -> None:
    """Refuse a zip whose directory is large: reading it takes memory for each member, real or not."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0:
        raise Unreadable(f"The archive is cut short. {_AGAIN}")
    # APPNOTE 4.3.16: the directory's size stands 12 bytes on. A zip64 locator before it would override it.
    if b"PK\x06\x07" in tail[max(0, end - 20) : end] or tail[end + 12 : end + 16] == b"\xff\xff\xff\xff":
        raise Unreadable("It holds too many files, or too large ones (zip64). Hand in the exercises/ folder only.")
    if int.from_bytes(tail[end + 12 : end + 16], "little") > _LARGEST_DIRECTORY:
        raise Unreadable("It holds too many files. Hand in the exercises/ folder only.")
    file.seek(0)


def _packed(file: IO[bytes], unpacker: Any, pile: Pile) -> None:
    """Unpack to a temporary file, and read the tar in it."""
    taken = given = 0
    with tempfile.TemporaryFile() as tar:
        rest = b""
        while not unpacker.eof:
            pile.tick()
            # zlib hands back what it has not looked at yet; lzma keeps it, and says so.
            data = rest or (file.read(_PIECE) if getattr(unpacker, "needs_input", True) else b"")
            taken += 0 if rest else len(data)
            piece = unpacker.decompress(data, _PIECE)
            if not data and not piece:
                raise Unreadable(f"The archive is cut short. {_AGAIN}")
            rest = getattr(unpacker, "unconsumed_tail", b"")
            given += len(piece)
            too_much = given > pile.caps.unpacked or (given > 2**23 and given > taken * pile.caps.ratio)
            if too_much:
                raise Unreadable("It unpacks to far more than a course needs. Hand in the exercises/ folder only.")
            tar.write(piece)
        tar.seek(0)
        _tar(tar, pile)


class _Guarded:
    """A tar's bytes for tarfile, which trusts lengths in headers: no read is large, and none comes after the time."""

    def __init__(self, file: IO[bytes], pile: Pile) -> None:
        self._file, self._pile = file, pile
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        self._pile.tick()
        if not 0 <= size <= _LARGEST_READ:
            raise Unreadable(f"The archive has a header that no tool would write. {_AGAIN}")
        return self._file.read(size)


def _tar(file: IO[bytes], pile: Pile) -> None:
    guarded: Any = _Guarded(file, pile)
    with tarfile.open(fileobj=guarded, mode="r:") as archive:
        while (member := archive.next()) is not None:
            # tarfile keeps every member for `getmember`, which nobody calls here; typeshed does not know the list.
            archive.members.clear()  # type: ignore[attr-defined]  # see above
            if not (name := pile.member(member.name)) or member.isdir():
                continue
            if not member.isreg() or member.issparse():
                pile.leave_out(name, "it is a link or a device or has holes, and only regular files are read")
            elif pile.fits(name, member.size) and (content := archive.extractfile(member)) is not None:
                pile.add(name, content.read())
