// A slider that moves with the number field. It sends nothing of its own, and
// says nothing until it is touched: a preset would pull answers to the middle.
export function bindSlider(field) {
  const number = field.querySelector("input[type=number]");
  const range = document.createElement("input");
  range.type = "range";
  range.min = number.min;
  range.max = number.max;
  range.value = number.value === "" ? "50" : number.value;
  range.setAttribute("aria-label", field.dataset.label);
  // A click on the very place where it stands is an answer, too.
  for (const event of ["input", "click"]) range.addEventListener(event, () => { number.value = range.value; });
  number.addEventListener("input", () => { if (number.value !== "") range.value = number.value; });
  number.before(range);
}
