// What takes over a second: begun once, watched, cancelled. A page that is loaded again finds its job.
// @ts-check

import { errorOf, newId, request } from "./ask.js";

const LOOK_EVERY_MS = 300;

/**
 * @typedef {{id: string, kind: string, state: string, ratio: number, file: string, n_bytes: number | null, error: string | null}} Told
 */

/** One job at a time of one place on a page. */
export class Job {
  /**
   * @param {string} name of the place; under it the job is remembered as long as the tab is open
   * @param {(told: Told | null, error: string) => void} show null where there is no job
   */
  constructor(name, show) {
    this.name = `job-${name}`;
    this.show = show;
    this.id = sessionStorage.getItem(this.name);
    if (this.id) void this.watch(this.id);
  }

  /**
   * Begin one in the place of the one before.
   * @param {Record<string, unknown>} asked
   */
  async begin(asked) {
    await this.cancel();
    const answer = await request("POST", "/api/jobs", { id: newId(), ...asked });
    if (!answer?.ok) return this.show(null, errorOf(answer));
    this.id = answer.told.id;
    sessionStorage.setItem(this.name, answer.told.id);
    void this.watch(answer.told.id);
  }

  /** End it; what it has made so far is gone. */
  async cancel() {
    const id = this.id;
    this.forget();
    if (id) await request("DELETE", `/api/jobs/${id}`);
  }

  forget() {
    this.id = null;
    sessionStorage.removeItem(this.name);
    this.show(null, "");
  }

  /** @param {string} id */
  async watch(id) {
    while (this.id === id) {
      const answer = await fetch(`/api/jobs/${id}`).catch(() => null);
      if (this.id !== id) return;
      if (answer?.status === 404) return this.forget();
      if (answer?.ok) {
        const told = /** @type {Told} */ (await answer.json());
        this.show(told, told.error ?? "");
        if (told.state === "done" || told.state === "failed") return;
      }
      await pause();
    }
  }
}

function pause() {
  return new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
}
