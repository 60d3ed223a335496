"""How well the words of a glossary are found in sentences as people write them: inflected, compounded, run together.

The sentences were written before the code that reads them. Each row is the term as a glossary has it, a sentence in
which it stands in some form, or one (`ABSENT`) in which a word only looks like it.
"""

from collections.abc import Iterator

from dragoman.core.language.terms_found import Wanted, Wordbook

FOUND = {
    "en": [
        ("parcel", "Two parcels came back to us this morning."), ("refund", "You will be refunded within five days."),
        ("gift card", "Both gift cards were charged twice."), ("return label", "Please print the return-label first."),
        ("lampshade", "The lampshade's edge is dented."), ("customs", "It is stuck in customs, sorry!"),
        ("invoice", "I attached the invoices of May."), ("delivery", "Deliveries start again on Monday."),
        ("bonus points", "Your bonus points do not expire."), ("exchange", "We have exchanged the shoes for you."),
    ],
    "fi": [
        ("lähetys", "Lähetyksen seuranta ei toimi."), ("tilaus", "Peruin eilen kaksi tilaustani."),
        ("palautus", "Palautuksista vastaa varasto."), ("lampunvarjostin", "Lampunvarjostimen reuna on lommolla."),
        ("pellavapeitto", "Pellavapeittoa ei ole vielä näkynyt."), ("lahjakortti", "Maksoin lahjakortilla."),
        ("kenkä", "Kengät olivat liian pienet."), ("tulli", "Paketti odottaa tullissa."),
        ("asiakaspalvelu", "Otin yhteyttä asiakaspalveluunne."), ("osoite", "Voiko osoitetta vielä muuttaa?"),
        ("hyvitys", "Milloin saan hyvityksen tililleni?"),
    ],
    "et": [
        ("tellimus", "Minu tellimuse number puudub."), ("saadetis", "Saadetist ei ole kohale toodud."),
        ("pakk", "Kas paki saab tagasi saata?"), ("tagastus", "Tagastuse eest tasub ostja."),
        ("arve", "Palun saatke arved uuesti."), ("kinkekaart", "Maksin kinkekaardiga."),
        ("toll", "Kaup seisab tollis."), ("raha tagasi", "Soovin raha tagasi."),
        ("garantii", "Kas see läheb garantii alla?"), ("klienditeenindus", "Kirjutasin klienditeenindusele."),
    ],
    "pl": [
        ("paczka", "Nie dostałam jeszcze paczki."), ("przesyłka", "Numer mojej przesyłki nie działa."),
        ("zwrot", "Chciałbym poprosić o zwrotach więcej informacji."), ("faktura", "Proszę o fakturę na firmę."),
        ("karta podarunkowa", "Zapłaciłem kartą podarunkową."), ("reklamacja", "Składam reklamację na buty."),
        ("zamówienie", "Moje zamówienia nie dotarły."), ("abażur", "Abażurem coś stukało w pudełku."),
        ("dostawa", "Ile trwa dostawa do Gdańska, a ile dostawy za granicę?"), ("sklep", "Czy w sklepie jest taniej?"),
    ],
    "nl": [
        ("pakket", "De pakketten zijn nat geworden."), ("bestelling", "Ik heb drie bestellingen geplaatst."),
        ("retour", "Mag ik de retourzending gratis opsturen?"), ("cadeaubon", "Twee cadeaubonnen werken niet."),
        ("factuur", "Kunt u de facturen mailen?"), ("lampenkap", "De lampenkappen zijn ingedeukt."),
        ("levering", "Leveringen op zaterdag zijn mogelijk."), ("korting", "De kortingscode werkt niet."),
        ("verzending", "Wat kost de verzending?"), ("garantie", "Valt dit onder de garantie?"),
    ],
    "th": [
        ("พัสดุ", "ยังไม่ได้รับพัสดุเลยค่ะ"), ("โป๊ะโคม", "ขอโทษที่โป๊ะโคมมาถึงในสภาพบุบ"),
        ("ผ้าห่มลินิน", "ส่วนผ้าห่มลินินน่าจะถึงวันศุกร์"), ("ศุลกากร", "ของติดศุลกากรอยู่ค่ะ"),
        ("คืนเงิน", "อยากขอคืนเงินได้ไหมคะ"), ("บัตรของขวัญ", "ใช้บัตรของขวัญจ่ายไม่ได้"),
        ("ใบกำกับภาษี", "ขอใบกำกับภาษีด้วยครับ"), ("ส่วนลด", "โค้ดส่วนลดหมดอายุแล้ว"),
        ("สินค้า", "สินค้าชำรุดค่ะ"), ("จัดส่ง", "จะจัดส่งวันไหนคะ"),
    ],
    "de": [
        ("Paket", "Ihre Pakete liegen im Depot."), ("Rücksendung", "Bei Rücksendungen helfen wir gern."),
        ("Gutschein", "Leider sind die Gutscheine abgelaufen."), ("Paket", "Der Paketversand dauert drei Tage."),
        ("Lampenschirm", "Die Lampenschirme sind verbeult."), ("Leinendecke", "Beide Leinendecken fehlen noch."),
        ("Rechnung", "Bitte schicken Sie mir die Rechnungen."), ("Lieferung", "Mit der Lieferung stimmt etwas nicht."),
        ("Umtausch", "Ein Umtausches bedarf es nicht."), ("Versandkosten", "Wer trägt die Versandkosten?"),
        ("Schein", "Der Gutschein gilt nicht mehr."),
    ],
    "fr": [
        ("colis", "Vos colis sont au dépôt."), ("remboursement", "Les remboursements prennent cinq jours."),
        ("abat-jour", "L’abat-jour est cabossé."), ("bon d'achat", "Mes bons d’achat ne marchent plus."),
        ("facture", "Pouvez-vous renvoyer les factures ?"), ("livraison", "Les livraisons du samedi sont gratuites."),
        ("échange", "Nous avons validé vos échanges."), ("douane", "Il est bloqué à la douane."),
        ("retour", "Les retours sont offerts."), ("couverture en lin", "Vos couvertures en lin arrivent demain."),
    ],
    "es": [
        ("paquete", "Los paquetes llegaron mojados."), ("devolución", "Las devoluciones son gratuitas."),
        ("reembolso", "¿Cuándo llegan los reembolsos?"), ("pantalla", "Las pantallas de la lámpara están rotas."),
        ("factura", "Necesito las facturas de mayo."), ("tarjeta regalo", "Mis tarjetas regalo no funcionan."),
        ("pedido", "Hice dos pedidos ayer."), ("envío", "Los envíos tardan tres días."),
        ("aduana", "Está retenido en la aduana."), ("cambio", "¿Se puede pedir un cambio de talla?"),
    ],
    "pt-BR": [
        ("encomenda", "As encomendas ainda não chegaram."), ("devolução", "As devoluções são grátis."),
        ("reembolso", "Quero pedir o reembolso."), ("nota fiscal", "Preciso das notas fiscais."),
        ("cupom", "Os cupons não funcionam."), ("cúpula", "As cúpulas do abajur vieram amassadas."),
        ("pedido", "Meus pedidos foram cancelados."), ("vale-presente", "Usei dois vales-presente."),
        ("frete", "O frete está caro."), ("troca", "As trocas podem ser feitas em 30 dias."),
    ],
    "ja": [
        ("返品", "返品したいのですが。"), ("ランプシェード", "ランプシェードがへこんでいました。"),
        ("リネンブランケット", "リネンブランケットはまだ届いていません。"), ("送料", "送料はいくらですか。"),
        ("領収書", "領収書を発行してください。"), ("ギフトカード", "ギフトカードが使えません。"),
        ("お荷物", "お荷物は本日お届けします。"), ("返金", "返金はいつになりますか。"),
        ("Kaisla ランプ", "Kaislaランプの在庫はありますか。"), ("税関", "税関で止まっています。"),
    ],
    "ar": [
        ("الطلب", "لم يصل طلبي بعد."), ("شحنة", "أين الشحنة من فضلكم؟"),
        ("فاتورة", "أرسلوا لي الفاتورة."), ("استرداد", "متى يتم الاسترداد؟"),
        ("بطاقة هدية", "لا تعمل بطاقة الهدية."), ("طرد", "وصلت الطرود مبللة."),
        ("ضمان", "هل يشمله الضمان؟"), ("جمارك", "عالقة في الجمارك."),
        ("خصم", "رمز الخصم لا يعمل."), ("توصيل", "كم تكلفة التوصيل؟"),
    ],
}  # fmt: skip
ABSENT = {
    "en": [("refund", "We had a lot of fun."), ("return", "The tern flew away."), ("parcel", "Part of the cell.")],
    "fi": [("tilaus", "Tilaisuus oli hieno."), ("lasku", "Laskin väärin."), ("maksu", "Maksa on elin.")],
    "et": [("pakk", "Pakane on käes."), ("arve", "Arvan nii."), ("toll", "Tolm on maas.")],
    "pl": [("karta", "Wysłałam kartkę z gór."), ("zwrot", "Zwrotka była ładna."), ("paczka", "Zjadłem pączka.")],
    "nl": [("bon", "Bonen met spek."), ("korting", "Tot over korte tijd."), ("retour", "Het tornooi begint.")],
    "de": [("Rechnung", "Rechnen kann er."), ("Lieferung", "Lieber nicht."), ("Gutschein", "Gut, es scheint so.")],
    "fr": [("colis", "La colline est belle."), ("retour", "Le tour est fini."), ("bon", "La bonté existe.")],
    "es": [("envío", "La envidia es mala."), ("pedido", "El pedal no gira."), ("cambio", "El camino es largo.")],
    "pt-BR": [("troca", "O trocadilho foi bom."), ("frete", "Em frente ao mar."), ("pedido", "A pedra caiu.")],
    "th": [("คืนเงิน", "เมื่อคืนฝนตก")], "ja": [("返品", "返事をください。")], "ar": [("طرد", "الطريق طويل.")],
}  # fmt: skip


def _is_found(language: str, term: str, sentence: str) -> bool:
    return bool(Wordbook([Wanted(0, term)], language).find(sentence))


def by_language() -> Iterator[tuple[str, int, str, int, str]]:
    """Yield language, sentences with a term, share found, sentences without, share wrongly found."""
    for language, rows in FOUND.items():
        others = ABSENT[language]
        found = sum(_is_found(language, term, sentence) for term, sentence in rows)
        wrong = sum(_is_found(language, term, sentence) for term, sentence in others)
        yield language, len(rows), f"{found / len(rows):.2f}", len(others), f"{wrong / len(others):.2f}"
