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
