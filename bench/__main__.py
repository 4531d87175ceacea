"""`make bench`: every measuring module, one after the other, and the report of what they found.

A module measures if it has `measure() -> list[Figure]`; nobody lists them. With `ONLY=load` that
one runs alone, and the report keeps what the others found the last time. With `QUICK=yes` all of
them run with tiny sizes, to see that they work, and the report stays as it is.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from bench.alone import Run
from bench.machine import ROOT
from bench.quoting import results, write_anew
from bench.report import Report, say

HERE = Path(__file__).parent
MINUTE = 60
LONGEST = 15 * MINUTE
QUICK = "--quick"


def modules() -> list[str]:
    """Return the names of the modules that measure."""
    return sorted(path.stem for path in HERE.glob("*.py") if _has("def measure", path))


def _has(start: str, path: Path) -> bool:
    return re.search(rf"^{start}\b", path.read_text(encoding="utf-8"), re.MULTILINE) is not None


def announce(names: list[str], report: Report) -> None:
    """Say beforehand how long it will take, going by the last time."""
    known = {name: run.seconds for name, run in report.runs.items() if name in names}
    new = [name for name in names if name not in known]
    minutes = sum(known.values()) / MINUTE
    print(f"measuring {', '.join(names)}: about {minutes:.0f} min, going by the last report")
    if new:
        print(f"and longer: it does not have {', '.join(new)} yet")
    print("made-up histories that are not kept yet take some minutes more; let nothing else run")


def run_alone(name: str, *options: str) -> Run | None:
    """Run one module; None, after its own words, where it fails."""
    with tempfile.NamedTemporaryFile() as file:
        command = [sys.executable, "-m", "bench.alone", file.name, name, *options]
        if not _ends_well(subprocess.Popen(command, cwd=ROOT, process_group=0)):
            return None
        return msgspec.json.decode(Path(file.name).read_bytes(), type=Run)


def _ends_well(process: subprocess.Popen[bytes]) -> bool:
    """Wait for a module; one that takes too long, or is not wanted any more, leaves nothing."""
    try:
        return process.wait(LONGEST) == 0
    except subprocess.TimeoutExpired:
        print(f"bench: stopped after {LONGEST // MINUTE} min, which is too long for one module")
        return False
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def show(name: str, *options: str) -> Run | None:
    """Run one module, and print what it found."""
    print(f"== {name}", flush=True)
    run = run_alone(name, *options)
    for figure in run.figures if run else ():
        met = "met" if figure.met else "missed"
        print(f"{figure.name}: {say(figure)} ({figure.target}: {met}). {figure.sentence}")
    return run


def try_out(names: list[str]) -> int:
    """Run modules with tiny sizes, and keep nothing."""
    names = [name for name in names if _has("QUICK", HERE / f"{name}.py")]
    found = [show(name, QUICK) for name in names]
    return 0 if all(found) else 1


def write_report(names: list[str]) -> int:
    """Run modules, and write what they found beside what the others did before."""
    from bench.plots import draw  # noqa: PLC0415 - only `make bench` has what draws

    report = Report.read()
    announce(names, report)
    found = {name: show(name) for name in names}
    failed = [name for name, run in found.items() if run is None]
    report.runs |= {name: run for name, run in found.items() if run}
    report.write(modules(), draw)
    for page in write_anew(results()):
        print(f"bench: {page.relative_to(ROOT)} quotes the new figures")
    if failed:
        print(f"bench: {', '.join(failed)} failed, see above; the report has what was found before")
    return 1 if failed else 0


def main(words: list[str]) -> int:
    known, names = modules(), [word for word in words if word != QUICK]
    strange = sorted(set(names) - set(known))
    if strange:
        print(f"bench: there is no {', '.join(strange)}; there are {', '.join(known)}")
        return 2
    return (try_out if QUICK in words else write_report)(names or known)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
