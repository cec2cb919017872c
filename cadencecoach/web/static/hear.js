// A few clicks at a tempo, played in the page: a sound is heard before it is chosen.
// @ts-check

const N_CLICKS = 6;
const AHEAD_S = 0.08;

/** @type {AudioContext | undefined} */
let audio;
/** @type {AudioBufferSourceNode[]} */
let playing = [];
/** @type {Map<string, Promise<AudioBuffer>>} */
const clips = new Map();

/**
 * Play a beat as it would sound.
 * @param {{spm: number, click: string, every: string, accent: string, pan: number}} asked
 */
export async function hear(asked) {
  audio ??= new AudioContext();
  await audio.resume();
  const [plain, accent] = await Promise.all([clip(audio, asked.click), clip(audio, `${asked.click}-accent`)]);
  for (const one of playing) one.stop();
  playing = [];
  const begin = audio.currentTime + AHEAD_S;
  for (let beat = 0; beat < N_CLICKS; beat++) {
    const foot = beat % 2 ? "right" : "left"; // the first beat is the left foot's
    if (asked.every === "stride" && foot === "right") continue;
    const source = audio.createBufferSource();
    source.buffer = asked.accent === foot ? accent : plain;
    const side = audio.createStereoPanner();
    side.pan.value = foot === "left" ? -asked.pan : asked.pan;
    source.connect(side).connect(audio.destination);
    source.start(begin + (beat * 60) / asked.spm);
    playing.push(source);
  }
}

/** @param {AudioContext} context @param {string} name @returns {Promise<AudioBuffer>} */
function clip(context, name) {
  const known = clips.get(name);
  if (known) return known;
  const loading = fetch(`/sounds/${name}.wav`)
    .then((answer) => answer.arrayBuffer())
    .then((bytes) => context.decodeAudioData(bytes));
  clips.set(name, loading);
  loading.catch(() => clips.delete(name));
  return loading;
}
