import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm.errors import InputError
from presstm.running import sharding
from presstm.running.sharding import Shard


@given(st.integers(1, 50), st.integers(0, 300))
def test_the_shards_of_a_count_partition_the_rows_evenly(count, total):
    parts = [list(Shard(number, count).rows(total)) for number in range(1, count + 1)]
    assert sorted(row for part in parts for row in part) == list(range(total))
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


@given(st.integers(1, 50), st.integers(0, 300))
def test_the_stretches_of_a_count_follow_each_other_evenly(count, total):
    parts = [range(total)[Shard(number, count).stretch(total)] for number in range(1, count + 1)]
    assert [row for part in parts for row in part] == list(range(total))
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_shard_is_read_as_written_if_it_is_one_of_its_count(number, count):
    if number <= count:
        assert sharding.parse(f"{number}/{count}") == Shard(number, count)
    else:
        with pytest.raises(InputError):
            sharding.parse(f"{number}/{count}")


@pytest.mark.parametrize("text", ["0/4", "5/4", "x", "", "1", "1/", "/4", "1/0", "-1/4", "1/4/2", "1.0/4", "٣/٤", "1/4\n"])
def test_any_other_shard_gets_one_line(text):
    with pytest.raises(InputError, match=rf"^--shard {re.escape(text)}: expected i/n"):
        sharding.parse(text)
