"""The way out: shut, where the system lets a person do it."""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import subprocess
import sys

INSIDE = "ORACLE_OFFLINE"
"""Set in the environment of a process that has loopback only."""

NAMESPACES = (("-rn",), ("-n",))
SIOCSIFFLAGS = 0x8914
IFF_UP = 0x1


def shut_off(module: str, words: list[str]) -> bool:
    """Start this module again where there is loopback only, and do not come back; False where that is not possible."""
    if INSIDE in os.environ:
        _raise_loopback()
        return True
    for options in NAMESPACES:
        if _works(options):
            command = ["unshare", *options, sys.executable, "-m", module, *words]
            os.execvpe("unshare", command, os.environ | {INSIDE: "1"})  # noqa: S606  # this program again
    return False


def _works(options: tuple[str, ...]) -> bool:
    try:
        return subprocess.run(["unshare", *options, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _raise_loopback() -> None:
    """Bring `lo` up: in a new network namespace it is down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", IFF_UP))
