"""The targets of the fuzzing hold on their seeds, on these changed at random, and on all that it ever found."""

import random
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from seeds import seeds  # noqa: E402
from targets import TARGETS  # noqa: E402

FOUND = sorted(p for p in (HERE / "found").glob("*/*") if p.is_file())


def changed(data: bytes, chance: random.Random) -> bytes:
    """The input with a few bytes flipped, cut out, doubled or put in."""
    for _ in range(chance.randrange(1, 6)):
        at, size = chance.randrange(len(data) + 1), chance.choice((1, 1, 2, 8, 64))
        new = chance.choice((b"", chance.randbytes(size), data[at : at + size] * 3, b"\xff" * size, b"\0", b"<", b'"'))
        data = data[:at] + new + data[at + chance.choice((0, size)) :]
    return data


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_and_what_comes_of_them(name):
    chance = random.Random(name)
    for seed in seeds(name):
        TARGETS[name](seed)
        for _ in range(60):
            TARGETS[name](changed(seed, chance))


@pytest.mark.parametrize("path", FOUND, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_what_was_found_once(path):
    TARGETS[path.parent.name](path.read_bytes())
