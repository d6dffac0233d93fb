// Ranges: as in gdviz.core.geometry.ranges.

const bounded = (value, low, high) => Math.max(low, Math.min(high, value));

function niceStep(size) {
  const power = 10 ** Math.floor(Math.log10(size));
  const off = (nice) => Math.abs(Math.log(nice / (size / power)));
  return [1, 2, 5, 10].reduce((best, nice) => (off(nice) < off(best) ? nice : best)) * power;
}

function nextNiceStep(size) {
  if (!(size > 0 && size < Infinity)) return Infinity;
  const power = 10 ** Math.floor(Math.log10(size));
  return ([1, 2, 5].find((nice) => nice * power >= size) ?? 10) * power;
}

/** Widen a range by 1, 2, 5, 10, … of its steps, each end until it holds all values. */
function grown([low, high], lowest, highest) {
  const step = niceStep((high - low) / 5);
  const more = [low - lowest, highest - high]
    .map((beyond) => (beyond > 0 ? nextNiceStep(beyond / step + 0.25) * step : 0));
  return Number.isFinite(more[0] + more[1]) ? [low - more[0], high + more[1]] : [low, high];
}

function ticks([low, high], about) {
  const step = niceStep((high - low) / about);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const value = (first + index) * step;
    const digits = 1 + Math.floor(Math.log10(Math.abs(value || step)) + 1e-9)
      - Math.floor(Math.log10(step) + 1e-9);
    return [value, numberText(value, bounded(digits, 1, 15))];
  });
}

function decades([low, high], about) {
  const step = Math.max(1, Math.ceil((high - low) / about));
  return ticks([low, high], (high - low) / step)
    .filter(([power]) => Number.isInteger(power))
    .map(([power]) => [power, numberText(10 ** power, 1)]);
}
