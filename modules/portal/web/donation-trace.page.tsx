import type { z } from "zod";
import {
  words as donationWords,
  ended,
  type GiftPlace,
  type Stop,
  type traceDonation,
  wayOf,
} from "../../donations/index.ts";
import { Page } from "./layout.tsx";
import { chineseOnly, countText, dateText, textsOf, type View, yuanText } from "./view.ts";

export type FoundGift = z.output<typeof traceDonation.output>;

/** An amount with its unit: money in yuan, goods in pieces. */
export function amountText(view: View, amount: number, unit: string): string {
  const texts = textsOf(view).giving;
  return unit === "fen" ? `${yuanText(amount)}${texts.yuan}` : texts.pieces({ quantity: countText(amount), unit });
}

/** The box for the number of a gift (捐赠查询框): a plain form whose answer has an address. */
export function GiftBox({ view, number = "", problem }: { view: View; number?: string; problem?: string | undefined }) {
  const texts = textsOf(view).giving;
  return (
    <search>
      <form className="search big" action="/donations/find" method="get">
        <label htmlFor="number">{texts.number}</label>
        <p className="hint" id="number-hint">
          {texts.numberHint}
        </p>
        {problem ? (
          <p className="problem" id="number-problem" role="alert">
            {problem}
          </p>
        ) : null}
        <div className={problem ? "line wrong" : "line"}>
          <input
            id="number"
            name="number"
            className="code"
            defaultValue={number}
            maxLength={60}
            required
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            aria-describedby={problem ? "number-hint number-problem" : "number-hint"}
            aria-invalid={problem ? true : undefined}
          />
          <button type="submit">{texts.find}</button>
        </div>
      </form>
    </search>
  );
}

/** One gift and the whole way it went (捐赠去向), for whoever has its number. */
export function GiftPage({
  view,
  number,
  found,
  problem,
}: {
  view: View;
  number: string;
  found?: FoundGift | undefined;
  problem?: string | undefined;
}) {
  const texts = textsOf(view).giving;
  const title = found ? texts.found : textsOf(view).donations.title;
  return (
    <Page view={view} title={title}>
      <h1>{title}</h1>
      {found ? <Gift view={view} gift={found} /> : <p className="lead">{texts.lead}</p>}
      {found ? (
        <section aria-labelledby="again">
          <h2 id="again">{texts.again}</h2>
          <GiftBox view={view} />
        </section>
      ) : (
        <GiftBox view={view} number={number} problem={problem} />
      )}
      <p>
        <a href="/donations">{texts.back}</a>
      </p>
    </Page>
  );
}

function Gift({ view, gift }: { view: View; gift: FoundGift }) {
  const texts = textsOf(view).giving;
  const names = donationWords[view.locale];
  const chinese = chineseOnly(view);
  const tone = gift.state === "used" ? "verdict good" : gift.state === "corrected" ? "verdict bad" : "verdict";
  const way = wayOf(gift.steps, gift.rests);
  return (
    <>
      <div className={tone}>
        <p className="standing">
          <strong>{texts.states[gift.state]}</strong>
        </p>
        <p>{texts.stateHelp[gift.state]}</p>
      </div>
      {gift.correction ? (
        <p className="warning">
          <span lang={chinese}>{texts.correction({ reason: gift.correction.reason })}</span>{" "}
          {gift.correction.receipt ? (
            <a href={`/donations/find?number=${encodeURIComponent(gift.correction.receipt)}`}>{texts.right}</a>
          ) : null}
        </p>
      ) : null}
      <section aria-labelledby="way">
        <h2 id="way">{texts.way}</h2>
        {way ? (
          <ol className="way">
            <WayStop view={view} stop={way} donor={gift.donor} />
          </ol>
        ) : (
          <p>{texts.noWay}</p>
        )}
        {gift.truncated ? <p className="soft">{texts.truncated}</p> : null}
      </section>
      <section aria-labelledby="facts">
        <h2 id="facts">{texts.facts}</h2>
        <dl className="facts">
          <Fact term={texts.number_}>
            <span className="code">{gift.receipt}</span>
          </Fact>
          <Fact term={texts.on}>{dateText(view, gift.on)}</Fact>
          <Fact term={texts.donor}>
            {gift.donor === null ? (
              <span className="missing">{texts.unnamed}</span>
            ) : (
              <span lang={chinese}>{gift.donor}</span>
            )}
          </Fact>
          <Fact term={texts.recipient}>
            <span lang={chinese}>{gift.recipient}</span>
          </Fact>
          {gift.amountFen === null ? (
            <Fact term={texts.goods}>
              <span lang={chinese}>
                {texts.goodsLine({
                  item: gift.item ?? "",
                  quantity: countText(gift.quantity ?? 0),
                  unit: gift.unit ?? "",
                })}
              </span>
            </Fact>
          ) : (
            <Fact term={texts.cash}>{amountText(view, gift.amountFen, "fen")}</Fact>
          )}
          <Fact term={texts.purpose}>
            {gift.purpose ? <span lang={chinese}>{gift.purpose}</span> : texts.anyPurpose}
          </Fact>
          <Fact term={texts.receipt}>
            {names.receiptStates[gift.receiptState]}
            {gift.receiptNumber ? (
              <span className="block" lang={chinese}>
                {gift.receiptNumber}
              </span>
            ) : null}
          </Fact>
        </dl>
      </section>
    </>
  );
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function kindOf(view: View, place: GiftPlace): string {
  const { kinds } = textsOf(view).giving;
  if (place.kind === "fund" || place.kind === "stock" || place.kind === "spent") return kinds[place.kind];
  return ended.includes(place.kind) ? kinds.delivered : kinds.moved;
}

function WayStop({ view, stop, donor }: { view: View; stop: Stop; donor: string | null }) {
  const texts = textsOf(view).giving;
  const causes: Readonly<Record<string, string>> = donationWords[view.locale].causes;
  const chinese = chineseOnly(view);
  const { place, by, rest, onward } = stop;
  const giver = place.kind === "source";
  const atEnd = ended.includes(place.kind);
  const amount = amountText(view, rest, by?.unit ?? stop.unit);
  return (
    <li className={atEnd ? "stop end" : "stop"}>
      {by ? (
        <p className="by">
          <time dateTime={by.on}>{dateText(view, by.on)}</time> {causes[by.cause] ?? ""}{" "}
          <strong>{amountText(view, by.amount, by.unit)}</strong>
          {by.description ? <span lang={chinese}> {by.description}</span> : null}
        </p>
      ) : null}
      <p className="where">
        {giver ? (
          <strong lang={donor ? chinese : undefined}>{donor ?? texts.giver}</strong>
        ) : (
          <>
            <strong lang={chinese}>{place.name}</strong>{" "}
            <span className="soft">
              {rest > 0 || atEnd ? kindOf(view, place) : ""}
              {place.purpose ? (
                <>
                  {rest > 0 || atEnd ? " · " : ""}
                  <span lang={chinese}>{texts.forPurpose({ purpose: place.purpose })}</span>
                </>
              ) : null}
            </span>
          </>
        )}
        {rest > 0 ? <span className="rest">{atEnd ? texts.total({ amount }) : texts.rests({ amount })}</span> : null}
      </p>
      {onward.length > 0 ? (
        <ol>
          {onward.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name of their own; their order is what they are.
            <WayStop key={at} view={view} stop={one} donor={donor} />
          ))}
        </ol>
      ) : null}
    </li>
  );
}
