import pytest

from presstm.errors import SettingsError
from presstm.theming import theme_keys


@pytest.mark.parametrize(
    "key", ["", " ", " a", "a ", "a;b", "a\nb", "a\u2028b", "a\u00a0b", "=a", "+a", "-a", "@a", False, None, 1.5]
)
def test_a_key_that_a_cell_would_not_keep_is_refused(key):
    with pytest.raises(SettingsError, match="here: the key must be text in one line"):
        theme_keys.check("here", key, {})


@pytest.mark.parametrize("key", ["none", "None", "key", "Title", "previous", "sentence", "CODER"])
def test_a_key_that_is_a_column_or_a_label_already_is_refused(key):
    with pytest.raises(SettingsError, match="here: the key means something else to coders"):
        theme_keys.check("here", key, {})


@pytest.mark.parametrize(("one", "other"), [("a", "A"), ("a-b", "A_b"), ("strasse", "straße"), (2022, "2022")])
def test_keys_that_differ_in_case_or_hyphens_only_are_refused(one, other):
    seen = {}
    theme_keys.check("here", one, seen)
    with pytest.raises(SettingsError, match="here: the key is that of an earlier theme"):
        theme_keys.check("here", other, seen)


def test_any_other_keys_are_taken():
    seen = {}
    for key in (2022, "source", "Santé publique", "c++", "c--", "5G", "l'eau"):
        theme_keys.check("here", key, seen)
