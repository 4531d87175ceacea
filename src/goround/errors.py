"""What can go wrong, drawn as a tree.

Rules that a known act breaks are not in it: the fold returns those as data beside its result,
because an event that a rule makes void is still kept.

    GoroundError
    ├── NotGenuine          the bytes, links or signatures are not what they claim (HTTP 400)
    │   └── MissingParents  they may well be genuine, and what they rest on is not here yet
    ├── Refused             a rule of the collective says no (exit 1)
    │   └── SessionOver       a node no longer knows who asks; a new session is asked for
    ├── BadUse              the command or call makes no sense as given (exit 2)
    └── Unreachable         something could not be reached or read (exit 3)
        ├── Broken            a connection that ended before the answer was there
        ├── NotACollective    a file that is no collective
        ├── FromNewerGoround  a collective written by a later version of this program
        ├── Damaged           a collective whose file no longer says what was written
        ├── Gone              a collective whose file was taken away while it was open
        └── Busy              another program held the collective for too long
"""

import errno
from collections.abc import Iterable

from goround.ids import EventId
from goround.sentences import _


class GoroundError(Exception):
    """Root of everything that this program raises on purpose; its text is one sentence."""


class NotGenuine(GoroundError):  # noqa: N818 - it is what the world looks like, not a slip
    """Bytes that are refused; `reason` is a short stable slug listed in docs/format.md."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


class MissingParents(NotGenuine):
    """An event whose parents are unknown here; `missing` names them, in the header's order."""

    def __init__(self, missing: Iterable[EventId]) -> None:
        self.missing = tuple(missing)
        super().__init__(
            "missing-parents",
            f"This event rests on {len(self.missing)} that have not arrived here yet.",
        )


class Refused(GoroundError):  # noqa: N818 - it is what the world looks like, not a slip
    """A rule of the collective does not allow this."""


class SessionOver(Refused):
    """A node knows a session no more, or never did."""


class BadUse(GoroundError):  # noqa: N818 - it is what the world looks like, not a slip
    """What was asked for makes no sense as it was given."""


class Unreachable(GoroundError):  # noqa: N818 - it is what the world looks like, not a slip
    """Something could not be reached or read; `plain` says it without naming what, for a log."""

    plain = ""
    is_noted = False
    """Whether a log has it already."""


class Broken(Unreachable):
    """A connection that ended before the whole answer had come, or never came about."""


class NotACollective(Unreachable):
    """A file that is not there, or holds something else than a collective."""


class FromNewerGoround(Unreachable):
    """A collective's file that only a later version of this program can read."""


class Damaged(Unreachable):
    """A collective's file whose bytes changed since they were written."""


class Gone(Unreachable):
    """A collective's file that is not where it was opened, or another is there."""


class Busy(Unreachable):
    """Another program wrote to the same collective for longer than we waited."""


_ON_A_DISK = {
    errno.ENOSPC: _("the disk is full; make room, and try again"),
    errno.EDQUOT: _("there is no more room for you on this disk; make some, and try again"),
    errno.EROFS: _("this disk can only be read; copy the home to where you may write"),
    errno.EACCES: _("you have no permission to; its owner can give it"),
    errno.EPERM: _("you have no permission to; its owner can give it"),
}


def why(error: OSError) -> str:
    """Say what the machine answered, and what to do, as the end of a sentence."""
    return _ON_A_DISK.get(error.errno or 0, error.strerror or type(error).__name__)
