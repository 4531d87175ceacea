"""Reading a file in order without touching it: to open one is to change what lies beside it. So a
copy is opened, looked through as after a stop that was not in order, and thrown away."""

from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from goround.log.event import Event
from goround.store.file import Store


def read_a_copy(path: Path) -> list[Event]:
    """Return what is in a file with its journal; raises Unreachable where it is not whole."""
    with TemporaryDirectory(prefix="goround-") as folder:
        copy = Path(folder, path.name)
        for end in ("", "-wal"):
            beside = path.with_name(f"{path.name}{end}")
            if beside.is_file():
                copyfile(beside, copy.with_name(f"{copy.name}{end}"))
        with Store.open(copy) as store:
            return [event for _row, event in store.since()]
