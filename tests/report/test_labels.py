from itertools import combinations

from presstm.report.labels import Room, around


def apart(one, other):
    return one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]


def test_labels_of_one_place_go_around_it_and_then_there_is_no_room():
    room = Room((0, 0, 400, 400), dots=[around((200, 200), 9)])
    placed = [room.place((200, 200), (60, 12), 11) for _ in range(12)]
    boxes = [each[0] for each in placed if each]
    assert 4 <= len(boxes) < 12
    assert all(apart(*pair) for pair in combinations(boxes, 2))
    assert all(apart(box, room.dots[0]) for box in boxes)


def test_a_label_stays_in_its_frame():
    room = Room((0, 0, 200, 100), dots=[around((3, 3), 5)])
    box, end = room.place((3, 3), (60, 12), 6)
    assert box[0] >= 0
    assert box[1] >= 0
    assert end is None


def test_a_label_further_away_is_joined_by_a_line_that_crosses_no_label():
    rows = [(150, 182, 250, 196), (150, 204, 250, 218)]
    room = Room((0, 0, 400, 400), labels=list(rows), dots=[around((200, 200), 5)])
    assert room.place((200, 200), (70, 12), 6) is None
    box, end = room.place((200, 200), (70, 12), 6, (14, 40, 90))
    assert box[0] > 250
    assert end == (box[0], 200)
    assert all(apart((200, 199.9, box[0], 200.1), row) for row in rows)
