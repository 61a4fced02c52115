// The language of this browser, and texts and values in it.
//
// A sentence reaches `_t` as (English, Ukrainian): pages carry both, so only the third language is loaded.
// During hydration the language is the one the page was rendered in; the remembered one follows at once.
import { useSyncExternalStore } from "react";
import { loaders } from "./texts.js";

const RENDERED_IN = "uk";
const INTL = { uk: "uk", en: "en-GB", ru: "ru" };
const FORMS = { one: 0, few: 1, many: 2, other: 1 };
const KEY = "lang";
const YEAR_S = 31536000;

const loaded = { uk: {} };
const views = {};
const watchers = new Set();
let current = RENDERED_IN;
let wanted = RENDERED_IN;

export const useTexts = () => useSyncExternalStore(watch, () => viewOf(current), () => viewOf(RENDERED_IN));

export const setLanguage = (language) => {
  remember(language);
  return show(language);
};

async function show(language) {
  wanted = language;
  loaded[language] ??= (await loaders[language]?.())?.default ?? {};
  if (wanted !== language) return; // somebody chose another one while this was on its way
  current = language;
  document.documentElement.lang = language;
  watchers.forEach((tell) => tell());
  if (watchers.size) reveal();
}

function watch(tell) {
  // the page has just woken up; in the next frame it is in its language
  if (!watchers.size && current === wanted) reveal();
  watchers.add(tell);
  return () => watchers.delete(tell);
}

function reveal() {
  if (!document.documentElement.classList.contains("i18n-pending")) return;
  requestAnimationFrame(() => requestAnimationFrame(() => document.documentElement.classList.remove("i18n-pending")));
}

function remember(language) {
  document.cookie = `${KEY}=${language};path=/;max-age=${YEAR_S};samesite=lax`;
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // private mode: the cookie alone remembers
  }
}

function remembered() {
  let stored = null;
  try {
    stored = localStorage.getItem(KEY);
  } catch {
    // private mode
  }
  stored ??= document.cookie.match(/(?:^|; )lang=(\w+)/)?.[1];
  return stored in INTL ? stored : RENDERED_IN;
}

if (typeof window !== "undefined") {
  window.addEventListener("storage", (change) => change.key === KEY && change.newValue in INTL && show(change.newValue));
  if (remembered() !== RENDERED_IN) show(remembered());
}

// ---- texts

const viewOf = (language) => (views[language] ??= {
  _lang: language,
  _t: (english, ukrainian, values) => fill(sentence(language, english, ukrainian), values),
  _n: (one, other, ukrainian, count, values) =>
    fill(plural(language, one, other, ukrainian, count), { count: formatNumber(language, count), ...values }),
});

function sentence(language, english, ukrainian) {
  if (language === RENDERED_IN) return ukrainian;
  return loaded[language]?.[english] ?? (language === "en" ? english : ukrainian);
}

function plural(language, one, other, ukrainian, count) {
  const forms =
    language === RENDERED_IN ? ukrainian : loaded[language]?.[one] ?? (language === "en" ? [one, other] : ukrainian);
  const index = FORMS[intl(Intl.PluralRules, language, {}).select(count ?? 0)];
  return forms[Math.min(index, forms.length - 1)];
}

const fill = (text, values) => (values ? text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "") : text);

// ---- values: the same rules as mykyivstar/formatting, checked against it by tests/i18n

const HARD_SPACE = "\u00a0";
const ZONE = { timeZone: "Europe/Kyiv" };
const DATES = {
  long: { day: "numeric", month: "long", year: "numeric" },
  short: { day: "2-digit", month: "2-digit", year: "numeric" },
  day: { day: "numeric", month: "long" },
  weekday: { weekday: "long", day: "numeric", month: "long" },
  month: { month: "long", year: "numeric" },
};
const GLUE = { long: " ", short: ".", day: " ", weekday: " ", month: " " };
const BYTE_UNITS = { uk: ["КБ", "МБ", "ГБ", "ТБ"], en: ["KB", "MB", "GB", "TB"], ru: ["КБ", "МБ", "ГБ", "ТБ"] };
const TIME_UNITS = { uk: ["хв", "с"], en: ["min", "s"], ru: ["мин", "с"] };

const cache = {};
const intl = (Kind, language, options) =>
  (cache[Kind.name + language + JSON.stringify(options)] ??= new Kind(INTL[language], options));
const given = (value) => value !== null && value !== undefined && value !== "";
const typographic = (text) => text.replace("-", "\u2212");

export const formatNumber = (language, value, options = {}) =>
  given(value) && !isNaN(value) ? typographic(intl(Intl.NumberFormat, language, options).format(value)) : "";

export const formatMoney = (language, kopiykas) =>
  given(kopiykas)
    ? formatNumber(language, kopiykas / 100, { minimumFractionDigits: 2, maximumFractionDigits: 2 }) + HARD_SPACE + "₴"
    : "";

export function formatDate(language, value, style) {
  const day = new Date(value);
  if (!given(value) || isNaN(day)) return "";
  const parts = intl(Intl.DateTimeFormat, language, { ...DATES[style], ...ZONE }).formatToParts(day);
  const pick = (kind) => parts.find((part) => part.type === kind)?.value;
  const text = ["day", "month", "year"].map(pick).filter(Boolean).join(GLUE[style]);
  return style === "weekday" ? `${pick("weekday")}, ${text}` : text;
}

export function formatTime(language, value) {
  const time = new Date(value);
  if (!given(value) || isNaN(time)) return "";
  return intl(Intl.DateTimeFormat, language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...ZONE }).format(time);
}

export const formatMoment = (language, value) =>
  [formatDate(language, value, "long"), formatTime(language, value)].filter(Boolean).join(", ");

export function formatPhone(_language, value) {
  const parts = /^\+?(380)(\d{2})(\d{3})(\d{2})(\d{2})$/.exec(value ?? "");
  return parts ? "+" + parts.slice(1).join(HARD_SPACE) : (value ?? "");
}

export function formatVolume(language, bytes) {
  if (!given(bytes)) return "";
  let size = Math.max(bytes, 0) / 1024;
  let step = 0;
  for (; size >= 1024 && step < 3; step += 1) size /= 1024;
  const scale = step >= 2 ? 100 : 1;
  const shown = formatNumber(language, Math.floor(size * scale) / scale, { maximumFractionDigits: 2 });
  return shown + HARD_SPACE + BYTE_UNITS[language][step];
}

export function formatMinutes(language, seconds) {
  if (!given(seconds)) return "";
  const whole = Math.floor(Math.max(seconds, 0) / 60);
  const rest = Math.max(seconds, 0) % 60;
  const [minute, second] = TIME_UNITS[language];
  return [
    whole || !rest ? formatNumber(language, whole) + HARD_SPACE + minute : "",
    rest ? rest + HARD_SPACE + second : "",
  ].filter(Boolean).join(" ");
}
