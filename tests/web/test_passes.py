from cadencecoach.web.passes import KEY_S, MAX_KEYS, Passes

PASSES = Passes(b"secret", "token")


def test_a_key_is_good_for_some_minutes() -> None:
    """At the end of them it is not."""
    assert PASSES.use_key(PASSES.new_key(100.0), 100.0 + KEY_S - 1)
    assert not PASSES.use_key(PASSES.new_key(100.0), 100.0 + KEY_S)


def test_who_asks_for_many_keys_loses_the_oldest() -> None:
    """Nobody fills the memory with them."""
    keys = [PASSES.new_key(0.0) for _ in range(MAX_KEYS + 1)]
    assert not PASSES.use_key(keys[0], 1.0)
    assert PASSES.use_key(keys[1], 1.0)
    assert PASSES.use_key(keys[-1], 1.0)


def test_a_key_is_no_cookie_and_no_token() -> None:
    """Each opens one door."""
    key, cookie = PASSES.new_key(0.0), PASSES.new_cookie(0.0)
    assert not PASSES.is_cookie(key, 1.0)
    assert not PASSES.is_token(key)
    assert not PASSES.use_key(cookie, 1.0)
    assert PASSES.is_cookie(cookie, 1.0)
    assert PASSES.is_token("token")
