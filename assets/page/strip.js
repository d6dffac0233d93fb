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
