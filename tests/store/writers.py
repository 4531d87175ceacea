"""Programs of their own that write to a store, started by the tests and killed by some."""

import sys
from pathlib import Path

from goround.log.event import Event
from goround.store import Store
from tests.chains import device, said

ANNA = device(1)


def newest(store: Store) -> Event:
    return [event for _, event in store.since()][-1]


def sign(path: Path, times: int) -> None:
    """Sign events with the one key of this home, each after the newest that is there."""
    with Store.open(path) as store:
        for _ in range(times):
            with store.writing():
                store.append([said(ANNA, newest(store))])


def sign_and_say_so(path: Path) -> None:
    """Sign until somebody kills this program, and print each id once it is kept."""
    with Store.open(path) as store:
        after = newest(store)
        for _ in range(5000):
            after = said(ANNA, after)
            store.append([after])
            print(after.id, flush=True)  # noqa: T201 - the acknowledgement


if __name__ == "__main__":
    sign_and_say_so(Path(sys.argv[1]))
