from voiceguide.mastering.profiles import PROFILES
from voiceguide.routine import Settings


def test_the_profiles_have_the_loudness_that_each_is_for() -> None:
    levels = {name: (profile.loudness, profile.true_peak) for name, profile in PROFILES.items()}
    assert levels == {
        "podcast": (-16.0, -1.0),
        "sleep": (-20.0, -1.0),
        "audiobook": (-20.0, -3.0),
        "insight-timer": (-16.0, -1.0),
        "youtube": (-14.0, -1.0),
        "broadcast": (-23.0, -1.0),
    }
    assert [name for name, profile in PROFILES.items() if profile.shop] == ["audiobook"]


def test_a_shop_asks_what_acx_does() -> None:
    shop = PROFILES["audiobook"].shop
    assert shop is not None
    assert (shop.rms, shop.floor, shop.bitrate) == ((-23.0, -18.0), -60.0, 192)
    assert (shop.head, shop.tail) == ((0.5, 1.0), (1.0, 5.0))


def test_a_script_that_asks_for_nothing_is_a_podcast() -> None:
    settings = Settings("t")
    assert PROFILES[settings.profile].loudness == settings.loudness
