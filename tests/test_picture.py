from tools.picture import PAGE, drawn, page_with_pictures, reduced


def test_the_pictures_in_the_architecture_show_the_code_as_it_is() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.count("<!-- picture: ") == 2
    assert page == page_with_pictures(page), "python tools/picture.py draws them anew"


def test_an_arrow_that_follows_from_others_is_left_out() -> None:
    assert reduced({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == {
        "a": {"b"},
        "b": {"c"},
        "c": set(),
    }


def test_a_picture_can_be_read_as_it_is() -> None:
    assert drawn({"a": {"b"}, "b": set()}) == "```mermaid\nflowchart TD\n    a --> b\n```"
