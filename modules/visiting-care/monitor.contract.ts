import { z } from "zod";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { date, division, id, instant, optionalText, page, text } from "../../kernel/operation/shapes.ts";
import { field, readers } from "./visits.contract.ts";

/** Kinds of devices (设备种类). */
export const monitorKind = z.enum(["motion", "bed", "button", "wearable", "smoke_gas", "water", "other"]);

/** Registers a device at a person's home (登记监测设备). Its key is shown once, here, and kept sealed. */
export const registerMonitor = defineCommand("visiting-care.register-monitor", {
  who: field,
  secretAnswer: ["key"],
  input: z.object({ personId: id, kind: monitorKind, label: text(80), serial: optionalText(80) }),
  output: z.object({
    id,
    /** 32 bytes, base64url; signs every signal of this device. It is not shown again. */
    key: z.string(),
    address: z.string(),
  }),
  refusals: {
    "visiting-care/unknown-person": 404,
    "visiting-care/not-your-person": 403,
  },
});

/** Takes a device out of use (停用监测设备): its signals are refused from then on. */
export const retireMonitor = defineCommand("visiting-care.retire-monitor", {
  who: field,
  input: z.object({ id, reason: text(300) }),
  output: z.object({ id }),
  refusals: {
    "visiting-care/unknown-monitor": 404,
    "visiting-care/not-your-person": 403,
    "visiting-care/monitor-retired": 409,
  },
});

/** Devices of a division (监测设备一览): silent ones first. */
export const listMonitors = defineQuery("visiting-care.list-monitors", {
  who: readers,
  input: z.object({
    division: division.optional(),
    personId: id.optional(),
    state: z.enum(["online", "silent", "retired", "all"]).default("all"),
    ...page,
  }),
  output: z.object({
    monitors: z.array(
      z.object({
        id,
        personId: id,
        person: z.string(),
        division: z.string(),
        kind: monitorKind,
        label: z.string(),
        state: z.enum(["waiting", "online", "silent", "retired"]),
        registeredOn: date,
        seenAt: instant.nullable(),
        activityAt: instant.nullable(),
        alarmAt: instant.nullable(),
        alarm: z.string().nullable(),
        /** Signals received since it was registered. */
        signals: z.int(),
      }),
    ),
    next: z.string().nullable(),
  }),
});

/** What a device says (信号内容); this JSON text is what is signed. `sequence` never repeats. */
export const signal = z.object({
  kind: z.enum(["heartbeat", "activity", "alarm"]),
  at: instant,
  sequence: z.int().min(1),
  /** Of an alarm: what happened, in the device's words. */
  alarm: z.enum(["fall", "no_movement", "smoke", "gas", "water", "help_button", "other"]).optional(),
  note: z.string().max(200).optional(),
});
export type Signal = z.infer<typeof signal>;

/**
 * Receives a signed signal (接收设备信号), without an account: `signature` is the HMAC-SHA256 of the text `body` under the
 * device's key, in hex. Outside the time window, sent a second time, or signed by another key: refused and journalled. What
 * a device says day by day is counted; the journal hears of alarms and of a device that is heard for the first time or again.
 */
export const receiveSignal = defineCommand("visiting-care.receive-signal", {
  who: ["public"],
  door: "device",
  quiet: true,
  input: z.object({
    device: id,
    body: z.string().min(2).max(2_000),
    signature: z.string().regex(/^[0-9a-f]{64}$/, { error: "signature" }),
  }),
  output: z.object({ sequence: z.int(), serverTime: instant, next: z.int() }),
  refusals: {
    "visiting-care/signal-forged": 403,
    "visiting-care/signal-unreadable": 422,
    "visiting-care/signal-clock": 422,
    "visiting-care/signal-repeated": 409,
    "visiting-care/monitor-retired": 409,
  },
  privateFields: ["body", "signature"],
});

/** Looks for devices that have gone silent (查离线设备). Run by a job. */
export const checkMonitors = defineCommand("visiting-care.check-monitors", {
  who: [],
  door: "internal",
  input: z.object({}),
  output: z.object({ silent: z.int(), pruned: z.int() }),
});
