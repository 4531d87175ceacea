"""Reads a QR code of level M in byte mode as a phone would, from a picture without a scratch: what
was drawn by one program is understood by another that knows nothing of it."""

from collections.abc import Iterator

BLOCKS = (1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10)
MENDING = (10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28)
Squares = list[list[bool]]


def read_qr(rows: list[str]) -> str:
    """Return the text that a QR code says."""
    drawn = [[square == "1" for square in row] for row in rows]
    version = (len(drawn) - 17) // 4
    bits = _bits(drawn, version)
    words = [int("".join(bits[at : at + 8]), 2) for at in range(0, len(bits) - 7, 8)]
    return _said(_in_line(words, version), version)


def _bits(drawn: Squares, version: int) -> list[str]:
    """Undo the mask on the way through all squares that hold words."""
    number, kept = _mask(drawn), _patterns(len(drawn), version)
    return [
        "01"[drawn[row][column] ^ _is_masked(number, row, column)]
        for row, column in _way(len(drawn))
        if (row, column) not in kept
    ]


def _mask(drawn: Squares) -> int:
    """Read which mask it was, which stands beside the first corner under a mask of its own."""
    level_and_mask = "".join("01"[drawn[8][column]] for column in range(5))
    told = int(level_and_mask, 2) ^ 0b10101
    assert told >> 3 == 0, "this is not level M"
    return told & 7


def _is_masked(number: int, row: int, column: int) -> bool:
    both, product = row + column, row * column
    conditions = (
        both % 2,
        row % 2,
        column % 3,
        both % 3,
        (row // 2 + column // 3) % 2,
        product % 2 + product % 3,
        (product % 2 + product % 3) % 2,
        (both % 2 + product % 3) % 2,
    )
    return conditions[number] == 0


def _patterns(size: int, version: int) -> set[tuple[int, int]]:
    """Name the squares that hold no words."""
    every = range(size)
    kept = {(6, at) for at in every} | {(at, 6) for at in every}
    kept |= {(row, column) for row in range(9) for column in range(9)}
    kept |= {(row, column) for row in range(9) for column in range(size - 8, size)}
    kept |= {(row, column) for row in range(size - 8, size) for column in range(9)}
    for row, column in _small_squares(size, version):
        kept |= {(row + down, column + right) for down in range(-2, 3) for right in range(-2, 3)}
    if version >= 7:
        kept |= {(row, column) for row in range(6) for column in range(size - 11, size - 8)}
        kept |= {(row, column) for row in range(size - 11, size - 8) for column in range(6)}
    return kept


def _small_squares(size: int, version: int) -> Iterator[tuple[int, int]]:
    if version == 1:
        return
    many = version // 7 + 2
    step = -(-(size - 13) // (2 * (many - 1))) * 2
    places = [6, *(size - 7 - step * at for at in range(many - 1))]
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}
    yield from (
        (row, column) for row in places for column in places if (row, column) not in corners
    )


def _way(size: int) -> Iterator[tuple[int, int]]:
    columns = [column for column in range(size - 1, -1, -1) if column != 6]
    for turn, column in enumerate(columns[::2]):
        rows = range(size) if turn % 2 else range(size - 1, -1, -1)
        for row in rows:
            yield row, column
            yield row, column - 1


def _in_line(words: list[int], version: int) -> list[int]:
    """Put the blocks one behind the other again; nothing has to be mended."""
    many = BLOCKS[version - 1]
    length = len(words) - many * MENDING[version - 1]
    short, longer = divmod(length, many)
    blocks: list[list[int]] = [[] for _ in range(many)]
    sizes = [short + (at >= many - longer) for at in range(many)]
    given = iter(words[:length])
    for turn in range(short + 1):
        for block, size in zip(blocks, sizes, strict=True):
            if turn < size:
                block.append(next(given))
    return [word for block in blocks for word in block]


def _said(words: list[int], version: int) -> str:
    bits = "".join(f"{word:08b}" for word in words)
    assert bits[:4] == "0100", "this is not byte mode"
    start = 4 + (8 if version < 10 else 16)
    length = int(bits[4:start], 2)
    said = [int(bits[start + 8 * at : start + 8 * at + 8], 2) for at in range(length)]
    return bytes(said).decode()
