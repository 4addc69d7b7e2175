"""A gRPC client by grpcio that tests our server, with byte-level methods.

Usage: client.py <port> <scenario>
Exits with 0 if all is as it should be; prints what is not. Lines on standard output are for the test to follow.
"""

import concurrent.futures
import sys
import threading

import grpc

port, scenario = sys.argv[1:3]


def connect(**options):
    pairs = [("grpc." + name, value) for name, value in options.items()]
    pairs += [("grpc.enable_retries", 0), ("grpc.max_receive_message_length", 16 << 20)]
    return grpc.insecure_channel("127.0.0.1:" + port, options=pairs)


def method(channel, name):
    return channel.unary_unary("/souk.test.Peer/" + name)


def equal(actual, expected, what):
    if actual != expected:
        raise AssertionError(f"{what}: {actual!r}, expected {expected!r}")


def failure(call, *arguments, **options):
    try:
        call(*arguments, **options)
    except grpc.RpcError as error:
        return error
    raise AssertionError("the call did not fail")


def echo():
    with connect() as channel:
        call = method(channel, "Echo")
        for size in [0, 1, 16_383, 16_384, 65_530, 65_535, 65_536, 1_000_000, 4_000_000]:
            message = bytes(i % 251 for i in range(size))
            equal(call(message, timeout=60), message, f"echo of {size} bytes")


def many_big():
    """Many megabytes over one connection: every window has to be opened again and again."""
    with connect() as channel:
        call = method(channel, "Echo")
        message = b"m" * 1_000_000
        futures = [call.future(message, timeout=200) for _ in range(40)]
        for future in futures:
            equal(len(future.result()), len(message), "length of the reply")


def too_big():
    with connect() as channel:
        error = failure(method(channel, "Echo"), b"x" * 5_000_000, timeout=60)
        equal(error.code(), grpc.StatusCode.RESOURCE_EXHAUSTED, "code")
        equal(method(channel, "Echo")(b"still here", timeout=60), b"still here", "the connection afterwards")


def statuses():
    with connect() as channel:
        for code in grpc.StatusCode:
            number = code.value[0]
            if number == 0:
                continue
            error = failure(method(channel, "Fail"), str(number).encode(), timeout=60)
            equal(error.code(), code, "code")
            equal(error.details(), f"Grüße {number}: 100 % 買い物\n🛍", "message")
            equal(dict(error.trailing_metadata())["grpc-status-details-bin"], bytes([1, 2, 255]), "details")


def unknown_method():
    with connect() as channel:
        error = failure(method(channel, "Nothing"), b"", timeout=60)
        equal(error.code(), grpc.StatusCode.UNIMPLEMENTED, "code")


def metadata():
    with connect() as channel:
        pairs = (("souk-text", "hello"), ("souk-bytes-bin", b"\x00\x01\xff"))
        reply = method(channel, "Metadata")(b"", timeout=60, metadata=pairs)
        equal(reply.decode(), "hello [0, 1, 255]", "metadata seen by the handler")


def deadline():
    with connect() as channel:
        # A busy machine may not come to the handler in so short a time: then the next call has more.
        for seconds in (0.3, 3, 30):
            error = failure(method(channel, "Sleep"), b"600", timeout=seconds)
            equal(error.code(), grpc.StatusCode.DEADLINE_EXCEEDED, "code")
            if method(channel, "Sleepers")(b"", timeout=60) != b"0":
                break
        equal(method(channel, "Cancellations")(b"", timeout=60), b"1", "cancelled handlers")


def cancel():
    with connect() as channel:
        future = method(channel, "Sleep").future(b"600", timeout=600)
        equal(method(channel, "Started")(b"", timeout=60), b"1", "started handlers")
        future.cancel()
        equal(method(channel, "Cancellations")(b"", timeout=60), b"1", "cancelled handlers")


def thousand():
    """A thousand calls that are all under way at once, on one connection."""
    with connect() as channel:
        call = method(channel, "Barrier")
        futures = [call.future(b"1000", timeout=200) for _ in range(1000)]
        for future in futures:
            equal(future.result(), b"1000", "calls under way")


def timeouts():
    """Calls that time out must not hurt one that does not."""
    with connect() as channel:
        innocent = method(channel, "Sleep").future(b"4", timeout=200)
        futures = [method(channel, "Sleep").future(b"30", timeout=0.02) for _ in range(300)]
        for future in futures:
            equal(future.exception().code(), grpc.StatusCode.DEADLINE_EXCEEDED, "code")
        equal(innocent.result(), b"4", "the innocent call")


def health():
    with connect() as channel:
        call = channel.unary_unary("/grpc.health.v1.Health/Check")
        equal(call(b"", timeout=60), b"\x08\x01", "health")


def goaway():
    """A graceful shutdown lets a call under way end and turns later ones away."""
    with connect() as channel:
        future = method(channel, "Sleep").future(b"2", timeout=60)
        equal(method(channel, "Started")(b"", timeout=60), b"1", "started handlers")
        print("under way", flush=True)
        equal(future.result(), b"2", "the call under way")
        error = failure(method(channel, "Echo"), b"", timeout=60)
        equal(error.code(), grpc.StatusCode.UNAVAILABLE, "code after the shutdown")


def keepalive():
    """A client that pings all the time is answered."""
    options = dict(keepalive_time_ms=100, keepalive_timeout_ms=60000, keepalive_permit_without_calls=1)
    with connect(**options) as channel:
        equal(method(channel, "Sleep")(b"2", timeout=60), b"2", "a call between pings")


globals()[scenario]()
