import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

describe("what a field says when it is left", () => {
  const page = new EventTarget();
  const happens = (what: string) => page.dispatchEvent(new Event(what));
  let said = 0;
  const say = () => {
    said += 1;
  };
  let onceReleased: (act: () => void) => void;

  beforeEach(async () => {
    vi.useFakeTimers();
    vi.stubGlobal("document", page);
    vi.resetModules();
    ({ onceReleased } = await import("./once-released.ts"));
    said = 0;
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("is said at once while nothing is pressed", () => {
    onceReleased(say);
    expect(said).toBe(1);
  });

  it("waits for the release and the click of a press under way, and is said once", () => {
    happens("pointerdown");
    onceReleased(say);
    expect(said).toBe(0);
    happens("pointerup");
    expect(said).toBe(0);
    vi.runAllTimers();
    happens("pointerup");
    vi.runAllTimers();
    expect(said).toBe(1);
  });

  it("does not wait for a release that was never told, once a key is pressed", () => {
    happens("pointerdown");
    happens("keydown");
    onceReleased(say);
    expect(said).toBe(1);
  });
});
