// The script of a page that formc made, without its page: what it knows of plans and rules.
import fs from "node:fs";
import vm from "node:vm";

const NAMES = ["form", "rules", "nodes", "readJson", "writeJson", "writeXml", "findings", "review", "readDate",
  "newPlan", "viewOf", "takeText", "digestOf", "isStale", "sha256", "Refusal", "fitsPattern"];

export function load(path) {
  const html = fs.readFileSync(path, "utf8");
  const script = /<script>([^]*?)<\/script>/.exec(html)[1];
  const context = vm.createContext({TextEncoder, TextDecoder});
  vm.runInContext(`${script}\n;globalThis.page = {${NAMES}};`, context, {filename: path});
  return context.page;
}
