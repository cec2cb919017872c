// The choices of sensor and sound: kept from one visit to the next, and shown as ready or with what to do.
// @ts-check

import { errorOf, find, request, texts } from "./ask.js";

const DONE = "M7.500 17 1 10.500l2.600-2.600 3.900 3.900L16.400 3 19 5.600z";
const TO_DO = "M10 1 20 19H0zM9 7v6h2V7zm0 8v2h2v-2z";
const KEPT = "cadencecoach-around";
let nth = 0;

/** @param {string} id @param {boolean | null} isReady null is neither @param {string} says */
function show(id, isReady, says) {
  const state = find(id);
  state.dataset.ready = isReady === null ? "" : isReady ? "yes" : "no";
  state.querySelector("path")?.setAttribute("d", isReady === null ? "" : isReady ? DONE : TO_DO);
  /** @type {HTMLElement} */ (state.querySelector("span")).textContent = says;
}

/** @param {string} feet */
async function listen(feet) {
  const mine = ++nth;
  const again = find("look-again");
  again.hidden = true;
  if (feet === "none") return show("sensor-state", null, texts.without_sensor);
  if (feet === "sim") return show("sensor-state", null, texts.not_yours);
  show("sensor-state", null, `${texts.listening} …`);
  const answer = await request("GET", `/today/sensor?feet=${encodeURIComponent(feet)}`);
  if (mine !== nth) return;
  const isReady = Boolean(answer?.told.is_ready);
  show("sensor-state", isReady, answer?.told.says ?? errorOf(answer));
  again.hidden = isReady;
}

/** Look after the choices, where the page has some. */
export function watchChoices() {
  const around = /** @type {HTMLFormElement | null} */ (find("around"));
  if (!around) return;
  const feet = /** @type {HTMLSelectElement} */ (around.elements.namedItem("feet"));
  const sound = /** @type {HTMLSelectElement} */ (around.elements.namedItem("sound"));
  const isFixed = feet.querySelector("[selected]") !== null;
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  const take = (/** @type {HTMLSelectElement} */ select) => {
    if ([...select.options].some((one) => one.value === kept[select.name])) select.value = kept[select.name];
  };
  const music = /** @type {HTMLSelectElement} */ (around.elements.namedItem("music"));
  for (const select of isFixed ? [sound, music] : [feet, sound, music]) take(select);
  /** What is wrong with this computer's own sound; null until that is known. @type {string | null} */
  let problem = null;
  let isChosen = false;
  const hear = () => {
    if (sound.value === "none") return show("sound-state", null, texts.sound_silent);
    if (sound.value !== "default") return show("sound-state", true, texts.sound_ready);
    if (problem === null) return show("sound-state", null, `${texts.looking_for_sound} …`);
    show("sound-state", !problem, problem || texts.sound_ready);
  };
  const list = async () => {
    const answer = await request("GET", "/today/sound");
    for (const { id, name } of answer?.told.outputs ?? []) sound.add(new Option(name, id));
    problem = answer?.ok ? answer.told.problem : errorOf(answer);
    if (!isChosen) take(sound);
    hear();
  };
  around.addEventListener("change", (event) => {
    localStorage.setItem(KEPT, JSON.stringify({ feet: feet.value, sound: sound.value, music: music.value }));
    isChosen ||= event.target === sound;
    hear();
    if (event.target === feet) void listen(feet.value);
  });
  document.getElementById("look-again")?.addEventListener("click", () => void listen(feet.value));
  hear();
  void list();
  void listen(feet.value);
}
