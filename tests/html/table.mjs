// table.mjs PAGE.html TABLE.txt: the page's script gives the verdicts of the table that were worked
// out by hand (tests/verdicts/table.txt says how it is written).
import fs from "node:fs";
import {load} from "./page.mjs";

const page = load(process.argv[2]);
const rules = new Map(page.rules.map(r => [r.id, r]));
const expressions = [];
let columns = [], rows = 0, cells = 0, bad = 0;

const unescape = s => s.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (all, u, U, c) =>
  (c ? {n: "\n", r: "\r"}[c] ?? " " : String.fromCodePoint(parseInt(u || U, 16))));

function readColumns(line) {
  columns = line.split("|").map(c => {
    const text = c.trim();
    if (text.startsWith("@")) return {text, rule: `t/${text.slice(1)}`};
    if (!expressions.includes(text)) expressions.push(text);
    return {text, number: expressions.indexOf(text)};
  });
}

function cellOf(column, found) {
  if (column.number !== undefined) {
    const untrue = found.has(`t/x${column.number}-is.must`), isTrue = found.has(`t/x${column.number}-not.must`);
    return untrue && isTrue ? "both" : untrue ? "F" : isTrue ? "T" : "U";
  }
  const f = found.get(column.rule), kind = rules.get(column.rule).kind;
  if (!f) return "ok";
  if (kind === "type") return f.why;
  if (kind !== "required") return f.why || "fails";
  return (f.severity === "advice" ? "excused" : "missing") + (f.why ? `/${f.why}` : "");
}

function checkRow(number, line) {
  const colon = line.lastIndexOf(" : "), wanted = line.slice(colon + 3).trim().split(/\s+/);
  const plan = {form: "verdicts", answers: {t: {rows: Array.from({length: 8}, () => ({_absent: {}}))}}, absent: {}};
  const inside = plan.answers.t;
  let asOf = "2026-06-30";
  for (const one of line.slice(0, colon).split(";")) {
    const m = /^\s*([^=!]+)([=!])([^]*)$/.exec(one.replace(/^ +| +$/g, ""));
    if (!m) continue;
    const [, path, sign, raw] = m, value = unescape(raw);
    const row = /^rows\[(\d)\]\/(.*)$/.exec(path);
    if (path === "as-of") {
      asOf = value;
    } else if (sign === "!") {
      if (row) inside.rows[row[1] - 1]._absent[row[2]] = value;
      else plan.absent[`t/${path}`] = value;
    } else {
      let at = row ? inside.rows[row[1] - 1] : inside;
      const ids = (row ? row[2] : path).split("/");
      for (const id of ids.slice(0, -1)) at = at[id] ??= {};
      at[ids.at(-1)] = value;
    }
  }
  const found = new Map();
  for (const f of page.findings(page.readJson(JSON.stringify(plan)), 0, page.readDate(asOf)))
    if (!found.has(f.rule)) found.set(f.rule, f);
  rows++;
  columns.forEach((column, i) => {
    cells++;
    if (column.number === undefined && !rules.has(column.rule)) return; // the types that take every text
    const said = cellOf(column, found);
    if (said === wanted[i]) return;
    bad++;
    console.log(`line ${number}: ${column.text} is ${wanted[i]} by hand, the page says ${said}: ${line}`);
  });
}

fs.readFileSync(process.argv[3], "utf8").split("\n").forEach((line, i) => {
  if (line.startsWith("? ")) readColumns(line.slice(2));
  else if (line.trim() && !line.startsWith("#")) checkRow(i + 1, line);
});
console.log(`${rows} rows, ${cells} cells, ${bad} wrong`);
process.exit(bad > 0 || cells < 3000 ? 1 : 0);
