"""The script as a file: its size, its ETag, and that it is one function."""

from importlib.resources import files

from django.test import RequestFactory

from dragoman.front.portal.widget import script
from dragoman.front.portal.widget.script import PARTS, assemble, lean, lean_css
from dragoman.front.portal.widget.views import widget


def test_the_script_is_far_below_forty_kilobytes_gzipped() -> None:
    assert len(assemble().gzipped) < 32_000


def test_leaving_out_comments_and_indentation_touches_no_text() -> None:
    room = files(script.__package__).joinpath("parts")
    for name in PARTS:
        for line in room.joinpath(name).read_text("utf-8").splitlines():
            assert line.count("`") % 2 == 0, f"{name}: a text may not run over a line's end: {line}"
    assert (
        lean("  const a = 1;\n  // why\n\nb('// not a comment');") == "const a = 1;\nb('// not a comment');"
    )
    assert lean_css("/* why\n */ .a :is(b, c) {\n  color: red;\n}\n") == ".a :is(b,c){color:red;}"


def test_no_part_writes_markup_a_style_attribute_or_a_cookie() -> None:
    text = assemble().body.decode()
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.cookie",
        "eval(",
        '"style"',
    ):
        assert word not in text, word


def test_only_the_store_touches_storage() -> None:
    text = assemble().body.decode()
    assert text.count("localStorage.") == 4 and text.count("sessionStorage.") == 2
    assert len(PARTS) == len(set(PARTS))


def test_a_browser_that_has_this_version_is_told_so() -> None:
    request = RequestFactory().get("/widget.js", HTTP_ACCEPT_ENCODING="gzip, br")
    first = widget(request)
    assert (first.status_code, first["Content-Encoding"]) == (200, "gzip")
    again = widget(
        RequestFactory().get("/widget.js", HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=first["ETag"])
    )
    assert (again.status_code, again.content) == (304, b"")


def test_a_browser_without_gzip_gets_plain_text_under_another_etag() -> None:
    plain = widget(RequestFactory().get("/widget.js"))
    assert plain.content.startswith(b"(() => {")
    assert plain["ETag"] == assemble().etag
