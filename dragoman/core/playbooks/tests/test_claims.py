"""What a reply claims of a right, in all languages that answers are written in."""

import pytest

from dragoman.core.playbooks.claims import claims_in, contradicts
from dragoman.ground.markets.facts import Guarantee, RefundDeadline, Withdrawal

SAID = {
    "en": ("You have 10 days to return the lamp.", "withdrawal", 10),
    "de": ("Sie haben 10 Tage Zeit für den Widerruf.", "withdrawal", 10),
    "fi": ("Voit palauttaa tuotteen 10 päivän kuluessa.", "withdrawal", 10),
    "sv": ("Du kan returnera varan inom 10 dagar.", "withdrawal", 10),
    "da": ("Du kan returnere varen inden for 10 dage.", "withdrawal", 10),
    "nb": ("Du kan returnere varen innen 10 dager.", "withdrawal", 10),
    "nl": ("U kunt het artikel binnen 10 dagen retourneren.", "withdrawal", 10),
    "fr": ("Vous pouvez renvoyer l'article sous 10 jours.", "withdrawal", 10),
    "es": ("Puede devolver el producto en 10 días.", "withdrawal", 10),
    "it": ("Può restituire il prodotto entro 10 giorni.", "withdrawal", 10),
    "pt-BR": ("Você pode devolver o produto em até 10 dias.", "withdrawal", 10),
    "ro": ("Puteți returna produsul în 10 zile.", "withdrawal", 10),
    "pl": ("Mogą Państwo zwrócić produkt w ciągu 10 dni.", "withdrawal", 10),
    "cs": ("Zboží můžete vrátit do 10 dnů.", "withdrawal", 10),
    "hu": ("A terméket 10 napon belül visszaküldheti.", "withdrawal", 10),
    "et": ("Toote saate tagastada 10 päeva jooksul.", "withdrawal", 10),
    "el": ("Μπορείτε να επιστρέψετε το προϊόν εντός 10 ημερών.", "withdrawal", 10),
    "ru": ("Вы можете вернуть товар в течение 10 дней.", "withdrawal", 10),
    "uk": ("Ви можете повернути товар протягом 10 днів.", "withdrawal", 10),
    "tr": ("Ürünü 10 gün içinde iade edebilirsiniz.", "withdrawal", 10),
    "ar": ("يمكنك إرجاع المنتج خلال 10 أيام.", "withdrawal", 10),
    "he": ("ניתן להחזיר את המוצר תוך 10 ימים.", "withdrawal", 10),
    "hi": ("आप 10 दिनों में सामान वापस भेज सकते हैं।", "withdrawal", 10),
    "th": ("คุณสามารถคืนสินค้าได้ภายใน 10 วัน", "withdrawal", 10),
    "vi": ("Bạn có thể trả hàng trong vòng 10 ngày.", "withdrawal", 10),
    "ja": ("返品は10日以内にお願いいたします。", "withdrawal", 10),
    "ko": ("10일 이내에 반품하실 수 있습니다.", "withdrawal", 10),
    "zh-Hans": ("您可以在10天内退货。", "withdrawal", 10),
}


# the number stands before what may be done in that time
BEFORE = {
    "en": "You have 10 days to send the lamp back.",
    "de": "Sie haben 10 Tage Zeit, die Ware zurückzusenden.",
    "fi": "Sinulla on 10 päivää aikaa lähettää tuote takaisin.",
    "sv": "Du har 10 dagar på dig att skicka tillbaka varan.",
    "da": "Du har 10 dage til at sende varen tilbage.",
    "nb": "Du har 10 dager på deg til å sende varen tilbake.",
    "nl": "U hebt 10 dagen om het artikel terug te sturen.",
    "fr": "Vous avez 10 jours pour nous rendre l'article.",
    "es": "Tiene 10 días para devolver el producto.",
    "it": "Ha 10 giorni per rispedire il prodotto.",
    "pt-BR": "Você tem 10 dias para enviar o produto de volta.",
    "ro": "Aveți 10 zile pentru a trimite produsul înapoi.",
    "pl": "Masz 10 dni na zwrot.",
    "cs": "Máte 10 dní na vrácení zboží.",
    "hu": "10 napja van a termék visszaküldésére.",
    "et": "Teil on 10 päeva aega toode tagasi saata.",
    "el": "Έχετε 10 ημέρες για να επιστρέψετε το προϊόν.",
    "ru": "У вас есть 10 дней, чтобы отправить товар обратно.",
    "uk": "У вас є 10 днів, щоб надіслати товар назад.",
    "tr": "Ürünü iade etmek için 10 gününüz var.",
    "ar": "لديك 10 أيام لإعادة المنتج.",
    "he": "יש לך 10 ימים להחזרת המוצר.",
    "hi": "आपके पास सामान वापस करने के लिए 10 दिन हैं।",
    "th": "คุณมีเวลา 10 วันในการส่งสินค้ากลับ",
    "vi": "Bạn có 10 ngày để gửi trả sản phẩm.",
    "ja": "10日間以内にご返却ください。",
    "ko": "10일 안에 상품을 돌려보내 주세요.",
    "zh-Hans": "您有10天时间退回商品。",
}
# deliveries, answers and money have times of their own
OTHERWISE = {
    "en": "Delivery takes 10 days, and you get an answer in 2 days.",
    "de": "Die Lieferung dauert 10 Tage, wir antworten in 2 Tagen.",
    "fi": "Toimitus kestää 10 päivää, vastaamme 2 päivässä.",
    "sv": "Leveransen tar 10 dagar, vi svarar inom 2 dagar.",
    "da": "Leveringen tager 10 dage, vi svarer inden for 2 dage.",
    "nb": "Leveringen tar 10 dager, vi svarer innen 2 dager.",
    "nl": "De levering duurt 10 dagen, we antwoorden binnen 2 dagen.",
    "fr": "La livraison prend 10 jours, je suis de retour dans 2 jours.",
    "es": "La entrega tarda 10 días, respondemos en 2 días.",
    "it": "La consegna richiede 10 giorni, presso di noi la risposta 2 giorni.",
    "pt-BR": "A entrega leva 10 dias, respondemos em 2 dias.",
    "ro": "Livrarea durează 10 zile, răspundem în 2 zile.",
    "pl": "Dostawa trwa 10 dni, odpowiadamy w 2 dni.",
    "cs": "Doručení trvá 10 dní, odpovíme do 2 dnů.",
    "hu": "A szállítás 10 nap, 2 napon belül válaszolunk.",
    "et": "Tarne võtab 10 päeva, vastame 2 päeva jooksul.",
    "el": "Η παράδοση διαρκεί 10 ημέρες, απαντάμε σε 2 ημέρες.",
    "ru": "Доставка займёт 10 дней, мы вернёмся к вам через 2 дня.",
    "uk": "Доставка триває 10 днів, ми маємо повернутися до вас за 2 дні.",
    "tr": "Teslimat 10 gün sürer, 2 gün içinde yanıt veririz.",
    "ar": "يستغرق التوصيل 10 أيام ونرد خلال 2 يوم.",
    "he": "המשלוח נמשך 10 ימים, נענה תוך 2 ימים.",
    "hi": "डिलीवरी में 10 दिन लगते हैं, हम 2 दिनों में उत्तर देंगे।",
    "th": "การจัดส่งใช้เวลา 10 วัน เราตอบกลับภายใน 2 วัน",
    "vi": "Giao hàng mất 10 ngày, chúng tôi trả lời trong 2 ngày.",
    "ja": "配送に10日かかり、2日以内にご返信いたします。",
    "ko": "배송은 10일 걸리며 2일 안에 답변드립니다.",
    "zh-Hans": "送货需要10天，我们2天内回复。",
}
MONEY = {
    "en": "We send you your money back within 10 days.",
    "de": "Wir geben Ihnen das Geld binnen 10 Tagen zurück.",
    "es": "Tenemos 10 días para devolver el dinero.",
    "it": "Abbiamo 10 giorni per restituire il denaro.",
    "pt-BR": "Temos 10 dias para devolver o dinheiro.",
    "nl": "Wij hebben 10 dagen om het geld terug te geven.",
    "pl": "Mamy 10 dni, aby zwrócić pieniądze.",
    "cs": "Máme 10 dní vrátit peníze.",
    "ru": "У нас 10 дней, чтобы вернуть деньги.",
    "uk": "Ми маємо 10 днів, щоб повернути кошти.",
    "he": "יש לנו 10 ימים להחזרת הכסף.",
    "ar": "لدينا 10 أيام لإعادة المبلغ.",
    "tr": "10 gün içinde ücreti iade ederiz.",
    "hi": "हम 10 दिनों में पैसे वापस करेंगे।",
    "th": "คืนเงินภายใน 10 วัน",
    "zh-Hans": "我们10天内退还货款。",
}


@pytest.mark.parametrize("language", BEFORE)
def test_a_time_that_stands_before_what_may_be_done_is_a_claim(language):
    assert [(one.kind, one.amount) for one in claims_in(BEFORE[language], language)] == [("withdrawal", 10)]


@pytest.mark.parametrize("language", OTHERWISE)
def test_a_delivery_and_an_answer_claim_nothing(language):
    assert claims_in(OTHERWISE[language], language) == []


@pytest.mark.parametrize("language", MONEY)
def test_money_that_goes_back_is_a_refund(language):
    assert [(one.kind, one.amount) for one in claims_in(MONEY[language], language)] == [
        ("refund_deadline", 10)
    ]


def test_the_ways_a_german_says_it():
    for text in (
        "Bitte senden Sie die Lampe innerhalb von 10 Tagen zurück.",
        "Schick uns die Lampe binnen 10 Tagen zurück.",
        "Sie können die Ware 10 Tage lang zurückgeben.",
        "Sie haben 10 Tage, um sie zurückzuschicken.",
    ):
        assert [(one.kind, one.amount) for one in claims_in(text, "de")] == [("withdrawal", 10)], text


@pytest.mark.parametrize("language", SAID)
def test_a_number_of_days_beside_a_right_is_a_claim(language):
    text, kind, days = SAID[language]
    [claim] = claims_in(text, language)
    assert (claim.kind, claim.amount) == (kind, days) and str(days) in text[claim.start : claim.end]


def test_a_time_belongs_to_the_right_named_nearest():
    text = "You can send it back within 2 weeks; we refund you within 20 days. The guarantee lasts 1 year."
    assert [(one.kind, one.amount) for one in claims_in(text, "en-GB")] == [
        ("withdrawal", 14), ("refund_deadline", 20), ("guarantee", 12),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Your parcel arrives in 10 days.", "en"),
        ("We refund within 10 business days.", "en"),
        ("Le remboursement arrive sous 10 jours ouvrables.", "fr"),
        ("เงินคืนภายใน 10 วันทำการ", "th"),
        ("Return it, please. That takes 3 days.", "en"),
        ("Order 20418 days", "en"),
        ("Rudisha ndani ya siku 10.", "sw"),
        ("", ""),
    ],
)
def test_what_claims_nothing(text, language):
    assert claims_in(text, language) == []


def test_a_claim_is_held_against_what_holds():
    [ten] = claims_in("You have 10 days to return it.", "en")
    assert contradicts(ten, Withdrawal(right="statutory", days=14, starts="delivery"))
    assert not contradicts(ten, Withdrawal(right="statutory", days=10))
    assert not contradicts(ten, Withdrawal(right="none"))
    assert not contradicts(ten, Withdrawal(right="statutory", days=8, day_type="business"))
    [soon] = claims_in("The refund comes in 5 days.", "en")
    assert not contradicts(soon, RefundDeadline(days=14, starts="notice"))
    assert contradicts(soon, RefundDeadline(days=3, starts="notice"))
    [year] = claims_in("The warranty is 1 year.", "en")
    assert contradicts(year, Guarantee(months=24)) and not contradicts(
        year, Guarantee(form="expected_lifetime")
    )


def test_a_letter_that_grows_keeps_its_place():
    [claim] = claims_in("İade: İİİ ürünü iade etmek için 10 gün.", "tr")
    assert claim.amount == 10
