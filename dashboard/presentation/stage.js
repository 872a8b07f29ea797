// Opens the presentation over the page and keeps the keys with it. It is left without the server; the server is told.
const opened = new WeakSet();

export default function ({ parentElement, data, setTriggerValue }) {
  const dialog = parentElement.querySelector("dialog");
  if (opened.has(dialog)) return;
  opened.add(dialog);
  const frame = dialog.querySelector("iframe");
  const focus = () => frame.contentWindow && frame.contentWindow.focus();
  const pass = event => {
    event.preventDefault();
    event.stopPropagation();
    focus();
    frame.contentWindow.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, bubbles: true }));
  };
  const leave = event => {
    if (event.source !== frame.contentWindow || !event.data || event.data.atlas !== "leave") return;
    dialog.close();
    setTriggerValue("left", `${event.data.ground} ${event.data.lang}`);
  };
  frame.addEventListener("load", focus);
  dialog.addEventListener("cancel", event => event.preventDefault());
  dialog.addEventListener("keydown", pass);
  window.addEventListener("message", leave);
  window.addEventListener("focus", focus);
  frame.srcdoc = new TextDecoder().decode(data);
  dialog.showModal();
  return () => {
    window.removeEventListener("message", leave);
    window.removeEventListener("focus", focus);
    opened.delete(dialog);
  };
}
