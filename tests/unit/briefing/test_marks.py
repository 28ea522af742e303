"""Marked text: whatever nests or crosses, the words stay and the marks are properly nested."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.briefing.marks import Mark, tokens
from onrecord.briefing.text import visible

TEXTS = st.text(alphabet="ab .\n\u202eé", min_size=1, max_size=40)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    pairs = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=8))
    return text, [
        Mark(min(a, b), max(a, b), f"m{n}", anchor=f"a{n}", note=str(n), note_anchor="x", depth=n % 3)
        for n, (a, b) in enumerate(pairs)
    ]


def flat(text: str) -> str:
    return "".join(visible(text).split())


@given(marked())
def test_the_words_are_those_of_the_text(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    made = tokens(text, marks)
    assert flat("".join(t.text for t in made if t.kind == "text")) == flat(text)


@given(marked())
def test_marks_are_nested_and_each_covers_its_own_words(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    covered = {m.css: "" for m in marks}
    opened: list[str] = []
    for token in tokens(text, marks):
        if token.kind == "open":
            assert token.css not in opened
            opened.append(token.css)
        elif token.kind == "close":
            opened.pop()
        elif token.kind == "text":
            for css in opened:
                covered[css] += token.text
    assert opened == []
    assert {m.css: flat(text[m.start : m.end]) for m in marks} == {k: flat(v) for k, v in covered.items()}


@given(marked())
def test_each_fragment_and_each_note_stands_once(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    made = tokens(text, marks)
    wanted = sorted(m.anchor for m in marks if m.start < m.end)
    assert sorted(t.anchor for t in made if t.kind == "open" and t.anchor) == wanted
    assert sorted(t.text for t in made if t.kind == "note") == sorted(
        m.note for m in marks if m.start < m.end
    )


def test_a_stretch_of_the_text_keeps_only_what_lies_in_it() -> None:
    made = tokens("one two three", [Mark(0, 7, "x"), Mark(8, 13, "y")], 4, 7)
    assert [(t.kind, t.text or t.css) for t in made] == [("open", "x"), ("text", "two"), ("close", "")]


def test_line_ends_become_one_gap() -> None:
    assert [t.kind for t in tokens("a \r\n\r\n b", [])] == ["text", "gap", "text"]
