import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./ui/tokens.css";
import "./shell.css";
import { App } from "./app.tsx";
import { applyKeptPreferences } from "./ui/preferences.tsx";

applyKeptPreferences();
createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
