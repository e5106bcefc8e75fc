"use strict";

// One hue for each group, spread so that neighbours in the list are told apart; the score's, which is everywhere, is grey.
const GROUPS = ["nav", "headline", "caption", "comments", "related", "share", "newsletter", "consent", "paywall", "ad",
  "legal", "tags", "byline", "body", "site", "own"];
const color = (group) => group === "body" ? "hsl(30 10% 55%)" : `hsl(${(Math.max(GROUPS.indexOf(group), 0) * 137.5 + 210) % 360} 65% 50%)`;
const $ = (id) => document.getElementById(id);
const number = (value) => value.toLocaleString("en");

// What the page holds is compressed, and unpacked when it is asked for.
async function unpacked(id) {
  const bytes = Uint8Array.from(atob($(id).textContent.trim()), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

let index, shown = [], current = -1, marks = [], at = -1;
const off = new Set();

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

const visible = (group, rule) => !off.has(group) && (!$("rule").value || $("rule").value === rule);
const findings = (file) => Object.entries(file.rules).reduce(
  (sum, [rule, count]) => sum + (visible(index.groups[rule], rule) ? count : 0), 0);

function listGroups() {
  const counts = {};
  for (const file of index.files)
    for (const [rule, count] of Object.entries(file.rules))
      counts[index.groups[rule]] = (counts[index.groups[rule]] || 0) + count;
  const most = Math.max(...Object.values(counts), 1);
  for (const group of GROUPS.filter((name) => counts[name])) {
    const button = element("button", group, { "aria-pressed": "true", type: "button" });
    button.append(element("b", number(counts[group])), element("i", undefined,
      { style: `--of-group: ${color(group)}; width: ${(100 * counts[group]) / most}%` }));
    button.addEventListener("click", () => {
      off.has(group) ? off.delete(group) : off.add(group);
      button.setAttribute("aria-pressed", String(!off.has(group)));
      filter();
    });
    $("groups").append(button);
  }
  for (const rule of Object.keys(index.groups).sort())
    $("rule").append(element("option", `${rule} (${index.groups[rule]})`, { value: rule }));
}

function listFiles() {
  const wanted = $("find").value.toLowerCase();
  const some = off.size || $("rule").value;
  shown = index.files.map((file, place) => [place, findings(file)])
    .filter(([place, count]) => index.files[place].path.toLowerCase().includes(wanted) && (count || !some));
  $("files").replaceChildren(...shown.map(([place, count]) => {
    const item = element("li");
    const button = element("button", undefined, { type: "button", "aria-current": String(place === current) });
    button.append(element("span", index.files[place].path), element("b", number(count)));
    button.addEventListener("click", () => open(place));
    item.append(button);
    return item;
  }));
}

function filter() {
  listFiles();
  for (const mark of document.querySelectorAll("mark"))
    mark.classList.toggle("off", !visible(mark.dataset.group, mark.dataset.rule));
  marks = [...document.querySelectorAll("mark:not(.off)")];
  at = -1;
  why();
}

async function open(place) {
  current = place;
  const file = index.files[place];
  const { pieces } = await unpacked(`file-${place}`);
  if (current !== place) return;
  $("path").textContent = file.path;
  $("counts").textContent =
    `${number(file.spans)} spans, ${number(file.removed)} of ${number(file.removed + file.kept)} characters would be removed`;
  const parts = pieces.map(([text, span]) => {
    if (!span) return document.createTextNode(text);
    const mark = element("mark", text, { style: `--of-group: ${color(span.group)}` });
    Object.assign(mark.dataset, { group: span.group, rule: span.rule });
    mark.title = `${span.rule}: ${span.reason} (${span.score})`;
    mark.addEventListener("mouseenter", () => why(mark));
    mark.addEventListener("mouseleave", () => why(marks[at]));
    return mark;
  });
  $("text").replaceChildren(...parts);
  document.querySelector("main").scrollTop = 0;
  filter();
  document.querySelector("#files [aria-current=true]")?.scrollIntoView({ block: "nearest" });
}

function why(mark) {
  $("why").textContent = mark ? `${mark.dataset.group} · ${mark.title}` : "";
}

function step(by) {
  if (!marks.length) return;
  marks[at]?.classList.remove("here");
  at = at < 0 ? (by > 0 ? 0 : marks.length - 1) : (at + by + marks.length) % marks.length;
  marks[at].classList.add("here");
  marks[at].scrollIntoView({ block: "center" });
  why(marks[at]);
}

function stepFile(by) {
  const place = shown.findIndex(([file]) => file === current);
  const next = shown[Math.min(Math.max(place + by, 0), shown.length - 1)];
  if (next && next[0] !== current) open(next[0]);
}

const KEYS = { n: () => step(1), p: () => step(-1), j: () => stepFile(1), k: () => stepFile(-1), "/": () => $("find").focus() };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") document.querySelector("main").focus();
  if (event.target.matches("input, select") || !(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key]();
});

unpacked("index").then((found) => {
  index = found;
  $("totals").textContent =
    `${number(index.files.length)} files, ${number(index.files.reduce((sum, file) => sum + file.spans, 0))} spans`;
  listGroups();
  $("find").addEventListener("input", listFiles);
  $("rule").addEventListener("change", filter);
  listFiles();
  if (index.files.length) open(0);
});
