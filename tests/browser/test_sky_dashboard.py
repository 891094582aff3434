"""The sky dashboard in a real browser."""

from __future__ import annotations

import time

NOTEBOOK = "02_sky.ipynb"
FIGURES = 5


def sentence(page) -> str:
    return page.locator(".ilrs-note, .ilrs-wrong").first.inner_text()


def settle(page, words: str) -> None:
    """Wait until the message says so."""
    page.wait_for_function(
        "words => document.querySelector('.ilrs-note, .ilrs-wrong').innerText.includes(words)",
        arg=words,
        polling=100,
    )


def choose(page, label: str, option: str) -> None:
    page.locator(".widget-dropdown", has_text=label).locator("select").first.select_option(label=option)


def test_it_draws_sky_map_orbit_and_tables(visit) -> None:
    began = time.monotonic()
    one = visit.at(NOTEBOOK, figures=FIGURES)
    print(f"first picture: {time.monotonic() - began:.2f} s")
    page = one.page
    settle(page, "2026-03-03 11:30:00 UTC")
    captions = page.locator(".ilrs-table caption").all_inner_texts()
    assert captions[0].startswith("Sun above the horizontal")
    assert captions[2] == "Eclipses of the Sun"
    assert captions[3].startswith("Passes of Queqiao-2 relay over Connecting Ridge")
    one.picture("sky-light")


def test_axes_carry_units(visit) -> None:
    page = visit.at(NOTEBOOK, figures=FIGURES).page
    text = " ".join(page.locator(".ilrs-figure").all_inner_texts())
    for label in (
        "[deg]",
        "Time [UTC]",
        "Longitude, east positive [deg]",
        "Latitude [deg]",
        "[1000 km]",
        "Height [km]",
    ):
        assert label in text
    assert "one revolution in 24." in text


def test_the_slider_moves_the_marked_instant(visit) -> None:
    one = visit.at(NOTEBOOK, figures=FIGURES)
    page = one.page
    before = one.draws(0)
    began = time.monotonic()
    readout = page.locator(".widget-hslider", has_text="Time after start").locator(".widget-readout")
    readout.fill("300")
    readout.press("Enter")
    one.wait_for_redraw(before)
    print(f"slider to dome: {time.monotonic() - began:.2f} s")
    settle(page, "2026-03-08 12:00:00 UTC")


def test_one_rides_on_an_orbiter_and_the_code_follows(visit) -> None:
    one = visit.at(NOTEBOOK, figures=FIGURES)
    page = one.page
    choose(page, "Look from", "Near-rectilinear halo orbit, 9:2 (orbit)")
    settle(page, "Above the limb at -")
    page.wait_for_function("document.querySelectorAll('.ilrs-figure')[3].innerText.includes('6.56 d')")
    page.wait_for_function("document.querySelector('.ilrs-code').innerText.includes('place = \"nrho_9_2\"')")
    assert page.locator(".widget-dropdown", has_text="Passes over").count() == 1
    one.picture("sky-halo")
    choose(page, "Look from", "Connecting Ridge (Shackleton - de Gerlache)")
    settle(page, "Above the horizontal")


def test_every_control_has_a_unit_or_needs_none_and_says_what_it_does(visit) -> None:
    page = visit.at(NOTEBOOK, figures=FIGURES).page
    labels = page.locator(".ilrs-controls .widget-label").all_inner_texts()
    assert [label for label in labels if label] == [
        "Look from",
        "First day [UTC]",
        "Length [d]",
        "Time after start [h]",
        "Passes of",
        "Look at",
    ]
    titled = page.locator(".ilrs-controls [title]").evaluate_all("all => all.map(e => e.title)")
    assert sum(len(title) > 20 for title in titled) >= 6


def test_wrong_entries_are_sentences_and_mend_themselves(visit) -> None:
    page = visit.at(NOTEBOOK, figures=FIGURES).page
    length = page.locator(".ilrs-controls input[type=number]")
    for entry in ("-3", "1e9"):
        length.fill(entry)
        length.press("Enter")
        settle(page, "The length is 0.05 to 60 days")
    length.fill("3")
    length.press("Enter")
    settle(page, "Above the horizontal")
    page.wait_for_function("document.body.innerText.includes('No eclipse in these 3 days.')")
    day = page.locator("input[type=date]")
    day.fill("")
    settle(page, "is not a date")
    day.fill("2060-01-01")
    settle(page, "The shipped kernels cover")
    assert "Traceback" not in page.content()
    day.fill("2026-02-24")
    settle(page, "Above the horizontal")


def test_nothing_chosen_is_said(visit) -> None:
    page = visit.at(NOTEBOOK, figures=FIGURES).page
    page.locator("select[multiple]").select_option([])
    settle(page, "Nothing is chosen to look at.")
    page.wait_for_function(
        "document.querySelectorAll('.ilrs-figure')[1].innerText.includes('Choose something')"
    )
    page.locator("select[multiple]").select_option(label=["Sun", "Earth", "Vega (target)"])
    settle(page, "Above the horizontal")


def test_it_is_dark_in_the_dark(visit) -> None:
    one = visit.at(NOTEBOOK, figures=FIGURES, theme="dark")
    papers = one.page.evaluate(
        "[...document.querySelectorAll('.ilrs-figure')].map(e => e.layout.template.layout.paper_bgcolor)"
    )
    assert papers == ["#161B22"] * FIGURES
    one.picture("sky-dark")


def test_it_fits_a_small_screen(visit) -> None:
    one = visit.at(NOTEBOOK, figures=FIGURES, width=390)
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 390
    legends = one.page.evaluate(
        """[...document.querySelectorAll('.ilrs-figure')].map(e => {
            const legend = e.querySelector('.legend')?.getBoundingClientRect();
            const plot = e.querySelector('.cartesianlayer .xy, .polarlayer')?.getBoundingClientRect();
            return legend && plot ? legend.top - plot.bottom : 0;
        })"""
    )
    assert min(legends) > -4, "no legend lies on a plot"
    one.picture("sky-390")


def test_figures_say_what_they_show_to_a_screen_reader(visit) -> None:
    page = visit.at(NOTEBOOK, figures=FIGURES).page
    labels = page.locator(".ilrs-figure[role=img]").evaluate_all(
        "all => all.map(e => e.getAttribute('aria-label'))"
    )
    assert len(labels) == FIGURES
    assert all(len(label) > 10 for label in labels)


def test_the_page_shows_no_source(visit) -> None:
    assert "SkyPanel(" not in visit.at(NOTEBOOK, figures=FIGURES).page.content()
