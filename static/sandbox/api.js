// The sandbox's person-side API: one function per route, and the event stream.

const BASE = "/sandbox/api";

/** What the sandbox refused, with its own words. */
export class Refused extends Error {
  constructor(status, body) {
    super(body?.error ?? `HTTP ${status}`);
    this.status = status;
    this.code = body?.code;
  }
}

async function call(method, path, body) {
  const response = await fetch(BASE + path, {
    method,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const json = await response.json().catch(() => null);
  if (!response.ok) throw new Refused(response.status, json);
  return json;
}

const query = (params) => {
  const given = Object.entries(params).filter(([, v]) => v !== undefined && v !== null);
  return given.length ? `?${new URLSearchParams(given)}` : "";
};

export const world = () => call("GET", "/world");
export const setMember = (change) => call("POST", "/members", change);

/** Everything one person may see and do. */
export function person(id) {
  const at = `/as/${encodeURIComponent(id)}`;
  const post = (path, body) => call("POST", at + path, body);
  return {
    id,
    view: (guild) => call("GET", `${at}/view${query({ guild })}`),
    messages: (channel, limit = 500) => call("GET", `${at}/messages${query({ channel, limit })}`),
    commands: (guild) => call("GET", `${at}/commands${query({ guild })}`),
    interaction: (interactionId, waitMs) =>
      call("GET", `${at}/interaction${query({ id: interactionId, wait_ms: waitMs })}`),
    say: (body) => post("/say", body),
    dm: (body) => post("/dm", body),
    slash: (body) => post("/slash", body),
    autocomplete: (body) => post("/autocomplete", body),
    press: (body) => post("/press", body),
    submit: (body) => post("/submit", body),
    remove: (body) => post("/delete", body),
    settings: (body) => post("/settings", body),
    stream: (listeners) => openStream(`${BASE}${at}/stream`, listeners),
  };
}

const EVENTS = [
  "message_create",
  "message_update",
  "message_delete",
  "ephemeral_create",
  "ephemeral_update",
  "modal",
  "interaction_failed",
  "interaction_thinking",
  "typing",
  "world",
];
const RETRY_MS = 1500;

// A browser allows six connections to one host, so a hidden tab gives its stream back and starts
// a new one when seen again. Short cuts in the line are the EventSource's own business: it resumes
// with Last-Event-ID. Either way the whole state is asked for again: the server may be a new one.
function openStream(url, { event, state, resync }) {
  let source = null;
  let timer = 0;
  let stopped = false;

  const stop = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };
  const start = () => {
    stop();
    if (stopped || document.hidden) return;
    const own = new EventSource(url);
    source = own;
    own.onopen = () => {
      state(true);
      resync();
    };
    own.onerror = () => {
      if (own !== source) return;
      state(false);
      if (own.readyState === EventSource.CLOSED) timer = setTimeout(start, RETRY_MS);
    };
    for (const name of EVENTS) own.addEventListener(name, (e) => own === source && event(name, JSON.parse(e.data)));
  };
  const visibility = () => (document.hidden ? stop() : (source ?? start()));

  document.addEventListener("visibilitychange", visibility);
  start();
  return () => {
    stopped = true;
    document.removeEventListener("visibilitychange", visibility);
    stop();
  };
}
