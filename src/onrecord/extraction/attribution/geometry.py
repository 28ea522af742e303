"""Where two spans stand to each other: what the linker is told beside the spans' own states."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

#: Distance buckets on each side, paragraph breaks between and candidates passed over (each 0 to 3 and more).
BUCKETS, CROSSED, PASSED = 20, 4, 4

Words = tuple[int, int]


def geometry(
    anchors: Sequence[Words], candidates: Sequence[Words], paragraphs: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Bucket, paragraph breaks and candidates passed over, ``[anchors, candidates, 3]``.

    Spans are (first word, end word). The bucket grows with the logarithm of the words between, the side
    counting: 0 to ``BUCKETS - 1`` where the candidate follows the anchor, from ``BUCKETS`` where it precedes.
    """
    a = np.asarray(anchors, dtype=np.int64).reshape(-1, 1, 2)
    c = np.asarray(candidates, dtype=np.int64).reshape(1, -1, 2)
    before = c[..., 0] < a[..., 0]
    gap = np.maximum(np.where(before, a[..., 0] - c[..., 1], c[..., 0] - a[..., 1]), 0)
    bucket = np.minimum(
        np.where(gap < 6, gap, (4 + np.log2(np.maximum(gap, 1)) * 2 - 3).astype(np.int64)), BUCKETS - 1
    )
    crossed = np.minimum(np.abs(paragraphs[a[..., 0]] - paragraphs[c[..., 0]]), CROSSED - 1)
    low, high = np.where(before, c[..., 1], a[..., 1]), np.where(before, a[..., 0], c[..., 0])
    starts = c[0, :, 0]
    passed = ((starts >= low[..., None]) & (starts < high[..., None])).sum(-1)
    return np.stack([bucket + BUCKETS * before, crossed, np.minimum(passed, PASSED - 1)], axis=-1)
