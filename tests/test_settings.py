"""What an installation may and may not choose."""

from pathlib import Path

import pytest

from pilotage.errors import InvalidSetting, PilotageError, TooLarge
from pilotage.settings import Settings, from_environment, secret_of

STRONG = "k3Jx9-pQv7_ZtR2wLm8sNd4Fh6Ya1Cb5"


def test_without_any_variable_the_demonstration_listens_to_this_machine_only() -> None:
    settings = from_environment({})
    assert (settings.host, settings.port, settings.demo) == ("127.0.0.1", 8050, True)
    assert settings.upload_limit_bytes == 512 * 2**20
    assert settings.address == "http://127.0.0.1:8050"


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "192.168.1.4", "::", "pilotage.example", "localhost.evil"]
)
def test_demonstration_mode_refuses_any_other_address(host: str) -> None:
    with pytest.raises(InvalidSetting, match="démonstration"):
        from_environment({"PILOTAGE_HOST": host, "PILOTAGE_DEMO": "1", "PILOTAGE_SECRET": STRONG})


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_every_loopback_address_may_demonstrate(host: str) -> None:
    assert from_environment({"PILOTAGE_HOST": host}).demo


@pytest.mark.parametrize("secret", [None, "", "changeme", "a" * 40, "secret" * 8])
def test_an_open_server_refuses_a_missing_or_weak_secret(secret: str | None) -> None:
    given = {"PILOTAGE_HOST": "0.0.0.0"} | ({} if secret is None else {"PILOTAGE_SECRET": secret})
    with pytest.raises(InvalidSetting, match="PILOTAGE_SECRET"):
        from_environment(given)


def test_an_open_server_with_a_strong_secret_has_no_sample_people() -> None:
    assert not from_environment({"PILOTAGE_HOST": "0.0.0.0", "PILOTAGE_SECRET": STRONG}).demo


def test_the_secret_is_never_printed() -> None:
    assert STRONG not in repr(Settings(secret=STRONG))


def test_the_secret_of_a_demonstration_is_made_once_and_kept_private(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "var")
    first = secret_of(settings)
    assert secret_of(settings) == first
    assert (tmp_path / "var" / "secret").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PILOTAGE_PORT", "huit"),
        ("PILOTAGE_PORT", "70000"),
        ("PILOTAGE_UPLOAD_LIMIT", "-1"),
        ("PILOTAGE_FISCAL_MONTH", "13"),
        ("PILOTAGE_AS_OF", "31/03/2026"),
        ("PILOTAGE_DEMO", "peut-être"),
    ],
)
def test_a_bad_setting_is_named_in_the_sentence(name: str, text: str) -> None:
    with pytest.raises(InvalidSetting) as caught:
        from_environment({name: text})
    assert name in caught.value.sentence("fr")
    assert name in caught.value.sentence("en")


def test_an_unknown_language_reads_french() -> None:
    error = PilotageError("Bonjour.", "Hello.")
    assert [error.sentence(lang) for lang in ("fr", "en", "xx")] == [
        "Bonjour.",
        "Hello.",
        "Bonjour.",
    ]


def test_the_size_limit_is_said_in_the_reader_s_units() -> None:
    assert "512 Mio" in TooLarge(512 * 2**20).fr
    assert "512 MiB" in TooLarge(512 * 2**20).en
