#!/usr/bin/env python3
"""supervisor.py SOCKET COMMAND [NAME…]: what the scripts ask of supervisord, several programs at a time.

supervisorctl can do it too, one program after the other and with half a second of its own for each.

    pid                 prints supervisord's process id
    status              prints "name state pid" for every program
    start NAME…         reads the programs' files again and starts them, without waiting until they are ready;
                        a running program whose file changed is stopped first
    stop NAME…          stops them at the same time and waits for them
    remove NAME…        stops them and forgets them
    signal SIGNAL NAME  sends a signal
    shutdown            stops everything and supervisord itself
"""

import http.client
import socket
import sys
import time
import xmlrpc.client

STOP_SECONDS = 60
STOPPED_STATES = {"STOPPED", "EXITED", "FATAL", "UNKNOWN"}


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str):
        super().__init__("localhost", timeout=STOP_SECONDS)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class UnixTransport(xmlrpc.client.Transport):
    def __init__(self, path: str):
        super().__init__()
        self.path = path

    def make_connection(self, host: str) -> UnixConnection:
        return UnixConnection(self.path)


class Supervisor:
    def __init__(self, path: str):
        self.remote = xmlrpc.client.ServerProxy("http://localhost", UnixTransport(path)).supervisor

    def states(self) -> dict[str, dict]:
        return {info["name"]: info for info in self.remote.getAllProcessInfo()}

    def pid(self) -> None:
        print(self.remote.getPID())

    def status(self) -> None:
        for name, info in sorted(self.states().items()):
            print(name, info["statename"], info["pid"])

    def start(self, *names: str) -> None:
        added, changed, _ = self.remote.reloadConfig()[0]
        renewed = [name for name in changed if name in names]
        self.remove(*renewed)
        for name in renewed + [name for name in added if name in names]:
            self.remote.addProcessGroup(name)
        states = self.states()
        for name in names:
            if states[name]["statename"] not in ("RUNNING", "STARTING"):
                self.remote.startProcess(name, False)

    def stop(self, *names: str) -> None:
        states = self.states()
        for name in names:
            if name in states and states[name]["statename"] not in STOPPED_STATES | {"STOPPING"}:
                self.remote.stopProcess(name, False)
        end = time.monotonic() + STOP_SECONDS
        while waiting := self.not_stopped(names):
            if time.monotonic() > end:
                sys.exit(f"supervisord could not stop {', '.join(waiting)}")
            time.sleep(0.1)

    def not_stopped(self, names: tuple[str, ...]) -> list[str]:
        states = self.states()
        return [name for name in names if name in states and states[name]["statename"] not in STOPPED_STATES]

    def remove(self, *names: str) -> None:
        self.stop(*names)
        known = self.states()
        for name in names:
            if name in known:
                self.remote.removeProcessGroup(name)

    def signal(self, signal: str, name: str) -> None:
        self.remote.signalProcess(name, signal)

    def shutdown(self) -> None:
        self.remote.shutdown()


def main() -> None:
    path, command, *arguments = sys.argv[1:]
    try:
        getattr(Supervisor(path), command)(*arguments)
    except xmlrpc.client.Fault as fault:
        sys.exit(f"supervisord: {fault.faultString}")
    except OSError as error:
        sys.exit(f"supervisord does not answer: {error}")


main()
