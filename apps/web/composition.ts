import { createContext, useContext } from "react";
import type { WebModule } from "./web-module.ts";

/** The modules of this console, for the shell and for pages that name things of other modules. */
export const CompositionContext = createContext<readonly WebModule[]>([]);

export function useComposition(): readonly WebModule[] {
  return useContext(CompositionContext);
}
