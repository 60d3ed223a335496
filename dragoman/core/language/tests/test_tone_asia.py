"""How Japanese, Thai, Chinese and Arabic replies are heard: by their forms, wherever the words are new."""

import pytest

from dragoman.core.language.tone.check import Finding, check, is_fine

MARKETS = {"ja": "JP", "th": "TH", "zh-Hans": "CN", "ar": "SA"}


def faults(text: str, language: str) -> list[Finding]:
    found = check(text, language=language, market=MARKETS[language])
    return [one for one in found if one.severity == "fault"]


def codes(text: str, language: str) -> set[str]:
    return {one.code for one in faults(text, language)}


@pytest.mark.parametrize(
    ("language", "code", "text"),
    [
        # plain endings and requests, whatever the verb
        ("ja", "register", "お問い合わせありがとうございます。傘は倉庫に二本残ってる。"),
        ("ja", "register", "新しい鍋を用意しとくから、古いのは捨てずに持ってて。"),
        ("ja", "register", "それ、うちでも分かんないんで、職人に聞いてみて。"),
        ("ja", "register", "傘をお送りしますので、楽しみにしててくださいね。"),
        ("ja", "register", "保証書のお写真を送ってもらっていいですか。"),
        ("ja", "blame", "傘を干さずにしまわれたのはなぜですか。"),
        ("ja", "rude", "傘の件はすでに回答しています。"),
        # a request without one word of deference
        ("ja", "particle", "保証書を調べてから連絡してください。"),
        # bare names, wherever they stand
        ("ja", "honorific", "小野寺 彩、傘の修理が完了いたしました。"),
        ("ja", "honorific", "篠原からのご依頼は本日承りました。"),
        # blame in polite verbs
        ("ja", "blame", "鍋を空焚きされたのではありませんか。"),
        ("ja", "blame", "この症状は、落としてから使われたのでしょう。"),
        ("ja", "blame", "傘の骨を折ったのはお客様ですよね。"),
        ("ja", "blame", "もっと早くお申し出いただければ、修理できたのですが。"),
        ("ja", "rude", "雨の日に使いたくないなら、初めから室内で使えばよかったのでは。"),
        ("ja", "rude", "よその店でお求めください。当店は一向に困りません。"),
        ("ja", "joke", "傘の骨が折れたとのこと、まるで芸術作品ですね。"),
        ("th", "register", "ที่รักคะ ร่มซ่อมเสร็จแล้วนะคะ"),
        ("th", "honorific", "สวัสดีค่ะ ปรียา ร่มซ่อมเสร็จแล้วนะคะ"),
        ("th", "honorific", "หม้อของณัฐวุฒิส่งแล้วค่ะ ออเดอร์ของณัฐวุฒิออกวันนี้ค่ะ"),
        ("th", "blame", "กางร่มแรงไปเองแบบนี้ ร้านเคลมให้ไม่ได้ค่ะ"),
        ("th", "blame", "น่าจะอ่านฉลากหม้อก่อนใช้นะคะ"),
        ("th", "rude", "ถ้ารอไม่ไหวก็ไปซื้อร่มที่ตลาดค่ะ"),
        ("th", "rude", "ถามไปรษณีย์ดูค่ะ"),
        ("zh-Hans", "blame", "伞骨应该是您收的时候自己压坏的。"),
        ("zh-Hans", "blame", "人家买的伞都好好的。"),
        ("zh-Hans", "rude", "不就是一把伞吗，多大点事。"),
        ("zh-Hans", "rude", "差评删了再说。"),
        ("zh-Hans", "joke", "伞骨断了，就当买一送一吧。"),
        ("ar", "blame", "تعطل القدر بسبب سوء استخدامك."),
        ("ar", "blame", "لو أنك راجعت الدليل لما تعطل القدر."),
        ("ar", "rude", "إذا كنت مستعجلًا فاشترِ مظلة من السوق."),
        ("ar", "honorific", "مرحبا أروى، وصلت المظلة إلى فرعنا."),
        ("th", "joke", "ร่มหักเหรอคะ สงสัยโดนลมจีบค่ะ 555"),
    ],
)
def test_what_offends_is_heard_by_its_form(language, code, text):
    assert code in codes(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # what the customer said, and what is written on a button
        ("ja", "「なんで届かないんだ」とのお声、ごもっともでございます。すぐにお調べいたします。"),
        ("ja", "画面の『あとで払う』をお選びください。"),
        # the steps of a list stay plain
        ("ja", "手順は次のとおりでございます。1. 蓋を開ける。2. 水を捨てる。"),
        ("ja", "NIKE COURT VISION は、黒のみご用意がございます。"),
        ("ja", "担当の清水より、本日中にお電話いたします。"),
        ("ja", "傘が壊れてしまい、さぞご落胆されたのではないでしょうか。申し訳ございません。"),
        ("ja", "また何かございましたら、お気軽にどうぞ。"),
        ("ja", "お怒りになるのも当然です。誠に申し訳ございません。"),
        ("zh-Hans", "您稍等，我帮您问一下快递，马上回复您。"),
        ("zh-Hans", "您可以在页面上自己选择送货时间哦。"),
        ("ar", "لا، شكرًا لك، لا نحتاج صورًا إضافية. سنرسل المظلة اليوم."),
        ("ar", "كان يفترض أن تصل المظلة أمس، نعتذر عن التأخير وسنتابع مع شركة الشحن."),
        ("th", "ต้องขอโทษนะคะ ทางร้านหยิบร่มผิดสีเองค่ะ จะส่งคันใหม่ให้นะคะ"),
        ("th", "ตั้งค่าได้ด้วยตัวเองในแอปเลยค่ะ โหลดแอปได้ฟรีค่ะ"),
        ("th", "หากมีข้อสงสัยจะสอบถามเพิ่มเติมก็ทักได้เลยนะคะ ขออภัยที่ของชำรุดค่ะ"),
        ("th", "ทางร้านถามขนส่งให้แล้วค่ะ ร่มจะถึงพรุ่งนี้นะคะ"),
        ("th", "หากลูกค้ากรอกที่อยู่ผิด แจ้งได้เลยค่ะ แก้ให้ฟรีค่ะ"),
    ],
)
def test_what_only_looks_like_it_is_left_alone(language, text):
    assert faults(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "wrong", "better"),
    [
        ("ja", "高橋くん、傘をお送りいたしました。", "高橋くん", "高橋様"),
        ("ja", "加藤さん様、傘をお送りいたしました。", "さん様", "様"),
        ("ja", "小野寺、傘をお送りいたしました。", "小野寺", "小野寺様"),
        ("ja", "ごめんなさい、傘は品切れでございます。", "ごめんなさい", "申し訳ございません"),
        ("th", "สวัสดีค่ะ ปรียา ร่มซ่อมเสร็จแล้วนะคะ", "ปรียา", "คุณปรียา"),
        ("zh-Hans", "尊敬的王丽娟先生，您好！雨伞已寄出。", "王丽娟先生", "王丽娟先生/女士"),
    ],
)
def test_the_suggestion_takes_the_place_of_all_that_is_wrong(language, text, wrong, better):
    [found] = [one for one in faults(text, language) if one.suggestion]
    assert text[found.start : found.end] == wrong
    mended = text[: found.start] + found.suggestion + text[found.end :]
    assert mended == text.replace(wrong, better)
    assert is_fine(check(mended, language=language, market=MARKETS[language]))


def test_a_missing_word_of_deference_is_told_without_a_word_to_append():
    [found] = faults("保証書を調べてから連絡してください。", "ja")
    assert (found.code, found.start, found.suggestion) == ("particle", None, "")


def test_capitals_in_a_script_without_any_are_a_name_unless_they_are_all_there_is():
    assert "shouting" in codes("NO REFUND です。", "ja")
    assert "shouting" not in codes("サイズは上がM、下がLでございます。", "ja")
