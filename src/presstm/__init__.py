"""presstm: reproducible text mining of French press coverage."""

__version__ = "0.1.0"
