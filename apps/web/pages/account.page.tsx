import { useSession } from "../session.tsx";
import { PageHead, Section } from "../ui/file-page.tsx";
import { useWords } from "../ui/preferences.tsx";
import { ChangePassword } from "./change-password.page.tsx";
import { words } from "./pages.words.ts";
import { SecondFactor } from "./second-factor.page.tsx";

/** One's own account (账号安全): password and one-time codes. */
export function Component() {
  const w = useWords(words).account;
  const { me } = useSession();
  return (
    <>
      <PageHead title={w.title} state={me.displayName} />
      <Section title={w.change}>
        <p>{w.purpose}</p>
        <ChangePassword />
      </Section>
      <Section title={w.totp}>
        <SecondFactor />
      </Section>
    </>
  );
}
