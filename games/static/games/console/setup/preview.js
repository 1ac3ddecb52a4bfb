// The frame with the play page: the new page is loaded behind the old one and takes its place when it is there, so nothing flashes.

export class Preview {
  /** @param {HTMLIFrameElement} frame */
  constructor(frame) {
    this.frame = frame;
    /** @type {HTMLIFrameElement | null} */
    this.next = null;
  }

  refresh() {
    this.next?.remove();
    const next = /** @type {HTMLIFrameElement} */ (this.frame.cloneNode());
    next.classList.add("coming");
    next.addEventListener("load", () => {
      if (next !== this.next) return;
      this.frame.remove();
      next.classList.remove("coming");
      this.frame = next;
      this.next = null;
    });
    this.next = next;
    this.frame.after(next);
  }
}
