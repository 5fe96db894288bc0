// ajv.js SCHEMA PLAN.json: what a plan costs ajv, in microseconds: least and median of many rounds.
// Prints "check MIN MED", "parse MIN MED" and "both MIN MED".
"use strict";
const fs = require("fs");
const path = require("path");
const Ajv = require(path.join(__dirname, "../node/node_modules/ajv/dist/2020"));

const ROUNDS = 41;
const ROUND_NS = 2000000n; // a round lasts at least this long

const ajv = new Ajv({ strict: true });
for (const word of ["x-formc-path", "x-formc-type", "x-formc-labels", "x-formc-min-rows"])
  ajv.addKeyword(word);
const validate = ajv.compile(JSON.parse(fs.readFileSync(process.argv[2], "utf8")));
const text = fs.readFileSync(process.argv[3], "utf8");
const plan = JSON.parse(text);

function measure(what, step) {
  const perStep = [];
  let steps = 1;
  for (let i = 0; i < 5000; i++) if (!step()) throw new Error(what + ": the plan is not taken");
  while (perStep.length < ROUNDS) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < steps; i++) step();
    const spent = process.hrtime.bigint() - start;
    if (spent < ROUND_NS) steps *= 2;
    else perStep.push(Number(spent) / steps / 1e3);
  }
  perStep.sort((a, b) => a - b);
  console.log(what, perStep[0].toFixed(2), perStep[ROUNDS >> 1].toFixed(2));
}

measure("check", () => validate(plan));
measure("parse", () => JSON.parse(text));
measure("both", () => validate(JSON.parse(text)));
