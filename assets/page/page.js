"use strict";
// The pictures and the controls of the page. Its numbers come from descent.js.

const element = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";
// With more iterations a second nobody could follow a walk: there the hiker jumps.
const [FASTEST_WALK, REST, SLOW_STEPS] = [12, 0.35, 4];
// A path is followed until it is this many times farther out than where one starts.
const MAX_REACH = 8;
const MOST_LEVELS = 14;
const MARGIN = { left: 62, right: 14, top: 10, bottom: 44 };

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const exported = {
  ...page.settings, hyperparameters: page.methods[page.settings.method].hyperparameters,
};
let settings = { ...exported };
let run = descend(settings);
let position = Math.max(0, Math.min(page.iteration, run.newest));
let playing = false;
let speed = page.speeds[0];

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

// Drawing: what stands still is drawn once for a run, and what moves for every moment.

function add(parent, name, attributes = {}, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  parent.append(made);
  return made;
}

class Picture {
  constructor(id) {
    this.id = id;
    this.svg = element(id);
  }

  /** Begin anew: axes for a view, and two layers within them. */
  begin([x, y], titles, yTicks = ticks) {
    const { svg } = this;
    const [width, height] = [svg.clientWidth || 560, svg.clientHeight || 300];
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.replaceChildren();
    [this.x, this.y, this.width, this.height] = [x, y, width, height];
    this.frame = { x: MARGIN.left, y: MARGIN.top, width: width - MARGIN.left - MARGIN.right,
      height: height - MARGIN.top - MARGIN.bottom };
    add(add(svg, "clipPath", { id: `${this.id}-frame` }), "rect", this.frame);
    const clip = { "clip-path": `url(#${this.id}-frame)` };
    this.below = add(svg, "g", clip);
    this.axes(titles, yTicks);
    this.still = add(svg, "g", clip);
    this.moving = add(svg, "g", clip);
  }

  axes([xTitle, yTitle], yTicks) {
    const { svg, frame } = this;
    const [bottom, right] = [frame.y + frame.height, frame.x + frame.width];
    for (const [value, text] of ticks(this.x, bounded(frame.width / 75, 2, 10))) {
      const at = this.px(value);
      add(svg, "line", { class: "mesh", x1: at, x2: at, y1: frame.y, y2: bottom });
      add(svg, "text", { x: at, y: bottom + 17, "text-anchor": "middle" }, text);
    }
    for (const [value, text] of yTicks(this.y, bounded(frame.height / 35, 2, 10))) {
      const at = this.py(value);
      add(svg, "line", { class: "mesh", x1: frame.x, x2: right, y1: at, y2: at });
      add(svg, "text", { x: frame.x - 7, y: at + 4.5, "text-anchor": "end" }, text);
    }
    add(svg, "path", { class: "axis", d: `M${frame.x} ${frame.y}V${bottom}H${right}` });
    const middle = frame.y + frame.height / 2;
    add(svg, "text", { class: "title", x: frame.x + frame.width / 2, y: bottom + 37,
      "text-anchor": "middle" }, shortened(xTitle, frame.width / 8));
    add(svg, "text", { class: "title", x: 13, y: middle, "text-anchor": "middle",
      transform: `rotate(-90 13 ${middle})` }, shortened(yTitle, frame.height / 8));
  }

  px(x) {
    return bounded(this.frame.x + ((x - this.x[0]) / (this.x[1] - this.x[0])) * this.frame.width,
      -1e5, 1e5);
  }

  py(y) {
    return bounded(
      this.frame.y + ((this.y[1] - y) / (this.y[1] - this.y[0])) * this.frame.height, -1e5, 1e5);
  }

  path(layer, kind, points, rest = {}) {
    const d = points.map(([x, y]) => `${this.px(x).toFixed(2)} ${this.py(y).toFixed(2)}`);
    return add(layer, "path", { class: kind, d: d.length ? `M${d.join("L")}` : "", ...rest });
  }

  dots(layer, kind, points) {
    const d = points.map(([x, y]) => `M${this.px(x).toFixed(2)} ${this.py(y).toFixed(2)}h0`);
    add(layer, "path", { class: kind, d: d.join("") });
  }

  circle(layer, kind, x, y, r) {
    add(layer, "circle", { class: kind, cx: this.px(x), cy: this.py(y), r });
  }

  cross(layer, x, y) {
    const [left, top] = [this.px(x), this.py(y)];
    add(layer, "path", { class: "optimum",
      d: `M${left - 5} ${top - 5}l10 10M${left - 5} ${top + 5}l10 -10` });
  }

  holds(x, y) {
    return this.x[0] <= x && x <= this.x[1] && this.y[0] <= y && y <= this.y[1];
  }

  /** Write a sentence across the picture, for what it can't show. */
  say(text) {
    add(this.moving, "text", { class: "outside", x: this.frame.x + this.frame.width / 2,
      y: this.frame.y + 20, "text-anchor": "middle" }, text);
  }

  /** Draw an arrow, unless it would be shorter than its head. */
  arrow(from, to) {
    const [x1, y1, x2, y2] = [this.px(from[0]), this.py(from[1]), this.px(to[0]), this.py(to[1])];
    const length = Math.hypot(x2 - x1, y2 - y1);
    if (length < 12) return;
    const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
    const side = (sign) => `${x2 - 9 * ux - sign * 6 * uy} ${y2 - 9 * uy + sign * 6 * ux}`;
    add(this.moving, "path", { class: "arrow",
      d: `M${x1} ${y1}L${x2} ${y2}M${side(1)}L${x2} ${y2}L${side(-1)}` });
  }
}

const shortened = (text, most) => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);
const ground = new Picture("ground");
const data = new Picture("data");
const history = new Picture("history");

const space = () => page.spaces[+settings.with_bias];

/** Return the rows of the run that are near enough to be worth showing. */
function rowsNear() {
  const { drawn, natural } = space();
  const most = MAX_REACH ** 2 * Math.max(rowAt(run, 0).loss - drawn.minimum, natural);
  return Array.from({ length: run.count }, (_, index) => rowAt(run, index * run.stride))
    .filter((row, index) => index === 0 || row.loss - drawn.minimum <= most);
}

/** Return both ends of some values. */
function hull(values) {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity]);
}

/** Return the places of rows in a picture that can be told apart, as [iteration, x, y]. */
function pathOf(picture, rows, place) {
  let last = [Infinity, Infinity];
  return rows.map((row) => [row.iteration, ...place(row)]).filter(([, x, y]) => {
    const px = [picture.px(x), picture.py(y)];
    const apart = Math.hypot(px[0] - last[0], px[1] - last[1]) >= 5;
    if (apart) last = px;
    return apart;
  });
}

function drawStill() {
  if (!run.count) return;
  const rows = rowsNear();
  drawData(rows);
  drawHistory();
  if (settings.with_bias) drawMap(rows);
  else drawCurve(rows);
  drawZones();
}

function drawCurve(rows) {
  const { drawn, view } = space();
  const x = grown(view[0], ...hull(rows.map((row) => row.weight)));
  const y = grown(view[1], view[1][0], hull(rows.map((row) => row.loss))[1]);
  ground.begin([x, y], ["weight w", "loss"]);
  const along = Array.from({ length: 301 }, (_, k) => x[0] + ((x[1] - x[0]) * k) / 300);
  ground.path(ground.still, "curve", along.map((w) => [w, lossAt(drawn, w, drawn.bias)]));
  drawPlaces(rows, drawn.minimum, (row) => [row.weight, row.loss]);
}

function drawMap(rows) {
  const { drawn, view } = space();
  const x = grown(view[0], ...hull(rows.map((row) => row.weight)));
  const y = grown(view[1], ...hull(rows.map((row) => row.bias)));
  ground.begin([x, y], ["weight w", "bias b"]);
  add(ground.below, "rect", { ...ground.frame, class: "paper" });
  drawLevels(drawn, x, y);
  drawPlaces(rows, drawn.bias, (row) => [row.weight, row.bias]);
}

/** Mark the minimum and the start, and lay out the path from there. */
function drawPlaces(rows, height, place) {
  ground.cross(ground.still, space().drawn.weight, height);
  ground.circle(ground.still, "start", ...place(rows[0]), 9);
  ground.trail = pathOf(ground, rows, place);
}

/** Draw where the loss has round heights above its minimum: circles, stretched to ellipses. */
function drawLevels(bowl, x, y) {
  const corners = x.flatMap((w) => y.map((b) => lossAt(bowl, w, b) - bowl.minimum));
  const heights = logHeights(Math.max(...corners));
  const scale = [ground.px(1) - ground.px(0), ground.py(1) - ground.py(0)];
  const perWeight = ground.frame.width / (x[1] - x[0]);
  const perBias = -ground.frame.height / (y[1] - y[0]);
  const centre = [ground.px(bowl.weight), ground.py(bowl.bias)];
  const labelled = [];
  heights.forEach((height, index) => {
    const [a, b] = bowl.axes.map(([weight, bias, steepness]) => {
      const end = [weight * perWeight, bias * perBias];
      const size = Math.hypot(...end);
      // A valley without an end is cut off far outside.
      const long = Math.min(Math.sqrt(height) / steepness, (40 * ground.width) / size);
      return end.map((part) => part * long);
    });
    const matrix = `matrix(${[...a, ...b, ...centre].join(" ")})`;
    const shape = { r: 1, transform: matrix };
    add(ground.below, "circle", { ...shape, class: "ground",
      "fill-opacity": 1 / (heights.length - index) });
    add(ground.below, "circle", { ...shape, class: "level",
      "vector-effect": "non-scaling-stroke" });
    labelLevel(bowl.minimum + height, centre, [a, b], labelled);
  });
}

/** Write a level's loss at an end of its ellipse that is in sight, away from start and others. */
function labelLevel(loss, centre, axes, labelled) {
  const { frame } = ground;
  const start = rowAt(run, 0);
  const away = ([x, y]) => Math.hypot(x - ground.px(start.weight), y - ground.py(start.bias));
  const [place] = axes.filter((axis) => Math.hypot(...axis) > 24)
    .flatMap(([x, y]) => [1, -1].map((sign) => [centre[0] + sign * x, centre[1] + sign * y]))
    .filter(([x, y]) => Math.abs(x - frame.x - frame.width / 2) < frame.width / 2 - 24
      && Math.abs(y - frame.y - frame.height / 2) < frame.height / 2 - 10)
    .sort((one, other) => away(other) - away(one));
  if (!place || labelled.some(([x, y]) => Math.hypot(x - place[0], y - place[1]) < 34)) return;
  labelled.push(place);
  add(ground.below, "text", { class: "level", x: place[0], y: place[1] + 4,
    "text-anchor": "middle" }, numberText(loss, 3));
}

function logHeights(highest) {
  if (!(highest > 0 && highest < Infinity)) return [];
  const decade = Math.floor(Math.log10(highest));
  const powers = Array.from({ length: MOST_LEVELS }, (_, index) => 10 ** (decade - index));
  return powers.flatMap((power) => [3 * power, power])
    .filter((height) => height > 0 && height <= highest).slice(0, MOST_LEVELS);
}

function drawData(rows) {
  const { x, y, view } = page.data;
  const middles = rows.map((row) => heightsIn(row, view))
    .filter((heights) => misses(heights, view[1])).map(([, middle]) => middle);
  data.begin([view[0], grown(view[1], ...hull([...view[1], ...middles]))], [page.x, page.y]);
  data.dots(data.still, x.length > 500 ? "dots many" : "dots", x.map((value, index) => [value, y[index]]));
  data.path(data.below, "earlier", lineIn(rowAt(run, 0)));
}

/** Return how high a line is at the left edge of a view, in the middle and at the right one. */
const heightsIn = (row, [[left, right]]) =>
  [left, (left + right) / 2, right].map((x) => row.weight * x + row.bias);

const misses = ([left, , right], [low, high]) =>
  Math.min(left, right) > high || Math.max(left, right) < low;

const lineIn = (row) => data.x.map((x) => [x, row.weight * x + row.bias]);

function drawHistory() {
  const first = rowAt(run, 0).loss;
  const last = rowAt(run, run.newest).loss;
  history.log = last > first || run.ending === "diverged";
  element("scale").hidden = !history.log;
  const points = envelope();
  const losses = points.map(([, loss]) => loss);
  const [low, high] = [Math.min(...losses), Math.max(...losses)];
  const depth = high - low || Math.abs(high) || 1;
  const bottom = !history.log && low < 0.13 * high ? 0 : low;
  const y = [bottom - 0.06 * depth, high + 0.08 * depth];
  const length = Math.max(1, run.newest);
  history.begin([[-0.015 * length, 1.015 * length], y],
    ["iteration", "loss"], history.log ? decades : ticks);
  history.path(history.still, "tocome", points);
  const clip = add(history.svg, "clipPath", { id: "gone" });
  history.gone = add(clip, "rect", { ...history.frame, width: 0 });
  history.path(history.still, "sofar", points, { "clip-path": "url(#gone)" });
}

const heightOf = (loss) => (history.log ? Math.log10(Math.max(loss, 1e-300)) : loss);

/** Return the losses by iteration: of long runs the first, lowest and highest of each stretch. */
function envelope() {
  const stretch = Math.ceil(run.count / 400);
  const found = [];
  for (let first = 0; first < run.count; first += stretch) {
    const rows = Array.from({ length: Math.min(stretch, run.count - first) }, (_, index) =>
      rowAt(run, (first + index) * run.stride));
    const ends = rows.reduce(([low, high], row) =>
      [row.loss < low.loss ? row : low, row.loss > high.loss ? row : high], [rows[0], rows[0]]);
    const kept = new Set([rows[0], ...ends, rows.at(-1)]);
    found.push(...rows.filter((row) => kept.has(row)));
  }
  return found.map((row) => [row.iteration, heightOf(row.loss)]);
}

/** Return the place on the straight line from a row to the next one. */
function rowBetween(at) {
  const whole = Math.floor(at);
  const share = at - whole;
  const row = rowAt(run, whole);
  if (!share || run.stride > 1 || whole >= run.newest) return row;
  const weight = row.weight + share * row.weightStep;
  const bias = row.bias + share * row.biasStep;
  const { drawn } = space();
  const [weightSlope, biasSlope] = gradientAt(drawn, weight, bias);
  return { iteration: row.iteration, weight, bias, loss: lossAt(drawn, weight, bias), weightSlope,
    biasSlope, weightStep: (1 - share) * row.weightStep, biasStep: (1 - share) * row.biasStep };
}

function drawMoment() {
  if (!run.count) return;
  const shown = walked();
  const row = rowBetween(shown);
  for (const picture of [ground, data, history]) picture.moving.replaceChildren();
  drawHiker(row, shown);
  data.path(data.moving, "line", lineIn(row));
  if (misses(heightsIn(row, [data.x]), data.y)) data.say("The line is far outside.");
  const at = [Math.min(shown, run.newest), heightOf(row.loss)];
  history.path(history.moving, "now", [[at[0], history.y[0]], [at[0], history.y[1]]]);
  history.circle(history.moving, "hiker", ...at, 6);
  history.gone.setAttribute("width", Math.max(0, history.px(at[0]) - history.frame.x));
  element("scrub").value = position;
  drawStrip(rowAt(run, position));
}

function drawHiker(row, shown) {
  const gone = ground.trail.filter(([iteration]) => iteration <= shown).map(([, x, y]) => [x, y]);
  const here = settings.with_bias ? [row.weight, row.bias] : [row.weight, row.loss];
  ground.path(ground.moving, "way", [...gone, here]);
  ground.dots(ground.moving, "dots steps", gone);
  if (settings.with_bias) {
    ground.arrow(here, [row.weight + row.weightStep, row.bias + row.biasStep]);
  } else {
    drawTangent(row);
    ground.arrow(here, [row.weight + row.weightStep, row.loss]);
  }
  ground.circle(ground.moving, "hiker", ...here, 9);
  if (!ground.holds(...here)) ground.say(outsideText(row));
}

/** Say where a hiker is that is too far away to show. */
function outsideText(row) {
  const text = lineText(row, settings.with_bias, 3);
  if (row.weight > ground.x[1]) return `${text}  →`;
  if (row.weight < ground.x[0]) return `←  ${text}`;
  return `${text}, loss ${numberText(row.loss, 3)}`;
}

/** Draw the slope under the hiker, of the same length whatever it is. */
function drawTangent(row) {
  const perWeight = ground.frame.width / (ground.x[1] - ground.x[0]);
  const perLoss = ground.frame.height / (ground.y[1] - ground.y[0]);
  const wide = 70 / Math.hypot(perWeight, row.weightSlope * perLoss);
  ground.path(ground.moving, "tangent", [-wide, wide].map((far) =>
    [row.weight + far, row.loss + far * row.weightSlope]));
}

// The step in numbers.

function term(value, caption) {
  const made = document.createElement("span");
  made.className = "term";
  const number = document.createElement("span");
  number.textContent = value;
  const below = document.createElement("small");
  below.textContent = caption;
  made.append(number, below);
  return made;
}

function equation(...terms) {
  const made = document.createElement("span");
  made.className = "equation";
  made.append(...terms.map(([value, caption]) => term(value, caption)));
  return made;
}

function stepTerms(name, old, slope, step) {
  const plain = settings.method === "gradient-descent" && settings.computes && !isScaled();
  const rate = numberText(settings.learning_rate);
  const part = plain
    ? [[MINUS, ""], [rate, "rate"], ["·", ""],
      [slope < 0 ? `(${numberText(slope)})` : numberText(slope), "slope"]]
    : [[step < 0 ? MINUS : "+", ""], [numberText(Math.abs(step)), "step"]];
  return equation([numberText(old), name], ...part, ["=", ""], [numberText(old + step), `new ${name}`]);
}

const isScaled = () => settings.standardise && settings.with_bias;

function drawStrip(row) {
  const terms = [
    equation([`${countText(row.iteration)} of ${countText(run.newest)}`, "iteration"]),
    equation([numberText(row.loss), "loss"]),
    stepTerms("w", row.weight, row.weightSlope, row.weightStep),
  ];
  if (settings.with_bias) terms.push(stepTerms("b", row.bias, row.biasSlope, row.biasStep));
  element("strip").replaceChildren(...terms);
}

// The bar of learning rates.

function rateEnds() {
  const zones = zonesNow();
  const usual = page.methods[settings.method].rates[+settings.with_bias];
  const [low, high] = zones ? [zones.best / 1000, zones.limit * 3] : [usual / 1e3, usual * 1e3];
  return [low, high].map(Math.log10);
}

const zonesNow = () => page.methods[settings.method].zones[+settings.with_bias];

function drawZones() {
  const svg = element("zones");
  const width = svg.clientWidth || 300;
  svg.setAttribute("viewBox", `0 0 ${width} 30`);
  svg.replaceChildren();
  const zones = zonesNow();
  if (!zones || !settings.computes) return;
  const [low, high] = rateEnds();
  // The middle of the handle goes from half its breadth to as far from the other end.
  const at = (rate) => bounded(8 + ((Math.log10(rate) - low) / (high - low)) * (width - 16),
    8, width - 8);
  const ends = [0, zones.fast, zones.overshooting, zones.limit, Infinity].map(at);
  ["creeping", "fast", "overshooting", "diverging"].forEach((name, index) => {
    const [left, right] = ends.slice(index, index + 2);
    add(svg, "rect", { class: name, x: left, y: 0, width: Math.max(0, right - left), height: 8 });
    if (right - left > 7 * name.length) {
      add(svg, "text", { x: (left + right) / 2, y: 24, "text-anchor": "middle" }, name);
    }
  });
  add(svg, "line", { class: "optimum", x1: at(zones.best), x2: at(zones.best), y1: 0, y2: 8 });
}

// Playing: as in gdviz.core.descent.playhead.

const growths = new Map();

/** Return the g with which (exp(g time) - 1) / g = way; 0 where there is time enough. */
function growthOf(way, time) {
  if (way <= time) return 0;
  const key = `${way} ${time}`;
  if (!growths.has(key)) {
    let [low, high] = [0, 1e3];
    for (let tries = 0; tries < 100; tries += 1) {
      const middle = (low + high) / 2;
      if (Math.log1p(middle * way) > middle * time) low = middle;
      else high = middle;
    }
    growths.set(key, low);
  }
  return growths.get(key);
}

function growth(length) {
  const { iterations_per_s: first, whole_run_s: whole } = speed;
  if (!(first && whole)) return 0;
  return growthOf((length - SLOW_STEPS) / first, whole - SLOW_STEPS / first);
}

/** Return iterations per second at a place in the run. */
function pace(place) {
  const { iterations_per_s: first, whole_run_s: whole } = speed;
  const length = run.newest / run.stride;
  return first ? first + growth(length) * Math.max(place - SLOW_STEPS, 0) : length / whole;
}

/** Return where it is to be seen: between two iterations the hiker first stands, then walks. */
function walked() {
  const whole = Math.floor(position);
  if (!playing || calm.matches || pace(position / run.stride) > FASTEST_WALK) return whole;
  const share = Math.max(0, position - whole - REST) / (1 - REST);
  return whole + share * share * (3 - 2 * share);
}

let before = 0;

function advance(now) {
  if (!playing) return;
  const elapsed = Math.min(0.1, (now - before) / 1000);
  before = now;
  position += run.stride * pace(position / run.stride) * elapsed;
  if (position >= run.newest) {
    position = run.newest;
    pause();
  }
  drawMoment();
  requestAnimationFrame(advance);
}

function play() {
  if (position >= run.newest) position = 0;
  playing = true;
  before = performance.now();
  element("play").textContent = "Pause";
  requestAnimationFrame(advance);
}

function pause() {
  playing = false;
  position = Math.floor(position);
  element("play").textContent = "Play";
  describe();
}

function seek(iteration) {
  if (playing) pause();
  position = bounded(iteration, 0, Math.max(0, run.newest));
  drawMoment();
  describe();
}

const step = (count) => seek(rowAt(run, position).iteration + count * run.stride);

// Words.

let saying = 0;

/** Tell a screen reader, once whatever changes has come to rest. */
function say(text) {
  clearTimeout(saying);
  saying = setTimeout(() => { element("said").textContent = text; }, 400);
}

function placeText() {
  const row = rowAt(run, position);
  return `Iteration ${countText(row.iteration)} of ${countText(run.newest)}: `
    + `${lineText(row, settings.with_bias, 4)}, loss ${numberText(row.loss, 4)}.`;
}

function describe() {
  if (!run.count) return;
  const text = placeText();
  const { drawn } = space();
  const least = lineText(drawn, settings.with_bias, 4);
  ground.svg.setAttribute("aria-label", `The loss over ${settings.with_bias
    ? "weight and bias" : "the weight"}. ${text} The minimum is at ${least}.`);
  data.svg.setAttribute("aria-label",
    `${countText(page.data.rows)} rows: ${page.y} by ${page.x}, with the line. ${text}`);
  history.svg.setAttribute("aria-label", `The loss by iteration. ${text}`);
  say(text);
}

function outcomeText() {
  const zone = zoneOf(zonesNow(), settings.learning_rate);
  const means = zone && settings.computes
    ? ` ${zone[0].toUpperCase()}${zone.slice(1)}: ${page.meanings[zone]}.` : "";
  const recorded = settings.computes ? "" : " It plays as it was recorded: no page can compute it.";
  return `${outcomeSentence(settings, run)}${recorded}${means}`;
}

// Settings.

/** Run anew, and stay at the iteration one looks at; at the end if one was there. */
function change(changed) {
  const atEnd = position >= run.newest;
  settings = { ...settings, ...changed };
  run = descend(settings);
  position = atEnd ? run.newest : bounded(Math.floor(position), 0, Math.max(0, run.newest));
  showSettings();
  drawStill();
  drawMoment();
  if (!playing) describe();
}

function changeMethod(method, withBias) {
  const { hyperparameters, rates } = page.methods[method];
  const same = method === exported.method && withBias === exported.with_bias;
  const rate = same ? exported.learning_rate : rates[+withBias];
  change({ method, hyperparameters, with_bias: withBias, learning_rate: rate });
}

function showSettings() {
  const [low, high] = rateEnds();
  const { learning_rate: rate, with_bias: withBias } = settings;
  element("rate").value = (1000 * (Math.log10(rate) - low)) / (high - low);
  element("rate-number").value = shortNumber(rate).replaceAll(MINUS, "-");
  element("iterations").value = settings.iterations;
  element("bias").checked = withBias;
  element("method").value = settings.method;
  const zone = settings.computes ? zoneOf(zonesNow(), rate) ?? "no limit known" : "";
  element("zone").textContent = zone;
  element("rate").setAttribute("aria-valuetext", `${numberText(rate)}, ${zone}`);
  element("outcome").textContent = outcomeText();
  element("forecast").textContent = forecast(settings);
  element("ground-title").textContent = withBias ? "Landscape of the loss" : "Loss curve";
  element("slope-key").hidden = withBias;
  Object.assign(element("scrub"), { max: Math.max(0, run.newest), step: run.stride });
}

function onRate() {
  const [low, high] = rateEnds();
  const rate = 10 ** (low + (element("rate").value / 1000) * (high - low));
  change({ learning_rate: Number(rate.toPrecision(3)) });
}

function onRateNumber() {
  const rate = Number(element("rate-number").value.replace(",", "."));
  if (rate > 0 && rate < Infinity) change({ learning_rate: rate });
  else showSettings();
}

function onIterations() {
  const count = Math.round(Number(element("iterations").value));
  if (count >= 1) change({ iterations: Math.min(count, page.most_iterations) });
  else showSettings();
}

function onKey(event) {
  // What is typed, chosen or pressed has keys of its own; so have sliders, but for the space bar.
  const own = event.key === " " ? "input:not([type='range']), select, button"
    : "input, select, [tabindex]";
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest(own)) return;
  const commands = {
    " ": () => (playing ? pause() : play()), ArrowLeft: () => step(-1), ArrowRight: () => step(1),
    Home: () => seek(0), End: () => seek(run.newest),
  };
  const command = commands[event.key];
  if (!command) return;
  event.preventDefault();
  command();
}

function begin() {
  const options = (select, entries) => select.append(...entries.map(([value, text]) =>
    new Option(text, value)));
  options(element("method"), Object.entries(page.methods).map(([key, { label }]) => [key, label]));
  options(element("speed"), page.speeds.map(({ label }, index) => [index, label]));
  element("iterations").max = page.most_iterations;
  for (const id of ["rate", "rate-number", "iterations", "method", "bias"]) {
    element(id).disabled = !settings.computes;
  }
  element("again").hidden = !settings.computes;
  element("rate").addEventListener("input", onRate);
  element("rate-number").addEventListener("change", onRateNumber);
  element("iterations").addEventListener("change", onIterations);
  element("bias").addEventListener("change", ({ target }) =>
    changeMethod(settings.method, target.checked));
  element("method").addEventListener("change", ({ target }) =>
    changeMethod(target.value, settings.with_bias));
  element("again").addEventListener("click", () => change(exported));
  element("scrub").addEventListener("input", ({ target }) => seek(Number(target.value)));
  element("speed").addEventListener("change", ({ target }) => { speed = page.speeds[target.value]; });
  element("play").addEventListener("click", () => (playing ? pause() : play()));
  element("first").addEventListener("click", () => seek(0));
  element("back").addEventListener("click", () => step(-1));
  element("forward").addEventListener("click", () => step(1));
  element("last").addEventListener("click", () => seek(run.newest));
  document.addEventListener("keydown", onKey);
  new ResizeObserver(() => { drawStill(); drawMoment(); }).observe(document.querySelector("main"));
  showSettings();
  describe();
}

begin();
