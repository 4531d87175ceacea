"""The servers that stand in front of a node, started with the examples as people find them, but for
what differs from machine to machine: ports, certificates, folders."""

import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import sleep

import pytest

from goround.node.certificate import Certificate
from tools.proxies import find, lacking

DEPLOY = Path(__file__).parents[2] / "deploy"
NAME = "bread.example.org"


def program(name: str) -> str:
    """Give a server; without it a test is skipped, except where everything must run."""
    found = find(name)
    if found is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(lacking(name))
    return str(found)


def free_port() -> int:
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


Change = tuple[str, str]


def changed(text: str, *changes: Change) -> str:
    """Change an example where it stands for something of one's own; each place is there once."""
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


Front = Callable[[Path, int, int, Certificate], list[str]]
"""Writes what a server is told, into a folder: its own port, the node's, a certificate."""


def nginx(folder: Path, port: int, node: int, certificate: Certificate) -> list[str]:
    server = changed(
        (DEPLOY / "nginx.conf").read_text("utf-8"),
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("/etc/letsencrypt/live/bread.example.org/fullchain.pem", str(certificate.file)),
        ("/etc/letsencrypt/live/bread.example.org/privkey.pem", str(certificate.key)),
        ("/var/log/nginx/error.log", f"{folder}/error.log"),
        ("127.0.0.1:8420", f"127.0.0.1:{node}"),
    )
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    file = folder / "nginx.conf"
    file.write_text(
        f"daemon off;\nmaster_process off;\npid {folder}/nginx.pid;\n"
        f"events {{}}\nhttp {{\n{folders}{server}}}\n"
    )
    return [program("nginx"), "-c", str(file), "-p", str(folder), "-e", f"{folder}/error.log"]


def caddy(folder: Path, port: int, node: int, certificate: Certificate) -> list[str]:
    site = changed(
        (DEPLOY / "Caddyfile").read_text("utf-8"),
        (f"{NAME} {{", f"https://127.0.0.1:{port} {{\n\ttls {certificate.file} {certificate.key}"),
        ("127.0.0.1:8420", f"127.0.0.1:{node}"),
    )
    file = folder / "Caddyfile"
    file.write_text(f"{{\n\tadmin off\n\tauto_https disable_redirects\n}}\n{site}")
    return [program("caddy"), "run", "--config", str(file), "--adapter", "caddyfile"]


@contextmanager
def standing(line: list[str], folder: Path, port: int) -> Iterator[Path]:
    """Let a server stand in front for a while; gives what it wrote."""
    told = folder / "told.txt"
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (
        told.open("wb") as file,
        subprocess.Popen(line, stdout=file, stderr=file, env=os.environ | home) as server,
    ):
        try:
            wait_for(port, server, told)
            yield told
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_for(port: int, server: subprocess.Popen[bytes], told: Path) -> None:
    for _ in range(200):
        assert server.poll() is None, told.read_text("utf-8")
        with closing(socket.socket()) as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.05)
    raise AssertionError("The server in front does not answer.")
