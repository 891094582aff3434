import numpy as np
import pytest

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.errors import RequestError

SPAN = {"station": "base", "experiments": ["x"], "start": "2031-01-01", "end": "2031-01-29"}


def test_dates_are_utc_instants():
    campaign = Campaign(**SPAN)
    assert campaign.start == np.datetime64("2031-01-01T00:00:00", "us")
    assert campaign.start.dtype == np.dtype("datetime64[us]")
    assert campaign.days == 28.0


def test_json_writes_dates_with_milliseconds_and_zone():
    assert Campaign(**SPAN).model_dump(mode="json")["end"] == "2031-01-29T00:00:00.000Z"


def test_replace_keeps_the_dates():
    campaign = Campaign(**SPAN)
    assert campaign.replace() == campaign
    assert hash(campaign.replace()) == hash(campaign)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"end": "2030-12-31"}, "is not after start"),
        ({"end": "2031-01-01"}, "is not after start"),
        ({"start": "2031-02-30"}, "2031-02-30"),
        ({"start": "soon"}, "not a date"),
        ({"experiments": []}, "at least 1 is needed"),
        ({"experiments": ["x", "y", "x"]}, "listed twice: x"),
        ({"stations": ["orbiter", "base"]}, "stations must be base and then the others"),
        ({"stations": ["base", "orbiter", "orbiter"]}, "each once"),
        ({"at": [{"experiment": "y", "stations": ["base"]}]}, "at names y, which is no experiment"),
        ({"at": [{"experiment": "x", "stations": ["orbiter"]}]}, "at names orbiter, which is no station"),
        ({"locks": [{"session": "y.1", "start": "2031-01-02"}]}, "locks names y"),
        ({"locks": [{"session": "x", "start": "2031-01-02"}]}, "locks.0.session: is not a name"),
        ({"closed": [{"start": "2031-01-03", "end": "2031-01-02"}]}, "is not after start"),
        ({"closed": [{"start": "2031-01-02", "end": "2031-01-03", "experiments": ["y"]}]}, "closed names y"),
        ({"shares": [{"partner": "china", "least": "120 %"}]}, "must be at most 1"),
        ({"turn": "10 s"}, "turn"),
    ],
)
def test_impossible_campaigns_are_refused(change, message):
    with pytest.raises(RequestError, match=message):
        Campaign(**{**SPAN, **change})


def test_a_campaign_at_several_stations_begins_with_the_first():
    assert Campaign(**SPAN).places == ("base",)
    assert Campaign(**SPAN, stations=["base", "orbiter"]).places == ("base", "orbiter")


def test_decisions_are_kept_as_they_were_written_and_are_no_numbers():
    settled = Campaign(
        **SPAN,
        locks=[{"session": "x.1", "start": "2031-01-02T06:00:00"}],
        closed=[{"start": "2031-01-03", "end": "2031-01-04"}],
        shares=[{"partner": "china", "least": "40 %"}],
        final_charge="50 %",
    )
    assert settled.locks[0].start == np.datetime64("2031-01-02T06:00:00", "us")
    assert (settled.shares[0].least, settled.final_charge) == (0.4, 0.5)
    assert list(settled.numbers()) == []
    assert settled.replace() == settled
    assert hash(settled.replace()) == hash(settled)
