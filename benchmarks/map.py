"""The map: repaint while panning, picking, and drawing it from neighbours; against pyqtgraph and umap-learn.

Run: .venv/bin/python benchmarks/map.py [--parts paint pick draw place] [--points 100000 1000000] [--texts 20000]

pyqtgraph is no dependency: have it on PYTHONPATH, or it is left out. Points lie around 300 centres by chance; the view
is 900x700, offscreen, and moves 7 pixels each time. Ours are given as the canvas paints them: the dots while they move
(thinned out beyond 300,000), all of them as squares, and the picture at rest, which another thread draws; with all else
that is painted over them (names, hint). Texts are vectors of 256 int8 around 300 centres. umap-learn runs as it comes,
seeded, on the same vectors with the same parameters, once cold (it compiles) and once warm.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from PySide6.QtWidgets import QApplication

    from dedupe_app.similarity.projection import Places, Steps
    from dedupe_app.ui.map_scene import Scene

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "ui"))

_FRAMES = 30
_WIDTH, _HEIGHT = 900, 700


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parts = ("paint", "pick", "draw", "place")
    parser.add_argument("--parts", nargs="+", choices=parts, default=list(parts))
    parser.add_argument("--points", nargs="+", type=int, default=[100_000, 1_000_000])
    parser.add_argument("--texts", type=int, default=20_000)
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for count in options.points:
        if {"paint", "pick"} & set(options.parts):
            measure_view(count, options.parts)
    if "draw" in options.parts:
        measure_drawing(options.texts)
    if "place" in options.parts:
        measure_placing()


def measure_view(count: int, parts: list[str]) -> None:
    from PySide6.QtWidgets import QApplication
    from synthetic_map import make_map_files, make_topics

    from dedupe_app.ui import theme
    from dedupe_app.ui.map_scene import make_scene

    application = QApplication.instance() or QApplication([])
    theme.apply(application, "light")
    began = time.perf_counter()
    scene = make_scene(make_map_files(count, topics=make_topics(300)))
    print(f"\n{count:,} files; the scene is made in {time.perf_counter() - began:.2f} s")
    if "pick" in parts:
        measure_picking(scene)
    if "paint" in parts:
        ours = paint_ours(application, scene)
        theirs = paint_theirs(application, scene)
        if theirs:
            print(
                f"  pyqtgraph / ours, while moving: {theirs[0] / ours[0]:.1f}x, "
                f"{theirs[1] / ours[1]:.1f}x of processor"
            )


def measure_picking(scene: Scene) -> None:
    chance = np.random.default_rng(1)
    for name, reach in (("whole map", 0.025), ("near", 0.002)):
        spent = []
        for x, y in chance.uniform(-1, 1, (300, 2)):
            began = time.perf_counter()
            scene.nearest(float(x), float(y), reach)
            spent.append((time.perf_counter() - began) * 1000)
        print(
            f"  picking, {name}: median {statistics.median(spent):.3f} ms, most {max(spent):.3f} ms"
        )


def paint_ours(application: QApplication, scene: Scene) -> tuple[float, float]:
    from dedupe_app.ui.map_canvas import MapCanvas
    from dedupe_app.ui.map_colours import colour_by_topic
    from dedupe_app.ui.map_drawing import draw_well
    from dedupe_app.ui.map_raster import draw_dots, moving_style

    canvas = MapCanvas()
    canvas.resize(_WIDTH, _HEIGHT)
    canvas.show()
    canvas.show_scene(scene, colour_by_topic(scene.data))
    canvas.hint = "many documents"
    application.processEvents()

    def pan() -> None:
        canvas.look(canvas.camera.moved(7, 3))
        canvas.repaint()

    moving = timed(pan)
    order = canvas.order()
    colours = order.table[order.codes]
    dots = scene.x, scene.y, colours, order.camera, order.background
    squares = timed(lambda: draw_dots(*dots, moving_style(len(scene))))
    resting = timed(lambda: draw_well(order), 5)
    print(
        f"  panning: {said(moving)}; every dot as a square {said(squares)}; at rest {said(resting)}"
    )
    canvas.close()
    return moving


def paint_theirs(application: QApplication, scene: Scene) -> tuple[float, float] | None:
    try:
        import pyqtgraph
    except ImportError:
        print("  pyqtgraph is not on PYTHONPATH")
        return None
    brushes = [pyqtgraph.mkBrush(colour) for colour in ("#0072b2", "#e69f00", "#009e73", "#cc79a7")]
    plot = pyqtgraph.PlotWidget()
    plot.resize(_WIDTH, _HEIGHT)
    began = time.perf_counter()
    dots = pyqtgraph.ScatterPlotItem(
        x=scene.x,
        y=scene.y,
        size=4,
        pen=None,
        brush=[brushes[code % 4] for code in range(len(scene))],
    )
    plot.addItem(dots)
    plot.show()
    application.processEvents()
    print(f"  pyqtgraph is ready in {time.perf_counter() - began:.1f} s")

    def pan() -> None:
        plot.getViewBox().translateBy(x=0.01, y=0.005)
        plot.repaint()
        application.processEvents()

    spent = timed(pan, 5 if len(scene) > 300_000 else 10)
    print(f"  pyqtgraph panning: {said(spent)}")
    plot.close()
    return spent


def measure_drawing(count: int) -> None:
    from sklearn.manifold import trustworthiness

    from dedupe_app.similarity.layout import NEIGHBOURS
    from dedupe_app.similarity.placing import unit
    from dedupe_app.similarity.projection import draw

    vectors = make_vectors(count)
    matrix = unit(vectors)
    print(f"\n{count:,} texts")
    spent, places = {}, {}
    for name in ("ours", "ours again"):
        began = time.perf_counter(), time.process_time()
        places[name] = run(draw(vectors))
        spent[name] = time.perf_counter() - began[0], time.process_time() - began[1]
    print(f"  the same again: {np.array_equal(places['ours'], places['ours again'])}")
    import umap

    for name in ("umap-learn, cold", "umap-learn, warm"):
        began = time.perf_counter(), time.process_time()
        model = umap.UMAP(
            n_neighbors=NEIGHBOURS, min_dist=0.3, metric="cosine", random_state=0, n_jobs=1
        )
        places[name] = model.fit_transform(matrix)
        spent[name] = time.perf_counter() - began[0], time.process_time() - began[1]
    some = np.random.default_rng(0).permutation(count)[:4000]
    for name, (wall, cpu) in spent.items():
        # Among a sample: of all pairs it would take a matrix of 3 GB.
        good = trustworthiness(matrix[some], places[name][some], n_neighbors=15, metric="cosine")
        print(f"  {name}: {wall:.1f} s, {cpu:.1f} s of processor; trustworthiness {good:.4f}")
    print(f"  umap-learn warm / ours: {spent['umap-learn, warm'][0] / spent['ours'][0]:.1f}x")


def measure_placing() -> None:
    from sklearn.manifold import trustworthiness

    from dedupe_app.similarity.placing import place_among, unit
    from dedupe_app.similarity.projection import draw

    vectors = make_vectors(5100)
    new = np.random.default_rng(0).permutation(5100)[:100]
    old = np.setdiff1d(np.arange(5100), new)
    base = run(draw(vectors[old]))
    began = time.perf_counter()
    placed = place_among(vectors[new], vectors[old], base)
    spent = time.perf_counter() - began
    both = np.empty((5100, 2))
    both[old], both[new] = base, placed
    full = run(draw(vectors))
    matrix = unit(vectors)
    print(f"\n100 texts placed among 5,000 in {spent * 1000:.0f} ms; the others moved by 0.0")
    own, theirs = (trust_of(matrix, each, new) for each in (both, full))
    print(
        f"  trustworthiness of the placed: {own:.4f}, in a full fit: {theirs:.4f}, {own / theirs:.3f}"
    )
    whole = [
        trustworthiness(matrix, each, n_neighbors=15, metric="cosine") for each in (both, full)
    ]
    print(f"  of the whole map: {whole[0]:.4f}, of a full fit: {whole[1]:.4f}")


def trust_of(
    matrix: NDArray[Any], places: Places, rows: NDArray[Any], neighbours: int = 15
) -> float:
    """Return the trustworthiness of some places, as sklearn defines it for all."""
    far = 1 - matrix[rows] @ matrix.T
    apart = ((places[rows][:, None] - places[None]) ** 2).sum(2)
    far[np.arange(len(rows)), rows] = apart[np.arange(len(rows)), rows] = np.inf
    rank = np.argsort(np.argsort(far, axis=1), axis=1) + 1
    near = np.argsort(apart, axis=1)[:, :neighbours]
    wrong = np.maximum(np.take_along_axis(rank, near, 1) - neighbours, 0).sum()
    count = len(matrix)
    return float(1 - 2 * wrong / (len(rows) * neighbours * (2 * count - 3 * neighbours - 1)))


def make_vectors(count: int) -> NDArray[np.int8]:
    chance = np.random.default_rng(0)
    centres = chance.standard_normal((300, 256))
    about = chance.integers(0, 300, count)
    vectors = centres[about] * chance.uniform(0.8, 1.5, (count, 1)) + chance.standard_normal(
        (count, 256)
    )
    return np.clip(np.round(vectors * 25), -127, 127).astype(np.int8)


def run(steps: Steps) -> Places:
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            return stop.value


def timed(deed: Callable[[], object], times: int = _FRAMES) -> tuple[float, float]:
    """Return seconds by the clock (the median) and of processor (the mean)."""
    deed()
    spent = []
    worked = time.process_time()
    for _ in range(times):
        began = time.perf_counter()
        deed()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent), (time.process_time() - worked) / times


def said(spent: tuple[float, float]) -> str:
    wall, cpu = spent
    return f"{wall * 1000:.1f} ms ({1 / wall:.0f} a second; {cpu * 1000:.1f} ms of processor)"


if __name__ == "__main__":
    main()
