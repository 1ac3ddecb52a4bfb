// Words, numbers and times in the language of the page; times in the zone of the tenant.

/** @typedef {(key: string, values?: Record<string, any>) => string} Say */

const DAY = 86_400; // seconds
const LANGUAGE = () => globalThis.document?.documentElement.lang || "en";

/** @param {number} value @param {string} [language] */
export function number(value, language = LANGUAGE()) {
  return new Intl.NumberFormat(language).format(value);
}

/** "Your turn, Ana M." has one dot. @param {string} text @param {string} dot */
function ended(text, dot) {
  return text.endsWith(".") ? text : text + dot;
}

/**
 * `count` among the values chooses between `key_one` and `key_other`; numbers are written as the language writes them.
 * @param {{en: Record<string, string>, fr: Record<string, string>}} words @param {string} [language] @returns {Say}
 */
export function speaker(words, language = LANGUAGE()) {
  const table = language.startsWith("fr") ? words.fr : words.en;
  const plural = new Intl.PluralRules(language);
  return (key, values = {}) => {
    const form = values.count === undefined ? key : `${key}_${plural.select(values.count)}`;
    const text = table[form] ?? table[`${key}_other`] ?? table[key] ?? key;
    return text.replaceAll(/\{(\w+)\}(\.?)/g, (_, name, dot) => ended(typeof values[name] === "number" ? number(values[name], language) : `${values[name] ?? ""}`, dot));
  };
}

/** "12:05", "1:04:09" @param {number} seconds */
export function clockwise(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, place) => (place ? String(part).padStart(2, "0") : part)).join(":");
}

export const words = {
  en: { at: "{day} at {time}", zoned: "{when}, {zone}", days_one: "{count} day {hours} h", days_other: "{count} days {hours} h", hours: "{hours} h {minutes} min", minutes_one: "{count} minute", minutes_other: "{count} minutes", seconds_one: "{count} second", seconds_other: "{count} seconds" },
  fr: { at: "{day} à {time}", zoned: "{when}, {zone}", days_one: "{count} jour {hours} h", days_other: "{count} jours {hours} h", hours: "{hours} h {minutes} min", minutes_one: "{count} minute", minutes_other: "{count} minutes", seconds_one: "{count} seconde", seconds_other: "{count} secondes" },
};

export class Times {
  /** @param {string} zone IANA name @param {string} called as people call it: "Paris time" @param {string} [language] */
  constructor(zone, called, language = LANGUAGE()) {
    this.zone = zone;
    this.called = called;
    this.language = language;
    this.t = speaker(words, language);
  }

  /** @param {number} at seconds @param {Intl.DateTimeFormatOptions} options */
  format(at, options) {
    return new Intl.DateTimeFormat(this.language, { timeZone: this.zone, ...options }).format(new Date(at * 1000));
  }

  /** "13:33", "1:33 pm" @param {number} at */
  time(at) {
    return this.format(at, { timeStyle: "short" });
  }

  /** "today", "tomorrow", else the date @param {number} at @param {number} now */
  day(at, now) {
    const days = Math.round((this.noon(at) - this.noon(now)) / 86400_000);
    if (Math.abs(days) <= 1) return new Intl.RelativeTimeFormat(this.language, { numeric: "auto" }).format(days, "day");
    return this.format(at, { weekday: "long", day: "numeric", month: "long" });
  }

  /** The calendar day in the zone, as an instant that can be subtracted. @param {number} at */
  noon(at) {
    const parts = new Intl.DateTimeFormat("en-CA", { timeZone: this.zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date(at * 1000));
    return Date.parse(`${parts}T12:00:00Z`);
  }

  /** "tomorrow at 00:00, Paris time" @param {number} at @param {number} now */
  when(at, now) {
    return this.t("zoned", { when: this.plain(at, now), zone: this.called });
  }

  /** "tomorrow at 00:00" @param {number} at @param {number} now */
  plain(at, now) {
    return this.t("at", { day: this.day(at, now), time: this.time(at) });
  }

  /** How long, in words for ears and for long waits: "3 days 4 h", "9 h 12 min", "12 minutes", "40 seconds". @param {number} seconds */
  lasting(seconds) {
    if (seconds >= 2 * DAY) return this.t("days", { count: Math.floor(seconds / DAY), hours: Math.floor((seconds % DAY) / 3600) });
    if (seconds >= 3600) return this.t("hours", { hours: Math.floor(seconds / 3600), minutes: Math.floor((seconds % 3600) / 60) });
    if (seconds >= 60) return this.t("minutes", { count: Math.floor(seconds / 60) });
    return this.t("seconds", { count: Math.ceil(seconds) });
  }
}
