// Keeps the screen on while a session runs: by the browser's own lock where there is one, else by a tiny moving picture.
// @ts-check

/** @returns {Promise<boolean>} whether the screen stays on */
export async function stayAwake() {
  if ("wakeLock" in navigator) {
    document.addEventListener("visibilitychange", () => void lock());
    return lock();
  }
  return playPicture();
}

async function lock() {
  if (document.hidden) return true;
  try {
    await navigator.wakeLock.request("screen");
    return true;
  } catch {
    return playPicture();
  }
}

/**
 * Without a secure context there is no lock; a tablet does not go dark while a film plays. A silent one counts only
 * where it fills a part of the page that matters, so it lies behind all of it, unseen. Safari wants one that is heard,
 * which would stop the runner's music: there the page says that the screen goes dark.
 */
async function playPicture() {
  if (navigator.vendor.startsWith("Apple")) return false;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 2;
  const paper = canvas.getContext("2d");
  const video = document.createElement("video");
  if (!paper || !canvas.captureStream) return false;
  video.className = "film";
  video.muted = video.loop = video.playsInline = true;
  video.setAttribute("aria-hidden", "true");
  video.srcObject = canvas.captureStream(1);
  setInterval(() => {
    paper.fillStyle = paper.fillStyle === "#000000" ? "#000001" : "#000000";
    paper.fillRect(0, 0, 2, 2);
  }, 1000);
  document.body.append(video);
  try {
    await video.play();
    return true;
  } catch {
    video.remove();
    return false;
  }
}
