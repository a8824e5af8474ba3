"""Draws icon.png, the icon of the packages: a street lamp that is on. Needs Python alone: python3 nuget/icon.py"""
import pathlib
import struct
import zlib

SIZE = 128
SAMPLES = 4  # a side, for smooth edges
NIGHT, POLE, LIGHT, GLOW = (22, 40, 72), (214, 222, 235), (255, 214, 92), (66, 78, 88)


def colour(x, y):
    """The colour at a point of the unit square, or None outside of the rounded corners."""
    corner = 0.18
    dx, dy = max(corner - x, x - 1 + corner, 0), max(corner - y, y - 1 + corner, 0)
    if dx * dx + dy * dy > corner * corner:
        return None
    if 0.30 <= x <= 0.36 and 0.30 <= y <= 0.86 or 0.22 <= x <= 0.44 and 0.84 <= y <= 0.88:
        return POLE
    if 0.12 <= ((x - 0.48) ** 2 + (y - 0.30) ** 2) ** 0.5 <= 0.18 and y <= 0.30:
        return POLE
    if (x - 0.63) ** 2 / 0.11 ** 2 + (y - 0.30) ** 2 / 0.07 ** 2 <= 1:
        return LIGHT if y > 0.30 else POLE
    if 0.37 < y < 0.84 and abs(x - 0.63) < 0.10 + (y - 0.37) * 0.42:
        return GLOW
    return NIGHT


def pixel(column, row):
    hits = [
        colour((column + (i + 0.5) / SAMPLES) / SIZE, (row + (j + 0.5) / SAMPLES) / SIZE)
        for i in range(SAMPLES)
        for j in range(SAMPLES)
    ]
    inside = [h for h in hits if h is not None]
    if not inside:
        return bytes(4)
    return bytes([sum(h[k] for h in inside) // len(inside) for k in range(3)] + [255 * len(inside) // len(hits)])


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


rows = b"".join(b"\0" + b"".join(pixel(c, r) for c in range(SIZE)) for r in range(SIZE))
pathlib.Path(__file__).with_name("icon.png").write_bytes(
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(rows, 9))
    + chunk(b"IEND", b"")
)
