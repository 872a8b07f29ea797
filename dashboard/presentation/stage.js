// Opens the presentation over the page and keeps the keys with it. It is left without the server; the server is told.
const opened = new WeakSet();

export default function ({ parentElement, data, setTriggerValue }) {
  const dialog = parentElement.querySelector("dialog");
  if (opened.has(dialog)) return;
  opened.add(dialog);
  const frame = dialog.querySelector("iframe");
  const ground = window.atlasGround;
  const waiting = ground ? ground.keys : [];  // those of the ground come first
  let hears = false;
  const focus = () => frame.contentWindow && frame.contentWindow.focus();
  const give = key => frame.contentWindow.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const pass = event => {
    event.preventDefault();
    event.stopPropagation();
    focus();
    if (hears) give(event.key);
    else waiting.push(event.key);
  };
  const load = () => {
    if (!frame.contentDocument || !frame.contentDocument.getElementById("stage")) return;
    hears = true;
    focus();
    waiting.splice(0).forEach(give);
  };
  const leave = event => {
    if (event.source !== frame.contentWindow || !event.data || event.data.atlas !== "leave") return;
    document.documentElement.classList.add("atlas-uncovered");
    dialog.close();
    setTriggerValue("left", `${event.data.ground} ${event.data.lang}`);
  };
  frame.addEventListener("load", load);
  dialog.addEventListener("cancel", event => event.preventDefault());
  dialog.addEventListener("keydown", pass);
  window.addEventListener("message", leave);
  window.addEventListener("focus", focus);
  if (ground) dialog.style.background = ground.colour;
  frame.srcdoc = new TextDecoder().decode(data);
  dialog.showModal();
  if (ground) ground.close();
  delete window.atlasGround;
  return () => {
    window.removeEventListener("message", leave);
    window.removeEventListener("focus", focus);
    opened.delete(dialog);
  };
}
