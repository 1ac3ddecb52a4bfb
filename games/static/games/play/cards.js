// What the play page shows around a game: before it, in a break, after it, and when one has to leave.

import { el } from "../dom.js";

/** @typedef {import("../speech.js").Say} Say */

/**
 * One sentence, one action.
 * @param {{title: string, lead: string, eyebrow?: string, action?: string, act?: () => void}} said @param {...(Node | null)} more
 */
function card({ title, lead, eyebrow, action, act }, ...more) {
  return el(
    "div.scene.center",
    {},
    eyebrow ? el("p.eyebrow", {}, eyebrow) : null,
    el("h1.big", { tabindex: -1 }, title),
    el("p.lead", {}, lead),
    ...more,
    action ? el("button.btn.btn-second.btn-lg.btn-block", { type: "button", click: act }, action) : null,
  );
}

/** Not yet open: a countdown where the hour is known. @param {Say} t @param {any} stage @param {import("../view.js").View} view */
export function waiting(t, stage, view) {
  const { opens_at: at } = view.game;
  const eyebrow = t("waiting_eyebrow", { name: view.me?.name ?? "" });
  if (at === null) return card({ eyebrow, title: t("waiting_title"), lead: t("waiting_host") });
  const lead = t("waiting_at", { when: stage.times.when(at, stage.clock.now()) });
  const count = el("p.countdown.num", { "data-until": at, "aria-hidden": "true" });
  return card({ eyebrow, title: t("waiting_title"), lead }, count);
}

/** @param {Say} t */
export const paused = (t) => card({ title: t("paused_title"), lead: t("paused_lead") });

/** @param {Say} t @param {any} stage @param {import("../view.js").View | null} view */
export function over(t, stage, view) {
  const name = view?.me?.name;
  const proof = stage.proof ? el("a.btn.btn-second.btn-lg.btn-block", { href: stage.proof }, t("over_proof")) : null;
  const others = el(`a.btn${proof ? "" : ".btn-second"}.btn-lg.btn-block`, { href: stage.home }, t("over_others"));
  return card({ title: t("over_title"), lead: name ? t("over_lead_name", { name }) : t("over_lead") }, proof, others);
}

/** @param {Say} t */
export const locked = (t) => card({ title: t("locked_title"), lead: t("locked_lead") });

/**
 * What somebody has won stays his, also when he may not stay: each leads to where it is received.
 * @param {Say} t @param {() => Promise<Array<{label: string, claim: string}>>} awards
 */
function kept(t, awards) {
  const section = el("section.also", { hidden: true }, el("h2", {}, t("kept_title")));
  list(section, awards);
  return section;
}

/** @param {HTMLElement} section @param {() => Promise<Array<{label: string, claim: string}>>} awards */
async function list(section, awards) {
  const found = await awards().catch(() => []); // who cannot be told now is told when he opens the page again
  section.append(el("ul", {}, ...found.map(({ label, claim }) => el("li", {}, el("a.plain", { href: claim }, label)))));
  section.hidden = !found.length;
}

/**
 * Why this page has no connection any more.
 * @param {Say} t @param {string} code @param {() => void} again comes back as the same player @param {any} stage
 */
export function off(t, code, again, stage) {
  switch (code) {
    case "kicked":
      return card({ title: t("kicked_title"), lead: t("kicked_lead"), action: t("kicked_again"), act: again });
    case "banned":
      return card({ title: t("banned_title"), lead: t("banned_lead") }, kept(t, stage.awards));
    case "elsewhere":
      return card({ title: t("elsewhere_title"), lead: t("elsewhere_lead"), action: t("elsewhere_again"), act: again });
    default:
      return card({ title: t("lost_title"), lead: t("lost_lead"), action: t("lost_again"), act: () => location.reload() });
  }
}

/** In the shape of what comes. */
export function skeleton() {
  return el("div.scene", { "aria-hidden": "true" }, el("span.skeleton.sk-title"), el("span.skeleton.sk-buzzer"));
}
