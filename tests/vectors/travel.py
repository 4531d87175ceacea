"""What travels: bundles, whole and damaged, and the proofs that anyone can check."""

import json
from hashlib import sha256
from typing import Any

from goround.ids import EpochId, decode, encode
from goround.log import paper
from goround.log.bundle import encode_line, write_bundle
from goround.log.event import FOUNDING, Event, Place
from goround.log.proofs import (
    prove_card,
    prove_device,
    prove_fork,
    prove_invitation,
    prove_session,
    write_secret,
)
from tests.vectors.events import SAID, SILENT
from tests.vectors.people import (
    ANNA,
    BEN,
    BREAD,
    DANA,
    INVITATION,
    SECOND,
    Vector,
    bytes_for,
    id_for,
    signed,
)

NEXT = signed(BEN, {"type": "say", "on": SAID.id}, Place(0, FOUNDING.prev, (SAID.id,), 3), "{}")
ORIGIN = "https://round.example"
NONCE = bytes_for("a nonce")


def bundles() -> list[Vector]:
    whole = _text([BREAD, SAID, NEXT])
    lines = [line + "\n" for line in whole.split("\n")[:-1]]  # U+2028 ends no line
    good = {
        "a bundle": whole,
        "without events": _text([]),
        "what came after": _text([NEXT]),
        "a fork": _text([BREAD, SAID, SILENT]),
        "erased content": _sealed([lines[0], lines[1], _bare(SAID), lines[3]]),
    }
    refused = [
        ("nothing at all", "bundle-cut", ""),
        ("the first line alone", "bundle-cut", lines[0]),
        ("without its last line", "bundle-cut", "".join(lines[:-1])),
        ("without its last LF", "bundle-cut", whole[:-1]),
        ("something after the last line", "bundle-cut", whole + lines[1]),
        ("a line missing", "bundle-damaged", "".join([*lines[:2], *lines[3:]])),
        ("a letter changed", "bundle-damaged", whole.replace("Bread", "Bride")),
        ("a wrong count", "bundle-damaged", whole.replace("[3,", "[4,")),
        ("another format", "bundle", _sealed([lines[0].replace("/1", "/2"), *lines[1:-1]])),
        ("a collective that is none", "bundle", _sealed(['["goround/bundle/1","x"]\n'])),
        ("an empty line", "line", _sealed([*lines[:-1], "\n"])),
        ("a line of three", "line", _sealed([lines[0], '["","",""]\n'])),
        ("a child before its parent", "bundle-order", _text([SAID, BREAD])),
        ("an event twice", "bundle-order", _text([BREAD, BREAD])),
        ("another collective's event", "foreign", _foreign()),
        ("a spoiled signature", "signature", _sealed([*lines[:3], _spoiled(lines[3])])),
        ("content of another event", "commitment", _sealed([*lines[:2], _swapped()])),
    ]
    return [{"name": name, "verdict": "ok", "text": text} for name, text in good.items()] + [
        {"name": name, "verdict": verdict, "text": text} for name, verdict, text in refused
    ]


LINE = (
    '["goround/encrypted/1","-cmgM-457bsxsCdS7S9A1A",1,8388608,'
    '"PM1WaYmHztoj4Njj9WmYnWNQoeAy2aZBTjhpwmfZoCM","H0NCRSq3P-S8KTlsDaJJxTIU5OM33J-M"]\n'
)
PIECE = "oQXSqbJ74zov69mkvO8UfANNCatHMT4"
FOUR_WORDS = "flour water salt patience"


def encrypted() -> list[Vector]:
    """Files that a passphrase opens; what chance made of the first one stands here."""
    piece, line, broken = decode(PIECE, 23), LINE, "encrypted-damaged"
    spelled, costly = line.replace(",1,", ',"1",'), line.replace(",8388608,", ",1099511627776,")
    found = [
        ("an encrypted text", "ok", line, piece, FOUR_WORDS),
        ("a wrong passphrase", "wrong", line, piece, "flour water salt"),
        ("a passphrase in other letters", "wrong", line, piece, FOUR_WORDS.upper()),
        ("the first line alone", broken, line, b"", FOUR_WORDS),
        ("without its last byte", broken, line, piece[:-1], FOUR_WORDS),
        ("a byte more", broken, line, piece + b"x", FOUR_WORDS),
        ("a bit changed", broken, line, _flipped(piece), FOUR_WORDS),
        ("without its LF", broken, line[:-1], piece, FOUR_WORDS),
        ("more memory than is given", broken, costly, piece, FOUR_WORDS),
        ("a word instead of a number", broken, spelled, piece, FOUR_WORDS),
    ]
    return [
        {"name": name, "verdict": said, "line": line, "pieces": rest.hex(), "passphrase": words}
        for name, said, line, rest, words in found
    ]


def _flipped(piece: bytes) -> bytes:
    return piece[:3] + bytes([piece[3] ^ 1]) + piece[4:]


def _text(events: list[Event]) -> str:
    return b"".join(write_bundle(BREAD.collective, events)).decode()


def _sealed(lines: list[str]) -> str:
    body = "".join(lines)
    last = [len(lines) - 1, encode(sha256(body.encode()).digest())]
    return body + json.dumps(last, separators=(",", ":")) + "\n"


def _row(line: str, place: int, text: str) -> str:
    row = json.loads(line)
    row[place] = text
    return json.dumps(row, separators=(",", ":"), ensure_ascii=False) + "\n"


def _bare(event: Event) -> str:
    return _row(_row(encode_line(event).decode(), 2, ""), 3, "")


def _spoiled(line: str) -> str:
    return _row(line, 1, encode(bytes(64)))


def _swapped() -> str:
    return _row(encode_line(SAID).decode(), 3, '{"text":"no"}')


def _foreign() -> str:
    elsewhere = signed(BEN, {"type": "found"}, FOUNDING)
    return _text([BREAD, elsewhere])


def proofs() -> list[Vector]:
    bread, other = BREAD.collective, id_for("another collective")
    invited = prove_invitation(INVITATION, bread, DANA.public)
    added = prove_device(DANA, bread, ANNA.public)
    session = prove_session(ANNA, bread, NONCE, ORIGIN)
    card = prove_card(INVITATION, bread, NONCE, ORIGIN)
    by_device = {"collective": bread, "device": DANA.public, "key": INVITATION.public}
    adding = {"collective": bread, "device": ANNA.public, "key": DANA.public}
    answer = {"collective": bread, "nonce": encode(NONCE), "origin": ORIGIN}
    invitation = _proof("invitation", invited, by_device)
    return [
        invitation,
        _spoil(invitation, "another collective", collective=other),
        _spoil(invitation, "another device", device=BEN.public),
        _spoil(invitation, "another key", key=BEN.public),
        _spoil(invitation, "spare bits", proof=invited[:-1] + chr(ord(invited[-1]) + 1)),
        _spoil(invitation, "a card's proof", proof=card),
        _proof("device", added, adding),
        _spoil(_proof("device", added, adding), "another device adds", device=BEN.public),
        _proof("session", session, answer | {"key": ANNA.public}),
        _spoil(
            _proof("session", session, answer | {"key": ANNA.public}),
            "another origin",
            origin="https://elsewhere.example",
        ),
        _spoil(
            _proof("session", session, answer | {"key": ANNA.public}),
            "another nonce",
            nonce=encode(bytes(32)),
        ),
        _proof("card", card, answer | {"key": INVITATION.public}),
        _spoil(
            _proof("card", card, answer | {"key": INVITATION.public}),
            "a session's proof",
            proof=session,
        ),
    ]


def _proof(tag: str, proof: str, fields: dict[str, Any]) -> Vector:
    return {"name": tag, "tag": tag, "holds": True, "proof": proof, **fields}


def _spoil(vector: Vector, name: str, **changed: str) -> Vector:
    return vector | changed | {"name": f"{vector['tag']}: {name}", "holds": False}


def forks() -> list[Vector]:
    proof = json.loads(prove_fork(SAID, SILENT))
    same_place = signed(BEN, {"type": "leave"}, SECOND)
    foreign = [same_place.raw.decode(), encode(same_place.signature)]
    founding = [BREAD.raw.decode(), encode(BREAD.signature)]
    spoiled = [proof[1][0], encode(bytes(64))]
    cases = [
        ("a fork", "ok", proof),
        ("the same event twice", "fork-proof", [proof[0], proof[1], proof[1]]),
        ("events of two devices", "fork-proof", [proof[0], proof[1], foreign]),
        ("events one after the other", "fork-proof", [proof[0], proof[1], founding]),
        ("another format", "fork-proof", ["goround/fork/2", *proof[1:]]),
        ("one event alone", "fork-proof", proof[:2]),
        ("a bad signature", "signature", [proof[0], spoiled, proof[2]]),
    ]
    return [
        {"name": name, "verdict": verdict, "proof": json.dumps(value, separators=(",", ":"))}
        for name, verdict, value in cases
    ]


def papers() -> list[Vector]:
    secret = bytes(range(16))
    words, letters = paper.write_words(secret), paper.write_letters(secret)
    good = {"seed": encode(paper.key_on(secret).seed), "key": paper.key_on(secret).public}
    swapped = [words[1], words[0], *words[2:]]
    numbered = [f" {number}{'.' * (number % 2)} {word}" for number, word in enumerate(words, 1)]
    return [
        {"name": "words", "verdict": "ok", "text": " ".join(words), **good, "letters": letters},
        {"name": "words as typed", "verdict": "ok", "text": "\n ".join(words).upper(), **good},
        {"name": "words with numbers", "verdict": "ok", "text": "\n".join(numbered), **good},
        {"name": "letters", "verdict": "ok", "text": letters, **good},
        {"name": "two words swapped", "verdict": "damaged", "text": " ".join(swapped)},
        {"name": "one word missing", "verdict": "damaged", "text": " ".join(words[1:])},
        {"name": "a word too much", "verdict": "damaged", "text": " ".join([*words, words[0]])},
        {"name": "no such word", "verdict": "damaged", "text": " ".join(["xyzzy", *words[1:]])},
        {"name": "letters cut short", "verdict": "damaged", "text": letters[:-1]},
        {"name": "nothing", "verdict": "damaged", "text": ""},
    ]


def secrets() -> list[Vector]:
    epoch = EpochId(id_for("an epoch"))
    secret = write_secret(INVITATION, epoch)
    good = {"secret": secret, "seed": encode(INVITATION.seed), "key": INVITATION.public}
    return [
        {"name": "a secret", "verdict": "ok", **good, "epoch": epoch},
        {"name": "cut short", "verdict": "damaged", "secret": secret[:-1]},
        {"name": "spare bits", "verdict": "damaged", "secret": secret[:-1] + "B"},
        {"name": "nothing", "verdict": "damaged", "secret": ""},
    ]
