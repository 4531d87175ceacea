"""Writes every vector anew, always the same: run `python -m tests.vectors.make`."""

import json
from pathlib import Path

from tests.vectors import acts, events, graphs, headers, keys, travel
from tests.vectors.people import Vector

HERE = Path(__file__).parent


def every() -> dict[str, list[Vector]]:
    return {
        "acts": acts.vectors(),
        "bundles": travel.bundles(),
        "encrypted": travel.encrypted(),
        "events": events.vectors(),
        "forks": travel.forks(),
        "graphs": graphs.vectors(),
        "headers": headers.vectors(),
        "keys": keys.vectors(),
        "proofs": travel.proofs(),
        "secrets": travel.secrets(),
        "papers": travel.papers(),
    }


def written(vectors: list[Vector]) -> str:
    return json.dumps(vectors, indent=1) + "\n"


def main() -> None:
    for name, vectors in every().items():
        (HERE / f"{name}.json").write_text(written(vectors), encoding="ascii")


if __name__ == "__main__":
    main()
