"""Where each actor stands, and its community: the same graph gives the same picture, always.

Forces as in ForceAtlas2 (Jacomy et al. 2014): actors repel each other by degree, ties pull, gravity
keeps parts together; steps are capped by a falling temperature (Fruchterman & Reingold 1991). Repulsion
between many actors is a convolution on a grid (as in FIt-SNE, Linderman et al. 2019), which makes a
step linear in actors. Communities are Louvain's (Blondel et al. 2008), and start apart from each other.
Actors that stood in an earlier picture stay where they were.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from kg.views.kept_layout import Place, Places

Points = NDArray[np.float64]  # one (x, y) a row
Numbers = NDArray[np.float64]
Edges = NDArray[np.intp]  # one pair of actors a row
Flags = NDArray[np.bool_]

SPACING = 90.0  # between neighbours, in the page's pixels at 100 %
STEPS = 120
GRAVITY = 0.4
EXACT = 500  # up to so many actors every pair is counted; beyond, the grid is faster
GRID = 128
GOLDEN = math.pi * (3 - math.sqrt(5))
_WIDE = 1.15  # screens are wider than high
_WIND = SPACING * 0.12  # how far the spiral goes out in a radian


def place(actors: Sequence[str], ties: Mapping[tuple[str, str], int], kept: Places) -> dict[str, Place]:
    """The place of every actor, coordinates rounded to 3 decimals; actors in `kept` stay where they are.

    `ties` gives the number of claims of each ordered pair. An actor without ties has community -1 and
    stands in a ring around the others.

    >>> place(["a", "b", "c"], {("a", "b"): 1}, {"a": (5.0, 5.0, 0)})["a"]
    (5.0, 5.0, 0)
    """
    weights = _undirected(ties)
    linked, loners = _with_ties(actors, weights)
    index = {a: i for i, a in enumerate(linked)}
    edges = np.array([[index[a], index[b]] for a, b in weights], dtype=np.intp).reshape(-1, 2)
    strength = 1 + np.log(np.array(list(weights.values()), dtype=float))
    groups = _communities(len(linked), edges, strength)
    points = _points(linked, edges, strength, groups, kept)
    ring = _ring(loners, points, kept)
    names = _names(linked, groups, kept)
    found: dict[str, Place] = {a: _place(p, names[g]) for a, p, g in zip(linked, points, groups, strict=True)}
    return found | {a: _place(p, -1) for a, p in zip(loners, ring, strict=True)}


def _undirected(ties: Mapping[tuple[str, str], int]) -> Counter[tuple[str, str]]:
    """The number of claims of each pair, in whichever direction."""
    weights: Counter[tuple[str, str]] = Counter()
    for (a, b), count in ties.items():
        weights[min(a, b), max(a, b)] += count
    return weights


def _with_ties(actors: Sequence[str], pairs: Iterable[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """The actors that are in a pair, and the others."""
    ends = {end for pair in pairs for end in pair}
    return [a for a in actors if a in ends], [a for a in actors if a not in ends]


def _place(point: Numbers, group: int) -> Place:
    return round(float(point[0]), 3) + 0.0, round(float(point[1]), 3) + 0.0, group


def _communities(n: int, edges: Edges, strength: Numbers) -> list[int]:
    """The community of each of n actors, numbered from the largest."""
    import networkx as nx  # slow to import

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
    names = _elected(votes)
    free = iter(i for i in range(2 * len(actors)) if i not in set(names.values()))
    return {group: names[group] if group in names else next(free) for group in sorted(set(groups))}


def _elected(votes: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """The earlier numbers that groups go on with: the most votes choose first, each number is given once."""
    names: dict[int, int] = {}
    for (group, old), _ in sorted(votes.items(), key=lambda v: (-v[1], v[0])):
        if old >= 0 and group not in names and old not in names.values():
            names[group] = old
    return names


def _points(
    actors: Sequence[str], edges: Edges, strength: Numbers, groups: Sequence[int], kept: Places
) -> Points:
    """Points of all actors: the kept ones, those tied to them, then every other component around them."""
    still, points = _kept_points(actors, kept)
    parts = _components(len(actors), edges)
    old, new = _by_age(parts, still)
    if old:
        points[old] = _join(old, points, edges, strength, still)
    shapes = [_shape(part, edges, strength, groups) for part in new]
    taken = [(0.0, 0.0, _reach(points[old]))] if old else []
    for part, shape, centre in zip(new, shapes, _packed([_reach(s) for s in shapes], taken), strict=True):
        points[part] = shape + centre
    return points


def _by_age(parts: Iterable[list[int]], still: Flags) -> tuple[list[int], list[list[int]]]:
    """The actors of components that hold a kept one, and the other components."""
    old: list[int] = []
    new: list[list[int]] = []
    for part in parts:
        if still[part].any():
            old += part
        else:
            new.append(part)
    return old, new


def _kept_points(actors: Sequence[str], kept: Places) -> tuple[Flags, Points]:
    """Which actors stay where they are, and their points; those of others are nothing yet."""
    still = np.array([a in kept for a in actors], dtype=bool)
    points = np.zeros((len(actors), 2))
    points[still] = np.array([kept[a][:2] for a in actors if a in kept]).reshape(-1, 2)
    return still, points


def _shape(part: Sequence[int], edges: Edges, strength: Numbers, groups: Sequence[int]) -> Points:
    """Points of a component that holds no kept actor."""
    own_edges, own_strength = _within(part, edges, strength)
    own_groups = np.unique(np.array(groups)[part], return_inverse=True)[1]
    return _apart(_fitted(_from_communities(own_edges, own_strength, own_groups)))


def _components(n: int, edges: Edges) -> list[list[int]]:
    """The connected components, the largest first."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from((int(a), int(b)) for a, b in edges)
    return sorted((sorted(c) for c in nx.connected_components(graph)), key=lambda c: (-len(c), c[0]))


def _within(part: Sequence[int], edges: Edges, strength: Numbers) -> tuple[Edges, Numbers]:
    """The edges of a component, by the numbers its actors have within it."""
    number = np.full(int(max(part)) + 1 if not len(edges) else int(max(max(part), edges.max())) + 1, -1)
    number[list(part)] = np.arange(len(part))
    own = number[edges[:, 0]] >= 0
    return number[edges[own]], strength[own]


def _join(part: Sequence[int], points: Points, edges: Edges, strength: Numbers, still: Flags) -> Points:
    """Points of components that hold kept actors: these hold still while new ones find a place by them."""
    own_edges, own_strength = _within(part, edges, strength)
    own, known = points[list(part)], still[list(part)].copy()
    while not known.all():  # each round reaches those one tie further from the kept ones
        sums, counts = np.zeros_like(own), np.zeros(len(own))
        for a, b in (own_edges.T, own_edges.T[::-1]):
            near = known[a] & ~known[b]
            np.add.at(sums, b[near], own[a[near]])
            np.add.at(counts, b[near], 1)
        found = np.flatnonzero(counts)
        offsets = _sunflower(len(found)) * SPACING / math.sqrt(len(found))
        own[found] = sums[found] / counts[found, None] + offsets
        known[found] = True
    free = ~still[list(part)]
    return _settle(own, own_edges, own_strength, free) if free.any() else own


def _packed(sizes: Sequence[float], taken: list[tuple[float, float, float]]) -> list[Numbers]:
    """Centres for discs of those radii around what is taken, none over another: each goes out on a spiral."""
    discs, centres = np.array(taken).reshape(-1, 3), []
    first = step = _outside(taken[0][2] if taken else max(sizes, default=0.0))
    for i, size in enumerate(sizes):
        if i and size < sizes[i - 1]:
            step = max(first, step // 2)  # a smaller one may fit further in
        while len(discs):
            apart = _length(discs[:, :2] - _spiral(step))[:, 0] - discs[:, 2] - size
            if (apart > SPACING * 0.5).all():
                break
            step += 1
        centres.append(_spiral(step) if len(discs) else np.zeros(2))
        discs = np.vstack([discs, [*centres[-1], size]])
    return centres


def _spiral(step: int) -> Numbers:
    """A point on a spiral, even steps apart."""
    angle = math.sqrt(step) * 1.2
    return np.array([math.cos(angle) * _WIDE, math.sin(angle)]) * angle * _WIND


def _outside(radius: float) -> int:
    """The step from which the spiral may leave a disc about the middle."""
    return int((radius / (1.2 * _WIDE * _WIND)) ** 2)


def _reach(points: Points) -> float:
    return float(_length(points).max()) if len(points) else 0.0


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


def _settle(points: Points, edges: Edges, strength: Numbers, free: Flags) -> Points:
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
    n, points = len(points), points - (points.max(axis=0) + points.min(axis=0)) / 2
    spread = math.sqrt(float((points**2).sum(axis=1).mean()))
    return points * (SPACING * math.sqrt(n) / 2 * n / (n + 1.5) / max(spread, 1e-9))


def _apart(points: Points, least: float = SPACING * 0.85, rounds: int = 60) -> Points:
    """The points moved so far that hardly two are closer than `least`, so that none hides another."""
    points = points.copy()
    for _ in range(rounds):
        a, b = _close(points, least)
        if not len(a):
            break
        apart = points[b] - points[a]
        length = np.maximum(_length(apart), 1e-6)
        push = apart / length * (least - length) / 2
        np.add.at(points, b, push)
        np.subtract.at(points, a, push)
    return points


def _close(points: Points, least: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The pairs of points closer than `least`, found among neighbours in a grid of that width."""
    cells = np.floor(points / least).astype(np.intp)
    keys = cells[:, 0] * 1_000_003 + cells[:, 1]
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    left, right = [], []
    for dx, dy in ((0, 0), (0, 1), (1, -1), (1, 0), (1, 1)):
        wanted = keys + dx * 1_000_003 + dy
        low, high = np.searchsorted(ranked, wanted, "left"), np.searchsorted(ranked, wanted, "right")
        a = np.repeat(np.arange(len(points)), high - low)
        within = np.arange(len(a)) - np.repeat(np.cumsum(high - low) - (high - low), high - low)
        b = order[np.repeat(low, high - low) + within]
        near = (_length(points[a] - points[b])[:, 0] < least) & ((a < b) if (dx, dy) == (0, 0) else True)
        left.append(a[near])
        right.append(b[near])
    return np.concatenate(left), np.concatenate(right)


def _ring(actors: Sequence[str], points: Points, kept: Places) -> Points:
    """Places around the picture for actors without ties."""
    reach = _reach(points) + SPACING
    disc = _sunflower(len(actors)) * SPACING
    ring = disc + disc / np.maximum(_length(disc), 1e-9) * reach * 1.1
    for i, a in enumerate(actors):
        if a in kept:
            ring[i] = kept[a][:2]
    return ring
