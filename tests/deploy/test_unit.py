"""The unit for systemd and the recipe for a container say what they should, in words that are
known to who reads them."""

import re
import shutil
import subprocess
import sys
from configparser import RawConfigParser
from pathlib import Path

from goround.cli.main import run
from goround.web.server import LONGEST_STOP
from tests.deploy.fronts import DEPLOY

UNIT = (DEPLOY / "goround.service").read_text("utf-8")
RECIPE = (DEPLOY / "Containerfile").read_text("utf-8")
KNOWN = {
    "Unit": "After Description",
    "Service": """
        AmbientCapabilities CapabilityBoundingSet EnvironmentFile ExecStart IPAddressAllow
        IPAddressDeny LimitNOFILE LockPersonality MemoryDenyWriteExecute MemoryMax NoNewPrivileges
        PrivateDevices PrivateTmp PrivateUsers ProtectClock ProtectControlGroups ProtectHome
        ProtectHostname ProtectKernelLogs ProtectKernelModules ProtectKernelTunables ProtectProc
        ProtectSystem RemoveIPC Restart RestartSec RestrictAddressFamilies RestrictNamespaces
        RestrictRealtime RestrictSUIDSGID StateDirectory StateDirectoryMode SystemCallArchitectures
        SystemCallErrorNumber SystemCallFilter TasksMax TimeoutStopSec Type UMask User
    """,
    "Install": "WantedBy",
}
"""Directives of systemd 247 and later, as its manual has them."""
INSTRUCTIONS = """
    CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK RUN STOPSIGNAL USER VOLUME WORKDIR
"""
KEEPS_OUT = {
    "CapabilityBoundingSet": "",
    "IPAddressDeny": "any",
    "NoNewPrivileges": "yes",
    "ProtectHome": "yes",
    "ProtectSystem": "strict",
    "StateDirectoryMode": "0700",
    "UMask": "0077",
}
WORST = "--threshold=20"
"""Systemd's own measure of what a service could reach, in tenths; 96 is one that hides nothing."""


def directives() -> RawConfigParser:
    read = RawConfigParser(strict=False, comment_prefixes=("#",))
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read_string(UNIT)
    return read


def test_each_directive_of_the_unit_is_one_that_systemd_knows() -> None:
    told = {section: set(directives()[section]) for section in directives().sections()}
    assert told == {section: set(names.split()) for section, names in KNOWN.items()}


def test_the_unit_keeps_the_node_to_itself() -> None:
    service = directives()["Service"]
    assert {name: service[name] for name in KEEPS_OUT} == KEEPS_OUT
    assert int(service["TimeoutStopSec"]) > LONGEST_STOP


def test_what_the_unit_starts_is_a_command_of_goround(tmp_path: Path) -> None:
    program, *words = directives()["Service"]["ExecStart"].split()
    assert program == "/opt/goround/bin/goround"
    assert run([*words, "--help"]) == 0
    assert words[words.index("--home") + 1] == "/var/lib/goround"


def test_systemd_itself_takes_the_unit_where_it_is_here(tmp_path: Path) -> None:
    # Without systemd there is nobody to ask; what can be read without it is tested above.
    systemd = shutil.which("systemd-analyze")
    if systemd:
        file = tmp_path / "goround.service"
        file.write_text(UNIT.replace("/opt/goround/bin/goround", sys.executable))
        for words in (["verify", "--man=no"], ["security", "--offline=yes", WORST]):
            line = [systemd, *words, str(file)]
            done = subprocess.run(line, capture_output=True, check=False, timeout=60)
            assert done.returncode == 0, done.stdout + done.stderr


def instructions() -> list[tuple[str, str]]:
    lines = re.sub(r"\\\n", " ", RECIPE).splitlines()
    parted = [line.partition(" ") for line in lines if line and not line.startswith("#")]
    return [(word, " ".join(rest.split())) for word, _space, rest in parted]


def test_a_container_runs_as_nobody_special_and_keeps_its_home_outside() -> None:
    told = instructions()
    last = told[[word for word, _rest in told].index("FROM", 1) :]
    assert ("USER", "goround") in last
    assert ("VOLUME", "/var/lib/goround") in last
    assert ("STOPSIGNAL", "SIGTERM") in last
    assert {word for word, _rest in told} <= set(INSTRUCTIONS.split())


def test_a_container_is_made_of_what_the_lock_lists_and_of_no_address() -> None:
    assert "--require-hashes -r requirements.lock" in RECIPE
    bases = [rest.split()[0] for word, rest in instructions() if word == "FROM"]
    assert bases == ["python:3.13-slim"] * 2
    assert "://" not in RECIPE


def test_a_container_asks_the_program_itself_whether_it_is_well() -> None:
    (check,) = [rest for word, rest in instructions() if word == "HEALTHCHECK"]
    command = re.findall(r'"([^"]+)"', check)
    assert command == ["goround", "doctor", "--served"]
    assert run([*command[1:], "--help"]) == 0


def test_what_a_container_starts_is_a_command_of_goround() -> None:
    (started,) = [rest for word, rest in instructions() if word == "CMD"]
    assert run([*re.findall(r'"([^"]+)"', started), "--help"]) == 0
