// The reader's own list of views, kept in this browser: name, page and query of each. Nothing is sent anywhere.
const STORE = "atlas.views";
const NOT_IN_A_NAME = /[^\p{L}\p{N}_ \-()\u00b7\u3001\uff08\uff09]/gu;

function read() {
  try {
    const found = JSON.parse(localStorage.getItem(STORE) || "[]");
    const isOne = v => v && [v.name, v.page, v.query].every(x => typeof x === "string") && /^\/(?!\/)/.test(v.page);
    return Array.isArray(found) ? found.filter(isOne) : [];
  } catch {
    return [];
  }
}

// False where the browser keeps nothing: the reader is told.
function keep(views) {
  try {
    localStorage.setItem(STORE, JSON.stringify(views));
    return true;
  } catch {
    return false;
  }
}

function named(query, name) {
  const asked = new URLSearchParams(query);
  asked.set("name", name);
  return asked.toString();
}

function element(tag, text, attributes = {}) {
  const made = Object.assign(document.createElement(tag), attributes);
  made.textContent = text;
  return made;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const { words } = data;
  const form = parentElement.querySelector("form");
  const field = form.querySelector("input");
  const button = form.querySelector("button");
  const told = parentElement.querySelector("p");
  const list = parentElement.querySelector("ul");
  const clean = text => text.replace(NOT_IN_A_NAME, " ").replace(/ +/g, " ").trim().slice(0, 40);

  const change = (views, name) => {
    told.textContent = keep(views) ? "" : words.unkept;
    show();
    if (name !== undefined) setTriggerValue("named", name);
  };
  const label = () => {
    button.textContent = read().some(v => v.name === clean(field.value)) ? words.replace : words.save;
    button.disabled = !clean(field.value);
  };
  const rename = (item, view) => {
    const input = element("input", "", { value: view.name, maxLength: 40, ariaLabel: words.name });
    const done = () => {
      const name = clean(input.value);
      if (!name || name === view.name) return show();
      const others = read().filter(v => v.name !== name);
      const isShown = view.name === data.name;
      change(others.map(v => (v.name === view.name ? { ...v, name, query: named(v.query, name) } : v)), isShown ? name : undefined);
    };
    const same = element("button", words.done, { type: "button", onclick: done });
    const warn = () => {
      const isTaken = clean(input.value) !== view.name && read().some(v => v.name === clean(input.value));
      same.textContent = isTaken ? words.replace : words.done;
    };
    input.addEventListener("input", warn);
    input.addEventListener("keydown", event => {
      if (event.key === "Enter") done();
      if (event.key === "Escape") show();
    });
    item.replaceChildren(input, same);
    input.focus();
    input.select();
  };
  const row = view => {
    const item = document.createElement("li");
    const link = element("a", view.name, { href: `${view.page}?${view.query}`, target: "_self" });
    link.append(element("small", view.about || ""));
    if (view.name === data.name) link.setAttribute("aria-current", "true");
    const again = element("button", words.rename, { type: "button", onclick: () => rename(item, view) });
    const gone = element("button", words.delete, { type: "button" });
    gone.onclick = () => {
      if (gone.textContent !== words.sure) {
        gone.textContent = words.sure;
        return;
      }
      change(read().filter(v => v.name !== view.name), view.name === data.name ? "" : undefined);
    };
    item.append(link, again, gone);
    return item;
  };
  const show = () => {
    const views = read();
    list.replaceChildren(...views.map(row));
    if (!views.length) list.append(element("li", words.empty, { className: "none" }));
    label();
  };

  field.placeholder = words.name;
  field.setAttribute("aria-label", words.name);
  if (document.activeElement !== field && parentElement.activeElement !== field) field.value = data.name;
  field.oninput = label;
  form.onsubmit = event => {
    event.preventDefault();
    const name = clean(field.value);
    if (!name) return;
    const view = { name, page: window.location.pathname, query: named(data.query, name), about: data.about };
    const views = read();
    const isNew = !views.some(v => v.name === name);
    change(isNew ? [...views, view] : views.map(v => (v.name === name ? view : v)), name);
  };
  show();
}
