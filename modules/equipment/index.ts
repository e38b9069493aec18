/** Door of donated equipment (捐赠设备共用入口). */
export * from "./board.contract.ts";
export * from "./delivery.contract.ts";
export { flagsOf, tiltFlags } from "./equipment.rules.ts";
export * from "./equipment.shapes.ts";
export * from "./field.contract.ts";
export * from "./homes.contract.ts";
export * from "./oversight.contract.ts";
export * from "./plan.contract.ts";
