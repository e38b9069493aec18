import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../ui/tokens.css";
import "./field.css";
import { applyKeptPreferences, PreferencesProvider } from "../ui/preferences.tsx";
import { FieldApp } from "./app.ts";
import { AppProvider } from "./parts/context.tsx";
import { Root } from "./root.tsx";

applyKeptPreferences();
const app = new FieldApp();
void app.start();
createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <PreferencesProvider>
      <AppProvider app={app}>
        <Root />
      </AppProvider>
    </PreferencesProvider>
  </StrictMode>,
);
if ("serviceWorker" in navigator && import.meta.env.PROD) {
  const register = () => void navigator.serviceWorker.register("/field/service-worker.js", { scope: "/field/" });
  // The first list is asked for before the worker's files are: it waits for the page, and not for a load already over.
  if (document.readyState === "complete") register();
  else addEventListener("load", register, { once: true });
}
