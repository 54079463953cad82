"""Where each actor stands, and its community: the same graph gives the same picture, always.

Forces as in ForceAtlas2 (Jacomy et al. 2014): actors repel each other by degree, ties pull, gravity
keeps parts together; steps are capped by a falling temperature (Fruchterman & Reingold 1991). Repulsion
between many actors is a convolution on a grid (as in FIt-SNE, Linderman et al. 2019), which makes a
step linear in actors. Communities are Louvain's (Blondel et al. 2008), and start apart from each other.
Actors that stood in an earlier picture stay where they were.
"""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.errors import InputError

Place = tuple[float, float, int]  # x, y, community
Places = Mapping[str, Place]
Points = NDArray[np.float64]  # one (x, y) a row
Numbers = NDArray[np.float64]
Edges = NDArray[np.intp]  # one pair of actors a row

SPACING = 90.0  # between neighbours, in the page's pixels at 100 %
STEPS = 120
GRAVITY = 0.4
EXACT = 500  # up to so many actors every pair is counted; beyond, the grid is faster
GRID = 128
GOLDEN = math.pi * (3 - math.sqrt(5))


def place(actors: Sequence[str], ties: Mapping[tuple[str, str], int], kept: Places) -> dict[str, Place]:
    """The place of every actor, coordinates rounded to 3 decimals; actors in `kept` stay where they are.

    `ties` gives the number of claims of each ordered pair. An actor without ties has community -1 and
    stands in a ring around the others.

    >>> place(["a", "b", "c"], {("a", "b"): 1}, {"a": (5.0, 5.0, 0)})["a"]
    (5.0, 5.0, 0)
    """
    weights: Counter[tuple[str, str]] = Counter()
    for (a, b), count in ties.items():
        weights[min(a, b), max(a, b)] += count
    ends = {end for pair in weights for end in pair}
    linked, loners = [a for a in actors if a in ends], [a for a in actors if a not in ends]
    index = {a: i for i, a in enumerate(linked)}
    edges = np.array([[index[a], index[b]] for a, b in weights], dtype=np.intp).reshape(-1, 2)
    strength = 1 + np.log(np.array(list(weights.values()), dtype=float))
    groups = _communities(len(linked), edges, strength)
    points = _with_kept(linked, edges, strength, groups, kept)
    ring = _ring(loners, points, kept)
    names = _names(linked, groups, kept)
    found: dict[str, Place] = {a: _place(p, names[g]) for a, p, g in zip(linked, points, groups, strict=True)}
    return found | {a: _place(p, -1) for a, p in zip(loners, ring, strict=True)}


def load(path: Path) -> dict[str, Place]:
    """The places kept in a `layout.json`; none where there is no such file.

    Raises InputError for a file that holds something else.
    """
    if not path.exists():
        return {}
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return {str(a): (float(x), float(y), int(group)) for a, (x, y, group) in kept["actors"].items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise InputError(
            f"{path} is not a layout that kg kept; delete it to lay out the graph anew"
        ) from None


def save(places: Places, path: Path) -> None:
    """Write the places to `path`, one actor a line, so that it diffs well."""
    lines = ",\n".join(f"  {json.dumps(a)}: {json.dumps(list(p))}" for a, p in sorted(places.items()))
    path.write_text(f'{{"actors": {{\n{lines}\n}}}}\n', encoding="utf-8", newline="\n")


def _place(point: Numbers, group: int) -> Place:
    return round(float(point[0]), 3) + 0.0, round(float(point[1]), 3) + 0.0, group


def _communities(n: int, edges: Edges, strength: Numbers) -> list[int]:
    """The community of each of n actors, numbered from the largest."""
    graph = nx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_weighted_edges_from(
        (int(a), int(b), float(w)) for (a, b), w in zip(edges, strength, strict=True)
    )
    found = nx.community.louvain_communities(graph, seed=0) if n else []
    groups = [0] * n
    for number, members in enumerate(sorted(found, key=lambda m: (-len(m), min(m)))):
        for i in members:
            groups[i] = number
    return groups


def _names(actors: Sequence[str], groups: Sequence[int], kept: Places) -> dict[int, int]:
    """The number each community goes by: the one most of its actors had before, else the next free one."""
    votes = Counter((g, kept[a][2]) for a, g in zip(actors, groups, strict=True) if a in kept)
    names: dict[int, int] = {}
    for (group, old), _ in sorted(votes.items(), key=lambda v: (-v[1], v[0])):
        if old >= 0 and group not in names and old not in names.values():
            names[group] = old
    free = iter(i for i in range(2 * len(actors)) if i not in set(names.values()))
    return {group: names[group] if group in names else next(free) for group in sorted(set(groups))}


def _with_kept(
    actors: Sequence[str], edges: Edges, strength: Numbers, groups: Sequence[int], kept: Places
) -> Points:
    """Points of all actors; those that are kept hold still while the new ones find a place by them."""
    still = np.array([a in kept for a in actors], dtype=bool)
    if not still.any():
        return _fitted(_from_communities(edges, strength, np.array(groups, dtype=np.intp)))
    points = _sunflower(len(actors)) * SPACING
    points[still] = [kept[a][:2] for a in actors if a in kept]
    known = still.copy()
    for _ in range(len(actors)):  # each round reaches those one tie further from the kept ones
        waiting = [(a, b) for a, b in edges if known[a] != known[b]]
        if not waiting:
            break
        for i in {int(b if known[a] else a) for a, b in waiting}:
            near = [points[b if a == i else a] for a, b in waiting if i in (a, b)]
            points[i] = np.mean(near, axis=0) + _sunflower(i + 2)[-1] / math.sqrt(i + 2) * SPACING
        known[[int(b if known[a] else a) for a, b in waiting]] = True
    return points if still.all() else _settle(points, edges, strength, ~still)


def _from_communities(edges: Edges, strength: Numbers, groups: Edges) -> Points:
    """A layout in two levels: first the communities as wholes, then everybody from there."""
    n, sizes = len(groups), np.bincount(groups)
    if len(sizes) < 2 or len(sizes) > n / 2:
        return _settle(_sunflower(n) * SPACING, edges, strength, np.ones(n, dtype=bool))
    between = groups[edges]
    between = between[between[:, 0] != between[:, 1]]
    centres = _sunflower(len(sizes)) * SPACING * math.sqrt(n / len(sizes))
    if len(between):
        pairs, counts = np.unique(np.sort(between, axis=1), axis=0, return_counts=True)
        scale = math.sqrt(n / len(sizes))
        every = np.ones(len(sizes), dtype=bool)
        centres = _settle(_sunflower(len(sizes)) * SPACING, pairs, 1 + np.log(counts), every) * scale
    points = centres[groups]
    for group, size in enumerate(sizes):
        points[groups == group] += _sunflower(int(size)) * SPACING * 0.6
    return _settle(points, edges, strength, np.ones(n, dtype=bool))


def _settle(points: Points, edges: Edges, strength: Numbers, free: NDArray[np.bool_]) -> Points:
    """The points after all steps; only those that are `free` move."""
    n = len(points)
    points = points / SPACING
    mass = 1 + np.bincount(edges.ravel(), minlength=n).astype(float)
    for step in range(STEPS):
        force = _repulsion(points, mass) + _attraction(points, edges, strength)
        force -= GRAVITY * mass[:, None] * points / np.maximum(_length(points), 1e-9)
        heat = math.sqrt(n) * 0.1 * (1 - step / STEPS) ** 1.5 + 0.01
        move = force / mass[:, None]
        points = points + np.where(
            free[:, None], move * np.minimum(1, heat / np.maximum(_length(move), 1e-9)), 0
        )
    return points * SPACING


def _attraction(points: Points, edges: Edges, strength: Numbers) -> Points:
    """Ties pull by their length."""
    a, b = edges.T
    total = np.zeros_like(points)
    pull = (points[b] - points[a]) * strength[:, None]
    np.add.at(total, a, pull)
    np.subtract.at(total, b, pull)
    return total


def _repulsion(points: Points, mass: Numbers) -> Points:
    """Everybody pushes everybody by masses over distance."""
    return (_exact if len(points) <= EXACT else _on_grid)(points, mass) * mass[:, None]


def _exact(points: Points, mass: Numbers) -> Points:
    apart = points[:, None] - points[None]
    push: Points = np.einsum("ijk,ij->ik", apart, mass / ((apart**2).sum(axis=2) + 0.01))
    return push


def _on_grid(points: Points, mass: Numbers) -> Points:
    """The same sum on a grid: masses spread to cells, one convolution by FFT, read back between cells."""
    low = points.min(axis=0)
    cell = float(np.max(points.max(axis=0) - low)) / (GRID - 2) + 1e-9
    at = (points - low) / cell
    base = at.astype(np.intp)
    part = at - base
    corners = [(dx, dy) for dx in (0, 1) for dy in (0, 1)]
    shares = [np.abs(1 - dx - part[:, 0]) * np.abs(1 - dy - part[:, 1]) for dx, dy in corners]
    flat = [(base[:, 0] + dx) * GRID + base[:, 1] + dy for dx, dy in corners]
    grid = sum(np.bincount(f, s * mass, GRID * GRID) for f, s in zip(flat, shares, strict=True))
    offsets = np.fft.fftfreq(2 * GRID, 1 / (2 * GRID)) * cell
    x, y = np.meshgrid(offsets, offsets, indexing="ij")
    spread = np.fft.rfft2(np.reshape(grid, (GRID, GRID)), (2 * GRID, 2 * GRID))
    force = []
    for axis in (x, y):
        kernel = np.fft.rfft2(axis / (x**2 + y**2 + 0.01))
        field = np.fft.irfft2(spread * kernel, (2 * GRID, 2 * GRID))[:GRID, :GRID].ravel()
        force.append(sum(s * field[f] for f, s in zip(flat, shares, strict=True)))
    return np.stack(force, axis=1)


def _length(vectors: Points) -> Points:
    length: Points = np.sqrt((vectors**2).sum(axis=1, keepdims=True))
    return length


def _sunflower(n: int) -> Points:
    """n points spread evenly over a disc, one to a unit of area (Vogel 1979)."""
    i = np.arange(n)
    r = np.sqrt((i + 0.5) / math.pi)
    return np.stack([r * np.cos(i * GOLDEN), r * np.sin(i * GOLDEN)], axis=1)


def _fitted(points: Points) -> Points:
    """The points about their middle, as far apart as SPACING asks."""
    if len(points) < 2:
        return points * 0
    points = points - (points.max(axis=0) + points.min(axis=0)) / 2
    reach = math.sqrt(float((points**2).sum(axis=1).mean()))
    return points * (SPACING * math.sqrt(len(points)) / 2 / max(reach, 1e-9))


def _ring(actors: Sequence[str], points: Points, kept: Places) -> Points:
    """Places around the picture for actors without ties."""
    reach = float(_length(points).max()) if len(points) else 0.0
    disc = _sunflower(len(actors)) * SPACING
    ring = disc + disc / np.maximum(_length(disc), 1e-9) * reach * 1.1
    for i, a in enumerate(actors):
        if a in kept:
            ring[i] = kept[a][:2]
    return ring
