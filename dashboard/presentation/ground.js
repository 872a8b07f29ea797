// The presentation's ground over everything, before its screens are there; keys pressed in it are kept for them.
export default function ({ parentElement, data }) {
  const dialog = parentElement.querySelector("dialog");
  if (dialog.open) return;
  const keys = [];
  const keep = event => {
    if (event.ctrlKey || event.altKey || event.metaKey || !dialog.open) return;
    event.preventDefault();
    event.stopPropagation();
    keys.push(event.key);
    if (event.key !== "Escape") return;
    document.documentElement.classList.add("atlas-uncovered");  // a server that doesn't answer holds nobody here
    close();
  };
  const close = () => { dialog.close(); window.removeEventListener("keydown", keep, true); };
  dialog.style.background = data.ground;
  dialog.style.color = data.ink;
  dialog.querySelector("p").textContent = data.words;
  dialog.addEventListener("cancel", event => event.preventDefault());
  document.documentElement.classList.remove("atlas-uncovered");
  window.addEventListener("keydown", keep, true);
  window.atlasGround = { keys, close, colour: data.ground };
  dialog.showModal();
  return close;
}
