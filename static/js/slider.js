// Adds a slider to a number field. The slider is not submitted, and sets no value
// before it is touched: a default would bias answers towards the middle.
export function bindSlider(field) {
  const number = field.querySelector("input[type=number]");
  const range = document.createElement("input");
  range.type = "range";
  range.min = number.min;
  range.max = number.max;
  range.value = number.value === "" ? "50" : number.value;
  range.setAttribute("aria-label", field.dataset.label);
  // A click at the current position counts as an answer, too.
  for (const event of ["input", "click"]) range.addEventListener(event, () => { number.value = range.value; });
  number.addEventListener("input", () => { if (number.value !== "") range.value = number.value; });
  number.before(range);
}
