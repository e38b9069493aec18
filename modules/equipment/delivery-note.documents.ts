import { chineseDate } from "../../kernel/document/chinese.words.ts";
import type { Block } from "../../kernel/document/model.ts";
import { defineTemplate } from "../../kernel/document/template.ts";
import { deliveryNoteWords } from "./delivery-note.words.ts";
import type { ItemKind } from "./equipment.shapes.ts";
import { words } from "./equipment.words.ts";

const text = deliveryNoteWords.zh;
const { items } = words.zh;

/** What a delivery note states. */
export interface DeliveryNotePaper {
  readonly home: string;
  readonly place: string | null;
  readonly from: string;
  readonly shippedOn: string;
  readonly dueOn: string;
  readonly carrier: string | null;
  readonly waybill: string | null;
  readonly lines: readonly {
    readonly item: ItemKind;
    readonly quantity: number;
    readonly serials: readonly string[];
  }[];
}

/** Note that travels with a shipment (发运单): a code for each numbered piece, and lines to sign on. */
export const deliveryNote = defineTemplate<DeliveryNotePaper>({
  id: "equipment.delivery-note",
  version: "1",
  from: "2022-01-01",
  title: () => text.title,
  addressee: (facts) => facts.home,
  body: (facts): readonly Block[] => [
    {
      kind: "facts",
      rows: [
        [text.place, facts.place],
        [text.from, facts.from],
        [text.shippedOn, chineseDate(facts.shippedOn)],
        [text.dueOn, chineseDate(facts.dueOn)],
        [text.carrier, facts.carrier],
        [text.waybill, facts.waybill],
      ],
    },
    {
      kind: "table",
      columns: [
        { title: text.columns.item, share: 3 },
        { title: text.columns.quantity, share: 1, align: "end" },
        { title: text.columns.numbered, share: 3 },
      ],
      rows: facts.lines.map((one) => [
        items[one.item],
        String(one.quantity),
        one.serials.length === 0 ? text.numbersLater : text.numbers({ count: one.serials.length }),
      ]),
    },
    { kind: "paragraph", text: text.rule },
    {
      kind: "table",
      columns: [
        { title: text.signColumns.role, share: 2 },
        { title: text.signColumns.name, share: 2 },
        { title: text.signColumns.post, share: 2 },
        { title: text.signColumns.sign, share: 3 },
        { title: text.signColumns.on, share: 2 },
      ],
      // Two lines high, so that a hand has room to sign.
      rows: [
        [`${text.first}\n `, "", "", "", ""],
        [`${text.second}\n `, "", "", "", ""],
      ],
    },
    ...facts.lines
      .filter((one) => one.serials.length > 0)
      .map(
        (one): Block => ({
          kind: "codes",
          caption: `${items[one.item]}　${text.codes}`,
          items: one.serials.map((serial) => ({ content: serial, text: `${items[one.item]}　${serial}` })),
        }),
      ),
  ],
});
