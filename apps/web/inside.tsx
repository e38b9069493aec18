import { useMemo } from "react";
import { RouterProvider } from "react-router";
import { CompositionContext } from "./composition.ts";
import { makeRouter } from "./router.tsx";
import { modules } from "./routes.tsx";
import { SentencesContext } from "./ui/problem-sentence.ts";

const sentences = modules.flatMap((one) => one.sentences ?? []);

/** Everything behind the sign-in (登录之后): the rooms, their sentences, the shell and its pages. */
export default function Inside({ open }: { readonly open: boolean }) {
  const router = useMemo(() => makeRouter(open), [open]);
  return (
    <SentencesContext.Provider value={sentences}>
      <CompositionContext.Provider value={modules}>
        <RouterProvider router={router} />
      </CompositionContext.Provider>
    </SentencesContext.Provider>
  );
}
