"""Settings of all tests."""

from hypothesis import settings

settings.register_profile("crossread", deadline=None, print_blob=True, derandomize=True)  # a busy machine is no fault of the code
settings.load_profile("crossread")
