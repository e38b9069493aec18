import type { Recorded, Step } from "./floor.ts";

/** An organisation's purpose with its three accounts, as the fixture made it. */
export interface Stream {
  readonly at: number;
  readonly home: string;
  readonly organisation: string;
  readonly name: string;
  readonly purpose: string;
  readonly source: string;
  readonly fund: string;
  readonly spent: string;
}

/** One thing to do, ours or the floor's. */
export interface Act {
  readonly kind: "gift" | "use";
  readonly stream: Stream;
  readonly fen: number;
}

const commit: Step = { text: "commit" };
const above = (home: string) => String(Number(home) + 1);

export const begin = (home: string): Step => ({
  text: `begin; set local role shanzhi_staff; set local app.lo = '${home}'; set local app.hi = '${above(home)}'; set local app.home = '${home}'`,
});

const totals = (act: Act, shard: number, on: string, sides: readonly (readonly [string, number])[]): Step => {
  const { home, organisation } = act.stream;
  const rows = [...sides].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    name: "floor-totals",
    text: `insert into ledger_total as total (home_code, account_id, grain, starts_on, shard, division_code, organisation_id, amount)
      values ($1, $2, 'day', $3, $4, $1, $5, $6), ($1, $2, 'month', $7, $4, $1, $5, $6), ($1, $8, 'day', $3, $4, $1, $5, $9), ($1, $8, 'month', $7, $4, $1, $5, $9)
      on conflict (home_code, account_id, grain, starts_on, shard) do update set amount = total.amount + excluded.amount`,
    values: [
      home,
      rows[0]?.[0],
      on,
      shard,
      organisation,
      rows[0]?.[1],
      `${on.slice(0, 7)}-01`,
      rows[1]?.[0],
      rows[1]?.[1],
    ],
  };
};

/** The row of a balance, moved only when it holds enough. */
const balance = (home: string, account: string, shard: number, ins: number, outs: number, least: number): Step => ({
  name: "floor-balance",
  text: `update ledger_balance set in_total = in_total + $4, out_total = out_total + $5, balance = balance + $4 - $5
    where home_code = $1 and account_id = $2 and shard = $3 and balance >= $6 returning in_total, out_total, balance`,
  values: [home, account, shard, ins, outs, least],
});

/**
 * One gift or use by hand (下限): the same rows that the product writes, one plain statement after the other. Nothing is validated, decided
 * or worded; what it leaves is a ledger that agrees.
 */
export function bareAct(act: Act, nth: number, officer: string, now: Date, today: string): Recorded {
  const { home, organisation, name, purpose, source, fund, spent } = act.stream;
  const [from, to] = act.kind === "gift" ? [source, fund] : [fund, spent];
  const shard = nth % 8;
  const [id, entry, key, decision] = [
    crypto.randomUUID(),
    crypto.randomUUID(),
    crypto.randomUUID(),
    crypto.randomUUID(),
  ];
  const least = act.kind === "gift" ? Number.MIN_SAFE_INTEGER : act.fen;
  const moves = [
    balance(home, from, shard, 0, act.fen, least),
    balance(home, to, shard, act.fen, 0, Number.MIN_SAFE_INTEGER),
  ];
  const operation = `donations.record-${act.kind === "gift" ? "donation" : "use"}`;
  const own: Step =
    act.kind === "gift"
      ? {
          name: "floor-donation",
          text: `insert into donation (home_code, id, division_code, organisation_id, recipient_name, receipt, kind, state, donor_kind, donor_name, donor_count, publish_donor,
              amount_fen, purpose, restricted, donated_on, receipt_state, entry_id, fingerprint, version, recorded_at)
            values ($1, $2, $1, $3, $4, $5, 'cash', 'recorded', 'person', '样人', 1, false, $6, $7, true, $8, 'due', $9, $5, 1, $10)`,
          values: [home, id, organisation, name, `F-${id}`, act.fen, purpose, today, entry, now],
        }
      : {
          name: "floor-use",
          text: `insert into donation_use (home_code, id, division_code, organisation_id, owner_name, kind, amount_fen, purpose, description, used_on, entry_id, state, recorded_at)
            values ($1, $2, $1, $3, $4, 'cash', $5, $6, '采购', $7, $8, 'recorded', $9)`,
          values: [home, id, organisation, name, act.fen, purpose, today, entry, now],
        };
  const beside: Step =
    act.kind === "gift"
      ? {
          name: "floor-decision",
          text: `insert into decision (home_code, id, division_code, subject_id, rule, version, on_date, facts, settings, conditions, citations, output, at)
            values ($1, $2, $1, $3, 'donations.receipt', '2016-09-01', $4, $5, '{}', '[]', '[]', '{"receipt":true}', $6)`,
          values: [home, decision, id, today, JSON.stringify({ amount: act.fen, anonymous: false }), now],
        }
      : {
          name: "floor-published",
          text: `insert into publication.item (collection, key, subject_id, division_code, title, sort_key, body, published_on, version)
            values ('donations.use', $1, $2, $3, '采购', $4, $5, $6, 1)`,
          values: [
            id,
            organisation,
            home,
            `${today} ${id}`,
            JSON.stringify({ owner: name, amountFen: act.fen, purpose }),
            today,
          ],
        };
  return {
    answer: {
      id,
      receipt: `F-${id}`,
      kind: "cash",
      amountFen: act.fen,
      quantity: null,
      unit: null,
      receiptState: "due",
      entryId: entry,
      accountId: fund,
    },
    steps: [
      begin(home),
      {
        name: "floor-key",
        text: "insert into idempotency (actor_id, operation, key, input_digest, at) values ($1, $2, $3, 'digest', $4) on conflict do nothing",
        values: [officer, operation, key, now],
      },
      {
        name: "floor-whose",
        text: "select id, name, status, registered_on from organisation where home_code = $1 and id = $2",
        values: [home, organisation],
      },
      {
        name: "floor-accounts",
        text: "select id, opened_on, closed_on, restricted, may_go_negative, shards from ledger_account where home_code = $1 and id = any($2)",
        values: [home, [from, to]],
      },
      ...(from < to ? moves : [...moves].reverse()),
      {
        name: "floor-entry",
        text: `insert into ledger_entry (home_code, id, division_code, organisation_id, asset, effective_on, recorded_at, cause, subject_id, evidence, command, request_id, actor_id)
          values ($1, $2, $1, $3, 'CNY', $4, $5, $6, $7, '{}', $8, $9, $10)`,
        values: [
          home,
          entry,
          organisation,
          today,
          now,
          act.kind === "gift" ? "donations.received" : "donations.used",
          id,
          operation,
          key,
          officer,
        ],
      },
      {
        name: "floor-postings",
        text: `insert into ledger_posting (home_code, entry_id, line, division_code, organisation_id, account_id, shard, effective_on, amount, mark_from, mark_to)
          select $1, $2::uuid, 0, $1, $3::uuid, $4::uuid, $6::smallint, $7::date, -$8::bigint, out_total - $8, out_total from ledger_balance where home_code = $1 and account_id = $4 and shard = $6
          union all select $1, $2::uuid, 1, $1, $3::uuid, $5::uuid, $6::smallint, $7::date, $8::bigint, in_total - $8, in_total from ledger_balance where home_code = $1 and account_id = $5 and shard = $6`,
        values: [home, entry, organisation, from, to, shard, today, act.fen],
      },
      totals(act, shard, today, [
        [from, -act.fen],
        [to, act.fen],
      ]),
      own,
      { text: "set local role shanzhi_system" },
      beside,
      {
        name: "floor-journal",
        text: `with entry as (insert into journal_entry (home_code, id, division_code, at, actor_id, actor_label, operation, event, subject_kind, subject_id, refused, payload, request_id, commitment)
            values ($1, $2, $1, $3, $4, 'floor', $5, 'recorded', 'donation', $6, false, $7, $8, 'commitment'))
          update idempotency set answer = $7::jsonb, status = 200 where actor_id = $4 and operation = $5 and key = $8`,
        values: [
          home,
          crypto.randomUUID(),
          now,
          officer,
          operation,
          id,
          JSON.stringify({ id, entry, amountFen: act.fen, purpose }),
          key,
        ],
      },
      commit,
    ],
  };
}

/** What an account held, now or at the end of a day, by hand. */
export function bareBalance(home: string, account: string, asOf: string | undefined, answer: unknown): Recorded {
  const held: Step = asOf
    ? {
        name: "floor-balance-on",
        text: `select a.*, (select coalesce(sum(amount), 0) from ledger_total t where t.home_code = a.home_code and t.account_id = a.id and grain = 'month' and starts_on < $2::date)
            + (select coalesce(sum(amount), 0) from ledger_total t where t.home_code = a.home_code and t.account_id = a.id and grain = 'day' and starts_on >= $2::date and starts_on <= $3::date) as balance
          from ledger_account a where a.home_code = $4 and a.id = $1`,
        values: [account, `${asOf.slice(0, 7)}-01`, asOf, home],
      }
    : {
        name: "floor-balance-now",
        text: "select a.*, (select sum(balance) from ledger_balance b where b.home_code = a.home_code and b.account_id = a.id) as balance from ledger_account a where a.home_code = $2 and a.id = $1",
        values: [account, home],
      };
  return { answer, steps: [begin(home), held, commit] };
}

/** A gift by its number and the uses its money went to, by hand: one question over the stretches of the ledger. */
export function bareTrace(receipt: string, answer: unknown): Recorded {
  return {
    answer,
    steps: [
      { text: "begin; set local role shanzhi_lookup" },
      {
        name: "floor-trace",
        text: `select d.*, e.cause, p.amount, o.entry_id as used, least(o.mark_to, p.mark_to) - greatest(o.mark_from, p.mark_from) as part, u.description, u.used_on
          from donation d join ledger_entry e on e.home_code = d.home_code and e.id = d.entry_id
            join ledger_posting p on p.home_code = d.home_code and p.entry_id = d.entry_id and p.amount > 0
            left join lateral (select * from ledger_posting o where o.account_id = p.account_id and o.shard = p.shard and (o.amount > 0) = false
              and o.mark_to > p.mark_from order by o.mark_to limit 4) o on o.mark_from < p.mark_to
            left join ledger_entry oe on oe.home_code = d.home_code and oe.id = o.entry_id
            left join donation_use u on u.home_code = d.home_code and u.id = oe.subject_id
          where d.receipt = $1`,
        values: [receipt],
      },
      commit,
    ],
  };
}
