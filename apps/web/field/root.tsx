import { useEffect } from "react";
import { useWords } from "../ui/preferences.tsx";
import { words } from "./field.words.ts";
import { useView } from "./parts/context.tsx";
import { useRoute } from "./parts/route.ts";
import { CensusScreen } from "./screens/census.tsx";
import { DeliveryScreen } from "./screens/delivery.tsx";
import { DeliveredScreen } from "./screens/delivery-sign.tsx";
import { EmergencyScreen } from "./screens/emergency.tsx";
import { MapScreen } from "./screens/map.tsx";
import { DeathScreen, RefuseScreen } from "./screens/other-acts.tsx";
import { OutboxScreen } from "./screens/outbox.tsx";
import { PersonScreen } from "./screens/person.tsx";
import { LockScreen } from "./screens/pin.tsx";
import { SettingsScreen } from "./screens/settings.tsx";
import { SignInAgainScreen, SignInScreen } from "./screens/sign-in.tsx";
import { StartScreen } from "./screens/start.tsx";
import { TodayScreen } from "./screens/today.tsx";
import { SavedScreen, VisitScreen } from "./screens/visit.tsx";

/** Which screen stands here: first by what the phone is, then by the address. */
export function Root() {
  const w = useWords(words);
  const { stage } = useView();
  useEffect(() => {
    document.title = w.name;
  }, [w]);
  switch (stage) {
    case "starting":
    case "unsupported":
    case "elsewhere":
      return <StartScreen stage={stage} />;
    case "new":
    case "rescue":
      return <SignInScreen key={stage} rescue={stage === "rescue"} />;
    case "locked":
      return <LockScreen />;
    case "open":
      return <OpenRoot />;
  }
}

function OpenRoot() {
  const [where = "", id = "", mode = "", met = ""] = useRoute();
  switch (where) {
    case "person":
      return <PersonScreen key={id} personId={id} />;
    case "visit":
      return (
        <VisitScreen
          key={`${id}/${mode}/${met}`}
          personId={id}
          mode={mode === "phone" ? "phone" : "home"}
          met={met === "person" ? "person" : null}
        />
      );
    case "saved":
      return <SavedScreen personId={id} />;
    case "refuse":
      return <RefuseScreen key={id} personId={id} />;
    case "death":
      return <DeathScreen key={id} personId={id} />;
    case "new":
      return <CensusScreen />;
    case "delivery":
      return <DeliveryScreen key={id} id={id} step={mode === "sign" ? "sign" : "count"} />;
    case "delivered":
      return <DeliveredScreen id={id} short={mode === "short"} />;
    case "emergency":
      return <EmergencyScreen key={id} id={id} />;
    case "outbox":
      return <OutboxScreen />;
    case "settings":
      return <SettingsScreen />;
    case "map":
      return <MapScreen />;
    case "sign-in":
      return <SignInAgainScreen />;
    default:
      return <TodayScreen />;
  }
}
