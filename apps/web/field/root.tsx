import { useEffect } from "react";
import { useWords } from "../ui/preferences.tsx";
import { words } from "./field.words.ts";
import { useView } from "./parts/context.tsx";
import { Screen } from "./parts/frame.tsx";
import { useLater } from "./parts/later.ts";
import { useRoute } from "./parts/route.ts";
import { CensusScreen } from "./screens/census.tsx";
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

const loadDelivery = () => import("./screens/delivery.tsx");

/** Deliveries come a few times a year: their screens are read when one is opened. */
function Delivery({ id, where, mode }: { readonly id: string; readonly where: string; readonly mode: string }) {
  const w = useWords(words);
  const part = useLater(loadDelivery);
  if (!part)
    return (
      <Screen title={w.pages.delivery} back="">
        {part === null ? <p role="status">{w.reading}</p> : <p className="note">{w.notHere}</p>}
      </Screen>
    );
  if (where === "delivered") return <part.DeliveredScreen id={id} short={mode === "short"} />;
  return <part.DeliveryScreen id={id} step={mode === "sign" ? "sign" : "count"} />;
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
    case "delivered":
      return <Delivery key={id} id={id} where={where} mode={mode} />;
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
