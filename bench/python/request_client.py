"""request_client.py ENDPOINT SOCKETS BYTES: what native/request_client.c does, with pyzmq.

Reads from standard input how many exchanges a round has, one number a line, and prints one line of JSON about each
round. One socket sends and receives with blocking calls; several are waited for with a poller.
"""

import json
import sys
from time import monotonic_ns

import zmq

LIMIT_MS = 10_000


def connect(context, endpoint):
    socket = context.socket(zmq.REQ)
    socket.linger = 0
    socket.rcvtimeo = LIMIT_MS
    socket.sndtimeo = LIMIT_MS
    socket.connect(endpoint)
    return socket


def run_one_by_one(socket, request, exchanges):
    """Returns the round trips in nanoseconds."""
    samples = []
    for _ in range(exchanges):
        start = monotonic_ns()
        socket.send(request)
        reply = socket.recv()
        samples.append(monotonic_ns() - start)
        check(request, reply)
    return samples


def run_at_once(sockets, poller, request, exchanges):
    """Returns the round trips in nanoseconds."""
    samples = []
    sent_at = {}
    for socket in sockets[:exchanges]:
        sent_at[socket] = monotonic_ns()
        socket.send(request)
    started = len(sent_at)
    while len(samples) < exchanges:
        ready = poller.poll(LIMIT_MS)
        if not ready:
            sys.exit("No reply within 10 seconds")
        for socket, _ in ready:
            reply = socket.recv()
            samples.append(monotonic_ns() - sent_at[socket])
            check(request, reply)
            if started < exchanges:
                sent_at[socket] = monotonic_ns()
                socket.send(request)
                started += 1
    return samples


def check(request, reply):
    if reply != request:
        sys.exit("The server did not send the same bytes back")


def percentile(ordered, thousandths):
    """The smallest sample that this many thousandths of all samples do not exceed (the nearest-rank method)."""
    return ordered[max(0, -(-len(ordered) * thousandths // 1000) - 1)]


def print_round(samples, elapsed_ns):
    ordered = sorted(samples)
    figures = {
        "count": len(ordered),
        "elapsedNs": elapsed_ns,
        "p50": percentile(ordered, 500),
        "p90": percentile(ordered, 900),
        "p99": percentile(ordered, 990),
        "max": ordered[-1],
        "mean": round(sum(ordered) / len(ordered)),
    }
    print(json.dumps(figures), flush=True)


def main():
    endpoint, count, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    context = zmq.Context()
    sockets = [connect(context, endpoint) for _ in range(count)]
    poller = zmq.Poller()
    for socket in sockets:
        poller.register(socket, zmq.POLLIN)
    request = b"x" * size
    for line in sys.stdin:
        exchanges = int(line)
        start = monotonic_ns()
        if count == 1:
            samples = run_one_by_one(sockets[0], request, exchanges)
        else:
            samples = run_at_once(sockets, poller, request, exchanges)
        print_round(samples, monotonic_ns() - start)


main()
