/** Server door of donated equipment (捐赠设备服务端入口). */
export { equipmentModule } from "./equipment.module.ts";
