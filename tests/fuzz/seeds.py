"""What the fuzzing begins with: one or two sound inputs of our own for each target."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import zstandard
from pyarrow import parquet
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

ROOT = Path(__file__).resolve().parents[2]
SAID = "Rome is ready to send 200 police if the fighting ends, the minister told Harbour Wire on 12 November 2025."
PAGE = f"""<head><title>Rome &amp; police | Harbour Wire</title>
<meta property="article:published_time" content="2025-11-12T09:00:00Z"><meta charset="windows-1252">
<link rel="canonical" href="https://wire.example/2025/11/12/rome">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2025-11-12"}}</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>Rome</h1><p>{SAID}</p><table><tr><td>1</td></tr></table>
<p>No number was given. {SAID}</p></article><footer>Copyright 2024</footer></body></html>"""
FIELDS = [SAID, "a-1", "https://wire.example/1", "Harbour Wire", "2025-11-12", "Rome to send police", "Gazette"]


def _table() -> bytes:
    out = io.BytesIO()
    parquet.write_table(pa.table({"text": [SAID] * 3, "id": ["a", "b", None], "published": ["2025-11-12"] * 3}), out)
    return out.getvalue()


def _archive() -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    for head in ([], [("Content-Encoding", "gzip")]):
        body = f"<!doctype html><html>{PAGE}".encode()
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8"), *head], protocol="HTTP/1.1")
        payload = io.BytesIO(gzip.compress(body, mtime=0) if head else body)
        writer.write_record(writer.create_warc_record("https://wire.example/1", "response", payload, http_headers=http))
    return out.getvalue()


def seeds(target: str) -> list[bytes]:
    """The sound inputs of a target."""
    line = json.dumps({"id": "a", "published": 1762938000, "text": SAID, "title": None}).encode() + b"\n"
    head = "---\ntitle: Rome\ndate: 12.11.2025\n---\n\n"
    text = f"{head}Rome to send police\n\nHarbour Wire | 12 Nov 2025\n\nROME (H) - {SAID}"
    known = {
        "stdin": [text.encode(), line * 2, f"Rome said no.\n{SAID}".encode("utf-16")],
        "page": [PAGE.encode()],
        "lines": ["\x1f".join(FIELDS).encode()],
        "gzip": [gzip.compress(line, mtime=0), gzip.compress(line, mtime=0) * 2],
        "zstandard": [zstandard.compress(line), zstandard.compress(line) * 2],
        "warc": [_archive()],
        "parquet": [_table()],
        "story": [b"matter: isf_gaza\n", (ROOT / "examples/haiti-gsf/story.yaml").read_bytes()[:4000]],
        "exports": ["\x1f".join([*FIELDS, "=1+1"]).encode(), b"=cmd|' /C calc'!A0\x1f-1\x1f@x\x1f\t=1\x1f\r\n"],
    }
    return known[target]
