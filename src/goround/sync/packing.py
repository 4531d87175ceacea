"""Messages are packed on their way through a network (gzip): ids and signatures are chance, and
even so a third of a batch is left. Whoever unpacks takes a little at a time, so that a few bytes
which would become a thousand times as many are left as soon as they are too many."""

import gzip
import zlib
from collections.abc import Iterator

from goround.errors import NotGenuine

WORTH_IT = 1024
"""Bytes from which on something is packed."""
_PIECE = 64 * 1024
_QUICKLY = 1
"""The level of packing: the higher ones take three times as long for a tenth less."""
_GZIP = 16 + zlib.MAX_WBITS


def pack(plain: bytes) -> bytes:
    """Pack something; the same bytes each time."""
    return gzip.compress(plain, _QUICKLY, mtime=0)


def unpack(packed: bytes) -> Iterator[bytes]:
    """Yield what was packed, in pieces of which none is large; raise NotGenuine for rubbish."""
    unpacking = zlib.decompressobj(_GZIP)
    try:
        for at in range(0, len(packed), _PIECE):
            if unpacking.eof:  # and yet there is more
                raise _spoilt()
            waiting = packed[at : at + _PIECE]
            while waiting and not unpacking.eof:
                yield unpacking.decompress(waiting, _PIECE)
                waiting = unpacking.unconsumed_tail
    except zlib.error:
        raise _spoilt() from None
    if not unpacking.eof or unpacking.unused_data:
        raise _spoilt()


def _spoilt() -> NotGenuine:
    return NotGenuine("packing", "What came is not packed as it says.")
