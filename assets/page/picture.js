// A picture with two axes. What stands still is drawn once for a run, in layers below and above
// the axes, and what moves for every moment.

const element = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";
const MARGIN = { left: 62, right: 14, top: 10, bottom: 44 };

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
