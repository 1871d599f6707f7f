"""Office files and e-books are zip archives: read with limits, written anew without hours, hosts and leftovers."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from files.cleaning.limits import DENSE_FROM, MOST_PARTS, MOST_RATIO, MOST_UNPACKED
from files.cleaning.refusals import UnacceptableFile, damaged

DAWN: Final = (1980, 1, 1, 0, 0, 0)  # the earliest hour a zip archive knows
ENCRYPTED: Final = 1


def parts_of(content: bytes) -> dict[str, bytes]:
    """name -> bytes, in the archive's order. Raises UnacceptableFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _refuse_bomb(infos)
            if any(info.flag_bits & ENCRYPTED for info in infos):
                raise UnacceptableFile("locked")
            return {info.filename: archive.read(info) for info in infos}
    except (zipfile.BadZipFile, NotImplementedError, EOFError):
        raise damaged() from None


def _refuse_bomb(infos: list[zipfile.ZipInfo]) -> None:
    """The list alone says how large it becomes, and reading stops there; nothing is unpacked yet."""
    names = [info.filename for info in infos]
    if len(set(names)) < len(names) or any(_is_odd(name) for name in names):
        raise damaged()
    unpacked, packed_ = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    is_dense = unpacked > DENSE_FROM and unpacked > MOST_RATIO * packed_
    if len(infos) > MOST_PARTS or unpacked > MOST_UNPACKED or is_dense:
        raise UnacceptableFile("bomb")


def _is_odd(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/") or "\0" in name


def packed(parts: dict[str, bytes]) -> bytes:
    """`mimetype`, where there is one, comes first and is not compressed: so the formats want it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(parts, key=lambda name: name != "mimetype"):
            info = zipfile.ZipInfo(name, DAWN)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, parts[name])
    return out.getvalue()


def holds_other(name: str) -> UnacceptableFile:
    return UnacceptableFile("embedded", name=name.rpartition("/")[2][:80])
