// Views are functions from state to elements. Elements that stay the same kind stay the same object, so the focus,
// the caret and half-typed text survive every change. Text only ever becomes text nodes and attributes.

type Listener = (event: never) => void;
export type Props = Record<string, string | number | boolean | null | undefined | Listener>;
export type Child = Element | string | number | null | undefined | false | Child[];

export interface Element {
  tag: string;
  props: Props;
  children: (Element | string)[];
}

const SVG = new Set(["svg", "path", "circle", "rect", "line", "title"]);
/** Properties with a meaning here. */
const OWN = new Set(["key", "value", "foreign"]);
const known = new WeakMap<globalThis.Element, Props>();

/**
 * An element; `key` keeps its identity within a list, `foreign` leaves its children to someone else, and properties
 * that start with `on` are listeners.
 */
export function h(tag: string, props: Props = {}, ...children: Child[]): Element {
  const flat: (Element | string)[] = [];
  const add = (child: Child): void => {
    if (Array.isArray(child)) child.forEach(add);
    else if (typeof child === "object" && child !== null) flat.push(child);
    else if (child !== null && child !== undefined && child !== false && child !== "") flat.push(String(child));
  };
  children.forEach(add);
  return { tag, props, children: flat };
}

/** Makes `host` hold exactly these children. */
export function render(host: globalThis.Element, ...children: Child[]): void {
  patchChildren(host, h("div", {}, ...children).children);
}

function patchChildren(host: globalThis.Element, wanted: (Element | string)[]): void {
  const keyed = new Map<unknown, globalThis.Element>();
  for (const child of host.children) {
    const key = known.get(child)?.key;
    if (key !== undefined) keyed.set(key, child);
  }
  let present = host.firstChild;
  for (const child of wanted) {
    if (typeof child === "string") {
      if (present instanceof Text) {
        if (present.data !== child) present.data = child;
        present = present.nextSibling;
      } else {
        host.insertBefore(document.createTextNode(child), present);
      }
      continue;
    }
    const key = child.props.key;
    const candidate = key === undefined ? present : (keyed.get(key) ?? null);
    const fits =
      candidate instanceof globalThis.Element && candidate.localName === child.tag && known.get(candidate)?.key === key;
    const element = fits ? candidate : create(child.tag);
    if (element === present) present = present.nextSibling;
    else host.insertBefore(element, present);
    patch(element, child);
  }
  while (present) {
    const next = present.nextSibling;
    present.remove();
    present = next;
  }
}

function create(tag: string): globalThis.Element {
  return SVG.has(tag) ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
}

function patch(element: globalThis.Element, wanted: Element): void {
  const before = known.get(element) ?? {};
  for (const name of Object.keys(before)) {
    if (!OWN.has(name) && !(name in wanted.props)) assign(element, name, undefined);
  }
  for (const [name, value] of Object.entries(wanted.props)) {
    if (!OWN.has(name) && before[name] !== value) assign(element, name, value);
  }
  known.set(element, wanted.props);
  if (element.localName !== "textarea" && !wanted.props.foreign) patchChildren(element, wanted.children);
  // After the children: a select takes a value only once it has the option.
  if ("value" in wanted.props && isControl(element)) {
    const value = String(wanted.props.value ?? "");
    const typing = document.activeElement === element && before.value === wanted.props.value;
    if (!typing && element.value !== value) element.value = value;
  }
}

function isControl(element: globalThis.Element): element is HTMLInputElement {
  return ["input", "select", "textarea", "option", "progress"].includes(element.localName);
}

function assign(element: globalThis.Element, name: string, value: Props[string]): void {
  if (name.startsWith("on")) {
    (element as unknown as Record<string, unknown>)[name.toLowerCase()] = value ?? null;
  } else if (name === "checked" || name === "disabled" || name === "hidden" || name === "indeterminate") {
    (element as unknown as Record<string, unknown>)[name] = value === true;
  } else if (value === null || value === undefined || value === false) {
    element.removeAttribute(name);
  } else {
    element.setAttribute(name, value === true ? "" : String(value));
  }
}

/** Downloads a text as a file. */
export function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Moves the focus, and brings the place into view. */
export function focusOn(id: string): void {
  const element = document.getElementById(id);
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: "start" });
}
