"""Languages by script, small words and letters."""

import pytest

from onrecord.reading import language_of

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
