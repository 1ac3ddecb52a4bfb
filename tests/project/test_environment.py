"""What is read from the environment: a wrong value is one sentence, and what is made is made whole."""

import pytest

from project import environment


def refused(capsys, ask) -> str:
    with pytest.raises(SystemExit):
        ask()
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


def test_proxies_are_addresses_and_networks(monkeypatch):
    monkeypatch.setenv("PROXIES", "10.0.0.1, 10.1.0.0/16,fd00::/8,")
    assert [str(each) for each in environment.networks("PROXIES")] == ["10.0.0.1/32", "10.1.0.0/16", "fd00::/8"]
    assert environment.networks("NONE_OF_THEM") == []


@pytest.mark.parametrize("text", ["nginx", "10.0.0.1/8", "10.0.0.256", "*"])
def test_a_proxy_that_is_no_address_stops_the_start(monkeypatch, capsys, text):
    monkeypatch.setenv("PROXIES", text)
    assert text in refused(capsys, lambda: environment.networks("PROXIES"))
