"""The zip package of a workbook: its parts read once each, and written back with untouched entries copied raw."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from zuxun_xl.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_UTF8_NAME = 0x800
_DATE_1980 = 0x21
_LEVEL = 4
RE_SAVE = "请用 Excel 或 WPS 打开后另存为 .xlsx 再试。"


class Package:
    """A workbook's bytes as named parts. Names are looked up without regard to case, as the standard demands.

    Attributes:
        data: the whole file.
        name: its name, for messages.
        entries: directory entries of all parts, in file order.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.data = data
        self.name = name
        with zipfile.ZipFile(io.BytesIO(data)) as directory:
            self.entries = [info for info in directory.infolist() if not info.is_dir()]
        self._entries = {info.filename.lower(): info for info in self.entries}
        self._parts: dict[str, bytes] = {}

    @classmethod
    def of(cls, path: Path) -> Package:
        """The package of a file, unchecked."""
        return cls(path.read_bytes(), path.name)

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._entries

    def __iter__(self) -> Iterator[str]:
        return (info.filename for info in self.entries)

    def info(self, part: str) -> zipfile.ZipInfo | None:
        """Directory entry of a part, or ``None``."""
        return self._entries.get(part.lower())

    def read(self, part: str) -> bytes:
        """Content of a part, inflated once; raises ``FileError`` when it is missing or damaged."""
        key = part.lower()
        if key not in self._parts:
            if key not in self._entries:
                raise FileError(f"《{self.name}》缺少部件 {part}，文件不完整。", RE_SAVE)
            self._parts[key] = self.peek(part)
        return self._parts[key]

    def peek(self, part: str) -> bytes:
        """Content of a part, checked against its declared size and checksum, and not kept."""
        info = self._entries[part.lower()]
        stored = self.raw(info)
        try:
            content = stored if info.compress_type == zipfile.ZIP_STORED else _inflate(stored, info.file_size)
        except zlib.error:
            content = b""
        if len(content) != info.file_size or zlib.crc32(content) != info.CRC:
            raise FileError(f"《{self.name}》的部件 {part} 已损坏。", "请从备份恢复，或用 Excel 的“打开并修复”后另存再试。")
        return content

    def raw(self, info: zipfile.ZipInfo) -> bytes:
        """The stored (compressed) bytes of an entry."""
        header = self.data[info.header_offset : info.header_offset + _LOCAL.size]
        if len(header) < _LOCAL.size or header[:4] != b"PK\x03\x04":
            raise FileError(f"《{self.name}》的压缩结构已损坏。", "请从备份恢复，或重新下载此文件。")
        *_, name_length, extra_length = _LOCAL.unpack(header)
        start = info.header_offset + _LOCAL.size + name_length + extra_length
        return self.data[start : start + info.compress_size]

    def rewritten(self, parts: Mapping[str, bytes | None], level: int = _LEVEL) -> bytes:
        """A new package in which ``parts`` are replaced, added or (``None``) removed and every other entry is copied raw.

        A higher ``level`` packs the new parts tighter and takes longer.
        """
        writer = _Writer(level)
        replaced = {name.lower(): content for name, content in parts.items()}
        for key, info in self._entries.items():
            if key not in replaced:
                writer.copy(info, self.raw(info))
            elif (content := replaced[key]) is not None:
                writer.add(info.filename, content)
        for name, added in parts.items():
            if added is not None and name not in self:
                writer.add(name, added)
        return writer.finish()


def _inflate(stored: bytes, size: int) -> bytes:
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(stored, size + 1)


class _Writer:
    """Writes a zip file without zip64: a workbook that needs it is far beyond what the gate lets in."""

    def __init__(self, level: int) -> None:
        self._level = level
        self._body: list[bytes] = []
        self._directory: list[bytes] = []
        self._offset = 0

    def add(self, name: str, content: bytes) -> None:
        """Compress and append a part, dated 1980 so that equal content gives equal bytes."""
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.CRC = zlib.crc32(content)
        info.file_size = len(content)
        info.external_attr = 0o600 << 16
        deflate = zlib.compressobj(self._level, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._append(info, deflate.compress(content) + deflate.flush(), _DATE_1980, 0)

    def copy(self, info: zipfile.ZipInfo, stored: bytes) -> None:
        """Append an entry as it was stored."""
        year, month, day, hour, minute, second = info.date_time
        self._append(info, stored, (year - 1980) << 9 | month << 5 | day, hour << 11 | minute << 5 | second // 2)

    def _append(self, info: zipfile.ZipInfo, stored: bytes, day: int, time: int) -> None:
        name = info.filename.encode()
        flags = 0 if name.isascii() else _UTF8_NAME
        common = (flags, info.compress_type, time, day, info.CRC, len(stored), info.file_size, len(name))
        header = _LOCAL.pack(b"PK\x03\x04", 20, *common, 0)
        entry = _CENTRAL.pack(b"PK\x01\x02", 20, 20, *common, 0, 0, 0, 0, info.external_attr, self._offset)
        self._body += [header, name, stored]
        self._directory += [entry, name]
        self._offset += len(header) + len(name) + len(stored)

    def finish(self) -> bytes:
        """The whole file."""
        directory = b"".join(self._directory)
        count = len(self._directory) // 2
        end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), self._offset, 0)
        return b"".join([*self._body, directory, end])
