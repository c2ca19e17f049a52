/*
 * What changes by itself: the queue of /events, and of an event who else looks
 * at it, the clock and the counts.  The parts with data-refresh (seconds) are
 * looked for in the page asked for anew and shown if they changed, unless
 * somebody is just using one.  Without script the page is complete; one reloads
 * it.
 */
'use strict';

(function () {
	const parts = [...document.querySelectorAll('[data-refresh]')];
	const failuresMost = 2; // in a row; then people are told
	let pending = false;
	let failures = 0;

	if (parts.length === 0)
		return;

	function isUsed(part) {
		return part.contains(document.activeElement) ||
			part.querySelector('details[open]');
	}

	function show(page) {
		for (const part of parts) {
			const fresh = page.getElementById(part.id);

			if (fresh && fresh.innerHTML !== part.innerHTML &&
				!isUsed(part)) {
				part.replaceChildren(...fresh.childNodes);
				document.title = page.title;
			}
		}
	}

	// A queue that looks quiet because nobody asks any more is a danger.
	function tell() {
		if (document.getElementById('stopped'))
			return;
		const words = document.createElement('p');
		words.id = 'stopped';
		words.className = 'error-note';
		words.setAttribute('role', 'alert');
		words.textContent = '自動更新が止まっています。' +
			'ページを開き直してください。';
		parts[0].before(words);
	}

	async function refresh() {
		if (pending || document.hidden)
			return;
		pending = true;
		try {
			const reply = await fetch(location.href, {
				credentials: 'same-origin',
				redirect: 'error',
			});

			if (!reply.ok)
				throw new Error(reply.status);
			show(new DOMParser().parseFromString(
				await reply.text(), 'text/html'));
			failures = 0;
			document.getElementById('stopped')?.remove();
		} catch (e) {
			failures++;
			if (failures >= failuresMost)
				tell();
		}
		pending = false;
	}

	setInterval(refresh, 1000 *
		Math.min(...parts.map(part => Number(part.dataset.refresh))));
	document.addEventListener('visibilitychange', refresh);
}());
