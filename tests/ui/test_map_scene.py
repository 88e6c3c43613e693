"""What is on the map and where: cells, picking, neighbours, pixels, labels, colours. Without a window."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic_map import make_map_files, make_topics

from dedupe_app.records import Detail, Relation, Topic
from dedupe_app.ui import map_colours
from dedupe_app.ui.map_camera import fit, fit_part
from dedupe_app.ui.map_drawing import Order, draw_moved, draw_quickly, draw_well
from dedupe_app.ui.map_labels import detail_at, place_labels
from dedupe_app.ui.map_raster import FAR, NEAR, draw_dots, moving_style, resting_style
from dedupe_app.ui.map_scene import make_scene

WHITE = 0xFFFFFF


@pytest.fixture(scope="module")
def scene():
    return make_scene(make_map_files(3000))


# ---- the camera ----------------------------------------------------------------------------------


@given(
    factor=st.floats(0.1, 10),
    across=st.floats(0, 700),
    down=st.floats(0, 500),
)
def test_going_nearer_keeps_what_is_under_the_pointer(factor, across, down):
    before = fit((-1, -1, 1, 1), 700, 500)
    after = before.zoomed(factor, across, down)
    place = before.to_map(across, down)
    assert after.to_screen(*place) == pytest.approx((across, down), abs=1e-6)


def test_everything_fits():
    camera = fit((-3, 2, 5, 4), 640, 480)
    left, top, right, bottom = camera.bounds()
    assert left < -3 < 5 < right
    assert top < 2 < 4 < bottom
    assert camera.zoom == 1


def test_moving_moves_by_pixels():
    camera = fit((-1, -1, 1, 1), 600, 600)
    before = camera.to_screen(0.3, 0.2)
    after = camera.moved(25, -10).to_screen(0.3, 0.2)
    assert after == pytest.approx((before[0] + 25, before[1] - 10))


def test_looking_at_a_part():
    whole = fit((-1, -1, 1, 1), 600, 600)
    near = fit_part(whole, (0.1, 0.1, 0.2, 0.2))
    assert near.zoom > 5
    assert near.to_screen(0.15, 0.15) == pytest.approx((300, 300))


# ---- the scene -----------------------------------------------------------------------------------


def test_nothing_is_lost_when_sorted_into_cells(scene):
    found = make_map_files(3000)
    assert sorted(scene.data.files.tolist()) == sorted(found.files.tolist())
    place = {file: at for at, file in enumerate(found.files.tolist())}
    for row in range(0, 3000, 97):
        own = place[int(scene.data.files[row])]
        assert scene.data.formats[row] == found.formats[own]
        assert np.allclose((scene.x[row], scene.y[row]), found.places[own], atol=0.1)


def test_links_join_the_same_files_as_before(scene):
    found = make_map_files(3000)
    before = {frozenset(found.files[pair].tolist()) for pair in found.links}
    assert {frozenset(scene.data.files[pair].tolist()) for pair in scene.data.links} == before


@given(
    st.tuples(st.floats(-1.2, 1.2), st.floats(-1.2, 1.2)),
    st.floats(0.001, 0.5),
)
def test_the_nearest_is_found(scene, place, radius):
    squared = (scene.x - np.float32(place[0])) ** 2 + (scene.y - np.float32(place[1])) ** 2
    found = scene.nearest(*place, radius)
    best = float(np.sqrt(squared.min()))
    if found >= 0:
        assert np.sqrt(squared[found]) == pytest.approx(best, abs=1e-6)
    else:
        assert best > radius - 1e-6


def test_files_in_sight_are_all_there(scene):
    bounds = (-0.2, -0.1, 0.3, 0.25)
    rows = scene.rows_in(bounds)
    inside = (scene.x >= bounds[0]) & (scene.x <= bounds[2])
    inside &= (scene.y >= bounds[1]) & (scene.y <= bounds[3])
    assert set(np.flatnonzero(inside)) <= set(rows.tolist())
    assert len(rows) < len(scene)
    assert scene.rows_in((-9, -9, 9, 9)) is None


def test_neighbours_are_the_nearest(scene):
    squared = (scene.x - scene.x[5]) ** 2 + (scene.y - scene.y[5]) ** 2
    assert set(scene.neighbours(5, 4)) == set(np.argsort(squared)[1:5].tolist())


@pytest.mark.parametrize(
    ("direction", "sign"), [("left", (-1, 0)), ("right", (1, 0)), ("up", (0, -1)), ("down", (0, 1))]
)
def test_keys_go_that_way(scene, direction, sign):
    start = scene.nearest(0, 0, 9)
    to = scene.towards(start, direction)
    step = (scene.x[to] - scene.x[start]) * sign[0] + (scene.y[to] - scene.y[start]) * sign[1]
    assert step > 0


def test_the_outermost_has_nothing_beyond(scene):
    edge = int(scene.x.argmax())
    assert scene.towards(edge, "right") == edge


def test_copies_are_spread_around_their_place():
    found = make_map_files(40, places=np.zeros((40, 2)))
    scene = make_scene(found)
    assert len(np.unique(np.column_stack([scene.x, scene.y]), axis=0)) == 40
    assert np.abs(scene.x).max() < 0.05


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_files(count):
    scene = make_scene(make_map_files(count))
    assert len(scene) == count
    assert scene.nearest(0, 0, 99) == (-1 if count == 0 else scene.nearest(0, 0, 99))
    if count:
        assert len(scene.neighbours(0, 5)) == count - 1


# ---- pixels --------------------------------------------------------------------------------------


def order_for(scene, **more):
    colouring = map_colours.colour_by_topic(scene.data)
    given = {
        "scene": scene,
        "camera": fit(scene.bounds, 400, 300),
        "ratio": 1.0,
        "codes": colouring.codes,
        "table": colouring.colours(),
        "chosen": np.zeros(0, np.int64),
        "background": WHITE,
        "faded": 0.7,
    }
    return Order(**(given | more))


def test_files_at_one_place_are_not_strewn_over_the_map():
    scene = make_scene(make_map_files(30, places=np.zeros((30, 2))))
    left, top, right, bottom = scene.bounds
    assert np.ptp(scene.x) < 0.3 * (right - left)
    assert np.ptp(scene.y) < 0.3 * (bottom - top)


def test_a_dot_is_drawn_where_it_is():
    camera = fit((-1, -1, 1, 1), 100, 100)
    x, y = np.array([0.5], np.float32), np.array([-0.5], np.float32)
    colour = np.array([0xFF0072B2], np.uint32)
    across, down = (int(value) for value in camera.to_screen(0.5, -0.5))
    for style in (moving_style(1), resting_style(1)):
        picture = draw_dots(x, y, colour, camera, WHITE, style)
        assert picture.shape == (100, 100)
        assert picture[down, across] != 0xFFFFFFFF
        assert picture[5, 5] == 0xFFFFFFFF
    assert draw_dots(x, y, colour, camera, WHITE, moving_style(1))[down, across] == 0xFF0072B2


@pytest.mark.parametrize("count", [10, NEAR + 1, FAR + 1])
def test_all_ways_of_drawing_are_opaque_pictures(count):
    chance = np.random.default_rng(0)
    x, y = chance.uniform(-1, 1, (2, count)).astype(np.float32)
    colours = np.full(count, 0xFF009E73, np.uint32)
    camera = fit((-1, -1, 1, 1), 200, 150)
    for style in (moving_style(count), resting_style(count)):
        picture = draw_dots(x, y, colours, camera, 0x1B1F27, style)
        assert picture.shape == (150, 200)
        assert (picture >> 24 == 0xFF).all()
        assert (picture != 0xFF1B1F27).any()


def test_more_documents_are_stronger():
    camera = fit((-1, -1, 1, 1), 100, 100)
    x = np.concatenate([np.full(400, -0.5), np.full(1, 0.5), np.full(FAR, 0.0)]).astype(np.float32)
    y = np.concatenate([np.zeros(401), np.full(FAR, 0.9)]).astype(np.float32)
    black = np.full(len(x), 0xFF000000, np.uint32)
    picture = draw_dots(x, y, black, camera, WHITE, resting_style(len(x)))
    many = picture[50, int(camera.to_screen(-0.5, 0)[0])] & 0xFF
    one = picture[50, int(camera.to_screen(0.5, 0)[0])] & 0xFF
    assert many < one < 0xFF


def test_dots_out_of_sight_are_no_error(scene):
    far = fit((50, 50, 51, 51), 80, 60)
    for draw in (draw_quickly, draw_well):
        picture = draw(order_for(scene, camera=far)).pixels
        assert (picture == 0xFFFFFFFF).all()


def test_what_is_not_chosen_fades(qapp, scene):
    plain = draw_well(order_for(scene)).pixels
    chosen = draw_well(order_for(scene, chosen=np.array([3]))).pixels
    light = (plain & 0xFF).mean(), (chosen & 0xFF).mean()
    assert light[1] > light[0]


def test_screens_with_small_pixels_get_more_of_them(qapp, scene):
    assert draw_well(order_for(scene, ratio=2.0)).pixels.shape == (600, 800)


@pytest.mark.parametrize("count", [800, NEAR + 500, FAR + 5000])
@pytest.mark.parametrize(
    ("across", "down", "ratio"), [(9, 0, 1.0), (-6, 4, 1.0), (0, -11, 2.0), (7, 7, 1.5)]
)
def test_a_shifted_picture_is_the_same_as_one_drawn_anew(qapp, count, across, down, ratio):
    scene = make_scene(make_map_files(count))
    before = draw_well(order_for(scene, ratio=ratio, camera=fit(scene.bounds, 300, 200)))
    camera = before.order.camera.moved(across / ratio, down / ratio)
    order = order_for(scene, ratio=ratio, camera=camera)
    order = replace(order, codes=before.order.codes, chosen=before.order.chosen)
    moved = draw_moved(before, order)
    anew = draw_well(order)
    assert moved.style == anew.style
    # The places of dots are rounded to pixels from another corner: a few may fall on the other side.
    inner = np.s_[8:-8, 8:-8]
    other = moved.pixels[inner] != anew.pixels[inner]
    assert other.mean() < 0.02
    assert draw_moved(moved, replace(order, camera=moved.order.camera)) is moved


def test_what_cannot_be_shifted_is_not(qapp, scene):
    before = draw_quickly(order_for(scene))
    like = replace(before.order)
    camera = like.camera
    for other in (
        replace(like, camera=camera.zoomed(1.1, 3, 3)),
        replace(like, camera=camera.moved(399, 0)),
        replace(like, camera=camera.resized(500, 300, scene.bounds)),
        replace(like, chosen=np.array([1])),
        replace(like, background=0),
        replace(like, codes=like.codes.copy()),
    ):
        assert draw_moved(before, other) is None


# ---- labels --------------------------------------------------------------------------------------


def measure(name):
    return 8.0 * len(name), 16.0


def test_labels_do_not_overlap(scene):
    topics = make_topics(200)
    for zoom in (1, 3, 8):
        camera = fit((-1, -1, 1, 1), 700, 700).zoomed(zoom, 350, 350)
        labels = place_labels(topics, camera, measure, [(0, 0, 700, 46)])
        assert labels
        for one in labels:
            assert one.top >= 46
            assert one.left >= 0
            assert one.left + one.width <= 700
            for other in labels:
                if one is not other:
                    apart = (
                        one.left + one.width <= other.left
                        or other.left + other.width <= one.left
                        or one.top + one.height <= other.top
                        or other.top + other.height <= one.top
                    )
                    assert apart


def test_nearer_there_are_names_of_more_detail():
    assert [detail_at(zoom) for zoom in (1, 2, 9)] == [Detail.BROAD, Detail.MIDDLE, Detail.FINE]
    topics = [Topic(Detail.BROAD, "Mills", 90, 0, 0, 1), Topic(Detail.FINE, "Tides", 9, 0.01, 0, 2)]
    whole = fit((-1, -1, 1, 1), 700, 700)
    assert [label.topic.name for label in place_labels(topics, whole, measure)] == ["Mills"]
    near = [label.topic.name for label in place_labels(topics, whole.zoomed(9, 350, 350), measure)]
    assert near[0] == "Tides"


def test_large_topics_come_first():
    topics = [Topic(Detail.BROAD, f"Topic {n}", n, 0.0, 0.0, n) for n in range(1, 40)]
    labels = place_labels(topics, fit((-1, -1, 1, 1), 300, 300), measure)
    assert labels[0].topic.texts == 39
    assert len(labels) < 39


# ---- colours -------------------------------------------------------------------------------------


def test_every_file_has_a_colour_in_every_look(qapp, scene):
    made = [
        map_colours.colour_by_topic(scene.data),
        map_colours.colour_by_relation(scene.data),
        map_colours.colour_by_format(scene.data),
        map_colours.colour_by_age(scene.data),
        map_colours.colour_by_folder(([n % 15 for n in range(3000)], [f"f{n}" for n in range(15)])),
    ]
    for colouring in made:
        assert len(colouring.codes) == len(scene)
        assert colouring.codes.min() >= 0
        assert colouring.codes.max() < len(colouring.entries)
        assert len(colouring.colours()) == len(colouring.entries)
        assert all(name for name, _ in colouring.entries)


def test_near_topics_differ_in_colour():
    topics = tuple(
        Topic(Detail.BROAD, f"Topic {n}", 90 - n, (n % 6) / 6, (n // 6) / 6, n + 1)
        for n in range(30)
    )
    found = make_map_files(10, topics=topics)
    places = [place for _, place in map_colours.colour_by_topic(found).entries[:-1]]
    for one, own in zip(topics, places, strict=True):
        near = [
            place
            for other, place in zip(topics, places, strict=True)
            if other is not one and abs(other.x - one.x) + abs(other.y - one.y) < 0.2
        ]
        assert own not in near


def test_relations_say_which_they_are(scene):
    colouring = map_colours.colour_by_relation(scene.data)
    lonely = scene.data.relations == 0
    assert (colouring.codes[lonely] == len(Relation)).all()
    assert (colouring.codes[~lonely] == scene.data.relations[~lonely] - 1).all()
