#!/usr/bin/env python3
"""haproxy-command.py SOCKET COMMAND: sends one command to HAProxy's runtime API and prints its answer."""

import socket
import sys

with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as runtime:
    runtime.settimeout(5)
    try:
        runtime.connect(sys.argv[1])
        runtime.sendall(sys.argv[2].encode() + b"\n")
        answer = b""
        while chunk := runtime.recv(65536):
            answer += chunk
    except OSError as error:
        sys.exit(f"HAProxy does not answer: {error}")
print(answer.decode().strip())
if answer.startswith((b"No such", b"Unknown", b"Require", b"'set server")):
    sys.exit(1)
