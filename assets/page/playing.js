// Playing: as in gdviz.core.descent.playhead.

// With more iterations a second nobody could follow a walk: there the hiker jumps.
const [FASTEST_WALK, REST, SLOW_STEPS] = [12, 0.35, 4];
const calm = matchMedia("(prefers-reduced-motion: reduce)");

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
