"""What is kept: made once, within its bound, the ones used last."""

from __future__ import annotations

import threading
import time

import pytest

from onrecord.desk.keeping import A_PLACE, Kept, KeptTexts


class TestKept:
    def test_one_makes_and_the_others_wait(self):
        kept, made, got = Kept(most=4), [], []

        def make():
            time.sleep(0.05)
            made.append(1)
            return object()

        threads = [threading.Thread(target=lambda: got.append(kept.get("a", make))) for _ in range(8)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        assert len(made) == 1
        assert len(set(map(id, got))) == 1

    def test_what_fails_is_tried_again(self):
        kept = Kept(most=2)
        with pytest.raises(ZeroDivisionError):
            kept.get("a", lambda: 1 // 0)
        assert kept.get("a", lambda: 7) == 7
        assert kept.peek("b") is None


def never():
    pytest.fail("made again")


class TestKeptTexts:
    """All sizes are far above what a key and a place take."""

    def test_it_keeps_within_its_bytes_and_the_one_not_used_for_longest_goes_first(self):
        kept = KeptTexts(most=350_000)
        texts = kept.share()
        for name in "abc":
            texts.get(name, lambda: b"x" * 100_000)
        texts.get("a", never)
        texts.get("d", lambda: b"x" * 100_000)
        assert len(kept) == 3
        for name in "acd":
            texts.get(name, never)
        assert texts.get("b", lambda: b"again") == b"again"

    def test_many_short_ones_and_long_keys_count_too(self):
        kept = KeptTexts(most=100 * A_PLACE)
        texts = kept.share()
        for n in range(1000):
            texts.get(n, bytes)
        assert 0 < len(kept) < 100
        texts.get("k" * 1_000_000, bytes)
        assert 0 < len(kept) < 100

    def test_one_that_does_not_fit_drives_nothing_out(self):
        kept = KeptTexts(most=10_000)
        texts = kept.share()
        texts.get("a", lambda: b"short")
        assert len(texts.get("b", lambda: b"x" * 20_000)) == 20_000
        assert texts.get("b", lambda: b"not kept") == b"not kept"
        assert texts.get("a", never) == b"short"

    def test_the_bound_is_of_all_owners_together_and_their_keys_are_their_own(self):
        kept = KeptTexts(most=350_000)
        shares = [kept.share() for _ in range(6)]
        for n, texts in enumerate(shares):
            assert texts.get("board", lambda n=n: b"%d" % n * 100_000)[:1] == b"%d" % n
        assert len(kept) == 3
        assert kept.size <= 350_000
        assert shares[5].get("board", never)[:1] == b"5"

    def test_what_fails_leaves_nothing_and_is_tried_again(self):
        kept = KeptTexts(most=10_000)
        texts = kept.share()
        with pytest.raises(ZeroDivisionError):
            texts.get("a", lambda: bytes(1 // 0))
        assert (len(kept), kept.size, kept._making) == (0, 0, {})
        assert texts.get("a", lambda: b"made") == b"made"

    def test_one_makes_and_the_others_wait(self):
        kept, made, got = KeptTexts(most=10_000), [], []
        texts = kept.share()

        def make():
            time.sleep(0.05)
            made.append(1)
            return b"made"

        threads = [threading.Thread(target=lambda: got.append(texts.get("a", make))) for _ in range(8)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        assert made == [1]
        assert got == [b"made"] * 8
