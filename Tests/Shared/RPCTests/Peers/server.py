"""A gRPC server by grpcio with byte-level methods, for tests of our client.

Usage: server.py [name=value ...]   channel options, e.g. grpc.max_connection_age_ms=500
Prints "port <n>", serves until standard input closes.
"""

import concurrent.futures
import json
import sys
import threading
import time

import grpc

cancelled = threading.Semaphore(0)
begun = threading.Semaphore(0)


def echo(request, context):
    return request


def fail(request, context):
    order = json.loads(request)
    code = next(c for c in grpc.StatusCode if c.value[0] == order["code"])
    context.set_trailing_metadata((("grpc-status-details-bin", bytes([1, 2, 255])),))
    context.abort(code, order["message"])


def sleep(request, context):
    gone = threading.Event()
    # Without a call any more there is no callback either.
    if not context.add_callback(gone.set):
        gone.set()
    begun.release()
    if gone.wait(float(request)) and not context.is_active():
        cancelled.release()
    return request


def started(request, context):
    """Waits until a call of sleep is under way."""
    return b"1" if begun.acquire(timeout=float(request)) else b"0"


def cancellations(request, context):
    """Waits until a call of sleep was cancelled by its client."""
    return b"1" if cancelled.acquire(timeout=float(request)) else b"0"


def remaining(request, context):
    return str(context.time_remaining()).encode()


def metadata(request, context):
    pairs = [[k, v if isinstance(v, str) else list(v)] for k, v in context.invocation_metadata()]
    context.set_trailing_metadata((("souk-trailer", "yes"), ("souk-trailer-bin", b"\x00\xff")))
    return json.dumps(pairs).encode()


def oversized(request, context):
    return b"x" * int(request)


METHODS = {
    "Echo": echo,
    "Fail": fail,
    "Sleep": sleep,
    "Started": started,
    "Cancellations": cancellations,
    "Remaining": remaining,
    "Metadata": metadata,
    "Oversized": oversized,
}


class Handler(grpc.GenericRpcHandler):
    def service(self, details):
        function = METHODS.get(details.method.rsplit("/", 1)[1])
        return grpc.unary_unary_rpc_method_handler(function) if function else None


def option(text):
    name, value = text.split("=")
    return name, int(value)


def main():
    options = [option(text) for text in sys.argv[1:]]
    options += [("grpc.max_receive_message_length", 16 << 20), ("grpc.max_send_message_length", 16 << 20)]
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(max_workers=1200), options=options)
    server.add_generic_rpc_handlers((Handler(),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print("port", port, flush=True)
    sys.stdin.read()
    server.stop(grace=0)


main()
