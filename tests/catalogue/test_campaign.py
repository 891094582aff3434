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
        ({"experiments": []}, "at least 1 item"),
        ({"experiments": ["x", "y", "x"]}, "listed twice: x"),
    ],
)
def test_impossible_campaigns_are_refused(change, message):
    with pytest.raises(RequestError, match=message):
        Campaign(**{**SPAN, **change})
