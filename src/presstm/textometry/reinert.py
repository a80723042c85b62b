"""Descending hierarchical classification (Reinert 1983): classes of segments that share their vocabulary.

Rows are segments, columns forms, cells binary. The same matrix and seed give the same classes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
SIGNIFICANT = 3.84  # chi-square, 1 degree of freedom, at p = 0.05
LEAST = 3  # segments of a class in which a form must stand to count in its division
_CONTINGENCY = 0.3  # coefficient above which a form counts only in the class that has more of it
_DIVISIONS = 3  # divisions tried per class wanted: some only split off a few odd segments
_KRYLOV, _RESTARTS, _AXIS = 16, 6, 1e-4  # search for the first axis: dimension, renewals, relative gain at which it ends
_EPS = 1e-9


@dataclass(frozen=True)
class Node:
    """A class: its rows, where it comes from, and its own division (chi-square, the two nodes), if it was divided."""

    rows: Array
    parent: int | None
    chi2: float | None = None
    children: tuple[int, int] | None = None


def tree(matrix: Any, leaves: int, min_size: int, shuffles: int, seed: int) -> list[Node]:
    """Divide the rows until `leaves` classes of at least `min_size` rows are there, the largest class first.

    Any table can be cut in two. So a class is divided only if its chi-square is beyond what its own rows give with their forms
    dealt out again at random, `shuffles` times: a permutation test at level 1 / (shuffles + 1).

    Args:
        matrix: binary CSR matrix segment x form.
        leaves: number of classes wanted; fewer if none can be divided any more.
        min_size: smaller classes are not divided and do not count.
        shuffles: number of random tables per division; 0: every division is made.
        seed: of these.

    Returns:
        Nodes, the root first, each before its children; the larger child first. A row that keeps no form in a class is in
        neither of its children.
    """
    nodes = [Node(np.arange(matrix.shape[0]), None)]
    forms = [np.arange(matrix.shape[1])]
    open_nodes = {0}
    for _ in range(_DIVISIONS * leaves):
        large = [number for number in open_nodes if len(nodes[number].rows) >= min_size]
        if not large or sum(node.children is None and len(node.rows) >= min_size for node in nodes) >= leaves:
            break
        number = min(large, key=lambda each: (-len(nodes[each].rows), each))
        open_nodes.remove(number)
        rows = nodes[number].rows
        part = matrix[rows][:, forms[number]]
        divided = divide(part)
        if divided is None or not _beyond_chance(part, divided.chi2, shuffles, seed + number):
            continue
        sides = sorted((np.flatnonzero(divided.side == side) for side in (0, 1)), key=lambda found: (-len(found), found[0]))
        children = (len(nodes), len(nodes) + 1)
        nodes[number] = Node(rows, nodes[number].parent, divided.chi2, children)
        for own, other in (sides, sides[::-1]):
            nodes.append(Node(rows[own], number))
            forms.append(forms[number][_kept_forms(part[own], part[other])])
        open_nodes.update(children)
    return nodes


@dataclass(frozen=True)
class Division:
    """Side of each row (0, 1, or -1 for a row without a form), and chi-square of the table side x form."""

    side: Array
    chi2: float


def divide(matrix: Any, beyond: float = 0.0) -> Division | None:
    """The best cut of the rows along the first axis of their correspondence analysis, then moved row by row.

    At the end no single row raises the chi-square of the table side x form by changing sides. None if there is nothing to
    divide: fewer than two different rows or forms; or if no cut has a chi-square per occurrence of `beyond`, because the
    inertia of the first axis, which no cut exceeds, is smaller.
    """
    used = np.flatnonzero(np.diff(matrix.indptr))
    part = matrix if len(used) == matrix.shape[0] else matrix[used]
    part.prune()
    forms = np.flatnonzero(_per_form(part))
    part = part if len(forms) == part.shape[1] else part[:, forms].tocsr()
    if min(part.shape) < 2:
        return None
    axis = _first_axis(part, beyond)
    if axis is None:
        return None
    order = np.lexsort((np.arange(len(used)), np.round(axis, 9)))
    first, best = _best_cut(part[order])
    if best <= _EPS * part.sum():
        return None
    side = np.ones(len(used), np.int64)
    side[order[:first]] = 0
    side, chi2 = _move(part, side)
    whole = np.full(matrix.shape[0], -1, np.int64)
    whole[used] = side
    return Division(whole, chi2)


def _beyond_chance(matrix: Any, chi2: float, shuffles: int, seed: int) -> bool:
    """Whether chi-square per occurrence is above that of the best division of every shuffled table."""
    from scipy import sparse

    random = np.random.default_rng(seed)
    indices = matrix.indices[: matrix.nnz]
    for _ in range(shuffles):
        cells = (np.ones(matrix.nnz, np.int32), random.permutation(indices), matrix.indptr.copy())
        dealt = sparse.csr_array(cells, shape=matrix.shape)
        dealt.sum_duplicates()
        dealt.data[:] = 1
        division = divide(dealt, chi2 / matrix.nnz)
        if division is not None and division.chi2 / dealt.nnz >= chi2 / matrix.nnz:
            return False
    return True


def _per_form(matrix: Any) -> Array:
    """In how many rows of a binary CSR matrix each form stands."""
    return np.bincount(matrix.indices[: matrix.nnz], minlength=matrix.shape[1])


def _first_axis(matrix: Any, beyond: float = 0.0) -> Array | None:
    """Coordinates of rows on the first axis of correspondence analysis, up to sign and scale; None if its inertia is below `beyond`."""
    from scipy import sparse

    rows, columns = np.diff(matrix.indptr).astype(float), _per_form(matrix).astype(float)
    total = rows.sum()
    cells = np.repeat(1 / np.sqrt(rows), np.diff(matrix.indptr)) * (1 / np.sqrt(columns))[matrix.indices]
    scaled = sparse.csr_array((cells, matrix.indices, matrix.indptr), shape=matrix.shape)
    flipped = scaled.T.tocsr()
    u, v = np.sqrt(rows / total), np.sqrt(columns / total)  # the trivial axis, taken away

    def by_columns(x: Array) -> Array:
        product: Array = scaled @ x - u * (v @ x)
        return product

    def by_rows(y: Array) -> Array:
        product: Array = flipped @ y - v * (u @ y)
        return product

    if matrix.shape[0] <= matrix.shape[1]:
        axis = _leading(lambda y: by_columns(by_rows(y)), matrix.shape[0], beyond)
    else:
        found = _leading(lambda x: by_rows(by_columns(x)), matrix.shape[1], beyond)
        axis = None if found is None else by_columns(found)
    if axis is None:
        return None
    coordinates: Array = axis / np.sqrt(rows)
    return coordinates


def _leading(operator: Callable[[Array], Array], size: int, beyond: float) -> Array | None:
    """Leading eigenvector of a symmetric operator by restarted Lanczos iteration, always from one start.

    None as soon as the eigenvalue, with the residual of what is found so far added, is below `beyond`.
    """
    vector: Array = np.random.default_rng(0).normal(size=size)
    depth, value = min(_KRYLOV, size), 0.0
    basis = np.zeros((depth, size))
    for _ in range(_RESTARTS):
        basis[0] = vector / np.linalg.norm(vector)
        diagonal: list[float] = []
        beside: list[float] = []
        for step in range(depth):
            image = operator(basis[step])
            diagonal.append(float(basis[step] @ image))
            image -= diagonal[-1] * basis[step]
            if step:
                image -= beside[-1] * basis[step - 1]
            length = float(np.linalg.norm(image))
            if step == depth - 1 or length < _EPS:
                break
            beside.append(length)
            basis[step + 1] = image / length
        values, vectors = np.linalg.eigh(np.diag(diagonal) + np.diag(beside, 1) + np.diag(beside, -1))
        if values[-1] + length * abs(vectors[-1, -1]) < beyond:
            return None
        vector = vectors[:, -1] @ basis[: len(diagonal)]
        if values[-1] - value <= _AXIS * values[-1]:
            break
        value = float(values[-1])
    return vector


def _best_cut(ordered: Any) -> tuple[int, float]:
    """How many of the first rows to cut off for the largest chi-square of the table of two sides by forms, and that value.

    With a_j occurrences of form j among the first rows, of c_j in all, chi-square is N²/(n1 n2) (A - n1²/N) where A is the
    sum of a_j²/c_j: every row adds (2 a_j + 1)/c_j for each of its forms.
    """
    columns = _per_form(ordered)
    narrow = np.uint16 if len(columns) <= 2**16 else ordered.indices.dtype  # sorted by radix
    by_form = np.argsort(ordered.indices.astype(narrow), kind="stable")
    before = np.empty(len(by_form), np.int64)
    before[by_form] = np.arange(len(by_form)) - np.repeat(np.cumsum(columns) - columns, columns)
    gained = np.cumsum((2 * before + 1) / columns[ordered.indices])
    ends = ordered.indptr[1:-1]
    chi2 = _chi2(gained[ends - 1], ends.astype(float), float(ordered.nnz))
    cut = int(np.argmax(np.round(chi2, 6)))
    return cut + 1, float(chi2[cut])


def _chi2(squares: Any, inside: Any, total: float) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        return total**2 / (inside * (total - inside)) * (squares - inside**2 / total)


def _move(matrix: Any, side: Array) -> tuple[Array, float]:
    """Move single rows to the other side, the best first, as long as chi-square rises."""
    side = side.copy()
    sizes = np.diff(matrix.indptr)
    total, columns = float(matrix.nnz), _per_form(matrix).astype(float)
    own = matrix @ (1 / columns)
    inside = np.bincount(matrix.indices[np.repeat(side == 0, sizes)], minlength=matrix.shape[1]).astype(float)
    n = float(inside.sum())
    squares = float((inside**2 / columns).sum())
    chi2 = float(_chi2(squares, n, total))
    while True:
        sign = np.where(side == 0, -1, 1)
        after = n + sign * sizes
        gained = _chi2(squares + own + 2 * sign * (matrix @ (inside / columns)), after, total)
        gained[(after <= 0) | (after >= total)] = -1
        better = np.flatnonzero(gained > chi2 + _EPS * total)
        if not len(better):
            return side, chi2
        for row in better[np.lexsort((better, -np.round(gained[better], 6)))]:
            forms = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
            step = -1.0 if side[row] == 0 else 1.0
            moved = squares + own[row] + 2 * step * float((inside[forms] / columns[forms]).sum())
            there = n + step * len(forms)
            if 0 < there < total and (value := float(_chi2(moved, there, total))) > chi2 + _EPS * total:
                side[row] = 1 - side[row]
                inside[forms] += step
                squares, n, chi2 = moved, there, value


def _kept_forms(own: Any, other: Any) -> Array:
    """Forms that count in a class: frequent enough there, and not those that belong to the other side."""
    here, there = (_per_form(part).astype(float) for part in (own, other))
    chi2 = signed_chi2(here, here + there, own.shape[0], own.shape[0] + other.shape[0])
    contingency = np.sqrt(np.abs(chi2) / (np.abs(chi2) + own.shape[0] + other.shape[0]))
    return np.flatnonzero((here >= LEAST) & ~((chi2 < 0) & (contingency > _CONTINGENCY)))


def signed_chi2(count: Array, total: Array, size: Any, units: int) -> Array:
    """Chi-square (1 degree of freedom) of presence in a class of `size` units of `units`; negative if rarer than expected."""
    count, total, size = np.broadcast_arrays(*(np.asarray(values, float) for values in (count, total, size)))
    difference = count * units - total * size
    with np.errstate(divide="ignore", invalid="ignore"):
        chi2 = np.sign(difference) * difference**2 * units / (total * (units - total) * size * (units - size))
    found: Array = np.nan_to_num(chi2, nan=0.0, posinf=0.0, neginf=0.0)
    return found


def terminal(nodes: list[Node], min_size: int, number: int = 0) -> list[int]:
    """The classes of a tree: its last divisions of at least `min_size` rows, or the class above where both sides are smaller."""
    children = nodes[number].children or ()
    found = [leaf for child in children for leaf in terminal(nodes, min_size, child)]
    if found or number == 0:
        return found
    return [number] if len(nodes[number].rows) >= min_size else []
