// verdicts.mjs PAGE.html: on standard input what html-plans prints. The page's script reads each plan,
// finds the same in it, in the same order, and writes the same bytes.
import readline from "node:readline";
import {load} from "./page.mjs";

const page = load(process.argv[2]);
let plans = 0, all = 0, bad = 0;
const rules = new Set();

function differs(line, what, want, have) {
  if (++bad > 3) return;
  console.log(`plan ${plans}: ${what}\n  wanted ${want}\n  found  ${have}\n${line.made}`);
}

for await (const text of readline.createInterface({input: process.stdin})) {
  const line = JSON.parse(text);
  plans++;
  const plan = page.readJson(line.json);
  const found = page.findings(plan, line.stage, page.readDate(line.day))
    .map(f => [f.path, f.rule, f.severity, f.message, f.why]);
  for (let i = 0; i < Math.max(found.length, line.found.length); i++) {
    const want = JSON.stringify(line.found[i]), have = JSON.stringify(found[i]);
    if (want === have) continue;
    differs(line, `at stage ${line.stage} on ${line.day}, finding ${i}`, want, have);
    break;
  }
  all += found.length;
  for (const f of found) rules.add(f[1]);
  if (page.writeJson(plan) !== line.json) differs(line, "as JSON", line.json, page.writeJson(plan));
  if (page.writeXml(plan) !== line.xml) differs(line, "as XML", line.xml, page.writeXml(plan));
}
console.log(`${plans} plans, ${all} findings of ${rules.size} of ${page.rules.length} rules, ${bad} differ`);
process.exit(bad > 0 || plans < 10 || rules.size * 2 < page.rules.length ? 1 : 0);
