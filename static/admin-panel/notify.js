// @ts-check
// A sound or a desktop notification when a member writes, if the person asked for it. It says the number of the ticket only:
// a notification may be read by whoever passes.

import { toast } from "./dialog.js";
import { t } from "./i18n.js";
import { keep, kept } from "./store.js";

const CALM_MS = 3_000;
let lastSound = 0;

export const soundOn = () => kept("sound") === "on";
export const desktopOn = () => kept("desktop") === "on" && "Notification" in window && Notification.permission === "granted";

/** @param {boolean} on */
export function setSound(on) {
  keep("sound", on ? "on" : null);
  if (on) chime();
}

/** Asks the browser for leave where it needs to. @param {boolean} on @returns {Promise<boolean>} whether it is on now */
export async function setDesktop(on) {
  if (!on) {
    keep("desktop", null);
    return false;
  }
  const answer = "Notification" in window ? await Notification.requestPermission() : "denied";
  if (answer !== "granted") toast(t("desktop_denied"), { bad: true });
  keep("desktop", answer === "granted" ? "on" : null);
  return answer === "granted";
}

/** Two short soft tones, made here: no file is loaded. */
function chime() {
  const context = new AudioContext();
  [660, 880].forEach((pitch, i) => {
    const tone = context.createOscillator();
    const gain = context.createGain();
    const at = context.currentTime + i * 0.12;
    tone.frequency.value = pitch;
    gain.gain.setValueAtTime(0.0001, at);
    gain.gain.exponentialRampToValueAtTime(0.12, at + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.25);
    tone.connect(gain).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.3);
  });
  setTimeout(() => context.close(), 1_000);
}

/** Tells of an event that a member caused. @param {{kind: string, number: number}} event @param {() => void} open shows the ticket */
export function notify(event, open) {
  const now = Date.now();
  if (soundOn() && now - lastSound > CALM_MS) {
    lastSound = now;
    chime();
  }
  if (!desktopOn() || !document.hidden) return;
  const note = new Notification(t(event.kind === "opened" ? "note_opened" : "note_replied", { number: String(event.number) }), {
    tag: `ticket-${event.number}`,
  });
  note.onclick = () => {
    window.focus();
    note.close();
    open();
  };
}
