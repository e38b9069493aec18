import { z } from "zod";
import { id, optionalText, text } from "../../kernel/operation/shapes.ts";

/** Who reads equipment (查阅), and who works with it in the field: a worker of the village, or an officer. */
export const readers = ["administrator", "officer", "decider", "auditor", "worker"] as const;
export const staffReaders = ["administrator", "officer", "decider", "auditor"] as const;
export const field = ["worker", "officer"] as const;

/** What is given (物品): oxygen concentrator 制氧机, finger oximeter 血氧仪. */
export const itemKinds = ["oxygen_concentrator", "oximeter"] as const;
export const itemKind = z.enum(itemKinds);
export type ItemKind = z.infer<typeof itemKind>;

/** Kind of home (机构类别): rural 农村敬老院, public welfare institution, private. */
export const homeKinds = ["rural", "public", "private"] as const;
export const homeKind = z.enum(homeKinds);
export const homeStates = ["open", "closed"] as const;
export const homeState = z.enum(homeStates);

/** The three flags an allocation leans towards (倾斜因素). */
export const tilts = ["paired", "poorest", "flood"] as const;
export const tilt = z.enum(tilts);
/** How badly a flood hit (灾情程度): from moderate on it counts as a flag. */
export const floodSeverities = ["light", "moderate", "serious", "extreme"] as const;
export const floodSeverity = z.enum(floodSeverities);

/** Size class of a home (批次): 50 or fewer, 50 or more; 50 belongs to whoever served first. */
export const sizeClass = z.enum(["small", "large"]);

/** Where a piece stands (物品状态), appendix A9. */
export const itemStates = [
  "pledged",
  "in_stock",
  "allocated",
  "shipped",
  "delivered",
  "trained",
  "verified",
  "in_use",
  "fault",
  "discrepancy",
  "scrapped",
] as const;
export const itemState = z.enum(itemStates);

export const allocationStates = ["allocated", "shipped", "delivered", "discrepancy", "recalled", "left_out"] as const;
export const allocationState = z.enum(allocationStates);
/** Why a home gets nothing of a plan (未列入原因). */
export const leftOutReasons = ["already-served", "beyond-stock", "closed", "other-batch", "size-unknown"] as const;
export const leftOutReason = z.enum(leftOutReasons);

export const shipmentStates = ["shipped", "delivered", "discrepancy", "recalled", "returned"] as const;
export const shipmentState = z.enum(shipmentStates);

/** Kind of a discrepancy (差异类别). */
export const discrepancyKinds = [
  "short",
  "missing",
  "damaged",
  "serial_mismatch",
  "faulty",
  "untrained",
  "other",
] as const;
export const discrepancyKind = z.enum(discrepancyKinds);
/** A30: open → measure named → done with proof → verified → closed; reopened when it recurs. */
export const discrepancyStates = ["open", "measured", "done", "verified", "closed"] as const;
export const discrepancyState = z.enum(discrepancyStates);
export const discrepancySources = ["delivery", "verification", "spot_check", "evaluation", "report"] as const;
export const discrepancySource = z.enum(discrepancySources);

export const checkKinds = ["verification", "spot_check", "evaluation"] as const;
export const checkKind = z.enum(checkKinds);
export const checkResults = ["ok", "missing", "damaged", "mismatch"] as const;
export const checkResult = z.enum(checkResults);

export const place = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  accuracy: z.number().min(0).max(100_000),
});
export type Place = z.infer<typeof place>;

/** Number on the plate of a piece (编号), as a QR code carries it; spaces and case are forgiven. */
export const serial = text(60);

/** Somebody who signs for a delivery (签收人): a name, what the person is there, the signature as a kept file. */
export const signer = z.object({ name: text(60), post: optionalText(60), signatureId: id.optional() });

export const remark = z.object({ code: z.string(), facts: z.record(z.string(), z.unknown()) });

/** A sentence in both languages (说明). */
export const sentence = z.object({ zh: z.string(), en: z.string() });

/** One line of what is sent or signed (物品行). */
export const quantityLine = z.object({ item: itemKind, quantity: z.int().min(0) });
