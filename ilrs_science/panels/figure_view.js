// The one live widget of the project: draws a Plotly figure that arrives as JSON bytes.
//
// One Plotly serves all figures of a page. A published page brings it along as
// <script id="ilrs-plotly" async src="...">; anywhere else (JupyterLab) the first
// figure asks the kernel for the package's own copy.
// The look (light or dark) follows, in this order: <html data-theme>, JupyterLab's
// theme, the reader's system. Small screens get the patch in layout.meta.narrow.

const NARROW_PX = 600;
const MAX_POINTS = 1000;
const LATEST_MS = 120;
const PROMISE = "__ilrsPlotly";

function whenLoaded(script) {
  return new Promise((resolve, reject) => {
    script.addEventListener("load", () => resolve(window.Plotly));
    script.addEventListener("error", () => reject(new Error("The plotting library could not be loaded.")));
  });
}

function fromKernel(model) {
  return new Promise((resolve, reject) => {
    const receive = (message, buffers) => {
      if (message?.kind !== "plotly") return;
      model.off("msg:custom", receive);
      const address = URL.createObjectURL(new Blob([buffers[0]], { type: "text/javascript" }));
      const script = document.createElement("script");
      whenLoaded(script).then(resolve, reject).finally(() => URL.revokeObjectURL(address));
      script.src = address;
      document.head.append(script);
    };
    model.on("msg:custom", receive);
    model.send({ kind: "plotly" });
  });
}

function plotly(model) {
  if (window.Plotly) return Promise.resolve(window.Plotly);
  const script = document.getElementById("ilrs-plotly");
  window[PROMISE] ??= script ? whenLoaded(script) : fromKernel(model);
  return window[PROMISE];
}

const systemTheme = window.matchMedia("(prefers-color-scheme: dark)");

function pageTheme() {
  const own = document.documentElement.dataset.theme;
  if (own) return own === "dark" ? "dark" : "light";
  const lab = document.body.dataset.jpThemeLight;
  if (lab) return lab === "false" ? "dark" : "light";
  return systemTheme.matches ? "dark" : "light";
}

function onThemeChange(callback) {
  const watcher = new MutationObserver(callback);
  watcher.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  watcher.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  systemTheme.addEventListener("change", callback);
  return () => {
    watcher.disconnect();
    systemTheme.removeEventListener("change", callback);
  };
}

function merge(base, patch) {
  if (patch === null || typeof patch !== "object" || Array.isArray(patch)) return patch;
  const merged = base !== null && typeof base === "object" && !Array.isArray(base) ? { ...base } : {};
  for (const [key, value] of Object.entries(patch)) merged[key] = merge(merged[key], value);
  return merged;
}

function readFigure(model) {
  const bytes = model.get("_figure");
  if (!bytes || bytes.byteLength === 0) return null;
  return JSON.parse(new TextDecoder().decode(bytes));
}

const CONFIG = {
  displaylogo: false,
  showSendToCloud: false,
  responsive: false,
  doubleClickDelay: 400,
  modeBarButtonsToRemove: ["lasso2d", "select2d", "autoScale2d", "sendChartToCloud"],
};

function render({ model, el }) {
  const box = document.createElement("div");
  box.className = "ilrs-figure";
  box.setAttribute("role", "img");
  el.classList.add("ilrs-figure-host"); // a class, for the widget manager resets inline styles
  el.append(box);

  let figure = null;
  let stale = true;
  let drawing = false;
  let alive = true;
  let drawnWidth = 0;
  let listening = false;

  function layout(width) {
    const patch = width < NARROW_PX ? figure.layout?.meta?.narrow : undefined;
    const merged = patch ? merge(figure.layout, patch) : { ...figure.layout };
    const templates = JSON.parse(model.get("_templates"));
    return { ...merged, template: templates[pageTheme()], width };
  }

  function pointsOf(event) {
    return (event?.points ?? []).slice(0, MAX_POINTS).map((p) => ({
      curve: p.curveNumber ?? 0,
      point: p.pointNumber ?? p.pointIndex ?? 0,
      id: String(p.customdata?.[0] ?? p.customdata ?? ""),
    }));
  }

  function listen() {
    const report = (trait, value) => {
      model.set(trait, value);
      model.save_changes();
    };
    box.on("plotly_click", (event) => report("clicked", pointsOf(event)[0] ?? {}));
    box.on("plotly_selected", (event) => report("selected", pointsOf(event)));
    box.on("plotly_deselect", () => report("selected", []));
  }

  async function draw() {
    if (drawing || !alive) return;
    drawing = true;
    try {
      const Plotly = await plotly(model);
      while (stale && alive && box.clientWidth > 0) {
        stale = false;
        figure = readFigure(model);
        if (figure === null) continue;
        drawnWidth = box.clientWidth;
        const shape = layout(drawnWidth);
        if (shape.height) box.style.minHeight = `${shape.height}px`;
        await Plotly.react(box, figure.data ?? [], shape, CONFIG);
        if (!listening) listen();
        listening = true;
        box.dataset.drawn = String(Number(box.dataset.drawn ?? 0) + 1);
      }
    } catch (error) {
      box.textContent = "This figure could not be drawn. Reload the page to try again.";
      console.error(error);
    } finally {
      drawing = false;
    }
  }

  let scheduled = false;
  function refresh() {
    stale = true;
    if (scheduled) return;
    scheduled = true;
    // a page in the background gets no animation frames: the timer draws there
    const go = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      scheduled = false;
      draw();
    };
    const frame = requestAnimationFrame(go);
    const timer = setTimeout(go, LATEST_MS);
  }

  // a hidden figure has no width: it waits here for the page to show it
  function resize() {
    if (box.clientWidth > 0 && box.clientWidth !== drawnWidth) refresh();
  }

  const relabel = () => box.setAttribute("aria-label", model.get("label"));
  relabel();
  model.on("change:label", relabel);
  model.on("change:_figure", refresh);
  const forgetTheme = onThemeChange(refresh);
  const watcher = new ResizeObserver(resize);
  watcher.observe(box);
  refresh();
  // what the kernel sent while this page was still loading is lost: tell it which figure arrived
  model.send({ kind: "ready", revision: model.get("_revision") });

  return () => {
    alive = false;
    model.off("change:label", relabel);
    model.off("change:_figure", refresh);
    forgetTheme();
    watcher.disconnect();
    window.Plotly?.purge(box);
  };
}

export default { render };
