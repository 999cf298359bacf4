// Following an interaction from the click to the bot's answer. The end is seen on the event
// stream or by asking, whichever comes first.

import { t } from "./texts.js";

const WAIT_MS = 3500;
const MAX_ASKS = 3;

export class Interactions {
  /** `onmodal(modal)` is called once for each form a bot opens. */
  constructor(api, onmodal) {
    this.api = api;
    this.onmodal = onmodal;
    this.waiting = new Map();
    this.opened = new Set();
  }

  /** Waits for the end of the interaction that `started` promises; resolves to null or to the words of the failure. */
  async follow(started, words) {
    try {
      const { interaction_id: id } = await started;
      const seen = new Promise((resolve) => this.waiting.set(id, resolve));
      const result = await Promise.race([seen, this.#ask(id)]);
      this.waiting.delete(id);
      if (result.state === "failed") return words;
      if (result.state === "modal" && result.modal) this.open(result.modal);
      return null;
    } catch (error) {
      return error.status && error.status < 500 ? error.message : t("unreachable");
    }
  }

  /** Hears the stream: an event about an interaction ends the wait for it. */
  hear(name, data) {
    if (name === "interaction_failed") this.#end(data.interaction_id, { state: "failed" });
    if (name === "modal") {
      this.open(data);
      this.#end(data.interaction_id, { state: "modal" });
    }
    if (data.message) this.#end(data.message.interaction_metadata?.id, { state: "answered" });
  }

  open(modal) {
    if (this.opened.has(modal.id)) return;
    this.opened.add(modal.id);
    this.onmodal(modal);
  }

  #end(id, result) {
    this.waiting.get(id)?.(result);
  }

  async #ask(id) {
    for (let i = 0; i < MAX_ASKS; i += 1) {
      const result = await this.api.interaction(id, WAIT_MS);
      if (result.state !== "waiting") return result;
    }
    return { state: "failed" };
  }
}
