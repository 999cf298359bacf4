// False alarms: where Discord's documentation says otherwise than the description or the validators made from it.
// Each entry says why and which page settles it. Keep it tiny: whatever is not here is a fault of ours.

const DIGITS = /^\d+$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$/;

const KNOWN = [
  {
    reason: "A moment may be written with an offset, as Discord does; the validator takes a closing Z only.",
    page: "https://docs.discord.com/developers/resources/message#message-object-example-message",
    when: ({ issue, value }) => issue?.code === "invalid_format" && issue.format === "datetime" && MOMENT.test(value),
  },
  {
    reason: "Permissions are numbers written as strings; the description has a number in requests.",
    page: "https://docs.discord.com/developers/topics/permissions",
    when: ({ part, pointer, issue, value }) =>
      part.side === "request" &&
      /\/(default_member_permissions|permissions|allow|deny)$/.test(pointer) &&
      issue?.code === "invalid_type" &&
      DIGITS.test(value),
  },
  {
    reason: "The id of a new file is the n of its files[n], a number; the description has a snowflake only.",
    page: "https://docs.discord.com/developers/resources/message#attachment-object-attachment-request-structure",
    when: ({ part, pointer, issue, value }) =>
      part.side === "request" &&
      /\/attachments\/\d+\/id$/.test(pointer) &&
      issue?.code === "invalid_type" &&
      Number.isInteger(value) &&
      value >= 0,
  },
  {
    reason: "The code of a field's fault is a name (BASE_TYPE_REQUIRED); the description has the number of the whole.",
    page: "https://docs.discord.com/developers/reference#error-messages",
    when: ({ part, pointer, issue, value }) =>
      part.side === "answer" &&
      /^\/errors\/(.*\/)?_errors\/\d+\/code$/.test(pointer) &&
      issue?.code === "invalid_type" &&
      /^[A-Z0-9_]+$/.test(value),
  },
  {
    reason: "A 429 has a code for some limits only; the description requires it.",
    page: "https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit-rate-limit-response-structure",
    when: ({ part, pointer, value }) => part.status === 429 && pointer === "/code" && value === undefined,
  },
  {
    reason: "A command's object also has nsfw, its version and its application; the description leaves them out of requests.",
    page: "https://docs.discord.com/developers/interactions/application-commands#application-command-object",
    when: ({ part, pointer, what }) =>
      part.side === "request" &&
      part.operation.path.endsWith("/commands") &&
      /^(\/\d+)?\/(nsfw|version|application_id)$/.test(pointer) &&
      what === "unknown field",
  },
];

/** Whether a finding is a known false alarm. */
export function excused(found) {
  return KNOWN.some((entry) => entry.when(found));
}
