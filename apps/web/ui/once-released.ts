/** What ends a press; a key says that a release was never told, as after a list of the browser's own. */
const ends = ["pointerup", "pointercancel", "keydown"] as const;

let pressed = false;
if (typeof document !== "undefined") {
  const set = (now: boolean) => () => {
    pressed = now;
  };
  document.addEventListener("pointerdown", set(true), { capture: true });
  for (const end of ends) document.addEventListener(end, set(false), { capture: true });
}

/**
 * Does something now, or after the press that is under way (松开之后): what appears while a button is held down moves the
 * button away from under the pointer, and the press is lost.
 */
export function onceReleased(act: () => void): void {
  if (!pressed) {
    act();
    return;
  }
  const released = () => {
    for (const end of ends) document.removeEventListener(end, released, { capture: true });
    // The click itself comes after the release.
    setTimeout(act, 0);
  };
  for (const end of ends) document.addEventListener(end, released, { capture: true });
}
