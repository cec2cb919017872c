(least, width) => {
  // What a person would find fault with in what is shown now: the open dialog, else the page.
  const root = [...document.querySelectorAll("dialog[open]")].pop() ?? document.body;
  const found = [];
  const name = (node) => {
    const one = node.nodeType === 3 ? node.parentElement : node;
    const text = (node.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 30);
    return `${one.tagName.toLowerCase()}${one.id ? `#${one.id}` : ""} "${text}"`;
  };
  const isSeen = (one) =>
    one.checkVisibility({ visibilityProperty: true }) && !one.closest(".unseen, .skip, .defs") && one.closest("dialog") === (root.tagName === "DIALOG" ? root : null);
  // The part of a box that scrolling and hiding ancestors leave.
  const clipped = (rect, one) => {
    let { left, top, right, bottom } = rect;
    for (let up = one; up && up !== document.documentElement && up !== document.body; up = up.parentElement) {
      if (up.namespaceURI === "http://www.w3.org/2000/svg" || getComputedStyle(up).overflow === "visible") continue;
      const box = up.getBoundingClientRect();
      [left, top, right, bottom] = [Math.max(left, box.left), Math.max(top, box.top), Math.min(right, box.right), Math.min(bottom, box.bottom)];
    }
    return right - left > 1 && bottom - top > 1 ? { left, top, right, bottom } : null;
  };

  if (document.documentElement.scrollWidth > width) found.push(`scrolls sideways by ${document.documentElement.scrollWidth - width}`);
  if (root.scrollWidth > root.clientWidth + 1) found.push(`${name(root)} scrolls sideways`);

  const targets = [...root.querySelectorAll("button, a[href], input:not([type=hidden]), select, textarea, summary, [role=button]")].filter(isSeen);
  const boxes = []; // what must not lie over anything else: [rect, node]
  for (const one of targets) {
    if (getComputedStyle(one).display === "inline") continue; // a link in a sentence
    const touched = ["checkbox", "radio"].includes(one.type) || one.type === "file" ? (one.closest("label") ?? one) : one;
    const box = touched.getBoundingClientRect();
    if (Math.min(box.width, box.height) < least - 0.5) found.push(`${name(one)} is ${Math.round(box.width)} x ${Math.round(box.height)}`);
    const rest = clipped(box, one);
    if (rest) boxes.push([rest, touched]);
  }
  for (const one of root.querySelectorAll("svg[role=img], img, canvas")) {
    const rest = isSeen(one) && clipped(one.getBoundingClientRect(), one);
    if (rest) boxes.push([rest, one]);
  }

  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const one = node.parentElement;
    if (!node.data.trim() || !isSeen(one) || one.closest("svg, option, script, style, textarea")) continue;
    const style = getComputedStyle(one);
    const mayBeCut = style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
    const isHiding = style.overflowX === "hidden" || style.overflowX === "clip";
    if (isHiding && !mayBeCut && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 2)) found.push(`${name(node)} is cut off`);
    range.selectNodeContents(node);
    const around = one.closest("button, .btn");
    for (const rect of range.getClientRects()) {
      const rest = clipped(rect, one);
      if (!rest) continue;
      if (!mayBeCut && (rest.left < -1 || rest.right > width + 1)) found.push(`${name(node)} is beside the screen`);
      if (around) {
        const box = around.getBoundingClientRect();
        if (rect.left < box.left - 1 || rect.right > box.right + 1 || rect.top < box.top - 3 || rect.bottom > box.bottom + 3) found.push(`${name(node)} does not fit its button`);
      }
      const spare = (rest.bottom - rest.top) * 0.15; // a line's box is higher than its letters
      boxes.push([{ ...rest, top: rest.top + spare, bottom: rest.bottom - spare }, node]);
    }
  }
  for (let i = 0; i < boxes.length; i++) {
    for (let j = i + 1; j < boxes.length; j++) {
      const [[a, one], [b, other]] = [boxes[i], boxes[j]];
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide <= 2 || high <= 2 || one === other || one.contains?.(other) || other.contains?.(one)) continue;
      found.push(`${name(one)} lies over ${name(other)}`);
    }
  }
  return [...new Set(found)];
}
