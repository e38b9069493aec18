import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./ui/tokens.css";
import "./shell.css";
// Classes of the kit that pages also use by themselves: they may not depend on which part was loaded before.
import "./ui/act-button.css";
import "./ui/facts.css";
import "./ui/figure.css";
import "./ui/form.css";
import "./ui/ledger.css";
import "./ui/page.css";
import { App } from "./app.tsx";
import { applyKeptPreferences } from "./ui/preferences.tsx";

applyKeptPreferences();
createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
