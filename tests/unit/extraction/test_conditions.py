import pytest

from onrecord.extraction.conditions import is_none, kind_of

READY = "Norway is ready to send troops to the force"


def conditions(read, text):
    return [(c.kind, c.span.text) for p in read(text) for c in p.conditions]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("unless the fighting stops", "ceasefire"),
        ("only with a mandate of the Security Council", "mandate"),
        ("if parliament approves", "approval"),
        ("once the rules of engagement are known", "clarity"),
        ("in a non-combat role", "role_limit"),
        ("only along the border", "location_limit"),
        ("after a peace deal", "political_settlement"),
        ("if the host government invites it", "consent"),
        ("under Norwegian command", "command"),
        ("if its safety is guaranteed", "security_guarantee"),
        ("not before two months have passed", "timing"),
        ("if the moon is full", "other"),
    ],
)
def test_the_kind_is_told_by_the_words(words, kind):
    assert kind_of(words) == kind


@pytest.mark.parametrize(
    ("tail", "wanted"),
    [
        (", but only if the ceasefire holds.", [("ceasefire", "only if the ceasefire holds")]),
        (" if parliament approves.", [("approval", "if parliament approves")]),
        (" unless the fighting goes on.", [("ceasefire", "unless the fighting goes on")]),
        (" if needed.", []),
        (" if asked.", []),
        (".", []),
    ],
)
def test_a_condition_needs_a_word_that_makes_it_one(read, tail, wanted):
    assert conditions(read, READY + tail) == wanted


def test_the_next_sentence_can_tell_the_condition(read):
    text = f"{READY}. Any deployment would depend on a mandate of the Security Council."
    assert conditions(read, text) == [("mandate", "depend on a mandate of the Security Council")]


def test_a_sentence_about_another_gives_no_condition(read):
    assert conditions(read, f"{READY}. Fish prices depend on the weather in the north.") == []


def test_will_only_if_is_an_offer(read):
    (one,) = read("Norway will send troops to the force only if the ceasefire holds.")
    assert one.stance == "offered"
    assert [c.kind for c in one.conditions] == ["ceasefire"]


@pytest.mark.parametrize(
    ("after", "wanted"),
    [
        ("Parliament must still give its consent, the Norwegian premier said.", {"approval"}),
        ("Two conditions apply: a mandate of the Security Council and a ceasefire.", {"mandate", "ceasefire"}),
        ("The troops would remain under Norwegian command.", {"command"}),
        ("Norway bought fish without salt.", set()),
    ],
)
def test_a_sentence_behind_goes_on_about_the_position(read, after, wanted):
    assert {kind for kind, _ in conditions(read, f"{READY}. {after}")} == wanted


def test_conditions_side_by_side_have_a_kind_each(read):
    found = conditions(read, f"{READY} only if parliament votes for it and the Security Council gives it a mandate.")
    assert [kind for kind, _ in found] == ["approval", "mandate"]


def test_another_states_condition_stays_with_it(read):
    text = "Norway has agreed to send troops to the force, and Chile will send medics once parliament approves."
    assert {(p.holder, c.kind) for p in read(text) for c in p.conditions} == {("CHL", "approval")}


def test_how_long_something_settled_lasts_is_no_condition(read):
    assert conditions(read, "Norway will keep its troops in the force until May.") == []


def test_terms_alone_tell_a_position(lines, read):
    text = "Kenya is ready to send troops to the force. Norway insists on a mandate of the Security Council."
    assert ("NOR", "NOR", "contribute_troops", "refused") in lines(text)
    assert {c.kind for p in read(text) if p.holder == "NOR" for c in p.conditions} == {"mandate"}


@pytest.mark.parametrize(
    "text",
    [
        "Norway will not send troops to the force under any flag.",
        "Norway has refused to send troops to the force, as if on purpose.",
        "Norway is ready to send troops to the force under resolution 2900.",
        "Norway is ready to send police who work without a uniform to the force.",
    ],
)
def test_emphasis_manner_and_footing_are_no_conditions(read, text):
    assert conditions(read, text) == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("wants details of the mandate", "clarity"),
        ("only outside the zone of hostilities", "location_limit"),
        ("once both sides guarantee safe passage", "security_guarantee"),
        ("under a mandate of the Security Council", "mandate"),
        ("once the fighting outside the town has stopped", "ceasefire"),
    ],
)
def test_what_heads_the_words_tells_their_kind(words, kind):
    assert kind_of(words) == kind


def test_fragments_and_mere_dates_are_none():
    assert all(is_none(w) for w in ("not to", "before its", "next autumn", "for two more years", "under any flag"))
    assert not any(is_none(w) for w in ("until May", "for want of a mandate", "once the army agrees to it"))


@pytest.mark.parametrize(
    "words",
    [
        "from March",
        "as its lorries are out of order",
        "its own cost",
        "at its own expense",
        "without changes",
        "under a treaty of 1998",
    ],
)
def test_dates_causes_costs_and_footings_are_none(words):
    assert is_none(words)


@pytest.mark.parametrize(
    "words",
    ["as long as the road is open", "as soon as Chile agrees", "without changes to the mandate", "under a mandate"],
)
def test_what_looks_like_these_is_a_condition(words):
    assert not is_none(words)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("only liaison officers", "role_limit"),
        ("only under Chilean officers", "command"),
        ("as long as Brazil stands behind it", "security_guarantee"),
        ("before the next budget", "timing"),
        ("once the rebels have left the valley", "other"),
    ],
)
def test_kinds_of_roles_backing_budgets_and_retreats(words, kind):
    assert kind_of(words) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Norway will not send troops to the force after a peace deal.",
        "Norway will stay out of the force, but its minister rejects sending troops.",
    ],
)
def test_what_restates_a_refusal_is_no_condition(read, text):
    assert conditions(read, text) == []


def test_a_refusal_keeps_what_would_end_it(read):
    text = "Norway will not send troops to the force before parliament votes."
    assert conditions(read, text) == [("approval", "before parliament votes")]


def test_what_any_deployment_needs_belongs_to_the_offer(read):
    found = read(
        "Norway is ready to send troops to the force. Norway will not disarm the militia. "
        "Any deployment would need the consent of the host government."
    )
    assert {p.task: [c.kind for c in p.conditions] for p in found} == {"contribute_troops": ["consent"], "disarm": []}


def test_a_relative_clause_within_a_condition_is_no_condition_of_its_own(read):
    text = READY + " once parliament has renewed its leave, which runs for two months."
    assert [kind for kind, _ in conditions(read, text)] == ["approval"]


def test_a_position_behind_a_colon_is_no_condition(read):
    found = conditions(read, "Norway says that one thing is settled: Norway will not send troops to the force.")
    assert found == []
