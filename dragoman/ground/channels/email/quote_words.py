"""The words mail programs put over what they quote, by language; written from knowledge of the programs."""

# Verbs that close an attribution line ("On ... wrote:"), lower case.
WROTE = """
wrote|writes|kirjoitti|kirjutas|napisał|napisała|napisał(a)|napisał(-a)|pisze|schreef|geschreven
|schrieb|geschrieben|a écrit|escribió|escribió:|escreveu|ha scritto|scrisse|skrev|написал|написала
|написал(а)|пишет|пише|написав|написав(-ла)|написав(ла)|yazdı|yazmış|كتب|كتبت
|تمت كتابة ما يلي بواسطة|כתב|כתבה|כתב/ה|כתב.ה|מאת|のメール|が書きました|さんは書きました
|のメッセージ|写道|寫道|님이 작성|작성|님이 쓴 글|님의 말|đã viết|viết|menulis|tulis|เขียนว่า|เขียน
|napsal|napsala|napsal(a)|a írt|ezt írta|a scris|έγραψε|rašė|rakstīja|написао|je napisao|je napisala
|je napisal/a|napísal
""".replace("\n", "").split("|")

# Words that open an attribution line, lower case; they help to find where a wrapped line begins.
OPENERS = (
    "on ", "at ", "am ", "le ", "el ", "il ", "em ", "no dia ", "op ", "den ", "pada ", "vào ", "dne ",
    "w dniu ", "dnia ", "wiadomość napisana", "kuupäev", "в ", "в письме", "بتاريخ", "في ", "בתאריך",
    "ב-", "เมื่อ", "ในวันที่", "在 ",
)  # fmt: skip

# The header block some programs copy over the quoted text: the words for From, and for the lines after it.
FROM = """
from|lähettäjä|saatja|kellelt|od|nadawca|van|von|de|da|från|fra|от кого|от|від|від кого|kimden
|gönderen|من|المرسل|מאת|差出人|送信元|发件人|寄件者|寄件人|發件人|보낸사람|보낸 사람|발신|từ
|người gửi|dari|pengirim|จาก|ผู้ส่ง|expéditeur|remitente|remetente|mittente|odesílatel|feladó|avsender
|afsender|από|nuo|no|de la|expeditor|expeditoren|inviato da|verzender|absender|lähettänyt|nadawca wiadomości
|afzender|отправитель|відправник|kimden gönderildi|प्रेषक|寄件人地址|보낸이|보낸 이|gönderici
|fra avsender|ผู้ส่งจดหมาย|送信者|من طرف|المُرسل|השולח|odesilatel|küldő|αποστολέας|trimis de
""".replace("\n", "").split("|")

NEXT_TO_FROM = """
sent|date|to|subject|cc|reply-to|importance|lähetetty|päiväys|vastaanottaja|aihe|kopio|saadetud
|saatmisaeg|kuupäev|saaja|adressaat|kellele|teema|koopia|wysłano|wysłane|data|do|adresat|temat|dw
|verzonden|datum|aan|onderwerp|gesendet|an|betreff|kopie|kopi|envoyé|à|objet|enviado|enviado el
|fecha|para|asunto|enviada|enviada em|enviado em|assunto|inviato|a|oggetto|skickat|till|ämne|sendt
|til|emne|dato|отправлено|дата|кому|тема|копия|надіслано|копія|gönderildi|gönderme tarihi|tarih|kime
|konu|gönderilen|bilgi|تاريخ الإرسال|التاريخ|تاريخ|إلى|الموضوع|نسخة|נשלח|תאריך|אל|נושא|עותק|送信日時
|日時|送信|日付|宛先|件名|发送时间|时间|日期|收件人|主题|抄送|寄件日期|傳送時間|收件者|主旨|副本
|보낸날짜|보낸 날짜|날짜|받는사람|받는 사람|제목|참조|đã gửi|gửi|ngày|đến|tới|chủ đề|tiêu đề|dikirim
|tanggal|kepada|ke|subjek|perihal|ส่ง|วันที่|ถึง|เรื่อง|หัวเรื่อง|สำเนา|odesláno|komu|předmět|elküldve
|címzett|tárgy|dátum|másolat|másolatot kap|către|subiect|trimis|dată|cc:|ημερομηνία|προς|θέμα|στάλθηκε|εστάλη
|κοιν|κοινοποίηση|datum odeslání|adresát|věc|sendt dato|kopi til|modtager|mottaker|dato sendt|tidspunkt
|भेजा गया|प्रति|विषय|दिनांक|पाने वाला|받는이|받는 이|보낸시간|보낸 시간|日時:|받은 날짜|送信日|ccn|bcc|vastaus
|saaja:|päivä|päivämäärä|vastaanottajat|verstuurd|ontvanger|e-mail|gesendet am|datum/uhrzeit|an:|empfänger
|ngày gửi|người nhận|thời gian|waktu|penerima|ผู้รับ|วันเวลา|เมื่อ|นำส่ง|تم الإرسال|الإرسال|مُرسَل|أُرسلت
|إلى:|נמען|נשלח ב|alıcı|gönderim|кому:|отримувач|получатель|дата отправки|destinatario|destinatário
|destinataire|date d'envoi|data de envio|enviado em|para:|till:|mottagare|skickades
""".replace("\n", "").split("|")

# What stands between dashes ("-----Original Message-----"), lower case.
RULES = """
original message|original mail|original-nachricht|ursprüngliche nachricht|ursprungliche nachricht
|originalnachricht|weitergeleitete nachricht|alkuperäinen viesti|edelleenlähetetty viesti
|välitetty viesti|algne kiri|originaalkiri|edastatud kiri|wiadomość oryginalna|oryginalna wiadomość
|wiadomość przekazana|przekazana wiadomość|oorspronkelijk bericht|oorspronkelijke bericht
|doorgestuurd bericht|message d'origine|message original|message transféré|mensaje original
|mensaje reenviado|mensagem original|mensagem encaminhada|messaggio originale|messaggio inoltrato
|ursprungligt meddelande|originalmeddelande|vidarebefordrat meddelande|oprindelig meddelelse
|videresendt meddelelse|opprinnelig melding|videresendt melding|исходное сообщение
|пересылаемое сообщение|пересланное сообщение|оригінальне повідомлення|вихідне повідомлення
|переслане повідомлення|orijinal mesaj|özgün ileti|yönlendirilen ileti|iletilen mesaj
|الرسالة الأصلية|رسالة معاد توجيهها|הודעה מקורית|הודעה שהועברה|元のメッセージ|元のメール
|転送メッセージ|原始邮件|原始郵件|转发的邮件|转发邮件|轉寄郵件|原郵件|邮件原件|원본 메일|원본 메시지
|원본 이메일|전달된 메시지|thư gốc|tin nhắn gốc|tin nhắn được chuyển tiếp|thư được chuyển tiếp
|pesan asli|pesan terusan|pesan yang diteruskan|ข้อความต้นฉบับ|ข้อความที่ส่งต่อ|forwarded message
|původní zpráva|eredeti üzenet|mesaj original|reply message|replied message
""".replace("\n", "").split("|")

# Lines that open a forwarded text without dashes.
FORWARDED = (
    "begin forwarded message:", "anfang der weitergeleiteten nachricht:",
    "début du message transféré :", "début du message réexpédié :", "inizio messaggio inoltrato:",
    "inicio del mensaje reenviado:", "início da mensagem reencaminhada:", "välitetty viesti alkaa:",
    "begin doorgestuurd bericht:", "vidarebefordrat brev:", "videresendt besked:",
    "początek przekazywanej wiadomości:", "転送されたメッセージ:",
)  # fmt: skip
