"""Places for labels beside their points, so that none lies on another label or on a point."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

Box = tuple[float, float, float, float]  # left, top, right, bottom
At = tuple[float, float]


@dataclass
class Room:
    """A frame, and what is taken in it."""

    frame: Box
    labels: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)

    def place(self, at: At, size: At, gap: float, rings: Sequence[float] = ()) -> tuple[Box, At | None] | None:
        """Take the first free place for a label: right beside its point or, with `rings`, so many pixels away.

        Args:
            at: the point.
            size: width and height of the label.
            gap: least distance of the label from the point.
            rings: distances of the places further away.

        Returns:
            The box, and where a line from the point ends that joins them if it is further away; None without room.
        """
        for dx, dy, away in _places(*size, gap, rings):
            middle = at[0] + dx, at[1] + dy
            box = (middle[0] - size[0] / 2, middle[1] - size[1] / 2, middle[0] + size[0] / 2, middle[1] + size[1] / 2)
            end = min(max(at[0], box[0]), box[2]), min(max(at[1], box[1]), box[3])
            line = _along(at, end) if away else []
            if (
                self._inside(box)
                and not self._hits(box, (*self.labels, *self.dots))
                and not any(self._hits(b, self.labels) for b in line)
            ):
                self.labels.append(box)
                self.dots += line
                return box, end if away else None
        return None

    def free(self, box: Box) -> bool:
        """Whether no label is there."""
        return not self._hits(box, self.labels)

    def _inside(self, box: Box) -> bool:
        left, top, right, bottom = self.frame
        return box[0] >= left + 2 and box[1] >= top + 2 and box[2] <= right - 2 and box[3] <= bottom - 2

    @staticmethod
    def _hits(box: Box, others: Sequence[Box]) -> bool:
        return any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in others)


def around(at: At, size: float) -> Box:
    """The box around a point."""
    return at[0] - size, at[1] - size, at[0] + size, at[1] + size


def _places(wide: float, high: float, gap: float, rings: Sequence[float]) -> Iterator[tuple[float, float, bool]]:
    """From a point to the middle of its label: above, below, beside it, at the corners; then further away."""
    side, over = wide / 2 + gap + 1, high / 2 + gap
    for dx, dy in ((0, -over), (0, over), (side, 0), (-side, 0)):
        yield dx, dy, False
    for dx, dy in ((side, -over), (-side, -over), (side, over), (-side, over)):
        yield dx, 0.7 * dy, False
    for ring in rings:
        for step in range(16):
            turn = math.tau * step / 16
            yield math.cos(turn) * (ring + wide / 2), math.sin(turn) * (ring + high / 2), True


def _along(start: At, end: At) -> list[Box]:
    """Small boxes on a line."""
    steps = max(1, int(math.dist(start, end) / 4))
    shift = (end[0] - start[0]) / steps, (end[1] - start[1]) / steps
    return [around((start[0] + step * shift[0], start[1] + step * shift[1]), 2) for step in range(steps + 1)]
