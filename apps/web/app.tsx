import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider, Modal } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { type ReactNode, useMemo } from "react";
import { RouterProvider } from "react-router";
import { CompositionContext } from "./composition.ts";
import { SignIn, SignInPage } from "./pages/sign-in.page.tsx";
import { ApiProblem } from "./problem.ts";
import { makeRouter } from "./router.tsx";
import { modules } from "./routes.tsx";
import { SessionGate } from "./session.tsx";
import { BarePage } from "./shell.tsx";
import { Failed, Loading } from "./ui/notices.tsx";
import { PreferencesProvider, usePreferences, useWords } from "./ui/preferences.tsx";
import { SentencesContext } from "./ui/problem-sentence.ts";
import { themeOf } from "./ui/theme.ts";
import { words } from "./ui/ui.words.ts";

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
const sentences = modules.flatMap((one) => one.sentences ?? []);

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
      <AntApp component={false}>{children}</AntApp>
    </ConfigProvider>
  );
}

function SignInAgain({ onDone }: { readonly onDone: () => void }) {
  const w = useWords(words).signIn;
  return (
    <Modal open title={w.again} closable={false} footer={null}>
      <p>{w.againHelp}</p>
      <SignIn onDone={onDone} />
    </Modal>
  );
}

/** The console (控制台). The kit and the first start need no session; everything else does. */
export function App() {
  const open = /^\/console\/(kit|setup)\b/.test(location.pathname);
  const router = useMemo(() => makeRouter(open), [open]);
  const pages = <RouterProvider router={router} />;
  return (
    <PreferencesProvider>
      <Themed>
        <QueryClientProvider client={client}>
          <SentencesContext.Provider value={sentences}>
            <CompositionContext.Provider value={modules}>
              {open ? (
                pages
              ) : (
                <SessionGate
                  signIn={(done) => <SignInPage onDone={done} />}
                  again={(done) => <SignInAgain onDone={done} />}
                  waiting={
                    <BarePage>
                      <Loading />
                    </BarePage>
                  }
                  failed={(error, retry) => (
                    <BarePage>
                      <Failed error={error} onRetry={retry} />
                    </BarePage>
                  )}
                >
                  {pages}
                </SessionGate>
              )}
            </CompositionContext.Provider>
          </SentencesContext.Provider>
        </QueryClientProvider>
      </Themed>
    </PreferencesProvider>
  );
}
