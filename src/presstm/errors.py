"""Everything presstm raises on purpose. Each message is one line that tells a user what to do.

PresstmError
├── SettingsError   params.yaml, -S key=value, a model file written by hand
├── InputError      a corpus, table or model that is missing or cannot be used
└── OutputError     a place that cannot be written
"""


class PresstmError(Exception):
    """Base of all errors that a user can cause; shown as one line, without a traceback."""


class SettingsError(PresstmError):
    """A setting is unknown, of the wrong type, or out of range."""


class InputError(PresstmError):
    """An input is missing, empty or unusable."""


class OutputError(PresstmError):
    """An output cannot be written."""
