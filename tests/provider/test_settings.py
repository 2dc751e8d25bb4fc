"""A provider's settings."""

import pytest

from labsrv.provider.settings import ProviderSettings

BAD = {"capitals": "Idp", "a dash": "my-idp", "nothing": "", "a digit first": "1idp", "a long one": "x" * 21}


@pytest.mark.parametrize("name", BAD.values(), ids=BAD)
def test_a_name_that_is_no_part_of_a_cookies_name(name):
    with pytest.raises(ValueError, match="small letters"):
        ProviderSettings(name=name)


def test_an_issuer_ends_without_a_slash():
    with pytest.raises(ValueError, match="without a slash"):
        ProviderSettings(issuer="http://idp.localhost/")
