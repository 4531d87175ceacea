"""Headers, read alone: every rule of syntax (F1 to F9), broken once each."""

from goround.log.header import LARGEST_CONTENT, LARGEST_HEADER, encode_header, event_id
from tests.vectors.people import BREAD, DANA, SECOND, Vector, id_for, signed

LATER = signed(DANA, {"type": "say", "on": BREAD.id}, SECOND, "{}").raw
PLAIN = b'{"type":"say","on":"' + BREAD.id.encode() + b'"}'
PRINTABLE = "".join(map(chr, range(32, 127))).replace("\\", "\\\\").replace('"', '\\"')
SPARE = "A" * 42 + "B"
IDS = sorted(id_for(str(number)) for number in range(65))


def act(text: str) -> bytes:
    return LATER.replace(PLAIN, text.encode())


def field(place: int, text: str) -> bytes:
    """Write another text for one field of a header that is right."""
    header = signed(DANA, {"type": "leave"}, SECOND, "{}").header
    parts = [encode_header(header).decode()[1:-1]]
    head, tail = parts[0].split(',{"type":"leave"},')
    fields = [*_split(head), '{"type":"leave"}', *tail.split(",")]
    fields[place] = text
    return f"[{','.join(fields)}]".encode()


def _split(head: str) -> list[str]:
    before, seen, after = head.partition("[]")
    return [*before.rstrip(",").split(","), seen, *after.lstrip(",").split(",")]


def listed(ids: list[str]) -> str:
    return "[" + ",".join(f'"{text}"' for text in ids) + "]"


def filled(length: int) -> bytes:
    """Write a header of exactly so many bytes."""
    empty = act('{"type":"x","with":""}')
    return act('{"type":"x","with":"' + "y" * (length - len(empty)) + '"}')


def nested(levels: int) -> bytes:
    return act('{"type":"x","with":' + "[" * (levels - 1) + "]" * (levels - 1) + "}")


OK: dict[str, bytes] = {
    "a founding event": BREAD.raw,
    "a second event": LATER,
    "an act of unknown kind": act('{"type":"sing","loud":true,"quiet":false,"n":[1,[2],{}]}'),
    "all of printable ASCII": act('{"type":"' + PRINTABLE + '"}'),
    "the largest number": act('{"type":"x","n":9007199254740991}'),
    "eight levels": nested(8),
    "a key of another object that JavaScript has": act('{"type":"x","constructor":"y"}'),
    "64 events seen": field(5, listed(IDS[:64])),
    "8192 bytes": filled(LARGEST_HEADER),
    "the largest content": field(10, str(LARGEST_CONTENT)),
}

REFUSED: list[tuple[str, str, bytes]] = [
    ("8193 bytes", "header-size", filled(LARGEST_HEADER + 1)),
    ("not UTF-8", "not-ascii", act('{"type":"x"}').replace(b"x", b"\xff")),
    ("UTF-8 beyond ASCII", "not-ascii", act('{"type":"caf\u00e9"}')),
    ("a byte order mark", "not-ascii", b"\xef\xbb\xbf" + LATER),
    ("a control character", "not-ascii", act('{"type":"a\x07"}')),
    ("the character 0x7f", "not-ascii", act('{"type":"a\x7f"}')),
    ("a line feed at the end", "not-ascii", LATER + b"\n"),
    ("nothing", "not-json", b""),
    ("cut short", "not-json", LATER[:-1]),
    ("something behind", "not-json", LATER + b"]"),
    ("a leading zero", "not-json", act('{"type":"x","n":01}')),
    ("a lone surrogate", "not-json", act('{"type":"\\ud800"}')),
    ("an object", "shape", b"{}"),
    ("ten fields", "shape", LATER.rsplit(b",", 1)[0] + b"]"),
    ("twelve fields", "shape", LATER[:-1] + b",0]"),
    ("a seq that is a string", "shape", field(3, '"1"')),
    ("a seq that is true", "shape", field(3, "true")),
    ("a seen that is a string", "shape", field(5, '""')),
    ("an act that is a list", "shape", field(8, "[]")),
    ("a commit that is null", "shape", field(9, "null")),
    ("another format", "format", field(0, '"goround/2"')),
    ("white space", "not-canonical", LATER.replace(b",", b", ", 1)),
    ("white space behind", "not-canonical", LATER + b" "),
    ("a letter written as an escape", "not-canonical", act('{"type":"\\u0041"}')),
    ("a key written as an escape", "not-canonical", act('{"\\u0074ype":"x"}')),
    ("an escaped slash", "not-canonical", act('{"type":"a\\/b"}')),
    ("a quote as a number", "not-canonical", act('{"type":"\\u0022"}')),
    ("a key twice", "not-canonical", act('{"type":"x","a":1,"a":1}')),
    ("a type twice", "not-canonical", act('{"type":"x","type":"y"}')),
    ("a fraction", "not-canonical", act('{"type":"x","n":1.5}')),
    ("a whole number with a point", "not-canonical", act('{"type":"x","n":1.0}')),
    ("a number with an exponent", "not-canonical", act('{"type":"x","n":1e2}')),
    ("a number beyond all bounds", "not-canonical", act('{"type":"x","n":1e400}')),
    ("minus zero", "not-canonical", act('{"type":"x","n":-0}')),
    ("a number below zero", "not-canonical", act('{"type":"x","n":-1}')),
    ("2^53", "not-canonical", act('{"type":"x","n":9007199254740992}')),
    ("2^53 + 1", "not-canonical", act('{"type":"x","n":9007199254740993}')),
    ("2^64", "not-canonical", act('{"type":"x","n":18446744073709551616}')),
    ("a fraction for a seq", "not-canonical", field(3, "1.0")),
    ("a seq below zero", "not-canonical", field(3, "-1")),
    ("a time of 2^53", "not-canonical", field(7, "9007199254740992")),
    ("an act without a type", "act", act('{"kind":"x"}')),
    ("an empty act", "act", act("{}")),
    ("a type that comes second", "act", act('{"on":"x","type":"say"}')),
    ("a type that is a number", "act", act('{"type":1}')),
    ("a key like an integer", "key", act('{"type":"x","1":"a"}')),
    ("a key with a digit", "key", act('{"type":"x","a1":"a"}')),
    ("a key with a capital", "key", act('{"type":"x","onThis":"a"}')),
    ("an empty key", "key", act('{"type":"x","":"a"}')),
    ("a key that begins with an underscore", "key", act('{"type":"x","__proto__":"a"}')),
    ("an integer-like key further in", "key", act('{"type":"x","a":[{"7":1}]}')),
    ("a string beyond ASCII as an escape", "string", act('{"type":"caf\\u00e9"}')),
    ("a line feed in a string", "string", act('{"type":"x","a":"b\\nc"}')),
    ("a zero in a string", "string", act('{"type":"x","a":"\\u0000"}')),
    ("a null", "null", act('{"type":"x","a":null}')),
    ("nine levels", "depth", nested(9)),
    ("3000 levels", "depth", nested(3000)),
    ("a device with spare bits", "device", field(2, f'"{SPARE}"')),
    ("a device of 31 bytes", "device", field(2, f'"{"A" * 42}"')),
    ("an empty device", "device", field(2, '""')),
    ("a padded device", "device", field(2, f'"{"A" * 43}="')),
    ("a device in the other base64", "device", field(2, f'"{"+" * 42}A"')),
    ("a collective with spare bits", "collective", field(1, f'"{SPARE}"')),
    ("a prev with spare bits", "prev", field(4, f'"{SPARE}"')),
    ("a commit with spare bits", "commit", field(9, f'"{SPARE}"')),
    ("a seen with spare bits", "seen", field(5, listed([SPARE]))),
    ("an empty id in seen", "seen", field(5, '[""]')),
    ("seen out of order", "seen", field(5, listed([IDS[1], IDS[0]]))),
    ("seen twice", "seen", field(5, listed([IDS[0], IDS[0]]))),
    ("65 events seen", "seen", field(5, listed(IDS))),
    ("seq 0 with a prev", "prev", field(3, "0")),
    ("seq 1 without a prev", "prev", field(4, '""')),
    ("a founding event at seq 1", "collective", field(1, '""')),
    ("lamport 0", "lamport", field(6, "0")),
    ("lamport 1 in a second event", "lamport", field(6, "1")),
    ("a commitment without a size", "commit", field(10, "0")),
    ("a size without a commitment", "commit", field(9, '""')),
    ("content over 256 KiB", "content-size", field(10, str(LARGEST_CONTENT + 1))),
]


def founding(place: int, text: str) -> bytes:
    header = list(BREAD.raw.partition(b',{"type":"found"'))
    fields = _split(header[0].decode()[1:])
    fields[place] = text
    return f"[{','.join(fields)}".encode() + header[1] + header[2]


def rootless() -> bytes:
    return founding(1, f'"{BREAD.id}"').replace(b",[],1,", b",[],2,")


def vectors() -> list[Vector]:
    refused = [
        *REFUSED,
        ("a founding event that saw something", "collective", founding(5, listed(IDS[:1]))),
        ("a founding event with lamport 2", "lamport", founding(6, "2")),
        ("an event without parents that founds nothing", "rootless", rootless()),
    ]
    good = [
        {**_written(raw), "name": name, "verdict": "ok", "id": event_id(raw)}
        for name, raw in OK.items()
    ]
    return good + [
        {**_written(raw), "name": name, "verdict": verdict} for name, verdict, raw in refused
    ]


def _written(raw: bytes) -> Vector:
    try:
        return {"header": raw.decode()}
    except UnicodeDecodeError:
        return {"header_hex": raw.hex()}
