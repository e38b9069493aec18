import { useState } from "react";
import { createBrowserRouter, Link, Navigate, useRouteError } from "react-router";
import { BarePage } from "./bare-page.tsx";
import { ChangePasswordPage } from "./pages/change-password.page.tsx";
import { SecondFactorPage } from "./pages/second-factor.page.tsx";
import { modules } from "./routes.tsx";
import { useSession } from "./session.tsx";
import { Shell } from "./shell.tsx";
import { Empty, Failed, Loading } from "./ui/notices.tsx";
import { useWords } from "./ui/preferences.tsx";
import { words } from "./ui/ui.words.ts";

/** An address nobody lives at. */
function NoSuchPage() {
  const w = useWords(words).states;
  return (
    <Empty title={w.notFound} action={<Link to="/today">{w.backToToday}</Link>}>
      {w.notFoundHelp}
    </Empty>
  );
}

/** A page that broke does not take the others with it; what was typed is in its draft. */
function Broken() {
  const w = useWords(words).states;
  const error = useRouteError();
  // A deployment replaced the page's file while this tab was open: loading it again is all there is to do.
  const stale = error instanceof TypeError && /import|module/i.test(error.message);
  return (
    <BarePage>
      <Failed error={error} onRetry={() => location.reload()} />
      {!stale && <p>{w.broken}</p>}
    </BarePage>
  );
}

function Inside() {
  const { me } = useSession();
  // Recovery codes are shown once: the page stays until they were read, although the account is enrolled by then.
  const [reading, setReading] = useState(false);
  if (me.mustChangePassword) return <ChangePasswordPage forced />;
  if (me.secondFactorFirst || reading)
    return <SecondFactorPage onEnrolled={() => setReading(true)} onGoOn={() => setReading(false)} />;
  return <Shell />;
}

/** All addresses below /console (路由); each page is loaded when it is first opened. */
export function makeRouter(open: boolean) {
  if (open) {
    return createBrowserRouter(
      [
        {
          path: "/kit",
          lazy: () => import("./pages/kit.page.tsx"),
          ErrorBoundary: Broken,
          HydrateFallback: Loading,
          children: [{ index: true, lazy: async () => ({ Component: (await import("./pages/kit.page.tsx")).Kit }) }],
        },
        {
          path: "/setup",
          lazy: () => import("./pages/setup.page.tsx"),
          ErrorBoundary: Broken,
          HydrateFallback: Loading,
        },
      ],
      { basename: "/console" },
    );
  }
  return createBrowserRouter(
    [
      {
        path: "/",
        Component: Inside,
        ErrorBoundary: Broken,
        HydrateFallback: Loading,
        children: [
          { index: true, element: <Navigate to="/today" replace /> },
          ...modules.flatMap((one) => one.routes),
          { path: "*", Component: NoSuchPage },
        ],
      },
    ],
    { basename: "/console" },
  );
}
