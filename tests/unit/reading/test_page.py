"""Pages: main text and metadata in, nothing that is run or hidden out."""

from datetime import date

import pytest

from onrecord.errors import ReportEmpty, ReportUnreadable
from onrecord.reading.page import has_markup, is_page, read_page

FIRST = (
    "Italy is ready to send police trainers, the defence minister said on Wednesday, but not "
    "inside the strip."
)
SECOND = "The minister told parliament that training would begin once the fighting had ended for good."
PAGE = f"""<!doctype html><html><head><meta charset="utf-8"><title>Rome offers police | Harbour Wire</title>
<meta property="og:site_name" content="Harbour Wire"><link rel="canonical" href="https://wire.example/a/1">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Rome offers police",
"datePublished": "2025-11-12T23:30:00-05:00",
"publisher": {{"@type": "Organization", "name": "Harbour Wire"}}}}</script>
<script>var hidden = "HIDDEN words of a script, as long as any sentence of the article";</script>
<style>p::after {{ content: "HIDDEN" }}</style></head><body>
<nav><a href="/">Home</a> <a href="/world">World news</a></nav>
<div class="cookie-banner">We use cookies. <button>Accept all</button></div>
<template><p>HIDDEN template</p></template><noscript>HIDDEN without script</noscript>
<article><h1>Rome offers police</h1><p onclick="HIDDEN()">{FIRST}</p><p>{SECOND}</p>
<svg><text>HIDDEN drawing</text></svg><script>document.write("HIDDEN")</script></article>
<aside><h3>Related</h3><a href="/b">Baku says no to the force</a></aside>
<footer>Copyright 2019 Harbour Wire</footer></body></html>"""


def test_a_page_gives_its_main_text_and_what_it_states():
    text, found = read_page(PAGE, "a.html")

    assert FIRST in text
    assert SECOND in text
    assert found["title"] == "Rome offers police"
    assert found["outlet"] == "Harbour Wire"
    assert found["url"] == "https://wire.example/a/1"
    assert found["published"].day == date(2025, 11, 12)
    for unwanted in ("HIDDEN", "World news", "Accept all", "Baku says no", "Copyright"):
        assert unwanted not in text


def test_no_date_is_guessed_from_a_copyright_line():
    page = f"<html><body><p>{FIRST}</p><p>{SECOND}</p><footer>Copyright 2019</footer></body></html>"

    assert read_page(page, "a.html")[1]["published"] is None


def test_an_outlet_that_only_the_title_suggests_is_not_taken():
    page = (
        f"<html><head><title>War | The end of "
        f"it</title></head><body><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    )

    assert read_page(page, "a.html")[1]["outlet"] is None


def test_a_page_that_breaks_off_is_read_as_far_as_it_goes():
    half = PAGE[: PAGE.index(SECOND) + 40]

    text, found = read_page(half, "a.html")

    assert FIRST in text
    assert found["title"] == "Rome offers police"


def test_an_xml_declaration_and_an_internal_subset_do_no_harm():
    head = '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html [<!ENTITY a "b">]>'
    page = f"{head}<html><body><p>{FIRST}</p></body></html>"

    assert read_page(page, "a.html")[0] == FIRST


def test_a_tag_with_a_hundred_thousand_attributes_costs_no_time():
    tag = "<p " + " ".join(f'a{n}="1"' for n in range(100_000)) + ">"

    assert read_page(f"<html><body>{tag}{FIRST}</p></body></html>", "a.html")[0] == FIRST


@pytest.mark.parametrize(
    "page",
    [
        PAGE[:120],
        "<html><script>HIDDEN()</script></html>",
        "<html><body></body></html>",
        "<html><body><p>We value your privacy. Our partners store cookies. Accept all. Reject "
        "all.</p></body></html>",
    ],
)
def test_a_page_without_main_text_is_refused(page):
    with pytest.raises(ReportUnreadable, match=r"a\.html"):
        read_page(page, "a.html")


def test_an_empty_page_is_empty():
    with pytest.raises(ReportEmpty):
        read_page(" \n ", "a.html")


def test_pages_are_told_from_texts():
    assert is_page(PAGE)
    assert is_page("<!-- saved --><html>")
    assert not is_page("The <html> tag is old.")
    assert not has_markup("a < b and b > c")
