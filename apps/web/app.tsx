import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { lazy, type ReactNode, Suspense, useMemo } from "react";
import { words as operationWords } from "../../kernel/operation/operation.words.ts";
import { BarePage } from "./bare-page.tsx";
import { SignInPage } from "./pages/sign-in.page.tsx";
import { ApiProblem } from "./problem.ts";
import { SessionGate } from "./session.tsx";
import { Failed, Loading } from "./ui/notices.tsx";
import { PreferencesProvider, usePreferences } from "./ui/preferences.tsx";
import { SentencesContext } from "./ui/problem-sentence.ts";
import { themeOf } from "./ui/theme.ts";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal stays a refusal; only a missing answer is worth asking again.
      retry: (count, error) => !(error instanceof ApiProblem) && count < 1,
      refetchOnWindowFocus: false,
    },
  },
});
const ownSentences = [operationWords];

// Everything behind the sign-in is fetched while somebody types a password, and does not delay the first page.
const inside = import("./inside.tsx");
const Inside = lazy(() => inside);
const SignInAgain = lazy(() => import("./pages/sign-in-again.tsx"));

/** antd in the reader's language, size and light. */
export function Themed({ children }: { readonly children: ReactNode }) {
  const { locale, theme, largePrint } = usePreferences();
  const config = useMemo(
    () => themeOf(theme, largePrint, matchMedia("(prefers-reduced-motion: reduce)").matches),
    [theme, largePrint],
  );
  return (
    <ConfigProvider
      locale={locale === "zh" ? zhCN : enUS}
      theme={config}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      {children}
    </ConfigProvider>
  );
}

/** The console (控制台). The kit and the first start need no session; everything else does. */
export function App() {
  const open = /^\/console\/(kit|setup)\b/.test(location.pathname);
  const waiting = (
    <BarePage>
      <Loading />
    </BarePage>
  );
  const pages = (
    <Suspense fallback={waiting}>
      <Inside open={open} />
    </Suspense>
  );
  return (
    <PreferencesProvider>
      <Themed>
        <QueryClientProvider client={client}>
          <SentencesContext.Provider value={ownSentences}>
            {open ? (
              pages
            ) : (
              <SessionGate
                signIn={(done) => <SignInPage onDone={done} />}
                again={(done) => (
                  <Suspense fallback={null}>
                    <SignInAgain onDone={done} />
                  </Suspense>
                )}
                waiting={waiting}
                failed={(error, retry) => (
                  <BarePage>
                    <Failed error={error} onRetry={retry} />
                  </BarePage>
                )}
              >
                {pages}
              </SessionGate>
            )}
          </SentencesContext.Provider>
        </QueryClientProvider>
      </Themed>
    </PreferencesProvider>
  );
}
