"""The siting dashboard in a real browser: candidates come, measures are chosen, weights rank."""

from __future__ import annotations

import re

NOTEBOOK = "07_siting.ipynb"
SAYS = "[...document.querySelectorAll('.ilrs-note')].some(note => note.innerText.includes({!r}))"
CHANGED = """before => [...document.querySelectorAll('caption')]
    .some(one => one.innerText.includes('Ranking') && one.innerText != before)"""


def opened(visit, **how):
    """The dashboard with all candidates of its first trade."""
    one = visit.at(NOTEBOOK, figures=4, **how)
    one.page.wait_for_function(SAYS.format("Most science value"), polling=100)
    return one


def ranks(one) -> list[str]:
    """Candidates in the order of the ranking."""
    table = one.page.locator("table", has=one.page.locator("caption", has_text="Ranking"))
    return [cell.strip() for cell in table.locator("tbody tr td:nth-child(2)").all_inner_texts()]


def test_it_opens_with_a_trade_of_ground_orbit_and_both(visit) -> None:
    one = opened(visit)
    front = one.page.locator(".ilrs-figure").first.inner_text()
    for words in ("On the ground", "In orbit", "Both", "Launch mass [kg]", "Value [1]"):
        assert words in front
    assert len(ranks(one)) == 5
    one.picture("siting-light")


def test_a_measure_of_the_front_is_chosen(visit) -> None:
    one = opened(visit)
    before = one.draws()
    one.page.get_by_label("From left to right").select_option(label="Darkness [h]")
    one.wait_for_redraw(before)
    assert "Darkness [h]" in one.page.locator(".ilrs-figure").first.inner_text()
    assert (
        'figures.siting_front(found, "darkness", "value")' in one.page.locator(".ilrs-code").last.inner_text()
    )


def test_a_slider_ranks_at_once(visit) -> None:
    one = opened(visit)
    before = one.page.locator("caption", has_text="Ranking").inner_text()
    handle = one.page.get_by_role("slider").last
    handle.focus()
    one.page.keyboard.press("ArrowLeft")
    one.page.wait_for_selector("caption:has-text('Ranking')")
    one.page.wait_for_function(CHANGED, arg=before)
    assert sorted(ranks(one)) == sorted(set(ranks(one)))


def test_what_is_impossible_has_a_reason_and_files_are_offered(visit) -> None:
    page = opened(visit).page
    table = page.locator("table", has=page.locator("caption", has_text="Impossible"))
    reasons = table.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert reasons
    assert all(re.match(r"needs |never: |its conditions", reason) for reason in reasons)
    files = [one.get_attribute("download") for one in page.locator("a.ilrs-download").all()]
    assert files == ["siting.csv", "siting-experiments.csv", "siting.nc"]


def test_too_short_a_span_is_refused_in_a_sentence(visit) -> None:
    page = opened(visit).page
    length = page.get_by_label("Length [d]")
    length.fill("0")
    page.keyboard.press("Tab")
    page.wait_for_selector(".ilrs-wrong:has-text('1 to 366 days')")
    assert page.get_by_role("button", name="Compare", exact=True).is_disabled()
    length.fill("7")
    page.keyboard.press("Tab")
    page.wait_for_selector(".ilrs-wrong", state="detached")


def test_it_follows_the_dark_theme(visit) -> None:
    one = opened(visit, theme="dark")
    script = (
        "[...document.querySelectorAll('.ilrs-figure')].map(one => one.layout.template.layout.paper_bgcolor)"
    )
    assert set(one.page.evaluate(script)) == {"#161B22"}
    one.picture("siting-dark")


def test_it_fits_a_small_screen(visit) -> None:
    one = opened(visit, width=390)
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 390
    one.picture("siting-390")
