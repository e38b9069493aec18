import { randomBytes } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { createElement, type FunctionComponent } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { publicActor } from "../../../kernel/auth/sessions.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { nation } from "../../../kernel/divisions/code.ts";
import { listDivisions } from "../../../kernel/divisions/divisions.contract.ts";
import type { OpenHouse } from "../../../kernel/house/house.ts";
import type { Operation } from "../../../kernel/operation/define.ts";
import type { Locale } from "../../../kernel/text/words.ts";
import type { Place } from "../web/search.page.tsx";
import type { View } from "../web/view.ts";

/** Nothing but this site's own style sheet and pictures: no script runs on any page of the portal. */
const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const YEAR_SECONDS = 31_536_000;
const PLACE_MS = 60_000;

type Query = Readonly<Record<string, string | string[] | undefined>>;

/** One parameter of an address: trimmed of nothing, absent when empty. */
export function parameter(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as Query)[name];
  const one = Array.isArray(value) ? value.at(-1) : value;
  return one === undefined || one === "" ? undefined : one;
}

/** What the pages stand on: the house, asked through operations only (页面后台). */
export class Site {
  readonly open: OpenHouse;
  readonly #secure: boolean;
  #place: { at: number; name: string } | undefined;

  constructor(open: OpenHouse) {
    this.open = open;
    this.#secure = open.house.baseUrl.startsWith("https:");
  }

  /** Asks an open operation as anybody. */
  ask<In, Sent, Out, Code extends string>(
    operation: Operation<In, Sent, Out, Code>,
    input: Sent,
    requestId: string,
  ): Promise<Out> {
    return this.open.call(operation.id, input, publicActor({ kind: "portal" }, this.open.house.root), {
      requestId,
    }) as Promise<Out>;
  }

  /** Asks an operation of the intake or the verification door. */
  hand<In, Sent, Out, Code extends string>(
    operation: Operation<In, Sent, Out, Code>,
    input: Sent,
    extra: { requestId: string; receipt?: string; key?: string },
  ): Promise<Out> {
    const scope = { kind: "intake" as const, ...(extra.receipt ? { receipt: extra.receipt } : {}) };
    return this.open.call(operation.id, input, publicActor(scope, this.open.house.root), {
      requestId: extra.requestId,
      ...(extra.key ? { key: extra.key } : {}),
    }) as Promise<Out>;
  }

  async #placeName(requestId: string): Promise<string> {
    if (this.open.house.root === nation) return "";
    if (this.#place && Date.now() - this.#place.at < PLACE_MS) return this.#place.name;
    const { parent } = await this.ask(listDivisions, {}, requestId);
    const name = parent?.name ?? "";
    if (name !== "") this.#place = { at: Date.now(), name };
    return name;
  }

  /** Language, print and place of a request; a choice made in the address is remembered in a cookie. */
  async view(request: FastifyRequest, reply: FastifyReply): Promise<View> {
    const lang = parameter(request, "lang");
    const print = parameter(request, "print");
    const keep = (name: string, value: string) =>
      reply.setCookie(name, value, {
        path: "/",
        sameSite: "lax",
        httpOnly: true,
        secure: this.#secure,
        maxAge: YEAR_SECONDS,
      });
    if (lang === "zh" || lang === "en") keep("lang", lang);
    if (print === "large" || print === "normal") keep("print", print);
    const locale: Locale = (lang ?? request.cookies.lang) === "en" ? "en" : "zh";
    const query = Object.entries(request.query as Query).flatMap(([name, value]) =>
      ["lang", "print"].includes(name) || value === undefined || value === ""
        ? []
        : [[name, (Array.isArray(value) ? value.at(-1) : value) ?? ""] as const],
    );
    return {
      locale,
      large: (print ?? request.cookies.print) === "large",
      path: request.url.split("?")[0] ?? "/",
      query,
      place: await this.#placeName(request.id),
      root: this.open.house.root,
      today: dateInShanghai(this.open.clock()),
      demo: this.open.house.demo,
    };
  }

  /** The divisions one may choose from: those below the root, and below the one chosen. */
  async places(chosen: string | undefined, requestId: string): Promise<Place[]> {
    const top = await this.ask(listDivisions, {}, requestId);
    const under = new Map<string, readonly { code: string; name: string }[]>();
    if (chosen) {
      const inner = await this.ask(listDivisions, { parent: chosen }, requestId).catch(() => undefined);
      const open =
        inner?.chain.filter(
          (one) =>
            one.code.length > (this.open.house.root === nation ? 0 : this.open.house.root.length) && one.level < 4,
        ) ?? [];
      for (const one of open)
        under.set(
          one.code,
          one.code === inner?.parent?.code
            ? inner.divisions
            : (await this.ask(listDivisions, { parent: one.code }, requestId)).divisions,
        );
    }
    const out: Place[] = [];
    const walk = (places: readonly { code: string; name: string }[], depth: number) => {
      for (const { code, name } of places) {
        out.push({ code, name, depth });
        const inside = under.get(code);
        if (inside) walk(inside, depth + 1);
      }
    };
    walk(top.divisions, 0);
    return out;
  }
}

/** Sends a page (输出页面): whole, without scripts, never kept by caches that others share. */
export function send<Props extends object>(
  reply: FastifyReply,
  page: FunctionComponent<Props>,
  props: Props,
  status = 200,
): FastifyReply {
  return reply
    .status(status)
    .header("content-security-policy", POLICY)
    .header("cache-control", "private, no-cache")
    .type("text/html; charset=utf-8")
    .send(`<!doctype html>${renderToStaticMarkup(createElement(page, props))}`);
}

/** A key under which a form sent twice is one act. */
export const formToken = () => randomBytes(18).toString("base64url");
