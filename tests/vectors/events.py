"""Events, each by itself: one of every kind, erased ones, wrong contents, wrong signatures."""

from typing import Any

from msgspec import structs

from goround.ids import encode
from goround.log.event import Content, Event
from goround.log.header import encode_header, event_id
from goround.log.keys import SMALL_ORDER
from tests.vectors.acts import ALSO_VALID, UNKNOWN, VALID
from tests.vectors.people import ANNA, BEN, BREAD, FOUND, SECOND, Vector, as_vector, signed

WORDS = '{"text":"Ein Ofen \u2013 \u706b, \U0001f525 \\u0001 \\"heiß\\" / \u2028 \x7f"}'
SAID = signed(ANNA, {"type": "say", "on": BREAD.id}, SECOND, WORDS)
SILENT = signed(ANNA, {"type": "leave"}, SECOND)


def vectors() -> list[Vector]:
    known = {str(act["type"]): act for act in VALID if act is not FOUND} | ALSO_VALID | UNKNOWN
    return [
        as_vector(BREAD, "found"),
        *(as_vector(_event(act), name) for name, act in known.items()),
        as_vector(SAID, "content of all sorts"),
        *_erased(),
        *_wrong_contents(),
        *_wrong_signatures(),
    ]


def _event(act: dict[str, Any]) -> Event:
    return signed(ANNA, act, SECOND, "{}")


def _erased() -> list[Vector]:
    return [as_vector(SAID, "erased") | {"salt": "", "content": ""}]


def _wrong_contents() -> list[Vector]:
    salt = encode(bytes(32))
    said, silent = as_vector(SAID, "", "commitment"), as_vector(SILENT, "", "commitment")
    short = as_vector(SAID, "", "salt-length")
    return [
        said | {"name": "other words of the same length", "content": WORDS.replace("Ofen", "Herd")},
        said | {"name": "one letter more", "content": WORDS + " "},
        said | {"name": "no words, though a salt", "content": ""},
        said | {"name": "another salt", "salt": salt},
        short | {"name": "a salt of 31 bytes", "salt": encode(bytes(31))},
        short | {"name": "words, though no salt", "salt": ""},
        silent | {"name": "content that no header speaks of", "salt": salt, "content": "{}"},
        _not_text(),
    ]


def _not_text() -> Vector:
    """Commit to bytes that are no text: the event is genuine, and its content is refused."""
    salt, words = bytes(32), b"{\xff}"
    header = SAID.header
    commit, size = Content(salt, words).commitment(), len(words)
    raw = encode_header(structs.replace(header, commit=commit, size=size))
    return {
        "name": "content that is not UTF-8",
        "verdict": "content-utf8",
        "id": event_id(raw),
        "header": raw.decode(),
        "signature": encode(ANNA.sign("event", raw)),
        "salt": encode(salt),
        "content_hex": words.hex(),
    }


def _wrong_signatures() -> list[Vector]:
    vector = as_vector(SAID, "", "signature")
    changed = bytearray(SAID.signature)
    changed[40] ^= 1
    other = as_vector(signed(BEN, {"type": "leave"}, SECOND), "")["signature"]
    small = encode(sorted(SMALL_ORDER)[2])
    header = str(vector["header"])
    return [
        vector | {"name": "one bit of the signature changed", "signature": encode(bytes(changed))},
        vector | {"name": "somebody else's signature", "signature": other},
        vector | {"name": "a signature of zeros", "signature": encode(bytes(64))},
        _renamed(vector, "one number of the header changed", header.replace(",2,", ",3,", 1)),
        _renamed(vector, "another device's name", header.replace(ANNA.public, BEN.public)),
        _renamed(vector, "a device of small order", header.replace(ANNA.public, small)),
        vector
        | {
            "name": "63 bytes",
            "verdict": "signature-length",
            "signature": encode(SAID.signature[:-1]),
        },
    ]


def _renamed(vector: Vector, name: str, header: str) -> Vector:
    return vector | {"name": name, "header": header, "id": event_id(header.encode())}
