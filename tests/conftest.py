from hypothesis import settings

# First calls import heavy libraries, so a deadline per example would measure imports; equal runs find equal faults.
settings.register_profile("presstm", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("presstm")
