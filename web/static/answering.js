// Answering with script: screens change without the network, answers stay on the device until they are sent, digits
// choose. Without it the same form goes to the server and back for every screen.
const PREFIX = "pelikirja-answers:";
const NAME = PREFIX + location.pathname;
const KEPT_FOR = 2 * 24 * 60 * 60 * 1000; // two days, as the privacy page says
const form = document.getElementById("asking");

// --- what the device keeps; a browser may refuse to keep anything, and then it is as it is without script -------------

function trying(what) {
  try {
    return what();
  } catch {
    return null;
  }
}

const stores = () => [trying(() => localStorage), trying(() => sessionStorage)].filter(Boolean);

function recall(store) {
  return trying(() => JSON.parse(store.getItem(NAME)));
}

function forget() {
  for (const store of stores()) trying(() => store.removeItem(NAME));
}

function forgetOld() {
  for (const store of stores()) {
    for (const name of Object.keys(store).filter((each) => each.startsWith(PREFIX))) {
      const kept = trying(() => JSON.parse(store.getItem(name)));
      if (!(Date.now() - kept?.at < KEPT_FOR)) trying(() => store.removeItem(name));
    }
  }
}

// --- one person's way through the screens ----------------------------------------------------------------------------

function ask() {
  const store = trying(() => (form.dataset.stays === "device" ? localStorage : sessionStorage));
  const place = document.getElementById("place");
  const carried = document.getElementById("carried");
  const unsent = document.getElementById("unsent");
  const waiting = document.getElementById("waiting");
  const field = (name) => form.querySelector(`input[name="${name}"]`);
  const given = [...carried.querySelectorAll("input"), ...place.querySelectorAll("input:checked")];
  const answers = new Map(given.map((each) => [each.name, each.value]));
  const beginning = document.createElement("template");
  beginning.dataset.title = document.title;
  let step = Number(field("step").value);

  function keep() {
    const kept = { key: field("key").value, step, answers: [...answers], at: Date.now() };
    if (answers.size) trying(() => store.setItem(NAME, JSON.stringify(kept)));
  }

  function takeBack(kept) {
    field("key").value = kept.key;
    for (const [id, value] of kept.answers) answers.set(id, value);
  }

  function mark() {
    for (const radio of place.querySelectorAll("input[type=radio]")) radio.checked = answers.get(radio.name) === radio.value;
    for (const each of place.querySelectorAll("h1, fieldset")) each.tabIndex = -1;
  }

  function show(to) {
    const template = to ? document.querySelector(`template[data-step="${to}"]`) : beginning;
    if (!template?.content.childElementCount) return false;
    if (!step) beginning.content.replaceChildren(...place.children);
    place.replaceChildren(template.content.cloneNode(true));
    document.title = template.dataset.title;
    step = to;
    field("step").value = to;
    mark();
    keep();
    scrollTo(0, 0);
    place.querySelector("h1").focus({ preventScroll: true });
    return true;
  }

  function goOn(kept, to) {
    takeBack(kept);
    unsent.hidden = true;
    const last = document.querySelectorAll("template[data-step]").length;
    return show(Math.min(Math.max(to, 1), last));
  }

  function carry() {
    const elsewhere = [...answers].filter(([id]) => !place.querySelector(`input[name="${CSS.escape(id)}"]`));
    const inputs = elsewhere.map(([name, value]) => Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    carried.replaceChildren(...inputs);
  }

  function wait(button) {
    if (!waiting.hidden) return;
    waiting.hidden = false;
    const again = () => {
      waiting.hidden = true;
      if (button?.isConnected) form.requestSubmit(button);
    };
    addEventListener("online", again, { once: true });
  }

  function choose(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || !/^\d$/.test(event.key)) return;
    const questions = [...place.querySelectorAll("fieldset")];
    const open = (each) => !each.querySelector(":checked");
    const here = event.target.closest("fieldset") ?? questions.find(open) ?? questions[0];
    const radio = here?.querySelector(`.targets:not(.many) input[value="${event.key}"]`);
    if (!radio) return;
    radio.click();
    const next = questions.slice(questions.indexOf(here) + 1).find(open) ?? place.querySelector("button.main-button");
    next.focus();
  }

  form.addEventListener("change", (event) => {
    answers.set(event.target.name, event.target.value);
    keep();
  });
  form.addEventListener("keydown", choose);
  form.addEventListener("submit", (event) => {
    const go = event.submitter?.value;
    const to = { next: step + 1, back: step - 1 }[go] ?? Number(go);
    if (unsent && !unsent.hidden && go === "next") forget();
    if (unsent) unsent.hidden = unsent.hidden || go === "next";
    if (Number.isInteger(to) && show(to)) {
      event.preventDefault();
      history.pushState({ step }, "");
    } else if (navigator.onLine) {
      carry();
    } else {
      event.preventDefault();
      wait(event.submitter);
    }
  });
  addEventListener("popstate", (event) => show(event.state?.step ?? 0));
  document.getElementById("go-on")?.addEventListener("click", () => {
    const kept = recall(store);
    if (kept && goOn(kept, kept.step)) history.pushState({ step }, "");
  });

  const keys = document.getElementById("keys");
  if (keys) keys.hidden = !matchMedia("(hover: hover) and (pointer: fine)").matches;
  const kept = recall(store);
  const before = history.state?.step;
  if (kept?.key === field("key").value) takeBack(kept);
  else if (kept && before && !step && goOn(kept, before)) return; // the page was loaded anew in the middle
  else if (kept && unsent) unsent.hidden = false;
  history.replaceState({ step }, "");
  mark();
  if (step) keep();
  if (step && document.activeElement === document.body) place.querySelector("h1").focus({ preventScroll: true });
}

forgetOld();
if (document.querySelector("[data-done]")) forget();
if (form) ask();
