"""The bank test in short: tellers are killed amid transfers, and no kopiyka is lost or doubled. See benchmarks/bank."""

from pathlib import Path

from benchmarks.bank.run import Bank, Plan


def test_killed_tellers_lose_and_double_nothing(tmp_path: Path) -> None:
    plan = Plan(kills=3, transfers=200, accounts=40, pause_s=(0.2, 1.0), time_limit_s=120)
    outcome = Bank(f"sqlite+aiosqlite:///{tmp_path / 'bank.db'}", tmp_path, plan, None).run()
    assert outcome.is_right, outcome
    assert outcome.kills.total() >= 3
    assert outcome.findings.acknowledged >= 200
    assert outcome.looks


def test_a_careless_teller_is_caught(tmp_path: Path) -> None:
    plan = Plan(kills=1, transfers=100, accounts=10, tellers=("naive", "naive"), time_limit_s=120)
    outcome = Bank(f"sqlite+aiosqlite:///{tmp_path / 'bank.db'}", tmp_path, plan, None).run()
    assert not outcome.is_right
    assert outcome.findings.drifted
    assert outcome.wrong_looks
