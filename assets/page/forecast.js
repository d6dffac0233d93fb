// Before anything runs: whether it converges and how long that takes, as gdviz.core.words.forecasts
// says it. Each method's steps shrink a direction of some curvature by a known factor.

const GOAL = 1e-6;
const [TINY, HUGE] = [1e-8, 1e150];

/** Return the larger magnitude of the roots of r² - total r + product. */
function largerRoot(total, product) {
  if (Math.abs(total) > HUGE) return Math.abs(total);
  const discriminant = total * total - 4 * product;
  if (discriminant < 0) return Math.sqrt(product);
  return (Math.abs(total) + Math.sqrt(discriminant)) / 2;
}

/** Return what each step makes of a distance along a direction, in the long run. */
function factorOf({ method, learning_rate: rate, hyperparameters: { momentum = 0 } }, curvature) {
  const left = 1 - rate * curvature;
  switch (method) {
    case "momentum": return largerRoot(left + momentum, momentum);
    case "nesterov": return largerRoot((1 + momentum) * left, momentum * left);
    default: return Math.abs(left);
  }
}

/** Return after how many steps a direction is a million times smaller. */
function stepsAlong(settings, curvature) {
  const rate = settings.learning_rate * curvature;
  const kept = 1 - (settings.hyperparameters.momentum ?? 0);
  const shrunk = factorOf(settings, curvature);
  // A rate that would be lost in 1 - rate; the logarithm of the factor tends to this.
  const decay = rate > 0 && rate < TINY * kept ** 2 ? rate / kept
    : shrunk > 0 ? -Math.log(shrunk) : Infinity;
  return decay > 0 ? Math.max(1, -Math.log(GOAL) / decay) : Infinity;
}

/** Say whether a run will converge and how long that takes. */
function forecast(settings) {
  const withBias = +settings.with_bias;
  const known = page.methods[settings.method].forecasts[withBias];
  if (known) return known; // it doesn't depend on the rate
  const { ways } = page.spaces[withBias];
  const worst = Math.max(...ways.map((curvature) => factorOf(settings, curvature)));
  if (worst > 1) return `Diverges: each step ends ${timesText(worst)} as far from the minimum.`;
  const steps = Math.max(...ways.map((curvature) => stepsAlong(settings, curvature)));
  if (steps === Infinity) {
    return "Never converges: the steps jump to and fro, as far out as before.";
  }
  const what = ways.length > 1 ? "the slow direction" : "the distance";
  const rounded = steps < 1e300 ? Number(Math.ceil(steps).toPrecision(2)) : steps;
  return `Converges: about ${countText(rounded)} iteration${rounded === 1 ? "" : "s"} until ` +
    `${what} is a million times smaller. ${shareText(settings.iterations, steps)}`;
}

/** Say how far so many iterations go, if so many steps go all the way. */
function shareText(count, steps) {
  if (steps <= count) return `Your ${countText(count)} are enough.`;
  const share = 1 - Math.exp((Math.log(GOAL) * count) / steps);
  const percent = share < 0.01 ? "under 1" : share > 0.99 ? "over 99" : (100 * share).toFixed(0);
  return `Your ${countText(count)} go ${percent} % of the way.`;
}

/** Return a factor above 1 for reading. */
function timesText(times) {
  const digits = times < 1.01 ? 6 : 3;
  const rounded = Number(times.toPrecision(digits));
  const text = rounded >= 1000 && rounded < 1e6 ? countText(rounded) : numberText(rounded, digits);
  return `${text === "1" ? "just over " : ""}${text} times`;
}
