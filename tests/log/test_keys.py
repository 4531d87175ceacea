from hypothesis import given
from hypothesis import strategies as st

from goround.ids import DeviceId, encode
from goround.log.keys import SMALL_ORDER, DeviceKey, fresh_salt, is_genuine
from tests.chains import device

ANNA, BEN = device(1), device(2)


@given(st.binary(max_size=300))
def test_a_signature_holds_for_its_key_purpose_and_message_alone(message: bytes) -> None:
    signature = ANNA.sign("event", message)
    assert is_genuine(ANNA.public, "event", message, signature)
    assert not is_genuine(BEN.public, "event", message, signature)
    assert not is_genuine(ANNA.public, "session", message, signature)
    assert not is_genuine(ANNA.public, "event", message + b"x", signature)
    assert not is_genuine(ANNA.public, "event", message, signature[:-1])


@given(st.text(max_size=50), st.binary(max_size=70))
def test_rubbish_is_not_genuine_and_raises_nothing(key: str, signature: bytes) -> None:
    assert not is_genuine(DeviceId(key), "event", b"", signature)
    assert not is_genuine(ANNA.public, "event", b"", signature)


@given(st.sampled_from(sorted(SMALL_ORDER)), st.binary(min_size=64, max_size=64))
def test_a_key_of_small_order_signs_nothing(key: bytes, signature: bytes) -> None:
    assert not is_genuine(DeviceId(encode(key)), "event", b"", signature)


def test_a_key_made_again_from_its_seed_is_the_same() -> None:
    key = DeviceKey.generate()
    assert DeviceKey.from_seed(key.seed) == key
    assert key.public != DeviceKey.generate().public


def test_a_seed_does_not_show_where_a_key_is_printed() -> None:
    key = DeviceKey.generate()
    assert repr(key) == f"DeviceKey({key.public})"
    assert str(key.seed) not in f"{key} {key!r}"


def test_salts_differ() -> None:
    assert fresh_salt() != fresh_salt()
