"use strict";
/* What answers mean: how each type is read, and truth with three values. The same as
 * runtime/fv.h, which says why; tests hold the two equal.
 *
 * Unknown is null throughout: of truth (true, false, null), of a date (20260131), of a number or
 * an amount of pence (BigInt), of a part of a date ({first, last}) and of a length of time
 * ({n, unit}). */

/* ---- text ---- */

const WIDE_SPACE = /[\t-\r \u00A0\u2000-\u200A\u202F\u205F\u3000]/u;
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/u;

/* White space is that of XML, not that of String.trim. */
const trim = text => text.replace(/^[ \t\n\r]+|[ \t\n\r]+$/g, "");
const fold = text => trim(text).replace(/[ \t\n\r]+/g, " ");
const isText = text => /[^ \t\n\r]/.test(text);

/* A short answer made plain, and whether there was more than any number or date has; \x01 stands
 * for a character that none of them has, \x02 for the pound sign. */
function makePlain(text) {
  let out = "", n = 0, space = false;
  for (const c of text) {
    if (INVISIBLE.test(c)) continue;
    if (WIDE_SPACE.test(c)) {
      space = n > 0;
      continue;
    }
    n += space ? 2 : 1;
    if (n > 64) return [out, true];
    out += space ? " " : "";
    space = false;
    if (/[\u2010-\u2015\u2212]/.test(c)) out += "-";
    else if (c === "£") out += "\x02";
    else out += c > " " && c < "\x7F" ? c.toLowerCase() : "\x01";
  }
  return [out, false];
}

/* The same; null when it is too long. */
function plain(text) {
  const [s, tooLong] = makePlain(text);
  return tooLong ? null : s;
}

/* ---- truth ---- */

const and = (a, b) => (a === false || b === false ? false : a === true && b === true ? true : null);
const or = (a, b) => (a === true || b === true ? true : a === false && b === false ? false : null);
const not = a => (a === null ? null : !a);

const holds = (order, op) => ({
  eq: order === 0, ne: order !== 0, lt: order < 0, le: order <= 0, gt: order > 0, ge: order >= 0,
})[op];

/* Truths, numbers, money and dates: one value, or unknown. */
const compare = (a, op, b) => (a === null || b === null ? null : holds(a < b ? -1 : a > b ? 1 : 0, op));

/* Values of which only the least and the most that they can be are known. */
function compareRanges(aLeast, aMost, op, bLeast, bMost) {
  if (aMost < bLeast) return holds(-1, op);
  if (aLeast > bMost) return holds(1, op);
  if (aLeast === bMost && aMost === bLeast) return holds(0, op);
  if ((op === "le" && aMost <= bLeast) || (op === "ge" && aLeast >= bMost)) return true;
  if ((op === "lt" && aLeast >= bMost) || (op === "gt" && aMost <= bLeast)) return false;
  return null;
}

/* ---- whole numbers, of 64 bits ---- */

function readNumber(text) {
  const s = plain(text);
  if (s === null || !/^[-+]?[0-9]+$/.test(s)) return null;
  const n = BigInt(s.replace("+", ""));
  return BigInt.asIntN(64, n) === n ? n : null;
}

/* ---- dates: the years 1 to 9999 ---- */

const isLeap = y => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
const daysInMonth = (y, m) => (m === 2 && isLeap(y) ? 29 : [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m]);

function makeDate(y, m, d) {
  if (y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > daysInMonth(y, m)) return null;
  return y * 10000 + m * 100 + d;
}

const yearOf = date => Math.floor(date / 10000);
const monthOf = date => Math.floor(date / 100) % 100;
const dayOf = date => date % 100;

/* Days since 0000-03-01: years that begin in March have their leap day at the end. */
function dayNumber(date) {
  const m = monthOf(date), y = m > 2 ? yearOf(date) : yearOf(date) - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) +
    Math.floor(((m > 2 ? m - 3 : m + 9) * 306 + 5) / 10) + dayOf(date) - 1;
}

function dateOfDayNumber(n) {
  if (n < 0 || n > 3652364) return null;
  const before = y => y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  let y = Math.floor((10000 * n + 14780) / 3652425);
  if (n < before(y)) y--;
  const rest = n - before(y), m = Math.floor((100 * rest + 52) / 3060);
  return makeDate(m < 10 ? y : y + 1, m < 10 ? m + 3 : m - 9, rest - Math.floor((m * 306 + 5) / 10) + 1);
}

/* The corresponding day n months on, or the month's last day when it has none. */
function addMonths(date, n) {
  if (date === null || n === null || n > 120000n || n < -120000n) return null;
  const months = yearOf(date) * 12 + monthOf(date) - 1 + Number(n);
  if (months < 12) return null;
  const y = Math.floor(months / 12), m = months % 12 + 1;
  return y > 9999 ? null : makeDate(y, m, Math.min(dayOf(date), daysInMonth(y, m)));
}

function addDays(date, n) {
  if (date === null || n === null || n > 4000000n || n < -4000000n) return null;
  return dateOfDayNumber(dayNumber(date) + Number(n));
}

function monthsBetween(a, b) {
  if (a === null || b === null) return null;
  const from = Math.min(a, b), to = Math.max(a, b);
  let n = BigInt((yearOf(to) - yearOf(from)) * 12 + monthOf(to) - monthOf(from));
  if (compare(addMonths(from, n), "gt", to) === true) n--;
  return b < a ? -n : n;
}

const MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september",
  "october", "november", "december"];
const monthNamed = word => MONTHS.findIndex(m => word.length >= 3 && m.startsWith(word)) + 1;

/* What stands between the parts of a date: its sign, " " for spaces alone, "" for nothing, null
 * for a mixture. */
function between(s) {
  const signs = s.replace(/ /g, "");
  return signs.length > 1 ? null : signs || (s ? " " : "");
}

function readDate(text) {
  const s = plain(text);
  if (s === null) return null;
  let m = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(s);
  if (m) return makeDate(+m[1], +m[2], +m[3]);
  m = /^([0-9]{1,2})(?:(?:st|nd|rd|th)(?= ))?([ /.,-]*)(?:([a-z]+)|([0-9]{1,2}))([ /.,-]*)([0-9]{4})$/.exec(s);
  if (!m || +m[6] < 1000) return null;
  const before = between(m[2]), after = between(m[5]);
  if (before === null || after === null || before === ",") return null;
  if (m[3]) return monthNamed(m[3]) ? makeDate(+m[6], monthNamed(m[3]), +m[1]) : null;
  return before && before === after ? makeDate(+m[6], +m[4], +m[1]) : null;
}

const pad = (n, width) => String(n).padStart(width, "0");
const writeDate = d => (d === null ? "" : `${pad(yearOf(d), 4)}-${pad(monthOf(d), 2)}-${pad(dayOf(d), 2)}`);

/* ---- dates of which the day, or the day and the month, may be unknown ---- */

const partDateOf = date => (date === null ? null : {first: date, last: date});

/* A whole month; a whole year for month 0. */
function makePartDate(y, m) {
  if (y < 1000 || y > 9999 || m < 0 || m > 12) return null;
  return m ? {first: makeDate(y, m, 1), last: makeDate(y, m, daysInMonth(y, m))}
    : {first: makeDate(y, 1, 1), last: makeDate(y, 12, 31)};
}

function readPartDate(text) {
  const day = readDate(text), s = plain(text);
  if (day !== null || s === null) return partDateOf(day);
  let m = /^([0-9]{4})$/.exec(s);
  if (m) return makePartDate(+m[1], 0);
  m = /^([0-9]{4})-([0-9]{2})$/.exec(s);
  if (m) return +m[2] > 0 ? makePartDate(+m[1], +m[2]) : null;
  m = /^([a-z]+)([ /.,-]*)([0-9]{4})$/.exec(s);
  if (m) return monthNamed(m[1]) && between(m[2]) !== null ? makePartDate(+m[3], monthNamed(m[1])) : null;
  m = /^([0-9]{1,2})([ /.,-]+)([0-9]{4})$/.exec(s);
  if (!m || +m[1] < 1 || between(m[2]) === null || between(m[2]) === ",") return null;
  return makePartDate(+m[3], +m[1]);
}

function writePartDate(p) {
  if (p === null) return "";
  const whole = writeDate(p.first);
  return monthOf(p.first) !== monthOf(p.last) ? whole.slice(0, 4)
    : dayOf(p.first) !== dayOf(p.last) ? whole.slice(0, 7) : whole;
}

function comparePartDates(a, op, b) {
  if (a === null || b === null) return null;
  return compareRanges(dayNumber(a.first), dayNumber(a.last), op, dayNumber(b.first), dayNumber(b.last));
}

/* ---- lengths of time ---- */

const interval = (n, unit) => (n < 0 || n > 100000 ? null : {n: Number(n), unit});

/* The fewest and the most days that it can last. */
function intervalDays({n, unit}) {
  if (unit === "days" || unit === "weeks") return unit === "weeks" ? [n * 7, n * 7] : [n, n];
  const fewest = [0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334];
  const longest = [0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337];
  const months = unit === "years" ? n * 12 : n, years = Math.floor(months / 12);
  const leap = Math.floor(years / 4) - Math.floor(years / 100) - 1;
  return [years * 365 + Math.max(leap, 0) + fewest[months % 12],
    years * 365 + Math.floor((years + 3) / 4) + longest[months % 12]];
}

function compareIntervals(a, op, b) {
  if (a === null || b === null) return null;
  const inDays = v => v.unit === "days" || v.unit === "weeks";
  const count = v => (v.unit === "weeks" ? v.n * 7 : v.unit === "years" ? v.n * 12 : v.n);
  if (inDays(a) === inDays(b)) return compare(count(a), op, count(b));
  return compareRanges(...intervalDays(a), op, ...intervalDays(b));
}

const COUNTS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
/* word: [n, unit, may stand behind a number] */
const UNITS = {
  day: [1, "days", true], days: [1, "days", true], week: [1, "weeks", true], weeks: [1, "weeks", true],
  fortnight: [2, "weeks", false], month: [1, "months", true], months: [1, "months", true],
  quarter: [3, "months", false], year: [1, "years", true], years: [1, "years", true],
  daily: [1, "days", false], weekly: [1, "weeks", true], fortnightly: [2, "weeks", false],
  monthly: [1, "months", true], quarterly: [3, "months", false], yearly: [1, "years", true],
  annually: [1, "years", false], annual: [1, "years", false],
};

function readInterval(text) {
  let rest = plain(text), n = -1;
  if (!rest) return null;
  const iso = /^p([0-9]+)(.?)(.*)$/.exec(rest);
  if (iso) {
    const unit = {d: "days", w: "weeks", m: "months", y: "years"}[iso[2]];
    return iso[1].length > 6 || +iso[1] < 1 || !unit || iso[3] ? null : interval(+iso[1], unit);
  }
  const word = w => { /* takes the word, when the rest begins with it and it ends there */
    if (!rest.startsWith(w) || /^[a-z]/.test(rest.slice(w.length))) return false;
    rest = rest.slice(w.length).replace(/^[ -]+/, "");
    return true;
  };
  const every = word("every") || word("each") || word("once a") || word("once every");
  const digits = /^[0-9]{1,6}/.exec(rest);
  if (digits) {
    n = +digits[0];
    rest = rest.slice(digits[0].length).replace(/^[ -]+/, "");
  } else if (every && word("other")) {
    n = 2;
  }
  for (let i = 0; i < COUNTS.length && n < 0; i++) if (word(COUNTS[i])) n = i + 1;
  if (n === 0) return null;
  for (const [name, [count, unit, afterNumber]] of Object.entries(UNITS))
    if (word(name)) return rest || (n > 0 && !afterNumber) ? null : interval((n > 0 ? n : 1) * count, unit);
  return null;
}

/* ---- money: pence ---- */

function readMoney(text) {
  const s = plain(text);
  if (s === null) return null;
  const m = /^([-\x02 ]*)([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]{1,2}))?$/.exec(s);
  if (!m || m[1].split("-").length > 2 || m[1].split("\x02").length > 2) return null;
  const pounds = m[2].replace(/,/g, "");
  if (pounds.length > 12) return null;
  const pence = BigInt(pounds) * 100n + BigInt((m[3] || "0").padEnd(2, "0"));
  return m[1].includes("-") ? -pence : pence;
}

function writeMoney(pence) {
  const rest = pence === null ? null : pence < 0n ? -pence : pence;
  if (rest === null || rest > 99999999999999n) return "";
  return `${pence < 0n ? "-" : ""}${rest / 100n}.${pad(rest % 100n, 2)}`;
}

/* ---- NHS numbers ---- */

/* "", or what is wrong. Modulus 11 (NHS Data Dictionary). */
function nhsNumberFault(text) {
  const [s, tooLong] = makePlain(text), digits = s.replace(/[ -]/g, "");
  if (/[^0-9 -]/.test(s)) return "wrong-character";
  if (tooLong || digits.length !== 10) return "wrong-length";
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += (10 - i) * +digits[i];
  return (11 - sum % 11) % 11 === +digits[9] ? "" : "wrong-check-digit";
}

/* ---- patterns ---- */

/* A pattern (docs/language.md) becomes steps, which are followed all at once, as a set: time is
 * the length of the text times that of the pattern, whatever is typed. RegExp would go back and
 * forth. A step is a test of one character, or the list of steps that it goes on to. */

const ASCII_CLASSES = {d: /[0-9]/, w: /[0-9A-Za-z_]/, s: /[ \t\n\r]/};

/* The test of what stands behind a backslash. */
function escapeTest(e) {
  const set = ASCII_CLASSES[e.toLowerCase()];
  if (set) return c => set.test(c) === (e === e.toLowerCase());
  const sign = {n: "\n", t: "\t"}[e] || e;
  return c => c === sign;
}

function compilePattern(source) {
  const s = [...source], steps = [];
  let at = 0;

  function classTest() { /* behind "[" */
    const tests = [], none = s[at] === "^";
    if (none) at++;
    const sign = () => s[at++] === "\\" ? s[at++] : s[at - 1];
    while (s[at] !== "]") {
      if (s[at] === "\\" && /[A-Za-z]/.test(s[at + 1])) {
        tests.push(escapeTest(s[at + 1]));
        at += 2;
        continue;
      }
      const low = sign();
      const high = s[at] === "-" && s[at + 1] !== "]" ? (at++, sign()) : low;
      tests.push(c => c.codePointAt(0) >= low.codePointAt(0) && c.codePointAt(0) <= high.codePointAt(0));
    }
    at++;
    return c => tests.some(t => t(c)) !== none;
  }

  /* What follows is a tree: emit() puts the steps of a part behind those that are there. */
  function atom() {
    const c = s[at++];
    if (c === "(") {
      const inside = alternatives();
      at++;
      return inside;
    }
    const test = c === "[" ? classTest() : c === "\\" ? escapeTest(s[at++])
      : c === "." ? x => x !== "\n" && x !== "\r" : x => x === c;
    return () => steps.push(test);
  }

  function repeated(emit) {
    let least = 1, most = 1;
    const q = s[at];
    if (q === "?" || q === "*" || q === "+") {
      at++;
      [least, most] = [q === "+" ? 1 : 0, q === "?" ? 1 : Infinity];
    } else if (q === "{") {
      const end = s.indexOf("}", at), [from, to] = s.slice(at + 1, end).join("").split(",");
      at = end + 1;
      [least, most] = [+from, to === undefined ? +from : to === "" ? Infinity : +to];
    } else {
      return emit;
    }
    return () => {
      for (let i = 0; i < least; i++) emit();
      if (most === Infinity) {
        const fork = steps.push([]) - 1;
        emit();
        steps.push([fork]);
        steps[fork] = [fork + 1, steps.length];
      }
      const forks = [];
      for (let i = least; i < most && most !== Infinity; i++) {
        forks.push(steps.push([]) - 1);
        emit();
      }
      for (const fork of forks) steps[fork] = [fork + 1, steps.length];
    };
  }

  function alternatives() {
    const branches = [[]];
    while (at < s.length && s[at] !== ")") {
      if (s[at] === "|") {
        at++;
        branches.push([]);
      } else {
        branches[branches.length - 1].push(repeated(atom()));
      }
    }
    return () => {
      const fork = branches.length > 1 ? steps.push([]) - 1 : -1, ends = [];
      for (const parts of branches) {
        if (fork >= 0) steps[fork].push(steps.length);
        for (const emit of parts) emit();
        if (fork >= 0) ends.push(steps.push([]) - 1);
      }
      for (const end of ends) steps[end] = [steps.length];
    };
  }

  alternatives()();
  return steps;
}

const compiled = new Map();

/* Does the text as a whole fit the pattern? */
function fitsPattern(source, text) {
  if (!compiled.has(source)) compiled.set(source, compilePattern(source));
  const steps = compiled.get(source);
  const reach = (alive, at) => {
    if (alive.has(at)) return;
    alive.add(at);
    if (Array.isArray(steps[at])) for (const to of steps[at]) reach(alive, to);
  };
  let alive = new Set();
  reach(alive, 0);
  for (const c of text) {
    const next = new Set();
    for (const at of alive)
      if (typeof steps[at] === "function" && steps[at](c)) reach(next, at + 1);
    alive = next;
    if (!alive.size) return false;
  }
  return alive.has(steps.length);
}

/* ---- answers ---- */

/* What is wrong with a text: too long, or not of the pattern's shape. */
function textFault(text, field) {
  if (field.max && [...text].length > field.max) return "too-long";
  return field.pattern && !fitsPattern(field.pattern, trim(text)) ? "wrong-shape" : "";
}

/* The choice that a text names, by id or by label in any language of the form; or undefined. */
function choiceNamed(list, text) {
  const t = fold(text);
  return list.choices.find(c => fold(c.id) === t) || list.choices.find(c => fold(c.label) === t) ||
    list.choices.find(c => (c.others || []).some(o => fold(o) === t));
}

/* Yes and no, also by their words in the languages of the form. */
function readYesNo(text, list) {
  const s = plain(text);
  if (s === "yes" || s === "no") return s === "yes";
  const choice = list && choiceNamed(list, text);
  return choice ? choice === list.choices[0] : null;
}

/* The ids of several choices, as a set, or null when a word is none of them. */
function readChoices(text, list) {
  const ids = text.split(/[ \t\n\r]+/).filter(w => w);
  return ids.every(id => list.choices.some(c => c.id === id)) ? new Set(ids) : null;
}

const REASONS = ["not-asked", "asked-unknown", "asked-declined", "not-applicable", "unknown", "masked"];

/* By type: [value, what is wrong]; null where the value is not known. */
const known = (value, why = "wrong-kind") => [value, value === null ? why : ""];
const readers = {
  "nhs-number": text => [text, nhsNumberFault(text)],
  "date": text => known(readDate(text)),
  "part-date": text => known(readPartDate(text)),
  "interval": text => known(readInterval(text)),
  "interval-text": text => [readInterval(text), ""],
  "integer": text => known(readNumber(text)),
  "money": text => known(readMoney(text)),
  "yes-no": (text, list) => known(readYesNo(text, list)),
  "choice": (text, list) => {
    const choice = choiceNamed(list, text);
    return [choice ? choice.id : null, choice || list.open ? "" : "not-in-list"];
  },
  "choices": (text, list) => known(readChoices(text, list), "not-in-list"),
};

/* An answer as rules see it: {text, state, why, value}. Text of nothing but white space is no
 * answer; absent is then the reason. */
function readAnswer(field, text, absent) {
  if (!isText(text))
    return {text: "", state: "absent", why: absent && !REASONS.includes(absent) ? "unknown" : absent || "", value: null};
  const [value, wrong] = readers[field.type] ? readers[field.type](text, field.list) : [text, ""];
  const why = wrong || textFault(text, field);
  return {text, state: why ? "unreadable" : "present", why, value: why ? null : value};
}

/* ---- what rules are made of ---- */

const answered = a => a.state !== "absent";
const textIf = a => (a.state === "present" ? a.text : "");
const compareTexts = (a, op, b) => (isText(a) && isText(b) ? holds(fold(a) === fold(b) ? 0 : 1, op) : null);
const compareChoice = (a, op, id) => (a.state === "present" ? holds(a.value === id ? 0 : 1, op) : null);

function compareChoices(a, op, b) {
  if (a.state !== "present" || b.state !== "present") return null;
  const same = a.value === b.value && (a.value !== null || fold(a.text) === fold(b.text));
  return holds(same ? 0 : 1, op);
}

const chosen = (a, id) => (a.state === "present" ? a.value.has(id) : null);

/* How many words stand in a text. */
function words(text) {
  if (!isText(text)) return null;
  return BigInt(text.split(new RegExp(WIDE_SPACE.source + "+", "u")).filter(w => w).length);
}

const any = (rows, test) => rows.reduce((all, row) => or(all, test(row)), false);
const all = (rows, test) => rows.reduce((all, row) => and(all, test(row)), true);
const count = rows => BigInt(rows.length);

/* The first (pick: Math.min) or the last day of a question in rows; unknown when there is none,
 * or when one cannot be read. */
function extreme(pick, rows, path) {
  const given = rows.map(row => row[path]).filter(answered);
  return given.length && given.every(a => a.value !== null) ? pick(...given.map(a => a.value)) : null;
}
const earliest = (rows, path) => extreme(Math.min, rows, path);
const latest = (rows, path) => extreme(Math.max, rows, path);

/* Verdicts: null when a rule has nothing to say, else why; "excused" when a reason was given. */
const must = truth => (truth === false ? {why: ""} : null);
const readable = a => (a.state === "unreadable" ? {why: a.why} : null);
const asked = (when, a) => (when !== true && answered(a) ? {why: ""} : null);

function required(when, a) {
  if (when !== true || answered(a)) return null;
  return {why: a.why, excused: ["asked-unknown", "asked-declined", "not-applicable"].includes(a.why)};
}

/* What is worked out, as it would be stored; "" when it is not known. */
const writeNumber = n => (n === null ? "" : String(n));
const writeYesNo = truth => (truth === null ? "" : truth ? "yes" : "no");
const writeInterval = a => (a.value === null ? "" : a.text);
const writeChoice = a => (a.state === "present" ? a.value ?? a.text : "");
