// What a screen reader is told.

function put(id: string, text: string): void {
  const region = document.getElementById(id);
  if (!region) return;
  // The same words again are news again.
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}

/** News, spoken when there is a pause. */
export function say(text: string): void {
  put("status", text);
}

/** Something is wrong: spoken at once. */
export function alertOf(text: string): void {
  put("alert", text);
}
