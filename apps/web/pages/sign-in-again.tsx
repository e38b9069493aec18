import { Modal } from "antd";
import { useWords } from "../ui/preferences.tsx";
import { words } from "../ui/ui.words.ts";
import { SignIn } from "./sign-in.page.tsx";

/** The dialog above a page whose session has ended (重新登录): what was typed stays where it is. */
export default function SignInAgain({ onDone }: { readonly onDone: () => void }) {
  const w = useWords(words).signIn;
  return (
    <Modal open title={w.again} closable={false} footer={null}>
      <p>{w.againHelp}</p>
      <SignIn onDone={onDone} />
    </Modal>
  );
}
