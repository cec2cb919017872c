// The events of a session, and how old the newest moment is.
// @ts-check

export const SILENT_S = 2;
const AGAIN_MS = 500;

/**
 * A stream that comes back by itself. It is closed while the page is hidden: a browser has few connections, and a page
 * that was asleep must not show what has been waiting for it.
 */
export class Stream {
  /**
   * @param {string} address
   * @param {Record<string, (told: any) => void>} handlers by kind of event
   */
  constructor(address, handlers) {
    this.address = address;
    this.handlers = handlers;
    /** @type {EventSource | null} */
    this.source = null;
    this.heard = -Infinity;
    this.least = Infinity;
    this.isOver = false;
    document.addEventListener("visibilitychange", () => (document.hidden ? this.close() : this.open()));
    addEventListener("pageshow", () => this.open());
    this.open();
  }

  open() {
    if (this.source || this.isOver || document.hidden) return;
    this.source = new EventSource(this.address);
    this.least = Infinity;
    for (const [kind, handle] of Object.entries(this.handlers)) {
      this.source.addEventListener(kind, (event) => {
        const told = JSON.parse(/** @type {MessageEvent} */ (event).data);
        if (kind === "moment" && !this.isFresh(told.sent_s)) return;
        if (kind === "end") this.end();
        handle(told);
      });
    }
    this.source.addEventListener("error", () => {
      // A browser tries again by itself, but not after an answer that is no stream: none runs, or the server starts.
      if (this.source?.readyState === EventSource.CLOSED) {
        this.close();
        setTimeout(() => this.look(), AGAIN_MS);
      }
    });
  }

  /** Open again, unless the session has ended meanwhile. */
  async look() {
    try {
      const answer = await fetch("/api/sessions");
      if (answer.status === 401) return location.assign("/pair"); // this device was let go
      const told = answer.ok ? await answer.json() : null;
      if (told && !told.sessions.some((/** @type {{id: string}} */ one) => this.address.includes(one.id))) {
        this.end();
        this.handlers.end({ reason: "gone" });
        return;
      }
    } catch {
      // The server is away; the session is not.
    }
    this.open();
  }

  close() {
    this.source?.close();
    this.source = null;
    this.heard = -Infinity;
  }

  end() {
    this.isOver = true;
    this.close();
  }

  /**
   * Whether a moment is one of now. Clocks of two machines cannot be compared: what has waited somewhere on the way is
   * later than the quickest so far, and by how much is its age.
   * @param {number} sentS
   */
  isFresh(sentS) {
    const now = performance.now() / 1000;
    const late = now - sentS;
    this.least = Math.min(this.least, late);
    if (late - this.least > SILENT_S) return false;
    this.heard = now - (late - this.least);
    return true;
  }

  /** Seconds since the newest moment was sent. */
  get age() {
    return performance.now() / 1000 - this.heard;
  }
}
