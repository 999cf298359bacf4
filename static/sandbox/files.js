// Files a person attaches: read here, sent as base64 in the JSON of the API.

import { h, icon, iconButton } from "./dom.js";
import { t } from "./texts.js";

/** Discord's limit for a person without Nitro. */
const MAX_MB = 10;

const readBase64 = (file) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",", 2)[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });

/** "12 Ko", "3,4 MB" in the page's language. */
export function fileSize(bytes) {
  const unit = document.documentElement.lang === "en" ? "B" : "o";
  if (bytes < 1024) return `${bytes} ${unit}`;
  const [size, prefix] = bytes < 1_048_576 ? [bytes / 1024, "K"] : [bytes / 1_048_576, "M"];
  return `${size.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} ${prefix}${unit}`;
}

/** The files waiting beside a field, with their chips. */
export class FileTray {
  constructor({ multiple = true, onerror, onchange = () => {} }) {
    this.multiple = multiple;
    this.onerror = onerror;
    this.onchange = onchange;
    this.files = [];
    this.element = h("div", { class: "file-tray", hidden: true });
    this.input = h("input", {
      type: "file",
      multiple,
      class: "visually-hidden",
      tabIndex: -1,
      "aria-hidden": "true",
      onchange: () => this.add(this.input.files),
    });
  }

  /** Opens the system's file chooser. */
  choose() {
    this.input.value = "";
    this.input.click();
  }

  async add(fileList) {
    for (const file of [...fileList]) {
      if (file.size > MAX_MB * 1_048_576) {
        this.onerror(t("too_big", { name: file.name, max: MAX_MB }));
        continue;
      }
      const ready = {
        filename: file.name,
        content_type: file.type || "application/octet-stream",
        base64: await readBase64(file),
        size: file.size,
      };
      this.files = this.multiple ? [...this.files, ready] : [ready];
    }
    this.#draw();
  }

  clear() {
    this.files = [];
    this.#draw();
  }

  /** What the API takes. */
  payload() {
    return this.files.map(({ filename, content_type, base64 }) => ({ filename, content_type, base64 }));
  }

  #draw() {
    this.element.hidden = this.files.length === 0;
    this.element.replaceChildren(
      ...this.files.map((file) =>
        h(
          "span",
          { class: "file-chip" },
          icon("file"),
          h("span", { class: "file-chip-name" }, file.filename),
          h("span", { class: "muted" }, fileSize(file.size)),
          iconButton("close", t("remove_file", { name: file.filename }), () => {
            this.files = this.files.filter((f) => f !== file);
            this.#draw();
          }),
        ),
      ),
    );
    this.onchange();
  }
}
