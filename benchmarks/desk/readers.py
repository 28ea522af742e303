"""Readers at once: each asks, waits for the whole answer, and asks again. A process of its own, so that their work is
not the server's.

    python readers.py HOST PORT READERS SECONDS < addresses.json > seconds.json

In: a list of addresses, of which each reader draws its own way through. Out: the seconds that each answer took, how
many bytes they had, answers that were no 200, and the processor time that the readers themselves took.
"""

from __future__ import annotations

import http.client
import json
import random
import sys
import threading
import time


class Reader:
    """One browser: a connection that is kept, a cookie that is given back."""

    def __init__(self, host: str, port: int) -> None:
        self._asked = http.client.HTTPConnection(host, port, timeout=120)
        self._cookie = ""
        self.took: list[float] = []
        self.size = 0
        self.refused: list[str] = []

    def ask(self, address: str, *, counts: bool = True) -> float:
        """Ask for an address; the seconds until all of the answer was there."""
        begun = time.perf_counter()
        self._asked.request("GET", address, headers={"cookie": self._cookie} if self._cookie else {})
        answer = self._asked.getresponse()
        body = answer.read()
        took = time.perf_counter() - begun
        self._cookie = (answer.getheader("set-cookie") or self._cookie).partition(";")[0]
        if answer.status != 200:
            self.refused.append(f"{answer.status} {address}")
        if counts:
            self.took.append(took)
            self.size += len(body)
        return took


def read(host: str, port: int, addresses: list[str], readers: int, seconds: float) -> dict[str, object]:
    """Have so many readers ask for so long; each has asked once before it counts."""
    held = [Reader(host, port) for _ in range(readers)]
    begin, end = threading.Barrier(readers + 1), 0.0

    def go(number: int) -> None:
        chance, reader = random.Random(f"{number} {seconds}"), held[number]
        reader.ask("/help", counts=False)
        begin.wait()
        while time.perf_counter() < end:
            reader.ask(chance.choice(addresses))

    threads = [threading.Thread(target=go, args=(n,)) for n in range(readers)]
    for one in threads:
        one.start()
    end = time.perf_counter() + seconds + 1.0
    begin.wait()
    end, begun = time.perf_counter() + seconds, time.perf_counter()
    for one in threads:
        one.join()
    took = [x for r in held for x in r.took]
    return {
        "took": took,
        "wall": time.perf_counter() - begun,
        "bytes": sum(r.size for r in held),
        "refused": [x for r in held for x in r.refused],
        "cpu": time.process_time(),
    }


if __name__ == "__main__":
    given_host, given_port, given_readers, given_seconds = sys.argv[1:]
    asked = json.load(sys.stdin)
    print(json.dumps(read(given_host, int(given_port), asked, int(given_readers), float(given_seconds))))
