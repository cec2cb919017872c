// A screen that waits looks for a session every few seconds.
// @ts-check

const LOOK_MS = 3000;
const known = document.querySelectorAll("[href^='/live/']").length;

setInterval(async () => {
  try {
    const answer = await fetch("/api/sessions");
    if (answer.status === 401) return location.assign("/pair");
    if (answer.ok && (await answer.json()).sessions.length !== known) location.reload();
  } catch {
    // The server is away; it may come back.
  }
}, LOOK_MS);
