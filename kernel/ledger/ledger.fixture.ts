import { z } from "zod";
import { defineCommand } from "../operation/define.ts";
import { handle } from "../operation/handle.ts";
import type { HouseModule } from "../operation/house-module.ts";
import { type AccountRow, CNY, openAccounts } from "./account.ts";
import { correct } from "./correct.ts";
import { post, postAll } from "./post.ts";
import { correctionRefusals } from "./refusals.ts";
import { takeBack, transferAll } from "./transfer.ts";

const who = ["registrar"] as const;
const at = { home: "630102", division: "630102" };
const owner = { kind: "office", id: null, name: "试验局" } as const;
const outside = { kind: "outside", id: null, name: "捐赠人" } as const;

/** The accounts of a test: a source, two restricted funds, a free one, what is used. */
const kinds = { source: outside, fund: owner, spent: owner } as const;
const accountOf = (kind: keyof typeof kinds, purpose: string) => ({
  ...at,
  owner: kinds[kind],
  kind,
  asset: CNY,
  assetName: "人民币",
  unit: "fen",
  purpose,
  purposeName: purpose,
  restricted: purpose !== "",
  mayGoNegative: kind === "source",
  popular: true,
  openedOn: "2020-01-01",
});

const move = z.object({
  from: z.enum(["source", "fund", "spent"]),
  to: z.enum(["source", "fund", "spent"]),
  purpose: z.string().default(""),
  toPurpose: z.string().optional(),
  amount: z.int(),
  on: z.string().default("2026-03-01"),
  change: z.uuid().optional(),
});

/** Moves money between the accounts of a test; several moves are one command. */
export const testMove = defineCommand("ledger-test.move", {
  who,
  input: z.object({ moves: z.array(move), thenFail: z.boolean().optional() }),
  output: z.object({ entries: z.array(z.string()), accounts: z.array(z.string()) }),
  refusals: correctionRefusals,
});

export const testCorrect = defineCommand("ledger-test.correct", {
  who,
  input: z.object({ entry: z.uuid() }),
  output: z.object({ entry: z.string() }),
  refusals: correctionRefusals,
});

/** Moves numbered oxygen concentrators between two homes and the stock. */
export const testPieces = defineCommand("ledger-test.pieces", {
  who,
  input: z.object({ from: z.string(), to: z.string(), serials: z.array(z.string()), count: z.int().optional() }),
  output: z.object({ entry: z.string() }),
  refusals: correctionRefusals,
});

const runMove = handle(testMove)(async (input, ctx) => {
  const wanted = input.moves.flatMap((one) => [
    accountOf(one.from, one.purpose),
    accountOf(one.to, one.toPurpose ?? one.purpose),
  ]);
  const accounts = await openAccounts(ctx, wanted);
  const posted = await postAll(
    ctx,
    input.moves.map((one, place) => ({
      on: one.on,
      cause: "ledger-test.moved",
      lines: [
        { account: accounts[2 * place] as AccountRow, amount: -one.amount },
        { account: accounts[2 * place + 1] as AccountRow, amount: one.amount },
      ],
      ...(one.change ? { purposeChange: one.change } : {}),
    })),
  );
  if (input.thenFail) throw new Error("something broke after the postings");
  return { entries: posted.map((one) => one.entryId), accounts: accounts.map((one) => one.id) };
});

const runCorrect = handle(testCorrect)(async (input, ctx) => ({
  entry: (await correct(ctx, input.entry, { on: ctx.today, cause: "ledger-test.corrected" })).entryId,
}));

const runPieces = handle(testPieces)(async (input, ctx) => {
  const piece = (name: string) => ({
    ...at,
    owner: name === "source" ? outside : ({ kind: "care_home", id: null, name } as const),
    kind: name === "source" ? "source" : "stock",
    asset: "goods:制氧机||台",
    assetName: "制氧机",
    unit: "台",
    tracked: true,
    mayGoNegative: name === "source",
    openedOn: "2020-01-01",
  });
  const [from, to] = await openAccounts(ctx, [piece(input.from), piece(input.to)]);
  const amount = input.count ?? input.serials.length;
  const { entryId } = await post(ctx, {
    on: ctx.today,
    cause: "ledger-test.pieces",
    lines: [
      { account: from as AccountRow, amount: -amount },
      { account: to as AccountRow, amount },
    ],
    serials: input.serials,
  });
  return { entry: entryId };
});

/** Sends oximeters from the province's stock to a county; `back` takes such a shipment back. */
export const testSend = defineCommand("ledger-test.send", {
  who,
  input: z.object({
    amount: z.int(),
    to: z.string(),
    serials: z.array(z.string()).optional(),
    give: z.int().optional(),
    back: z.object({ out: z.string(), in: z.string() }).optional(),
  }),
  output: z.object({ out: z.string(), in: z.string(), gift: z.string().nullable() }),
  refusals: correctionRefusals,
});

const runSend = handle(testSend)(async (input, ctx) => {
  const sender = { home: "630000", division: "63" };
  const office = { kind: "office", id: null, name: "试验厅" } as const;
  const taker = { kind: "office", id: null, name: "试验县局" } as const;
  const goods = { asset: "goods:血氧仪||个", assetName: "血氧仪", unit: "个", openedOn: "2020-01-01" };
  const [source, stock, sent] = (await openAccounts(ctx, [
    { ...sender, ...goods, owner: outside, kind: "source", mayGoNegative: true },
    { ...sender, ...goods, owner: office, kind: "stock" },
    { ...sender, ...goods, owner: office, kind: "sent" },
  ])) as [AccountRow, AccountRow, AccountRow];
  const on = ctx.today;
  let gift: string | null = null;
  if (input.give) {
    const lines = [
      { account: source, amount: -input.give },
      { account: stock, amount: input.give },
    ];
    gift = (await post(ctx, { on, cause: "ledger-test.given", lines })).entryId;
  }
  if (input.back) {
    takeBack(ctx, [input.back], { on, cause: "ledger-test.back" });
    return { ...input.back, gift };
  }
  const place = { home: input.to, division: input.to, ...goods };
  const [pair] = await transferAll(ctx, [
    {
      on,
      cause: "ledger-test.sent",
      subject: ctx.newId(),
      amount: input.amount,
      ...(input.serials ? { serials: input.serials } : {}),
      from: stock,
      sent,
      received: { ...place, owner: outside, kind: "received", mayGoNegative: true },
      to: { ...place, owner: taker, kind: "transit" },
    },
  ]);
  return { out: pair?.out ?? "", in: pair?.in ?? "", gift };
});

/** A room of the tests: the smallest one that moves money and goods. */
export const ledgerTestModule: HouseModule = {
  id: "ledger-test",
  handlers: [runMove, runCorrect, runPieces, runSend],
};
