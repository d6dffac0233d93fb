// Runs a page's own first script, without a browser, for every job that comes in: what it is asked
// for is worked out in the page's world, and printed as JSON.
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

const answers = JSON.parse(readFileSync(0, "utf8")).map(({ html, asked }) => {
  const data = html.match(/<script type="application\/json" id="run">(.*?)<\/script>/s)[1];
  const [, script] = html.match(/<script>(.*?)<\/script>/s);
  const world = createContext({ document: { getElementById: () => ({ textContent: data }) } });
  runInContext(script, world);
  return runInContext(`JSON.stringify(${asked})`, world);
});
process.stdout.write(`[${answers.join(",")}]`);
