let pressed = false;
if (typeof document !== "undefined") {
  const set = (now: boolean) => () => {
    pressed = now;
  };
  document.addEventListener("pointerdown", set(true), true);
  for (const over of ["pointerup", "pointercancel"]) document.addEventListener(over, set(false), true);
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
    for (const over of ["pointerup", "pointercancel"]) document.removeEventListener(over, released, true);
    // The click itself comes after the release.
    setTimeout(act, 0);
  };
  for (const over of ["pointerup", "pointercancel"]) document.addEventListener(over, released, true);
}
