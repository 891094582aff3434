"""The landing page in a real browser."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest

from tests.browser.conftest import Server

BOARDS = ("01_catalogue", "02_sky", "03_site", "04_windows", "05_plan", "06_replan", "07_siting")


def test_the_landing_page_links_each_dashboard_with_a_sentence(visit) -> None:
    one = visit()
    page = one.open()
    links = page.locator(".ilrs-card a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert links == [f"/voila/render/{name}.ipynb" for name in BOARDS]
    for card in page.locator(".ilrs-card").all():
        assert len(card.locator("h2").inner_text()) > 3
        assert card.locator("p").inner_text().endswith(".")
        assert card.locator("svg").count() == 1
    one.picture("landing-light")


def test_the_landing_page_is_dark_for_a_reader_whose_system_is_dark(visit) -> None:
    one = visit(theme="dark")
    page = one.open()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    one.picture("landing-dark")


def test_the_readers_choice_of_theme_outlasts_the_page(visit) -> None:
    page = (one := visit()).open()
    page.locator("[data-ilrs-theme]").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert one.open().evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_landing_page_fits_a_small_screen(visit) -> None:
    one = visit(width=390)
    page = one.open()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    one.picture("landing-390")


def test_an_unknown_address_gets_a_page_of_ours(visit) -> None:
    page = visit().open("nowhere")
    assert "no such page" in page.inner_text("main")
    assert page.locator("main a").get_attribute("href") == "/"


@pytest.mark.parametrize(
    "path",
    [
        "voila/tree",
        "voila/tree/",
        "voila/api/contents/",
        "voila/api/contents/04_windows.ipynb",
        "voila/files/04_windows.ipynb",
        "api/kernels",
        "api/contents",
        "api/sessions",
        "api/terminals",
        "ilrs/../voila.json",
        "ilrs/%2e%2e/voila.json",
    ],
)
def test_neither_listings_nor_sources_are_given_out(server: Server, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(server.address + path, timeout=20)
    assert refusal.value.code in (403, 404)
    refusal.value.close()
