"""The stand-in for the API."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest

from oracle.api import served


def post(url: str, body: object) -> None:
    urllib.request.urlopen(urllib.request.Request(url, json.dumps(body).encode()))


def test_every_request_is_refused_and_those_to_the_model_are_kept() -> None:
    with served() as api:
        for path in ("/v1/messages?beta=true", "/v1/messages/count_tokens?beta=true"):
            with pytest.raises(urllib.error.HTTPError, match="400") as refused:
                post(api.url + path, {"path": path})
            refused.value.close()
    assert api.requests == [{"path": "/v1/messages?beta=true"}]
