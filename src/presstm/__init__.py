"""presstm: reproducible text mining of French press coverage."""

__version__ = "0.1.0"

import os as _os

# One thread for each product of matrices: with several, the products of a stage take many times as long, and their last digits
# depend on how many there are. What is set outside stays.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
for _name in THREADS:
    _os.environ.setdefault(_name, "1")
