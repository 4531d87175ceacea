"""How acts name things: ids, keys and signatures, each in its one spelling.

An act that names something in another spelling is malformed; `docs/format.md` has the table.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from goround.ids import DeviceId, EpochId, EventId, MemberId

_ID = r"^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]\Z"

EventRef = Annotated[EventId, Meta(pattern=_ID)]
MemberRef = Annotated[MemberId, Meta(pattern=_ID)]
EpochRef = Annotated[EpochId, Meta(pattern=_ID)]
KeyRef = Annotated[DeviceId, Meta(pattern=_ID)]
Signature = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{85}[AQgw]\Z")]
ChangeRef = Annotated[str, Meta(pattern=r"^([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])?\Z")]
TaskRef = Annotated[
    str, Meta(pattern=r"^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]\.(0|[1-9]|[12][0-9]|3[01])\Z")
]
Nonce = Annotated[str, Meta(pattern=_ID)]
