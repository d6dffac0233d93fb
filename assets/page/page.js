// What is shown, and the controls that change it.

const exported = {
  ...page.settings, hyperparameters: page.methods[page.settings.method].hyperparameters,
};
let settings = { ...exported };
let run = descend(settings);
let position = Math.max(0, Math.min(page.iteration, run.newest));
let playing = false;
let speed = page.speeds[0];

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
  lossHistory.svg.setAttribute("aria-label", `The loss by iteration. ${text}`);
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
  [...element("ground-keys").children].forEach((key, index) => {
    key.hidden = kept[index].with_bias !== withBias;
  });
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
