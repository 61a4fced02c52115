"""What the books ask of the database beyond tables: that nothing posted ever changes, and posting in one round trip.

Written by hand, because autogenerate sees neither triggers nor functions. `install` and `remove` run at the end and at
the start of revision 0001, and `install` after the tables of a test.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from mykyivstar.db.migrations import references_sql

_FINAL = ("operation", "entry")

# REPLACE deletes too: with recursive_triggers, which every connection of ours has, these triggers see that. A trigger
# of its own that looks whether a new row would replace another was a third of what the books cost.
_SQLITE = tuple(
    f"CREATE TRIGGER {table}_no_{name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for table in _FINAL
    for name, when in (
        ("update", f"UPDATE ON {table}"),
        ("delete", f"DELETE ON {table}"),
    )
)

_REFUSE = """
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = TG_TABLE_NAME || ' is append-only';
END $$
"""

# Parallel arrays: `post_*` has an item for each posting, `leg_*` for each leg, `account_*` for each account. Every
# account is named once, in ascending order; legs name accounts and postings by their places. `post_end` is a
# posting's last leg, `post_first` the first posting of this call with the same key. With `together` one refusal
# refuses all of them. Decided before the first write: a refusal is an answer, not an error, and leaves the caller's
# transaction whole.
#
# Everything is found by an index, whatever there is: with plans that were made when the tables were small (those of the
# foreign keys' checks included) a call took ten times as long until statistics were taken again.
_POST = """
CREATE OR REPLACE FUNCTION ledger_post(
    together boolean, announced timestamptz, account_ids bigint[],
    post_keys text[], post_hashes text[], post_kinds text[], post_moments timestamptz[], post_reverses bigint[],
    post_reverses_entries bigint[], post_bound boolean[], post_first int[], post_end int[],
    leg_postings int[], leg_accounts int[], leg_amounts bigint[],
    leg_categories text[], leg_whys text[],
    OUT outcomes text[], OUT operation_ids bigint[], OUT moments timestamptz[], OUT missing bigint[],
    OUT balances bigint[], OUT line_ids bigint[], OUT internet_ids bigint[]
) LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    floors bigint[]; units text[]; old_hashes text[]; after_leg bigint[]; spent_by int[];
    account int; posting int; leg int; undone int; first_leg int := 1; same int;
    total bigint; now_has bigint; fresh int := 0; written int; is_known boolean; is_mixed boolean; outcome text;
BEGIN
    WITH held AS MATERIALIZED (
        SELECT id, balance, floor, unit, line_id, internet_account_id FROM ledger_account
        WHERE id = ANY (account_ids) ORDER BY id FOR NO KEY UPDATE
    )
    SELECT array_agg(h.balance ORDER BY a.place), array_agg(h.floor ORDER BY a.place),
           array_agg(h.unit::text ORDER BY a.place), array_agg(h.line_id ORDER BY a.place),
           array_agg(h.internet_account_id ORDER BY a.place)
    INTO balances, floors, units, line_ids, internet_ids
    FROM unnest(account_ids) WITH ORDINALITY AS a (id, place) LEFT JOIN held h ON h.id = a.id;

    SELECT array_agg(o.id ORDER BY p.place), array_agg(o.at ORDER BY p.place),
           array_agg(o.request_hash::text ORDER BY p.place)
    INTO operation_ids, moments, old_hashes
    FROM unnest(post_keys) WITH ORDINALITY AS p (key, place)
    LEFT JOIN LATERAL (SELECT id, at, request_hash FROM operation WHERE key = p.key LIMIT 1) o ON true;

    outcomes := array_fill(NULL::text, ARRAY[cardinality(post_keys)]);
    missing := array_fill(NULL::bigint, ARRAY[cardinality(post_keys)]);
    spent_by := array_fill(NULL::int, ARRAY[cardinality(post_keys)]);
    after_leg := array_fill(NULL::bigint, ARRAY[cardinality(leg_amounts)]);

    FOR posting IN 1 .. cardinality(post_keys) LOOP
        outcome := 'posted'; total := 0; is_known := true; is_mixed := false;
        FOR leg IN first_leg .. post_end[posting] LOOP
            account := leg_accounts[leg];
            total := total + leg_amounts[leg];
            is_known := is_known AND units[account] IS NOT NULL AND leg_amounts[leg] <> 0;
            is_mixed := is_mixed OR units[account] IS DISTINCT FROM units[leg_accounts[first_leg]];
        END LOOP;
        IF is_mixed THEN
            is_known := is_known AND NOT EXISTS (
                SELECT 1 FROM generate_series(first_leg, post_end[posting]) AS each_leg
                GROUP BY units[leg_accounts[each_leg]] HAVING sum(leg_amounts[each_leg]) <> 0
            );
        END IF;
        same := spent_by[post_first[posting]];
        IF total <> 0 OR NOT is_known THEN
            outcome := 'unbalanced';
        ELSIF old_hashes[posting] IS NOT NULL THEN
            outcome := CASE old_hashes[posting] WHEN post_hashes[posting] THEN 'repeat' ELSE 'mismatch' END;
        ELSIF same IS NOT NULL THEN
            outcome := CASE post_hashes[same] WHEN post_hashes[posting] THEN 'repeat' ELSE 'mismatch' END;
            operation_ids[posting] := operation_ids[same];
            moments[posting] := post_moments[same];
        ELSE
            FOR leg IN first_leg .. post_end[posting] LOOP
                account := leg_accounts[leg];
                now_has := balances[account] + leg_amounts[leg];
                IF post_bound[posting] AND leg_amounts[leg] < 0 AND now_has < floors[account] THEN
                    outcome := 'missing';
                    missing[posting] := floors[account] - now_has;
                    FOR undone IN first_leg .. leg - 1 LOOP
                        account := leg_accounts[undone];
                        balances[account] := balances[account] - leg_amounts[undone];
                        after_leg[undone] := NULL;
                    END LOOP;
                    EXIT;
                END IF;
                balances[account] := now_has;
                after_leg[leg] := now_has;
            END LOOP;
        END IF;
        outcomes[posting] := outcome;
        IF outcome = 'posted' THEN
            fresh := fresh + 1;
            operation_ids[posting] := nextval('operation_id_seq');
            moments[posting] := post_moments[posting];
            spent_by[post_first[posting]] := posting;
        ELSIF together AND outcome <> 'repeat' THEN
            RETURN;
        END IF;
        first_leg := post_end[posting] + 1;
    END LOOP;
    IF fresh = 0 THEN
        RETURN;
    END IF;

    INSERT INTO operation (id, key, request_hash, kind, at, reverses_id, reverses_entry_id)
    SELECT p.id, p.key, p.hash, p.kind, p.moment, p.reverses, p.entry
    FROM unnest(outcomes, operation_ids, post_keys, post_hashes, post_kinds, post_moments, post_reverses,
                post_reverses_entries) AS p (outcome, id, key, hash, kind, moment, reverses, entry)
    WHERE p.outcome = 'posted'
    ON CONFLICT (key) DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written < fresh THEN
        -- Only one that moves other accounts can have slipped in beside our lock.
        RAISE EXCEPTION USING ERRCODE = 'LK001', MESSAGE = 'an operation with one of these keys was posted meanwhile';
    END IF;

    INSERT INTO entry (id, operation_id, account_id, kind, category, amount, balance_after, at, explanation)
    SELECT operation_ids[l.posting] * 1024 + l.place - 1 - coalesce(post_end[l.posting - 1], 0),
           operation_ids[l.posting], account_ids[l.account], post_kinds[l.posting], l.category, l.amount, l.after_it,
           post_moments[l.posting], l.why::json
    FROM unnest(leg_postings, leg_accounts, leg_amounts, after_leg, leg_categories, leg_whys) WITH ORDINALITY
         AS l (posting, account, amount, after_it, category, why, place)
    WHERE l.after_it IS NOT NULL;

    UPDATE ledger_account SET balance = moved.balance
    FROM (SELECT account_ids[place] AS id, balances[place] AS balance
          FROM (SELECT DISTINCT l.place FROM unnest(leg_accounts, after_leg) AS l (place, after_it)
                WHERE l.after_it IS NOT NULL) AS touched) AS moved
    WHERE ledger_account.id = moved.id;

    IF announced IS NOT NULL THEN
        INSERT INTO change (subject, at)
        SELECT DISTINCT CASE WHEN line_ids[l.place] IS NULL THEN 'internet:' || internet_ids[l.place]
                             ELSE 'line:' || line_ids[l.place] END, announced
        FROM unnest(leg_accounts, after_leg) AS l (place, after_it)
        WHERE l.after_it IS NOT NULL AND coalesce(line_ids[l.place], internet_ids[l.place]) IS NOT NULL;
    END IF;
END $$
"""

_POSTGRESQL = (
    _REFUSE,
    _POST,
    *(
        f"CREATE TRIGGER {table}_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
        for table in _FINAL
    ),
    # Balances change all the time and nothing else of an account does: room for that beside each row. A charging run
    # changes whole pages of them in one transaction, and of those who pay.
    *(f"ALTER TABLE {table} SET (fillfactor = 50)" for table in ("ledger_account", "line", "internet_account")),
)


def install(connection: Connection) -> None:
    """Make the triggers and functions; the tables are there."""
    _run(connection, _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL)
    references_sql.install(connection)


def remove(connection: Connection) -> None:
    """Take away what does not go with the tables: call it after they are dropped."""
    references_sql.remove(connection)
    if connection.dialect.name == "postgresql":
        signature = "SELECT 'DROP FUNCTION ' || oid::regprocedure FROM pg_proc WHERE proname = 'ledger_post'"
        _run(connection, [row[0] for row in connection.exec_driver_sql(signature)])
        _run(connection, ["DROP FUNCTION IF EXISTS ledger_refuse"])


def _run(connection: Connection, statements: Sequence[str]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)
