"""The page: whole, self-contained, and deaf to what stands in the reports."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import fields, is_dataclass
from hashlib import sha256
from itertools import pairwise
from types import ModuleType
from typing import Any

import pytest

from onrecord.briefing import brief_of, render_html, render_markdown

CASES = ("story", "empty", "hostile")


@pytest.fixture(params=CASES)
def arguments(request: pytest.FixtureRequest, story: ModuleType, hostile: ModuleType) -> dict[str, Any]:
    found: dict[str, Any] = {
        "story": story.STORY_ARGUMENTS,
        "empty": story.EMPTY_ARGUMENTS,
        "hostile": hostile.ARGUMENTS,
    }[request.param]
    return found


@pytest.fixture
def html(arguments: dict[str, Any]) -> str:
    return render_html(brief_of(**arguments))


def test_every_element_is_closed_and_every_fragment_resolves(html: str, page: ModuleType) -> None:
    found = page.read(html)
    assert found.faults == []
    assert found.open == []
    assert len(found.ids) == len(set(found.ids))
    inside = [x[1:] for x in found.links if x.startswith("#")]
    assert set(inside) <= set(found.ids)
    pointed = [
        name
        for _, values in found.tags
        for key in ("aria-labelledby", "for")
        for name in (values.get(key) or "").split()
    ]
    assert set(pointed) <= set(found.ids)
    assert {(values.get("href") or "")[1:] for tag, values in found.tags if tag == "use"} <= set(found.ids)


def test_nothing_is_fetched_and_only_our_script_and_style_may_run(html: str, page: ModuleType) -> None:
    found = page.read(html)
    names = [tag for tag, _ in found.tags]
    assert names.count("script") == 1
    assert names.count("style") == 1
    assert not {"img", "iframe", "object", "embed", "link", "base", "form", "audio", "video"} & set(names)
    for _, values in found.tags:
        assert not any(name.startswith("on") or name in {"style", "src", "srcset"} for name in values)
    policy = next(
        v["content"]
        for t, v in found.tags
        if t == "meta" and v.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    for tag in ("script", "style"):
        (text,) = found.blocks[tag]
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    (style,) = found.blocks["style"]
    assert "url(" not in style
    assert "@import" not in style


def test_links_out_are_web_addresses_that_tell_nobody(html: str, page: ModuleType) -> None:
    for tag, values in page.read(html).tags:
        href = values.get("href") or "#"
        if tag == "a" and not href.startswith("#"):
            assert href.startswith("https://example.org/")
            assert "noreferrer" in (values.get("rel") or "")


def test_no_hidden_character_reaches_page_or_text(arguments: dict[str, Any], hostile: ModuleType) -> None:
    brief = brief_of(**arguments)
    for text in (render_html(brief), render_markdown(brief)):
        text.encode("utf-8")
        assert not [c for c in hostile.CONTROLS if c in text]


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if is_dataclass(value):
        return [s for f in fields(value) for s in strings(getattr(value, f.name))]
    if isinstance(value, tuple | list):
        return [s for x in value for s in strings(x)]
    if isinstance(value, dict):
        return [s for x in (*value, *value.values()) for s in strings(x)]
    return []


def test_all_text_of_the_view_is_made_visible(hostile: ModuleType) -> None:
    for text in strings(brief_of(**hostile.ARGUMENTS)):
        assert not [c for c in hostile.CONTROLS if c in text], ascii(text[:200])


def test_hostile_text_is_shown_as_text(hostile: ModuleType, page: ModuleType) -> None:
    brief = brief_of(**hostile.ARGUMENTS)
    found = page.read(render_html(brief))
    assert hostile.SCRIPT in "".join(found.text)
    text = render_markdown(brief)
    assert not re.search(r"(?<!\\)<", text)
    assert not re.search(r"(?<!\\)\]\(", text)


def test_the_page_has_its_landmarks_and_headings_in_order(html: str, page: ModuleType) -> None:
    found = page.read(html)
    names = [tag for tag, _ in found.tags]
    assert names.count("main") == 1
    assert names.count("h1") == 1
    assert "nav" in names
    levels = [int(tag[1]) for tag in names if re.fullmatch("h[1-6]", tag)]
    assert all(now - before <= 1 for before, now in pairwise(levels))
    assert all(values.get("scope") for tag, values in found.tags if tag == "th")
    (skip,) = [v for t, v in found.tags if t == "a" and v.get("class") == "skip"]
    assert skip["href"] == "#main"


def test_every_claim_leads_to_its_passage_and_every_passage_back(story: ModuleType, page: ModuleType) -> None:
    brief = brief_of(**story.STORY_ARGUMENTS)
    found = page.read(render_html(brief))
    for position in story.POSITIONS:
        assert f"p-{position.id}" in found.ids
        assert f"#n-{position.id}" in found.links
        assert f"#p-{position.id}" in found.links
    for standing in story.STANDINGS:
        assert any(link.startswith(f"#s-{standing.holder}") for link in found.links)
    notes = [n for r in brief.reports for n in r.notes]
    assert all(n.standing or n.used for n in notes)


def test_a_long_brief_is_drawn_lazily(story: ModuleType) -> None:
    many = [story.REPORTS[0].__class__(f"x{n}", "A text.", "0" * 64) for n in range(160)]
    assert 'class="lazy"' in render_html(brief_of(**{**story.STORY_ARGUMENTS, "reports": many}))
    assert 'class="lazy"' not in render_html(brief_of(**story.STORY_ARGUMENTS))


def test_markdown_lists_every_passage_that_it_cites(story: ModuleType) -> None:
    text = render_markdown(brief_of(**story.STORY_ARGUMENTS))
    body, _, passages = text.partition("## Passages\n")
    cited = {int(n) for n in re.findall(r"\[(\d+)\]", body)}
    listed = [int(n) for n in re.findall(r"^\[(\d+)\] “", passages, re.MULTILINE)]
    assert listed == list(range(1, 41))
    assert cited == set(listed)
    assert (
        "Azerbaijan will not send peacekeepers to Gaza unless the fighting there stops completely"
        in " ".join(passages.split())
    )


def test_markdown_and_page_use_the_same_numbers(story: ModuleType) -> None:
    brief = brief_of(**story.STORY_ARGUMENTS)
    numbers = {p.ref.anchor: p.ref.number for p in brief.passages}
    for anchor, said in re.findall(r'<a class="ref" href="#([^"]+)"[^>]*>(\d+)</a>', render_html(brief)):
        assert numbers[anchor] == int(said)


def test_markdown_lines_fit_a_terminal(story: ModuleType) -> None:
    text = render_markdown(brief_of(**story.STORY_ARGUMENTS))
    assert not [x for x in text.splitlines() if len(x) > 100 and not x.startswith("| ")]


def test_markdown_of_nothing(story: ModuleType) -> None:
    text = render_markdown(brief_of(**story.EMPTY_ARGUMENTS))
    for said in (
        "No report was read",
        "No standing is on record.",
        "Nothing is dated.",
        "No passage is cited.",
        "No day was given to compare with",
        "Everything that was handed in was read.",
    ):
        assert said in text
