"""Times that should not be the same for everybody."""

from datetime import timedelta

from mykyivstar.kit.spread import fresh_for

MOST = timedelta(seconds=2)


def test_everything_is_believed_between_half_of_the_time_and_all_of_it() -> None:
    times = [fresh_for(key, MOST) for key in range(1_000)]
    assert min(times) == MOST / 2
    assert MOST * 0.99 < max(times) < MOST
    assert len(set(times)) == 1_000


def test_neighbours_lie_far_apart() -> None:
    assert all(abs(fresh_for(key, MOST) - fresh_for(key + 1, MOST)) > MOST / 10 for key in range(100))
