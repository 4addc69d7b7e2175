// Comforts. Every page works without them.
'use strict';

// A form that must be sent once says so: its button rests after the first press.
document.addEventListener('submit', (event) => {
  const form = event.target;
  // Not form.method: in a form with fields of that name, such as the checkout's, those are what it gives.
  if (form.getAttribute('method') !== 'post') return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = 'yes';
  const button = event.submitter;
  const words = button && button.textContent;
  if (button) {
    button.setAttribute('aria-disabled', 'true');
    if (button.hasAttribute('data-once')) button.textContent = 'One moment …';
  }
  // If no page came, it may be pressed again: the form's key makes that harmless.
  setTimeout(() => {
    delete form.dataset.sent;
    if (!button) return;
    button.removeAttribute('aria-disabled');
    if (button.hasAttribute('data-once')) button.textContent = words;
  }, 15000);
});

// A page that comes back from the browser's memory is fresh again.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

// What is wrong with a form is read first.
const problems = document.getElementById('problems');
if (problems) problems.focus();

// A click fills in a card for trying out.
for (const button of document.querySelectorAll('[data-card]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const fresh = document.querySelector('input[name="method"][value="new"]');
    if (fresh) fresh.checked = true;
    const values = { number: button.dataset.card, expiry: '12/40', cvc: '123' };
    for (const name in values) document.getElementById(name).value = values[name];
    document.getElementById('number').focus();
  });
}

// An order's page moves with the order: a stream tells when to look again; without a stream it looks every few seconds.
const live = document.getElementById('live');
if (live && !live.dataset.over) {
  let source = null;
  let timer = null;
  let looking = false;
  let again = false;
  let waiting = null;
  let label = document.getElementById('live-state').dataset.label;

  const stop = () => {
    if (source) source.close();
    clearInterval(timer);
  };

  const look = async () => {
    if (looking) { again = true; return; }
    looking = true;
    try {
      const answer = await fetch(live.dataset.live, { headers: { Accept: 'text/html' }, credentials: 'same-origin' });
      if (answer.ok && !answer.redirected) take(await answer.text());
    } catch (error) { /* The next look will tell. */ }
    looking = false;
    if (again) { again = false; look(); }
  };

  // What is new is said at once.
  const take = (html) => {
    const fresh = new DOMParser().parseFromString(html, 'text/html');
    const state = fresh.getElementById('live-state').dataset;
    if (state.label !== label) {
      label = state.label;
      document.getElementById('live-words').textContent = 'Your order: ' + label;
    }
    if (state.over) stop();
    waiting = fresh.body;
    show();
  };

  // Whoever is on a button in here keeps it: what is new is shown when the focus has left.
  const show = () => {
    if (!waiting || live.contains(document.activeElement)) return;
    live.replaceChildren(...waiting.childNodes);
    waiting = null;
  };
  // The focus is on nothing until it has moved on.
  live.addEventListener('focusout', () => setTimeout(show));

  const poll = () => { if (!timer) timer = setInterval(look, 3000); };

  if ('EventSource' in window) {
    let failures = 0;
    source = new EventSource(live.dataset.events);
    source.addEventListener('timeline', () => { failures = 0; look(); });
    source.addEventListener('open', () => { failures = 0; clearInterval(timer); timer = null; });
    source.addEventListener('error', () => {
      failures += 1;
      poll();
      if (source.readyState === EventSource.CLOSED || failures > 5) source.close();
    });
  } else {
    poll();
  }
  window.addEventListener('pagehide', stop);
}
