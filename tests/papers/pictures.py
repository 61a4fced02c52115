"""Reading pictures without a picture library: the PNG that typst draws, and the QR in it."""

import struct
import zlib

import zxingcpp


def read_qr(png: bytes) -> bytes:
    """The bytes of the one QR in this picture."""
    width, height, grey = decode_png(png)
    [found] = zxingcpp.read_barcodes(memoryview(grey).cast("B", (height, width)), formats=zxingcpp.BarcodeFormat.QRCode)
    return found.bytes


def decode_png(png: bytes) -> tuple[int, int, bytes]:
    """Width, height and the grey of every pixel of an 8-bit RGBA picture on white."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    place, header, packed = 8, b"", b""
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        content = png[place + 8 : place + 8 + length]
        header, packed = (content, packed) if kind == b"IHDR" else (header, packed + content * (kind == b"IDAT"))
        place += length + 12
    width, height, depth, colour = struct.unpack(">IIBB", header[:10])
    channels = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    assert depth == 8
    raw, grey, above = zlib.decompress(packed), bytearray(), bytearray(width * channels)
    for y in range(height):
        start = y * (width * channels + 1)
        line = bytearray(raw[start + 1 : start + 1 + width * channels])
        _unfilter(raw[start], line, above, channels)
        grey += bytes(line[x] for x in range(0, len(line), channels))
        above = line
    return width, height, bytes(grey)


def _unfilter(kind: int, line: bytearray, above: bytearray, channels: int) -> None:
    for x in range(len(line)):
        left = line[x - channels] if x >= channels else 0
        corner = above[x - channels] if x >= channels else 0
        match kind:
            case 1:
                line[x] = (line[x] + left) & 255
            case 2:
                line[x] = (line[x] + above[x]) & 255
            case 3:
                line[x] = (line[x] + (left + above[x]) // 2) & 255
            case 4:
                guess = left + above[x] - corner
                near = min((left, above[x], corner), key=lambda each: abs(guess - each))
                line[x] = (line[x] + near) & 255
