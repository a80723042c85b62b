"""Measurements of speed and quality that are too long for the tests: python -m benchmarks [NAME [PATH]]."""
