"""Coming days that a text names, in the languages' own words."""

from datetime import date, time

import pytest

from dragoman.core.language.days_said import days_said

FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "We will send it on 25 December.", (12, 25)),
        ("en", "You hear from us tomorrow.", (11, 28)),
        ("en", "You hear from us on Monday.", (11, 30)),
        ("en", "You hear from us on Friday.", (12, 4)),
        ("fi", "Vastaamme maanantaina.", (11, 30)),
        ("fi", "Vastaamme huomenna.", (11, 28)),
        ("de", "Wir melden uns morgen.", (11, 28)),
        ("de", "Wir melden uns am Samstag.", (11, 28)),
        ("ru", "Мы ответим в среду.", (12, 2)),
        ("pl", "Odpowiemy w sobotę.", (11, 28)),
        ("cs", "Odpovíme ve středu.", (12, 2)),
        ("tr", "Size Pazartesi günü yazacağız.", (11, 30)),
        ("tr", "Size Pazar günü yazacağız.", (11, 29)),
        ("th", "เราจะติดต่อกลับวันจันทร์", (11, 30)),
        ("th", "เราจะติดต่อกลับพรุ่งนี้", (11, 28)),
        ("ja", "月曜日にご連絡します。", (11, 30)),
        ("zh-Hans", "我们周一回复您。", (11, 30)),
        ("ar", "سنرد عليك غدًا.", (11, 28)),
        ("ko", "월요일에 연락드리겠습니다.", (11, 30)),
        ("vi", "Chúng tôi sẽ trả lời vào thứ Hai.", (11, 30)),
        ("pt-BR", "Respondemos na segunda-feira.", (11, 30)),
        ("hu", "Hétfőn válaszolunk.", (11, 30)),
    ],
)
def test_a_day_is_read(language: str, text: str, day: tuple[int, int]) -> None:
    assert [one.day for one in days_said(text, language, today=FRIDAY)] == [date(2026, *day)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It was shipped on 12 November 2026."),
        ("en", "Order 20418, 3 of 5."),
        ("de", "Guten Morgen, Frau Berger."),
        ("es", "Le escribimos por la mañana."),
        ("ru", "Это хорошее средство."),
        ("", "xxx"),
    ],
)
def test_what_is_no_coming_day_is_none(language: str, text: str) -> None:
    assert days_said(text, language, today=FRIDAY) == []


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("We call you on Monday at 18:30.", time(18, 30)),
        ("We call you on Monday at 6 pm.", time(18)),
        ("We call you on Monday at 12 a.m. sharp.", time(0)),
        ("We call you on 30.11. at 9.15.", time(9, 15)),
        ("We call you on Monday about your 2 parcels.", None),
    ],
)
def test_the_hour_beside_it(text: str, hour: time | None) -> None:
    [said] = days_said(text, "en", today=FRIDAY)
    assert said.hour == hour


def test_a_great_i_with_a_point_moves_no_place():
    said = days_said("İADE İÇİN: yarın 14:30'da gelebilir miyim?", "tr", today=FRIDAY)
    assert [(one.words, one.day, one.hour) for one in said] == [("yarın", date(2026, 11, 28), time(14, 30))]
