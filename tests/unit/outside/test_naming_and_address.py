"""How a model is named, and which addresses may be asked."""

from __future__ import annotations

import pytest

from onrecord.errors import ExtractorInvalid, OutsideUnavailable
from onrecord.outside import named
from onrecord.outside.address import check, resolved
from onrecord.outside.opening import KEY, OPENAI_KEY, open_model


class TestNaming:
    @pytest.mark.parametrize(
        ("words", "kind", "model", "url"),
        [
            ("openai:small-1", "openai", "small-1", "https://api.openai.com/v1"),
            ("openai:org/m:free@https://x.example/api/v1/", "openai", "org/m:free", "https://x.example/api/v1"),
            ("local:tiny", "local", "tiny", "http://127.0.0.1:8080/v1"),
            ("local:tiny@http://[::1]:9/v1", "local", "tiny", "http://[::1]:9/v1"),
            ("gguf:a/b.gguf", "gguf", "b", ""),
        ],
    )
    def test_its_forms(self, words, kind, model, url):
        told = named(words)
        assert (told.kind, told.model, told.url) == (kind, model, url)

    @pytest.mark.parametrize(
        "words",
        [
            "", "small-1", "openai:", "gguf:", "gguf:  ", "https://x.example/v1", "other:m@https://x.example",
            "openai:m@ftp://x.example/v1", "openai:m@file:///etc/passwd", "local:m@gopher://127.0.0.1",
            "openai:m@https://", "openai:m@https://name:secret@x.example/v1", "openai:m@https://x.example:port/v1",
            "openai:m@https://x.example/v1?key=secret", "openai:m@https://[::1/v1", "openai:a b",
        ],
    )  # fmt: skip
    def test_what_names_no_model(self, words):
        with pytest.raises(ExtractorInvalid) as told:
            named(words)
        assert told.value.hint
        assert "secret" not in str(told.value)


class TestAddresses:
    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1", "::1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "fd00::1", "169.254.169.254", "0.0.0.0",
            "::ffff:127.0.0.1", "::ffff:10.0.0.1", "fe80::1%eth0", "224.0.0.1", "100.64.0.1", "240.0.0.1", "::",
        ],
    )  # fmt: skip
    def test_a_private_one_must_be_called_local(self, address):
        with pytest.raises(ExtractorInvalid):
            check("https://models.example/v1", local=False, resolve=lambda host, port: ["93.184.216.34", address])

    @pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "169.254.169.254", "0.0.0.0", "fe80::1"])
    def test_what_is_called_local_must_be(self, address):
        with pytest.raises(ExtractorInvalid):
            check("http://models.lan/v1", local=True, resolve=lambda host, port: [address])

    def test_those_that_may_be_asked(self):
        check("https://models.example/v1", local=False, key=True, resolve=lambda host, port: ["8.8.8.8"])
        for own in ("127.0.0.1", "::1", "192.168.1.7", "::ffff:10.0.0.1"):
            check("http://models.lan/v1", local=True, key=True, resolve=lambda host, port, own=own: [own])

    def test_a_host_without_addresses(self):
        with pytest.raises(ExtractorInvalid):
            check("https://models.example/v1", local=False, resolve=lambda host, port: [])
        with pytest.raises(OutsideUnavailable):
            resolved("no-such-host.invalid", 443)

    def test_numbers_in_odd_spellings_are_seen_through(self):
        for host in ("2130706433", "0x7f.1", "127.1"):
            try:
                found = resolved(host, 80)
            except OutsideUnavailable:
                continue
            with pytest.raises(ExtractorInvalid):
                check(f"http://{host}/v1", local=False, resolve=lambda h, p, found=found: found)

    def test_a_key_does_not_travel_in_the_open(self):
        with pytest.raises(ExtractorInvalid):
            check("http://models.example/v1", local=False, key=True, resolve=lambda host, port: ["8.8.8.8"])


class TestKeys:
    def keyed(self, option, **environment):
        return open_model(option, environment)._key

    def test_the_key_of_another_service_is_not_handed_on(self):
        assert self.keyed("openai:m", **{OPENAI_KEY: "k1"}) == "k1"
        assert self.keyed("openai:m@https://models.example/v1", **{OPENAI_KEY: "k1"}) is None
        assert self.keyed("local:m", **{OPENAI_KEY: "k1"}) is None
        assert self.keyed("openai:m@https://models.example/v1", **{KEY: " k2 ", OPENAI_KEY: "k1"}) == "k2"

    def test_nothing_shows_it(self):
        model = open_model("openai:m", {KEY: "sk-very-secret"})
        assert "secret" not in repr(model) + model.name + str(named("openai:m"))

    def test_a_file_that_is_none(self, tmp_path):
        with pytest.raises(ExtractorInvalid, match="cannot be read"):
            open_model(f"gguf:{tmp_path / 'none.gguf'}", {})
        (tmp_path / "page.gguf").write_text("<html>not found</html>")
        with pytest.raises(ExtractorInvalid, match="no GGUF file"):
            open_model(f"gguf:{tmp_path / 'page.gguf'}", {})
        (tmp_path / "short.gguf").write_bytes(b"GGUF")
        with pytest.raises(ExtractorInvalid, match=r"llama-cpp-python|cannot be loaded"):
            open_model(f"gguf:{tmp_path / 'short.gguf'}", {})
