"""A few hundred drawn requests; `python -m benchmarks.partner_api` draws ten thousand."""

from pathlib import Path

from benchmarks.partner_api.__main__ import fuzz


def test_whatever_is_sent_the_api_keeps_its_word(tmp_path: Path):
    status, said, answers, are_right = fuzz(
        f"sqlite+aiosqlite:///{tmp_path / 'fuzz.db'}", tmp_path, cases=25, seed=1840
    )
    assert status == 0, said
    assert sum(answers.values()) >= 180
    assert {answer for answer in answers if answer.startswith(("5", "None"))} == set()
    assert answers["200 ok"] > 20
    assert are_right
