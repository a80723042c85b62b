"""The font of figures: the file that comes with matplotlib, not what a machine calls by its name."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def dejavu(size: float, *, bold: bool = False) -> Any:
    """DejaVu Sans as matplotlib font properties. Fonts that the machine has may be other versions, with other bytes."""
    import matplotlib as mpl
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=f"{mpl.get_data_path()}/fonts/ttf/DejaVuSans{'-Bold' if bold else ''}.ttf", size=size)
