import type { Handler } from "../operation/handle.ts";
import { deviceHandlers, watchJob } from "./devices.handlers.ts";
import { heldHandlers } from "./held.handlers.ts";
import { holdHandlers } from "./hold.handlers.ts";
import { pullHandlers } from "./pull.handlers.ts";
import { pushHandlers } from "./push.handlers.ts";
import { pushFileHandlers } from "./push-file.handlers.ts";
import { sessionHandlers } from "./session.handlers.ts";

/** Everything phones ask (手机同步), and what their keepers do about them. */
export const syncHandlers: readonly Handler[] = [
  ...deviceHandlers,
  ...pullHandlers,
  ...pushHandlers,
  ...holdHandlers,
  ...pushFileHandlers,
  ...heldHandlers,
  ...sessionHandlers,
];
export const syncJobs = [watchJob];
