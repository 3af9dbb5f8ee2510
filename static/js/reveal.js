// A button that shows and hides the password beside it.
export function bindReveal(row) {
  const input = row.querySelector("input");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "field__reveal";
  button.setAttribute("aria-controls", input.id);
  const show = (shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? row.dataset.hide : row.dataset.show;
    button.setAttribute("aria-pressed", String(shown));
  };
  button.addEventListener("click", () => show(input.type === "password"));
  // Browsers must not remember the password like ordinary text.
  input.form.addEventListener("submit", () => show(false));
  show(false);
  row.append(button);
}
