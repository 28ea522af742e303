import pytest

from onrecord.extraction.claims import compose
from onrecord.extraction.lexicon import cues

OWN = [
    ("Norway has pledged 300 troops to the force.", "pledged"),
    ("Norway is ready to send troops to the force.", "offered"),
    ("Norway is interested in sending troops to the force.", "interested"),
    ("Norway is considering sending troops to the force.", "considering"),
    ("Norway is in talks with Kenya on sending troops to the force.", "in_talks"),
    ("Norway has agreed to send troops to the force.", "agreed"),
    ("Norway has deployed 300 troops to the force.", "deployed"),
    ("Norway is deploying 300 troops to the force.", "deploying"),
    ("Norway is hesitant to send troops to the force.", "undecided"),
    ("Norway will not send troops to the force.", "refused"),
    ("Norway has ruled out sending troops to the force.", "refused"),
    ("Norway has no plans to send troops to the force.", "refused"),
    ("Norway has not ruled out sending troops to the force.", "considering"),
    ("Norway is not unwilling to send troops to the force.", "considering"),
    ("Norway denied that it had agreed to send troops to the force.", "denied"),
    ("Norway has suspended the deployment of its troops.", "suspended"),
    ("Norway has withdrawn its offer to send troops to the force.", "withdrawn"),
    ("Norway is expected to send troops to the force.", "named"),
    ("Norway may send troops to the force.", "named"),
    ("Norway said it could send troops to the force.", "considering"),
    ("Norway wants to join the force.", "offered"),
]


@pytest.mark.parametrize(("text", "stance"), OWN)
def test_each_rung_of_a_stance_of_ones_own(lines, text, stance):
    assert lines(text) == {("NOR", "NOR", "contribute_troops", stance)}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Norway asked Kenya to send troops to the force.", "requests"),
        ("Kenya was asked by Norway to send troops to the force.", "requests"),
        ("Norway wants Kenya to join the force.", "requests"),
        ("Norway opposes the deployment of Kenyan troops.", "opposes"),
        ("Norway vetoed the participation of Kenya in the force.", "opposes"),
        ("Norway welcomed Kenya's participation in the force.", "supports"),
    ],
)
def test_a_stance_on_what_another_would_do(lines, text, stance):
    assert lines(text) == {("NOR", "KEN", "contribute_troops", stance)}


@pytest.mark.parametrize(
    "text",
    [
        "Kenya was asked to send troops to the force.",
        "Norway is not expected to send troops to the force.",
        "A key point of the draft plan is to send troops to the area.",
        "Norway exports fish to Kenya.",
    ],
)
def test_what_binds_nobody_is_no_position(lines, text):
    assert lines(text) == set()


def test_a_list_gives_a_line_each(lines):
    found = lines("Chile, Peru and Norway have agreed to send troops to the force.")
    assert found == {(s, s, "contribute_troops", "agreed") for s in ("CHL", "PER", "NOR")}


def test_a_group_holds_its_stance_as_a_group(lines):
    found = lines("Several African countries are ready to send troops to the force.")
    assert found == {("group:african_states", "group:african_states", "contribute_troops", "offered")}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Norway pledged to send police officers to the mission.", ("NOR", "contribute_police", "pledged")),
        ("Norway is ready to train police officers.", ("NOR", "train_police", "offered")),
        ("Norway agreed to send medics to the force.", ("NOR", "contribute_support", "agreed")),
        ("Norway agreed to rebuild the city.", ("NOR", "reconstruct", "agreed")),
        ("Norway agreed to host the headquarters of the mission.", ("NOR", "host", "agreed")),
        ("Norway's soldiers will not fight Hamas.", ("NOR", "enforce_peace", "refused")),
        ("Norway pledged $40 million for the mission.", ("NOR", "fund", "pledged")),
    ],
)
def test_the_task_is_that_of_what_is_sent_or_done(read, text, line):
    assert [(p.holder, p.task, p.stance) for p in read(text)] == [line]


def test_what_must_be_done_is_asked_for_by_who_says_so(lines):
    assert lines("Kenya must disarm the militia, Norway said.") == {("NOR", "KEN", "disarm", "requests")}


def test_a_contrast_denies_only_its_second_part(lines):
    found = lines("Norway would send engineers, not soldiers.")
    assert ("NOR", "NOR", "contribute_support", "offered") in found


@pytest.mark.xfail(strict=True, reason="a gerund as subject has no holder, though the speaker is named")
def test_a_set_phrase_belongs_to_who_says_it(lines):
    found = lines("Sending troops to the force is out of the question, Norway said.")
    assert found == {("NOR", "NOR", "contribute_troops", "refused")}


@pytest.mark.parametrize(
    ("inner", "verb", "negated", "wanted"),
    [
        ("offered", "refuse", False, "refused"),
        ("refused", "refuse", False, "considering"),
        ("agreed", "deny", False, "denied"),
        ("agreed", "consider", False, "considering"),
        ("agreed", "ask", False, "requests"),
        ("pledged", "withdraw", False, "withdrawn"),
        ("offered", "pledge", True, None),
        ("agreed", "agree", True, "undecided"),
        ("deployed", "pledge", True, "deployed"),
    ],
)
def test_a_governing_word_composes_with_what_lies_below(inner, verb, negated, wanted):
    assert compose(inner, cues()["verb"][verb], negated) == wanted


def test_silence_is_noted_for_those_who_might_act(lines):
    text = "Norway is ready to send troops to the force. Its defence ministry declined to comment."
    assert ("NOR", "NOR", "contribute_troops", "no_comment") in lines(text)
    assert lines("The Peruvian foreign ministry declined to comment.") == set()


def test_a_loose_objection_is_to_what_the_text_is_about(lines):
    text = "Kenya is ready to send troops to the force. Norway objected."
    assert ("NOR", "KEN", "contribute_troops", "opposes") in lines(text)


def test_a_missing_decision_is_undecided(lines):
    text = "Norway is considering sending troops to the force. No decision has been made, the Norwegian premier said."
    assert ("NOR", "NOR", "contribute_troops", "undecided") in lines(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Norway's sixty soldiers would leave only after a vote of parliament.", ("contribute_troops", "offered")),
        ("Two Norwegian officers are at the coordination centre.", ("staff_headquarters", "deployed")),
    ],
)
def test_troops_that_go_or_are_there_speak_for_their_state(lines, text, line):
    assert ("NOR", "NOR", *line) in lines(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ghana will decide on a troop contribution in May.", ("GHA", "GHA", "contribute_troops", "undecided")),
        ("Ghana must decide whether to send troops to the force.", ("GHA", "GHA", "contribute_troops", "undecided")),
        ("Ghana has decided to send troops to the force.", ("GHA", "GHA", "contribute_troops", "agreed")),
        ("Peru could help to train Haitian police.", ("PER", "PER", "train_police", "considering")),
        ("Peru promised that it would go on training Haitian police.", ("PER", "PER", "train_police", "pledged")),
        ("Peru will not put soldiers in Haiti.", ("PER", "PER", "contribute_troops", "refused")),
        ("Peru will follow with 130 soldiers, a NATO spokesman said.", ("PER", "PER", "contribute_troops", "agreed")),
    ],
)
def test_verbs_that_only_carry_a_deed_and_decisions_to_come(lines, text, expected):
    assert lines(text) == {expected}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Peru called on Chile to send soldiers to the force.", "requests"),
        ("Peru appealed to Chile to send soldiers to the force.", "requests"),
        ("Peru rejects the presence of soldiers from Chile in the force.", "opposes"),
        ("Peru ruled out Chilean soldiers in the force.", "opposes"),
        ("Peru turned down Chile's request to return 100 of its soldiers to the force.", "opposes"),
        ("Peru rejected Chile's offer of 200 soldiers for the force.", "opposes"),
    ],
)
def test_what_is_anothers_to_do_is_one_line_of_the_one_who_speaks(lines, text, stance):
    assert lines(text) == {("PER", "CHL", "contribute_troops", stance)}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Peru turned down Chile's request to send troops to the force.", "refused"),
        ("Peru accepted Chile's request to send troops to the force.", "agreed"),
        ("The Peruvian minister ruled out Peruvian soldiers in the force.", "refused"),
        ("Peru did not rule out Peruvian soldiers in the force.", "considering"),
    ],
)
def test_whoever_answers_for_itself_is_its_own_doer(lines, text, stance):
    assert lines(text) == {("PER", "PER", "contribute_troops", stance)}
