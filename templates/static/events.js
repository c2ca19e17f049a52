/*
 * The queue of /events by itself: asks for the page again every data-refresh
 * seconds and shows the new queue if it changed, unless somebody is just using
 * the old one.  Without script the page is complete; one reloads by hand.
 */
'use strict';

(function () {
	const queue = document.getElementById('queue');
	let pending = false;

	if (!queue)
		return;

	function show(page) {
		const fresh = page.getElementById('queue');

		if (!fresh || fresh.dataset.key === queue.dataset.key)
			return;
		if (queue.contains(document.activeElement) ||
		    queue.querySelector('details[open]'))
			return;
		queue.replaceChildren(...fresh.childNodes);
		queue.dataset.key = fresh.dataset.key;
		document.title = page.title;
	}

	async function refresh() {
		if (pending || document.hidden)
			return;
		pending = true;
		try {
			const reply = await fetch('/events', {
				credentials: 'same-origin',
				redirect: 'error',
			});

			if (reply.ok)
				show(new DOMParser().parseFromString(
					await reply.text(), 'text/html'));
		} catch (e) {
			/* The next one may get through. */
		}
		pending = false;
	}

	setInterval(refresh, Number(queue.dataset.refresh) * 1000);
	document.addEventListener('visibilitychange', refresh);
}());
