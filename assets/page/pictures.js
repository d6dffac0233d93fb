// The three pictures of a run.

// A path is followed until it is this many times farther out than where one starts.
const MAX_REACH = 8;
const MOST_LEVELS = 14;
const ground = new Picture("ground");
const data = new Picture("data");
const lossHistory = new Picture("history");

const space = () => page.spaces[+settings.with_bias];

/** Return the rows that are near enough to be worth showing. */
function near(rows) {
  const { drawn, natural } = space();
  const most = MAX_REACH ** 2 * Math.max(rows[0].loss - drawn.minimum, natural);
  return rows.filter((row, index) => index === 0 || row.loss - drawn.minimum <= most);
}

const rowsNear = () =>
  near(Array.from({ length: run.count }, (_, index) => rowAt(run, index * run.stride)));

const kept = page.kept.map(({ rows, ...rest }) => ({ ...rest,
  rows: rows.map(([iteration, weight, bias, loss]) => ({ iteration, weight, bias, loss })) }))
  .filter(({ rows }) => rows.length);

/** Return the kept runs, without the bias or with it, as [look, rows near enough]. */
const keptPaths = () => kept.filter(({ with_bias: biased }) => biased === settings.with_bias)
  .map(({ look, rows }) => [look, near(rows)]);

const keptRows = () => keptPaths().flatMap(([, rows]) => rows);

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
  const seen = [...rows, ...keptRows()];
  const x = grown(view[0], ...hull(seen.map((row) => row.weight)));
  const y = grown(view[1], view[1][0], hull(seen.map((row) => row.loss))[1]);
  ground.begin([x, y], ["weight w", "loss"]);
  const along = Array.from({ length: 301 }, (_, k) => x[0] + ((x[1] - x[0]) * k) / 300);
  ground.path(ground.still, "curve", along.map((w) => [w, lossAt(drawn, w, drawn.bias)]));
  drawPlaces(rows, drawn.minimum, (row) => [row.weight, row.loss]);
}

function drawMap(rows) {
  const { drawn, view } = space();
  const seen = [...rows, ...keptRows()];
  const x = grown(view[0], ...hull(seen.map((row) => row.weight)));
  const y = grown(view[1], ...hull(seen.map((row) => row.bias)));
  ground.begin([x, y], ["weight w", "bias b"]);
  add(ground.below, "rect", { ...ground.frame, class: "paper" });
  drawLevels(drawn, x, y);
  drawPlaces(rows, drawn.bias, (row) => [row.weight, row.bias]);
}

/** Mark the minimum and the start, and lay out the path from there. */
function drawPlaces(rows, height, place) {
  for (const [look, path] of keptPaths()) {
    ground.path(ground.still, `kept ${look}`, path.map(place));
  }
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
  lossHistory.log = last > first || run.ending === "diverged";
  element("scale").hidden = !lossHistory.log;
  const points = envelope();
  const losses = points.map(([, loss]) => loss);
  const [low, high] = [Math.min(...losses), Math.max(...losses)];
  const depth = high - low || Math.abs(high) || 1;
  const bottom = !lossHistory.log && low < 0.13 * high ? 0 : low;
  const y = [bottom - 0.06 * depth, high + 0.08 * depth];
  const length = Math.max(1, run.newest, ...kept.map(({ rows }) => rows.at(-1).iteration));
  lossHistory.begin([[-0.015 * length, 1.015 * length], y],
    ["iteration", "loss"], lossHistory.log ? decades : ticks);
  for (const { look, rows } of kept) {
    lossHistory.path(lossHistory.still, `kept ${look}`,
      rows.map(({ iteration, loss }) => [iteration, heightOf(loss)]));
  }
  lossHistory.path(lossHistory.still, "tocome", points);
  const clip = add(lossHistory.svg, "clipPath", { id: "gone" });
  lossHistory.gone = add(clip, "rect", { ...lossHistory.frame, width: 0 });
  lossHistory.path(lossHistory.still, "sofar", points, { "clip-path": "url(#gone)" });
}

const heightOf = (loss) => (lossHistory.log ? Math.log10(Math.max(loss, 1e-300)) : loss);

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
  for (const picture of [ground, data, lossHistory]) picture.moving.replaceChildren();
  drawHiker(row, shown);
  data.path(data.moving, "line", lineIn(row));
  if (misses(heightsIn(row, [data.x]), data.y)) data.say("The line is far outside.");
  const at = [Math.min(shown, run.newest), heightOf(row.loss)];
  lossHistory.path(lossHistory.moving, "now", [[at[0], lossHistory.y[0]], [at[0], lossHistory.y[1]]]);
  lossHistory.circle(lossHistory.moving, "hiker", ...at, 6);
  lossHistory.gone.setAttribute("width", Math.max(0, lossHistory.px(at[0]) - lossHistory.frame.x));
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
