"use strict";
// The numbers of the page. It comes to the digits of gdviz: every formula stands in gdviz.core in
// the same order, and RULES are the lines of the methods, translated. Nothing here draws.

const page = JSON.parse(document.getElementById("run").textContent);
const DIVERGED_LOSS = 1e300;
const COLUMNS = 7; // of a row: weight, bias, loss, both slopes, both steps

// The loss over weight and bias is a bowl.

function roots(bowl, weight, bias) {
  const shift = weight - bowl.weight;
  return [bowl.sd_x * shift, bowl.mean_x * shift + bowl.unit * (bias - bowl.bias)];
}

function lossAt(bowl, weight, bias) {
  const [across, along] = roots(bowl, weight, bias);
  return bowl.minimum + across * across + along * along;
}

function gradientAt(bowl, weight, bias) {
  const [across, along] = roots(bowl, weight, bias);
  return [2 * (bowl.sd_x * across + bowl.mean_x * along), 2 * bowl.unit * along];
}

// A run: the state before each step.

/** Yield [weight, bias, step along w, step along b] without end, in the units it descends in. */
function* walk(settings, bowl, weight, bias) {
  const { learning_rate: rate, with_bias: withBias, method, hyperparameters } = settings;
  const rules = RULES[method][+withBias];
  if (!page.methods[method].follows_slope) {
    yield* search(rules(rate, (_X, _Y, w, b = bias) => lossAt(bowl, w, b), hyperparameters),
      withBias, bowl, weight, bias);
    return;
  }
  const along = [0, 1].map(() => RULES[method][0](rate, null, hyperparameters));
  along.forEach((rule) => rule.next());
  let biasStep = 0;
  while (true) {
    const [weightSlope, biasSlope] = gradientAt(bowl, weight, bias);
    const weightStep = along[0].next(weightSlope).value;
    if (withBias) biasStep = along[1].next(biasSlope).value;
    yield [weight, bias, weightStep, biasStep];
    weight += weightStep;
    bias += biasStep;
  }
}

/** Do the same by a rule that tries steps, until none lowers the loss. */
function* search(rule, withBias, bowl, weight, bias) {
  rule.next();
  while (true) {
    const { value: step, done } = rule.next([lossAt(bowl, weight, bias), weight, bias]);
    const [weightStep, biasStep] = done ? [0, 0] : withBias ? step : [step, 0];
    yield [weight, bias, weightStep, biasStep];
    if (done) return;
    weight += weightStep;
    bias += biasStep;
  }
}

/** Run it all: rows, how many iterations lie between them, and how it ended, at which one. */
function descend(settings) {
  if (!settings.computes) return recorded();
  const { bowl, mean, sd, start } = page.spaces[+settings.with_bias];
  const rows = new Float64Array(COLUMNS * (settings.iterations + 1));
  let count = 0;
  let ending = "settled";
  for (const [weight, bias, weightStep, biasStep] of walk(settings, bowl, ...start)) {
    const loss = lossAt(bowl, weight, bias);
    const slopes = gradientAt(bowl, weight, bias);
    if (!(loss <= DIVERGED_LOSS && [weight, bias, ...slopes].every(Number.isFinite))) {
      ending = "diverged";
      break;
    }
    rows.set([weight, bias, loss, ...slopes, weightStep, biasStep], COLUMNS * count);
    if (mean !== 0 || sd !== 1) unscale(rows, COLUMNS * count, mean, sd);
    count += 1;
    if (settings.tolerance && Math.hypot(...slopes) < settings.tolerance) {
      ending = "converged";
      break;
    }
    if (count > settings.iterations) {
      ending = "reached";
      break;
    }
  }
  const ended = ending === "diverged" ? count : count - 1;
  return { rows, count, stride: 1, ending, ended, newest: count - 1 };
}

/** Put a row on standardised x into the units of the data. */
function unscale(rows, at, mean, sd) {
  rows[at] /= sd;
  rows[at + 1] -= rows[at] * mean;
  rows[at + 3] = sd * rows[at + 3] + mean * rows[at + 4];
  rows[at + 5] /= sd;
  rows[at + 6] -= rows[at + 5] * mean;
}

function recorded() {
  const { rows, ...rest } = page.record;
  return { rows: Float64Array.from(rows.flat()), count: rows.length, ...rest };
}

/** Return the row at an iteration, or the last one before it that is kept. */
function rowAt(run, iteration) {
  // The newest row is kept even where it isn't a multiple of the stride.
  const isNewest = iteration >= run.newest;
  const index = isNewest ? run.count - 1 : Math.floor(iteration / run.stride);
  const [weight, bias, loss, weightSlope, biasSlope, weightStep, biasStep] =
    run.rows.subarray(COLUMNS * index, COLUMNS * (index + 1));
  const at = isNewest ? run.newest : index * run.stride;
  return { iteration: at, weight, bias, loss, weightSlope, biasSlope, weightStep, biasStep };
}

// Numbers and sentences, as gdviz writes them.

const MINUS = "\u2212";

/** Return a number for reading, such as 12.5 or 1.25e7, rounded to so many digits. */
function numberText(value, digits = 6) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "?" : value < 0 ? `${MINUS}∞` : "∞";
  if (value === 0) return "0";
  const [mantissa, power] = value.toExponential(digits - 1).split("e");
  const plain = -4 <= power && power < 6;
  const text = plain ? value.toFixed(Math.max(0, digits - 1 - power)) : mantissa;
  const trimmed = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return (trimmed + (plain ? "" : `e${Number(power)}`)).replaceAll("-", MINUS);
}

/** Return the shortest text that is this number and no other. */
function shortNumber(value) {
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  const plain = value === 0 || (-4 <= exponent && exponent < 16);
  return (plain ? plainText(value) : value.toExponential().replace("e+", "e"))
    .replaceAll("-", MINUS);
}

function plainText(value) {
  const text = String(value);
  if (!text.includes("e")) return text;
  const [mantissa, power] = text.split("e");
  return value.toFixed(mantissa.replace(/\D/g, "").length - 1 - Number(power));
}

/** Return a count for reading, from a million on in words. */
function countText(count) {
  if (count >= 1e12) return numberText(count, 2);
  for (const [size, word] of [[1e9, "billion"], [1e6, "million"]]) {
    if (count >= size) return `${numberText(count / size, 3)} ${word}`;
  }
  return count.toLocaleString("en-US", { maximumFractionDigits: 0 });
}

function lineText(row, withBias, digits = 6) {
  const text = `w = ${numberText(row.weight, digits)}`;
  return withBias ? `${text}, b = ${numberText(row.bias, digits)}` : text;
}

/** Say why a run ended. */
function outcomeSentence(settings, run) {
  const at = countText(run.ended);
  switch (run.ending) {
    case "reached": return `Ran all ${at} iterations.`;
    case "converged":
      return `Stopped at iteration ${at}: the slope is smaller than ` +
        `${shortNumber(settings.tolerance)}.`;
    case "settled":
      return `Stopped at iteration ${at}: no step of ${shortNumber(settings.learning_rate)} ` +
        "lowers the loss any more.";
    case "stopped": return `You stopped the run at iteration ${at}.`;
    default: return `Diverged: the loss left all bounds at iteration ${at}.`;
  }
}

/** Return the name of the zone that a rate lies in; none where no limit is known. */
function zoneOf(zones, rate) {
  if (!zones) return null;
  if (rate >= zones.limit) return "diverging";
  if (rate > zones.overshooting) return "overshooting, converging";
  return rate >= zones.fast ? "fast" : "creeping";
}
