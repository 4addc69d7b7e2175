"""A small HTTP/1.1 client: keep-alive connections, one request at a time on each.

It takes a few ten microseconds of CPU for each request, so that on a small machine the shop gets the cores.
"""

import asyncio
import json
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

IDLE_SECONDS = 20


class BrokenAnswer(Exception):
    """The peer closed the connection or did not speak HTTP as expected."""


@dataclass(slots=True)
class Answer:
    status: int
    headers: dict[bytes, bytes]
    body: bytes

    def json(self):
        return json.loads(self.body)


class Connection(asyncio.Protocol):
    """One connection. Answers carry a Content-Length, as all of the shop's do but its event streams."""

    def __init__(self):
        self.buffer = bytearray()
        self.waiter: asyncio.Future | None = None
        self.transport: asyncio.Transport | None = None
        self.is_lost = False
        self.idle_since = 0.0

    def connection_made(self, transport):
        self.transport = transport

    def connection_lost(self, error):
        self.is_lost = True
        if self.waiter and not self.waiter.done():
            self.waiter.set_exception(BrokenAnswer("the connection was closed"))

    def data_received(self, data):
        self.buffer += data
        answer = self.parse()
        if answer and self.waiter and not self.waiter.done():
            self.waiter.set_result(answer)

    def parse(self) -> Answer | None:
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        lines = bytes(self.buffer[:end]).split(b"\r\n")
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(b":")
            headers[name.lower()] = value.strip()
        length = int(headers.get(b"content-length", b"0"))
        total = end + 4 + length
        if len(self.buffer) < total:
            return None
        body = bytes(self.buffer[end + 4 : total])
        del self.buffer[:total]
        return Answer(int(lines[0].split(b" ", 2)[1]), headers, body)

    async def send(self, request: bytes) -> Answer:
        self.waiter = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self.waiter


class Client:
    """Requests to one origin, over as many connections as there are requests at the same time."""

    def __init__(self, url: str):
        parts = urlsplit(url)
        self.host, self.port = parts.hostname, parts.port
        self.idle: list[Connection] = []

    async def request(self, method: str, path: str, body=None, token: str | None = None, **headers: str) -> Answer:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}"]
        if token:
            lines.append(f"Authorization: Bearer {token}")
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        content = b""
        if body is not None:
            content = json.dumps(body).encode()
            lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
        connection = await self.connection()
        answer = await connection.send("\r\n".join(lines).encode() + b"\r\n\r\n" + content)
        if answer.headers.get(b"connection") == b"close":
            connection.transport.close()
        else:
            connection.idle_since = time.monotonic()
            self.idle.append(connection)
        return answer

    async def connection(self) -> Connection:
        while self.idle:
            connection = self.idle.pop()
            # The shop closes what is idle for long: better not to be on the way just then.
            if not connection.is_lost and time.monotonic() - connection.idle_since < IDLE_SECONDS:
                return connection
            connection.transport.close()
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(Connection, self.host, self.port)
        return connection

    def close(self) -> None:
        for connection in self.idle:
            connection.transport.close()
        self.idle.clear()


async def side_by_side(items, width: int, work) -> list:
    """Runs `work(item)` for all items, `width` at a time; results in the order of the items."""
    results = [None] * len(items)
    queue = iter(enumerate(items))

    async def worker():
        for index, item in queue:
            results[index] = await work(item)

    async with asyncio.TaskGroup() as group:
        for _ in range(min(width, len(items))):
            group.create_task(worker())
    return results
