// Lets buttons with data-copy="<id>" copy the text of that element, and says so; without it they stay hidden.
const said = document.getElementById("copied");

function textOf(element) {
  if (element instanceof HTMLTextAreaElement) return element.value;
  if (!(element instanceof HTMLTableElement)) return element.textContent.trim();
  const cells = (row) => [row.querySelector("th").textContent, row.querySelector("code").textContent];
  return [...element.tBodies[0].rows].map((row) => cells(row).join("\t")).join("\n");
}

async function copy(button) {
  await navigator.clipboard.writeText(textOf(document.getElementById(button.dataset.copy)));
  const before = button.textContent;
  button.textContent = button.dataset.done;
  if (said) said.textContent = button.dataset.done;
  setTimeout(() => {
    button.textContent = before;
    if (said) said.textContent = "";
  }, 2000);
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}
