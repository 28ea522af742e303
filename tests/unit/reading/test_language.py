"""Languages by script, small words and letters."""

import pytest

from onrecord.reading import language_of
from onrecord.reading.tables import table

SAID = {
    "en": "The minister said that the troops would not be sent to the city before a ceasefire.",
    "fr": "Le ministre a déclaré que les soldats ne seraient pas envoyés dans la ville sans une trêve.",
    "de": "Der Minister erklärte, dass die Soldaten nicht in die Stadt geschickt werden, solange "
    "gekämpft wird.",
    "es": "El ministro dijo que no enviará tropas a la ciudad hasta que los combates hayan cesado "
    "por completo.",
    "it": "Il ministro ha detto che non invierà soldati nella città se non alla fine dei combattimenti.",
    "pt": "O ministro disse que não enviará tropas para a cidade até que os combates cessem por completo.",
    "ru": "Министр сообщил, что войска не будут направлены в город, пока не прекратятся бои.",
    "uk": "Міністр заявив, що війська не будуть направлені до міста, доки не припиняться бої.",
    "ar": "قال الوزير إن القوات لن ترسل إلى المدينة ما لم يتوقف القتال تماما بعد أن وافق على ذلك.",
    "he": "השר אמר כי לא יישלחו כוחות אל העיר כל עוד הלחימה לא הופסקה לחלוטין.",
    "tr": "Bakan, çatışmalar tamamen durmadıkça şehre asker gönderilmeyeceğini ve kararı Meclis'in "
    "vereceğini açıkladı.",
    "fa": "وزیر اعلام کرد که تا زمانی که درگیری به طور کامل متوقف نشود نیرویی به این شهر اعزام نخواهد شد.",
    "zh": "部长周三表示,在战斗完全停止之前不会派遣部队进城。",
    "ja": "大臣は水曜日、停戦が守られるまで部隊を派遣しないと発表した。",
    "az": "Nazir bildirib ki, döyüşlər tam dayanmayınca şəhərə qoşun göndərilməyəcək və bu barədə "
    "qərar yoxdur.",
    "id": "Menteri mengatakan bahwa pasukan tidak akan dikirim ke kota itu dan hanya akan membantu warga.",
}


@pytest.mark.parametrize(("code", "text"), SAID.items())
def test_a_sentence_is_told(code, text):
    assert language_of(text) == code


def test_foreign_names_and_quotations_do_not_turn_english_into_another():
    text = (
        "Recep Tayyip Erdoğan and Ilham Aliyev met the editors of La Repubblica, El País and the "
        "Süddeutsche Zeitung. "
        "“Non, merci”, the minister said in Paris, and left for the airport."
    )
    assert language_of(text) == "en"


@pytest.mark.parametrize("text", ["", "   ", "Baku", "1234 5678", "Politico. Reuters. Haaretz."])
def test_too_little_text_is_no_language(text):
    assert language_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        # "a", "to" and the s of a genitive are small words in Czech and Croatian too.
        "Brussels ready to offer F-16s and a minehunter after a ceasefire, no infantry, says Minister Claes.",
        "A court in Hodeidah sentenced a former driver to ten years in prison, a Houthi agency reported.",
        "Estonia's government has agreed to send up to a company.",
        # Hungarian has "a" and "is", French has "a" alone.
        "A hub is a promise with a forklift.",
        "A minister who promises a brigade today gets a headline; one who sends it gets a funeral.",
        # Letters of another language in one name.
        "Andrej Babiš has offered Budapest to think about it.",
        "São Tomé gets the same treatment.",
        # Initials.
        "NAHA - The governor again opposes the Marines' move to Henoko; Tokyo to press ahead, to seek U.S. word.",
    ],
)
def test_a_short_english_text_is_never_taken_for_another(text):
    assert language_of(text) in ("en", None)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("cs", "Ministr řekl, že vojáci nebudou posláni do města, dokud se strany nedohodnou na příměří."),
        ("pl", "Minister powiedział, że wojsko nie zostanie wysłane do miasta, dopóki nie ustaną walki."),
        ("hr", "Ministar je rekao da vojnici neće biti poslani u grad dok se ne postigne primirje."),
        ("hu", "A miniszter azt mondta, hogy a katonákat nem küldik a városba, és ez így is marad a tűzszünetig."),
        ("nl", "De minister zei dat de troepen niet naar de stad worden gestuurd voor er een bestand is."),
        ("sv", "Ministern sade att trupperna inte skickas till staden och att det beror på striderna."),
    ],
)
def test_a_short_text_in_another_is_still_told(code, text):
    assert language_of(text) == code


def test_a_german_sentence_with_an_english_clause_needs_more_than_half():
    assert language_of("Frage: unterstützt die Regierung the wish of the ministry to send the troops?") in ("en", None)


def test_small_words_are_words():
    """YAML takes an unquoted "on" or "no" for a truth value."""
    for code, row in table("languages").items():
        assert all(isinstance(word, str) for word in row["words"]), code
        assert len(set(row["words"])) == len(row["words"]), code
