"""Mails made up for fuzzing, one oddity each, and the words of mail that mutation should know."""

import base64

HEAD = b"From: Aino <aino@example.fi>\nTo: tuki@havu.example\nSubject: Hello\nMessage-ID: <1@example.fi>\n"
TNEF = (
    b"\x78\x9f\x3e\x22\x01\x00"
    b"\x01\x06\x90\x08\x00\x04\x00\x00\x00\x00\x00\x01\x00\x01\x00"
    b"\x01\x0c\x80\x02\x00\x06\x00\x00\x00hello\x00\x14\x02"
    b"\x02\x02\x90\x06\x00\x0e\x00\x00\x00\x01\x00\xff\xff\xff\xff\x20\x00\x20\x00\x00\x00\x00\x00\x3d\x04"
    b"\x02\x10\x80\x01\x00\x06\x00\x00\x00a.txt\x00\x37\x02\x02\x0f\x80\x06\x00\x03\x00\x00\x00hei\x36\x01"
)
CALENDAR = (
    b"BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20250601T000000Z\n"
    b"DTSTART;TZID=Europe/Helsinki:20250604T100000\nRRULE:FREQ=DAILY;COUNT=3\nSUMMARY:x\n"
    b"ATTENDEE;PARTSTAT=ACCEPTED;CN=A:mailto:a@b.example\nEND:VEVENT\nEND:VCALENDAR\n"
)


def _parts(kind: bytes, *parts: bytes) -> bytes:
    joined = b"".join(b"--b\n" + part + b"\n" for part in parts)
    return (
        HEAD
        + b"MIME-Version: 1.0\nContent-Type: multipart/"
        + kind
        + b"; boundary=b\n\n"
        + joined
        + b"--b--\n"
    )


SHAPES = (
    HEAD + b"Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(TNEF),
    _parts(b"alternative", b"Content-Type: text/plain\n\nhi", b"Content-Type: text/calendar\n\n" + CALENDAR),
    _parts(
        b"signed; protocol=application/pkcs7-signature",
        b"Content-Type: text/plain\n\nhi",
        b"Content-Type: application/pkcs7-signature\nContent-Transfer-Encoding: base64\n\nMIIB",
    ),
    HEAD + b"Content-Type: application/pkcs7-mime; smime-type=signed-data\nContent-Transfer-Encoding: base64\n\nMIAGCSqGSIb3DQEHAqCA",
    HEAD + b"\nbegin 644 a.txt\n#:&5I\n`\nend\n",
    HEAD + b"Content-Type: message/partial; id=x; number=1\n\nSubject: y\n\nz\n",
    HEAD + b"Content-Type: text/plain; charset=iso-2022-jp\n\n\x1b$BCmJ8\x1b(B\n",
    HEAD + b"Content-Type: text/html\n\n<table><tr><td>a<blockquote type=cite>b</blockquote><img src=cid:x><details>c",
    HEAD + b"Content-Type: text/html\n\n<div>a</div><div id=divRplyFwdMsg><b>From:</b> x</div><p>old",
    HEAD + b"\nOn 4.6.2025 at 12:03, Havu <tuki@havu.example> wrote:\n> a\nb\n> c\n-- \nAino\nSent from my iPhone\n",
    HEAD + b"\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nx\n-----BEGIN PGP SIGNATURE-----\n\n",
    HEAD + b"Content-Type: text/rtf\n\n{\\rtf1\\ansi\\ansicpg1251 \\'cf\\u1234?{\\*\\x y}\\par}",
    _parts(
        b"report; report-type=delivery-status",
        b"\nfailed",
        b"Content-Type: message/delivery-status\n\nReporting-MTA: dns;x\n\nFinal-Recipient: rfc822;a@b.example\nAction: failed\nStatus: 5.1.1",
        b"Content-Type: message/rfc822\n\nMessage-ID: <2@havu.example>\n\nx",
    ),
    _parts(b"report", b"Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nOriginal-Rcpt-To: a@b.example"),
    _parts(b"report", b"Content-Type: message/disposition-notification\n\nOriginal-Message-ID: <2@x>\nDisposition: a/b; displayed"),
    b"Return-Path: <>\nFrom: MAILER-DAEMON@x.example\nSubject: failure notice\n\n<a@b.example>:\nno (#5.1.1)\n--- Below\nMessage-ID: <2@x>\n",
    b"Authentication-Results: mx.x; dkim=pass header.d=b.example; dmarc=pass header.from=b.example\n"
    b"DKIM-Signature: v=1; a=rsa-sha256; d=b.example; s=s; h=from; bh=; b=\n" + HEAD + b"\nhi",
    b"From: =?utf-8?Q?a?= =?utf-8?B?w6Q?= <a@b>, \"x, y\" <c@d>, g: e@f, h@i;\nReply-To: (c) j@k\nSubject: =?gb2312?B?zcs\n\nx",
)  # fmt: skip

DICTIONARY = (
    b"Content-Type: ", b"Content-Transfer-Encoding: base64", b"quoted-printable", b"multipart/mixed", b"multipart/related",
    b"message/rfc822", b"text/html", b"text/plain", b"text/calendar", b"application/ms-tnef", b"application/pkcs7-mime",
    b"charset=", b"boundary=", b"filename*0*=", b"filename=", b"utf-8''", b"=?utf-8?B?", b"=?iso-2022-jp?Q?", b"?=", b"--b", b"--b--",
    b"begin 644 ", b"\nend\n", b"> ", b"wrote:", b"From: ", b"Sent: ", b"To: ", b"Subject: ", b"Message-ID: <", b"References: ",
    b"<div class=gmail_quote>", b"<blockquote type=cite>", b"<details>", b"</div>", b"<!--", b"&nbsp;", b"cid:", b"data:image/png;base64,",
    b"\x1b$B", b"\x1b(B", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe0\xb8\xaa", b"BEGIN:VEVENT", b"DTSTART:", b"format=flowed", b"-- \n",
    b"\\rtf1", b"\\u1234?", b"\\'e4", b"\x78\x9f\x3e\x22", b"-----BEGIN PGP MESSAGE-----", b"Action: failed", b"Final-Recipient: rfc822;",
)  # fmt: skip
